// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QWidget>

namespace hatstand::session {
class SessionManager;
}

namespace hatstand::ui {

class AvatarLabel;
struct UiContext;

/// Its picture, as in every other view, also one that arrives later.
[[nodiscard]] AvatarLabel* accountAvatar(const UiContext& context, const session::SessionId& id, int size);

/// Avatar 56 beside a title and one line: what every dialog about one account begins with. Without a text the
/// line says short id and network.
[[nodiscard]] QWidget* accountHead(
    const UiContext& context, const session::SessionId& id, const QString& title, const QString& text = {});

/// It can't be used until something is repaired or unlocked: its picture is pale everywhere.
[[nodiscard]] bool isFaded(const session::Session& session);

/// "Mira Okafor", or the short id.
[[nodiscard]] QString nameOf(const session::SessionManager& sessions, const session::SessionId& id);

} // namespace hatstand::ui
