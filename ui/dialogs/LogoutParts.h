// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"

class QWidget;

namespace hatstand::ui {

struct UiContext;

/// Whether a secret of it rests here: not watch-only, and not known to be missing.
[[nodiscard]] bool holdsKey(const session::Session& session);
/// The lines of what goes and what stays. vault: "the system keychain"; now: a never-exported key does not
/// rest first.
[[nodiscard]] QWidget* consequencesOf(const session::Session& session, const QString& vault, bool now);
/// Every account with the state of its key, rows 48, scrolling after 8.
[[nodiscard]] QWidget* accountList(const UiContext& context, const QList<session::SessionId>& ids);
/// For whoever helps: the error's name and its detail, which never holds a secret.
[[nodiscard]] QString technicalDetails(const Error& error);

} // namespace hatstand::ui
