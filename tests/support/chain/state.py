# SPDX-License-Identifier: MIT
"""A chain of one node: accounts, made-up blocks by a clock, and transactions that are really checked."""
import base64
import hashlib
import json
import time
import zlib

from . import accounts, curve, packing
from .errors import ChainError, asserted

LONGEST = 3600  # seconds that a transaction may last
FIRST_BLOCK = 100_000  # at the start
DEEPEST = 6  # accounts that stand for accounts


class Chain:
    def __init__(self, chain_id, people):
        self.id = chain_id
        self.accounts = {}
        for name, account in people.items():
            self.put(name, account)
        self.fixed = None  # the time, where a command has set it
        self.start = int(time.time())
        self.taken = set()  # ids of transactions

    def put(self, name, account):
        for permission in account["permissions"]:
            required = permission["required_auth"]
            for part in ("accounts", "waits"):
                required.setdefault(part, [])
            for each in required["keys"]:
                each["key"] = curve.public_text(curve.parse_public(each["key"]))
            permission.setdefault("linked_actions", [])
        account.setdefault("balances", {})
        account.setdefault("abi", None)
        self.accounts[name] = account

    # Blocks

    def now(self):
        return self.fixed if self.fixed is not None else time.time()

    def head(self):
        """Two a second; before the start there is the first."""
        return FIRST_BLOCK + max(0, int((self.now() - self.start) * 2))

    def block_time(self, number):
        half = (number - FIRST_BLOCK) % 2
        return packing.seconds_text(self.start + (number - FIRST_BLOCK) // 2) + (".500" if half else ".000")

    def block_id(self, number):
        return number.to_bytes(4, "big").hex() + hashlib.sha256(f"{self.id}/{number}".encode()).hexdigest()[8:]

    def prefix(self, number):
        return int.from_bytes(bytes.fromhex(self.block_id(number))[8:12], "little")

    # Questions

    def find(self, name):
        if name not in self.accounts:
            raise ChainError("exception", f"unknown key (eosio::chain::name): {name}")
        return self.accounts[name]

    def permission(self, level):
        account = self.accounts.get(level["actor"])
        for each in account["permissions"] if account else ():
            if each["perm_name"] == level["permission"]:
                return each
        return None

    def authorizers(self, levels, keys):
        """(account, permission, weighted entry, what it is) wherever one of them is named."""
        wanted = [json.dumps(level, sort_keys=True) for level in levels]
        for name, account in sorted(self.accounts.items()):
            for permission in account["permissions"]:
                required = permission["required_auth"]
                for each in required["keys"]:
                    if each["key"] in keys:
                        yield name, permission, each, {"authorizing_key": curve.legacy_text(curve.parse_public(each["key"]))}
                for each in required["accounts"]:
                    if json.dumps(each["permission"], sort_keys=True) in wanted:
                        yield name, permission, each, {"authorizing_account": each["permission"]}

    def raw_abi(self, name):
        abi = self.find(name)["abi"]
        return base64.b64encode(packing.Packer().abi(abi).data).decode() if abi else ""

    # Transactions

    def unpack(self, body):
        """The bytes, the transaction, the keys that signed it."""
        try:
            data, free = bytes.fromhex(body["packed_trx"]), bytes.fromhex(body.get("packed_context_free_data", ""))
            if body.get("compression") in (1, "zlib"):
                data, free = zlib.decompress(data), zlib.decompress(free) if free else free
            made = packing.Unpacker(data).transaction()
            signatures = list(body["signatures"])
        except (packing.Malformed, KeyError, ValueError, TypeError, zlib.error) as error:
            raise ChainError("packed_transaction_type_exception", f"Invalid packed transaction: {error}") from error
        digest = packing.digest(self.id, data, free)
        try:
            keys = [curve.public_text(curve.recovered(text, digest)) for text in signatures]
        except (curve.NotValid, ValueError, AttributeError) as error:
            raise ChainError("exception", str(error)) from error
        return data, made, keys

    def push(self, data, made, keys):
        """Executes it, or raises a ChainError."""
        name = packing.transaction_id(data)
        if not made["actions"]:
            raise ChainError("tx_no_action", "transaction must have at least one action")
        self.check_time(name, made)
        self.check_reference(made)
        if name in self.taken:
            raise ChainError("tx_duplicate", f"duplicate transaction {name}")
        self.check_names(made)
        self.check_authority(made, keys)
        before = json.dumps(self.accounts)
        try:
            for action in made["actions"]:
                self.execute(action)
        except (packing.Malformed, UnicodeDecodeError) as error:
            self.accounts = json.loads(before)
            raise asserted(str(error)) from error
        except ChainError:
            self.accounts = json.loads(before)
            raise
        self.taken.add(name)

    def check_time(self, name, made):
        ends, now = made["expiration"], self.now()
        shown = packing.seconds_text(ends)
        if ends <= now:
            raise ChainError("expired_tx_exception", f"expired transaction {name}, expiration {shown}.000, "
                                                     f"block time {self.block_time(self.head())}")
        if ends > now + LONGEST:
            raise ChainError("tx_exp_too_far_exception",
                             "Transaction expiration is too far in the future relative to the reference time of "
                             f"{packing.seconds_text(now)}.000, expiration is {shown} and the maximum transaction lifetime is "
                             f"{LONGEST} seconds")

    def check_reference(self, made):
        head = self.head()
        number = head - (head - made["ref_block_num"]) % 65536  # the newest with these low bits
        if number < 1 or self.prefix(number) != made["ref_block_prefix"]:
            raise ChainError("invalid_ref_block_exception", "Transaction's reference block did not match. Is this transaction "
                                                            "from a different fork?")

    def check_names(self, made):
        def refuse(message):
            raise ChainError("transaction_exception", message)
        for action in made["actions"] + made["context_free_actions"]:
            if action["account"] not in self.accounts:
                refuse(f"action's code account '{action['account']}' does not exist")
            for level in action["authorization"]:
                if level["actor"] not in self.accounts:
                    refuse(f"action's authorizing actor '{level['actor']}' does not exist")
                if not self.permission(level):
                    refuse(f"action's authorizations include a non-existent permission: {json.dumps(level, separators=(',', ':'))}")
        if not any(action["authorization"] for action in made["actions"]):
            raise ChainError("tx_no_auths", "transaction must have at least one authorization")

    def check_authority(self, made, keys):
        if len(set(keys)) < len(keys):
            double = next(key for key in keys if keys.count(key) > 1)
            raise ChainError("tx_duplicate_sig", f"transaction includes more than one signature signed using the same key associated "
                                                 f"with public key: {curve.legacy_text(curve.parse_public(double))}")
        used = set()
        shown = json.dumps([curve.legacy_text(curve.parse_public(key)) for key in keys], separators=(",", ":"))
        for action in made["actions"]:
            for level in action["authorization"]:
                self.check_least(action, level)
                if not self.satisfied(level, keys, made["delay_sec"], used):
                    raise ChainError("unsatisfied_authorization", f"transaction declares authority "
                                     f"'{json.dumps(level, separators=(',', ':'))}', but does not have signatures for it under a provided "
                                     f"delay of {made['delay_sec'] * 1000} ms, provided permissions [], provided keys {shown}, and a delay "
                                     "max limit of 3888000000 ms", is_trace=True)
        if extra := [curve.legacy_text(curve.parse_public(key)) for key in keys if key not in used]:
            raise ChainError("tx_irrelevant_sig", "transaction bears irrelevant signatures from these keys: "
                             + json.dumps(extra, separators=(",", ":")), is_trace=True)

    def satisfied(self, level, keys, delay, used, depth=0):
        """Whether the keys reach the permission's threshold; used: keys that counted."""
        found = self.permission(level)
        if not found or depth > DEEPEST:
            return False
        required, total, mine = found["required_auth"], 0, set()
        # The heaviest first, and none that is not needed: then it is an irrelevant signature.
        for each in sorted(required["keys"], key=lambda each: -each["weight"]):
            if each["key"] in keys and total < required["threshold"]:
                total += each["weight"]
                mine.add(each["key"])
        for each in required["accounts"]:
            inner = set()
            if total < required["threshold"] and self.satisfied(each["permission"], keys, delay, inner, depth + 1):
                total += each["weight"]
                mine |= inner
        total += max([each["weight"] for each in required["waits"] if each["wait_sec"] <= delay], default=0)
        if total < required["threshold"]:
            return False
        used |= mine
        return True

    def ancestors(self, level):
        """The permission and those above it."""
        names, found = [], self.permission(level)
        while found and found["perm_name"] not in names:
            names.append(found["perm_name"])
            found = self.permission({"actor": level["actor"], "permission": found["parent"]})
        return names

    def check_least(self, action, level):
        """The permission must be the least that may do this, or above it."""
        actor, least = level["actor"], "active"
        if action["account"] == "eosio" and action["name"] == "updateauth":
            update = read_update(action["data"])
            if actor != update["account"]:
                raise ChainError("irrelevant_auth_exception", "the owner of the affected permission needs to be the actor of the declared "
                                                              "authorization", is_trace=True)
            there = self.permission({"actor": actor, "permission": update["permission"]})
            least = update["permission"] if there else update["parent"]
        else:
            for permission in self.accounts[actor]["permissions"]:
                for link in permission["linked_actions"]:
                    if link["account"] == action["account"] and link.get("action") in (None, "", action["name"]):
                        least = permission["perm_name"]
        if level["permission"] not in self.ancestors({"actor": actor, "permission": least}):
            raise ChainError("irrelevant_auth_exception", f"action declares irrelevant authority '{json.dumps(level, separators=(',', ':'))}'; "
                             f"minimum authority is {json.dumps({'actor': actor, 'permission': least}, separators=(',', ':'))}", is_trace=True)

    # Contracts

    def execute(self, action):
        what = action["account"], action["name"]
        if what[1] == "transfer" and self.accounts[what[0]]["abi"] and what[0] != "eosio":
            self.transfer(what[0], action)
        elif what == ("eosio", "updateauth"):
            self.update_auth(read_update(action["data"]))
        # what it does not know is done by doing nothing

    def transfer(self, contract, action):
        read = packing.Unpacker(action["data"])
        source, target, (units, symbol), memo = read.name(), read.name(), read.asset(), read.string()
        read.end()
        if source not in {level["actor"] for level in action["authorization"]}:
            raise ChainError("missing_auth_exception", f"missing authority of {source}", is_trace=True)
        if source == target:
            raise asserted("cannot transfer to self")
        if target not in self.accounts:
            raise asserted("to account does not exist")
        if units <= 0:
            raise asserted("must transfer positive quantity")
        if len(memo.encode()) > 256:
            raise asserted("memo has more than 256 bytes")
        has = self.balance(source, contract, symbol)
        if has is None:
            raise asserted("no balance object found")
        if has < units:
            raise asserted("overdrawn balance")
        self.set_balance(source, contract, symbol, has - units)
        self.set_balance(target, contract, symbol, (self.balance(target, contract, symbol) or 0) + units)

    def balance(self, name, contract, symbol):
        for text in self.accounts[name]["balances"].get(contract, ()):
            units, its = packing.asset_parts(text)
            if its == symbol:
                return units
        return None

    def set_balance(self, name, contract, symbol, units):
        kept = self.accounts[name]["balances"].setdefault(contract, [])
        kept[:] = [text for text in kept if packing.asset_parts(text)[1] != symbol] + [packing.asset_text(units, symbol)]

    def update_auth(self, update):
        level, required = {"actor": update["account"], "permission": update["permission"]}, update["auth"]
        keys = [curve.parse_public(each["key"]) for each in required["keys"]]
        total = sum(each["weight"] for part in ("keys", "accounts", "waits") for each in required[part])
        # By code units, K1 before R1: a key twice or out of order is no authority.
        if keys != sorted(set(keys)) or not 0 < required["threshold"] <= total:
            raise ChainError("action_validate_exception", f"Invalid authority: {json.dumps(required)}", is_trace=True)
        for each in required["accounts"]:
            if not self.permission(each["permission"]):
                raise ChainError("action_validate_exception", f"account '{each['permission']['actor']}' does not exist", is_trace=True)
        if there := self.permission(level):
            there["required_auth"] = required
        elif not self.permission({"actor": update["account"], "permission": update["parent"]}):
            raise ChainError("permission_query_exception", f"Failed to retrieve permission: {update['parent']}", is_trace=True)
        else:
            self.accounts[update["account"]]["permissions"].append(
                {"perm_name": update["permission"], "parent": update["parent"], "required_auth": required, "linked_actions": []})


def read_update(data):
    read = packing.Unpacker(data)
    try:
        update = {"account": read.name(), "permission": read.name(), "parent": read.name(), "auth": read.authority()}
        read.end()
    except packing.Malformed as error:
        raise asserted(str(error)) from error
    return update


def from_file(path):
    if not path:
        return accounts.default()
    with open(path, encoding="utf-8") as file:
        return json.load(file)
