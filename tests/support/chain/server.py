# SPDX-License-Identifier: MIT
"""The chain over HTTP as nodeos serves it, and what can be told to it meanwhile."""
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from . import curve, packing
from .errors import ChainError

LARGEST = 4 * 1024 * 1024  # bytes of a question
HUGE = 64 * 1024 * 1024  # bytes of a huge answer, where nothing else is said


class Node:
    """What is asked of the chain, by the last word of its path."""

    def __init__(self, chain):
        self.chain = chain
        self.lock = threading.Lock()
        self.off = set()
        self.fault = None
        self.requests, self.transactions = [], []

    # Questions. Each gives a status and what is to be JSON.

    def get_info(self, _):
        chain, head = self.chain, self.chain.head()
        return 200, {
            "server_version": "5a1b2c3d", "chain_id": chain.id, "head_block_num": head, "last_irreversible_block_num": head - 2,
            "last_irreversible_block_id": chain.block_id(head - 2), "head_block_id": chain.block_id(head),
            "head_block_time": chain.block_time(head), "head_block_producer": "eosio", "virtual_block_cpu_limit": 200000000,
            "virtual_block_net_limit": 1048576000, "block_cpu_limit": 200000, "block_net_limit": 1048576,
            "server_version_string": "v5.0.2", "fork_db_head_block_num": head, "fork_db_head_block_id": chain.block_id(head),
            "server_full_version_string": "v5.0.2-5a1b2c3d", "total_cpu_weight": "1000000", "total_net_weight": "1000000",
            "earliest_available_block_num": 1, "last_irreversible_block_time": chain.block_time(head - 2)}

    def get_block(self, asked):
        chain, wanted = self.chain, str(asked.get("block_num_or_id", ""))
        number = int(wanted) if wanted.isdigit() and len(wanted) < 64 else int(wanted[:8] or "0", 16)
        if not 0 < number <= chain.head() or (len(wanted) == 64 and chain.block_id(number) != wanted):
            raise ChainError("unknown_block_exception", f"Could not find block: {wanted}")
        return 200, {
            "timestamp": chain.block_time(number), "producer": "eosio", "confirmed": 0, "previous": chain.block_id(number - 1),
            "transaction_mroot": "0" * 64, "action_mroot": "0" * 64, "schedule_version": 1, "new_producers": None,
            "producer_signature": "SIG_K1_" + "1" * 94, "transactions": [], "id": chain.block_id(number), "block_num": number,
            "ref_block_prefix": chain.prefix(number)}

    def get_account(self, asked):
        chain, name = self.chain, asked["account_name"]
        account, head = chain.find(name), chain.head()
        limit = {"used": 1000, "available": 99000, "max": 100000, "last_usage_update_time": chain.block_time(head), "current_used": 0}
        return 200, {
            "account_name": name, "head_block_num": head, "head_block_time": chain.block_time(head), "privileged": name == "eosio",
            "last_code_update": "1970-01-01T00:00:00.000", "created": "2020-01-01T00:00:00.000",
            "core_liquid_balance": next(iter(account["balances"].get("eosio.token", [])), None), "ram_quota": 8192, "net_weight": 10000,
            "cpu_weight": 10000, "net_limit": limit, "cpu_limit": limit, "ram_usage": 3052,
            "permissions": [dict(each, required_auth=legacy(each["required_auth"])) for each in account["permissions"]],
            "total_resources": None, "self_delegated_bandwidth": None, "refund_request": None, "voter_info": None, "rex_info": None,
            "subjective_cpu_bill_limit": limit, "eosio_any_linked_actions": []}

    def get_raw_abi(self, asked):
        name = asked["account_name"]
        return 200, {"account_name": name, "code_hash": "0" * 64, "abi_hash": "0" * 64, "abi": self.chain.raw_abi(name)}

    def get_abi(self, asked):
        name = asked["account_name"]
        abi = self.chain.find(name)["abi"]
        return 200, {"account_name": name, "abi": abi} if abi else {"account_name": name}

    def get_accounts_by_authorizers(self, asked):
        levels = [each if isinstance(each, dict) else {"actor": each} for each in asked.get("accounts", [])]
        found = self.chain.authorizers(levels, [key_of(text) for text in asked.get("keys", [])])
        return 200, {"accounts": [{"account_name": name, "permission_name": permission["perm_name"], **by, "weight": each["weight"],
                                   "threshold": permission["required_auth"]["threshold"]} for name, permission, each, by in found]}

    def get_key_accounts(self, asked):
        names = {name for name, *_ in self.chain.authorizers([], [key_of(asked["public_key"])])}
        return 200, {"account_names": sorted(names)}

    def get_currency_balance(self, asked):
        balances = self.chain.find(asked["account"])["balances"].get(asked["code"], [])
        symbol = asked.get("symbol")
        return 200, [text for text in balances if not symbol or text.split(" ")[1] == symbol.upper()]

    def send_transaction(self, asked):
        return self.push(asked, is_trace=False)

    def send_transaction2(self, asked):
        return self.push(asked.get("transaction") or {}, is_trace=asked.get("return_failure_trace", True))

    def push_transaction(self, asked):
        return self.push(asked, is_trace=False)

    def push(self, asked, is_trace):
        entry = {"accepted": False, "body": asked}
        self.transactions.append(entry)
        data, made, keys = self.chain.unpack(asked)
        entry.update(id=packing.transaction_id(data), packed=data.hex(), keys=keys, transaction=shown(made))
        failure = None
        try:
            self.chain.push(data, made, keys)
            entry["accepted"] = True
        except ChainError as error:
            entry["error"] = error.name
            if not (is_trace and error.is_trace):
                raise
            failure = error
        head = self.chain.head()
        receipt = {"status": "executed", "cpu_usage_us": 200, "net_usage_words": (len(data) + 7) // 8}
        traces = [{"action_ordinal": at + 1, "creator_action_ordinal": 0, "closest_unnotified_ancestor_action_ordinal": 0,
                   "receiver": action["account"], "act": action, "context_free": False, "elapsed": 100, "console": "",
                   "trx_id": entry["id"], "block_num": head + 1} for at, action in enumerate(entry["transaction"]["actions"])]
        return 202, {"transaction_id": entry["id"], "processed": {
            "id": entry["id"], "block_num": head + 1, "block_time": self.chain.block_time(head + 1), "producer_block_id": None,
            "receipt": None if failure else receipt, "elapsed": 200, "net_usage": len(data), "scheduled": False,
            "action_traces": traces, "account_ram_delta": None, "except": failure.trace() if failure else None,
            "error_code": None}}

    def answer(self, method, path, asked):
        """A status and its JSON."""
        word = path.rsplit("/", 1)[-1]
        folder = {"get_key_accounts": ("/v1/history", "/v2/state")}.get(word, ("/v1/chain",))
        if word in WORDS and path in [f"{each}/{word}" for each in folder] and not {word, path} & self.off:
            try:
                return getattr(self, word)(asked)
            except (KeyError, ValueError, AttributeError, TypeError):
                raise ChainError("invalid_http_request", "Unable to parse valid input from POST body", 400) from None
        raise ChainError("exception", "Unknown Endpoint", 404)

    # Commands

    def told(self, command):
        with self.lock:
            try:
                (name, value), = command.items()
                return COMMANDS[name](self, value) or {"done": True}
            except (KeyError, ValueError, TypeError, AttributeError, curve.NotValid) as error:
                return {"error": f"{type(error).__name__}: {error}"}

    def set_fault(self, fault):
        if fault and fault["kind"] not in ("delay", "status", "html", "truncated", "huge", "otherChain", "close", "redirect"):
            raise ValueError(fault["kind"])
        self.fault = fault

    def take_fault(self, path):
        """The fault that this question meets."""
        fault = self.fault
        if not fault or fault.get("path") not in (None, path, path.rsplit("/", 1)[-1]):
            return {}
        if "times" in fault:
            fault["times"] -= 1
            if fault["times"] <= 0:
                self.fault = None
        return fault

    def set_balance(self, value):
        units, symbol = packing.asset_parts(value["quantity"])
        self.chain.set_balance(value["account"], value.get("contract", "eosio.token"), symbol, units)

    def forget(self):
        self.requests, self.transactions = [], []


COMMANDS = {
    "clock": lambda node, value: setattr(node.chain, "fixed", value),
    "advance": lambda node, value: setattr(node.chain, "fixed", node.chain.now() + value),
    "account": lambda node, value: node.chain.put(value.pop("name"), value),
    "remove": lambda node, value: void(node.chain.accounts.pop(value)),
    "balance": Node.set_balance,
    "abi": lambda node, value: node.chain.accounts[value["account"]].update(abi=value["abi"]),
    "off": lambda node, value: node.off.update(value),
    "on": lambda node, value: node.off.difference_update(value),
    "fault": Node.set_fault,
    "log": lambda node, _: {"requests": node.requests, "transactions": node.transactions},
    "clear": lambda node, _: node.forget(),
    "chainId": lambda node, _: {"chainId": node.chain.id},
}
WORDS = {"get_info", "get_block", "get_account", "get_raw_abi", "get_abi", "get_accounts_by_authorizers", "get_key_accounts",
         "get_currency_balance", "send_transaction", "send_transaction2", "push_transaction"}


def void(_):
    return None


def key_of(text):
    try:
        return curve.public_text(curve.parse_public(text))
    except curve.NotValid as error:
        raise ChainError("public_key_type_exception", f"Invalid public key: {text}") from error


def legacy(required):
    return dict(required, keys=[dict(each, key=curve.legacy_text(curve.parse_public(each["key"]))) for each in required["keys"]])


def shown(made):
    """A transaction as JSON."""
    def hexed(all_of_them):
        return [dict(action, data=action["data"].hex()) for action in all_of_them]
    return dict(made, expiration=packing.seconds_text(made["expiration"]), actions=hexed(made["actions"]),
                context_free_actions=hexed(made["context_free_actions"]),
                transaction_extensions=[[kind, data.hex()] for kind, data in made["transaction_extensions"]])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version, sys_version = "chain", ""
    node = None  # set by start()

    def log_message(self, *_):
        """The log is a command."""

    def do_GET(self):
        parts = urlsplit(self.path)
        self.serve(parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()})

    def do_POST(self):
        size = int(self.headers.get("Content-Length") or 0)
        if size > LARGEST:
            self.close_connection = True
            return self.say(413, b"{}")
        try:
            asked = json.loads(self.rfile.read(size) or b"{}")
        except ValueError:
            asked = None
        self.serve(urlsplit(self.path).path, asked)

    def serve(self, path, asked):
        node = self.node
        with node.lock:
            fault = node.take_fault(path)
            node.requests.append({"method": self.command, "path": path, "body": asked, "host": self.headers.get("Host"),
                                  "agent": self.headers.get("User-Agent"), "fault": fault.get("kind")})
            lies = fault.get("kind") not in (None, "delay", "otherChain")
            status, body = (500, {}) if lies else self.answer(path, asked)
        kind = fault.get("kind")
        if kind == "delay":
            time.sleep(fault["ms"] / 1000)
        if kind == "otherChain" and "chain_id" in body:
            body["chain_id"] = fault.get("chain", "00" * 31 + "01")
        if lies:
            self.say_wrong(fault)
        else:
            self.say(status, json.dumps(body, separators=(",", ":")).encode())

    def answer(self, path, asked):
        try:
            if not isinstance(asked, dict):
                raise ChainError("invalid_http_request", "Unable to parse valid input from POST body", 400)
            return self.node.answer(self.command, path, asked)
        except ChainError as error:
            return error.status, error.body()

    def say_wrong(self, fault):
        kind = fault["kind"]
        if kind == "close":
            self.close_connection = True
        elif kind == "status":
            self.say(fault["status"], fault.get("body", "").encode())
        elif kind == "html":
            self.say(fault.get("status", 200), b"<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>", "text/html")
        elif kind == "truncated":
            self.say(200, json.dumps(self.node.get_info({})[1]).encode()[:100])
        elif kind == "redirect":
            self.say(fault.get("status", 302), b"", headers={"Location": fault["to"]})
        elif kind == "huge":
            left = fault.get("bytes", HUGE)
            self.head(200, left, "application/json")
            while left > 0:
                left -= self.wfile.write(b" " * min(left, 65536))

    def head(self, status, size, kind, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.end_headers()

    def say(self, status, body, kind="application/json", headers=()):
        self.head(status, len(body), kind, headers)
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Whoever asks may go at any time."""


def start(host, port, node):
    """Serves in threads of its own; the address."""
    Handler.node = node
    server = Server((host, port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://{host}:{server.server_address[1]}"
