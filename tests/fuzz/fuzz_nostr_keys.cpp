// SPDX-License-Identifier: MIT
#include "core/codec/Bech32.h"
#include "core/nostr/Nip19.h"
#include "core/nostr/Nip49.h"
#include "tests/fuzz/Fuzz.h"

using namespace hatstand;
using namespace hatstand::nostr;
using hatstand::fuzz::must;

namespace {

/// What a person may paste into any of the fields for keys.
void paste(Bytes input)
{
    const SecretBuffer secret = SecretBuffer::copyOf(input);
    if (const auto key = SecretKey::parse(secret)) {
        const auto again = SecretKey::parse(key->nsec());
        must(again && again->publicKey() == key->publicKey());
    }
    if (const auto header = nip49::inspect(secret))
        must(header->logN >= 1 && header->logN <= nip49::kHighestLogN);

    const QString text = QString::fromUtf8(toQByteArray(input));
    if (const auto key = PublicKey::parse(text))
        must(PublicKey::parse(key->npub()) == *key && PublicKey::parse(key->hex()) == *key);
    if (const auto id = parseNote(text))
        must(parseNote(toNote(*id)) == *id);
}

/// What only a right checksum lets through, which a fuzzer hardly guesses.
void inside(Bytes input)
{
    if (const auto profile = parseNprofile(codec::toBech32("nprofile", input))) {
        const auto text = toNprofile(*profile);
        must(
            !text || PublicKey::parse(*text) == profile->pubkey || text->size() > qsizetype(kLongestKeyText));
    }
    for (const char* prefix : {"nsec", "ncryptsec", "npub", "note"})
        paste(bytesOf(codec::toBech32(prefix, input).toLatin1()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes input(data, size);
    paste(input);
    inside(input.first(std::min<std::size_t>(size, 2048)));
    return 0;
}
