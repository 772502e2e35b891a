// SPDX-License-Identifier: MIT
#include "core/crypto/Ciphers.h"
#include "core/crypto/Hkdf.h"
#include "core/nostr/Nip04.h"
#include "core/nostr/Nip44.h"
#include "tests/fuzz/Fuzz.h"

#include <algorithm>

using namespace hatstand;
using namespace hatstand::nostr;
using hatstand::fuzz::must;

namespace {

const SecretBuffer& key()
{
    static const SecretBuffer shared = SecretBuffer::copyOf("an arbitrary key of 32 bytes, ok");
    return shared;
}

bool equal(const Result<SecretBuffer>& text, Bytes expected)
{
    return text && std::equal(text->view().begin(), text->view().end(), expected.begin(), expected.end());
}

/// What comes from a relay.
void asPayload(Bytes input)
{
    const QByteArray payload = toQByteArray(input);
    if (const auto text = nip44::decrypt(key(), payload))
        must(!text->isEmpty() && text->size() <= nip44::kLongestPlaintext);
    if (const auto text = nip04::decrypt(key(), payload))
        must(text->size() < std::size_t(payload.size()));
}

void asPlaintext(Bytes input)
{
    fuzz::Repeatable random;
    const auto newer = nip44::encrypt(key(), input, random);
    must(newer.has_value() == (!input.empty() && input.size() <= nip44::kLongestPlaintext));
    must(!newer || equal(nip44::decrypt(key(), *newer), input));
    const auto older = nip04::encrypt(key(), input, random);
    must(!older || equal(nip04::decrypt(key(), *older), input));
}

/// Behind a right MAC, where a fuzzer does not come by itself: what the other side, who has the key, may have
/// put there.
void asPadded(Bytes input)
{
    const QByteArray nonce(32, 'n');
    const SecretBuffer keys = crypto::hkdfExpand(key(), bytesOf(nonce), 76);
    QByteArray sealed = toQByteArray(input);
    const MutableBytes inPlace(reinterpret_cast<std::uint8_t*>(sealed.data()), std::size_t(sealed.size()));
    crypto::chacha20(keys.view().first(32), keys.view().subspan(32, 12), inPlace, inPlace);
    const auto mac = crypto::hmacSha256(keys.view().subspan(44, 32), {bytesOf(nonce), bytesOf(sealed)});
    const QByteArray raw = QByteArray(1, '\2') + nonce + sealed + toQByteArray(mac);
    if (const auto text = nip44::decrypt(key(), raw.toBase64()))
        must(input.size() == 2 + nip44::paddedSize(text->size())
            && equal(text, input.subspan(2, text->size())));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes input(data, size);
    asPayload(input);
    asPlaintext(input);
    asPadded(input);
    return 0;
}
