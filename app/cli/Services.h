// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QThreadPool>
#include <chrono>
#include <functional>

namespace hatstand {
class Clock;
class Random;
class Settings;
namespace accounts {
class AccountDirectory;
}
namespace antelope {
class ChainQuery;
class Chains;
} // namespace antelope
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

namespace hatstand::app {

/// The core's ports, as commands and the bus see them; all owned by the composition root, which outlives
/// them.
struct Services
{
    session::SessionManager& sessions;
    signing::Signer& signer;
    accounts::AccountDirectory& accounts;
    secrets::VaultSlot& vault;
    secrets::VaultSetup& vaultSetup;
    Settings& settings;
    const antelope::Chains& chains;
    antelope::ChainQuery& chainQuery;
    Random& random;
    const Clock& clock;
    QThreadPool& pool;
    /// Calls back once states are as known as they will be, or the limit has passed: a vault may not answer
    /// at all.
    std::function<void(std::chrono::milliseconds limit, std::function<void()> then)> whenSettled;
    QString home = {}; ///< the folder of a profile of its own, absolute; else empty
    QString pictureFolder = {}; ///< where accounts' pictures are kept, absolute; made by who puts one there
};

} // namespace hatstand::app
