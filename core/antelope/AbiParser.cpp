// SPDX-License-Identifier: MIT
#include "core/antelope/AbiTypes_p.h"

#include "core/codec/Packing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QQueue>
#include <algorithm>
#include <array>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype kLargest = qsizetype{1024} * 1024; ///< bytes; the largest in use are a tenth of it
constexpr qsizetype kLongestName = 256; ///< of a type; suffixes count
constexpr qsizetype kMostTypes = 20'000; ///< the built-in ones and those with suffixes too
constexpr qsizetype kMostFields = 1000;
const QString kWhat = u"ABI"_s;

struct BuiltinName
{
    QLatin1StringView name;
    Builtin type;
};
constexpr std::array kBuiltins{
    BuiltinName{"bool"_L1, Builtin::Bool},
    BuiltinName{"int8"_L1, Builtin::Int8},
    BuiltinName{"uint8"_L1, Builtin::Uint8},
    BuiltinName{"int16"_L1, Builtin::Int16},
    BuiltinName{"uint16"_L1, Builtin::Uint16},
    BuiltinName{"int32"_L1, Builtin::Int32},
    BuiltinName{"uint32"_L1, Builtin::Uint32},
    BuiltinName{"int64"_L1, Builtin::Int64},
    BuiltinName{"uint64"_L1, Builtin::Uint64},
    BuiltinName{"int128"_L1, Builtin::Int128},
    BuiltinName{"uint128"_L1, Builtin::Uint128},
    BuiltinName{"varint32"_L1, Builtin::Varint32},
    BuiltinName{"varuint32"_L1, Builtin::Varuint32},
    BuiltinName{"float32"_L1, Builtin::Float32},
    BuiltinName{"float64"_L1, Builtin::Float64},
    BuiltinName{"float128"_L1, Builtin::Float128},
    BuiltinName{"time_point"_L1, Builtin::TimePoint},
    BuiltinName{"time_point_sec"_L1, Builtin::TimePointSec},
    BuiltinName{"block_timestamp_type"_L1, Builtin::BlockTimestamp},
    BuiltinName{"name"_L1, Builtin::Name},
    BuiltinName{"bytes"_L1, Builtin::Bytes},
    BuiltinName{"string"_L1, Builtin::String},
    BuiltinName{"checksum160"_L1, Builtin::Checksum160},
    BuiltinName{"checksum256"_L1, Builtin::Checksum256},
    BuiltinName{"checksum512"_L1, Builtin::Checksum512},
    BuiltinName{"public_key"_L1, Builtin::PublicKey},
    BuiltinName{"signature"_L1, Builtin::Signature},
    BuiltinName{"symbol"_L1, Builtin::Symbol},
    BuiltinName{"symbol_code"_L1, Builtin::SymbolCode},
    BuiltinName{"asset"_L1, Builtin::Asset},
    BuiltinName{"extended_asset"_L1, Builtin::ExtendedAsset},
};

struct Suffix
{
    QLatin1StringView text;
    AbiType::Kind kind;
};
constexpr std::array kSuffixes{Suffix{"$"_L1, AbiType::Kind::Extension},
    Suffix{"?"_L1, AbiType::Kind::Optional}, Suffix{"[]"_L1, AbiType::Kind::Array}};

/// A definition as it is written: a struct's fields by type name, an alias' target, a variant's types.
struct Definition
{
    AbiType::Kind kind = AbiType::Kind::Unknown;
    QString inner = {};
    QList<QPair<QString, QString>> parts = {}; ///< name, type
};

struct Definitions
{
    QHash<QString, Definition> types;
    QList<QPair<Name, QString>> actions;
    bool hasTwins = false;

    void add(const QString& name, const Definition& definition)
    {
        hasTwins = hasTwins || types.contains(name);
        types.insert(name, definition);
    }
};

Definitions readPacked(codec::Unpacker& in)
{
    Definitions all;
    for (quint32 left = in.count(2); left > 0 && !in.failed(); --left) {
        const QString name = in.string();
        all.add(name, {AbiType::Kind::Alias, in.string()});
    }
    for (quint32 left = in.count(3); left > 0 && !in.failed(); --left) {
        const QString name = in.string();
        Definition made{AbiType::Kind::Struct, in.string()};
        for (quint32 fields = in.count(2); fields > 0 && !in.failed(); --fields) {
            const QString field = in.string();
            made.parts.append({field, in.string()});
        }
        all.add(name, made);
    }
    for (quint32 left = in.count(10); left > 0 && !in.failed(); --left) {
        const Name name = Name::fromValue(in.u64());
        all.actions.append({name, in.string()});
        (void)in.sized(); // its contract in prose
    }
    for (quint32 left = in.count(12); left > 0 && !in.failed(); --left) { // tables
        (void)in.u64();
        (void)in.sized();
        for (int lists = 0; lists < 2; ++lists) {
            for (quint32 keys = in.count(); keys > 0 && !in.failed(); --keys)
                (void)in.sized();
        }
        (void)in.sized();
    }
    for (quint32 left = in.count(2); left > 0 && !in.failed(); --left) { // clauses in prose
        (void)in.sized();
        (void)in.sized();
    }
    for (quint32 left = in.count(9); left > 0 && !in.failed(); --left) { // error messages
        (void)in.u64();
        (void)in.sized();
    }
    for (quint32 left = in.count(3); left > 0 && !in.failed(); --left) { // extensions
        (void)in.u16();
        (void)in.sized();
    }
    if (in.atEnd()) // from before there were variants
        return all;
    for (quint32 left = in.count(2); left > 0 && !in.failed(); --left) {
        const QString name = in.string();
        Definition made{AbiType::Kind::Variant};
        for (quint32 types = in.count(); types > 0 && !in.failed(); --types) {
            const QString type = in.string();
            made.parts.append({type, type});
        }
        all.add(name, made);
    }
    return all;
}

/// Missing sections are empty ones. nullopt for what is no ABI.
std::optional<Definitions> readJson(const QJsonObject& abi)
{
    Definitions all;
    const QJsonArray types = abi["types"_L1].toArray();
    for (const auto& each : types)
        all.add(each["new_type_name"_L1].toString(), {AbiType::Kind::Alias, each["type"_L1].toString()});
    const QJsonArray structs = abi["structs"_L1].toArray();
    for (const auto& each : structs) {
        Definition made{AbiType::Kind::Struct, each["base"_L1].toString()};
        const QJsonArray fields = each["fields"_L1].toArray();
        for (const auto& field : fields)
            made.parts.append({field["name"_L1].toString(), field["type"_L1].toString()});
        all.add(each["name"_L1].toString(), made);
    }
    const QJsonArray variants = abi["variants"_L1].toArray();
    for (const auto& each : variants) {
        Definition made{AbiType::Kind::Variant};
        const QJsonArray options = each["types"_L1].toArray();
        for (const auto& type : options)
            made.parts.append({type.toString(), type.toString()});
        all.add(each["name"_L1].toString(), made);
    }
    const QJsonArray actions = abi["actions"_L1].toArray();
    for (const auto& each : actions) {
        const auto name = Name::parse(each["name"_L1].toString());
        if (!name)
            return std::nullopt;
        all.actions.append({*name, each["type"_L1].toString()});
    }
    return all;
}

} // namespace

/// From names to numbers: each type once, however often it is named.
class AbiParser
{
public:
    explicit AbiParser(const Definitions& definitions)
        : m_definitions(definitions)
    {
    }

    Result<Abi> parse()
    {
        for (const BuiltinName& builtin : kBuiltins)
            number(QString(builtin.name));
        for (auto it = m_definitions.types.cbegin(); it != m_definitions.types.cend(); ++it)
            number(it.key());
        for (const auto& [name, type] : m_definitions.actions) {
            number(type);
            m_types->actions.insert(name.value(), type);
        }
        while (
            !m_waiting.isEmpty() && m_types->all.size() <= kMostTypes) // by no recursion: an ABI may be deep
            resolve(m_waiting.dequeue());
        if (m_types->all.size() > kMostTypes || hasLargeStruct())
            return refuse(Why::TooLarge, kWhat);
        if (m_definitions.hasTwins || m_definitions.types.contains(QString()) || m_hasLongName)
            return refuse(Why::Malformed, kWhat);
        return Abi(std::move(m_types));
    }

private:
    int number(const QString& name)
    {
        const auto known = m_types->byName.constFind(name);
        if (known != m_types->byName.cend())
            return *known;
        m_hasLongName = m_hasLongName || name.size() > kLongestName;
        const int next = static_cast<int>(m_types->all.size());
        m_types->all.append({name});
        m_types->byName.insert(name, next);
        m_waiting.enqueue(next);
        return next;
    }

    void resolve(int at)
    {
        AbiType type = m_types->all[at];
        const auto builtin = std::find_if(kBuiltins.begin(), kBuiltins.end(),
            [&](const BuiltinName& each) { return each.name == type.name; });
        const auto suffix = std::find_if(kSuffixes.begin(), kSuffixes.end(),
            [&](const Suffix& each) { return type.name.endsWith(each.text); });
        const auto defined = m_definitions.types.constFind(type.name);
        if (builtin != kBuiltins.end()) { // not to be had under another meaning
            type.kind = AbiType::Kind::Builtin;
            type.builtin = builtin->type;
        } else if (suffix != kSuffixes.end()) {
            type.kind = suffix->kind;
            type.inner = number(type.name.chopped(suffix->text.size()));
        } else if (defined != m_definitions.types.cend()) {
            type.kind = defined->kind;
            if (!defined->inner.isEmpty())
                type.inner = number(defined->inner);
            else if (type.kind == AbiType::Kind::Alias) // of nothing
                type.kind = AbiType::Kind::Unknown;
            for (const auto& [name, part] : defined->parts)
                type.parts.append({name, number(part)});
        }
        m_types->all[at] = type;
    }

    /// With the fields of its bases: what is done for each field of each value has an end.
    [[nodiscard]] bool hasLargeStruct() const
    {
        return std::any_of(m_types->all.cbegin(), m_types->all.cend(), [this](const AbiType& type) {
            qsizetype fields = type.parts.size();
            int base = type.kind == AbiType::Kind::Struct ? type.inner : -1;
            for (int steps = 0; base >= 0 && steps < Abi::kDeepest; ++steps) {
                fields += m_types->all[base].parts.size();
                base = m_types->all[base].inner;
            }
            return fields > kMostFields;
        });
    }

    const Definitions& m_definitions;
    std::shared_ptr<Abi::Types> m_types = std::make_shared<Abi::Types>();
    QQueue<int> m_waiting;
    bool m_hasLongName = false;
};

Result<Abi> Abi::fromJson(const QByteArray& json)
{
    if (json.size() > kLargest)
        return refuse(Why::TooLarge, kWhat, json.size(), kLargest);
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const bool isAbi = document.object()["version"_L1].toString().startsWith("eosio::abi/1."_L1);
    const auto read = isAbi ? readJson(document.object()) : std::nullopt;
    if (!read)
        return refuse(Why::Malformed, kWhat);
    return AbiParser(*read).parse();
}

Result<Abi> Abi::fromBinary(Bytes packed)
{
    if (qsizetype(packed.size()) > kLargest)
        return refuse(Why::TooLarge, kWhat, qint64(packed.size()), kLargest);
    codec::Unpacker in(packed);
    const bool isAbi = in.string().startsWith("eosio::abi/1."_L1);
    const Definitions read = isAbi ? readPacked(in) : Definitions();
    if (!isAbi || in.failed())
        return refuse(Why::Malformed, kWhat);
    return AbiParser(read).parse();
}

} // namespace hatstand::antelope
