// SPDX-License-Identifier: MIT
#include "core/signing/OwnKeys.h"

#include "core/base/Clock.h"
#include "core/base/Settings.h"
#include "core/nostr/Event.h"
#include "core/secrets/Vault.h"
#include "core/signing/StoppableSigner.h"

namespace hatstand::signing {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;
using session::Session;
using session::SessionId;
using session::SessionState;
using session::SignerKind;

namespace {

constexpr int kAuthentication = 22242; ///< NIP-42

/// NIP-04's form; NIP-44's is base64 alone, which has no question mark.
Encryption formOf(const QString& content)
{
    return content.contains("?iv="_L1) ? Encryption::Nip04 : Encryption::Nip44;
}

Result<void> checkAuthentication(const Result<nostr::UnsignedEvent>& event, const SessionId& id)
{
    if (!event)
        return fail(event.error());
    if (event->kind != kAuthentication)
        return refuse(Why::BadEvent, u"kind"_s);
    if (event->pubkey && event->pubkey->hex() != id.identity())
        return fail(ErrorCode::WrongAccount, id.text());
    return {};
}

} // namespace

class OwnKeys::Private
{
public:
    using Command = std::function<void(const KeyRef& key, Callback<KeyAnswer> done)>;

    [[nodiscard]] Result<void> checkSigns() const;
    /// Everything that is known without touching a secret.
    [[nodiscard]] Result<void> check(const SessionId& id) const;
    /// Gives the command, if all that can be known first allows it; its answer leaves if signing was not
    /// stopped meanwhile.
    void use(const SessionId& id, const Command& command, Callback<QByteArray> done);
    void run(const SessionId& id, const Command& command, Callback<QByteArray> done);

    OwnKeys& q;
    session::SessionManager& sessions;
    secrets::Vault& vault;
    KeyHolder& keys;
    const Settings& settings;
    const Clock& clock;
};

Result<void> OwnKeys::Private::checkSigns() const
{
    if (isSigningStopped(settings))
        return fail(Error{.code = ErrorCode::Denied, .why = Why::SigningStopped});
    return {};
}

Result<void> OwnKeys::Private::check(const SessionId& id) const
{
    const Session* session = sessions.find(id);
    if (!session)
        return fail(ErrorCode::NotFound, id.text());
    if (id.family() != "nostr"_L1)
        return refuse(Why::WrongNetwork);
    if (session->state == SessionState::Damaged)
        return fail(ErrorCode::Damaged, id.text());
    if (session->signer == SignerKind::WatchOnly)
        return fail(ErrorCode::WatchOnly, id.text());
    if (session->signer != SignerKind::LocalKey)
        return fail(ErrorCode::PassphraseRequired, id.text());
    if (session->state == SessionState::SecretMissing)
        return fail(ErrorCode::SecretMissing, id.text());
    if (vault.state() == VaultState::Locked)
        return fail(ErrorCode::Locked, id.text());
    return checkSigns();
}

void OwnKeys::Private::use(const SessionId& id, const Command& command, Callback<QByteArray> done)
{
    if (const auto usable = check(id); !usable)
        return done(fail(usable.error()));
    if (vault.state() != VaultState::Unknown)
        return run(id, command, std::move(done));
    // To read from a vault that may be locked could open its prompt.
    vault.refresh(guarded(&q, [this, id, command, done = std::move(done)](const Result<VaultState>& state) {
        if (!state)
            return done(fail(state.error()));
        if (const auto usable = check(id); !usable)
            return done(fail(usable.error()));
        run(id, command, done);
    }));
}

void OwnKeys::Private::run(const SessionId& id, const Command& command, Callback<QByteArray> done)
{
    command(
        KeyRef{.id = id.text()}, guarded(&q, [this, done = std::move(done)](const Result<KeyAnswer>& answer) {
            if (!answer)
                return done(fail(answer.error()));
            if (const auto signs = checkSigns(); !signs)
                return done(fail(signs.error()));
            done(answer->text);
        }));
}

OwnKeys::OwnKeys(session::SessionManager& sessions, secrets::Vault& vault, KeyHolder& keys,
    const Settings& settings, const Clock& clock, QObject* parent)
    : QObject(parent)
    , d(new Private{*this, sessions, vault, keys, settings, clock})
{
}

OwnKeys::~OwnKeys() = default;

void OwnKeys::authenticate(const SessionId& id, const QByteArray& unsignedEvent, Callback<QByteArray> done)
{
    if (const auto usable = d->check(id); !usable)
        return done(fail(usable.error()));
    if (const auto fits = checkAuthentication(nostr::parseUnsigned(unsignedEvent), id); !fits)
        return done(fail(fits.error()));
    const auto sign = [this, unsignedEvent](const KeyRef& key, Callback<KeyAnswer> signedEvent) {
        d->keys.signEvent(
            key, unsignedEvent, d->clock.now().toSecsSinceEpoch(), nullptr, std::move(signedEvent));
    };
    d->use(id, sign, std::move(done));
}

void OwnKeys::openPrivate(const SessionId& id, const QString& content, Callback<QByteArray> done)
{
    const auto open = [this, id, content](const KeyRef& key, Callback<KeyAnswer> plaintext) {
        d->keys.decrypt(key, formOf(content), id.identity(), content.toUtf8(), nullptr, std::move(plaintext));
    };
    d->use(id, open, std::move(done));
}

void OwnKeys::sealPrivate(const SessionId& id, const QByteArray& plaintext, Callback<QString> done)
{
    const auto seal = [this, id, plaintext](const KeyRef& key, Callback<KeyAnswer> payload) {
        auto message = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(bytesOf(plaintext)));
        d->keys.encrypt(
            key, Encryption::Nip44, id.identity(), std::move(message), nullptr, std::move(payload));
    };
    d->use(id, seal, [done = std::move(done)](const Result<QByteArray>& payload) {
        done(payload.map([](const QByteArray& text) { return QString::fromLatin1(text); }));
    });
}

} // namespace hatstand::signing
