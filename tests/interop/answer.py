#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""usage: answer.py PID, under with-desktop --a11y: the person in front of the questions of the hatstand that has this process id. Everything is
found by role and accessible name (AT-SPI), and pressed by the actions that it offers. Prints "ready", and ends with its standard input.

Takes commands, one JSON object a line, and answers each with one:
  {"question": NAME, "press": NAME}   waits for a dialog with a button of the first name, presses the button of the second and waits for the dialog's
                                      end, or leaves it alone (null); {"title": its name, "words": [all that stands in it]}
  {"gone": NAME}                      waits until no button of this name shows any more; {"done": true}
  {"questions": true}                 {"questions": [the names of all dialogs that show now]}
What does not come is {"error": TEXT}.
"""
import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "packaging", "tour.d"))
from desktop import Program, TourError, pyatspi, wait_for  # noqa: E402


class Running:
    """A process that somebody else started and waits for."""

    def __init__(self, pid):
        self.pid, self.returncode = pid, None

    def poll(self):
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            self.returncode = "a code that others were told"
        return self.returncode


class Asked(Program):
    def __init__(self, pid):  # not the base's, which starts one
        self.process = Running(pid)

    def questions(self):
        return [name for role, name, _ in self.elements(1) if role == "dialog"]

    def answer(self, question, press):
        dialog = self.wait(question, "push button")
        while dialog is not None and dialog.getRole() != pyatspi.ROLE_DIALOG:
            dialog = dialog.parent
        if dialog is None:
            raise TourError(f'"{question}" is in no dialog')
        inside = list(parts(dialog))
        said = {"title": dialog.name, "words": [name for role, name, _ in inside if role == pyatspi.ROLE_LABEL and name]}
        if press:
            self.press(press, inside)
            wait_for(f'the end of "{said["title"]}"', lambda: not is_showing(dialog))
        return said

    def press(self, button, inside):
        found = [element for role, name, element in inside if (role, name) == (pyatspi.ROLE_PUSH_BUTTON, button)]
        if len(found) != 1:
            raise TourError(f'{len(found)} buttons "{button}" in the question')
        offered = found[0].queryAction()
        offered.doAction([offered.getName(i) for i in range(offered.nActions)].index("Press"))

    def gone(self, question):
        wait_for(f'the end of "{question}"', lambda: not self.element(question, "push button"))
        return {"done": True}

    def told(self, command):
        if "question" in command:
            return self.answer(command["question"], command["press"])
        return self.gone(command["gone"]) if "gone" in command else {"questions": self.questions()}


def is_showing(element):
    try:
        return element.getState().contains(pyatspi.STATE_SHOWING)
    except Exception:  # it is gone altogether
        return False


def parts(element):
    """All that is showing in it, as (role, name, element)."""
    for child in element:
        if child is not None and is_showing(child):
            yield child.getRole(), child.name, child
            yield from parts(child)


def main(pid):
    asked = Asked(pid)
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            answer = asked.told(json.loads(line))
        except TourError as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
