// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QJsonObject>
#include <QMap>

namespace hatstand::probe {

using Answer = Result<QJsonObject>;
using Operations = QMap<QString, Answer (*)(const QJsonObject&)>;

/// Data, transactions, signing requests and sealed messages of Antelope chains. Bytes are hex; actions,
/// header and requests are objects of the members' names in core/antelope's headers.
[[nodiscard]] Operations antelopeOperations();

} // namespace hatstand::probe
