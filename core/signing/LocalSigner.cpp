// SPDX-License-Identifier: MIT
#include "core/signing/Signer.h"

#include "core/nostr/Event.h"
#include "core/nostr/Nip49.h"
#include "core/signing/Describe.h"
#include "core/signing/KeyAccess.h"
#include "core/signing/OffLoop.h"

namespace hatstand::signing {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

namespace {

/// Who can't be asked is told so at once, whatever the vault is doing.
KeyAccess::Unknown unknownFor(const Approver& approver)
{
    return approver.isThere() ? KeyAccess::Unknown::AskVault : KeyAccess::Unknown::Accept;
}

} // namespace

class LocalSigner::Private
{
public:
    Private(LocalSigner& signer, session::SessionManager& manager, secrets::SecretVault& vault,
        const Clock& time, QThreadPool& threads)
        : q(signer)
        , sessions(manager)
        , clock(time)
        , pool(threads)
        , access(manager, vault, threads)
    {
    }

    /// Yes from the person, then the key: in this order, always.
    void askThenFetch(const SessionId& id, QString peer, Description description, Approver& approver,
        PassphraseSource& passphrases, Callback<SharedKey> done);

    LocalSigner& q;
    session::SessionManager& sessions;
    const Clock& clock;
    QThreadPool& pool;
    KeyAccess access;
    SystemRandom random;
};

LocalSigner::LocalSigner(session::SessionManager& sessions, secrets::SecretVault& vault, const Clock& clock,
    QThreadPool& pool, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, sessions, vault, clock, pool))
{
}

LocalSigner::~LocalSigner() = default;

void LocalSigner::Private::askThenFetch(const SessionId& id, QString peer, Description description,
    Approver& approver, PassphraseSource& passphrases, Callback<SharedKey> done)
{
    const Session* session = sessions.find(id);
    const SigningRequest request{id, session ? sessions.nameOf(*session) : id.text(), std::move(peer),
        std::move(description.what), std::move(description.text)};
    approver.approve(
        request, guarded(&q, [this, id, &passphrases, done = std::move(done)](const Result<void>& answer) {
            if (!answer)
                return done(fail(answer.error()));
            access.fetch(id, passphrases, done);
        }));
}

void LocalSigner::signEvent(const SessionId& id, const QByteArray& unsignedEvent, Approver& approver,
    PassphraseSource& passphrases, Callback<QByteArray> done)
{
    auto event = nostr::parseUnsigned(unsignedEvent);
    const auto ask = [this, id, event, &approver, &passphrases, done](const Result<Session>& session) {
        if (!session)
            return done(fail(session.error()));
        if (!event)
            return done(fail(event.error()));
        if (event->pubkey && event->pubkey->hex() != id.identity())
            return done(fail(ErrorCode::WrongAccount, id.text()));
        nostr::UnsignedEvent shown = *event;
        if (!shown.createdAt)
            shown.createdAt
                = d->clock.now().toSecsSinceEpoch(); // now, so that what is shown is what is signed
        const auto sign = [this, shown, done](const Result<SharedKey>& key) {
            if (!key)
                return done(fail(key.error()));
            const auto& own = std::get<nostr::SecretKey>(**key);
            done(nostr::sign(shown, own, *shown.createdAt, d->random).map(nostr::toJson));
        };
        d->askThenFetch(id, u"hatstand sign-event"_s, describeEvent(shown), approver, passphrases, sign);
    };
    d->access.check(id, u"nostr"_s, unknownFor(approver), ask);
}

void LocalSigner::signDigest(const SessionId& id, const ByteArray<32>& digest, Approver& approver,
    PassphraseSource& passphrases, Callback<QString> done)
{
    const auto ask = [this, id, digest, &approver, &passphrases, done](const Result<Session>& session) {
        if (!session)
            return done(fail(session.error()));
        const auto sign = [digest, done](const Result<SharedKey>& key) {
            if (!key)
                return done(fail(key.error()));
            done(std::get<antelope::PrivateKey>(**key).sign(digest));
        };
        d->askThenFetch(id, u"hatstand sign-digest"_s, describeDigest(digest), approver, passphrases, sign);
    };
    d->access.check(id, u"antelope"_s, unknownFor(approver), ask);
}

void LocalSigner::exportKey(const SessionId& id, PassphraseSource& passphrases, Callback<SharedSecret> done)
{
    d->access.check(
        id, {}, KeyAccess::Unknown::AskVault, [this, id, &passphrases, done](const Result<Session>& session) {
            if (!session)
                return done(fail(session.error()));
            d->access.fetch(id, passphrases, [done](const Result<SharedKey>& key) {
                if (!key)
                    return done(fail(key.error()));
                const auto* own = std::get_if<nostr::SecretKey>(&**key);
                done(std::make_shared<const SecretBuffer>(
                    own ? own->nsec() : std::get<antelope::PrivateKey>(**key).text()));
            });
        });
}

void LocalSigner::exportEncrypted(
    const SessionId& id, SharedSecret newPassphrase, PassphraseSource& passphrases, Callback<QByteArray> done)
{
    const auto asItRests = [done](const Result<SharedStored>& stored) {
        if (!stored)
            return done(fail(stored.error()));
        if ((*stored)->type != secrets::SecretType::Ncryptsec)
            return done(fail(ErrorCode::PassphraseRequired));
        done(toQByteArray((*stored)->data.view()));
    };
    const auto encrypted = [this, newPassphrase, done](const Result<SharedKey>& key) {
        if (!key)
            return done(fail(key.error()));
        const auto work = [key = *key, newPassphrase] {
            SystemRandom random;
            return nostr::nip49::encrypt(std::get<nostr::SecretKey>(*key), *newPassphrase, random);
        };
        offLoop<Result<QByteArray>>(d->pool, this, work, done);
    };
    d->access.check(id, u"nostr"_s, KeyAccess::Unknown::AskVault,
        [=, this, &passphrases](const Result<Session>& session) {
            if (!session)
                return done(fail(session.error()));
            if (newPassphrase)
                d->access.fetch(id, passphrases, encrypted);
            else
                d->access.read(id, passphrases, asItRests);
        });
}

Result<SessionId> whoSigns(const session::SessionManager& sessions, const QByteArray& unsignedEvent)
{
    const auto event = nostr::parseUnsigned(unsignedEvent);
    if (!event)
        return fail(event.error());
    if (event->pubkey) {
        const SessionId id("nostr:"_L1 + event->pubkey->hex());
        return sessions.find(id) ? Result<SessionId>(id) : fail(ErrorCode::NotFound, id.text());
    }
    const SessionId active = sessions.active();
    const SessionId id = active.family() == "nostr"_L1 ? active : sessions.defaultOf(u"nostr"_s);
    if (id.isEmpty())
        return fail(ErrorCode::NoActive);
    return id;
}

} // namespace hatstand::signing
