# SPDX-License-Identifier: MIT
"""A person before a Wayland compositor without a screen (tests/support/with-wayland). As a program, usage wayland.py PICTURES PROGRAM:
the last pictures of the tour."""
import glob
import os
import subprocess
import sys
import tempfile

import dbus

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from desktop import Program, TourError, account_colour, run, wait_for  # noqa: E402
from pointer import Pointer  # noqa: E402

WIDTH, HEIGHT, PANEL = 1280, 888, 34
CORNER = (2, 2)
LIGHT = "F5F6F8"
NSEC = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"
WIF = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3"
WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"


class WaylandScreen:
    def __init__(self):
        self.compositor = os.environ["HATSTAND_COMPOSITOR"]

    def save(self, file):
        if self.compositor == "sway":
            run("grim", file)
            return
        with tempfile.TemporaryDirectory() as folder:
            run("weston-screenshooter", cwd=folder)
            os.replace(glob.glob(os.path.join(folder, "wayland-screenshot-*.png"))[0], file)

    def pixels(self):
        """(width, height, RGB bytes)"""
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "now.png")
            self.save(file)
            width, height = map(int, run("identify", "-format", "%w %h", file).split())
            return width, height, run("convert", file, "-depth", "8", "rgb:-")

    def find(self, colour, top=0, left=0):
        """The middle of the pixels of exactly this colour below top and right of left, or None."""
        width, _, pixels = self.pixels()
        points, at = [], -1
        while (at := pixels.find(colour, at + 1)) >= 0:
            x, y = at // 3 % width, at // 3 // width
            if at % 3 == 0 and y >= top and x >= left:
                points.append((x, y))
        if len(points) < 8:
            return None
        return sum(x for x, _ in points) // len(points), sum(y for _, y in points) // len(points)

    def share(self, colour):
        """How much of the screen has this colour, 0 to 1."""
        width, height, pixels = self.pixels()
        return pixels.count(bytes.fromhex(colour)) / (width * height)

    def settle(self):
        last = [None]

        def still():
            now = self.pixels()
            same, last[0] = now == last[0], now
            return same
        wait_for("a screen at rest", still)


class Tray:
    """The program's icon as a panel has it, over the bus."""

    def __init__(self):
        self.bus = dbus.SessionBus()

    def _get(self, name, path, interface, key):
        return self.bus.get_object(name, path, introspect=False).Get(interface, key, dbus_interface=dbus.PROPERTIES_IFACE)

    def item(self):
        """(bus name, path) of the one item, or None."""
        items = self._get(WATCHER, "/StatusNotifierWatcher", WATCHER, "RegisteredStatusNotifierItems")
        if len(items) != 1:
            return None
        name, _, path = str(items[0]).partition("/")
        return name, "/" + path

    def _menu(self):
        name, path = wait_for("the tray icon", self.item)
        return dbus.Interface(self.bus.get_object(name, self._get(name, path, ITEM, "Menu"), introspect=False), "com.canonical.dbusmenu")

    def rows(self):
        """[(id, label, whether it has the check mark)]"""
        menu = self._menu()
        menu.AboutToShow(0)
        _, layout = menu.GetLayout(0, -1, dbus.Array([], signature="s"))
        return [(int(row[0]), str(row[1].get("label", "")), row[1].get("toggle-state", 0) == 1) for row in layout[2]]

    def checked(self):
        return next((label for _, label, is_checked in self.rows() if is_checked), None)

    def choose(self, *begins):
        """Clicks the first row that begins with one of these."""
        for row, label, _ in self.rows():
            if label.startswith(begins):
                self._menu().Event(row, "clicked", dbus.Int32(0, variant_level=1), dbus.UInt32(0))
                return
        raise TourError(f"the menu has no row {begins}: {[label for _, label, _ in self.rows()]}")

    def activate(self):
        name, path = wait_for("the tray icon", self.item)
        dbus.Interface(self.bus.get_object(name, path, introspect=False), ITEM).Activate(0, 0)


def main(pictures, path):
    screen = WaylandScreen()
    pointer = Pointer(WIDTH, HEIGHT)
    pointer.move(CORNER)
    run(path, "add", "nostr", "--generate", "--label", "Mira Okafor")
    run(path, "add", "nostr", "--nsec-stdin", "--label", "Night Garden", input=NSEC.encode())
    run(path, "add", "antelope", "--chain", "wax", "--account", "miragallery2@active", "--key-stdin", "--offline", "--label", "Gallery", input=WIF.encode())
    program = Program(path)

    def picture(name):
        screen.settle()
        file = os.path.join(pictures, name + ".png")
        screen.save(file)
        print(file)
    program.wait("Gallery, WAX, active", begins=True)
    run("swaymsg", "-q", "[title=^Hatstand$] resize set 1200 800", ";", "[title=^Hatstand$] move absolute position 40 12")
    active = program.current()["id"]
    icon = wait_for("the tray icon", lambda: screen.find(account_colour(active), top=HEIGHT - PANEL))
    # The panel draws the menu that a right click opens; our accounts are in it by their colours.
    other = next(account["id"] for account in program.accounts() if account_colour(account["id"]) != account_colour(active))
    row = None
    while row is None:
        pointer.click(icon, 3)
        screen.settle()
        row = screen.find(account_colour(other), left=WIDTH // 2)
    pointer.move(row)
    picture("14-wayland-tray-menu")
    pointer.click((row[0] + 80, row[1]))
    wait_for("the switch from the tray", lambda: program.current()["id"] == other)
    pointer.move(CORNER)
    Tray().choose("Add account")
    program.wait("Generate and add", "push button")
    picture("15-wayland-add-account")
    program.quit()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (TourError, subprocess.CalledProcessError) as error:
        print(f"tour: {error} {getattr(error, 'stderr', None) or ''}", file=sys.stderr)
        sys.exit(1)
