// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace hatstand::antelope {

struct Chain
{
    QString id; ///< 64 lower-case hex
    QString alias; ///< "wax"; the first of the contract's names
    QStringList otherAliases; ///< "eos" for vaulta, "proton" for xpr
    QString name; ///< "WAX"
    QStringList endpoints; ///< URLs of chain APIs, the preferred one first
    QString token; ///< symbol with precision, "8,WAX"; empty where not known
    QString tokenContract = QStringLiteral("eosio.token"); ///< where balances of it are kept
    QString explorer; ///< URL of an account's page, "%1" in place of its name; empty: none known
    bool testnet = false;
    QString badge; ///< letter of the network badge; empty: the name's first letter
    bool isCustom = false; ///< added by the person
    bool isChanged = false; ///< built in, with endpoints that the person chose

    friend bool operator==(const Chain&, const Chain&) = default;
};

/// The chains of resources/chains.json.
class Chains
{
public:
    /// Damaged when json is not what resources/chains.json is.
    [[nodiscard]] static Result<Chains> fromJson(const QByteArray& json);
    [[nodiscard]] static const Chains& bundled(); ///< compiled in
    [[nodiscard]] const QList<Chain>& all() const { return m_chains; }
    /// By alias or full id, both in any case; UnknownChain.
    [[nodiscard]] Result<Chain> find(const QString& aliasOrId) const;
    [[nodiscard]] const Chain* byId(const QString& id) const;
    /// ChainIsThere: its id, alias or one of its other aliases are taken. InvalidInput for an alias that is
    /// none.
    [[nodiscard]] Result<void> add(const Chain& chain);
    /// UnknownChain; ChainIsBuiltIn.
    [[nodiscard]] Result<void> remove(const QString& id);
    [[nodiscard]] Result<void> setEndpoints(
        const QString& id, const QStringList& endpoints); ///< UnknownChain

private:
    QList<Chain> m_chains;
};

} // namespace hatstand::antelope
