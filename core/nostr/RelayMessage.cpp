// SPDX-License-Identifier: MIT
#include "core/nostr/RelayMessage.h"

#include "core/nostr/JsonScanner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace hatstand::nostr {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kLongestSubscription = 64; ///< NIP-01
constexpr qsizetype kLongestText = 500;
constexpr qsizetype kLongestChallenge = 1024;

/// What others wrote, for one line: whatever would break it, turn it round or hide in it becomes a space.
QString plainLine(const QString& text)
{
    QString line = text.left(kLongestText);
    for (QChar& c : line) {
        switch (c.category()) {
        case QChar::Other_Control:
        case QChar::Other_Format:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            c = u' ';
            break;
        default:
            break;
        }
    }
    return line.simplified();
}

bool readText(JsonScanner& json, QString& text)
{
    JsonScanner::String string;
    if (!json.string(string))
        return false;
    const auto utf8 = unescaped(string);
    if (!utf8)
        return false;
    text = QString::fromUtf8(*utf8);
    return true;
}

bool readSubscription(JsonScanner& json, QByteArray& id)
{
    JsonScanner::String string;
    if (!json.take(',') || !json.string(string))
        return false;
    const auto utf8 = unescaped(string);
    if (!utf8 || QString::fromUtf8(*utf8).size() > kLongestSubscription)
        return false;
    id = *utf8;
    return true;
}

/// ,"text" — and where it may be left out, nothing.
bool readMessage(JsonScanner& json, QString& text)
{
    if (!json.isNext(','))
        return true;
    if (!json.take(',') || !readText(json, text))
        return false;
    text = plainLine(text);
    return true;
}

bool readOk(JsonScanner& json, RelayMessage& message)
{
    return json.take(',') && readText(json, message.eventId) && message.eventId.size() == 64 && json.take(',')
        && json.boolean(message.accepted) && readMessage(json, message.text);
}

bool readAuth(JsonScanner& json, RelayMessage& message)
{
    return json.take(',') && readText(json, message.text) && !message.text.isEmpty()
        && message.text.size() <= kLongestChallenge;
}

tl::unexpected<Error> notAMessage(const QString& type = {})
{
    return refuse(Why::NotThisForm, type);
}

QByteArray compact(const QJsonArray& array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

} // namespace

Result<RelayMessage> parseRelayMessage(const QByteArray& utf8)
{
    if (!utf8.isValidUtf8())
        return notAMessage();
    JsonScanner json(utf8);
    QString type;
    if (!json.take('[') || !readText(json, type))
        return notAMessage();
    using Type = RelayMessage::Type;
    RelayMessage message;
    bool isRead = false;
    if (type == "EVENT"_L1) {
        message.type = Type::Event;
        if (!readSubscription(json, message.subscription) || !json.take(',') || !json.isNext('{'))
            return notAMessage();
        auto event = readEvent(json, utf8);
        if (!event)
            return event.error().detail == "JSON"_L1 ? notAMessage() : fail(event.error());
        message.event = std::move(*event);
        isRead = true;
    } else if (type == "OK"_L1) {
        message.type = Type::Ok;
        isRead = readOk(json, message);
    } else if (type == "EOSE"_L1) {
        message.type = Type::EndOfStored;
        isRead = readSubscription(json, message.subscription);
    } else if (type == "CLOSED"_L1) {
        message.type = Type::Closed;
        isRead = readSubscription(json, message.subscription) && readMessage(json, message.text);
    } else if (type == "NOTICE"_L1) {
        isRead = readMessage(json, message.text);
    } else if (type == "AUTH"_L1) {
        message.type = Type::Auth;
        isRead = readAuth(json, message);
    } else {
        return notAMessage(plainLine(type));
    }
    if (!isRead || !json.take(']') || !json.isAtEnd())
        return notAMessage();
    return message;
}

QByteArray reqMessage(const QByteArray& subscription, const Filter& filter)
{
    QJsonArray kinds;
    for (const int kind : filter.kinds)
        kinds += kind;
    QJsonObject object{{u"authors"_s, QJsonArray{filter.author.hex()}}, {u"kinds"_s, kinds}};
    if (filter.since)
        object.insert(u"since"_s, *filter.since);
    if (filter.limit > 0)
        object.insert(u"limit"_s, filter.limit);
    return compact({u"REQ"_s, QString::fromUtf8(subscription), object});
}

QByteArray closeMessage(const QByteArray& subscription)
{
    return compact({u"CLOSE"_s, QString::fromUtf8(subscription)});
}

QByteArray eventMessage(const QByteArray& signedEvent)
{
    return R"(["EVENT",)" + signedEvent + ']';
}

QByteArray authMessage(const QByteArray& signedEvent)
{
    return R"(["AUTH",)" + signedEvent + ']';
}

QByteArray authEvent(const QString& relayUrl, const QString& challenge)
{
    const QJsonObject event{{u"kind"_s, 22242}, {u"content"_s, QString()},
        {u"tags"_s, QJsonArray{QJsonArray{u"relay"_s, relayUrl}, QJsonArray{u"challenge"_s, challenge}}}};
    return QJsonDocument(event).toJson(QJsonDocument::Compact);
}

} // namespace hatstand::nostr
