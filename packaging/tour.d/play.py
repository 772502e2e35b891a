# SPDX-License-Identifier: MIT
"""The tour itself: usage play.py PICTURES PROGRAM, on the desktop that packaging/tour brings up."""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from desktop import Program, Screen, TourError, account_colour, run, wait_for  # noqa: E402
from faces import HILLS, Faces  # noqa: E402
from relay import Relay  # noqa: E402

WIDTH, HEIGHT, PANEL = 1280, 888, 34
CORNER = (2, 2)
LIGHT, DARK = "F5F6F8", "1B1E23"
# Published examples, worth nothing: the key of NIP-19, and the development key of every Antelope tutorial.
NSEC = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"
WIF = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3"
PASSPHRASE = "seven quiet lanterns"
SUGGESTED = ("nos.lol", "relay.damus.io", "relay.primal.net")  # what the program offers for a new account


class Tour:
    def __init__(self, pictures, path):
        self.pictures, self.path = pictures, path
        self.screen = Screen(WIDTH, HEIGHT)
        self.program = None
        self.relay = Relay()
        self.faces = Faces()

    def picture(self, name, screen=None):
        screen = screen or self.screen
        screen.settle()
        self.look_at_titles(screen)
        file = os.path.join(self.pictures, name + ".png")
        subprocess.run(["import", "-silent", "-window", "root", file], check=True, env=screen.environment)
        print(file)

    def look_at_titles(self, screen):
        """No title of a window, on the screen or for a screen reader, says who somebody is."""
        windows = self.program.windows()
        if "Hatstand" not in windows:
            raise TourError("the window has no accessible name")
        # Asked again where a window went, a menu, say, in the middle of the search.
        titles = wait_for("the window called Hatstand", lambda: next((t for t in [screen.titles()] if '"Hatstand"' in t), None))
        titles += "\n".join(windows)
        words = [NSEC, NSEC[5:], WIF]
        for account in self.program.accounts():
            words += [account[field] for field in ("id", "label", "name", "npub", "pubkey", "actor", "publicKey") if account.get(field)]
        for word in words:
            if word in titles:
                raise TourError(f"a window's title tells {word}")

    def click(self, name, role=None, begins=False):
        self.screen.click(self.program.middle(self.program.wait(name, role, begins)))

    def furnish(self):
        """A wall, window frames and the type of a desktop, so that the pictures are of the program."""
        config = os.environ["XDG_CONFIG_HOME"]
        theme = os.path.join(os.environ["XDG_DATA_HOME"], "themes", "Tour", "openbox-3")
        os.makedirs(theme)
        os.makedirs(os.path.join(config, "openbox"))
        shutil.copy(os.path.join(HERE, "themerc"), theme)
        shutil.copy(os.path.join(HERE, "kdeglobals"), config)
        with open("/etc/xdg/openbox/rc.xml", encoding="utf-8") as file:
            rules = file.read()
        rules = rules.replace("<name>Clearlooks</name>", "<name>Tour</name>")
        with open(os.path.join(config, "openbox", "rc.xml"), "w", encoding="utf-8") as file:
            file.write(rules)
        os.environ.update(QT_QPA_PLATFORMTHEME="kde", KDE_SESSION_VERSION="5")
        subprocess.run(["openbox", "--reconfigure"], check=True)
        subprocess.run(["xsetroot", "-solid", "#B6C6DA"], check=True)

    def start(self):
        self.furnish()
        for name in ("ALL_PROXY", "all_proxy"):
            os.environ.pop(name, None)  # the relay is on this machine, and no other is named
        run(self.path, "config", "set", "network.hosts", "127.0.0.1")
        run(self.path, "config", "set", "nostr.indexers", self.relay.url())
        self.program = Program(self.path)
        window = wait_for("the window", lambda: self.screen.window("Hatstand"))
        self.screen.place(window, 40, 36, 1200, 800)
        self.screen.activate(window)
        self.screen.move(CORNER)
        return window

    def count(self, number):
        wait_for(f"account {number}", lambda: len(self.program.accounts()) == number)

    def generate(self):
        self.program.wait("Add account", "push button")
        self.picture("01-empty")
        self.screen.key("ctrl+n")
        self.program.wait("Generate and add", "push button")
        self.screen.type("Mira Okafor")
        self.picture("02-add-account")
        self.screen.key("Return")
        self.count(1)
        self.program.wait("Mira Okafor is ready", begins=True)
        self.picture("03-generated")
        self.click("Not now")
        self.publish_profile()

    def publish_profile(self):
        """What others see of the new account, by the relay of this machine alone; its picture then shows everywhere."""
        self.program.wait("A profile for Mira Okafor", begins=True)
        self.type_into("Name", "Mira Okafor")
        self.type_into("Address of a picture", self.faces.url())
        for relay in SUGGESTED:
            self.click(f"Remove wss://{relay}", "push button")
        self.type_into("Address of a relay to add", self.relay.url())
        self.click("Add relay", "push button")
        self.screen.move(CORNER)
        self.picture("18-profile")
        self.click("Publish", "push button")
        self.program.wait("The profile is published", begins=True)
        self.click("Done", "push button")
        wait_for("the end of the dialog", lambda: not self.program.element("Done", "push button"))
        wait_for("the account's picture", lambda: self.screen.share(HILLS) > 0.0005)

    def add_nostr_key(self):
        self.screen.key("ctrl+n")
        self.click("Private key", "list item")
        self.type_into("Private key", NSEC)
        self.program.wait("Valid private key")
        self.type_into("Label", "Night Garden")
        self.click("Add account", "push button")
        self.count(2)

    def add_antelope(self):
        self.screen.key("ctrl+n")
        self.click("Antelope")
        self.click("Vaulta", "combo box")  # Qt names a combo box by its value
        self.screen.type("WAX")
        self.screen.key("Return")
        self.type_into("Account and permission", "miragallery2@active")
        self.type_into("Private key", WIF)
        self.program.wait("Valid private key", begins=True)
        self.program.wait("Not checked", begins=True)  # nobody answers here
        self.type_into("Label", "Gallery")
        self.click("Add without asking the chain", "check box")
        self.click("Add account", "push button")
        self.count(3)

    def type_into(self, name, text):
        field = wait_for(f"the field {name}", lambda: next(
            (e for role, its_name, e in reversed(self.program.elements()) if role in ("text", "password text") and its_name.startswith(name)), None))
        self.screen.click(self.program.middle(field))
        self.screen.type(text)

    def look_at_names(self):
        """What a screen reader finds: every row says who and where, every button what it does."""
        self.program.wait("Gallery, WAX, active", begins=True)
        names = [(role, name) for role, name, _ in self.program.elements()]
        for begin in ("Mira Okafor, Nostr", "Night Garden, Nostr"):
            if not any(name.startswith(begin) for _, name in names):
                raise TourError(f'no row is called "{begin}…" in the accessibility tree')
        nameless = [role for role, name in names if role == "push button" and not name]
        if nameless:
            raise TourError(f"{len(nameless)} buttons have no accessible name")

    def window_light_and_dark(self):
        self.screen.move(CORNER)
        self.picture("04-accounts-light")
        self.program.cli("config", "set", "ui.theme", "dark")
        wait_for("the dark theme", lambda: self.screen.share(DARK) > 0.1)
        self.picture("05-accounts-dark")
        self.program.cli("config", "set", "ui.theme", "light")
        wait_for("the light theme", lambda: self.screen.share(LIGHT) > 0.1)

    def live_data(self):
        """What the relay told of an account: in its row, on its detail side, and its list in full."""
        before = self.program.current()["id"]
        self.program.cli("switch", "Night Garden")
        self.click("Show whom Night Garden follows", "push button")
        self.program.wait("Follows (48)", begins=True)
        self.screen.move(CORNER)
        self.picture("16-follows")
        self.screen.key("Escape")
        wait_for("the end of the dialog", lambda: not self.program.element("Follows (48)"))
        self.picture("17-live-data")
        self.program.cli("switch", before)

    def tray(self):
        active = self.program.current()["id"]
        icon = wait_for("the tray icon", lambda: self.screen.find(account_colour(active), top=HEIGHT - PANEL))
        before = self.screen.pixels()
        self.screen.click(icon, 3)

        def changed():
            after = self.screen.pixels()
            rows = range(HEIGHT - PANEL - 200, HEIGHT - PANEL)
            return sum(before[y * WIDTH * 3:(y + 1) * WIDTH * 3] != after[y * WIDTH * 3:(y + 1) * WIDTH * 3] for y in rows) > 150
        wait_for("the tray menu", changed)
        self.screen.settle()
        self.screen.key("Down", "Down")
        self.picture("06-tray-menu")
        self.screen.key("Return")
        wait_for("the switch from the tray", lambda: self.program.current()["id"] != active)

    def quick_switcher(self):
        """By a click on the icon, as a screen reader has it and as a picture, light and dark; then a switch by typing."""
        before = self.program.current()["id"]
        for picture, theme, ground in (("07-quick-switcher-dark", "dark", DARK), ("08-quick-switcher-light", "light", LIGHT)):
            self.program.cli("config", "set", "ui.theme", theme)
            wait_for(f"the {theme} theme", lambda ground=ground: self.screen.share(ground) > 0.1)
            icon = wait_for("the tray icon", lambda: self.screen.find(account_colour(before), top=HEIGHT - PANEL))
            self.screen.click(icon)
            self.program.wait("Log out all…", "push button")
            self.screen.move(CORNER)
            self.picture(picture)
            if theme == "dark":
                self.screen.key("Escape")
                wait_for("the end of the switcher", lambda: not self.program.element("Switch to"))
        self.program.wait("Add account…", "push button")
        other = next(account for account in self.program.accounts() if account["id"] != before)
        self.screen.type(other["label"][:6])
        self.program.wait(f"Switch to {other['label']}", "push button")
        self.screen.key("Return")
        self.program.wait(f"Now using {other['label']}", "alert")
        wait_for("the switch by typing", lambda: self.program.current()["id"] == other["id"])
        self.program.cli("switch", before)

    def log_out(self, window):
        self.screen.activate(window)
        name = self.program.current()["name"]
        self.screen.move(CORNER)
        self.click("Log out", "push button", begins=True)
        self.program.wait(f"Log out {name}?", begins=True)
        self.screen.move(CORNER)
        self.picture("09-log-out")
        self.screen.key("Escape")
        wait_for("the end of the dialog", lambda: not self.program.element(f"Log out {name}?"))
        self.count(3)

    def preferences(self):
        self.screen.key("ctrl+comma")
        self.click("Shortcuts", "list item")
        self.program.wait("Next account", begins=True)
        self.screen.move(CORNER)
        self.picture("10-shortcuts")
        self.screen.key("Escape")

    def stop_signing(self):
        self.screen.key("ctrl+l")
        self.program.wait("Start again", "push button")
        wait_for("signing to be stopped", lambda: self.program.cli("config", "get", "signing.stopped").strip() == b"true")
        self.screen.move(CORNER)
        self.picture("11-signing-stopped")
        self.click("Start again", "push button")
        wait_for("the end of the stop", lambda: not self.program.element("Start again"))

    def lock(self):
        """Behind a Hatstand passphrase, which is gone again afterwards."""
        self.program.cli("passphrase", "set", passphrase=PASSPHRASE)
        self.program.cli("lock")
        self.program.wait("Hatstand is locked", begins=True)
        self.screen.move(CORNER)
        self.picture("12-locked")
        self.program.cli("unlock", passphrase=PASSPHRASE)
        wait_for("the end of the lock", lambda: not self.program.element("Hatstand is locked", begins=True))
        self.program.cli("passphrase", "remove", passphrase=PASSPHRASE)

    def double_size(self):
        self.program.quit()
        read, write = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH * 2}x{HEIGHT * 2}x24", "-nolisten", "tcp", "-noreset"],
                                  pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise TourError("the second display did not start")
        screen = Screen(WIDTH * 2, HEIGHT * 2, ":" + number)
        subprocess.run(["xsetroot", "-solid", "#B6C6DA"], check=True, env=screen.environment)
        manager = subprocess.Popen(["openbox"], env=screen.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("a window manager", lambda: b"window id" in subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, env=screen.environment).stdout)
        self.program = Program(self.path, dict(screen.environment, QT_SCALE_FACTOR="2"))
        window = wait_for("the window at 200 %", lambda: screen.window("Hatstand"))
        screen.place(window, 80, 60, 2400, 1600)
        self.program.wait("Gallery, WAX", begins=True)
        wait_for("the window at 200 %", lambda: screen.share(LIGHT) > 0.1)
        self.picture("13-double-size", screen)
        self.program.quit()
        manager.terminate()
        server.terminate()

    def play(self):
        window = self.start()
        self.generate()
        self.add_nostr_key()
        self.add_antelope()
        self.look_at_names()
        self.window_light_and_dark()
        self.live_data()
        self.tray()
        self.quick_switcher()
        self.log_out(window)
        self.preferences()
        self.stop_signing()
        self.lock()
        self.double_size()


def main():
    tour = Tour(sys.argv[1], sys.argv[2])
    try:
        tour.play()
    except (TourError, subprocess.CalledProcessError) as error:
        print(f"tour: {error}", file=sys.stderr)
        if isinstance(error, subprocess.CalledProcessError) and error.stderr:
            print(error.stderr.decode(errors="replace"), file=sys.stderr)
        subprocess.run(["import", "-silent", "-window", "root", os.path.join(tour.pictures, "failed.png")])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
