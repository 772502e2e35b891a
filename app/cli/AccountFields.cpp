// SPDX-License-Identifier: MIT
#include "app/cli/AccountFields.h"

#include <QJsonArray>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using accounts::AccountSummary;
using accounts::Nip05State;
using nostr::Muted;
using relay::Refusal;
using relay::RelayState;

QVariant numberOrNull(const std::optional<qint64>& number)
{
    return number ? QVariant(*number) : QVariant::fromValue(nullptr);
}

QVariant nameOf(Nip05State state)
{
    switch (state) {
    case Nip05State::None:
        break;
    case Nip05State::Unknown:
        return u"unknown"_s;
    case Nip05State::Verified:
        return u"verified"_s;
    case Nip05State::Refuted:
        return u"refuted"_s;
    }
    return QVariant::fromValue(nullptr);
}

QString nameOf(Muted::What what)
{
    switch (what) {
    case Muted::What::Person:
        return u"person"_s;
    case Muted::What::Hashtag:
        return u"hashtag"_s;
    case Muted::What::Word:
        return u"word"_s;
    case Muted::What::Thread:
        return u"thread"_s;
    }
    return {};
}

QString nameOf(Refusal refusal)
{
    switch (refusal) {
    case Refusal::TooLarge:
        return u"too-large"_s;
    case Refusal::TooMany:
        return u"too-many"_s;
    case Refusal::NotAMessage:
        return u"not-a-message"_s;
    case Refusal::BadEvent:
        return u"bad-event"_s;
    case Refusal::WrongId:
        return u"wrong-id"_s;
    case Refusal::WrongSignature:
        return u"wrong-signature"_s;
    case Refusal::WrongAuthor:
        return u"wrong-author"_s;
    case Refusal::WrongKind:
        return u"wrong-kind"_s;
    case Refusal::FromTheFuture:
        return u"from-the-future"_s;
    }
    return {};
}

QJsonObject countsOf(const QMap<Refusal, int>& refusals)
{
    QJsonObject counts;
    for (auto it = refusals.cbegin(); it != refusals.cend(); ++it)
        counts.insert(nameOf(it.key()), it.value());
    return counts;
}

} // namespace

QLatin1StringView name(RelayState state)
{
    switch (state) {
    case RelayState::Idle:
        return "idle"_L1;
    case RelayState::Connecting:
        return "connecting"_L1;
    case RelayState::Connected:
        return "connected"_L1;
    case RelayState::Waiting:
        return "waiting"_L1;
    case RelayState::Offline:
        return "offline"_L1;
    case RelayState::NotAllowed:
        return "not-allowed"_L1;
    case RelayState::Blocked:
        return "blocked"_L1;
    }
    return {};
}

QVariantMap summaryFields(const AccountSummary& summary)
{
    const QDateTime& refreshed = summary.refreshedAt;
    return {
        {u"follows"_s, numberOrNull(summary.follows)},
        {u"mutes"_s, numberOrNull(summary.mutes)},
        {u"profile"_s, summary.profile.toJson().toVariantMap()},
        {u"nip05"_s, nameOf(summary.nip05)},
        {u"refreshedAt"_s, refreshed.isValid() ? QVariant(refreshed) : QVariant::fromValue(nullptr)},
    };
}

QJsonValue followListJson(const accounts::AccountLists& lists)
{
    if (!lists.follows)
        return QJsonValue::Null;
    QJsonArray all;
    for (qsizetype i = 0; i < lists.follows->size(); ++i) {
        const auto entry = lists.follows->at(i);
        const auto key = nostr::PublicKey::fromBytes(entry.key);
        all += QJsonObject{{u"pubkey"_s, QString::fromLatin1(toQByteArray(entry.key).toHex())},
            {u"npub"_s, key ? QJsonValue(key->npub()) : QJsonValue()}, {u"relay"_s, entry.relay},
            {u"petname"_s, entry.petname}};
    }
    return all;
}

QJsonValue muteListJson(const accounts::AccountLists& lists, bool withPrivate)
{
    if (!lists.mutes)
        return QJsonValue::Null;
    QJsonArray all;
    for (const Muted& muted : lists.mutes->entries) {
        if (withPrivate || !muted.isPrivate)
            all += QJsonObject{
                {u"type"_s, nameOf(muted.what)}, {u"value"_s, muted.value}, {u"private"_s, muted.isPrivate}};
    }
    return all;
}

QJsonValue relaysJson(const QList<relay::RelayStatus>& relays)
{
    if (relays.isEmpty())
        return QJsonValue::Null;
    QJsonArray all;
    for (const relay::RelayStatus& relay : relays) {
        const QJsonValue answered = relay.answeredAt.isValid()
            ? QJsonValue(relay.answeredAt.toUTC().toString(Qt::ISODateWithMs))
            : QJsonValue();
        all += QJsonObject{{u"url"_s, relay.url}, {u"read"_s, relay.read}, {u"write"_s, relay.write},
            {u"state"_s, QString(name(relay.state))}, {u"refused"_s, countsOf(relay.refusals)},
            {u"answeredAt"_s, answered}, {u"text"_s, relay.text}};
    }
    return all;
}

} // namespace hatstand::app
