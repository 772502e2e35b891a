// SPDX-License-Identifier: MIT
#include "app/cli/Request.h"

#include <QJsonArray>
#include <QSet>

namespace hatstand::app {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString kScoped = u"scoped"_s;

} // namespace

bool Request::json() const
{
    return has(u"json"_s);
}

bool Request::readsInput() const
{
    const bool isDash = argument(0) == "-"_L1;
    return command == "sign-event"_L1
        || (isDash && (command == "sign-request"_L1 || command == "transact"_L1)) || has(u"nsec-stdin"_s)
        || has(u"ncryptsec-stdin"_s) || has(u"key-stdin"_s);
}

QString Request::inputFile() const
{
    return command == "transact"_L1 && argument(0) != "-"_L1 ? argument(0) : QString();
}

bool Request::readsPassphrases() const
{
    if (command.startsWith("add "_L1))
        return !has(u"watch"_s);
    static const QSet<QString> signing{u"sign-event"_s, u"sign-digest"_s, u"sign-request"_s, u"transact"_s,
        u"follow"_s, u"unfollow"_s, u"mute"_s, u"unmute"_s, u"profile set"_s, u"undo"_s};
    if (signing.contains(command))
        return canAsk;
    if (command == "export"_L1)
        return canAsk || has(u"ncryptsec"_s);
    if (command == "logout"_L1)
        return canAsk || has(u"yes"_s);
    return command.startsWith("passphrase "_L1) || command == "untrash"_L1 || command == "unlock"_L1;
}

QJsonObject Request::toJson() const
{
    QJsonObject values;
    for (auto it = options.cbegin(); it != options.cend(); ++it)
        values.insert(it.key(), it.value());
    const QJsonObject plain{{u"command"_s, command}, {u"options"_s, values},
        {u"arguments"_s, QJsonArray::fromStringList(arguments)}, {u"canAsk"_s, canAsk}};
    // A command of its own: an instance that knows nothing of scopes refuses it, instead of doing it without.
    return scope.isEmpty() ? plain
                           : QJsonObject{{u"command"_s, kScoped}, {u"scope"_s, scope}, {u"request"_s, plain}};
}

Request Request::fromJson(const QJsonObject& whole)
{
    const bool isScoped = whole.value("command"_L1) == kScoped;
    const QJsonObject object = isScoped ? whole.value("request"_L1).toObject() : whole;
    Request request{.command = object.value("command"_L1).toString()};
    const QJsonObject values = object.value("options"_L1).toObject();
    for (auto it = values.begin(); it != values.end(); ++it)
        request.options.insert(it.key(), it.value().toString());
    const QJsonArray arguments = object.value("arguments"_L1).toArray();
    for (const auto& argument : arguments)
        request.arguments += argument.toString();
    if (isScoped) {
        request.scope = whole.value("scope"_L1).toString();
        if (request.scope.isEmpty())
            return {};
    }
    request.canAsk = object.value("canAsk"_L1).toBool(true);
    return request;
}

} // namespace hatstand::app
