# SPDX-License-Identifier: MIT
"""A person before a screen: looks (screenshots, the accessibility tree), types and clicks (xdotool), and waits for what is to come."""
import hashlib
import json
import os
import subprocess
import sys
import time

import pyatspi

ACCOUNT_COLOURS = ["D64E60", "CC5B2A", "A87213", "7F8213", "558B2E", "2F8E56", "1E8C7D", "1D88A3", "3080CF", "6575D9", "9766CF", "C8519C"]
PATIENCE = 30  # seconds for anything to come


class TourError(Exception):
    pass


def account_colour(session_id):
    return bytes.fromhex(ACCOUNT_COLOURS[hashlib.sha256(session_id.encode()).digest()[0] % 12])


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


def wait_for(what, condition, patience=PATIENCE):
    """The first true answer of condition()."""
    end = time.monotonic() + patience
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TourError(f"{what} did not come within {patience} s")
        time.sleep(0.05)


class Screen:
    def __init__(self, width, height, display=None):
        self.width, self.height = width, height
        self.environment = dict(os.environ, DISPLAY=display or os.environ["DISPLAY"])

    def pixels(self):
        return run("import", "-silent", "-window", "root", "-depth", "8", "rgb:-", env=self.environment)

    def find(self, colour, top=0, left=0):
        """The middle of the pixels of exactly this colour below top and right of left, or None."""
        pixels, points, at = self.pixels(), [], -1
        while (at := pixels.find(colour, at + 1)) >= 0:
            x, y = at // 3 % self.width, at // 3 // self.width
            if at % 3 == 0 and y >= top and x >= left:
                points.append((x, y))
        if len(points) < 8:
            return None
        return sum(x for x, _ in points) // len(points), sum(y for _, y in points) // len(points)

    def share(self, colour):
        """How much of the screen has this colour, 0 to 1."""
        return self.pixels().count(bytes.fromhex(colour)) / (self.width * self.height)

    def settle(self):
        """Until nothing moves: two looks in a row are the same."""
        last = [None]

        def still():
            now = self.pixels()
            same, last[0] = now == last[0], now
            return same
        wait_for("a screen at rest", still)

    def key(self, *keys):
        run("xdotool", "key", "--clearmodifiers", *keys, env=self.environment)

    def type(self, text):
        run("xdotool", "type", "--delay", "15", text, env=self.environment)

    def move(self, point):
        run("xdotool", "mousemove", str(point[0]), str(point[1]), env=self.environment)

    def click(self, point, button=1):
        self.move(point)
        run("xdotool", "click", str(button), env=self.environment)

    def window(self, title):
        """The visible window of this title, or None."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"], capture_output=True, env=self.environment)
        ids = found.stdout.split()
        return int(ids[-1]) if ids else None

    def titles(self):
        """What every window on it is called, in each way that others can ask for."""
        found = subprocess.run(["xdotool", "search", "--name", ""], capture_output=True, env=self.environment).stdout.split()
        asked = ("WM_NAME", "_NET_WM_NAME", "WM_ICON_NAME", "_NET_WM_ICON_NAME")
        # A window may go while it is asked.
        answers = (subprocess.run(["xprop", "-id", window, *asked], capture_output=True, env=self.environment) for window in found)
        return "".join(answer.stdout.decode(errors="replace") for answer in answers)

    def place(self, window, x, y, width, height):
        run("xdotool", "windowsize", str(window), str(width), str(height), "windowmove", str(window), str(x), str(y), env=self.environment)

    def activate(self, window):
        run("xdotool", "windowactivate", str(window), env=self.environment)
        wait_for("focus", lambda: run("xdotool", "getactivewindow", env=self.environment).strip() == str(window).encode())


class Program:
    """One run of hatstand, seen through its accessibility tree and its command line."""

    def __init__(self, path, environment=None):
        self.path = path
        self.process = subprocess.Popen([path], env=environment)

    def cli(self, *arguments, passphrase=None):
        if passphrase is None:
            return run(self.path, *arguments)
        read, write = os.pipe()
        with os.fdopen(write, "w") as lines:
            lines.write(passphrase + "\n")
        try:
            return run(self.path, *arguments, "--passphrase-fd", str(read), pass_fds=[read])
        finally:
            os.close(read)

    def accounts(self):
        answer = subprocess.run([self.path, "list", "--json"], capture_output=True)
        return json.loads(answer.stdout) if answer.returncode == 0 else []

    def current(self):
        answer = subprocess.run([self.path, "current", "--json"], capture_output=True)
        return json.loads(answer.stdout) if answer.returncode == 0 else None

    def quit(self):
        self.process.terminate()
        self.process.wait(PATIENCE)

    def windows(self):
        """What a screen reader calls the windows that are showing."""
        return [name for role, name, _ in self.elements(1) if role != "application"]

    def elements(self, deepest=sys.maxsize):
        """All that is showing, as (role, name, element): the application, its windows, their parts, to so deep a level."""
        if self.process.poll() is not None:
            raise TourError(f"hatstand ended with {self.process.returncode}")
        found = []

        def walk(element, depth=0):
            try:
                state = element.getState()
                if element.getRole() != pyatspi.ROLE_APPLICATION and not state.contains(pyatspi.STATE_SHOWING):
                    return
                if depth <= deepest:
                    found.append((element.getRoleName(), element.name, element))
                    for child in element:
                        if child is not None:
                            walk(child, depth + 1)
            except Exception:  # an element that went while we looked at it
                pass
        for application in pyatspi.Registry.getDesktop(0):
            try:
                if application is not None and application.get_process_id() == self.process.pid:
                    walk(application)
            except Exception:
                pass
        return found

    def element(self, name, role=None, begins=False):
        """The last (the topmost window's) that is showing and called so, or None."""
        for its_role, its_name, element in reversed(self.elements()):
            if role is not None and its_role != role:
                continue
            if its_name == name or (begins and its_name.startswith(name)):
                return element
        return None

    def wait(self, name, role=None, begins=False):
        try:
            return wait_for(f'"{name}"', lambda: self.element(name, role, begins))
        except TourError:
            print("what was there:", file=sys.stderr)
            for its_role, its_name, _ in self.elements():
                if its_name:
                    print(f"  {its_role}: {its_name}", file=sys.stderr)
            raise

    def middle(self, element):
        box = element.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        return box.x + box.width // 2, box.y + box.height // 2
