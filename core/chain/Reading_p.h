// SPDX-License-Identifier: MIT
// What the readers of nodes' answers share.
#pragma once

#include "core/antelope/Name.h"
#include "core/base/Result.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <limits>
#include <optional>

namespace hatstand::chain::reading {

inline tl::unexpected<Error> malformed(QLatin1StringView api)
{
    return refuse(Why::Malformed, QString(api));
}

/// Empty for whatever is no object.
inline QJsonObject object(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

/// A whole number, also one that is written as text.
inline std::optional<qint64> number(const QJsonValue& value, qint64 least, qint64 most)
{
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    bool ok = value.isDouble();
    const qint64 found = value.isString() ? value.toString().toLongLong(&ok) : value.toInteger(none);
    if (!ok || found == none || found < least || found > most)
        return std::nullopt;
    return found;
}

/// Above what 64 bits with a sign hold.
inline bool isBeyondAll(const QJsonValue& value)
{
    constexpr double most = 9.2e18;
    bool ok = value.isDouble();
    const double found = value.isString() ? value.toString().toDouble(&ok) : value.toDouble();
    return ok && found > most;
}

inline std::optional<QString> name(const QJsonValue& value)
{
    const auto parsed = antelope::Name::parse(value.toString());
    return parsed ? std::optional<QString>(parsed->text()) : std::nullopt;
}

inline bool isHex64(const QString& text)
{
    return text.size() == 64 && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

} // namespace hatstand::chain::reading
