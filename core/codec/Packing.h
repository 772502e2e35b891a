// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"
#include "core/base/Result.h"

#include <QString>

namespace hatstand::codec {

/// Reads the packed form of Antelope chains: little-endian numbers, LEB128 counts, no padding. Once something
/// is missing or wrong all further reads give zeros, and failed() says so: a parser asks once, at its end.
class Unpacker
{
public:
    /// data is borrowed.
    explicit Unpacker(Bytes data)
        : m_data(data)
    {
    }

    [[nodiscard]] quint8 u8() { return static_cast<quint8>(number(1)); }
    [[nodiscard]] quint16 u16() { return static_cast<quint16>(number(2)); }
    [[nodiscard]] quint32 u32() { return static_cast<quint32>(number(4)); }
    [[nodiscard]] quint64 u64() { return number(8); }
    [[nodiscard]] quint32 varuint32(); ///< at most five bytes, no bits beyond 32
    [[nodiscard]] bool flag(); ///< 0 or 1, anything else fails
    [[nodiscard]] Bytes bytes(std::size_t size); ///< borrowed from the data
    [[nodiscard]] Bytes sized(); ///< a count, then as many bytes
    [[nodiscard]] QString string(); ///< the same as text; what is no UTF-8 fails
    /// A count of things that take leastEach bytes or more; fails where the rest can't hold as many.
    [[nodiscard]] quint32 count(std::size_t leastEach = 1);

    [[nodiscard]] bool atEnd() const { return m_at == m_data.size(); }
    [[nodiscard]] std::size_t left() const { return m_data.size() - m_at; }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] bool failed() const { return m_failed; }
    void fail() { m_failed = true; }
    /// Malformed or, where more is there than was read, TrailingBytes; what: the format, for the sentence.
    [[nodiscard]] Result<void> finished(const QString& what) const;

private:
    quint64 number(std::size_t size);

    Bytes m_data;
    std::size_t m_at = 0;
    bool m_failed = false;
};

/// Writes what Unpacker reads.
class Packer
{
public:
    Packer() = default;
    /// With room for this many bytes at once.
    explicit Packer(qsizetype room) { m_data.reserve(room); }

    Packer& u8(quint8 value) { return number(value, 1); }
    Packer& u16(quint16 value) { return number(value, 2); }
    Packer& u32(quint32 value) { return number(value, 4); }
    Packer& u64(quint64 value) { return number(value, 8); }
    Packer& varuint32(quint32 value);
    Packer& flag(bool value) { return u8(value ? 1 : 0); }
    Packer& bytes(Bytes data);
    Packer& sized(Bytes data);
    Packer& string(const QString& text);

    [[nodiscard]] const QByteArray& data() const { return m_data; }
    [[nodiscard]] QByteArray take() { return std::exchange(m_data, {}); }

private:
    Packer& number(quint64 value, int size);

    QByteArray m_data;
};

} // namespace hatstand::codec
