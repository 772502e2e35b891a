// SPDX-License-Identifier: MIT
#pragma once

#include <QThreadPool>

namespace hatstand {
class Clock;
class Random;
class Settings;
namespace accounts {
class AccountDirectory;
class ChainAccounts;
} // namespace accounts
namespace antelope {
class Chains;
}
namespace chain {
class ChainClient;
}
namespace links {
class LinkHost;
class LinkStore;
struct LinkNet;
} // namespace links
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
    accounts::ChainAccounts* chainAccounts = nullptr; ///< null: nor of those on chains
    chain::ChainClient* chainClient = nullptr; ///< null: chains can't be asked
    links::LinkStore* links = nullptr; ///< null: no app keeps a channel, and no Anchor can be used
    links::LinkHost* linkHost = nullptr; ///< null: which of them are connected now is not known
    const links::LinkNet* linkNet = nullptr; ///< null: no Anchor can be used
};

} // namespace hatstand::ui
