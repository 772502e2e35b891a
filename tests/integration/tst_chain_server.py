#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""The node that the other tests talk to (support/chain.py): what it believes and what it refuses, with vectors made by @wharfkit/antelope."""
import hashlib
import http.client
import json
import os
import subprocess
import sys
import unittest
import zlib
from urllib.parse import urlsplit

SUPPORT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support")
sys.path.insert(0, SUPPORT)
from chain import accounts, curve, packing  # noqa: E402

VECTOR = ("800092653412efbeaddeac020000000100a6823403ea3055000000572d3ccdcd010000000000855c3400000000a8ed32322400000000"
          "00855c340000000000000e3d102700000000000004454f53000000000368617400")
VECTOR_CHAIN = "73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d"


class Known(unittest.TestCase):
    def test_ripemd160(self):
        for text, digest in ((b"", "9c1185a5c5e9fc54612808977ee8f548b2258d31"), (b"abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
                             (b"1234567890" * 8, "9b752e45573d4b39f4dbd3323cab82bf63326bfb")):
            self.assertEqual(curve.ripemd160(text).hex(), digest)

    def test_keys(self):
        for number, its, text in ((1, curve.K1, "PUB_K1_5p78kHbL33Rn3JWkTWRE2B9uz6gy4r1KbfAKLNQGE3ovLY8E9M"),
                                  (3, curve.K1, "PUB_K1_6nEZsuNhDnknxVTf1YH454nxiB5MpVSN7gQktMRioqRi9HEyDq"),
                                  (8, curve.R1, "PUB_R1_5e2L9ea2psrgNsgJpZB5gBVnUHrLjajPnTJR6PwbjkQEvHfU5y")):
            key = its.name, its.public(number)
            self.assertEqual(curve.public_text(key), text)
            self.assertEqual(curve.parse_public(text), key)
        secret = int.from_bytes(curve.from_base58("5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3")[1:-4], "big")
        self.assertEqual(curve.legacy_text(("K1", curve.K1.public(secret))), "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV")

    def test_transaction(self):
        data = bytes.fromhex(VECTOR)
        made = packing.Unpacker(data).transaction()
        self.assertEqual(packing.packed(made), data)
        self.assertEqual(packing.transaction_id(data), "d0aff218e2884739f1ff4135f285cf87abe4016d5960ea0db5e287a8b006e57b")
        digest = packing.digest(VECTOR_CHAIN, data)
        self.assertEqual(digest.hex(), "2b54fc1abf099c0115cd4eeba9ebfa723c3075b4bbc3b5eac4ec6e9693c7d6b8")
        for its, number, text in ((curve.K1, 1, "SIG_K1_Jwru4uHnMuphMwgYZnV3iYoRnBiSX2PZhdS2diyQLHnKutxjxurQyUKRqFVMEwoZHZzahgZmC4RAkAGcZxHo6byi1nTvPX"),
                                  (curve.R1, 8, "SIG_R1_K69QwvoqA713RDg8LA6DY6JEBaPxpQy3VGAEZcyi8r7uvqqcK9ddiQStvUYPRx8yaVJAApRhh3t48sDeXmB5ESsD2zzX1g")):
            self.assertEqual(curve.recovered(text, digest), (its.name, its.public(number)))

    def test_abi(self):
        packed = packing.Packer().abi(accounts.TOKEN_ABI).data
        self.assertEqual(hashlib.sha256(packed).hexdigest(), "7812ab1188365c4486b1a6e02b75e9f1ad621f3223d77f8804117beb125408be")


def transfer(source="alice", target="bob", quantity="1.0000 EOS", contract="eosio.token", permission="active"):
    data = packing.Packer().name(source).name(target).asset(quantity).string("hat").data
    return {"account": contract, "name": "transfer", "authorization": [{"actor": source, "permission": permission}], "data": data}


def update(account, permission, authority, by):
    data = packing.Packer().name(account).name(permission).name("owner").authority(authority).data
    return {"account": "eosio", "name": "updateauth", "authorization": [{"actor": account, "permission": by}], "data": data}


class Served(unittest.TestCase):
    def setUp(self):
        self.child = subprocess.Popen([os.path.join(SUPPORT, "chain.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.end)
        self.host = urlsplit(self.child.stdout.readline().split()[1]).netloc
        self.chain = self.ask("get_info")[1]["chain_id"]

    def end(self):
        self.child.stdin.close()
        self.assertEqual(self.child.wait(), 0)
        self.child.stdout.close()

    def tell(self, **command):
        self.child.stdin.write(json.dumps(command) + "\n")
        self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())

    def raw(self, word, asked=None, folder="/v1/chain"):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request("POST", f"{folder}/{word}", json.dumps(asked or {}))
            answer = connection.getresponse()
            return answer.status, answer.read(), answer
        finally:
            connection.close()

    def ask(self, word, asked=None, folder="/v1/chain"):
        status, body, _ = self.raw(word, asked, folder)
        return status, json.loads(body)

    def packed(self, *actions, **changes):
        info = self.ask("get_info")[1]
        number = info["head_block_num"]
        prefix = self.ask("get_block", {"block_num_or_id": number})[1]["ref_block_prefix"]
        made = {"expiration": packing.seconds_of(info["head_block_time"]) + 60, "ref_block_num": number & 0xffff, "ref_block_prefix": prefix,
                "actions": actions}
        return packing.packed({**made, **changes})

    def body(self, data, *keys, chain=None):
        digest = packing.digest(chain or self.chain, data)
        return {"signatures": [curve.signed(its, number, digest) for its, number in keys], "compression": "none",
                "packed_context_free_data": "", "packed_trx": data.hex()}

    def send(self, data, *keys, word="send_transaction", chain=None):
        """"" or the name of the error."""
        status, answer = self.ask(word, self.body(data, *keys, chain=chain))
        self.assertEqual(status, 500 if "error" in answer else 202, answer)
        if "error" not in answer:
            self.assertEqual(answer["transaction_id"], packing.transaction_id(data))
            return ""
        self.assertEqual(answer["code"], 500)
        self.assertTrue(answer["error"]["code"] and answer["error"]["what"] and answer["error"]["details"][0]["message"])
        return answer["error"]["name"]

    def has(self, account):
        return self.ask("get_currency_balance", {"account": account, "code": "eosio.token"})[1]

    def test_transfers_move_balances_once(self):
        data = self.packed(transfer())
        self.assertEqual(self.send(data, (curve.K1, accounts.ALICE)), "")
        self.assertEqual(self.send(data, (curve.K1, accounts.ALICE)), "tx_duplicate")
        self.assertEqual((self.has("alice"), self.has("bob")), (["99.0000 EOS"], ["101.0000 EOS"]))
        self.assertEqual(self.send(self.packed(transfer(quantity="99.0001 EOS")), (curve.K1, accounts.ALICE)), "eosio_assert_message_exception")
        # One action too much undoes those before it.
        both = self.packed(transfer(quantity="50.0000 EOS"), transfer(quantity="50.0000 EOS"))
        self.assertEqual(self.send(both, (curve.K1, accounts.ALICE)), "eosio_assert_message_exception")
        self.assertEqual(self.has("alice"), ["99.0000 EOS"])

    def test_who_may_sign(self):
        k1, r1, no = curve.K1, curve.R1, "unsatisfied_authorization"
        for row, (source, permission, keys, error) in enumerate((
                ("alice", "active", [(k1, accounts.BOB_ACTIVE)], no), ("alice", "active", [], no),
                ("bob", "active", [(k1, accounts.BOB_ACTIVE)], ""), ("bob", "active", [(k1, accounts.BOB_OWNER)], no),
                ("bob", "owner", [(k1, accounts.BOB_OWNER)], ""), ("bob", "owner", [(k1, accounts.BOB_ACTIVE)], no),
                ("carol", "active", [(k1, accounts.CAROL_ONE)], no), ("carol", "active", [(k1, accounts.CAROL_TWO), (k1, accounts.CAROL_ONE)], ""),
                ("dave", "active", [(r1, accounts.DAVE_ACTIVE)], ""), ("dave", "active", [(k1, accounts.DAVE_ACTIVE)], no),
                ("erin", "active", [(k1, accounts.ALICE)], ""), ("erin", "active", [(k1, accounts.ERIN)], no),
                ("bob", "active", [(k1, accounts.BOB_ACTIVE), (k1, accounts.ALICE)], "tx_irrelevant_sig"),
                ("bob", "active", [(k1, accounts.BOB_ACTIVE)] * 2, "tx_duplicate_sig"),
                ("bob", "posting", [(k1, accounts.BOB_ACTIVE)], "transaction_exception"))):
            with self.subTest(source=source, permission=permission, keys=keys):
                data = self.packed(transfer(source, "eosio", permission=permission), max_cpu_usage_ms=row + 1)  # or it is one that was there
                self.assertEqual(self.send(data, *keys), error)

    def test_damage_is_refused(self):
        key = curve.K1, accounts.ALICE
        data = self.packed(transfer())
        self.assertEqual(self.send(data, key, chain="00" * 32), "unsatisfied_authorization")
        body = self.body(data, key)
        other = dict(body, packed_trx=self.packed(transfer(quantity="2.0000 EOS")).hex())
        self.assertEqual(self.ask("send_transaction", other)[1]["error"]["name"], "unsatisfied_authorization")
        for damaged in (dict(body, packed_trx=data.hex() + "00"), dict(body, packed_trx=data.hex()[:-2]), dict(body, packed_trx="xx"), {}):
            self.assertEqual(self.ask("send_transaction", damaged)[1]["error"]["name"], "packed_transaction_type_exception")
        text = body["signatures"][0]
        wrong = text[:-1] + ("1" if text[-1] != "1" else "2")
        self.assertEqual(self.ask("send_transaction", dict(body, signatures=[wrong]))[0], 500)
        # The other s of the same signature, which a node takes for no signature.
        raw = curve.from_checked(text[7:], 65, "K1")
        high = bytes([31 + (raw[0] - 31 ^ 1)]) + raw[1:33] + (curve.K1.n - int.from_bytes(raw[33:], "big")).to_bytes(32, "big")
        answer = self.ask("send_transaction", dict(body, signatures=[curve.signature_text(curve.K1, high)]))[1]
        self.assertIn("not canonical", answer["error"]["details"][0]["message"])
        zipped = dict(body, compression="zlib", packed_trx=zlib.compress(data).hex(), packed_context_free_data=zlib.compress(b"\0").hex())
        self.assertEqual(self.ask("push_transaction", zipped)[0], 202)

    def test_time_and_reference(self):
        key = curve.K1, accounts.ALICE
        now = packing.seconds_of(self.ask("get_info")[1]["head_block_time"])
        self.assertEqual(self.send(self.packed(transfer(), expiration=now), key), "expired_tx_exception")
        self.assertEqual(self.send(self.packed(transfer(), expiration=now + 4000), key), "tx_exp_too_far_exception")
        self.assertEqual(self.send(self.packed(transfer(), ref_block_prefix=1), key), "invalid_ref_block_exception")
        data = self.packed(transfer())
        self.tell(advance=61)
        self.assertEqual(self.send(data, key), "expired_tx_exception")
        self.tell(clock=now + 100_000)  # so many blocks later the same number is another block's
        self.assertEqual(self.send(self.packed(transfer(), ref_block_num=100_000 & 0xffff), key), "invalid_ref_block_exception")
        self.assertEqual(self.send(self.packed(transfer()), key), "")

    def test_names_that_are_not_there(self):
        key = curve.K1, accounts.ALICE
        self.assertEqual(self.send(self.packed(transfer(contract="nobody")), key), "transaction_exception")
        self.assertEqual(self.send(self.packed(transfer(target="nobody")), key), "eosio_assert_message_exception")
        status, answer = self.ask("get_account", {"account_name": "nobody"})
        self.assertEqual((status, answer["error"]["name"]), (500, "exception"))
        self.assertIn("unknown key", answer["error"]["details"][0]["message"])
        self.assertEqual(self.ask("nothing")[0], 404)
        self.assertEqual(self.ask("get_account")[0], 400)

    def test_a_trace_may_be_a_refusal(self):
        body = self.body(self.packed(transfer(quantity="1000.0000 EOS")), (curve.K1, accounts.ALICE))
        status, answer = self.ask("send_transaction2", {"transaction": body})
        self.assertEqual((status, answer["processed"]["except"]["code"]), (202, 3050003))
        status, answer = self.ask("send_transaction2", {"transaction": body, "return_failure_trace": False})
        self.assertEqual((status, answer["error"]["code"]), (500, 3050003))
        self.assertEqual(self.has("alice"), ["100.0000 EOS"])

    def test_permissions_change(self):
        new = accounts.authority(accounts.key(20), accounts.key(21))
        by_active, by_owner = (update("bob", "active", new, by) for by in ("active", "owner"))
        lent = dict(by_active, authorization=[{"actor": "alice", "permission": "active"}])
        self.assertEqual(self.send(self.packed(lent), (curve.K1, accounts.ALICE)), "irrelevant_auth_exception")
        swapped = dict(new, keys=new["keys"][::-1])
        self.assertEqual(self.send(self.packed(update("bob", "active", swapped, "active")), (curve.K1, accounts.BOB_ACTIVE)), "action_validate_exception")
        self.assertEqual(self.send(self.packed(update("bob", "owner", new, "active")), (curve.K1, accounts.BOB_ACTIVE)), "irrelevant_auth_exception")
        self.assertEqual(self.send(self.packed(by_owner), (curve.K1, accounts.BOB_OWNER)), "")
        self.assertEqual(self.send(self.packed(transfer("bob", "eosio")), (curve.K1, accounts.BOB_ACTIVE)), "unsatisfied_authorization")
        self.assertEqual(self.send(self.packed(transfer("bob", "eosio")), (curve.K1, 21)), "")
        shown = self.ask("get_account", {"account_name": "bob"})[1]["permissions"]
        self.assertEqual({key["key"][:3] for each in shown for key in each["required_auth"]["keys"]}, {"EOS"})

    def test_accounts_of_keys(self):
        key = accounts.key(accounts.BOB_ACTIVE)["key"]
        found = self.ask("get_accounts_by_authorizers", {"accounts": ["alice"], "keys": [key]})[1]["accounts"]
        self.assertEqual([(each["account_name"], each["permission_name"]) for each in found], [("bob", "active")])
        found = self.ask("get_accounts_by_authorizers", {"accounts": [{"actor": "alice", "permission": "active"}], "keys": []})[1]["accounts"]
        self.assertEqual([each["account_name"] for each in found], ["erin"])
        for folder in ("/v1/history", "/v2/state"):
            self.assertEqual(self.ask("get_key_accounts", {"public_key": key}, folder)[1], {"account_names": ["bob"]})
        self.tell(off=["get_accounts_by_authorizers", "/v2/state/get_key_accounts"])
        self.assertEqual(self.ask("get_accounts_by_authorizers", {"keys": [key]})[0], 404)
        self.assertEqual(self.ask("get_key_accounts", {"public_key": key}, "/v2/state")[0], 404)
        self.assertEqual(self.ask("get_key_accounts", {"public_key": key}, "/v1/history")[0], 200)
        self.tell(on=["get_accounts_by_authorizers"])
        self.assertEqual(self.ask("get_accounts_by_authorizers", {"keys": [key]})[0], 200)

    def test_what_is_told_to_it(self):
        self.tell(fault={"kind": "status", "status": 503, "body": "{}", "times": 1})
        self.assertEqual([self.raw("get_info")[0], self.raw("get_info")[0]], [503, 200])
        self.tell(fault={"kind": "otherChain", "path": "get_info"})
        self.assertNotEqual(self.ask("get_info")[1]["chain_id"], self.chain)
        self.tell(fault={"kind": "html"})
        self.assertIn(b"<html>", self.raw("get_info")[1])
        self.tell(fault={"kind": "truncated"})
        with self.assertRaises(json.JSONDecodeError):
            self.ask("get_info")
        self.tell(fault={"kind": "huge", "bytes": 1 << 20})
        self.assertEqual(len(self.raw("get_info")[1]), 1 << 20)
        self.tell(fault={"kind": "redirect", "to": "http://127.0.0.1:9/"})
        self.assertEqual(self.raw("get_info")[2].getheader("Location"), "http://127.0.0.1:9/")
        self.tell(fault={"kind": "close", "path": "get_info"})
        with self.assertRaises(http.client.RemoteDisconnected):
            self.raw("get_info")
        self.assertEqual(self.raw("get_account", {"account_name": "alice"})[0], 200)
        self.tell(fault=None)
        self.assertEqual(self.raw("get_info")[0], 200)
        self.assertIn("error", self.tell(nonsense=1))
        self.tell(clear=True)
        data = self.packed(transfer("bob"))
        self.send(data, (curve.K1, accounts.ALICE))
        log = self.tell(log=True)
        self.assertEqual([each["path"] for each in log["requests"]], [f"/v1/chain/{word}" for word in ("get_info", "get_block", "send_transaction")])
        sent, = log["transactions"]
        self.assertEqual((sent["accepted"], sent["id"], sent["error"]), (False, packing.transaction_id(data), "unsatisfied_authorization"))
        self.tell(account={"name": "zoe", **accounts.account(accounts.authority(accounts.key(30)), accounts.authority(accounts.key(30)))})
        self.tell(balance={"account": "zoe", "quantity": "5.00 HAT", "contract": "eosio.token"})
        self.assertEqual(self.has("zoe"), ["5.00 HAT"])


if __name__ == "__main__":
    unittest.main()
