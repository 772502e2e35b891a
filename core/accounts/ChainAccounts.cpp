// SPDX-License-Identifier: MIT
#include "core/accounts/ChainAccounts.h"

#include "core/accounts/ChainAccounts_p.h"
#include "core/accounts/NetSetup.h"
#include "core/base/Settings.h"
#include "core/chain/ChainRegistry.h"

namespace hatstand::accounts {
namespace {

using namespace std::chrono_literals;
using session::SessionId;
using session::SessionManager;

constexpr auto kPause = 1500ms; ///< between two that are asked for unasked: one node may hear of both
constexpr auto kSettle = 300ms; ///< whoever is only passed on the way to another account is not asked for
constexpr auto kLook = 20s; ///< for whose time it is
constexpr auto kSaveAfter = 1s;

} // namespace

ChainAccounts::ChainAccounts(SessionManager& sessions, chain::ChainClient& client,
    const chain::ChainRegistry& registry, Settings& settings, const Clock& clock, const QString& cacheFile,
    QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, sessions, client, settings, clock, cacheFile))
{
    d->pause.setSingleShot(true);
    d->pause.setInterval(kPause);
    d->settled.setSingleShot(true);
    d->settled.setInterval(kSettle);
    d->looking.setInterval(kLook);
    d->saving.setSingleShot(true);
    d->saving.setInterval(kSaveAfter);
    connect(&d->pause, &QTimer::timeout, this, [this] { d->beginIdle(); });
    connect(&d->looking, &QTimer::timeout, this, [this] { d->look(); });
    connect(&d->saving, &QTimer::timeout, this, [this] { d->save(); });
    connect(&d->settled, &QTimer::timeout, this, [this] {
        if (const SessionId active = d->sessions.active(); isAntelope(active))
            d->begin(active, false);
    });
    connect(
        &sessions, &SessionManager::sessionRemoved, this, [this](const SessionId& id) { d->removed(id); });
    connect(&sessions, &SessionManager::sessionChanged, this,
        [this](const SessionId& id) { d->sessionChanged(id); });
    connect(&sessions, &SessionManager::sessionAdded, this, [this](const SessionId& id) {
        if (d->isStarted && isAntelope(id) && !d->isHidden(id))
            d->begin(id, false);
    });
    connect(&sessions, &SessionManager::activeChanged, this, [this] {
        d->leaveHidden();
        if (d->isStarted)
            d->settled.start();
    });
    connect(&registry, &chain::ChainRegistry::changed, this, [this](const QString& chainId) {
        const auto all = d->ids();
        for (const SessionId& id : all) {
            if (d->isStarted && id.chain() == chainId && !d->isHidden(id))
                d->queueIdle(id);
        }
    });
    client.setPolicy(netPolicy(settings));
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (isNetSetting(key))
            d->client.setPolicy(netPolicy(d->settings));
    });
}

ChainAccounts::~ChainAccounts()
{
    if (d->saving.isActive())
        d->save();
}

void ChainAccounts::load()
{
    d->load();
}

void ChainAccounts::start()
{
    if (std::exchange(d->isStarted, true))
        return;
    d->looking.start();
    d->look();
}

bool ChainAccounts::isStarted() const
{
    return d->isStarted;
}

const ChainSummary& ChainAccounts::summary(const SessionId& id) const
{
    const auto found = d->summaries.constFind(id);
    return found == d->summaries.cend() ? d->nothing : *found;
}

void ChainAccounts::refresh(const SessionId& id, const Callback<void>& done)
{
    const bool isThere = d->sessions.find(id);
    if (!isThere || !isAntelope(id)) {
        if (done)
            done(isThere ? Result<void>(refuse(Why::WrongNetwork)) : fail(ErrorCode::NotFound));
        return;
    }
    if (done)
        d->waiting.insert(id.text(), done);
    d->begin(id, true);
}

void ChainAccounts::refreshAll(Callback<void> done)
{
    struct Count
    {
        qsizetype left = 0;
        bool isReached = false;
    };
    QList<SessionId> all = d->ids();
    all.removeIf([this](const SessionId& id) { return d->isHidden(id); });
    const auto count = std::make_shared<Count>(Count{.left = all.size()});
    if (all.isEmpty()) {
        if (done)
            done({});
        return;
    }
    for (const SessionId& id : std::as_const(all)) {
        d->waiting.insert(id.text(), [count, done](const Result<void>& result) {
            // That an account is not there is an answer, too.
            count->isReached = count->isReached || result || result.error().code == ErrorCode::NotFound;
            if (--count->left == 0 && done)
                done(count->isReached ? Result<void>() : fail(ErrorCode::Network));
        });
        if (!d->running.contains(id) && !d->wanted.contains(id))
            d->wanted += id;
    }
    d->beginWanted();
}

} // namespace hatstand::accounts
