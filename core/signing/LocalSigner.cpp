// SPDX-License-Identifier: MIT
#include "core/signing/Signer.h"

#include "core/nostr/Event.h"
#include "core/signing/Describe.h"
#include "core/signing/KeyAccess.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace hatstand::signing {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

namespace {

constexpr std::size_t kLongestKey = 256; ///< bytes, far more than any form of a key has

/// Who can't be asked is told so at once, whatever the vault is doing.
KeyAccess::Unknown unknownFor(const Approver& approver)
{
    return approver.isThere() ? KeyAccess::Unknown::AskVault : KeyAccess::Unknown::Accept;
}

} // namespace

class LocalSigner::Private
{
public:
    Private(LocalSigner& signer, session::SessionManager& manager, secrets::Vault& vault, KeyHolder& holder,
        const Clock& time)
        : q(signer)
        , sessions(manager)
        , keys(holder)
        , clock(time)
        , access(manager, vault)
    {
    }

    /// Yes from the person, then the key: in this order, always.
    void askThenUse(const SessionId& id, QString peer, Description description, Approver& approver,
        PassphraseSource& passphrases, KeyAccess::Command command, Callback<QByteArray> done);

    LocalSigner& q;
    session::SessionManager& sessions;
    KeyHolder& keys;
    const Clock& clock;
    KeyAccess access;
};

LocalSigner::LocalSigner(session::SessionManager& sessions, secrets::Vault& vault, KeyHolder& keys,
    const Clock& clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, sessions, vault, keys, clock))
{
}

LocalSigner::~LocalSigner() = default;

void LocalSigner::Private::askThenUse(const SessionId& id, QString peer, Description description,
    Approver& approver, PassphraseSource& passphrases, KeyAccess::Command command, Callback<QByteArray> done)
{
    const Session* session = sessions.find(id);
    const SigningRequest request{id, session ? sessions.nameOf(*session) : id.text(), std::move(peer),
        std::move(description.what), std::move(description.text)};
    approver.approve(request,
        guarded(&q,
            [this, id, &passphrases, command = std::move(command), done = std::move(done)](
                const Result<void>& answer) {
                if (!answer)
                    return done(fail(answer.error()));
                access.use(id, passphrases, command, done);
            }));
}

void LocalSigner::signEvent(const SessionId& id, const QByteArray& unsignedEvent, Approver& approver,
    PassphraseSource& passphrases, Callback<QByteArray> done)
{
    const auto event = nostr::parseUnsigned(unsignedEvent);
    const auto ask = [=, this, &approver, &passphrases](const Result<Session>& session) {
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
        const auto sign = [this, unsignedEvent, time = *shown.createdAt](
                              const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> signedEvent) {
            d->keys.signEvent(key, unsignedEvent, time, std::move(passphrase), std::move(signedEvent));
        };
        d->askThenUse(id, u"hatstand sign-event"_s, describeEvent(shown), approver, passphrases, sign, done);
    };
    d->access.check(id, u"nostr"_s, unknownFor(approver), ask);
}

void LocalSigner::signDigest(const SessionId& id, const ByteArray<32>& digest, Approver& approver,
    PassphraseSource& passphrases, Callback<QString> done)
{
    const auto ask = [=, this, &approver, &passphrases](const Result<Session>& session) {
        if (!session)
            return done(fail(session.error()));
        const auto sign
            = [this, digest](const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> signature) {
                  d->keys.signDigest(key, digest, std::move(passphrase), std::move(signature));
              };
        const auto asText = [done](const Result<QByteArray>& signature) {
            done(signature.map([](const QByteArray& text) { return QString::fromLatin1(text); }));
        };
        d->askThenUse(
            id, u"hatstand sign-digest"_s, describeDigest(digest), approver, passphrases, sign, asText);
    };
    d->access.check(id, u"antelope"_s, unknownFor(approver), ask);
}

void LocalSigner::exportKeyTo(
    const SessionId& id, SharedDescriptor to, PassphraseSource& passphrases, Callback<void> done)
{
    const auto write = [this, to](const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> written) {
        d->keys.exportKey(key, to, std::move(passphrase), std::move(written));
    };
    d->access.check(
        id, {}, KeyAccess::Unknown::AskVault, [=, this, &passphrases](const Result<Session>& session) {
            if (!session)
                return done(fail(session.error()));
            d->access.use(id, passphrases, write,
                [done](const Result<QByteArray>& written) { done(written.map([](const QByteArray&) {})); });
        });
}

void LocalSigner::exportKey(const SessionId& id, PassphraseSource& passphrases, Callback<SharedSecret> done)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return done(fail(ErrorCode::Failed, u"no pipe"_s));
    const auto out = std::make_shared<const Descriptor>(ends[0]);
    const auto in = std::make_shared<const Descriptor>(ends[1]);
    exportKeyTo(id, in, passphrases, [out, done = std::move(done)](const Result<void>& written) {
        if (!written)
            return done(fail(written.error()));
        SecretBuffer key = out->readAvailable(kLongestKey).trimmed();
        if (key.isEmpty())
            return done(fail(ErrorCode::Failed, u"no key came"_s));
        done(std::make_shared<const SecretBuffer>(std::move(key)));
    });
}

void LocalSigner::exportEncrypted(
    const SessionId& id, SharedSecret newPassphrase, PassphraseSource& passphrases, Callback<QByteArray> done)
{
    const auto command
        = [this, newPassphrase](const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> made) {
              d->keys.exportEncrypted(key, newPassphrase, std::move(passphrase), std::move(made));
          };
    d->access.check(id, u"nostr"_s, KeyAccess::Unknown::AskVault,
        [=, this, &passphrases](const Result<Session>& session) {
            if (!session)
                return done(fail(session.error()));
            if (newPassphrase)
                d->access.use(id, passphrases, command, done);
            else
                d->access.useAsItRests(id, passphrases, command, done);
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
