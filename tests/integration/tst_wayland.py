#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""usage: tst_wayland.py PROGRAM [--switcher], under with-wayland --a11y --keyring: the real program without X. Its window and dialogs show
themselves to the compositor and to a screen reader, its icon and menu work from the desktop's host for tray icons, and
everything ends in an orderly way. With --switcher the quick switcher as well."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "packaging", "tour.d"))
from desktop import PATIENCE, Program, TourError, run, wait_for  # noqa: E402
from wayland import LIGHT, NSEC, Tray, WaylandScreen  # noqa: E402

NPUB = "npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"


class Test:
    def __init__(self, path):
        self.path = path
        self.screen = WaylandScreen()
        self.tray = Tray()
        self.empty = self.screen.share(LIGHT)
        run(path, "add", "nostr", "--watch", NPUB, "--label", "Tomas")
        run(path, "add", "nostr", "--nsec-stdin", "--label", "Mira", input=NSEC.encode())
        self.program = Program(path)

    def expect(self, what, holds):
        if not holds:
            raise TourError(f"not so: {what}")

    def shows(self, name):
        """A window of this name is there for a screen reader."""
        return name in self.program.windows()

    def window(self):
        wait_for("the window", lambda: self.shows("Hatstand"))
        wait_for("the window on the screen", lambda: self.screen.share(LIGHT) > self.empty + 0.2)
        self.program.wait("Mira, Nostr", begins=True)

    def switch(self):
        wait_for("the check mark at Mira", lambda: (self.tray.checked() or "").startswith("Mira"))
        self.tray.choose("Tomas")
        wait_for("the switch", lambda: self.program.current()["name"] == "Tomas")
        wait_for("the check mark at Tomas", lambda: (self.tray.checked() or "").startswith("Tomas"))
        self.program.wait("Tomas, Nostr, active", begins=True)

    def dialog(self, row, title, control):
        """What the menu's row opens, on the screen too, and closes again."""
        before = self.screen.pixels()
        self.tray.choose(row)
        wait_for(f'"{title}"', lambda: self.shows(title))
        self.program.wait(control, "push button")
        wait_for(f'"{title}" on the screen', lambda: self.screen.pixels() != before)
        self.program.wait("Cancel" if row != "Preferences" else "Close", "push button").queryAction().doAction(0)
        wait_for(f'the end of "{title}"', lambda: not self.shows(title))

    def raised(self):
        """A second start, and D-Bus, bring the window back after it was closed."""
        self.expect("a second start ends well", subprocess.run([self.path]).returncode == 0)
        wait_for("the window", lambda: self.shows("Hatstand"))
        run("gdbus", "call", "--session", "-d", "org.hatstand.Hatstand", "-o", "/org/hatstand/Hatstand", "-m",
            "org.hatstand.Sessions1.ShowWindow")
        self.expect("the window is there", self.shows("Hatstand"))

    def switcher(self):
        before = self.screen.pixels()
        run("gdbus", "call", "--session", "-d", "org.hatstand.Hatstand", "-o", "/org/hatstand/Hatstand", "-m",
            "org.hatstand.Sessions1.ShowSwitcher")
        wait_for("the switcher on the screen", lambda: self.screen.pixels() != before)
        wait_for("the switcher for a screen reader", lambda: len(self.program.windows()) > 1)

    def end(self):
        self.tray.choose("Quit")
        self.expect("it ends well", self.program.process.wait(PATIENCE) == 0)
        wait_for("the end of the icon", lambda: self.tray.item() is None)


def main(path, *options):
    test = Test(path)
    test.window()
    test.switch()
    test.dialog("Add account", "Add account", "Generate and add")
    test.dialog("Log out Tomas", "Log out", "Log out")
    test.dialog("Preferences", "Preferences", "Close")
    test.raised()
    if "--switcher" in options:
        test.switcher()
    test.end()
    print(f"as it should be under {test.screen.compositor}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (TourError, subprocess.CalledProcessError) as error:
        print(f"{error} {getattr(error, 'stderr', None) or ''}", file=sys.stderr)
        sys.exit(1)
