// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Console.h"

#include <QJsonObject>
#include <optional>

namespace hatstand::app::protocol {

// Client to server: {"command","options","arguments"} once; then an answer to each question, which is a
// secret frame or {"ok":true} or {"error":{…}}.
// Server to client: at once {"more":true,"out":""}, which says that the request was taken: who hears nothing
// for 3 s need not wait. Then {"more":true,"out"|"err":text} and {"more":true,"ask":what,…}, where the
// question "deliver" is followed by a secret frame; at last {"more":false,"exit":n}, with "error" where the
// request was not taken and the client is to say why.
// An error is {"code","why","detail","have","want"}, code and why by name.

[[nodiscard]] QJsonObject toJson(const Error& error);
[[nodiscard]] Error errorFromJson(const QJsonObject& object);
/// The commands that only a running instance takes, sent by a second start.
constexpr QLatin1StringView kShowWindow("show-window");
constexpr QLatin1StringView kShowSwitcher("show-switcher");

[[nodiscard]] QString name(Console::Passphrase which);
[[nodiscard]] std::optional<Console::Passphrase> passphraseFromName(const QString& name);

} // namespace hatstand::app::protocol
