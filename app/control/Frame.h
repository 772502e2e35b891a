// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Descriptor.h"
#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QJsonObject>
#include <optional>

namespace hatstand::app {

/// What crosses the control socket: a 4-byte big-endian length, one type byte, and that many bytes. A secret
/// crosses only as Secret, never inside JSON. All payloads are held as secrets: a reader does not know before
/// it has read.
struct Frame
{
    enum class Type : char { Json = 'J', Secret = 'S' };
    Type type = Type::Json;
    SecretBuffer payload;
    SharedDescriptor descriptor = {}; ///< passed along, or null

    [[nodiscard]] static Frame json(const QJsonObject& object);
    [[nodiscard]] static Frame secret(const SecretBuffer& secret);
    /// nullopt unless it is a JSON frame that holds an object.
    [[nodiscard]] std::optional<QJsonObject> object() const;
    [[nodiscard]] SecretBuffer encoded() const;
};

constexpr std::size_t kFrameHead = 5;
constexpr std::size_t kFrameLimit = std::size_t{1024} * 1024; ///< bytes of payload

/// Puts frames together from bytes as they come, straight into the memory they stay in. Nothing is allocated
/// for a frame before its head was found good.
class FrameReader
{
public:
    explicit FrameReader(std::size_t limit = kFrameLimit) ///< bytes of payload
        : m_limit(limit)
    {
    }

    /// Where the next bytes are to be read to; never empty.
    [[nodiscard]] MutableBytes space();
    /// Bytes that were read there. A frame once it is whole; InvalidInput when this is no frame of ours: the
    /// connection is then to be closed.
    [[nodiscard]] Result<std::optional<Frame>> took(std::size_t count);

private:
    std::size_t m_limit;
    ByteArray<kFrameHead> m_head{};
    Frame m_frame;
    std::size_t m_have = 0; ///< bytes of the head, then of the payload after it
};

} // namespace hatstand::app
