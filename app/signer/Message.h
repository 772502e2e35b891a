// SPDX-License-Identifier: MIT
#pragma once

#include "app/control/Channel.h"

#include <QJsonObject>
#include <QMap>

namespace hatstand::app {

/// Bytes of one part: an event has at most 4 MiB before it is signed.
constexpr std::size_t kPartLimit = std::size_t{5} * 1024 * 1024;

/// One message between the program and its signer process: a JSON object; parts, which are held as secrets
/// whatever they are; and at most one descriptor.
///
/// On the wire a JSON frame with "parts", the names, then a secret frame for each in that order. The
/// descriptor travels with the JSON frame.
struct Message
{
    QJsonObject head;
    QMap<QString, SharedSecret> parts = {};
    SharedDescriptor descriptor = {};

    void add(const QString& name, const SharedSecret& part); ///< nothing where part is null or empty
    void add(const QString& name, const QByteArray& part);
    [[nodiscard]] SharedSecret part(const QString& name) const { return parts.value(name); }
    [[nodiscard]] QByteArray bytes(const QString& name) const; ///< of a part that is no secret
};
using SharedMessage = std::shared_ptr<const Message>;

/// Puts messages together from frames.
class MessageReader
{
public:
    static constexpr int kMostParts = 4;
    /// A message once it is whole; InvalidInput when this is none of ours: nothing after it can be trusted.
    [[nodiscard]] Result<SharedMessage> took(Frame& frame);

private:
    std::shared_ptr<Message> m_message;
    QStringList m_missing; ///< parts that are still to come
};

/// Messages over a channel.
class MessagePort final : public QObject
{
    Q_OBJECT
public:
    explicit MessagePort(std::unique_ptr<Channel> channel, QObject* parent = nullptr);
    void send(const Message& message);
    [[nodiscard]] bool isOpen() const { return m_channel->isOpen(); }
    void close() { m_channel->close(); } ///< once all that was sent is gone

Q_SIGNALS:
    void received(const hatstand::app::SharedMessage& message);
    void closed();

private:
    std::unique_ptr<Channel> m_channel;
    MessageReader m_reader;
};

} // namespace hatstand::app
