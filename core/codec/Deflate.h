// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"
#include "core/base/Result.h"

namespace hatstand::codec {

/// Raw deflate (RFC 1951), without the header and checksum of zlib, by zlib at its highest level.
[[nodiscard]] QByteArray deflateRaw(Bytes data);
/// InvalidInput with BadCompression: damaged, cut short, followed by something, or larger than limit bytes.
/// Never more than limit is held.
[[nodiscard]] Result<QByteArray> inflateRaw(Bytes data, qsizetype limit);

} // namespace hatstand::codec
