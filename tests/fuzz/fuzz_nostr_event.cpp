// SPDX-License-Identifier: MIT
#include "core/nostr/Event.h"
#include "tests/fuzz/Fuzz.h"

using namespace hatstand;
using namespace hatstand::nostr;
using hatstand::fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const SecretKey key
        = SecretKey::fromBytes(SecretBuffer::copyOf(std::string_view("0123456789abcdef0123456789abcdef")))
              .value();
    fuzz::Repeatable random;
    const QByteArray json = toQByteArray({data, size});

    if (const auto event = parseSigned(json))
        must(parseSigned(toJson(*event))->id == event->id);

    // Whatever can be read can be signed, and everybody else reads from our JSON what was signed.
    auto event = parseUnsigned(json);
    if (!event)
        return 0;
    event->pubkey.reset();
    const auto made = sign(*event, key, 1700000000, random);
    must(made.has_value());
    const auto back = parseSigned(toJson(*made));
    must(back && back->id == made->id && back->content == event->content && back->tags == event->tags);
    return 0;
}
