// SPDX-License-Identifier: MIT
// What comes over the channels of apps, and what they are told when the answer is no.
#include "core/antelope/AnchorLink.h"
#include "core/links/LinkHost_p.h"
#include "core/net/Fetcher.h"
#include "core/signing/AnchorKeys.h"
#include "core/signing/StoppableSigner.h"

#include <QRegularExpression>
#include <QUrl>
#include <algorithm>
#include <utility>

namespace hatstand::links {

using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;
using signing::KeyAnswer;
using signing::KeyRef;

namespace {

constexpr qint64 kKnownFor = qint64{10} * 60; // s
/// No transaction may be valid for longer than an hour, and what is known of a message has an end too.
constexpr qint64 kFurthestEnd = qint64{65} * 60; // s
constexpr qsizetype kMostKnown = 1000;

QByteArray markOf(const antelope::SealedMessage& message)
{
    codec::Packer mark;
    mark.u64(message.nonce).u32(message.checksum);
    return mark.take();
}

Refusal refusalOf(const Error& error)
{
    if (error.why == Why::MayStillHappen)
        return Refusal::Unknown;
    switch (error.code) {
    case ErrorCode::Denied:
    case ErrorCode::Cancelled:
        return Refusal::Denied;
    case ErrorCode::Expired:
        return Refusal::Expired;
    default:
        return Refusal::Failed;
    }
}

/// A placeholder of an answer that there is not becomes nothing.
QUrl callbackOf(const EsrRequest& request)
{
    static const QRegularExpression placeholder(u"\\{\\{[^{}]*\\}\\}"_s);
    QString callback = request.callback;
    return QUrl(callback.remove(placeholder), QUrl::StrictMode);
}

} // namespace

QDateTime endOf(const EsrRequest& request)
{
    const auto info = request.infoOf(u"link"_s);
    const auto seconds = info ? antelope::unpackLinkExpiration(bytesOf(*info))
                              : Result<quint32>(hatstand::refuse(Why::Malformed));
    return seconds ? QDateTime::fromSecsSinceEpoch(*seconds, Qt::UTC) : QDateTime();
}

/// The channel's name is known to whoever forwards, so only what the app's key made is opened. Messages have
/// no seal over their text: one that was changed on its way may open, and whatever it says then is asked
/// about.
void LinkHost::Private::received(const QString& channel, const QByteArray& bytes)
{
    const AppLink* app = context.store.find(channel);
    const auto found = links.find(channel);
    const auto message = antelope::SealedMessage::unpack(bytesOf(bytes));
    if (!app || found == links.end() || !message || !signing::isSameKey(message->from, app->requestKey))
        return;
    Link& link = found->second;
    const QDateTime now = context.clock.now();
    link.seen.removeIf([&](const auto& known) { return known.value() < now; });
    const QByteArray mark = markOf(*message);
    if (link.seen.contains(mark) || link.seen.size() >= kMostKnown || link.opening > kMostWaiting)
        return;
    if (context.vault.state() == secrets::VaultState::Locked)
        keep(channel, {mark, bytes});
    else
        open(channel, {mark, bytes});
}

LinkHost::Private::Link* LinkHost::Private::heard(const QString& channel)
{
    const AppLink* app = context.store.find(channel);
    const auto found = links.find(channel);
    const bool isHeard = app && found != links.end() && found->second.channel && isServed(app->session);
    return isHeard ? &found->second : nullptr;
}

void LinkHost::Private::open(const QString& channel, const Message& message)
{
    Link* link = heard(channel);
    if (!link)
        return;
    link->seen.insert(message.mark, context.clock.now().addSecs(kKnownFor));
    ++link->opening;
    const KeyRef key{.id = {}, .derivation = "anchor-link/"_L1 + channel};
    const QString from = context.store.find(channel)->requestKey;
    context.keys.decrypt(key, signing::Encryption::Sealed, from, message.bytes, nullptr,
        guarded(
            &q, [this, channel, message](const Result<KeyAnswer>& text) { opened(channel, message, text); }));
}

/// The last few: whoever asks again does so because the first was not answered. When one has to be answered
/// is written under its seal.
///
/// The vault may tell of no change: it was open all along and the entry alone was locked, or it was opened
/// while this was on its way. So what answers the question opens what is kept too. It does not make another
/// question of it: there may be a success that changes nothing, again and again.
void LinkHost::Private::keep(const QString& channel, const Message& message)
{
    Link* link = heard(channel);
    if (!link)
        return;
    QQueue<Message>& locked = link->locked;
    const auto isThis = [&](const Message& other) { return other.mark == message.mark; };
    if (std::any_of(locked.cbegin(), locked.cend(), isThis))
        return;
    if (locked.size() >= kMostWaiting)
        locked.removeFirst();
    locked.enqueue(message);
    if (!unlock || signing::isSigningStopped(context.net.settings) || std::exchange(isUnlockAsked, true))
        return;
    unlock(guarded(&q, [this](const Result<void>& done) {
        if (done)
            openKept();
    }));
}

void LinkHost::Private::openKept()
{
    QList<QPair<QString, Message>> kept;
    for (auto& [channel, link] : links) {
        for (const Message& message : std::exchange(link.locked, {}))
            kept.append({channel, message});
    }
    for (const auto& [channel, message] : std::as_const(kept))
        open(channel, message);
}

void LinkHost::Private::opened(const QString& channel, const Message& message, const Result<KeyAnswer>& text)
{
    const auto found = links.find(channel);
    if (found == links.end())
        return;
    Link& link = found->second;
    --link.opening;
    const QByteArray& mark = message.mark;
    if (!text) { // not by the app: who guesses must not keep its own message out
        link.seen.remove(mark);
        if (text.error().code == ErrorCode::Locked)
            keep(channel, message);
        return;
    }
    isUnlockAsked = false;
    const auto request = EsrRequest::parse(QString::fromUtf8(text->text));
    if (!request)
        return;
    const QDateTime now = context.clock.now();
    const QDateTime end = endOf(*request);
    if (!end.isValid() || end <= now || end > now.addSecs(kFurthestEnd))
        return;
    link.seen.insert(mark, qMax(end, link.seen.value(mark)));
    // A login over a channel that a login made would prove the account to whoever it names.
    if (request->isIdentity())
        return refuse(channel, *request, Refusal::NotTaken);
    if (link.waiting.size() >= kMostWaiting)
        return refuse(channel, *request, Refusal::Busy);
    link.waiting.enqueue(*request);
    next(channel);
}

void LinkHost::Private::next(const QString& channel)
{
    const auto found = links.find(channel);
    if (found == links.end() || found->second.isBusy || found->second.waiting.isEmpty())
        return;
    Link& link = found->second;
    const EsrRequest request = link.waiting.dequeue();
    const AppLink* app = context.store.find(channel);
    link.isBusy = true;
    if (!app || !approver || !passphrases)
        return answered(channel, request, fail(ErrorCode::ApprovalRequired));
    if (endOf(request) <= context.clock.now())
        return answered(channel, request, fail(ErrorCode::Expired));
    const auto isGone = [guard = QPointer<LinkHost>(&q), this, channel, end = endOf(request)] {
        return !guard || !context.store.find(channel) || end <= context.clock.now();
    };
    const requests::Asking asking{
        .peer = app->app, .session = app->session, .mayChange = false, .isGone = isGone};
    context.handle(request, asking, *approver, *passphrases,
        guarded(&q, [this, channel, request](const Result<requests::Outcome>& outcome) {
            answered(channel, request, outcome.map([](const requests::Outcome&) {}));
        }));
}

void LinkHost::Private::answered(
    const QString& channel, const EsrRequest& request, const Result<void>& outcome)
{
    if (!outcome)
        refuse(channel, request, refusalOf(outcome.error()));
    else if (context.store.find(channel))
        (void)context.store.noteUse(channel, context.clock.now()); // it was signed, whatever the disk says
    if (const auto found = links.find(channel); found != links.end())
        found->second.isBusy = false;
    next(channel);
}

void LinkHost::Private::refuse(const QString& channel, const EsrRequest& request, Refusal why)
{
    const QUrl url = callbackOf(request);
    const bool isPosted = request.background && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
    if (!isPosted)
        return;
    // One that is not told learns it by its own time limit.
    context.fetcher.post(url, rejection(sentence(why)), "application/json"_ba, circuitOf(channel),
        {.bytes = qint64{64} * 1024}, &q, [](const Result<net::Fetcher::Posted>&) {});
}

QString LinkHost::Private::sentence(Refusal why)
{
    switch (why) {
    case Refusal::Denied:
        return tr("The request was refused in Hatstand.");
    case Refusal::Expired:
        return tr("The request was not answered in time.");
    case Refusal::Busy:
        return tr("Too many requests are waiting in Hatstand.");
    case Refusal::NotTaken:
        return tr("Hatstand does not take such a request over this connection.");
    case Refusal::Unknown:
        return tr("It is not known whether the transaction was sent. Look before asking again.");
    case Refusal::Failed:
        break;
    }
    return tr("Hatstand could not sign the request.");
}

} // namespace hatstand::links
