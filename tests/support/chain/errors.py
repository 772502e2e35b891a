# SPDX-License-Identifier: MIT
"""What nodeos says when it says no."""

# name: code, what, file and method that nodeos names with it
KINDS = {
    "exception": (0, "unspecified", "http_plugin.cpp", "handle_exception"),
    "transaction_exception": (3040000, "Transaction exception", "controller.cpp", "validate_referenced_accounts"),
    "tx_no_action": (3040002, "Transaction should have at least one normal action", "transaction_context.cpp", "init_for_input_trx"),
    "tx_no_auths": (3040003, "Transaction should have at least one required authority", "transaction_context.cpp", "init_for_input_trx"),
    "expired_tx_exception": (3040005, "Expired Transaction", "producer_plugin.cpp", "process_incoming_transaction_async"),
    "tx_exp_too_far_exception": (3040006, "Transaction Expiration Too Far", "controller.cpp", "validate_expiration"),
    "invalid_ref_block_exception": (3040007, "Invalid Reference Block", "controller.cpp", "validate_tapos"),
    "tx_duplicate": (3040008, "Duplicate Transaction", "producer_plugin.cpp", "process_incoming_transaction_async"),
    "packed_transaction_type_exception": (3010010, "Invalid packed transaction", "chain_plugin.cpp", "send_transaction"),
    "public_key_type_exception": (3010002, "Invalid public key", "chain_plugin.cpp", "from_variant"),
    "action_validate_exception": (3050000, "Action validate exception", "eosio_contract.cpp", "apply_eosio_updateauth"),
    "eosio_assert_message_exception": (3050003, "eosio_assert_message assertion failure", "cf_system.cpp", "eosio_assert"),
    "permission_query_exception": (3060001, "Permission Query Exception", "authorization_manager.cpp", "get_permission"),
    "unsatisfied_authorization": (3090003, "Provided keys, permissions, and delays do not satisfy declared authorizations",
                                  "authorization_manager.cpp", "check_authorization"),
    "tx_irrelevant_sig": (3090002, "Irrelevant signature included", "authorization_manager.cpp", "check_authorization"),
    "tx_duplicate_sig": (3090001, "Duplicate signature included", "transaction.cpp", "get_signature_keys"),
    "missing_auth_exception": (3090004, "Missing required authority", "apply_context.cpp", "require_authorization"),
    "irrelevant_auth_exception": (3090005, "Irrelevant authority included", "authorization_manager.cpp", "check_authorization"),
    "unknown_block_exception": (3100002, "Unknown block", "chain_plugin.cpp", "get_block"),
    "invalid_http_request": (3200006, "invalid http request", "http_plugin.cpp", "parse_params"),
}


class ChainError(Exception):
    """A node's refusal. isTrace: one that send_transaction2 tells in a trace, unless told not to."""

    def __init__(self, name, message, status=500, is_trace=False):
        super().__init__(message)
        self.name, self.message, self.status, self.is_trace = name, message, status, is_trace

    def body(self):
        code, what, file, method = KINDS[self.name]
        titles = {400: "Invalid Request", 404: "Not Found", 500: "Internal Service Error"}
        return {"code": self.status, "message": titles[self.status], "error": {
            "code": code, "name": self.name, "what": what,
            "details": [{"message": self.message, "file": file, "line_number": 1138, "method": method}]}}

    def trace(self):
        """As a transaction's trace has it: "except"."""
        code, what, file, method = KINDS[self.name]
        return {"code": code, "name": self.name, "message": what, "stack": [{
            "context": {"level": "error", "file": file, "line": 1138, "method": method, "hostname": "", "thread_name": "nodeos",
                        "timestamp": "2020-01-01T00:00:00.000"}, "format": self.message, "data": {}}]}


def asserted(message):
    """What a contract says."""
    return ChainError("eosio_assert_message_exception", f"assertion failure with message: {message}", is_trace=True)
