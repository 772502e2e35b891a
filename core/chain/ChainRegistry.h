// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Chains.h"

#include <QObject>

namespace hatstand::chain {

/// The chains there are: those that are built in, with what the person changed of them, and their own. Kept
/// in a file of the profile, which holds the changes alone. Any number of views read chains().
class ChainRegistry final : public QObject
{
    Q_OBJECT
public:
    /// file: absolute path of a JSON file (0600); it need not be there yet.
    explicit ChainRegistry(const QString& file, QObject* parent = nullptr);

    /// Damaged, Disk: the built-in ones are there all the same, and the file is left alone.
    [[nodiscard]] Result<void> load();
    [[nodiscard]] const antelope::Chains& chains() const { return m_chains; } ///< the same object always

    /// On disk when they return. Errors of Chains; BadEndpoint (detail: it); Disk: then nothing has changed.
    /// That an endpoint is of the chain is for the caller to ask first (ChainClient::check).
    [[nodiscard]] Result<void> add(const antelope::Chain& chain);
    [[nodiscard]] Result<void> setEndpoints(const QString& id, const QStringList& endpoints);
    [[nodiscard]] Result<void> remove(const QString& id);

Q_SIGNALS:
    void changed(const QString& chainId);

private:
    [[nodiscard]] Result<void> save(const antelope::Chains& chains) const;

    QString m_file;
    antelope::Chains m_chains;
    bool m_isReadable = true; ///< false: what is in the file is not ours to write over
};

/// An endpoint in its one form: https://host[:port][/path] without the last slash; http where the person may
/// mean their own machine or network: every host, since whoever writes it names it. BadEndpoint.
[[nodiscard]] Result<QString> normaliseEndpoint(const QString& text);

} // namespace hatstand::chain
