// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/ChainAccounts.h"

namespace hatstand::accounts {

/// What is kept of Antelope accounts between two runs: one file of JSON (0600), which may be deleted at any
/// time. Of a damaged one nothing is read, and the next write makes it anew.
class ChainAccountFile
{
public:
    explicit ChainAccountFile(QString file)
        : m_file(std::move(file))
    {
    }

    using Summaries = QHash<session::SessionId, ChainSummary>;
    /// Standing is NoAccount or Unknown: what else it is depends on the session's key.
    [[nodiscard]] Summaries read() const;
    [[nodiscard]] bool write(const Summaries& summaries) const; ///< none: no file
    [[nodiscard]] bool exists() const;

private:
    QString m_file;
};

} // namespace hatstand::accounts
