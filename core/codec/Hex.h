// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QString>
#include <string_view>

namespace hatstand::codec {

[[nodiscard]] QString toHex(Bytes data); ///< lower case
/// Digits of one or both cases, an even number. InvalidInput with NotThisForm.
[[nodiscard]] Result<QByteArray> fromHex(std::string_view text);
/// In constant time, nothing left outside SecretBuffer.
[[nodiscard]] Result<SecretBuffer> secretFromHex(std::string_view text);

} // namespace hatstand::codec
