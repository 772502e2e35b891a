# SPDX-License-Identifier: MIT
"""Who is on the chain to begin with. An account is {"permissions": [as get_account writes them, keys in any form],
"balances": {CONTRACT: ["1.0000 EOS"]}, "abi": ABI or null}."""
import copy

from . import curve

# The keys are the numbers 1, 2, 3, …; nobody may keep anything behind them.
ALICE = 1  # K1, her owner and active
BOB_OWNER, BOB_ACTIVE = 2, 3  # K1
CAROL_OWNER, CAROL_ONE, CAROL_TWO = 4, 5, 6  # K1; her active wants both of the latter
DAVE_OWNER, DAVE_ACTIVE = 7, 8  # K1; R1
ERIN = 9  # K1, her owner; her active is alice@active
EOSIO, TOKEN = 10, 11  # K1


def key(number, curve_of=curve.K1, weight=1):
    return {"key": curve.public_text((curve_of.name, curve_of.public(number))), "weight": weight}


def authority(*keys, threshold=1, accounts=()):
    return {"threshold": threshold, "keys": sorted(keys, key=lambda each: curve.parse_public(each["key"])),
            "accounts": [{"permission": dict(zip(("actor", "permission"), level.split("@"))), "weight": 1} for level in accounts],
            "waits": []}


def account(owner, active, balances=None, abi=None):
    return {"permissions": [
        {"perm_name": "active", "parent": "owner", "required_auth": active},
        {"perm_name": "owner", "parent": "", "required_auth": owner}], "balances": balances or {}, "abi": abi}


def struct(name, *fields):
    return {"name": name, "base": "", "fields": [dict(zip(("name", "type"), field.split(":"))) for field in fields]}


def actions(*names):
    return [{"name": name, "type": name, "ricardian_contract": ""} for name in names]


TOKEN_ABI = {
    "version": "eosio::abi/1.2", "types": [], "actions": actions("transfer", "issue", "retire", "open", "close"),
    "structs": [struct("transfer", "from:name", "to:name", "quantity:asset", "memo:string"),
                struct("issue", "to:name", "quantity:asset", "memo:string"), struct("retire", "quantity:asset", "memo:string"),
                struct("open", "owner:name", "symbol:symbol", "ram_payer:name"), struct("close", "owner:name", "symbol:symbol"),
                struct("account", "balance:asset")],
    "tables": [{"name": "accounts", "index_type": "i64", "key_names": [], "key_types": [], "type": "account"}],
    "ricardian_clauses": [], "error_messages": [], "abi_extensions": [], "variants": []}
SYSTEM_ABI = {
    "version": "eosio::abi/1.2", "types": [],
    "structs": [struct("permission_level", "actor:name", "permission:name"), struct("key_weight", "key:public_key", "weight:uint16"),
                struct("permission_level_weight", "permission:permission_level", "weight:uint16"),
                struct("wait_weight", "wait_sec:uint32", "weight:uint16"),
                struct("authority", "threshold:uint32", "keys:key_weight[]", "accounts:permission_level_weight[]", "waits:wait_weight[]"),
                struct("updateauth", "account:name", "permission:name", "parent:name", "auth:authority"),
                struct("deleteauth", "account:name", "permission:name"),
                struct("linkauth", "account:name", "code:name", "type:name", "requirement:name"),
                struct("buyrambytes", "payer:name", "receiver:name", "bytes:uint32")],
    "actions": actions("updateauth", "deleteauth", "linkauth", "buyrambytes"), "tables": [], "ricardian_clauses": [],
    "error_messages": [], "abi_extensions": [], "variants": []}


def default():
    def plenty():
        return {"eosio.token": ["100.0000 EOS"]}
    return copy.deepcopy({
        "alice": account(authority(key(ALICE)), authority(key(ALICE)), plenty()),
        "bob": account(authority(key(BOB_OWNER)), authority(key(BOB_ACTIVE)), plenty()),
        "carol": account(authority(key(CAROL_OWNER)), authority(key(CAROL_ONE), key(CAROL_TWO), threshold=2), plenty()),
        "dave": account(authority(key(DAVE_OWNER)), authority(key(DAVE_ACTIVE, curve.R1)), plenty()),
        "erin": account(authority(key(ERIN)), authority(accounts=["alice@active"]), plenty()),
        "eosio": account(authority(key(EOSIO)), authority(key(EOSIO)), abi=SYSTEM_ABI),
        "eosio.token": account(authority(key(TOKEN)), authority(key(TOKEN)), abi=TOKEN_ABI)})
