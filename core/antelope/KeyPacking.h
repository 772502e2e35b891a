// SPDX-License-Identifier: MIT
#pragma once

#include "core/codec/Packing.h"

namespace hatstand::antelope {

/// Public keys and signatures as chains pack them: a byte for the kind (K1, R1, WebAuthn), then the rest. As
/// text PUB_K1_…, SIG_WA_… and so on. Whether a key is a point of its curve is not asked: chains use
/// placeholders that are none.

[[nodiscard]] QString unpackPublicKey(codec::Unpacker& in); ///< fails in, for other kinds too
[[nodiscard]] QString unpackSignature(codec::Unpacker& in);
/// Also EOS… and FIO… legacy. False, and nothing written: no such text.
[[nodiscard]] bool packPublicKey(codec::Packer& out, const QString& text);
[[nodiscard]] bool packSignature(codec::Packer& out, const QString& text);

} // namespace hatstand::antelope
