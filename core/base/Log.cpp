// SPDX-License-Identifier: MIT
#include "core/base/Log.h"

namespace hatstand {

Q_LOGGING_CATEGORY(lcSession, "hatstand.session", QtInfoMsg)
Q_LOGGING_CATEGORY(lcVault, "hatstand.vault", QtInfoMsg)
Q_LOGGING_CATEGORY(lcControl, "hatstand.control", QtInfoMsg)
Q_LOGGING_CATEGORY(lcDesktop, "hatstand.desktop", QtInfoMsg)
Q_LOGGING_CATEGORY(lcFiles, "hatstand.files", QtInfoMsg)
Q_LOGGING_CATEGORY(lcCache, "hatstand.cache", QtInfoMsg)

} // namespace hatstand
