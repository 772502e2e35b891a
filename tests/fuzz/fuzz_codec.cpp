// SPDX-License-Identifier: MIT
#include "core/codec/Base58.h"
#include "core/codec/Base64Url.h"
#include "core/codec/Bech32.h"
#include "core/codec/Hex.h"
#include "tests/fuzz/Fuzz.h"

using namespace hatstand;
using namespace hatstand::codec;
using hatstand::fuzz::must;

namespace {

std::string_view view(const QByteArray& text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

/// The input as a text: what is read can be written again, and the secret twin agrees in every case.
template <class Open, class Secret>
void mustAgree(const Result<Open>& open, const Result<Secret>& secret)
{
    must(open.has_value() == secret.has_value());
    if (open)
        must(*open == toQByteArray(secret->view()));
    else
        must(open.error().why == secret.error().why && open.error().have == secret.error().have);
}

void read(std::string_view text)
{
    const QByteArray prefix = bech32Prefix(text);
    const Bech32Form form{prefix.isEmpty() ? std::string_view("npub") : view(prefix), std::nullopt, 5000};
    const auto bech32 = fromBech32(text, form);
    mustAgree(bech32, secretFromBech32(text, form));
    if (bech32)
        must(toBech32(form.prefix, bytesOf(*bech32)).toLatin1()
            == QByteArray(text.data(), qsizetype(text.size())).toLower());

    const auto base58 = fromBase58(text);
    mustAgree(base58, secretFromBase58(text));
    if (base58)
        must(toBase58(bytesOf(*base58)).toStdString() == text);

    mustAgree(fromHex(text), secretFromHex(text));
    if (const auto base64 = fromBase64Url(text))
        must(toBase64Url(bytesOf(*base64)).toStdString() == text);
}

/// The input as data: what is written can be read again.
void write(Bytes data)
{
    const QByteArray expected = toQByteArray(data);
    must(fromBech32(view(toBech32("hat", data).toLatin1()), {"hat", data.size(), 10000}) == expected);
    must(fromBase58(view(toBase58(data).toLatin1())) == expected);
    must(fromBase64Url(view(toBase64Url(data).toLatin1())) == expected);
    must(fromHex(view(toHex(data).toLatin1())) == expected);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes input(data, size);
    read(fuzz::textOf(input));
    write(input.first(std::min<std::size_t>(size, 1024)));
    return 0;
}
