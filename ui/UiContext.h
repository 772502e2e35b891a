// SPDX-License-Identifier: MIT
#pragma once

#include <QThreadPool>

namespace hatstand {
class Clock;
class Random;
class Settings;
namespace accounts {
class AccountDirectory;
}
namespace antelope {
class Chains;
}
namespace secrets {
class VaultSetup;
class VaultSlot;
} // namespace secrets
namespace session {
class SessionManager;
}
namespace signing {
class Signer;
}
} // namespace hatstand

namespace hatstand::ui {

class GlobalShortcuts;
class SecretClipboard;
class SessionModel;
class ShortcutMap;
class ThemeManager;

/// What windows and dialogs are given: ports and the shared model, all owned by the composition root and
/// outliving them.
struct UiContext
{
    session::SessionManager& sessions;
    SessionModel& model;
    signing::Signer& signer;
    secrets::VaultSlot& vault;
    secrets::VaultSetup& vaultSetup;
    Settings& settings;
    ShortcutMap& shortcuts;
    const antelope::Chains& chains;
    Random& random;
    const Clock& clock;
    QThreadPool& pool;
    SecretClipboard& clipboard;
    GlobalShortcuts* globalShortcuts = nullptr; ///< null: keys work in the windows alone
    accounts::AccountDirectory* accounts = nullptr; ///< null: nothing is known of any account
};

} // namespace hatstand::ui
