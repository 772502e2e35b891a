// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Name.h"
#include "core/base/Bytes.h"

#include <QHash>
#include <QJsonObject>
#include <functional>
#include <memory>

namespace hatstand::antelope {

/// What a contract says of its data: names and shapes of its types and which type each action has (the format
/// eosio::abi/1.x). A value; cheap to copy; safe from any thread.
class Abi
{
public:
    /// As nodes and tools write it. Malformed, TooLarge.
    [[nodiscard]] static Result<Abi> fromJson(const QByteArray& json);
    /// Packed, as chains keep it and get_raw_abi gives it. Malformed, TooLarge. Sections behind the variants
    /// are not read.
    [[nodiscard]] static Result<Abi> fromBinary(Bytes packed);

    /// The type of an action's data. UnknownType with the action's name.
    [[nodiscard]] Result<QString> actionType(Name action) const;
    [[nodiscard]] bool hasType(const QString& type) const;
    /// Names of a struct's fields in their order, its base's first; of what it is an alias for as well. Empty
    /// for what is none.
    [[nodiscard]] QStringList fieldsOf(const QString& type) const;
    /// Type of a field of a struct; empty where there is none of that name.
    [[nodiscard]] QString typeOfField(const QString& type, const QString& field) const;
    /// A type's name without aliases in front: "asset" for the alias "quantity". Suffixes stay.
    [[nodiscard]] QString plainType(const QString& type) const;

    /// Told of each name in the data, and of where its eight bytes begin.
    using NameSeen = std::function<void(quint64 name, std::size_t at)>;
    /// JSON in nodes' form: numbers beyond 32 bits as text, bytes as hex, a variant as [type, value], an
    /// absent optional as null, an absent extension left out. Malformed, TrailingBytes, UnknownType, TooDeep,
    /// TooLarge (more values than data of its size can sensibly mean). Memory is bounded by the data's size.
    [[nodiscard]] Result<QJsonValue> decode(const QString& type, Bytes data, const NameSeen& seen = {}) const;
    /// Malformed (detail: the field that is missing, wrong, or not in the type), UnknownType, TooDeep.
    [[nodiscard]] Result<QByteArray> encode(const QString& type, const QJsonValue& value) const;

    /// How far types may nest, aliases and bases counted.
    static constexpr int kDeepest = 32;

private:
    friend class AbiParser;
    friend class AbiDecoder;
    friend class AbiEncoder;
    struct Types;
    explicit Abi(std::shared_ptr<const Types> types)
        : m_types(std::move(types))
    {
    }

    std::shared_ptr<const Types> m_types;
};

} // namespace hatstand::antelope
