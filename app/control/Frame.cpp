// SPDX-License-Identifier: MIT
#include "app/control/Frame.h"

#include <QJsonDocument>
#include <QtEndian>

namespace hatstand::app {

Frame Frame::json(const QJsonObject& object)
{
    return {Type::Json, SecretBuffer::copyOf(bytesOf(QJsonDocument(object).toJson(QJsonDocument::Compact)))};
}

Frame Frame::secret(const SecretBuffer& secret)
{
    return {Type::Secret, secret.clone()};
}

std::optional<QJsonObject> Frame::object() const
{
    if (type != Type::Json)
        return std::nullopt;
    const auto text = QByteArray::fromRawData(payload.text().data(), qsizetype(payload.size()));
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        return std::nullopt;
    return document.object();
}

SecretBuffer Frame::encoded() const
{
    ByteArray<kFrameHead> head{};
    qToBigEndian(quint32(payload.size()), head.data());
    head[4] = std::uint8_t(type);
    return SecretBuffer::concat({head, payload.view()});
}

MutableBytes FrameReader::space()
{
    if (m_have < kFrameHead)
        return MutableBytes(m_head).subspan(m_have);
    return m_frame.payload.edit().subspan(m_have - kFrameHead);
}

Result<std::optional<Frame>> FrameReader::took(std::size_t count)
{
    const bool headWasWhole = m_have >= kFrameHead;
    m_have += count;
    if (m_have < kFrameHead)
        return std::nullopt;
    if (!headWasWhole) {
        const auto size = qFromBigEndian<quint32>(m_head.data());
        const char type = char(m_head[4]);
        if (size > m_limit)
            return refuse(Why::TooLarge, {}, size, qint64(m_limit));
        if (type != char(Frame::Type::Json) && type != char(Frame::Type::Secret))
            return refuse(Why::NotThisForm);
        m_frame = {Frame::Type(type), SecretBuffer(size)};
    }
    if (m_have < kFrameHead + m_frame.payload.size())
        return std::nullopt;
    m_have = 0;
    return std::exchange(m_frame, {});
}

} // namespace hatstand::app
