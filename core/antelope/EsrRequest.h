// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Transaction.h"

#include <optional>

namespace hatstand::antelope {

/// Limits on a request from outside.
constexpr qsizetype kLongestRequest = qsizetype{128} * 1024; ///< characters of the URI
constexpr qsizetype kLargestRequest = qsizetype{64} * 1024; ///< bytes once inflated

/// Names that stand for whoever signs: their values are 1 and 2.
constexpr quint64 kSignerActor = 1; ///< "............1"; in place of a permission, the signer's permission
constexpr quint64 kSignerPermission = 2; ///< "............2"
[[nodiscard]] inline bool isPlaceholder(Name name)
{
    return name.value() == kSignerActor || name.value() == kSignerPermission;
}

/// A request for a signature (EEP-7, versions 2 and 3), as it travels in an esr: URI.
struct EsrRequest
{
    enum class What { Action, Actions, Transaction, Identity };

    int version = 3; ///< 2 or 3
    QString chainId; ///< 64 lower-case hex; empty: for any of chainIds
    QStringList chainIds; ///< with an empty chainId: the chains it is for; empty: any
    What what = What::Transaction;
    QList<Action> actions; ///< Action (one) and Actions
    Transaction transaction; ///< Transaction
    Name scope = Name::fromValue(0); ///< Identity, from version 3 on: who asks
    std::optional<PermissionLevel> permission
        = {}; ///< Identity: of whom, placeholders possible; none: anyone
    bool broadcast = false;
    bool background = false; ///< the callback is posted, not opened
    QString callback; ///< empty: none
    QList<QPair<QString, QByteArray>> info = {}; ///< in their order
    struct Signed
    {
        Name signer = Name::fromValue(0);
        QString signature; ///< SIG_…
        friend bool operator==(const Signed&, const Signed&) = default;
    };
    std::optional<Signed> signature = {};

    /// esr:, esr://, web+esr:, esr-anchor:, then base64url (the other base64 alphabet and padding are taken
    /// too). Everything is checked here that can be without a chain: NotThisForm (no such scheme or text),
    /// UnsupportedVersion (have = it), BadCompression, Malformed, TrailingBytes, TooLarge, UnknownChain (an
    /// alias that nobody has given out), IdentityIsNotSent, BadCallback (checkCallback() says no).
    [[nodiscard]] static Result<EsrRequest> parse(const QString& uri);
    /// "esr://…"; compressed only where that is shorter.
    [[nodiscard]] QString encode() const;
    /// What a signature of the request itself is over.
    [[nodiscard]] ByteArray<32> digest() const;

    [[nodiscard]] bool isIdentity() const { return what == What::Identity; }
    [[nodiscard]] bool isFor(const QString& chain) const; ///< may be signed on it; 64 lower-case hex
    [[nodiscard]] std::optional<QByteArray> infoOf(const QString& key) const; ///< its first value
    [[nodiscard]] QList<Action> allActions() const; ///< of whichever kind it is; none for an identity
    friend bool operator==(const EsrRequest&, const EsrRequest&) = default;
};

/// Whether an answer may go to this address: any scheme but file, javascript, data and their like, which act
/// on this machine; with a host for http and https, and nothing that the answer fills in before its path.
/// BadCallback.
[[nodiscard]] Result<void> checkCallback(const QString& callback, bool background);

/// The id that an alias of EEP-7 stands for (1 is Vaulta, 10 WAX, …); empty: none.
[[nodiscard]] QString chainOfAlias(quint8 alias);
/// 0: the chain has no alias.
[[nodiscard]] quint8 aliasOfChain(const QString& chainId);

} // namespace hatstand::antelope
