// SPDX-License-Identifier: MIT
#pragma once

#include "core/chain/ChainClient.h"

namespace hatstand::chain {

/// What nodes answer, read. All of it is a stranger's: whatever is not as the API has it is Malformed
/// (detail: the API), and nothing is guessed. Numbers may be written as text, as nodes do beyond 32 bits.

[[nodiscard]] Result<QString> parseChainId(const QByteArray& json); ///< of get_info: 64 lower-case hex
[[nodiscard]] Result<ChainInfo> parseInfo(const QByteArray& json);
/// Malformed also for an answer about another account than name. The balance is core_liquid_balance.
[[nodiscard]] Result<ChainAccount> parseAccount(const QByteArray& json, const QString& name);
/// get_accounts_by_authorizers; what names another key is left out.
[[nodiscard]] Result<QList<ChainClient::Controlled>> parseAuthorizers(
    const QByteArray& json, const QString& publicKey);

struct KeyAccounts
{
    QStringList names; ///< accounts of which no more is told
    QList<ChainClient::Controlled> levels;
};
/// get_key_accounts of the history plugin, and of Hyperion.
[[nodiscard]] Result<KeyAccounts> parseKeyAccounts(const QByteArray& json, const QString& publicKey);
/// The permissions of an account that name the key.
[[nodiscard]] QList<ChainClient::Controlled> levelsOf(const ChainAccount& account, const QString& publicKey);

struct RawAbi
{
    QByteArray packed; ///< empty: the contract has none
    bool isLeftOut = false; ///< it is the one whose hash was sent
};
/// get_raw_abi. knownHash: what was sent; empty: nothing.
[[nodiscard]] Result<RawAbi> parseRawAbi(
    const QByteArray& json, const QString& contract, const QString& knownHash);
/// get_abi: the ABI as JSON; empty: the contract has none.
[[nodiscard]] Result<QByteArray> parseJsonAbi(const QByteArray& json, const QString& contract);
/// get_currency_balance of a token ("8,WAX"): "0.00000000 WAX" where there is none.
[[nodiscard]] Result<QString> parseBalance(const QByteArray& json, const QString& token);

/// What a node says no with.
struct NodeError
{
    qint64 code = 0; ///< of the exception: 3040005; 0: none is told
    QString text; ///< plain, one line, at most 400 characters; never empty
};
/// nullopt: this is no error as nodes write it.
[[nodiscard]] std::optional<NodeError> parseNodeError(const QByteArray& json);
/// send_transaction, push_transaction and send_transaction2, whose trace may tell of a refusal.
struct PushAnswer
{
    Pushed pushed;
    std::optional<NodeError> refusal = {};
};
[[nodiscard]] Result<PushAnswer> parsePushed(const QByteArray& json);

constexpr qint64 kTxExpired = 3040005;
constexpr qint64 kTxDuplicate = 3040008;
constexpr qint64 kAccountQuery = 3060002;
/// The node has no such account, whichever way this version of it says so.
[[nodiscard]] bool isNoSuchAccount(const NodeError& error);

/// PUB_… of any written form of a public key, also of one that is no point; empty: no such text.
[[nodiscard]] QString plainKey(const QString& text);

} // namespace hatstand::chain
