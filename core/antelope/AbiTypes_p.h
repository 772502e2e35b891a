// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Abi.h"

#include <optional>

namespace hatstand::antelope {

enum class Builtin {
    Bool,
    Int8,
    Uint8,
    Int16,
    Uint16,
    Int32,
    Uint32,
    Int64,
    Uint64,
    Int128,
    Uint128,
    Varint32,
    Varuint32,
    Float32,
    Float64,
    Float128,
    TimePoint,
    TimePointSec,
    BlockTimestamp,
    Name,
    Bytes,
    String,
    Checksum160,
    Checksum256,
    Checksum512,
    PublicKey,
    Signature,
    Symbol,
    SymbolCode,
    Asset,
    ExtendedAsset,
};

/// One type of an ABI, with the others it consists of by their numbers.
struct AbiType
{
    enum class Kind { Unknown, Builtin, Alias, Optional, Array, Extension, Struct, Variant };
    struct Part
    {
        QString name; ///< of a field; of a variant's type
        int type = 0;
    };

    QString name;
    Kind kind = Kind::Unknown;
    Builtin builtin = Builtin::Bool;
    int inner = -1; ///< of an alias, optional, array, extension; a struct's base, or -1
    QList<Part> parts = {}; ///< fields, or a variant's types
};

struct Abi::Types
{
    QList<AbiType> all;
    QHash<QString, int> byName;
    QHash<quint64, QString> actions;

    /// -1: no such type, nor one that it could be made of.
    [[nodiscard]] int find(const QString& name) const { return byName.value(name, -1); }
    /// Through aliases; -1 where they lead in a circle.
    [[nodiscard]] int plain(int type) const;
    /// Fields with those of the bases in front; nullopt where bases lead in a circle or to what is no struct.
    [[nodiscard]] std::optional<QList<AbiType::Part>> fields(int type) const;
};

} // namespace hatstand::antelope
