// SPDX-License-Identifier: MIT
#include "core/codec/Packing.h"

#include <QStringDecoder>
#include <array>

namespace hatstand::codec {

quint64 Unpacker::number(std::size_t size)
{
    quint64 value = 0;
    const Bytes raw = bytes(size);
    for (std::size_t i = raw.size(); i-- > 0;)
        value = value << 8 | raw[i];
    return value;
}

quint32 Unpacker::varuint32()
{
    quint64 value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        const quint8 byte = u8();
        value |= quint64(byte & 0x7f) << shift;
        if (byte < 0x80) {
            if (value > 0xffffffff)
                m_failed = true;
            return m_failed ? 0 : static_cast<quint32>(value);
        }
    }
    m_failed = true;
    return 0;
}

bool Unpacker::flag()
{
    const quint8 byte = u8();
    if (byte > 1)
        m_failed = true;
    return byte == 1;
}

Bytes Unpacker::bytes(std::size_t size)
{
    if (m_failed || size > left()) {
        m_failed = true;
        return {};
    }
    m_at += size;
    return m_data.subspan(m_at - size, size);
}

Bytes Unpacker::sized()
{
    return bytes(varuint32());
}

QString Unpacker::string()
{
    const Bytes raw = sized();
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = utf8(QByteArrayView(raw.data(), static_cast<qsizetype>(raw.size())));
    if (utf8.hasError())
        m_failed = true;
    return m_failed ? QString() : text;
}

quint32 Unpacker::count(std::size_t leastEach)
{
    const quint32 count = varuint32();
    if (leastEach > 0 && count > left() / leastEach)
        m_failed = true;
    return m_failed ? 0 : count;
}

Result<void> Unpacker::finished(const QString& what) const
{
    if (m_failed)
        return refuse(Why::Malformed, what);
    if (!atEnd())
        return refuse(Why::TrailingBytes, what);
    return {};
}

Packer& Packer::number(quint64 value, int size)
{
    std::array<char, sizeof value> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(value >> 8 * i & 0xff);
    m_data.append(bytes.data(), size);
    return *this;
}

Packer& Packer::varuint32(quint32 value)
{
    for (; value >= 0x80; value >>= 7)
        m_data += static_cast<char>((value & 0x7f) | 0x80);
    m_data += static_cast<char>(value);
    return *this;
}

Packer& Packer::bytes(Bytes data)
{
    m_data.append(reinterpret_cast<const char*>(data.data()), static_cast<qsizetype>(data.size()));
    return *this;
}

Packer& Packer::sized(Bytes data)
{
    return varuint32(static_cast<quint32>(data.size())).bytes(data);
}

Packer& Packer::string(const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    return sized(bytesOf(utf8));
}

} // namespace hatstand::codec
