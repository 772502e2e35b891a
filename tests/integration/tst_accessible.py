#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""usage: tst_accessible.py PROGRAM, under with-desktop --a11y --keyring: the main job as a screen reader's user does it. Everything is found by
its role and its accessible name and used by the actions it offers (AT-SPI); no place on the screen and no key is used anywhere."""
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "packaging", "tour.d"))
from desktop import Program, TourError, pyatspi, wait_for  # noqa: E402

NPUB = "npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"
WATCHED = "79be667e…16f81798"  # what it is called without a label


class Reader:
    def __init__(self, path):
        self.program = Program(path)

    def find(self, role, name, begins=False):
        return self.program.wait(name, role, begins)

    def use(self, action, role, name, begins=False):
        element = self.find(role, name, begins)
        wait_for(f"{name}: enabled", lambda: element.getState().contains(pyatspi.STATE_ENABLED))
        offered = element.queryAction()
        names = [offered.getName(i) for i in range(offered.nActions)]
        if action not in names:
            raise TourError(f'{role} "{name}" has no action {action}, only {names}')
        offered.doAction(names.index(action))

    def press(self, name, begins=False):
        self.use("Press", "push button", name, begins)

    def choose(self, name, begins=False):
        self.use("Toggle", "list item", name, begins)

    def fill(self, name, text, begins=False):
        """Into the field of this name, which says so itself afterwards."""
        field = self.find("text", name, begins)
        if not field.queryEditableText().setTextContents(text):
            raise TourError(f'the field "{name}" takes no text')
        wait_for(f'"{text}" in "{name}"', lambda: field.queryText().getText(0, -1) == text)

    def gone(self, role, name):
        wait_for(f'the end of {role} "{name}"', lambda: not self.program.element(name, role))

    def names(self):
        return {account["name"] for account in self.program.accounts()}

    def hears(self, begin):
        """A list item that says who, and how it is."""
        return self.find("list item", begin, begins=True).name


def add_watched(reader):
    reader.press("Add account")
    reader.find("dialog", "Add account")
    reader.choose("Watch only")
    reader.fill("Public key", NPUB, begins=True)
    reader.press("Add account")  # of the dialog, which is the topmost window
    reader.gone("dialog", "Add account")
    reader.hears(f"{WATCHED}, Nostr, active")


def add_generated(reader):
    reader.press("Add account")
    reader.find("push button", "Generate and add")
    reader.fill("Label", "Mira")
    reader.press("Generate and add")
    reader.press("Not now")  # a backup
    reader.find("push button", "Publish")
    reader.press("Not now")  # a profile
    reader.gone("dialog", "Add account")
    reader.hears("Mira, Nostr, active")


def switch(reader):
    reader.press(f"Switch to {WATCHED}")
    reader.hears(f"{WATCHED}, Nostr, active")
    if reader.program.current()["name"] != WATCHED:
        raise TourError(f"{WATCHED} is not active")
    reader.gone("push button", f"Switch to {WATCHED}")


def rename(reader):
    reader.choose("Mira, Nostr", begins=True)  # brings its details up, without switching
    reader.press("Rename Mira")
    reader.fill("Name of Mira", "Mira Okafor")
    reader.use("SetFocus", "text", "Search accounts")  # leaving the field keeps what is in it
    reader.hears("Mira Okafor, Nostr")
    wait_for("the new name", lambda: reader.names() == {WATCHED, "Mira Okafor"})
    if reader.program.current()["name"] != WATCHED:
        raise TourError("choosing a row switched to it")


def log_out(reader):
    reader.choose(f"{WATCHED}, Nostr", begins=True)
    reader.press(f"Log out {WATCHED}")
    reader.find("dialog", "Log out")
    reader.press("Log out")
    reader.gone("dialog", "Log out")
    wait_for("the logout", lambda: reader.names() == {"Mira Okafor"})
    reader.hears("Mira Okafor, Nostr, active")


def main(path):
    reader = Reader(path)
    reader.find("frame", "Hatstand")
    for step in (add_watched, add_generated, switch, rename, log_out):
        step(reader)
        print(f"{step.__name__}: by role and name alone")
    reader.program.quit()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except TourError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
