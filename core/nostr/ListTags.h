// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/WireEvent.h"

#include <optional>

/// What the readers of lists share; raw items as TagReader gives them.
namespace hatstand::nostr {

constexpr qsizetype kUrlLimit = 512; ///< of a relay's address, in characters

/// Whether the item says this, however it is escaped.
[[nodiscard]] bool is(QByteArrayView item, QByteArrayView name);
/// 64 hex digits of either case; nullopt for whatever else.
[[nodiscard]] std::optional<ByteArray<32>> keyOf(QByteArrayView item);
/// For one line: without control, bidi and invisible characters, white space folded, at most 64 characters.
[[nodiscard]] QString plainLine(const QString& text);

} // namespace hatstand::nostr
