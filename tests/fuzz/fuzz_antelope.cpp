// SPDX-License-Identifier: MIT
#include "core/antelope/Chains.h"
#include "core/antelope/KeyText.h"
#include "core/antelope/Keys.h"
#include "core/antelope/Name.h"
#include "tests/fuzz/Fuzz.h"

#include <algorithm>
#include <array>

using namespace hatstand;
using namespace hatstand::antelope;
using hatstand::fuzz::must;

namespace {

constexpr ByteArray<32> kDigest{7};

void asKey(Bytes input)
{
    if (const auto key = PrivateKey::parse(SecretBuffer::copyOf(input))) {
        const auto again = PrivateKey::parse(key->text());
        must(again && again->publicKey() == key->publicKey());
    }
    const QString text = QString::fromUtf8(toQByteArray(input));
    if (const auto key = PublicKey::parse(text)) {
        must(PublicKey::parse(key->text()) == *key);
        if (key->curve() == Curve::K1)
            must(PublicKey::parse(key->legacyText(QStringLiteral("FIO"))) == *key);
    }
    if (const auto key = recover(text, kDigest))
        must(PublicKey::parse(key->text()) == *key);
}

/// What only a right checksum lets through, which a fuzzer hardly guesses. The first byte chooses the form.
void asBytesOfAKey(Bytes input)
{
    constexpr std::array kForms{
        kPrivateK1, kPrivateR1, kPublicK1, kPublicR1, kSignatureK1, kSignatureR1, legacyPublic("EOS"), kWif};
    if (input.empty())
        return;
    const TextForm& form = kForms[input.front() % kForms.size()];
    const Bytes data = input.subspan(1);
    SecretBuffer padded(form.bytes);
    std::copy_n(data.begin(), std::min(data.size(), form.bytes), padded.edit().begin());
    const SecretBuffer text = encodeText(padded.view(), form);
    const auto decoded = decodeText(text.text(), form);
    must(decoded && decoded->equals(padded));
    asKey(text.view());
}

/// What is taken is exactly what was given: nothing is coerced.
void asName(const QString& text)
{
    if (const auto name = Name::parse(text))
        must(name->text() == text && Name::fromValue(name->value()) == *name);
    if (const auto level = PermissionLevel::parse(text))
        must(level->text() == text);
    if (const auto chain = Chains::bundled().find(text))
        must(Chains::bundled().byId(chain->id) != nullptr);
}

void asChains(Bytes input)
{
    const auto chains = Chains::fromJson(toQByteArray(input));
    if (!chains)
        return;
    for (const Chain& chain : chains->all()) {
        const auto found = chains->find(chain.id);
        must(found && found->alias == chain.alias);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes input(data, size);
    asKey(input);
    asBytesOfAKey(input);
    asName(QString::fromUtf8(toQByteArray(input)));
    asChains(input);
    return 0;
}
