// SPDX-License-Identifier: MIT
#include "core/antelope/Abi.h"
#include "core/antelope/Transaction.h"
#include "tests/fuzz/Fuzz.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;
using hatstand::fuzz::must;

namespace {

constexpr qsizetype kMost = 16; ///< of a thing that an input may have thousands of

/// What decodes and can be written again is the same from then on.
void asData(const Abi& abi, const QString& type, Bytes data)
{
    const auto json = abi.decode(type, data);
    if (!json)
        return;
    const auto encoded = abi.encode(type, *json);
    if (!encoded) // a name twice in one struct, say
        return;
    const auto again = abi.decode(type, bytesOf(*encoded));
    must(again && *again == *json);
    must(abi.encode(type, *again) == *encoded);
}

void asType(const Abi& abi, const QString& type)
{
    must(abi.hasType(type) || abi.fieldsOf(type).isEmpty());
    (void)abi.plainType(type);
    for (const QString& field : abi.fieldsOf(type).mid(0, kMost))
        (void)abi.plainType(abi.typeOfField(type, field));
}

/// The data as each of the actions.
void withAbi(const Abi& abi, const QStringList& actions, Bytes data)
{
    for (const QString& action : actions.mid(0, kMost)) {
        const auto name = Name::parse(action);
        const auto type = name ? abi.actionType(*name) : fail(name.error());
        if (!type)
            continue;
        asType(abi, *type);
        asData(abi, *type, data);
    }
}

QStringList actionsIn(const QByteArray& json)
{
    QStringList names;
    const QJsonArray actions = QJsonDocument::fromJson(json).object()["actions"_L1].toArray();
    for (const auto& action : actions)
        names += action["name"_L1].toString();
    return names;
}

} // namespace

/// An ABI as JSON or packed, a zero byte twice, then data.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray input = toQByteArray(Bytes(data, size));
    (void)Abi::fromBinary(bytesOf(input));
    const QByteArray end(2, '\0');
    const qsizetype cut = input.indexOf(end);
    const QByteArray first = cut < 0 ? input : input.left(cut);
    const QByteArray rest = cut < 0 ? QByteArray() : input.mid(cut + end.size());
    if (const auto abi = Abi::fromJson(first))
        withAbi(*abi, actionsIn(first), bytesOf(rest));
    // Packed ones hold zeros: their size stands in front.
    if (size > 2) {
        const std::size_t abiSize = std::min<std::size_t>(data[0] | data[1] << 8, size - 2);
        const Bytes packed = Bytes(data, size).subspan(2, abiSize);
        if (const auto abi = Abi::fromBinary(packed))
            withAbi(*abi, {u"a"_s, u"pay"_s, u"transfer"_s}, Bytes(data, size).subspan(2 + abiSize));
    }
    static const Abi plain = Abi::fromJson(R"({"version":"eosio::abi/1.1"})").value();
    static const QStringList builtins{u"int128"_s, u"uint128[]"_s, u"varint32"_s, u"float32"_s, u"float64"_s,
        u"time_point"_s, u"block_timestamp_type"_s, u"name?"_s, u"string"_s, u"public_key"_s, u"signature"_s,
        u"symbol"_s, u"symbol_code"_s, u"asset"_s, u"extended_asset"_s, u"bytes"_s};
    for (const QString& type : builtins)
        asData(plain, type, bytesOf(rest));
    return 0;
}
