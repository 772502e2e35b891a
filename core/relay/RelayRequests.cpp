// SPDX-License-Identifier: MIT
#include "core/codec/Hex.h"
#include "core/relay/RelayConnection_p.h"

#include <utility>

namespace hatstand::relay {

namespace {

constexpr qsizetype kRememberedEnds = 64;

QString idOf(const QByteArray& signedEvent)
{
    const auto event = nostr::readEvent(signedEvent);
    return event ? codec::toHex(event->id) : QString();
}

} // namespace

void RelayConnection::Private::sendWaiting()
{
    int asked = 0;
    for (const auto& [id, subscription] : subscriptions)
        asked += subscription.asked ? 1 : 0;
    for (auto& [id, subscription] : subscriptions) {
        if (subscription.asked || subscription.waitsForAuth || asked >= context.limits.subscriptions)
            continue;
        ++asked;
        subscription.asked = true;
        subscription.ended = false;
        subscription.events = 0;
        subscription.askedWithAuth = status.isAuthenticated;
        ended.remove(id);
        send(nostr::reqMessage(id, subscription.filter));
    }
    for (auto& [id, publication] : publications) {
        if (publication.sent || publication.waitsForAuth)
            continue;
        publication.sent = true;
        publication.sentWithAuth = status.isAuthenticated;
        publication.timer->start(context.limits.answer);
        send(nostr::eventMessage(publication.json));
    }
}

void RelayConnection::Private::authAnswered(bool accepted, const QString& text)
{
    authId.clear();
    status.isAuthenticated = accepted;
    QList<QByteArray> closed;
    QStringList refused;
    for (auto& [id, subscription] : subscriptions) {
        if (std::exchange(subscription.waitsForAuth, false) && !accepted)
            closed.append(id);
    }
    for (auto& [id, publication] : publications) {
        if (std::exchange(publication.waitsForAuth, false) && !accepted)
            refused.append(id);
    }
    for (const QByteArray& id : closed)
        subscriptions.erase(id);
    sendWaiting();
    Q_EMIT q->statusChanged();
    for (const QByteArray& id : closed)
        Q_EMIT q->subscriptionClosed(id, text);
    for (const QString& id : refused)
        endPublication(id, Verdict::Refused, text);
}

void RelayConnection::Private::endPublication(const QString& id, Verdict verdict, const QString& text)
{
    const auto found = publications.find(id);
    if (found == publications.end())
        return;
    found->second.timer.release()->deleteLater(); // it may be the one that calls
    publications.erase(found);
    Q_EMIT q->published(id, verdict, text);
}

void RelayConnection::Private::endPublications(bool alsoUnsent)
{
    QStringList ends;
    for (const auto& [id, publication] : publications) {
        if (alsoUnsent || publication.sent || publication.waitsForAuth)
            ends.append(id);
    }
    for (const QString& id : ends)
        endPublication(id, Verdict::NoAnswer, {});
}

void RelayConnection::subscribe(const QByteArray& id, const nostr::Filter& filter)
{
    d->subscriptions.insert_or_assign(id, Private::Subscription{.filter = filter});
    if (d->status.state == RelayState::Connected)
        d->sendWaiting();
}

void RelayConnection::unsubscribe(const QByteArray& id)
{
    const auto found = d->subscriptions.find(id);
    if (found == d->subscriptions.end())
        return;
    const bool asked = found->second.asked;
    d->subscriptions.erase(found);
    if (d->status.state != RelayState::Connected)
        return;
    if (asked) {
        if (d->ended.size() >= kRememberedEnds)
            d->ended.clear();
        d->ended.insert(id);
        d->send(nostr::closeMessage(id));
    }
    d->sendWaiting();
}

void RelayConnection::publish(const QByteArray& signedEvent)
{
    const QString id = idOf(signedEvent);
    if (id.isEmpty() || d->publications.contains(id))
        return;
    auto timer = std::make_unique<QTimer>();
    timer->setSingleShot(true);
    connect(
        timer.get(), &QTimer::timeout, this, [this, id] { d->endPublication(id, Verdict::NoAnswer, {}); });
    // Until it is sent; then the relay has its whole time for the answer.
    timer->start(d->context.limits.connecting + d->context.limits.answer);
    d->publications.emplace(id, Private::Publication{.json = signedEvent, .timer = std::move(timer)});
    if (d->status.state == RelayState::Connected)
        d->sendWaiting();
}

void RelayConnection::authenticate(const QByteArray& signedEvent)
{
    const QString id = idOf(signedEvent);
    if (id.isEmpty() || d->status.state != RelayState::Connected)
        return;
    d->authId = id;
    d->send(nostr::authMessage(signedEvent));
}

bool RelayConnection::hasDeclined() const
{
    return d->isAuthDeclined;
}

void RelayConnection::declineAuthentication()
{
    d->isAuthDeclined = true;
    d->authAnswered(false, d->status.text);
}

} // namespace hatstand::relay
