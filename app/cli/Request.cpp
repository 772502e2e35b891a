// SPDX-License-Identifier: MIT
#include "app/cli/Request.h"

#include <QJsonArray>

namespace hatstand::app {

using namespace Qt::Literals::StringLiterals;

bool Request::json() const
{
    return has(u"json"_s);
}

QJsonObject Request::toJson() const
{
    QJsonObject values;
    for (auto it = options.cbegin(); it != options.cend(); ++it)
        values.insert(it.key(), it.value());
    return {{u"command"_s, command}, {u"options"_s, values},
        {u"arguments"_s, QJsonArray::fromStringList(arguments)}, {u"canAsk"_s, canAsk}};
}

Request Request::fromJson(const QJsonObject& object)
{
    Request request{.command = object.value("command"_L1).toString()};
    const QJsonObject values = object.value("options"_L1).toObject();
    for (auto it = values.begin(); it != values.end(); ++it)
        request.options.insert(it.key(), it.value().toString());
    const QJsonArray arguments = object.value("arguments"_L1).toArray();
    for (const auto& argument : arguments)
        request.arguments += argument.toString();
    request.canAsk = object.value("canAsk"_L1).toBool(true);
    return request;
}

} // namespace hatstand::app
