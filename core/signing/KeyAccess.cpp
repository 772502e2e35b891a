// SPDX-License-Identifier: MIT
#include "core/signing/KeyAccess.h"

#include "core/nostr/Nip49.h"
#include "core/signing/Accounts.h"
#include "core/signing/OffLoop.h"

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::SecretType;
using secrets::StoredSecret;
using session::Session;
using session::SessionId;
using session::SessionState;
using session::SignerKind;

/// A key that rests in clear, by its type.
Result<Key> keyOf(const StoredSecret& stored)
{
    const auto asKey = [](auto key) { return Key(std::move(key)); };
    switch (stored.type) {
    case SecretType::Nsec:
        return nostr::SecretKey::parse(stored.data).map(asKey);
    case SecretType::Pvt:
    case SecretType::Wif:
        return antelope::PrivateKey::parse(stored.data).map(asKey);
    default:
        return fail(ErrorCode::Damaged, u"an entry of another type"_s);
    }
}

} // namespace

KeyAccess::KeyAccess(
    session::SessionManager& sessions, secrets::SecretVault& vault, QThreadPool& pool, QObject* parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_vault(vault)
    , m_pool(pool)
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
    if (session->signer == SignerKind::Remote)
        return refuse(Why::NotInThisVersion);
    if (session->state == SessionState::SecretMissing)
        return fail(ErrorCode::SecretMissing, id.text());
    return *session;
}

void KeyAccess::check(const SessionId& id, const QString& family, Unknown unknown, Callback<Session> done)
{
    const auto known = usable(id, family);
    if (!known || known->state != SessionState::Unknown || unknown == Unknown::Accept)
        return done(known);
    m_sessions.refreshStates(guarded(
        this, [this, id, family, done = std::move(done)](const Result<void>&) { done(usable(id, family)); }));
}

void KeyAccess::fetch(const SessionId& id, PassphraseSource& passphrases, Callback<SharedKey> done)
{
    const auto session = usable(id, {}); // time may have passed since it was checked
    if (!session)
        return done(fail(session.error()));
    if (session->signer != SignerKind::EncryptedKey)
        return readAndOpen(id, passphrases, nullptr, std::move(done));
    passphrases.ask(PassphraseSource::For::ExistingKey, nameOf(id),
        guarded(this, [this, id, &passphrases, done = std::move(done)](Result<SharedSecret> passphrase) {
            if (!passphrase)
                return done(fail(passphrase.error()));
            readAndOpen(id, passphrases, *std::move(passphrase), done);
        }));
}

/// Which type an entry has is the entry's own word: after a kill in mid-replacement the session's row may be
/// older.
void KeyAccess::readAndOpen(
    const SessionId& id, PassphraseSource& passphrases, SharedSecret passphrase, Callback<SharedKey> done)
{
    read(id, passphrases,
        [this, id, &passphrases, passphrase = std::move(passphrase), done = std::move(done)](
            Result<SharedStored> stored) {
            if (!stored)
                return done(fail(stored.error()));
            if ((*stored)->type != SecretType::Ncryptsec)
                return done(belonging(id, SignerKind::LocalKey, keyOf(**stored)));
            if (passphrase)
                return decrypt(id, *stored, passphrase, done);
            passphrases.ask(PassphraseSource::For::ExistingKey, nameOf(id),
                guarded(this, [this, id, stored = *stored, done](Result<SharedSecret> asked) {
                    if (!asked)
                        return done(fail(asked.error()));
                    decrypt(id, stored, *std::move(asked), done);
                }));
        });
}

void KeyAccess::decrypt(
    const SessionId& id, SharedStored stored, SharedSecret passphrase, Callback<SharedKey> done)
{
    const auto work = [stored = std::move(stored), passphrase = std::move(passphrase)]() -> Result<Key> {
        return nostr::nip49::decrypt(stored->data, *passphrase).map([](nostr::SecretKey key) {
            return Key(std::move(key));
        });
    };
    offLoop<Result<Key>>(m_pool, this, work, [this, id, done = std::move(done)](Result<Key> key) {
        done(belonging(id, SignerKind::EncryptedKey, std::move(key)));
    });
}

void KeyAccess::read(const SessionId& id, PassphraseSource& passphrases, Callback<SharedStored> done)
{
    const auto decode = [this, id, done = std::move(done)](const Result<SharedSecret>& value) {
        m_sessions.noteUse(id, value ? std::nullopt : std::optional(value.error().code));
        if (!value)
            return done(fail(value.error()));
        auto stored = secrets::decodeStoredSecret(**value);
        if (!stored)
            return done(fail(stored.error()));
        done(std::make_shared<const StoredSecret>(*std::move(stored)));
    };
    readUnlocked(id, passphrases, true, decode);
}

/// A desktop's keychain asks for its own password; the passphrase vault has nobody but us to ask.
void KeyAccess::readUnlocked(
    const SessionId& id, PassphraseSource& passphrases, bool mayUnlock, Callback<SharedSecret> done)
{
    const auto afterRead
        = [this, id, &passphrases, mayUnlock, done = std::move(done)](Result<SharedSecret> value) {
              const bool isLocked = !value && value.error().code == ErrorCode::Locked;
              if (!isLocked || !mayUnlock || !m_vault.takesPassphrase())
                  return done(std::move(value));
              const auto afterUnlock = [this, id, &passphrases, done](const Result<void>& unlocked) {
                  if (!unlocked)
                      return done(fail(unlocked.error()));
                  readUnlocked(id, passphrases, false, done);
              };
              const auto afterAsking = [this, afterUnlock, done](Result<SharedSecret> passphrase) {
                  if (!passphrase)
                      return done(fail(passphrase.error()));
                  m_vault.unlock(*std::move(passphrase), guarded(this, afterUnlock));
              };
              passphrases.ask(PassphraseSource::For::Vault, {}, guarded(this, afterAsking));
          };
    m_vault.read(id.text(), guarded(this, afterRead));
}

/// The last gate: whatever was read, by whatever way it got there, only the session's own key passes.
Result<SharedKey> KeyAccess::belonging(const SessionId& id, SignerKind signer, Result<Key> key)
{
    if (!key)
        return fail(key.error());
    const Session* session = m_sessions.find(id);
    if (!session)
        return fail(ErrorCode::NotFound, id.text());
    const auto* nostrKey = std::get_if<nostr::SecretKey>(&*key);
    const QString expected = nostrKey ? "nostr:"_L1 + nostrKey->publicKey().hex() : session->publicKey;
    const QString own = nostrKey ? id.text() : std::get<antelope::PrivateKey>(*key).publicKey().text();
    const bool isOfFamily = (id.family() == "nostr"_L1) == (nostrKey != nullptr);
    // Empty only where the store was lost or a replacement was cut off; the vault's word is all there is
    // then.
    if (!isOfFamily || (!expected.isEmpty() && expected != own))
        return fail(ErrorCode::WrongAccount, id.text());
    if (expected.isEmpty() || session->signer != signer) {
        const auto learned = m_sessions.learnKey(id,
            {.signer = signer,
                .wallet = nostrKey ? kOwnWallet : kPrivateKeyWallet,
                .publicKey = nostrKey ? QString() : own});
        if (!learned)
            return fail(learned.error());
    }
    return std::make_shared<const Key>(*std::move(key));
}

} // namespace hatstand::signing
