// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Error.h"

#include <optional>

namespace hatstand::app {

// Errors between two processes that may be of different versions go by name; a number would mean another
// error there.

[[nodiscard]] QLatin1StringView name(Why why);
[[nodiscard]] Why whyFromName(const QString& name); ///< Unsaid for one that this version does not know
[[nodiscard]] std::optional<ErrorCode> errorCodeFromName(const QString& name);

} // namespace hatstand::app
