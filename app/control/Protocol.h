// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Console.h"

#include <QJsonObject>
#include <optional>

namespace hatstand::app::protocol {

// Client to server: {"command","options","arguments"} once; then an answer to each question, which is a
// secret frame or
// {"ok":true} or {"error":{…}}. Server to client: {"more":true,"out"|"err":text}, {"more":true,"ask":what,…},
// where the question "deliver" is followed by a secret frame; at last {"more":false,"exit":n}.

[[nodiscard]] QJsonObject toJson(const Error& error);
[[nodiscard]] Error errorFromJson(const QJsonObject& object);
/// The commands that only a running instance takes, sent by a second start.
constexpr QLatin1StringView kShowWindow("show-window");

[[nodiscard]] QString name(Console::Passphrase which);
[[nodiscard]] std::optional<Console::Passphrase> passphraseFromName(const QString& name);

} // namespace hatstand::app::protocol
