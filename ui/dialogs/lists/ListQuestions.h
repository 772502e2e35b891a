// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/edits/EditQuestion.h"

namespace hatstand::ui {

/// What is asked before a list is changed. name: of the one it is about, as the list shows it.

[[nodiscard]] EditQuestion followQuestion(
    const nostr::PublicKey& who, const QString& relay, const QString& petname);
[[nodiscard]] EditQuestion unfollowQuestion(const nostr::PublicKey& who, const QString& name);
[[nodiscard]] EditQuestion muteQuestion(const nostr::Muted& muted);
[[nodiscard]] EditQuestion unmuteQuestion(const nostr::Muted& muted, const QString& name);
/// kind: nostr::kFollowsKind or kMutesKind.
[[nodiscard]] EditQuestion undoQuestion(int kind);

/// "npub1…" in full, "#hashtag", a word in quotes, "note1…".
[[nodiscard]] QString mutedText(const nostr::Muted& muted);

} // namespace hatstand::ui
