// SPDX-License-Identifier: MIT
#include "core/antelope/Keys.h"

#include "core/antelope/KeyText.h"
#include "core/crypto/P256.h"
#include "core/crypto/Secp256k1.h"

#include <algorithm>
#include <array>
#include <optional>

namespace hatstand::antelope {
namespace {

constexpr int kRecoveryBase = 31; ///< 27 of Bitcoin's message signatures, 4 for a compressed key

enum class What { PrivateKey, PublicKey, Signature };

/// A text by its start.
struct Guess
{
    What what = What::PrivateKey;
    Curve curve = Curve::K1;
    TextForm form;
};

constexpr std::array kGuesses{
    Guess{What::PrivateKey, Curve::K1, kPrivateK1},
    Guess{What::PrivateKey, Curve::R1, kPrivateR1},
    Guess{What::PublicKey, Curve::K1, kPublicK1},
    Guess{What::PublicKey, Curve::R1, kPublicR1},
    Guess{What::Signature, Curve::K1, kSignatureK1},
    Guess{What::Signature, Curve::R1, kSignatureR1},
    Guess{What::PublicKey, Curve::K1, legacyPublic("EOS")},
    Guess{What::PublicKey, Curve::K1, legacyPublic("FIO")},
};

/// Starts of forms that are no key of ours, named in the refusal; nothing else of a text is ever repeated.
constexpr std::array<std::string_view, 8> kForeign{
    "PUB_WA_", "SIG_WA_", "PVT_WA_", "nsec1", "npub1", "nprofile1", "ncryptsec1", "SIG_"};

tl::unexpected<Error> noneOfOurs(std::string_view text)
{
    for (std::string_view prefix : kForeign) {
        if (text.starts_with(prefix))
            return refuse(
                Why::WrongPrefix, QString::fromLatin1(prefix.data(), static_cast<qsizetype>(prefix.size())));
    }
    for (const Guess& guess : kGuesses) {
        const bool isItsStart = text.size() >= 3 && guess.form.prefix.starts_with(text);
        if (isItsStart)
            return refuse(Why::CutShort, {}, static_cast<qint64>(text.size()),
                static_cast<qint64>(usualSize(guess.form, '1')));
    }
    return refuse(Why::NotThisForm);
}

/// What the text is by its start, if it is what was asked for; otherwise the refusal that says what it is
/// instead.
Result<Guess> guess(std::string_view text, What asked)
{
    if (text.empty())
        return refuse(Why::Empty);
    if (text.size() > kLongestKeyText)
        return refuse(Why::TooLarge, {}, static_cast<qint64>(text.size()), kLongestKeyText);
    std::optional<Guess> found;
    for (const Guess& candidate : kGuesses) {
        if (text.starts_with(candidate.form.prefix) && text.size() > candidate.form.prefix.size())
            found = candidate;
    }
    // A text that starts with 5 is only taken for a private key by those who ask for none if it is as long as
    // one.
    if (!found && text.front() == '5' && (asked == What::PrivateKey || text.size() == usualSize(kWif, '5')))
        found = Guess{What::PrivateKey, Curve::K1, kWif};
    if (!found)
        return noneOfOurs(text);
    if (found->what == asked)
        return *found;
    switch (found->what) {
    case What::PrivateKey:
        return refuse(Why::PrivateKeyGiven);
    case What::PublicKey:
        return refuse(Why::PublicKeyGiven);
    case What::Signature:
        break;
    }
    return refuse(Why::WrongPrefix, QStringLiteral("SIG_"));
}

Result<void> checkSecret(Curve curve, Bytes secret)
{
    return curve == Curve::K1 ? crypto::secp256k1::checkSecret(secret) : crypto::p256::checkSecret(secret);
}

/// Pasted texts come with white space around them.
QByteArray trimmedUtf8(const QString& text)
{
    return text.trimmed().toUtf8();
}

std::string_view viewOf(const QByteArray& text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

} // namespace

Result<PublicKey> PublicKey::parse(const QString& text)
{
    const QByteArray utf8 = trimmedUtf8(text);
    const auto guessed = guess(viewOf(utf8), What::PublicKey);
    if (!guessed)
        return fail(guessed.error());
    const auto decoded = decodeText(viewOf(utf8), guessed->form);
    if (!decoded)
        return fail(decoded.error());
    return fromBytes(guessed->curve, decoded->view());
}

Result<PublicKey> PublicKey::fromBytes(Curve curve, Bytes bytes)
{
    const bool ok
        = curve == Curve::K1 ? crypto::secp256k1::isPublicKey(bytes) : crypto::p256::isPublicKey(bytes);
    if (!ok)
        return refuse(Why::NotOnCurve);
    PublicKey key;
    key.m_curve = curve;
    std::copy(bytes.begin(), bytes.end(), key.m_bytes.begin());
    return key;
}

QString PublicKey::text() const
{
    return encodePublicText(m_bytes, m_curve == Curve::K1 ? kPublicK1 : kPublicR1);
}

QString PublicKey::legacyText(const QString& prefix) const
{
    if (m_curve != Curve::K1)
        return {};
    const QByteArray latin1 = prefix.toLatin1();
    return encodePublicText(m_bytes, legacyPublic(viewOf(latin1)));
}

PrivateKey::PrivateKey(Curve curve, SecretBuffer bytes)
    : m_curve(curve)
    , m_bytes(std::move(bytes))
{
}

Result<PrivateKey> PrivateKey::parse(const SecretBuffer& text)
{
    const SecretBuffer trimmed = text.trimmed();
    const auto guessed = guess(trimmed.text(), What::PrivateKey);
    if (!guessed)
        return fail(guessed.error());
    auto decoded = decodeText(trimmed.text(), guessed->form);
    if (!decoded)
        return fail(decoded.error());
    const bool isWif = guessed->form.prefix.empty();
    if (!isWif)
        return fromBytes(guessed->curve, *std::move(decoded));
    if (decoded->view().front() != kWif.highestFirst)
        return refuse(Why::NotThisForm); // another coin's version byte
    return fromBytes(guessed->curve, SecretBuffer::copyOf(decoded->view().subspan(1)));
}

Result<PrivateKey> PrivateKey::fromBytes(Curve curve, SecretBuffer bytes)
{
    if (const auto ok = checkSecret(curve, bytes.view()); !ok)
        return fail(ok.error());
    return PrivateKey(curve, std::move(bytes));
}

PublicKey PrivateKey::publicKey() const
{
    const auto bytes = m_curve == Curve::K1 ? crypto::secp256k1::publicKey(m_bytes.view())
                                            : crypto::p256::publicKey(m_bytes.view());
    return PublicKey::fromBytes(m_curve, bytes.value())
        .value(); // both hold for every key that passed checkSecret
}

SecretBuffer PrivateKey::text() const
{
    return encodeText(m_bytes.view(), m_curve == Curve::K1 ? kPrivateK1 : kPrivateR1);
}

Result<QString> PrivateKey::sign(const ByteArray<32>& digest) const
{
    const auto signature = m_curve == Curve::K1 ? crypto::secp256k1::sign(m_bytes.view(), digest)
                                                : crypto::p256::sign(m_bytes.view(), digest);
    if (!signature)
        return fail(signature.error());
    ByteArray<65> bytes{};
    bytes[0] = static_cast<std::uint8_t>(kRecoveryBase + signature->recoveryId);
    std::copy(signature->rs.begin(), signature->rs.end(), bytes.begin() + 1);
    return encodePublicText(bytes, m_curve == Curve::K1 ? kSignatureK1 : kSignatureR1);
}

Result<PublicKey> recover(const QString& signature, const ByteArray<32>& digest)
{
    const QByteArray utf8 = trimmedUtf8(signature);
    const auto guessed = guess(viewOf(utf8), What::Signature);
    if (!guessed)
        return fail(guessed.error());
    const auto decoded = decodeText(viewOf(utf8), guessed->form);
    if (!decoded)
        return fail(decoded.error());
    const Bytes bytes = decoded->view();
    crypto::RecoverableSignature made{.recoveryId = bytes.front() - kRecoveryBase};
    if (made.recoveryId < 0 || made.recoveryId > 3)
        return refuse(Why::NotThisForm);
    std::copy(bytes.begin() + 1, bytes.end(), made.rs.begin());
    const auto key = guessed->curve == Curve::K1 ? crypto::secp256k1::recover(made, digest)
                                                 : crypto::p256::recover(made, digest);
    if (!key)
        return fail(key.error());
    return PublicKey::fromBytes(guessed->curve, *key);
}

} // namespace hatstand::antelope
