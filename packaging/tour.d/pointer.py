# SPDX-License-Identifier: MIT
"""A mouse for a Wayland compositor that has none: speaks the wire format of wayland.xml and wlr-virtual-pointer-unstable-v1."""
import os
import socket
import struct
import time

BUTTONS = {1: 0x110, 2: 0x112, 3: 0x111}  # as on X11; linux/input-event-codes.h
DISPLAY, REGISTRY, DONE, MANAGER, POINTER = 1, 2, 3, 4, 5  # our object ids, which have to come in this order
MANAGER_INTERFACE = b"zwlr_virtual_pointer_manager_v1\0"


class Pointer:
    def __init__(self, width, height):
        self.extent = (width, height)
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), os.environ["WAYLAND_DISPLAY"]))
        self._send(DISPLAY, 1, struct.pack("=I", REGISTRY))
        manager = self._global()
        self._send(REGISTRY, 0, struct.pack("=I", manager) + self._string(MANAGER_INTERFACE) + struct.pack("=II", 1, MANAGER))
        self._send(MANAGER, 0, struct.pack("=II", 0, POINTER))  # of whichever seat there is

    def _send(self, thing, opcode, arguments=b""):
        self.connection.sendall(struct.pack("=II", thing, (8 + len(arguments)) << 16 | opcode) + arguments)

    @staticmethod
    def _time():
        return int(time.monotonic() * 1000) & 0xFFFFFFFF  # menus take two clicks within half a second for one

    @staticmethod
    def _string(text):
        return struct.pack("=I", len(text)) + text + b"\0" * (-len(text) % 4)

    def _receive(self, count):
        data = b""
        while len(data) < count:
            more = self.connection.recv(count - len(data))
            if not more:
                raise ConnectionError("the compositor hung up")
            data += more
        return data

    def _global(self):
        """The registry's number of the manager."""
        self._send(DISPLAY, 0, struct.pack("=I", DONE))
        while True:
            thing, head = struct.unpack("=II", self._receive(8))
            body = self._receive((head >> 16) - 8)
            if thing == DONE:
                raise ConnectionError("the compositor takes no virtual pointer")
            if thing == REGISTRY and head & 0xFFFF == 0 and MANAGER_INTERFACE in body:
                return struct.unpack("=I", body[:4])[0]

    def move(self, point):
        self._send(POINTER, 1, struct.pack("=IIIII", self._time(), *point, *self.extent))
        self._send(POINTER, 4)

    def click(self, point, button=1):
        self.move(point)
        for state in (1, 0):
            self._send(POINTER, 2, struct.pack("=III", self._time(), BUTTONS[button], state))
            self._send(POINTER, 4)
