// SPDX-License-Identifier: MIT
#include "core/accounts/AccountEdits.h"

#include "core/accounts/Across.h"
#include "core/base/Clock.h"
#include "core/signing/OwnKeys.h"

#include <QTimer>

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;

QByteArray keyOf(const session::SessionId& id)
{
    return id.identity().toLatin1();
}

/// Of a whole refresh with its turn in the queue, or of all relays' answers: relays have limits of their own.
constexpr std::chrono::seconds kPatience{60};

int kindOf(const Edit& edit)
{
    switch (edit.what) {
    case Edit::What::Follow:
    case Edit::What::Unfollow:
        return nostr::kFollowsKind;
    case Edit::What::Mute:
    case Edit::What::Unmute:
        return nostr::kMutesKind;
    case Edit::What::Profile:
        return nostr::kProfileKind;
    case Edit::What::Undo:
        break;
    }
    return edit.kind;
}

tl::unexpected<Error> notLoadedYet()
{
    return fail(Error{.code = ErrorCode::Network, .why = Why::NotLoadedYet});
}

tl::unexpected<Error> changedMeanwhile()
{
    return fail(Error{.code = ErrorCode::Network, .why = Why::ChangedMeanwhile});
}

/// Waits for something of the worker and holds what then goes on. The connection itself holds nothing of
/// that: it may end on the worker's thread, and what goes on may be the last to hold a command, which belongs
/// to this one.
template <class... Args>
class Waiting final : public QTimer
{
public:
    using QTimer::QTimer;
    void answer(const Args&... args)
    {
        if (isActive())
            answered(args...);
    }
    void end()
    {
        stop();
        deleteLater();
    }
    std::function<void(const Args&...)> answered;
};

using WaitingForRefresh = Waiting<AccountRelays::Outcome>;
using WaitingForRelays = Waiting<Published::Answer>;

bool isSame(const std::optional<nostr::WireEvent>& a, const std::optional<nostr::WireEvent>& b)
{
    return a.has_value() == b.has_value() && (!a || a->id == b->id);
}

/// Each relay on a line, with what it said.
tl::unexpected<Error> notPublished(const QList<Published::Answer>& answers)
{
    QStringList lines;
    for (const Published::Answer& answer : answers)
        lines += (answer.relay + u' ' + answer.text).trimmed();
    return fail(ErrorCode::Network, lines.join(u'\n'));
}

/// Whether what was found can be built upon. One of the account's own write relays has to have answered; that
/// there is no list at all is believed only when every one of them says so, since a list begun anew by
/// mistake takes the place of the old one everywhere.
bool isFresh(const AccountRelays::Outcome& outcome, const QStringList& writeRelays, bool isThere)
{
    const auto isAnswered = [&](const QString& url) { return outcome.answered.contains(url); };
    if (writeRelays.isEmpty())
        return false;
    return isThere ? std::any_of(writeRelays.cbegin(), writeRelays.cend(), isAnswered)
                   : std::all_of(writeRelays.cbegin(), writeRelays.cend(), isAnswered);
}

} // namespace

AccountEdits::AccountEdits(AccountWorker& worker, signing::Signer& signer, signing::OwnKeys& ownKeys,
    const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_worker(worker)
    , m_signer(signer)
    , m_ownKeys(ownKeys)
    , m_clock(clock)
{
}

void AccountEdits::edit(const session::SessionId& id, const Edit& edit, signing::Approver& approver,
    signing::PassphraseSource& passphrases, Callback<Published> done)
{
    const int kind = kindOf(edit);
    const Asking asking{id, &approver, &passphrases};
    const auto job = [this, asking, kind, edit](const Callback<Published>& published) {
        fresh(asking.id, kind, [this, asking, kind, edit, published](const Result<Base>& base) {
            if (!base)
                return published(fail(base.error()));
            const auto publishNext
                = [this, asking, kind, base = *base, published](const Result<nostr::NextEvent>& next) {
                      if (!next)
                          return published(fail(next.error()));
                      if (!*next)
                          return published(Published{.isChanged = false});
                      signAndPublish(asking, kind, base.event, **next, published);
                  };
            change(asking.id, edit, *base, publishNext);
        });
    };
    inTurn(id, job, std::move(done));
}

/// One change of an account after the other: each builds upon what the one before has published.
void AccountEdits::inTurn(const session::SessionId& id, const Job& job, Callback<Published> done)
{
    const QByteArray pubkey = keyOf(id);
    QQueue<std::function<void()>>& turns = m_turns[pubkey];
    turns.enqueue([this, pubkey, job, done = std::move(done)] {
        QMetaObject::invokeMethod(&m_worker, [this, pubkey] { m_worker.beginEdit(pubkey); });
        job(guarded(this, [this, pubkey, done](const Result<Published>& published) {
            QMetaObject::invokeMethod(&m_worker, [this, pubkey] { m_worker.endEdit(pubkey); });
            QMetaObject::invokeMethod(
                this, [this, pubkey] { nextTurn(pubkey); }, Qt::QueuedConnection);
            done(published);
        }));
    });
    if (turns.size() == 1)
        std::function<void()>(turns.head())();
}

void AccountEdits::nextTurn(const QByteArray& pubkey)
{
    QQueue<std::function<void()>>& turns = m_turns[pubkey];
    turns.dequeue();
    if (turns.isEmpty())
        m_turns.remove(pubkey);
    else
        std::function<void()>(turns.head())();
}

/// otherwise is called where nothing came in time: an account that was logged out meanwhile is answered by
/// nobody.
void AccountEdits::start(QTimer& waiting, std::function<void()> otherwise)
{
    waiting.setSingleShot(true);
    connect(&waiting, &QTimer::timeout, &waiting, [&waiting, otherwise = std::move(otherwise)] {
        waiting.deleteLater();
        otherwise();
    });
    waiting.start(kPatience);
}

/// Refreshes the account and reads what is newest then, both on the worker's thread.
void AccountEdits::fresh(const session::SessionId& id, int kind, Callback<Base> done)
{
    const QByteArray pubkey = keyOf(id);
    auto* const waiting = new WaitingForRefresh(this);
    waiting->answered = [this, pubkey, kind, waiting, done](const AccountRelays::Outcome& outcome) {
        waiting->end();
        const auto read = [this, pubkey, kind, outcome]() -> Result<Base> {
            Base base{m_worker.newest(pubkey, kind), m_worker.earlier(pubkey, kind)};
            if (!isFresh(outcome, m_worker.writeRelays(pubkey), base.event.has_value()))
                return notLoadedYet();
            return base;
        };
        askAcross(&m_worker, read, this, done);
    };
    start(*waiting, [done = std::move(done)] { done(notLoadedYet()); });
    connect(&m_worker, &AccountWorker::refreshed, waiting,
        [waiting, pubkey](const QByteArray& refreshed, const AccountRelays::Outcome& outcome) {
            if (refreshed == pubkey)
                waiting->answer(outcome);
        });
    QMetaObject::invokeMethod(&m_worker, [this, pubkey] { m_worker.refresh(pubkey); });
}

void AccountEdits::change(
    const session::SessionId& id, const Edit& edit, const Base& base, Callback<nostr::NextEvent> done)
{
    const nostr::WireEvent* event = base.event ? &*base.event : nullptr;
    switch (edit.what) {
    case Edit::What::Follow:
        return done(nostr::follow(event, edit.who, edit.relay, edit.petname, now()));
    case Edit::What::Unfollow:
        return done(nostr::unfollow(event, edit.who, now()));
    case Edit::What::Mute:
        return edit.muted.isPrivate ? changePrivately(id, edit, base, std::move(done))
                                    : done(nostr::mute(event, edit.muted, now()));
    case Edit::What::Unmute:
        return edit.muted.isPrivate ? changePrivately(id, edit, base, std::move(done))
                                    : done(nostr::unmute(event, edit.muted, now()));
    case Edit::What::Profile:
        return done(nostr::editProfile(event, edit.fields, now()));
    case Edit::What::Undo:
        break;
    }
    if (!event || !base.earlier)
        return done(nostr::NextEvent());
    done(nostr::NextEvent(nostr::restore(*base.earlier, *event, now())));
}

void AccountEdits::changePrivately(
    const session::SessionId& id, const Edit& edit, const Base& base, Callback<nostr::NextEvent> done)
{
    const auto seal = [this, id, edit, base, done](const QByteArray& tags) {
        const auto changed = edit.what == Edit::What::Mute ? nostr::mutePrivately(tags, edit.muted)
                                                           : nostr::unmutePrivately(tags, edit.muted);
        if (!changed)
            return done(fail(changed.error()));
        if (!*changed)
            return done(nostr::NextEvent());
        m_ownKeys.sealPrivate(id, **changed, guarded(this, [this, base, done](const Result<QString>& sealed) {
            if (!sealed)
                return done(fail(sealed.error()));
            const nostr::WireEvent* event = base.event ? &*base.event : nullptr;
            done(nostr::NextEvent(nostr::withContent(nostr::kMutesKind, event, *sealed, now())));
        }));
    };
    const QString content = base.event ? base.event->content() : QString();
    if (content.isEmpty())
        return seal("[]");
    m_ownKeys.openPrivate(id, content, guarded(this, [seal, done](const Result<QByteArray>& tags) {
        if (!tags)
            return done(fail(tags.error()));
        seal(*tags);
    }));
}

void AccountEdits::signAndPublish(const Asking& asking, int kind, const Newest& base,
    const QByteArray& unsignedEvent, Callback<Published> done)
{
    m_signer.signEvent(asking.id, unsignedEvent, *asking.approver, *asking.passphrases,
        guarded(this,
            [this, id = asking.id, kind, base, done = std::move(done)](const Result<QByteArray>& event) {
                if (!event)
                    return done(fail(event.error()));
                // Until the yes came another program may have changed what this builds upon.
                const auto whereTo = [this, id, kind, base]() -> Result<QStringList> {
                    if (!isSame(m_worker.newest(keyOf(id), kind), base))
                        return changedMeanwhile();
                    return m_worker.publishRelays(keyOf(id), kind);
                };
                askAcross(&m_worker, whereTo, this,
                    [this, id, base, event = *event, done](const Result<QStringList>& relays) {
                        if (!relays)
                            return done(fail(relays.error()));
                        publish(id, base, event, *relays, done);
                    });
            }));
}

void AccountEdits::publish(const session::SessionId& id, const Newest& base, const QByteArray& event,
    const QStringList& relays, Callback<Published> done)
{
    const auto wire = nostr::readEvent(event);
    if (!wire)
        return done(fail(wire.error()));
    if (relays.isEmpty())
        return done(fail(ErrorCode::Network));
    const QByteArray pubkey = keyOf(id);
    const QString eventId = QString::fromLatin1(toQByteArray(wire->id).toHex());
    const auto published = std::make_shared<Published>(Published{.event = event});
    const auto finish = [this, wire = *wire, base, published, done = std::move(done)] {
        const bool isTaken = std::any_of(published->answers.cbegin(), published->answers.cend(),
            [](const Published::Answer& one) { return one.accepted; });
        if (!isTaken)
            return done(notPublished(published->answers));
        askAcross(
            &m_worker, [this, wire, base] { return m_worker.takeEdit(wire, base); }, this,
            [published, done](bool isNewest) { isNewest ? done(*published) : done(changedMeanwhile()); });
    };
    auto* const waiting = new WaitingForRelays(this);
    waiting->answered
        = [published, waiting, finish, expected = relays.size()](const Published::Answer& answer) {
              published->answers += answer;
              if (published->answers.size() < expected)
                  return;
              waiting->end();
              finish();
          };
    start(*waiting, finish);
    connect(&m_worker, &AccountWorker::publishedTo, waiting,
        [waiting, eventId](const QByteArray&, const QString& answeredId, const Published::Answer& answer) {
            if (answeredId == eventId)
                waiting->answer(answer);
        });
    QMetaObject::invokeMethod(
        &m_worker, [this, pubkey, event, relays] { m_worker.publish(pubkey, event, relays); });
}

void AccountEdits::publishNew(const session::SessionId& id, const QMap<QString, QString>& profile,
    const QList<nostr::Relay>& relays, signing::Approver& approver, signing::PassphraseSource& passphrases,
    Callback<Published> done)
{
    const auto kind0 = nostr::editProfile(nullptr, profile, now());
    if (!kind0)
        return done(fail(kind0.error()));
    QStringList urls;
    for (const nostr::Relay& relay : relays) {
        const auto url = nostr::normaliseRelay(relay.url);
        if (url && relay.write && !urls.contains(*url)) // each answers once
            urls += *url;
    }
    QList<QByteArray> events{nostr::relayListEvent(relays, now()), nostr::emptyFollowList(now())};
    if (*kind0)
        events.prepend(**kind0);
    const Asking asking{id, &approver, &passphrases};
    const auto job = [this, asking, events, urls](const Callback<Published>& published) {
        publishRest(asking, events, urls, {}, published);
    };
    inTurn(id, job, std::move(done));
}

/// One after another; relays that took all of them count as having accepted.
void AccountEdits::publishRest(const Asking& asking, QList<QByteArray> events, const QStringList& relays,
    Published sofar, const Callback<Published>& done)
{
    if (events.isEmpty())
        return done(std::move(sofar));
    const QByteArray next = events.takeFirst();
    m_signer.signEvent(asking.id, next, *asking.approver, *asking.passphrases,
        guarded(this, [this, asking, events, relays, sofar, done](const Result<QByteArray>& event) {
            if (!event)
                return done(fail(event.error()));
            const auto whereTo = [this, relays] { return m_worker.withIndexers(relays); };
            askAcross(&m_worker, whereTo, this,
                [this, asking, event = *event, events, relays, sofar, done](const QStringList& all) {
                    publish(asking.id, {}, event, all,
                        [this, asking, events, relays, sofar, done](const Result<Published>& published) {
                            if (!published)
                                return done(fail(published.error()));
                            Published whole = *published;
                            for (Published::Answer& answer : whole.answers) {
                                for (const Published::Answer& before : sofar.answers) {
                                    if (before.relay == answer.relay && !before.accepted)
                                        answer = before;
                                }
                            }
                            publishRest(asking, events, relays, whole, done);
                        });
                });
        }));
}

qint64 AccountEdits::now() const
{
    return m_clock.now().toSecsSinceEpoch();
}

} // namespace hatstand::accounts
