// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"
#include "core/base/Result.h"

#include <QString>
#include <string_view>

namespace hatstand::codec {

/// Base64 for URLs (RFC 4648, section 5), without padding.
[[nodiscard]] QString toBase64Url(Bytes data);
/// No padding, no white space, no bits left over: one text for one value. InvalidInput with NotThisForm.
[[nodiscard]] Result<QByteArray> fromBase64Url(std::string_view text);

} // namespace hatstand::codec
