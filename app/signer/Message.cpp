// SPDX-License-Identifier: MIT
#include "app/signer/Message.h"

#include "core/base/Log.h"

#include <QJsonArray>

namespace hatstand::app {

using namespace Qt::Literals::StringLiterals;

void Message::add(const QString& name, const SharedSecret& part)
{
    if (part && !part->isEmpty())
        parts.insert(name, part);
}

void Message::add(const QString& name, const QByteArray& part)
{
    if (!part.isEmpty())
        parts.insert(name, std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(bytesOf(part))));
}

QByteArray Message::bytes(const QString& name) const
{
    const SharedSecret found = part(name);
    return found ? toQByteArray(found->view()) : QByteArray();
}

Result<SharedMessage> MessageReader::took(Frame& frame)
{
    if (m_message) {
        if (frame.type != Frame::Type::Secret)
            return refuse(Why::NotThisForm);
        m_message->parts.insert(
            m_missing.takeFirst(), std::make_shared<const SecretBuffer>(std::move(frame.payload)));
    } else {
        auto head = frame.object();
        if (!head)
            return refuse(Why::NotThisForm);
        const QJsonArray parts = head->take("parts"_L1).toArray();
        if (parts.size() > kMostParts)
            return refuse(Why::NotThisForm);
        for (const auto& name : parts)
            m_missing += name.toString();
        if (QSet<QString>(m_missing.cbegin(), m_missing.cend()).size() != m_missing.size())
            return refuse(Why::NotThisForm);
        m_message = std::make_shared<Message>(Message{*std::move(head), {}, std::move(frame.descriptor)});
    }
    if (!m_missing.isEmpty())
        return SharedMessage();
    return SharedMessage(std::exchange(m_message, {}));
}

MessagePort::MessagePort(std::unique_ptr<Channel> channel, QObject* parent)
    : QObject(parent)
    , m_channel(std::move(channel))
{
    connect(m_channel.get(), &Channel::closed, this, &MessagePort::closed);
    connect(m_channel.get(), &Channel::received, this, [this](const std::shared_ptr<Frame>& frame) {
        const auto message = m_reader.took(*frame);
        if (!message) {
            qCWarning(lcControl, "the signer's connection is closed: what came is no message");
            return m_channel->abort();
        }
        if (*message)
            Q_EMIT received(*message);
    });
}

void MessagePort::send(const Message& message)
{
    QJsonObject head = message.head;
    if (!message.parts.isEmpty())
        head.insert("parts"_L1, QJsonArray::fromStringList(message.parts.keys()));
    Frame frame = Frame::json(head);
    frame.descriptor = message.descriptor;
    m_channel->send(frame);
    for (const SharedSecret& part : message.parts)
        m_channel->send(Frame::secret(*part));
}

} // namespace hatstand::app
