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
class ChainAccounts;
} // namespace accounts
namespace antelope {
class Chains;
}
namespace chain {
class ChainClient;
class ChainRegistry;
} // namespace chain
namespace links {
class LinkHost;
class LinkStore;
struct LinkNet;
} // namespace links
namespace requests {
class ChainRequests;
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

namespace hatstand::app {

class Person;

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
    chain::ChainRegistry& chainRegistry;
    const antelope::Chains& chains; ///< the registry's
    chain::ChainClient& chainClient;
    accounts::ChainAccounts& chainAccounts;
    requests::ChainRequests& requests;
    Random& random;
    const Clock& clock;
    QThreadPool& pool;
    /// Calls back once states are as known as they will be, or the limit has passed: a vault may not answer
    /// at all.
    std::function<void(std::chrono::milliseconds limit, std::function<void()> then)> whenSettled;
    QString home = {}; ///< the folder of a profile of its own, absolute; else empty
    Person* person = nullptr; ///< at the window of this instance; null in a process without one
    QString pictureFolder = {}; ///< where accounts' pictures are kept, absolute; made by who puts one there
    links::LinkStore* links = nullptr; ///< apps that keep a channel; null in tests that have none
    links::LinkHost* linkHost = nullptr;
    const links::LinkNet* linkNet = nullptr;
};

} // namespace hatstand::app
