# SPDX-License-Identifier: MIT
"""Keys and signatures of Antelope chains in plain Python, for tests alone: slow, and nothing about it is secret."""
import hashlib
import hmac

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class NotValid(Exception):
    """A text or signature that is none."""


def ripemd160(data):
    """OpenSSL may come without it."""
    def digits(text):
        return [int(digit, 16) for digit in text.replace(" ", "")]

    def turn(x, n):
        x &= 0xffffffff
        return (x << n | x >> 32 - n) & 0xffffffff

    def mix(j, x, y, z):
        return (x ^ y ^ z, x & y | ~x & z, (x | ~y) ^ z, x & z | y & ~z, x ^ (y | ~z))[j]

    # A digit a step, in lines of sixteen.
    order = digits("0123456789abcdef 74d1a6f3c0952eb8 3ae49f812706db5c 19ba08c4d37fe562 40597c2ae138b6fd")
    other = digits("5e7092b4d6f81a3c 6b370d5aef8c4912 f5137e69b8c2a04d 86413bf05c2d97ae cfa4158762de039b")
    by = digits("befc5879bdef6798 768db97f7cf9b7dc bd67e9dfe8d65c75 bcefef989e56865c 9f5b68dc5cdeb856")
    other_by = digits("899bdff5778beec6 9df7c89b77c76fdb 97fb866ecd5edd75 f58bee6e69c9c5f8 85c9c5e68d65fdbb")
    add = (0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e)
    other_add = (0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0)
    h = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (8 * len(data)).to_bytes(8, "little")
    for at in range(0, len(padded), 64):
        words = [int.from_bytes(padded[at + i:at + i + 4], "little") for i in range(0, 64, 4)]
        ends = []
        for lines, turns, adds, forward in ((order, by, add, True), (other, other_by, other_add, False)):
            a, b, c, d, e = h
            for i in range(80):
                f = mix(i // 16 if forward else 4 - i // 16, b, c, d)
                t = turn(a + f + words[lines[i]] + adds[i // 16], turns[i]) + e & 0xffffffff
                a, e, d, c, b = e, d, turn(c, 10), b, t
            ends.append((a, b, c, d, e))
        left, right = ends
        h = [h[(i + 1) % 5] + left[(i + 2) % 5] + right[(i + 3) % 5] & 0xffffffff for i in range(5)]
    return b"".join(word.to_bytes(4, "little") for word in h)


class Curve:
    """y² = x³ + ax + b over p, with a base point of order n. name: as the written forms have it."""

    def __init__(self, name, p, a, b, n, x, y):
        self.name, self.p, self.a, self.b, self.n, self.base = name, p, a, b, n, (x, y)

    def add(self, first, second):
        """Of affine points; None is the point at infinity."""
        if first is None or second is None:
            return first or second
        (x1, y1), (x2, y2) = first, second
        if x1 == x2:
            if (y1 + y2) % self.p == 0:
                return None
            slope = (3 * x1 * x1 + self.a) * pow(2 * y1, -1, self.p)
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, self.p)
        x = (slope * slope - x1 - x2) % self.p
        return x, (slope * (x1 - x) - y1) % self.p

    def times(self, k, point):
        total = None
        while k:
            if k & 1:
                total = self.add(total, point)
            point = self.add(point, point)
            k >>= 1
        return total

    def lift(self, x, odd):
        """The point with this x and such a y."""
        square = (x * x * x + self.a * x + self.b) % self.p
        y = pow(square, (self.p + 1) // 4, self.p)
        if x >= self.p or y * y % self.p != square:
            raise NotValid("not on the curve")
        return x, y if y & 1 == odd else self.p - y

    def public(self, private):
        """33 bytes."""
        x, y = self.times(private, self.base)
        return bytes([2 + (y & 1)]) + x.to_bytes(32, "big")

    def sign(self, private, digest):
        """65 bytes: 31 + recovery id, r, s. With the nonces of RFC 6979 until the signature is canonical."""
        seed = private.to_bytes(32, "big") + (int.from_bytes(digest, "big") % self.n).to_bytes(32, "big")
        k, v = bytes(32), b"\x01" * 32
        for part in (b"\x00", b"\x01"):
            k = hmac.digest(k, v + part + seed, "sha256")
            v = hmac.digest(k, v, "sha256")
        while True:
            v = hmac.digest(k, v, "sha256")
            nonce = int.from_bytes(v, "big")
            k = hmac.digest(k, v + b"\x00", "sha256")
            v = hmac.digest(k, v, "sha256")
            if not 0 < nonce < self.n:
                continue
            x, y = self.times(nonce, self.base)
            r = x % self.n
            s = pow(nonce, -1, self.n) * (int.from_bytes(digest, "big") + r * private) % self.n
            odd = y & 1
            if s > self.n // 2:
                s, odd = self.n - s, 1 - odd
            made = bytes([31 + odd + (2 if x >= self.n else 0)]) + r.to_bytes(32, "big") + s.to_bytes(32, "big")
            if r and s and is_canonical(made):
                return made

    def recover(self, signature, digest):
        """The 33 bytes of the public key."""
        kind, r, s = signature[0] - 31, int.from_bytes(signature[1:33], "big"), int.from_bytes(signature[33:], "big")
        if not 0 <= kind < 4 or not 0 < r < self.n or not 0 < s < self.n:
            raise NotValid("unable to reconstruct public key from signature")
        point = self.lift(r + (kind >> 1) * self.n, kind & 1)
        inverse = pow(r, -1, self.n)
        key = self.add(self.times(s * inverse % self.n, point),
                       self.times(-int.from_bytes(digest, "big") * inverse % self.n, self.base))
        if key is None:
            raise NotValid("unable to reconstruct public key from signature")
        return bytes([2 + (key[1] & 1)]) + key[0].to_bytes(32, "big")


K1 = Curve("K1", 2**256 - 2**32 - 977, 0, 7, 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141,
           0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798,
           0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8)
_R1_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
R1 = Curve("R1", _R1_P, _R1_P - 3, 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b,
           0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551,
           0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
           0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)
CURVES = {curve.name: curve for curve in (K1, R1)}


def is_canonical(signature):
    """As nodes demand it of K1: r and s neither with a top bit nor with a needless zero in front."""
    return all(not signature[at] & 0x80 and not (signature[at] == 0 and not signature[at + 1] & 0x80) for at in (1, 33))


def base58(data):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def from_base58(text):
    number = 0
    for letter in text:
        if letter not in ALPHABET:
            raise NotValid("Invalid base58 character")
        number = number * 58 + ALPHABET.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def checked(data, salt=""):
    return base58(data + ripemd160(data + salt.encode())[:4])


def from_checked(text, size, salt=""):
    raw = from_base58(text)
    data, check = raw[:-4], raw[-4:]
    if len(data) != size or ripemd160(data + salt.encode())[:4] != check:
        raise NotValid("Checksum doesn't match")
    return data


def private_text(curve, number):
    return f"PVT_{curve.name}_" + checked(number.to_bytes(32, "big"), curve.name)


def wif(number):
    data = b"\x80" + number.to_bytes(32, "big")
    return base58(data + hashlib.sha256(hashlib.sha256(data).digest()).digest()[:4])


def public_text(key):
    """key: (curve's name, 33 bytes), which is what a key is everywhere here."""
    return f"PUB_{key[0]}_" + checked(key[1], key[0])


def legacy_text(key):
    """As nodes write keys."""
    return "EOS" + checked(key[1]) if key[0] == "K1" else public_text(key)


def parse_public(text):
    if text.startswith("EOS"):
        return "K1", from_checked(text[3:], 33)
    kind, name, data = (text.split("_", 2) + ["", ""])[:3]
    if kind != "PUB" or name not in CURVES:
        raise NotValid("unrecognized public key format")
    return name, from_checked(data, 33, name)


def signature_text(curve, data):
    return f"SIG_{curve.name}_" + checked(data, curve.name)


def signed(curve, private, digest):
    """SIG_…"""
    return signature_text(curve, curve.sign(private, digest))


def recovered(text, digest):
    """The key that made the signature."""
    kind, name, data = (text.split("_", 2) + ["", ""])[:3]
    if kind != "SIG" or name not in CURVES:
        raise NotValid("unrecognized signature format")
    signature = from_checked(data, 65, name)
    if name == "K1" and not is_canonical(signature):
        raise NotValid("signature is not canonical")
    return name, CURVES[name].recover(signature, digest)
