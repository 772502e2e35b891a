// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/EsrRequest.h"

namespace hatstand::antelope {

/// How signing requests are packed. For the Esr… files alone.

/// What follows the first byte, inflated: body and perhaps a signature. Malformed, TrailingBytes,
/// UnknownChain.
[[nodiscard]] Result<EsrRequest> unpackRequest(int version, Bytes packed);
/// The body, which a signature of the request is over; info "chain_ids" is made where chainIds need it.
[[nodiscard]] QByteArray packRequest(const EsrRequest& request);
[[nodiscard]] QByteArray packRequestSignature(const EsrRequest& request); ///< empty: it has none

/// What is signed for an identity. Scope and expiration are of version 3.
[[nodiscard]] Transaction identityTransaction(
    int version, Name scope, const PermissionLevel& signer, quint32 expiration);

void packChainId(codec::Packer& out, const QString& chainId); ///< 32 bytes; zeros for what is none

/// Base64 in either alphabet, with or without padding, as programs have it. NotThisForm.
[[nodiscard]] Result<QByteArray> fromAnyBase64(QStringView text);

} // namespace hatstand::antelope
