// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Services.h"
#include "core/session/Session.h"

#include <QJsonValue>
#include <QVariantMap>

namespace hatstand::app {

/// The session's fields in the contract's names; times are QDateTime, what is not known is null.
[[nodiscard]] QVariantMap describeSession(const Services& services, const session::Session& session);
[[nodiscard]] QByteArray jsonLines(const QJsonValue& value); ///< indented, with a line end
/// Rows of cells as aligned columns, one row a line.
[[nodiscard]] QString table(const QList<QStringList>& rows);

} // namespace hatstand::app
