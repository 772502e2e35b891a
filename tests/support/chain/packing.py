# SPDX-License-Identifier: MIT
"""The packed form of Antelope chains: names, assets, transactions, ABIs, authorities."""
import hashlib
from calendar import timegm
from time import gmtime, strftime, strptime

from . import curve

LETTERS = ".12345abcdefghijklmnopqrstuvwxyz"


class Malformed(Exception):
    """Bytes that are not what they should be."""


def name_value(text):
    value = 0
    for at in range(13):
        letter = LETTERS.index(text[at]) if at < len(text) else 0
        value |= (letter & 31) << (64 - 5 * (at + 1)) if at < 12 else letter & 15
    return value


def name_text(value):
    letters = [LETTERS[value >> (64 - 5 * (at + 1)) & 31] for at in range(12)] + [LETTERS[value & 15]]
    return "".join(letters).rstrip(".")


def seconds_text(seconds):
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(seconds))


def seconds_of(text):
    return timegm(strptime(text.rstrip("Z").split(".")[0], "%Y-%m-%dT%H:%M:%S"))


def symbol_value(text):
    """Of "4,EOS"."""
    precision, code = text.split(",")
    return int(precision) | int.from_bytes(code.encode(), "little") << 8


def symbol_text(value):
    return f"{value & 255},{(value >> 8).to_bytes(7, 'little').rstrip(bytes(1)).decode('latin-1')}"


def asset_parts(text):
    """Units and symbol of "1.0000 EOS"."""
    number, code = text.split(" ")
    return int(number.replace(".", "")), f"{len(number.partition('.')[2])},{code}"


def asset_text(units, symbol):
    precision, code = symbol.split(",")
    digits = str(abs(units)).rjust(int(precision) + 1, "0")
    if int(precision):
        digits = digits[:-int(precision)] + "." + digits[-int(precision):]
    return f"{'-' if units < 0 else ''}{digits} {code}"


class Unpacker:
    def __init__(self, data):
        self.data, self.at = data, 0

    def raw(self, size):
        if self.at + size > len(self.data):
            raise Malformed("read datastream over by " + str(self.at + size - len(self.data)))
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size, signed=False):
        return int.from_bytes(self.raw(size), "little", signed=signed)

    def count(self):
        value, shift = 0, 0
        while True:
            byte = self.number(1)
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift >= 35:
                raise Malformed("varuint32 too long")

    def name(self):
        return name_text(self.number(8))

    def sized(self):
        return self.raw(self.count())

    def string(self):
        return self.sized().decode()

    def list(self, read):
        return [read() for _ in range(self.count())]

    def asset(self):
        units = self.number(8, signed=True)
        return units, symbol_text(self.number(8))

    def level(self):
        return {"actor": self.name(), "permission": self.name()}

    def key(self):
        """PUB_…"""
        kind = self.number(1)
        if kind > 1:
            raise Malformed("key of another kind")
        return curve.public_text((("K1", "R1")[kind], self.raw(33)))

    def end(self):
        if self.at != len(self.data):
            raise Malformed("trailing bytes")

    def authority(self):
        return {"threshold": self.number(4),
                "keys": self.list(lambda: {"key": self.key(), "weight": self.number(2)}),
                "accounts": self.list(lambda: {"permission": self.level(), "weight": self.number(2)}),
                "waits": self.list(lambda: {"wait_sec": self.number(4), "weight": self.number(2)})}

    def action(self):
        return {"account": self.name(), "name": self.name(), "authorization": self.list(self.level), "data": self.sized()}

    def transaction(self):
        """Data of actions as bytes, the expiration in seconds."""
        read = {"expiration": self.number(4), "ref_block_num": self.number(2), "ref_block_prefix": self.number(4),
                "max_net_usage_words": self.count(), "max_cpu_usage_ms": self.number(1), "delay_sec": self.count(),
                "context_free_actions": self.list(self.action), "actions": self.list(self.action),
                "transaction_extensions": self.list(lambda: (self.number(2), self.sized()))}
        self.end()
        return read


class Packer:
    def __init__(self):
        self.data = b""

    def raw(self, data):
        self.data += data
        return self

    def number(self, value, size):
        return self.raw((value % (1 << 8 * size)).to_bytes(size, "little"))

    def count(self, value):
        while value > 127:
            self.number(value & 127 | 128, 1)
            value >>= 7
        return self.number(value, 1)

    def name(self, text):
        return self.number(name_value(text), 8)

    def sized(self, data):
        return self.count(len(data)).raw(data)

    def string(self, text):
        return self.sized(text.encode())

    def list(self, all_of_them, write):
        self.count(len(all_of_them))
        for each in all_of_them:
            write(each)
        return self

    def asset(self, text):
        units, symbol = asset_parts(text)
        return self.number(units, 8).number(symbol_value(symbol), 8)

    def level(self, level):
        return self.name(level["actor"]).name(level["permission"])

    def key(self, text):
        kind, data = curve.parse_public(text)
        return self.number(("K1", "R1").index(kind), 1).raw(data)

    def authority(self, authority):
        self.number(authority["threshold"], 4)
        self.list(authority["keys"], lambda each: self.key(each["key"]).number(each["weight"], 2))
        self.list(authority["accounts"], lambda each: self.level(each["permission"]).number(each["weight"], 2))
        return self.list(authority["waits"], lambda each: self.number(each["wait_sec"], 4).number(each["weight"], 2))

    def action(self, action):
        self.name(action["account"]).name(action["name"]).list(action["authorization"], self.level)
        return self.sized(action["data"])

    def transaction(self, made):
        """Of what Unpacker.transaction gives; what is missing is nothing."""
        self.number(made["expiration"], 4).number(made.get("ref_block_num", 0), 2).number(made.get("ref_block_prefix", 0), 4)
        self.count(made.get("max_net_usage_words", 0)).number(made.get("max_cpu_usage_ms", 0), 1).count(made.get("delay_sec", 0))
        self.list(made.get("context_free_actions", []), self.action).list(made["actions"], self.action)
        return self.list(made.get("transaction_extensions", []), lambda each: self.number(each[0], 2).sized(each[1]))

    def abi(self, abi):
        self.string(abi["version"])
        self.list(abi.get("types", []), lambda each: self.string(each["new_type_name"]).string(each["type"]))
        self.list(abi.get("structs", []), lambda each: self.string(each["name"]).string(each.get("base", "")).list(
            each["fields"], lambda field: self.string(field["name"]).string(field["type"])))
        self.list(abi.get("actions", []), lambda each: self.name(each["name"]).string(each["type"]).string(
            each.get("ricardian_contract", "")))
        self.list(abi.get("tables", []), lambda each: self.name(each["name"]).string(each["index_type"]).list(
            each.get("key_names", []), self.string).list(each.get("key_types", []), self.string).string(each["type"]))
        self.list(abi.get("ricardian_clauses", []), lambda each: self.string(each["id"]).string(each["body"]))
        self.count(0).count(0)  # error messages, extensions
        self.list(abi.get("variants", []), lambda each: self.string(each["name"]).list(each["types"], self.string))
        return self.count(0)  # results of actions


def packed(made):
    """A transaction's bytes."""
    return Packer().transaction(made).data


def transaction_id(data):
    return hashlib.sha256(data).hexdigest()


def digest(chain_id, data, context_free=b""):
    """What is signed."""
    free = hashlib.sha256(context_free).digest() if context_free not in (b"", b"\0") else bytes(32)  # none, or a list of none
    return hashlib.sha256(bytes.fromhex(chain_id) + data + free).digest()
