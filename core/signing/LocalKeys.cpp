// SPDX-License-Identifier: MIT
#include "core/antelope/AnchorLink.h"
#include "core/antelope/Keys.h"
#include "core/codec/Hex.h"
#include "core/crypto/Hkdf.h"
#include "core/nostr/Event.h"
#include "core/nostr/Nip04.h"
#include "core/nostr/Nip44.h"
#include "core/nostr/Nip49.h"
#include "core/secrets/Vault.h"
#include "core/signing/AnchorKeys.h"
#include "core/signing/KeyHolder.h"
#include "core/signing/OffLoop.h"

#include <variant>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::SecretType;
using secrets::StoredSecret;

using Key = std::variant<nostr::SecretKey, antelope::PrivateKey>;
using SharedStored = std::shared_ptr<const StoredSecret>;

/// A key that was found to be the account's, for one callback.
struct Found
{
    std::shared_ptr<const Key> key;
    KeyFacts facts;
};

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

bool isNostr(const KeyRef& ref)
{
    return ref.id.startsWith("nostr:"_L1) || !ref.derivation.isEmpty();
}

/// What a key's public half has to be; empty where that is not known.
QString expectedOf(const KeyRef& ref)
{
    return ref.id.startsWith("nostr:"_L1) ? ref.id.mid(qsizetype(qstrlen("nostr:"))) : ref.publicKey;
}

/// The last gate: whatever was read, by whatever way it got there, only the account's own key passes. Which
/// key is an Antelope account's is not known where the store was lost or a replacement was cut off; the
/// vault's word is all there is then.
Result<Found> belonging(const KeyRef& ref, SecretType type, Result<Key> key)
{
    if (!key)
        return fail(key.error());
    const auto* own = std::get_if<nostr::SecretKey>(&*key);
    const QString publicKey
        = own ? own->publicKey().hex() : std::get<antelope::PrivateKey>(*key).publicKey().text();
    const bool isOfFamily = isNostr(ref) == (own != nullptr);
    const QString expected = expectedOf(ref);
    if (!isOfFamily || (!expected.isEmpty() && expected != publicKey))
        return fail(ErrorCode::WrongAccount, ref.id);
    return Found{std::make_shared<const Key>(*std::move(key)), {type, publicKey}};
}

Result<Key> derived(const StoredSecret& profile, const QString& info)
{
    const auto bytes = codec::secretFromHex(profile.data.text());
    if (profile.type != SecretType::ProfileKey || !bytes)
        return fail(ErrorCode::Damaged, u"the profile's entry"_s);
    const QByteArray use = info.toUtf8();
    auto key = crypto::deriveKey(*bytes, std::string_view(use.constData(), std::size_t(use.size())));
    return nostr::SecretKey::fromBytes(std::move(key)).map([](nostr::SecretKey own) {
        return Key(std::move(own));
    });
}

/// What Nostr's schemes need of both sides.
Result<SecretBuffer> sharedKey(Encryption how, const Key& own, const nostr::PublicKey& peer)
{
    const auto& mine = std::get<nostr::SecretKey>(own);
    return how == Encryption::Nip44 ? nostr::nip44::conversationKey(mine, peer)
                                    : nostr::nip04::sharedKey(mine, peer);
}

Result<antelope::SealedMessage> sealed(Bytes secret, const QString& peer, Bytes plaintext)
{
    SystemRandom random;
    ByteArray<8> drawn{};
    random.fill(drawn);
    quint64 nonce = 0;
    for (const std::uint8_t byte : drawn)
        nonce = nonce << 8 | byte;
    return antelope::sealMessage(secret, peer, nonce, plaintext);
}

/// A derived key is known by its x alone, so it says that it is the one of both keys with an even y. Either
/// gives the same secret with any peer: that is made of the shared point's x, which both have in common.
Result<QByteArray> sealedByDerived(const nostr::SecretKey& own, const QString& peer, Bytes plaintext)
{
    auto message = sealed(own.bytes(), peer, plaintext);
    if (!message)
        return fail(message.error());
    message->from = linkKey(own.publicKey());
    return message->pack();
}

Result<QByteArray> sealedByEntry(const StoredSecret& stored, const QString& peer, Bytes plaintext)
{
    if (stored.type != SecretType::Anchor)
        return fail(ErrorCode::Damaged, u"an entry of another type"_s);
    const auto entry = decodeAnchorEntry(stored.data);
    if (!entry)
        return fail(entry.error());
    if (!peer.isEmpty() && !isSameKey(peer, entry->signerKey))
        return fail(ErrorCode::WrongAccount, entry->signerKey);
    return sealed(entry->secret.view(), entry->signerKey, plaintext)
        .map([](const antelope::SealedMessage& message) { return message.pack(); });
}

Result<QByteArray> unsealed(const nostr::SecretKey& own, const QString& peer, const QByteArray& payload)
{
    const auto message = antelope::SealedMessage::unpack(bytesOf(payload));
    if (!message)
        return fail(message.error());
    if (!isSameKey(message->from, peer))
        return fail(ErrorCode::WrongAccount, message->from);
    return antelope::openMessage(own.bytes(), *message).map([](const SecretBuffer& text) {
        return toQByteArray(text.view());
    });
}

} // namespace

class LocalKeys::Private
{
public:
    Private(LocalKeys& keys, secrets::SecretVault& from, QThreadPool& threads)
        : q(keys)
        , vault(from)
        , pool(threads)
    {
    }

    void read(const KeyRef& ref, Callback<SharedStored> done)
    {
        vault.read(ref.derivation.isEmpty() ? ref.id : u"profile"_s,
            guarded(&q, [done = std::move(done)](const Result<SharedSecret>& value) {
                if (!value)
                    return done(fail(value.error()));
                auto stored = secrets::decodeStoredSecret(**value);
                if (!stored)
                    return done(fail(stored.error()));
                done(std::make_shared<const StoredSecret>(*std::move(stored)));
            }));
    }

    void find(const KeyRef& ref, SharedSecret passphrase, Callback<Found> done)
    {
        read(ref, [this, ref, passphrase = std::move(passphrase), done](const Result<SharedStored>& stored) {
            if (!stored)
                return done(fail(stored.error()));
            if (!ref.derivation.isEmpty())
                return done(belonging(ref, (*stored)->type, derived(**stored, ref.derivation)));
            if ((*stored)->type != SecretType::Ncryptsec)
                return done(belonging(ref, (*stored)->type, keyOf(**stored)));
            if (!passphrase)
                return done(fail(ErrorCode::PassphraseRequired));
            offLoop<Result<nostr::SecretKey>>(
                pool, &q,
                [stored = *stored, passphrase] { return nostr::nip49::decrypt(stored->data, *passphrase); },
                [ref, done](Result<nostr::SecretKey> key) {
                    done(belonging(ref, SecretType::Ncryptsec,
                        std::move(key).map([](nostr::SecretKey own) { return Key(std::move(own)); })));
                });
        });
    }

    /// use makes the text from the key.
    template <class Use>
    void with(const KeyRef& ref, SharedSecret passphrase, Callback<KeyAnswer> done, Use use)
    {
        find(ref, std::move(passphrase), [done = std::move(done), use](const Result<Found>& found) {
            if (!found)
                return done(fail(found.error()));
            Result<QByteArray> text = use(*found->key);
            done(std::move(text).map([&](QByteArray made) {
                return KeyAnswer{std::move(made), found->facts};
            }));
        });
    }

    void seal(const KeyRef& ref, const QString& peer, const SharedSecret& plaintext, Callback<KeyAnswer> done)
    {
        if (!ref.derivation.isEmpty()) {
            return with(ref, nullptr, std::move(done), [peer, plaintext](const Key& own) {
                return sealedByDerived(std::get<nostr::SecretKey>(own), peer, plaintext->view());
            });
        }
        if (isNostr(ref))
            return done(refuse(Why::WrongNetwork));
        read(ref, [peer, plaintext, done = std::move(done)](const Result<SharedStored>& stored) {
            if (!stored)
                return done(fail(stored.error()));
            done(sealedByEntry(**stored, peer, plaintext->view()).map([](QByteArray message) {
                return KeyAnswer{std::move(message), {SecretType::Anchor, {}}};
            }));
        });
    }

    LocalKeys& q;
    secrets::SecretVault& vault;
    QThreadPool& pool;
};

LocalKeys::LocalKeys(secrets::SecretVault& vault, QThreadPool& pool, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, vault, pool))
{
}

LocalKeys::~LocalKeys() = default;

void LocalKeys::publicKey(const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    d->with(key, std::move(passphrase), std::move(done), [](const Key&) { return Result<QByteArray>(); });
}

void LocalKeys::signEvent(const KeyRef& key, const QByteArray& unsignedEvent, qint64 createdAt,
    SharedSecret passphrase, Callback<KeyAnswer> done)
{
    const auto event = nostr::parseUnsigned(unsignedEvent);
    if (!event)
        return done(fail(event.error()));
    if (!isNostr(key))
        return done(refuse(Why::WrongNetwork));
    d->with(key, std::move(passphrase), std::move(done), [event, createdAt](const Key& own) {
        SystemRandom random;
        return nostr::sign(*event, std::get<nostr::SecretKey>(own), createdAt, random).map(nostr::toJson);
    });
}

void LocalKeys::signDigest(
    const KeyRef& key, const ByteArray<32>& digest, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    if (isNostr(key))
        return done(refuse(Why::WrongNetwork));
    d->with(key, std::move(passphrase), std::move(done), [digest](const Key& own) {
        return std::get<antelope::PrivateKey>(own).sign(digest).map(
            [](const QString& text) { return text.toLatin1(); });
    });
}

void LocalKeys::exportKey(
    const KeyRef& key, SharedDescriptor to, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    d->with(key, std::move(passphrase), std::move(done), [to = std::move(to)](const Key& own) {
        const auto* nostrKey = std::get_if<nostr::SecretKey>(&own);
        const SecretBuffer text = nostrKey ? nostrKey->nsec() : std::get<antelope::PrivateKey>(own).text();
        const SecretBuffer line = SecretBuffer::concat({text.view(), bytesOf("\n"_ba)});
        return to && to->write(line.view()) ? Result<QByteArray>(QByteArray()) : fail(ErrorCode::Disk);
    });
}

void LocalKeys::exportEncrypted(
    const KeyRef& key, SharedSecret newPassphrase, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    if (!isNostr(key))
        return done(refuse(Why::WrongNetwork));
    if (!newPassphrase) {
        return d->read(key, [done = std::move(done)](const Result<SharedStored>& stored) {
            if (!stored)
                return done(fail(stored.error()));
            if ((*stored)->type != SecretType::Ncryptsec)
                return done(fail(ErrorCode::PassphraseRequired));
            done(KeyAnswer{toQByteArray((*stored)->data.view()), {SecretType::Ncryptsec, {}}});
        });
    }
    d->find(key, std::move(passphrase), [this, newPassphrase, done](const Result<Found>& found) {
        if (!found)
            return done(fail(found.error()));
        const auto encrypt = [key = found->key, newPassphrase] {
            SystemRandom random;
            return nostr::nip49::encrypt(std::get<nostr::SecretKey>(*key), *newPassphrase, random);
        };
        offLoop<Result<QByteArray>>(
            d->pool, this, encrypt, [done, facts = found->facts](Result<QByteArray> text) {
                done(std::move(text).map([&](QByteArray made) { return KeyAnswer{std::move(made), facts}; }));
            });
    });
}

void LocalKeys::encrypt(const KeyRef& key, Encryption how, const QString& peer, SharedSecret plaintext,
    SharedSecret passphrase, Callback<KeyAnswer> done)
{
    if (how == Encryption::Sealed)
        return plaintext ? d->seal(key, peer, plaintext, std::move(done)) : done(refuse(Why::Empty));
    const auto other = nostr::PublicKey::parse(peer);
    if (!isNostr(key) || !other || !plaintext)
        return done(other ? refuse(isNostr(key) ? Why::Empty : Why::WrongNetwork) : fail(other.error()));
    d->with(key, std::move(passphrase), std::move(done),
        [how, other, plaintext](const Key& own) -> Result<QByteArray> {
            const auto shared = sharedKey(how, own, *other);
            if (!shared)
                return fail(shared.error());
            SystemRandom random;
            return how == Encryption::Nip44 ? nostr::nip44::encrypt(*shared, plaintext->view(), random)
                                            : nostr::nip04::encrypt(*shared, plaintext->view(), random);
        });
}

void LocalKeys::decrypt(const KeyRef& key, Encryption how, const QString& peer, const QByteArray& payload,
    SharedSecret passphrase, Callback<KeyAnswer> done)
{
    if (how == Encryption::Sealed) {
        if (key.derivation.isEmpty())
            return done(refuse(Why::WrongNetwork));
        return d->with(key, nullptr, std::move(done), [peer, payload](const Key& own) {
            return unsealed(std::get<nostr::SecretKey>(own), peer, payload);
        });
    }
    const auto other = nostr::PublicKey::parse(peer);
    if (!isNostr(key) || !other)
        return done(other ? refuse(Why::WrongNetwork) : fail(other.error()));
    d->with(key, std::move(passphrase), std::move(done),
        [how, other, payload](const Key& own) -> Result<QByteArray> {
            const auto shared = sharedKey(how, own, *other);
            if (!shared)
                return fail(shared.error());
            const auto plain = how == Encryption::Nip44 ? nostr::nip44::decrypt(*shared, payload)
                                                        : nostr::nip04::decrypt(*shared, payload);
            return plain.map([](const SecretBuffer& text) { return toQByteArray(text.view()); });
        });
}

void LocalKeys::openNcryptsec(SharedSecret ncryptsec, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    if (!ncryptsec || !passphrase)
        return done(fail(ErrorCode::PassphraseRequired));
    offLoop<Result<nostr::SecretKey>>(
        d->pool, this, [ncryptsec, passphrase] { return nostr::nip49::decrypt(*ncryptsec, *passphrase); },
        [done = std::move(done)](const Result<nostr::SecretKey>& key) {
            if (!key)
                return done(fail(key.error()));
            done(KeyAnswer{{}, {SecretType::Ncryptsec, key->publicKey().hex()}});
        });
}

} // namespace hatstand::signing
