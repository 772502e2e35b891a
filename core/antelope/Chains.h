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
    QStringList endpoints; ///< https URLs
    QString token; ///< symbol with precision, "8,WAX"; empty where not known
    bool testnet = false;
    QString badge; ///< letter of the network badge; empty: the name's first letter
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

private:
    QList<Chain> m_chains;
};

/// The port through which a chain is asked whether a key controls an account. Until it is built, every answer
/// is ErrorCode::Network and callers say "Not checked with the chain".
class ChainQuery
{
public:
    virtual ~ChainQuery() = default;
    virtual void keyControls(const Chain& chain, const QString& actor, const QString& permission,
        const QString& publicKey, Callback<bool> done)
        = 0;
};

/// Asks nobody: answers Network at once.
class UnansweredChainQuery final : public ChainQuery
{
public:
    void keyControls(const Chain& chain, const QString& actor, const QString& permission,
        const QString& publicKey, Callback<bool> done) override;
};

} // namespace hatstand::antelope
