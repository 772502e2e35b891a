// SPDX-License-Identifier: MIT
#include "app/cli/Request.h"
#include "app/control/Frame.h"
#include "app/control/Protocol.h"
#include "tests/fuzz/Fuzz.h"

#include <QJsonDocument>
#include <algorithm>

using namespace hatstand;
using namespace hatstand::app;
using hatstand::fuzz::must;

namespace {

/// What a server makes of an object, and a client of another.
void understood(const QJsonObject& object)
{
    const Request request = Request::fromJson(object);
    const QJsonObject again = request.toJson();
    const Request second = Request::fromJson(again);
    must(second.toJson() == again);
    // A limit to one account is neither lost on the way nor made up.
    must(second.scope == request.scope);
    must(
        request.scope.isEmpty() || object.value(QLatin1StringView("command")) == QLatin1StringView("scoped"));
    (void)request.readsInput();
    (void)request.readsPassphrases();

    const Error error = protocol::errorFromJson(object);
    must(protocol::errorFromJson(protocol::toJson(error)) == error);
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (const auto which = protocol::passphraseFromName(it.value().toString()))
            must(protocol::name(*which) == it.value().toString());
    }
}

void taken(const Frame& frame)
{
    must(frame.payload.size() <= kFrameLimit);
    const SecretBuffer encoded = frame.encoded();
    must(encoded.size() == kFrameHead + frame.payload.size());
    if (const auto object = frame.object()) {
        must(frame.type == Frame::Type::Json);
        understood(*object);
    }
}

/// The bytes as they come, cut into pieces of the first one's size.
void stream(Bytes input)
{
    if (input.empty())
        return;
    const std::size_t piece = std::size_t{input[0]} + 1;
    input = input.subspan(1);
    FrameReader reader;
    while (!input.empty()) {
        const MutableBytes space = reader.space();
        must(!space.empty());
        const std::size_t count = std::min({space.size(), input.size(), piece});
        std::copy_n(input.begin(), count, space.begin());
        input = input.subspan(count);
        auto frame = reader.took(count);
        if (!frame)
            return; // the connection is closed
        if (*frame)
            taken(**frame);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes input(data, size);
    stream(input);
    taken({Frame::Type::Json, SecretBuffer::copyOf(input)}); // past the head, which a fuzzer hardly guesses
    return 0;
}
