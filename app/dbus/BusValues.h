// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Error.h"

#include <QDBusMessage>
#include <QList>
#include <QVariantMap>

namespace hatstand::app {

using SessionMaps = QList<QVariantMap>; ///< aa{sv}

/// A session's fields as they go over the bus: what is not known is left out, times are x milliseconds.
[[nodiscard]] QVariantMap toBus(const QVariantMap& fields);
/// org.hatstand.Error.NotFound and so on, with the sentence.
[[nodiscard]] QDBusMessage errorReply(const QDBusMessage& call, const Error& error);

} // namespace hatstand::app

Q_DECLARE_METATYPE(hatstand::app::SessionMaps)
