// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"
#include "core/base/Result.h"

#include <QUrl>

namespace hatstand::accounts {

/// What a domain says of a name (NIP-05).
struct Nip05Answer
{
    bool isThis = false; ///< the name is the key's
    QStringList relays; ///< where the key's account writes, normalised
};

/// Of "name@domain" or "domain" alone, which stands for "_@domain": where to ask. NotThisForm.
[[nodiscard]] Result<QUrl> nip05Url(const QString& address);
/// pubkey: 64 hex digits. NotThisForm where the answer is none.
[[nodiscard]] Result<Nip05Answer> parseNip05(
    const QByteArray& json, const QString& address, const QString& pubkey);

} // namespace hatstand::accounts
