// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Name.h"
#include "core/base/SecretBuffer.h"

namespace hatstand::antelope {

/// What the programs of the Anchor protocol tell each other beside a signing request: in its info, and sealed
/// over a channel that a forwarder ("buoy") holds.

/// Info "link" of an identity request: whoever asks wants a channel for later requests.
struct LinkCreate
{
    Name sessionName = Name::fromValue(0);
    QString requestKey; ///< PUB_K1_…: requests over the channel are sealed by it
    QString userAgent; ///< may be empty
    [[nodiscard]] static Result<LinkCreate> unpack(Bytes packed); ///< Malformed, TrailingBytes
    [[nodiscard]] QByteArray pack() const;
};

/// Info "link" of a request over a channel: when it is too late. Seconds since 1970.
[[nodiscard]] Result<quint32> unpackLinkExpiration(Bytes packed);
[[nodiscard]] QByteArray packLinkExpiration(quint32 seconds);

/// A message from one key to another: AES-256-CBC under a key from their shared secret and a nonce.
struct SealedMessage
{
    QString from; ///< PUB_K1_…
    quint64 nonce = 0;
    QByteArray ciphertext;
    quint32 checksum = 0; ///< of the message's key
    [[nodiscard]] static Result<SealedMessage> unpack(Bytes packed); ///< Malformed, TrailingBytes
    [[nodiscard]] QByteArray pack() const;
};

/// secret: 32 bytes, a K1 key; peer: PUB_K1_…. Errors of the keys.
[[nodiscard]] Result<SealedMessage> sealMessage(
    Bytes secret, const QString& peer, quint64 nonce, Bytes plaintext);
/// By the receiver. ChecksumWrong: it is for another key.
[[nodiscard]] Result<SecretBuffer> openMessage(Bytes secret, const SealedMessage& message);

} // namespace hatstand::antelope
