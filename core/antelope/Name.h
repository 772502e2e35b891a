// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QString>

namespace hatstand::antelope {

/// An account or permission name: [a-z1-5.]{1,12} and a 13th of [a-j1-5], not ending in a dot, never empty.
/// What the JavaScript libraries coerce is refused: BadName with the text.
class Name
{
public:
    [[nodiscard]] static Result<Name> parse(const QString& text);
    [[nodiscard]] static Name fromValue(quint64 value) { return Name(value); }
    [[nodiscard]] quint64 value() const { return m_value; }
    [[nodiscard]] QString text() const;
    friend bool operator==(const Name&, const Name&) = default;

private:
    explicit Name(quint64 value)
        : m_value(value)
    {
    }
    quint64 m_value = 0;
};

/// actor@permission.
struct PermissionLevel
{
    Name actor;
    Name permission;
    [[nodiscard]] static Result<PermissionLevel> parse(const QString& text);
    [[nodiscard]] QString text() const;
    friend bool operator==(const PermissionLevel&, const PermissionLevel&) = default;
};

} // namespace hatstand::antelope
