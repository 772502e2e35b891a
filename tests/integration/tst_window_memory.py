#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""usage: tst_window_memory.py PROGRAM, under with-desktop --a11y --keyring: looks through the memory of the program with the window for a key that
came by the command line and signed, and for one that was typed into its dialog."""
import os
import pty
import secrets
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "packaging", "tour.d"))
from desktop import Program, Screen, TourError, pyatspi, wait_for  # noqa: E402

CHARACTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def bech32(prefix, data):
    """BIP-173, of whole bytes."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[i:i + 5], 2) for i in range(0, len(bits), 5)]
    check = 1
    for value in [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + values + [0] * 6:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> i & 1:
                check ^= generator
    check ^= 1
    return prefix + "1" + "".join(CHARACTERS[v] for v in values + [check >> 5 * (5 - i) & 31 for i in range(6)])


class Key:
    def __init__(self):
        self.raw = secrets.token_bytes(32)
        self.nsec = bech32("nsec", self.raw)

    def forms(self):
        texts = {"nsec": self.nsec, "hex": self.raw.hex(), "HEX": self.raw.hex().upper()}
        return {"raw": self.raw, "reversed": self.raw[::-1], **{name: text.encode() for name, text in texts.items()},
                **{name + ", UTF-16": text.encode("utf-16-le") for name, text in texts.items()}}


def found_in_memory(pid, key):
    found, read = [], 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            fields = line.split(maxsplit=5)
            if not fields[1].startswith("r") or line.rstrip().endswith(("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(edge, 16) for edge in fields[0].split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except OSError:
                continue
            read += len(data)
            where = fields[5].strip() if len(fields) > 5 else "anonymous"
            found += [f"{where}: {name}" for name, form in key.forms().items() for _ in range(data.count(form))]
    if read < 1 << 20:
        raise TourError("the memory could not be read")
    return found


def sign(program, key_label):
    """As at a terminal, with a yes in the window."""
    pid, terminal = pty.fork()
    if pid == 0:
        read, write = os.pipe()
        os.write(write, b'{"kind":1,"content":"hi"}')
        os.close(write)
        os.dup2(read, 0)
        os.execv(program.path, [program.path, "sign-event", "--session", key_label])
    said = b""
    button = "Sign as " + key_label
    asked = program.wait(button, "push button")
    wait_for("the button to take a press", lambda: asked.getState().contains(pyatspi.STATE_ENABLED))
    offered = asked.queryAction()
    # Its first half second it takes none.
    wait_for("the answer", lambda: offered.doAction([offered.getName(i) for i in range(offered.nActions)].index("Press")) and not program.element(button, "push button"))
    try:
        while chunk := os.read(terminal, 4096):
            said += chunk
    except OSError:  # it has ended
        pass
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0 or b'"sig"' not in said:
        raise TourError(said.decode())


def main():
    program, screen = Program(sys.argv[1]), Screen(1280, 800)
    program.wait("Add account", "push button")
    given = Key()
    subprocess.run([program.path, "add", "nostr", "--nsec-stdin", "--label", "Given", "--vault", "keychain"], input=given.nsec.encode() + b"\n", check=True,
                   stdout=subprocess.DEVNULL)
    sign(program, "Given")
    program.cli("list")  # what was deleted later is deleted now
    if found := found_in_memory(program.process.pid, given):
        raise TourError("after an add and a signature by the command line the window's process holds: " + "; ".join(found))

    typed = Key()
    screen.key("ctrl+n")
    screen.click(program.middle(program.wait("Private key", "list item")))
    field = wait_for("the field", lambda: next((e for role, name, e in reversed(program.elements())
                                                if role == "password text" and name.startswith("Private key")), None))
    screen.click(program.middle(field))
    screen.type(typed.nsec)
    program.wait("Valid private key")
    if not (while_typed := found_in_memory(program.process.pid, typed)):
        raise TourError("what is in the field can't be found: the search is blind")
    screen.click(program.middle(program.wait("Add account", "push button")))
    wait_for("the account", lambda: len(program.accounts()) == 2)
    wait_for("the end of the dialog", lambda: not program.element("Private key", "list item"))
    left = found_in_memory(program.process.pid, typed)
    print(f"typed into the dialog: {len(while_typed)} places while it is there, {len(left)} after: " + ("; ".join(left) or "nothing"))
    program.quit()


if __name__ == "__main__":
    main()
