// SPDX-License-Identifier: MIT
#include "core/signing/Accounts.h"

#include "core/antelope/KeyText.h"
#include "core/antelope/Keys.h"
#include "core/antelope/Name.h"
#include "core/codec/Base58.h"
#include "core/nostr/Keys.h"
#include "core/nostr/Nip49.h"
#include "core/secrets/StoredSecret.h"
#include "core/signing/OffLoop.h"

#include <algorithm>
#include <array>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::SecretType;
using session::NewSession;
using session::SessionId;
using session::SignerKind;

constexpr std::size_t kLongestPasted = 4096;

SharedSecret entry(SecretType type, SecretBuffer data)
{
    return std::make_shared<const SecretBuffer>(secrets::encode({type, std::move(data)}));
}

NewSession nostrSession(const nostr::PublicKey& key, SignerKind signer, SharedSecret secret)
{
    NewSession made;
    made.id = SessionId("nostr:"_L1 + key.hex());
    made.signer = signer;
    made.wallet = kOwnWallet;
    made.secret = std::move(secret);
    return made;
}

NewSession localNostr(const nostr::SecretKey& key)
{
    return nostrSession(key.publicKey(), SignerKind::LocalKey, entry(SecretType::Nsec, key.nsec()));
}

Result<SessionId> antelopeId(const antelope::Chain& chain, const QString& account)
{
    return antelope::PermissionLevel::parse(account.trimmed())
        .map([&](const antelope::PermissionLevel& level) {
            return SessionId("antelope:"_L1 + chain.id + u':' + level.text());
        });
}

bool startsWithAnyCase(std::string_view text, std::string_view prefix)
{
    const auto sameLetter
        = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); };
    return text.size() >= prefix.size()
        && std::equal(prefix.begin(), prefix.end(), text.begin(),
            [&](char wanted, char found) { return sameLetter(found, wanted); });
}

bool looksLikeWif(std::string_view text)
{
    return text.starts_with('5') && text.size() == antelope::usualSize(antelope::kWif, '5')
        && codec::secretFromBase58(text).has_value();
}

} // namespace

NewSession generateNostr(Random& random)
{
    NewSession made = localNostr(nostr::SecretKey::generate(random));
    made.generated = true;
    return made;
}

Result<NewSession> nostrFromKey(const SecretBuffer& text)
{
    return nostr::SecretKey::parse(text).map(localNostr);
}

Result<void> checkNcryptsec(const SecretBuffer& text)
{
    return nostr::nip49::inspect(text.trimmed()).map([](const nostr::nip49::Header&) {});
}

void nostrFromNcryptsec(SharedSecret text, SharedSecret passphrase, QThreadPool& pool, QObject* context,
    std::shared_ptr<std::atomic_bool> cancel, Callback<NewSession> done)
{
    const auto work = [text = std::move(text), passphrase = std::move(passphrase),
                          cancel = std::move(cancel)]() -> Result<NewSession> {
        const SecretBuffer ncryptsec = text->trimmed();
        const auto key = nostr::nip49::decrypt(ncryptsec, *passphrase, cancel.get());
        if (!key)
            return fail(key.error());
        return nostrSession(
            key->publicKey(), SignerKind::EncryptedKey, entry(SecretType::Ncryptsec, ncryptsec.clone()));
    };
    offLoop<Result<NewSession>>(pool, context, work, std::move(done));
}

Result<NewSession> watchNostr(const QString& text)
{
    const QString trimmed = text.trimmed();
    const bool isLink = trimmed.startsWith("nostr:"_L1, Qt::CaseInsensitive); // NIP-21
    return nostr::PublicKey::parse(isLink ? trimmed.mid(6) : trimmed).map([](const nostr::PublicKey& key) {
        return nostrSession(key, SignerKind::WatchOnly, nullptr);
    });
}

Result<NewSession> antelopeFromKey(
    const antelope::Chain& chain, const QString& account, const SecretBuffer& text)
{
    const auto id = antelopeId(chain, account);
    if (!id)
        return fail(id.error());
    const auto key = antelope::PrivateKey::parse(text);
    if (!key)
        return fail(key.error());
    NewSession made;
    made.id = *id;
    made.signer = SignerKind::LocalKey;
    made.wallet = kPrivateKeyWallet;
    made.publicKey = key->publicKey().text();
    made.secret = entry(SecretType::Pvt, key->text());
    return made;
}

Result<NewSession> watchAntelope(const antelope::Chain& chain, const QString& account)
{
    return antelopeId(chain, account).map([](const SessionId& id) {
        NewSession made;
        made.id = id;
        made.wallet = kOwnWallet;
        return made;
    });
}

Pasted recognise(const SecretBuffer& text)
{
    if (text.size() > kLongestPasted)
        return Pasted::None;
    const SecretBuffer trimmed = text.trimmed();
    const std::string_view view = trimmed.text();
    // By their start alone: a mistyped one belongs on the same page, which says what is wrong with it.
    constexpr std::array<std::pair<std::string_view, Pasted>, 6> kNostr{{
        {"nsec1", Pasted::NostrKey},
        {"ncryptsec1", Pasted::NostrEncryptedKey},
        {"npub1", Pasted::NostrPublicKey},
        {"nprofile1", Pasted::NostrPublicKey},
        {"nostr:npub1", Pasted::NostrPublicKey},
        {"nostr:nprofile1", Pasted::NostrPublicKey},
    }};
    for (const auto& [prefix, what] : kNostr) {
        if (startsWithAnyCase(view, prefix))
            return what;
    }
    if (view.starts_with("PVT_K1_") || view.starts_with("PVT_R1_") || looksLikeWif(view))
        return Pasted::AntelopeKey;
    // 64 hex digits are a private key as well as a public one, so only a person can tell.
    constexpr std::size_t kLongestAccount = 27;
    if (view.size() <= kLongestAccount && view.find('@') != std::string_view::npos
        && antelope::PermissionLevel::parse(
            QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()))))
        return Pasted::AntelopeAccount;
    return Pasted::None;
}

} // namespace hatstand::signing
