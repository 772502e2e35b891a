// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

namespace hatstand::cache {

/// Accounts' pictures as they are shown: one PNG each, "<public key>-<16 hex of the address's SHA-256>.png",
/// 0600 in a folder of 0700 that may be deleted at any time. A value that may be used on any thread. pubkey
/// is 64 hex digits in lower case everywhere; whatever else is never there and not kept.
class PictureFiles
{
public:
    /// folder: absolute; made at the first put().
    explicit PictureFiles(QString folder)
        : m_folder(std::move(folder))
    {
    }

    /// Empty for none.
    [[nodiscard]] QByteArray get(const QString& pubkey, const QString& address) const;
    /// In place of any other of this account. Disk.
    [[nodiscard]] Result<void> put(
        const QString& pubkey, const QString& address, const QByteArray& png) const;
    void remove(const QString& pubkey) const;
    /// Of all accounts that are not among these.
    void keepOnly(const QStringList& pubkeys) const;

private:
    [[nodiscard]] QString fileOf(const QString& pubkey, const QString& address) const;

    QString m_folder;
};

} // namespace hatstand::cache
