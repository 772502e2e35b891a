#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""usage: chain.py [--host ADDRESS] [--port N] [--chain-id HEX] [--accounts FILE]

A node of an Antelope chain that really checks: it unpacks transactions, recovers the keys that signed them, and looks at
permissions, reference block, expiration and duplicates; it executes transfers of tokens and eosio::updateauth. Its errors
are nodeos' own. Prints "chain http://ADDRESS:PORT" once it listens, and ends with its standard input.

Its accounts (chain/accounts.py; FILE has others in the same form) have the private keys 1, 2, 3, …, on K1 but for one:
  alice  owner and active 1             dave   owner 7, active 8 on R1
  bob    owner 2, active 3              erin   owner 9, active is alice@active
  carol  owner 4, active 5 and 6        eosio  10, eosio.token 11
and 100.0000 EOS each. The chain's id is the SHA-256 of "hatstand test chain", where no other is given.

Serves /v1/chain/get_info, get_block, get_account, get_raw_abi, get_abi, get_accounts_by_authorizers, get_currency_balance,
send_transaction, send_transaction2, push_transaction; /v1/history/get_key_accounts and /v2/state/get_key_accounts.

Takes commands, one JSON object a line, and answers each with one, {"done": true} where nothing else is said, {"error": TEXT}
where it is none:
  {"clock": SECONDS}            its time from now on, since 1970; null: the system's
  {"advance": SECONDS}          its time stands still, so much later
  {"account": {"name": …, …}}   adds or replaces one, in the form of FILE; {"remove": NAME} takes one away
  {"balance": {"account", "quantity", "contract"}}    without contract: eosio.token
  {"abi": {"account", "abi"}}   null: none
  {"off": [WORD or PATH…]}      these are not served any more ("get_key_accounts" or "/v2/state/get_key_accounts"); {"on": …}
  {"fault": {"kind", "path", "times", …}}    what goes wrong from now on; path: only there; times: so often; null: nothing
      delay (ms) · status (status, body) · html (status) · truncated · huge (bytes) · otherChain (chain) · close · redirect (to, status)
  {"log": true}                 {"requests": [{"method", "path", "body", …}], "transactions": [{"accepted", "error", "id", "keys", …}]}
  {"clear": true}               forgets the log
  {"chainId": true}             {"chainId": HEX}
"""
import argparse
import hashlib
import json
import sys

from chain import server, state


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--chain-id", default=hashlib.sha256(b"hatstand test chain").hexdigest())
    arguments.add_argument("--accounts", default="")
    given = arguments.parse_args()
    node = server.Node(state.Chain(given.chain_id, state.from_file(given.accounts)))
    print("chain", server.start(given.host, given.port, node), flush=True)
    for line in sys.stdin:
        try:
            command = json.loads(line)
        except ValueError as error:
            command = {str(error): None}
        print(json.dumps(node.told(command)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
