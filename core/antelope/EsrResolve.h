// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Abi.h"
#include "core/antelope/EsrRequest.h"

namespace hatstand::antelope {

/// ABIs by the value of the contract's name; one that is not there leaves an action's data as it is.
using Abis = QHash<quint64, Abi>;

/// What is to be signed when signer answers: placeholders filled in (authorisations, and every name in the
/// data of contracts that abis has; all other bytes stay), and header in place of one that says nothing
/// (expiration and reference all zero). An identity becomes its one action, without reference; in version 2
/// without expiration. WrongAccount: an identity of somebody else is asked for. NoAbi (code Network): the
/// data of an action holds the value of a placeholder and its contract's ABI is not there. Errors of Abi.
[[nodiscard]] Result<Transaction> resolve(const EsrRequest& request, const PermissionLevel& signer,
    const Abis& abis, const TransactionHeader& header);

/// What is told to who asked, in EEP-7's names.
struct EsrAnswer
{
    EsrRequest request;
    QString chainId;
    PermissionLevel signer;
    Transaction transaction; ///< as it was signed
    QStringList signatures;
    std::optional<quint32> blockNumber = {}; ///< of a transaction that was sent
    QList<QPair<QString, QString>> more = {}; ///< beside EEP-7's: link_ch, link_key, link_name, link_meta
};

/// sig, sig0 (the second signature, as WharfKit has it), …, tx, rbn, rid, ex, req, sa, sp, cid, bn.
[[nodiscard]] QJsonObject payload(const EsrAnswer& answer);
/// The request's callback with {{name}} filled in from the payload; names that are not there become nothing.
/// What is filled in is percent-encoded where it would change the address.
[[nodiscard]] QString callbackUrl(const EsrAnswer& answer);

/// The proof that a signature of an identity request is: "EOSIO " and base64. Version 3 alone.
[[nodiscard]] Result<QString> identityProof(const EsrAnswer& answer);

struct IdentityProof
{
    QString chainId;
    Name scope = Name::fromValue(0);
    quint32 expiration = 0;
    PermissionLevel signer;
    QString signature;

    [[nodiscard]] static Result<IdentityProof> parse(const QString& text); ///< Malformed, TrailingBytes
    [[nodiscard]] QString text() const;
    /// PUB_… of the key that signed it. NotThisForm.
    [[nodiscard]] Result<QString> signingKey() const;
};

} // namespace hatstand::antelope
