// SPDX-License-Identifier: MIT
#include "core/signing/KeyAccess.h"

#include "core/signing/Accounts.h"

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::SecretType;
using session::Session;
using session::SessionId;
using session::SessionState;
using session::SignerKind;

/// What an answer says of the entry: a refused passphrase was tried on one that is there.
std::optional<ErrorCode> failureOfReading(const Error& error)
{
    switch (error.code) {
    case ErrorCode::WrongPassphrase:
    case ErrorCode::PassphraseRequired:
    case ErrorCode::WrongAccount:
        return std::nullopt;
    default:
        return error.code;
    }
}

} // namespace

struct KeyAccess::Attempt
{
    SessionId id;
    PassphraseSource& passphrases;
    Command command;
    Callback<QByteArray> done;
    SharedSecret passphrase = {};
    bool mayUnlock = true;
    bool mayAskForKey = true;
};

KeyAccess::KeyAccess(session::SessionManager& sessions, secrets::Vault& vault, QObject* parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_vault(vault)
{
}

QString KeyAccess::nameOf(const SessionId& id) const
{
    const Session* session = m_sessions.find(id);
    return session ? m_sessions.nameOf(*session) : id.text();
}

Result<Session> KeyAccess::usable(const SessionId& id, const QString& family) const
{
    const Session* session = m_sessions.find(id);
    if (!session)
        return fail(ErrorCode::NotFound, id.text());
    if (!family.isEmpty() && id.family() != family)
        return refuse(Why::WrongNetwork);
    if (session->state == SessionState::Damaged)
        return fail(ErrorCode::Damaged, id.text());
    if (session->signer == SignerKind::WatchOnly)
        return fail(ErrorCode::WatchOnly, id.text());
    if (session->state == SessionState::SecretMissing)
        return fail(ErrorCode::SecretMissing, id.text());
    return *session;
}

void KeyAccess::check(const SessionId& id, const QString& family, Unknown unknown, Callback<Session> done)
{
    const auto known = usable(id, family);
    if (known && known->signer == SignerKind::Remote) // its key signs elsewhere, and whole transactions alone
        return done(refuse(Why::NotInThisVersion));
    if (!known || known->state != SessionState::Unknown || unknown == Unknown::Accept)
        return done(known);
    m_sessions.refreshStates(guarded(
        this, [this, id, family, done = std::move(done)](const Result<void>&) { done(usable(id, family)); }));
}

void KeyAccess::use(
    const SessionId& id, PassphraseSource& passphrases, Command command, Callback<QByteArray> done)
{
    const auto session = usable(id, {}); // time may have passed since it was checked
    if (!session)
        return done(fail(session.error()));
    const auto attempt
        = std::make_shared<Attempt>(Attempt{id, passphrases, std::move(command), std::move(done)});
    if (session->signer == SignerKind::EncryptedKey)
        askForKey(attempt);
    else
        run(attempt);
}

void KeyAccess::useAsItRests(
    const SessionId& id, PassphraseSource& passphrases, Command command, Callback<QByteArray> done)
{
    const auto session = usable(id, {});
    if (!session)
        return done(fail(session.error()));
    const auto attempt
        = std::make_shared<Attempt>(Attempt{id, passphrases, std::move(command), std::move(done)});
    attempt->mayAskForKey = false;
    run(attempt);
}

void KeyAccess::askForKey(const SharedAttempt& attempt)
{
    attempt->passphrases.ask(PassphraseSource::For::ExistingKey, nameOf(attempt->id),
        guarded(this, [this, attempt](Result<SharedSecret> passphrase) {
            if (!passphrase)
                return attempt->done(fail(passphrase.error()));
            attempt->passphrase = *std::move(passphrase);
            run(attempt);
        }));
}

/// A desktop's keychain asks for its own password; a Hatstand passphrase has nobody but us to ask.
void KeyAccess::unlock(const SharedAttempt& attempt)
{
    attempt->mayUnlock = false;
    const auto afterUnlock = [this, attempt](const Result<void>& unlocked) {
        if (!unlocked)
            return attempt->done(fail(unlocked.error()));
        run(attempt);
    };
    const auto afterAsking = [this, afterUnlock, attempt](Result<SharedSecret> passphrase) {
        if (!passphrase)
            return attempt->done(fail(passphrase.error()));
        m_vault.unlock(*std::move(passphrase), guarded(this, afterUnlock));
    };
    attempt->passphrases.ask(PassphraseSource::For::Vault, {}, guarded(this, afterAsking));
}

void KeyAccess::run(const SharedAttempt& attempt)
{
    const Session* session = m_sessions.find(attempt->id);
    if (!session)
        return attempt->done(fail(ErrorCode::NotFound, attempt->id.text()));
    attempt->command({attempt->id.text(), session->publicKey}, attempt->passphrase,
        guarded(this, [this, attempt](const Result<KeyAnswer>& answer) { onAnswer(attempt, answer); }));
}

/// Which type an entry has is the entry's own word: after a kill in mid-replacement the session's row may be
/// older.
void KeyAccess::onAnswer(const SharedAttempt& attempt, const Result<KeyAnswer>& answer)
{
    m_sessions.noteUse(attempt->id, answer ? std::nullopt : failureOfReading(answer.error()));
    if (answer) {
        const auto learned = learn(attempt->id, answer->key);
        return attempt->done(learned.map([&] { return answer->text; }));
    }
    const ErrorCode code = answer.error().code;
    if (code == ErrorCode::Locked && attempt->mayUnlock && m_vault.takesPassphrase())
        return unlock(attempt);
    if (code == ErrorCode::PassphraseRequired && attempt->mayAskForKey && !attempt->passphrase)
        return askForKey(attempt);
    attempt->done(fail(answer.error()));
}

/// What the store did not know, or not any more.
Result<void> KeyAccess::learn(const SessionId& id, const KeyFacts& key)
{
    const Session* session = m_sessions.find(id);
    if (!session)
        return fail(ErrorCode::NotFound, id.text());
    if (key.publicKey.isEmpty())
        return {};
    const auto signer = key.type == SecretType::Ncryptsec ? SignerKind::EncryptedKey : SignerKind::LocalKey;
    const bool isNostr = id.family() == "nostr"_L1;
    const bool isKnown = isNostr || session->publicKey == key.publicKey;
    if (isKnown && session->signer == signer)
        return {};
    return m_sessions.learnKey(id,
        {.signer = signer,
            .wallet = isNostr ? kOwnWallet : kPrivateKeyWallet,
            .publicKey = isNostr ? QString() : key.publicKey});
}

} // namespace hatstand::signing
