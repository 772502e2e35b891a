# SPDX-License-Identifier: MIT
"""A relay on this machine (NIP-01) with the events of one file: gives out what is asked for by kind and author, and keeps what it is given."""
import base64
import hashlib
import json
import os
import socketserver
import struct
import threading

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Peer(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self._shake_hands()
            while (frame := self._frame())[0] != CLOSE:
                if frame[0] == PING:
                    self._send(PONG, frame[1])
                elif frame[0] == TEXT:
                    self._answer(json.loads(frame[1]))
        except (ConnectionError, struct.error):
            pass  # it went

    def _shake_hands(self):
        key = b""
        while (line := self.rfile.readline().strip()):
            name, _, value = line.partition(b":")
            if name.lower() == b"sec-websocket-key":
                key = value.strip()
        accept = base64.b64encode(hashlib.sha1(key + MAGIC).digest())
        self.wfile.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")

    def _frame(self):
        first, second = struct.unpack("!BB", self.rfile.read(2))
        size = second & 0x7F
        if size > 125:
            size, = struct.unpack("!H" if size == 126 else "!Q", self.rfile.read(2 if size == 126 else 8))
        mask = self.rfile.read(4)
        return first & 0xF, bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.rfile.read(size)))

    def _send(self, kind, data):
        size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + struct.pack("!H", len(data))
        self.wfile.write(bytes([0x80 | kind]) + size + data)

    def _answer(self, message):
        if message[0] == "REQ":
            for event in self.server.events:
                if any(event["pubkey"] in wanted.get("authors", []) and event["kind"] in wanted.get("kinds", []) for wanted in message[2:]):
                    self._say("EVENT", message[1], event)
            self._say("EOSE", message[1])
        elif message[0] == "EVENT":
            given = message[1]
            self.server.events = [event for event in self.server.events
                                  if (event["pubkey"], event["kind"]) != (given["pubkey"], given["kind"])] + [given]
            self._say("OK", given["id"], True, "")

    def _say(self, *message):
        self._send(TEXT, json.dumps(message, ensure_ascii=False).encode())


class Relay(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Peer)
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "events.json"), encoding="utf-8") as file:
            self.events = json.load(file)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self):
        return f"ws://127.0.0.1:{self.server_address[1]}"
