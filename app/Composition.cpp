// SPDX-License-Identifier: MIT
#include "app/Composition.h"

#include "app/signer/HelperKeys.h"
#include "app/signer/HelperVault.h"
#include "core/accounts/AccountDirectory.h"
#include "core/accounts/ChainAccounts.h"
#include "core/accounts/NetSetup.h"
#include "core/base/Clock.h"
#include "core/base/Log.h"
#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/cache/PictureFiles.h"
#include "core/chain/ChainClient.h"
#include "core/chain/ChainRegistry.h"
#include "core/links/AnchorSigner.h"
#include "core/links/LinkHost.h"
#include "core/net/Fetcher.h"
#include "core/net/Reachability.h"
#include "core/requests/ChainRequests.h"
#include "core/secrets/KeychainVault.h"
#include "core/secrets/VaultSetup.h"
#include "core/secrets/WrappedVault.h"
#include "core/session/SessionManager.h"
#include "core/session/SessionStore.h"
#include "core/signing/NetworkFamilies.h"
#include "core/signing/OwnKeys.h"
#include "core/signing/Signer.h"
#include "core/signing/StoppableSigner.h"

#include <QTimer>

namespace hatstand::app {
namespace {

using namespace std::chrono_literals;

session::Networks makeNetworks(const antelope::Chains& chains)
{
    std::vector<std::unique_ptr<session::Network>> families;
    families.push_back(signing::makeNostrNetwork());
    families.push_back(signing::makeAntelopeNetwork(chains));
    return session::Networks(std::move(families));
}

/// Whether the store names accounts whose secret lies in a vault.
bool keepsKeys(const session::SessionManager& sessions)
{
    const auto& all = sessions.sessions();
    return !sessions.resting().isEmpty()
        || std::any_of(all.cbegin(), all.cend(),
            [](const session::Session& session) { return session.signer != session::SignerKind::WatchOnly; });
}

} // namespace

/// In the order of who needs whom; gone in the reverse order.
class Composition::Parts
{
public:
    explicit Parts(const Profile& profile)
        : settings(profile.settingsFile())
        , link(profile.signerProgram.isEmpty() ? SignerLink::ownProgram() : profile.signerProgram)
        , keys(link)
        , setup({profile.serviceName(), profile.vaultFile(),
                    [this, profile](auto itself) { return guardedVault(profile, std::move(itself)); }},
              vault, settings, random, pool)
        , registry(profile.chainsFile())
        , networks(makeNetworks(registry.chains()))
        , sessions(store, vault, networks, clock)
        , signer(sessions, vault, keys, clock, registry.chains())
        , stoppable(signer, settings)
        , ownKeys(sessions, vault, keys, settings, clock)
        , accounts({sessions, stoppable, ownKeys, settings, clock, random, profile.accountCacheFile()})
        , chainClient(registry.chains(), clock)
        , chainAccounts(sessions, chainClient, registry, settings, clock, profile.chainCacheFile())
        , requests({sessions, stoppable, chainClient, registry, chainAccounts, fetcher, clock})
        , reachability(net::systemReachability())
        , linkNet{settings, *reachability, random}
        , links(profile.linksFile(), sessions)
        , linkHost({links, sessions, vault, keys, fetcher, linkNet, clock,
              [this](const antelope::EsrRequest& request, const requests::Asking& asking,
                  signing::Approver& approver, signing::PassphraseSource& passphrases,
                  Callback<requests::Outcome> done) {
                  requests.handle(request, asking, approver, passphrases, std::move(done));
              }})
        , anchor({sessions, links, keys, fetcher, linkNet, clock,
              [this](const QString& chainId, const QString& name, const QString& circuit, QObject* context,
                  Callback<chain::ChainAccount> done) {
                  chainClient.account(chainId, name, circuit, context, std::move(done));
              }})
    {
        signer.setRemote(&anchor);
        requests.setLinkKeeper(&linkHost);
        const auto applyPolicy = [this] { fetcher.setPolicy(accounts::netPolicy(settings)); };
        applyPolicy();
        QObject::connect(&settings, &Settings::changed, &fetcher, [applyPolicy](const QString& key) {
            if (accounts::isNetSetting(key))
                applyPolicy();
        });
    }

    /// Secrets are read by the signer process alone; this one asks it.
    std::unique_ptr<secrets::Vault> guardedVault(
        const Profile& profile, std::unique_ptr<secrets::Vault> itself)
    {
        HelperVault::Options options;
        options.service = profile.serviceName();
        if (itself->kind() == secrets::VaultKind::Passphrase)
            options.file = profile.vaultFile();
        else if (auto* keychain = qobject_cast<secrets::KeychainVault*>(itself.get()))
            options.isWrapped = [keychain](auto done) { keychain->has(secrets::kLockKey, std::move(done)); };
        options.triesFile = profile.dataDir + QStringLiteral("/tries");
        options.idleLimit = std::chrono::minutes(settings.value(QStringLiteral("lock.idleMinutes")).toInt());
        return std::make_unique<HelperVault>(std::move(itself), std::move(options), link);
    }

    SystemClock clock;
    SystemRandom random;
    QThreadPool pool;
    Settings settings;
    SignerLink link;
    HelperKeys keys;
    secrets::VaultSlot vault;
    secrets::VaultSetup setup;
    chain::ChainRegistry registry;
    session::Networks networks;
    session::SessionStore store;
    session::SessionManager sessions;
    signing::LocalSigner signer;
    signing::StoppableSigner stoppable;
    signing::OwnKeys ownKeys;
    accounts::AccountDirectory accounts;
    chain::ChainClient chainClient;
    accounts::ChainAccounts chainAccounts;
    net::Fetcher fetcher;
    requests::ChainRequests requests;
    std::unique_ptr<net::Reachability> reachability;
    const links::LinkNet linkNet;
    links::LinkStore links;
    links::LinkHost linkHost;
    links::AnchorSigner anchor;
};

Composition::Composition(const Profile& profile, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_parts(std::make_unique<Parts>(profile))
    , m_services(std::make_unique<Services>(
          Services{m_parts->sessions, m_parts->stoppable, m_parts->accounts, m_parts->vault, m_parts->setup,
              m_parts->settings, m_parts->registry, m_parts->registry.chains(), m_parts->chainClient,
              m_parts->chainAccounts, m_parts->requests, m_parts->random, m_parts->clock, m_parts->pool,
              [this](std::chrono::milliseconds limit, std::function<void()> then) {
                  whenSettled(limit, std::move(then));
              },
              m_profile.home, nullptr, m_profile.pictureFolder(), &m_parts->links, &m_parts->linkHost,
              &m_parts->linkNet}))
{
}

Composition::~Composition() = default;

Result<void> Composition::open()
{
    if (auto opened = m_parts->store.open(m_profile.databaseFile()); !opened)
        return opened;
    if (auto loaded = m_parts->sessions.load(); !loaded)
        return loaded;
    m_parts->setup.open(keepsKeys(m_parts->sessions));
    if (const auto chains = m_parts->registry.load(); !chains)
        qCWarning(lcSession) << "the chains of this profile could not be read:" << name(chains.error().code)
                             << chains.error().detail;
    m_parts->accounts.load();
    m_parts->chainAccounts.load();
    if (const auto links = m_parts->links.load(); !links)
        qCWarning(lcSession) << "the connected apps could not be read:" << name(links.error().code)
                             << links.error().detail;
    // Here, since a command without a desktop logs out too.
    connect(&m_parts->sessions, &session::SessionManager::sessionRemoved, this,
        [files = cache::PictureFiles(m_profile.pictureFolder())](
            const session::SessionId& id) { files.remove(id.identity()); });
    return {};
}

QString Composition::setAside() const
{
    return m_parts->store.setAside();
}

void Composition::setPerson(Person& person)
{
    m_services->person = &person;
}

void Composition::forgetKeys()
{
    m_parts->link.end();
}

void Composition::whenSettled(std::chrono::milliseconds limit, std::function<void()> then)
{
    if (m_settled)
        return then();
    const auto once = std::make_shared<std::function<void()>>(std::move(then));
    const auto goOn = [once] {
        if (auto waiting = std::exchange(*once, {}))
            waiting();
    };
    QTimer::singleShot(limit, this, goOn);
    connect(this, &Composition::settled, this, goOn, Qt::SingleShotConnection);
    if (std::exchange(m_settling, true))
        return;
    m_parts->sessions.settle([this](const Result<void>&) {
        m_settled = true;
        Q_EMIT settled();
    });
}

} // namespace hatstand::app
