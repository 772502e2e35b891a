// SPDX-License-Identifier: MIT
#include "core/antelope/AbiTypes_p.h"

#include "core/antelope/Asset.h"
#include "core/antelope/KeyPacking.h"
#include "core/antelope/Times.h"
#include "core/antelope/WideInt.h"
#include "core/codec/Hex.h"
#include "core/codec/Packing.h"

#include <QJsonArray>
#include <bit>
#include <cmath>
#include <limits>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

/// A whole number that is written as one or as its decimal digits.
std::optional<QString> digitsOf(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    constexpr double kExact = 9007199254740992.0; // 2^53: from here on a double is not what was written
    if (!value.isDouble())
        return std::nullopt;
    const double number = value.toDouble();
    const qint64 whole = value.toInteger(std::numeric_limits<qint64>::min());
    if (whole != std::numeric_limits<qint64>::min())
        return QString::number(whole);
    if (std::trunc(number) != number || std::abs(number) > kExact)
        return std::nullopt;
    return QString::number(qint64(number));
}

std::optional<double> floatOf(const QJsonValue& value)
{
    if (value.isDouble())
        return value.toDouble();
    const QString text = value.toString().toLower();
    if (text == "infinity"_L1 || text == "-infinity"_L1)
        return text.startsWith(u'-') ? -std::numeric_limits<double>::infinity()
                                     : std::numeric_limits<double>::infinity();
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

std::optional<QByteArray> hexOf(const QJsonValue& value)
{
    if (!value.isString())
        return std::nullopt;
    const QByteArray text = value.toString().toLatin1();
    auto bytes = codec::fromHex(std::string_view(text.constData(), std::size_t(text.size())));
    return bytes ? std::optional(*std::move(bytes)) : std::nullopt;
}

} // namespace

class AbiEncoder
{
public:
    explicit AbiEncoder(const Abi::Types& types)
        : m_types(types)
    {
    }

    Result<QByteArray> encode(int type, const QJsonValue& json)
    {
        if (!value(type, json, m_types.all[type].name, 0))
            return fail(*m_error);
        return m_out.take();
    }

private:
    static constexpr qsizetype kUsualSize = 128; ///< bytes

    bool stop(Why why, const QString& detail = {})
    {
        m_error = refuse(why, detail).value();
        return false;
    }

    /// where: the value's path, for the one who has to mend it: "transfer.to".
    bool value(int type, const QJsonValue& json, const QString& where, int depth)
    {
        if (depth > Abi::kDeepest)
            return stop(Why::TooDeep);
        const AbiType& at = m_types.all[type];
        switch (at.kind) {
        case AbiType::Kind::Unknown:
            return stop(Why::UnknownType, at.name);
        case AbiType::Kind::Builtin:
            return builtin(at.builtin, json) || stop(Why::Malformed, where);
        case AbiType::Kind::Alias:
        case AbiType::Kind::Extension:
            return value(at.inner, json, where, depth + 1);
        case AbiType::Kind::Optional: {
            const bool isThere = !json.isNull() && !json.isUndefined();
            m_out.flag(isThere);
            return !isThere || value(at.inner, json, where, depth + 1);
        }
        case AbiType::Kind::Array:
            return array(at, json, where, depth);
        case AbiType::Kind::Struct:
            return object(type, json, where, depth);
        case AbiType::Kind::Variant:
            return variant(at, json, where, depth);
        }
        return false;
    }

    bool array(const AbiType& at, const QJsonValue& json, const QString& where, int depth)
    {
        if (!json.isArray())
            return stop(Why::Malformed, where);
        const QJsonArray all = json.toArray();
        m_out.varuint32(static_cast<quint32>(all.size()));
        for (const auto& each : all) {
            if (!value(at.inner, each, where, depth + 1))
                return false;
        }
        return true;
    }

    bool object(int type, const QJsonValue& json, const QString& where, int depth)
    {
        const auto known = m_types.fields(type);
        if (!json.isObject() || !known)
            return stop(known ? Why::Malformed : Why::TooDeep, where);
        const QList<AbiType::Part>& fields = *known;
        const QJsonObject object = json.toObject();
        // What the type does not have would be signed without being there.
        for (auto it = object.begin(); it != object.end(); ++it) {
            const bool isKnown = std::any_of(fields.cbegin(), fields.cend(),
                [&](const AbiType::Part& field) { return field.name == it.key(); });
            if (!isKnown)
                return stop(Why::Malformed, where + u'.' + it.key());
        }
        bool hasEnded = false;
        for (const AbiType::Part& field : fields) {
            const QString inside = where + u'.' + field.name;
            const QJsonValue part = object.value(field.name);
            const bool isExtension = m_types.all[field.type].kind == AbiType::Kind::Extension;
            if (isExtension && part.isUndefined()) {
                hasEnded = true;
                continue;
            }
            if (hasEnded || (part.isUndefined() && !isOptional(field.type)))
                return stop(Why::Malformed, inside);
            if (!value(field.type, part, inside, depth + 1))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool isOptional(int type) const
    {
        const int plain = m_types.plain(type);
        return plain >= 0 && m_types.all[plain].kind == AbiType::Kind::Optional;
    }

    bool variant(const AbiType& at, const QJsonValue& json, const QString& where, int depth)
    {
        const QJsonArray pair = json.toArray();
        if (pair.size() != 2)
            return stop(Why::Malformed, where);
        for (qsizetype i = 0; i < at.parts.size() && i < 256; ++i) {
            if (at.parts[i].name == pair[0].toString()) {
                m_out.u8(static_cast<quint8>(i));
                return value(at.parts[i].type, pair[1], where, depth + 1);
            }
        }
        return stop(Why::UnknownType, pair[0].toString());
    }

    template <class T>
    bool whole(const QJsonValue& json)
    {
        const auto digits = digitsOf(json);
        const auto wide = digits ? parseWide(*digits, std::is_signed_v<T>) : std::nullopt;
        if (!wide)
            return false;
        const auto number = static_cast<T>(wide->low);
        const quint64 above = std::is_signed_v<T> && number < 0 ? ~quint64{0} : 0;
        const auto back = std::is_signed_v<T> ? static_cast<quint64>(static_cast<qint64>(number))
                                              : static_cast<quint64>(number);
        if (wide->high != above || wide->low != back)
            return false;
        if constexpr (sizeof(T) == 1)
            m_out.u8(static_cast<quint8>(number));
        else if constexpr (sizeof(T) == 2)
            m_out.u16(static_cast<quint16>(number));
        else if constexpr (sizeof(T) == 4)
            m_out.u32(static_cast<quint32>(number));
        else
            m_out.u64(static_cast<quint64>(number));
        return true;
    }

    bool wide(const QJsonValue& json, bool isSigned)
    {
        const auto digits = digitsOf(json);
        const auto number = digits ? parseWide(*digits, isSigned) : std::nullopt;
        if (number)
            m_out.u64(number->low).u64(number->high);
        return number.has_value();
    }

    /// As many bits as a uint32 or int32 has, in fewer bytes where that will do.
    bool varint(const QJsonValue& json, bool isSigned)
    {
        const auto digits = digitsOf(json);
        bool ok = false;
        const qint64 number = digits ? digits->toLongLong(&ok) : 0;
        const qint64 least = isSigned ? std::numeric_limits<qint32>::min() : 0;
        const qint64 most
            = isSigned ? std::numeric_limits<qint32>::max() : std::numeric_limits<quint32>::max();
        if (!ok || number < least || number > most)
            return false;
        const auto plain = static_cast<quint32>(number);
        m_out.varuint32(isSigned ? plain << 1 ^ (number < 0 ? 0xffffffff : 0) : plain);
        return true;
    }

    bool fixedHex(const QJsonValue& json, qsizetype size, qsizetype prefix = 0)
    {
        const QString text = json.toString();
        const auto bytes
            = hexOf(prefix > 0 && text.startsWith("0x"_L1) ? QJsonValue(text.mid(prefix)) : json);
        if (!bytes || bytes->size() != size)
            return false;
        m_out.bytes(bytesOf(*bytes));
        return true;
    }

    bool name(const QJsonValue& json)
    {
        if (!json.isString())
            return false;
        const QString text = json.toString();
        const auto name = text.isEmpty() ? Result<Name>(Name::fromValue(0)) : Name::parse(text);
        if (name)
            m_out.u64(name->value());
        return name.has_value();
    }

    bool asset(const QJsonValue& json)
    {
        const auto asset = Asset::parse(json.toString());
        if (asset)
            m_out.u64(static_cast<quint64>(asset->units)).u64(asset->symbol.value());
        return asset.has_value();
    }

    bool time(Builtin type, const QString& text)
    {
        if (type == Builtin::TimePoint) {
            const auto microseconds = parseTime(text);
            if (microseconds)
                m_out.u64(static_cast<quint64>(*microseconds));
            return microseconds.has_value();
        }
        const auto count = type == Builtin::TimePointSec ? parseSeconds(text) : parseSlot(text);
        if (count)
            m_out.u32(*count);
        return count.has_value();
    }

    bool floating(const QJsonValue& json, bool isDouble)
    {
        const auto number = floatOf(json);
        if (number && isDouble)
            m_out.u64(std::bit_cast<quint64>(*number));
        else if (number)
            m_out.u32(std::bit_cast<quint32>(static_cast<float>(*number)));
        return number.has_value();
    }

    template <class T>
    bool number64(const std::optional<T>& value)
    {
        if (value)
            m_out.u64(quint64(*value));
        return value.has_value();
    }

    bool builtin(Builtin type, const QJsonValue& json)
    {
        switch (type) {
        case Builtin::Bool: {
            const bool isBit = json.isDouble() && (json.toInteger(-1) == 0 || json.toInteger(-1) == 1);
            m_out.flag(json.isBool() ? json.toBool() : json.toInteger() == 1);
            return json.isBool() || isBit;
        }
        case Builtin::Int8:
            return whole<qint8>(json);
        case Builtin::Uint8:
            return whole<quint8>(json);
        case Builtin::Int16:
            return whole<qint16>(json);
        case Builtin::Uint16:
            return whole<quint16>(json);
        case Builtin::Int32:
            return whole<qint32>(json);
        case Builtin::Uint32:
            return whole<quint32>(json);
        case Builtin::Int64:
            return whole<qint64>(json);
        case Builtin::Uint64:
            return whole<quint64>(json);
        case Builtin::Int128:
        case Builtin::Uint128:
            return wide(json, type == Builtin::Int128);
        case Builtin::Varint32:
        case Builtin::Varuint32:
            return varint(json, type == Builtin::Varint32);
        case Builtin::Float32:
        case Builtin::Float64:
            return floating(json, type == Builtin::Float64);
        case Builtin::Float128:
            return fixedHex(json, 16, 2);
        case Builtin::TimePoint:
        case Builtin::TimePointSec:
        case Builtin::BlockTimestamp:
            return time(type, json.toString());
        case Builtin::Name:
            return name(json);
        case Builtin::Bytes: {
            const auto bytes = hexOf(json);
            m_out.sized(bytes ? bytesOf(*bytes) : Bytes());
            return bytes.has_value();
        }
        case Builtin::String:
            m_out.string(json.toString());
            return json.isString();
        case Builtin::Checksum160:
            return fixedHex(json, 20);
        case Builtin::Checksum256:
            return fixedHex(json, 32);
        case Builtin::Checksum512:
            return fixedHex(json, 64);
        case Builtin::PublicKey:
            return packPublicKey(m_out, json.toString());
        case Builtin::Signature:
            return packSignature(m_out, json.toString());
        case Builtin::Symbol: {
            const auto symbol = Symbol::parse(json.toString());
            return number64(symbol ? std::optional(symbol->value()) : std::nullopt);
        }
        case Builtin::SymbolCode: {
            const bool isEmpty = json.isString() && json.toString().isEmpty();
            return number64(isEmpty ? std::optional(quint64{0}) : symbolCode(json.toString()));
        }
        case Builtin::Asset:
            return asset(json);
        case Builtin::ExtendedAsset:
            return asset(json["quantity"_L1]) && name(json["contract"_L1]);
        }
        return false;
    }

    const Abi::Types& m_types;
    codec::Packer m_out{kUsualSize};
    std::optional<Error> m_error;
};

Result<QByteArray> Abi::encode(const QString& type, const QJsonValue& value) const
{
    const int found = m_types->find(type);
    if (found < 0)
        return refuse(Why::UnknownType, type);
    return AbiEncoder(*m_types).encode(found, value);
}

} // namespace hatstand::antelope
