#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""A relay (NIP-01) in a process of its own, which says whatever a file tells it to.

relay.py [--host H] [--port P] [--then notices|pings|fragments|nothing] FILE

Answers each REQ with the lines of FILE, read anew each time, each a message of its own in which "@" stands for the
subscription; a line need not be UTF-8. Then it may go on for ever: with notices, with pings whose answers it does not
read, with one message that never ends; or it falls silent. Prints its port, and "REQ" for each one.
"""
import argparse
import base64
import hashlib
import json
import socketserver
import struct
import sys

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def frame(opcode, payload, final=True):
    """One frame as a server sends it (RFC 6455)."""
    head = bytes([(0x80 if final else 0) | opcode])
    size = len(payload)
    if size < 126:
        head += bytes([size])
    elif size < 65536:
        head += b"\x7e" + struct.pack(">H", size)
    else:
        head += b"\x7f" + struct.pack(">Q", size)
    return head + payload


class Peer(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.greet()
            while True:
                opcode, payload = self.read()
                if opcode == CLOSE:
                    return
                if opcode == PING:
                    self.wfile.write(frame(PONG, payload))
                if opcode == TEXT:
                    self.take(json.loads(payload))
        except (OSError, EOFError):
            pass

    def greet(self):
        key = b""
        while True:
            line = self.rfile.readline().strip()
            if not line:
                break
            name, _, value = line.partition(b":")
            if name.lower() == b"sec-websocket-key":
                key = value.strip()
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        self.wfile.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")

    def exactly(self, size):
        got = self.rfile.read(size)
        if len(got) < size:
            raise EOFError
        return got

    def read(self):
        first, second = self.exactly(2)
        size = second & 0x7f
        if size == 126:
            size = struct.unpack(">H", self.exactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.exactly(8))[0]
        mask = self.exactly(4)
        payload = self.exactly(size)
        return first & 0x0f, bytes(b ^ mask[i % 4] for i, b in enumerate(payload))

    def take(self, message):
        if message[0] != "REQ":
            return
        print("REQ", flush=True)
        with open(self.server.file, "rb") as lines:
            for line in lines:
                self.wfile.write(frame(TEXT, line.rstrip(b"\n").replace(b"@", message[1].encode())))
        if self.server.then == "notices":
            while True:
                self.wfile.write(frame(TEXT, b'["NOTICE","flood"]') * 100)
        if self.server.then == "pings":
            while True:
                self.wfile.write(frame(PING, b"x" * 125) * 1000)
        if self.server.then == "fragments":
            self.wfile.write(frame(TEXT, b'["NOTICE","', final=False))
            while True:
                self.wfile.write(frame(0, b"x" * 65536, final=False))


class Relay(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--then", default="nothing", choices=["notices", "pings", "fragments", "nothing"])
    arguments.add_argument("file")
    given = arguments.parse_args()
    with Relay((given.host, given.port), Peer) as relay:
        relay.file = given.file
        relay.then = given.then
        print(relay.socket.getsockname()[1], flush=True)
        relay.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
