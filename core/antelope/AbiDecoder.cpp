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

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kWhat = u"action data"_s;

/// A number that JSON keeps only up to 32 bits is written as text beyond them.
QJsonValue wholeNumber(qint64 value)
{
    constexpr qint64 kMost = 0xffffffff;
    if (value > kMost || value < -kMost)
        return QString::number(value);
    return value;
}

QString floatText(double value)
{
    if (std::isnan(value))
        return u"nan"_s;
    if (std::isinf(value))
        return value < 0 ? u"-inf"_s : u"inf"_s;
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

/// Reads values of one run of data. Every value has a price and the data sets the budget, since types without
/// size, deep ones and long names make more of a byte than a byte.
class AbiDecoder
{
public:
    AbiDecoder(const Abi::Types& types, Bytes data, const Abi::NameSeen& seen)
        : m_types(types)
        , m_in(data)
        , m_seen(seen)
        , m_budget(kBudgetPerByte * qint64(data.size()) + kFreeBudget)
    {
    }

    Result<QJsonValue> decode(int type)
    {
        QJsonValue decoded = value(type, 0);
        if (m_error)
            return fail(*m_error);
        if (const auto whole = m_in.finished(kWhat); !whole)
            return fail(whole.error());
        return decoded;
    }

private:
    static constexpr qint64 kBudgetPerByte = 2;
    static constexpr qint64 kFreeBudget = 4096;
    static constexpr qint64 kPriceOfNothing = 32; ///< of a value that takes no data: a list may have millions
    static constexpr qint64 kNameLettersForOne = 32;

    [[nodiscard]] bool isOver() const { return m_error || m_in.failed(); }
    QJsonValue stop(const Error& error)
    {
        if (!m_error)
            m_error = error;
        return {};
    }
    QJsonValue stop(Why why, const QString& detail = {}) { return stop(refuse(why, detail).value()); }

    QJsonValue value(int type, int depth)
    {
        if (isOver())
            return {};
        if (depth > Abi::kDeepest)
            return stop(Why::TooDeep);
        if (--m_budget < 0)
            return stop(Why::TooLarge);
        const AbiType& at = m_types.all[type];
        switch (at.kind) {
        case AbiType::Kind::Unknown:
            return stop(Why::UnknownType, at.name);
        case AbiType::Kind::Builtin:
            return builtin(at.builtin);
        case AbiType::Kind::Alias:
        case AbiType::Kind::Extension: // absent ones are left out by their struct
            return value(at.inner, depth + 1);
        case AbiType::Kind::Optional:
            return m_in.flag() ? value(at.inner, depth + 1) : QJsonValue();
        case AbiType::Kind::Array:
            return array(at, depth);
        case AbiType::Kind::Struct: {
            const std::size_t before = m_in.at();
            QJsonObject object;
            fill(object, type, depth);
            if (m_in.at() == before)
                m_budget -= kPriceOfNothing;
            return object;
        }
        case AbiType::Kind::Variant:
            return variant(at, depth);
        }
        return {};
    }

    QJsonValue array(const AbiType& at, int depth)
    {
        QJsonArray all;
        for (quint32 left = m_in.count(0); left > 0 && !isOver(); --left)
            all += value(at.inner, depth + 1);
        return all;
    }

    QJsonValue variant(const AbiType& at, int depth)
    {
        const quint8 index = m_in.u8();
        if (index >= at.parts.size())
            m_in.fail();
        if (isOver())
            return {};
        const AbiType::Part& part = at.parts[index];
        m_budget -= part.name.size() / kNameLettersForOne;
        return QJsonArray{part.name, value(part.type, depth + 1)};
    }

    void fill(QJsonObject& object, int type, int depth)
    {
        const AbiType& at = m_types.all[type];
        if (depth > Abi::kDeepest)
            return void(stop(Why::TooDeep));
        if (at.kind == AbiType::Kind::Alias) // a base by another name
            return fill(object, at.inner, depth + 1);
        if (at.kind != AbiType::Kind::Struct)
            return void(stop(Why::UnknownType, at.name));
        if (at.inner >= 0)
            fill(object, at.inner, depth + 1);
        for (const AbiType::Part& field : at.parts) {
            if (isOver())
                return;
            m_budget -= field.name.size() / kNameLettersForOne;
            if (m_in.atEnd() && m_types.all[field.type].kind == AbiType::Kind::Extension) {
                --m_budget;
                continue;
            }
            object.insert(field.name, value(field.type, depth + 1));
        }
    }

    QJsonValue orFail(const std::optional<QString>& text)
    {
        if (!text)
            m_in.fail();
        return text.value_or(QString());
    }

    QString name()
    {
        const std::size_t at = m_in.at();
        const quint64 value = m_in.u64();
        if (m_seen && !m_in.failed())
            m_seen(value, at);
        return Name::fromValue(value).text();
    }

    QJsonValue hex(std::size_t size) { return codec::toHex(m_in.bytes(size)); }

    QJsonValue asset()
    {
        const auto units = static_cast<qint64>(m_in.u64());
        const auto symbol = Symbol::fromValue(m_in.u64());
        return orFail(symbol ? std::optional(Asset{units, *symbol}.text()) : std::nullopt);
    }

    QJsonValue builtin(Builtin type)
    {
        switch (type) {
        case Builtin::Bool:
            return m_in.flag();
        case Builtin::Int8:
            return static_cast<qint8>(m_in.u8());
        case Builtin::Uint8:
            return m_in.u8();
        case Builtin::Int16:
            return static_cast<qint16>(m_in.u16());
        case Builtin::Uint16:
            return m_in.u16();
        case Builtin::Int32:
            return static_cast<qint32>(m_in.u32());
        case Builtin::Uint32:
            return qint64{m_in.u32()};
        case Builtin::Int64:
            return wholeNumber(static_cast<qint64>(m_in.u64()));
        case Builtin::Uint64: {
            const quint64 number = m_in.u64();
            return number >> 32 ? QJsonValue(QString::number(number)) : QJsonValue(qint64(number));
        }
        case Builtin::Int128:
        case Builtin::Uint128:
            return wide(type == Builtin::Int128);
        case Builtin::Varint32: {
            const quint32 zigzag = m_in.varuint32();
            return static_cast<qint32>(zigzag >> 1 ^ (~(zigzag & 1) + 1));
        }
        case Builtin::Varuint32:
            return qint64{m_in.varuint32()};
        case Builtin::Float32:
            return floatText(std::bit_cast<float>(m_in.u32()));
        case Builtin::Float64:
            return floatText(std::bit_cast<double>(m_in.u64()));
        case Builtin::Float128:
            return "0x"_L1 + codec::toHex(m_in.bytes(16));
        case Builtin::TimePoint:
            return orFail(microsecondsText(static_cast<qint64>(m_in.u64())));
        case Builtin::TimePointSec:
            return secondsText(m_in.u32());
        case Builtin::BlockTimestamp:
            return slotText(m_in.u32());
        case Builtin::Name:
            return name();
        case Builtin::Bytes:
            return codec::toHex(m_in.sized());
        case Builtin::String:
            return m_in.string();
        case Builtin::Checksum160:
            return hex(20);
        case Builtin::Checksum256:
            return hex(32);
        case Builtin::Checksum512:
            return hex(64);
        case Builtin::PublicKey:
            return unpackPublicKey(m_in);
        case Builtin::Signature:
            return unpackSignature(m_in);
        case Builtin::Symbol: {
            const auto symbol = Symbol::fromValue(m_in.u64());
            return orFail(symbol ? std::optional(symbol->text()) : std::nullopt);
        }
        case Builtin::SymbolCode:
            return orFail(symbolCodeText(m_in.u64()));
        case Builtin::Asset:
            return asset();
        case Builtin::ExtendedAsset: {
            const QJsonValue quantity = asset();
            return QJsonObject{{u"quantity"_s, quantity}, {u"contract"_s, name()}};
        }
        }
        return {};
    }

    QJsonValue wide(bool isSigned)
    {
        const quint64 low = m_in.u64();
        const quint64 high = m_in.u64();
        const QString text = wideText({low, high}, isSigned);
        bool isSmall = false;
        const qint64 number = text.toLongLong(&isSmall);
        return isSmall ? wholeNumber(number) : QJsonValue(text);
    }

    const Abi::Types& m_types;
    codec::Unpacker m_in;
    const Abi::NameSeen& m_seen;
    qint64 m_budget;
    std::optional<Error> m_error;
};

Result<QJsonValue> Abi::decode(const QString& type, Bytes data, const NameSeen& seen) const
{
    const int found = m_types->find(type);
    if (found < 0)
        return refuse(Why::UnknownType, type);
    return AbiDecoder(*m_types, data, seen).decode(found);
}

} // namespace hatstand::antelope
