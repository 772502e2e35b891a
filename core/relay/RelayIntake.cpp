// SPDX-License-Identifier: MIT
#include "core/relay/RelayConnection_p.h"

namespace hatstand::relay {

namespace {

constexpr int kFollowList = 3;

/// One line, without what would turn or hide text.
QString plain(const QString& text)
{
    QString kept;
    for (const QChar c : text.simplified()) {
        if (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)
            kept.append(c);
    }
    return kept;
}

bool wantsAuth(const QString& text)
{
    return text.startsWith(QLatin1StringView("auth-required:"));
}

} // namespace

void RelayConnection::Private::received(const QString& text)
{
    heard();
    if (!rate.take()) {
        flood();
        return;
    }
    const QByteArray utf8 = text.toUtf8();
    if (utf8.size() > context.limits.followList) {
        refuse(Refusal::TooLarge);
        return;
    }
    const auto message = nostr::parseRelayMessage(utf8);
    if (utf8.size() > context.limits.message
        && !(message && message->event && message->event->kind == kFollowList)) {
        refuse(Refusal::TooLarge);
        return;
    }
    if (message) {
        take(*message);
        return;
    }
    const Error& error = message.error();
    if (error.why != Why::BadEvent)
        refuse(Refusal::NotAMessage);
    else
        refuse(error.detail == QLatin1StringView("hash") ? Refusal::WrongId : Refusal::BadEvent);
}

void RelayConnection::Private::flood()
{
    ++status.refusals[Refusal::TooMany];
    lasting.invalidate();
    backoff.toLongest();
    lost();
}

void RelayConnection::Private::refuse(Refusal refusal)
{
    ++status.refusals[refusal];
    Q_EMIT q->statusChanged();
}

void RelayConnection::Private::take(const nostr::RelayMessage& message)
{
    using Type = nostr::RelayMessage::Type;
    switch (message.type) {
    case Type::Event:
        takeEvent(message.subscription, *message.event);
        return;
    case Type::Ok:
        takeOk(message);
        return;
    case Type::Closed:
        takeClosed(message);
        return;
    case Type::EndOfStored: {
        const auto found = subscriptions.find(message.subscription);
        if (found == subscriptions.end() || !found->second.asked) {
            if (!ended.contains(message.subscription))
                refuse(Refusal::NotAMessage);
            return;
        }
        found->second.ended = true;
        status.answeredAt = context.clock.now();
        Q_EMIT q->statusChanged();
        Q_EMIT q->endOfStored(message.subscription);
        return;
    }
    case Type::Notice:
        status.text = plain(message.text);
        Q_EMIT q->statusChanged();
        return;
    case Type::Auth:
        takeChallenge(message.text);
        return;
    }
}

/// Each one costs a signature.
void RelayConnection::Private::takeChallenge(const QString& text)
{
    if (text == challenge)
        return;
    if (++challenges > context.limits.challenges) {
        refuse(Refusal::TooMany);
        return;
    }
    challenge = text;
    status.wantsAuth = true;
    Q_EMIT q->statusChanged();
    Q_EMIT q->challenged(text);
}

void RelayConnection::Private::takeEvent(const QByteArray& subscription, const nostr::WireEvent& event)
{
    const auto found = subscriptions.find(subscription);
    if (found == subscriptions.end() || !found->second.asked) {
        if (!ended.contains(subscription))
            refuse(Refusal::NotAMessage);
        return;
    }
    Subscription& asked = found->second;
    if (!asked.ended && ++asked.events > context.limits.eventsPerSubscription)
        refuse(Refusal::TooMany);
    else if (event.pubkey != asked.filter.author.bytes())
        refuse(Refusal::WrongAuthor);
    else if (!asked.filter.kinds.contains(event.kind))
        refuse(Refusal::WrongKind);
    else if (event.createdAt > context.clock.now().toSecsSinceEpoch() + nostr::kFutureLimit)
        refuse(Refusal::FromTheFuture);
    else if (!nostr::verify(event))
        refuse(Refusal::WrongSignature);
    else
        Q_EMIT q->eventReceived(subscription, event);
}

void RelayConnection::Private::takeOk(const nostr::RelayMessage& message)
{
    const QString text = plain(message.text);
    if (!authId.isEmpty() && message.eventId == authId) {
        authAnswered(message.accepted, text);
        return;
    }
    const auto found = publications.find(message.eventId);
    if (found == publications.end() || !found->second.sent) {
        refuse(Refusal::NotAMessage);
        return;
    }
    Publication& publication = found->second;
    if (message.accepted || !wantsAuth(message.text) || publication.sentWithAuth || isAuthDeclined) {
        endPublication(message.eventId, message.accepted ? Verdict::Accepted : Verdict::Refused, text);
        return;
    }
    publication.sent = false;
    publication.waitsForAuth = !status.isAuthenticated;
    sendWaiting();
}

void RelayConnection::Private::takeClosed(const nostr::RelayMessage& message)
{
    const auto found = subscriptions.find(message.subscription);
    if (found == subscriptions.end() || !found->second.asked) {
        if (!ended.contains(message.subscription))
            refuse(Refusal::NotAMessage);
        return;
    }
    status.text = plain(message.text);
    Subscription& subscription = found->second;
    if (wantsAuth(message.text) && !subscription.askedWithAuth && !isAuthDeclined) {
        subscription.asked = false;
        subscription.waitsForAuth = !status.isAuthenticated;
        status.wantsAuth = true;
        sendWaiting();
        Q_EMIT q->statusChanged();
        return;
    }
    subscriptions.erase(found);
    sendWaiting();
    Q_EMIT q->statusChanged();
    Q_EMIT q->subscriptionClosed(message.subscription, status.text);
}

} // namespace hatstand::relay
