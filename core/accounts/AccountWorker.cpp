// SPDX-License-Identifier: MIT
#include "core/accounts/AccountWorker.h"

#include "core/accounts/Nip05.h"
#include "core/base/Log.h"

#include <sys/resource.h>
#include <unistd.h>

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

constexpr int kNice = 5;
constexpr auto kLook = 1min; ///< how often it is looked who is due
constexpr auto kTellEvery
    = 100ms; ///< how relays do: a hostile one can change that hundreds of times a second
constexpr quint32 kLongestPause = 750; ///< ms between the beginnings of two accounts
constexpr quint32 kJitter = 10 * 60; ///< s by which accounts' times differ

} // namespace

AccountWorker::AccountWorker(QString cacheFile, const Clock& clock, Random& random)
    : m_cacheFile(std::move(cacheFile))
    , m_clock(clock)
    , m_random(random)
{
}

AccountWorker::~AccountWorker()
{
    for (const Account& account : std::as_const(m_accounts))
        delete account.relays; // before the store and the reachability that they use
}

void AccountWorker::open()
{
    // What the windows' thread has to do comes first. On Linux this is of the thread alone.
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
    m_cache = std::make_unique<cache::AccountCache>();
    if (const auto opened = m_cache->open(m_cacheFile); !opened) {
        qCWarning(lcCache) << "no cache:" << opened.error().detail;
        // Without a place on disk the data of this run is kept in memory alone.
        (void)m_cache->openInMemory();
    }
    m_store = std::make_unique<AccountStore>(*m_cache);
    m_reachability = net::systemReachability();
    m_fetcher = std::make_unique<net::Fetcher>();
    m_tick = new QTimer(this);
    m_tick->setInterval(kLook);
    connect(m_tick, &QTimer::timeout, this, &AccountWorker::enqueueDue);
    m_tell = new QTimer(this);
    m_tell->setSingleShot(true);
    m_tell->setInterval(kTellEvery);
    connect(m_tell, &QTimer::timeout, this, &AccountWorker::tellRelays);
    m_pause = new QTimer(this);
    m_pause->setSingleShot(true);
    connect(m_pause, &QTimer::timeout, this, &AccountWorker::startNext);
}

void AccountWorker::configure(const Setup& setup)
{
    m_setup = setup;
    m_fetcher->setPolicy(setup.policy);
    const QByteArray live = m_live;
    // Connections of the earlier setting end; what was under way is asked anew.
    for (const QByteArray& pubkey : m_accounts.keys()) {
        if (!m_accounts[pubkey].relays)
            continue;
        drop(pubkey);
        if (m_running.remove(pubkey) || pubkey == live)
            m_queue.prepend(pubkey);
    }
    startNext();
}

void AccountWorker::setAccounts(const QList<QByteArray>& pubkeys)
{
    m_cache->keepOnly(pubkeys);
    for (const QByteArray& pubkey : pubkeys)
        m_accounts[pubkey];
}

void AccountWorker::setPrivate(const QSet<QByteArray>& pubkeys)
{
    const QSet<QByteArray> added = pubkeys - m_private;
    m_private = pubkeys;
    for (const QByteArray& pubkey : added) {
        if (pubkey != m_live)
            stop(pubkey);
    }
}

void AccountWorker::add(const QByteArray& pubkey)
{
    m_accounts[pubkey];
}

void AccountWorker::setPeriodic(bool periodic)
{
    if (!periodic)
        return m_tick->stop();
    m_tick->start();
    enqueueDue();
}

void AccountWorker::setLive(const QByteArray& pubkey)
{
    if (pubkey == m_live)
        return;
    const QByteArray before = std::exchange(m_live, pubkey);
    if (m_private.contains(before)) {
        stop(before);
    } else if (m_accounts.contains(before) && m_accounts[before].relays) {
        m_accounts[before].relays->setLive(isFollowed(before));
        letGo(before);
    }
    if (!m_accounts.contains(pubkey))
        return;
    if (AccountRelays* relays = m_accounts[pubkey].relays)
        relays->setLive(true); // also where it is just being refreshed
    refresh(pubkey);
}

void AccountWorker::remove(const QByteArray& pubkey)
{
    if (m_live == pubkey)
        m_live.clear();
    const bool isWaitedFor = m_queue.removeAll(pubkey) > 0 || m_running.contains(pubkey);
    m_running.remove(pubkey);
    drop(pubkey);
    m_accounts.remove(pubkey);
    m_store->remove(pubkey);
    if (isWaitedFor)
        Q_EMIT refreshed(pubkey, {});
    startNext();
}

void AccountWorker::refresh(const QByteArray& pubkey)
{
    if (m_running.contains(pubkey))
        return;
    if (!m_accounts.contains(pubkey)) {
        Q_EMIT refreshed(pubkey, {});
        return;
    }
    m_queue.removeAll(pubkey);
    m_queue.prepend(pubkey);
    startNext();
}

std::optional<nostr::WireEvent> AccountWorker::newest(const QByteArray& pubkey, int kind) const
{
    return m_cache->event(pubkey, kind);
}

std::optional<nostr::WireEvent> AccountWorker::earlier(const QByteArray& pubkey, int kind) const
{
    return m_cache->earlier(pubkey, kind);
}

bool AccountWorker::takeEdit(const nostr::WireEvent& event, const std::optional<nostr::WireEvent>& base)
{
    const QByteArray pubkey = toQByteArray(event.pubkey).toHex();
    if (!m_accounts.contains(pubkey) || !m_store->takeEdit(event, base))
        return false;
    onTaken(pubkey, event.kind);
    return true;
}

void AccountWorker::takePrivateMutes(
    const QByteArray& pubkey, const ByteArray<32>& listId, const QByteArray& tags)
{
    if (!m_accounts.contains(pubkey) || !m_store->notePrivateMutes(pubkey, listId, tags))
        return;
    tellSummary(pubkey);
    Q_EMIT listsChanged(pubkey);
}

void AccountWorker::startNext()
{
    if (m_queue.isEmpty() || m_running.size() >= kAtOnce || m_pause->isActive())
        return;
    const QByteArray pubkey = m_queue.dequeue();
    m_running.insert(pubkey);
    m_pause->start(int(randomBelow(kLongestPause)));
    AccountRelays& relays = relaysOf(pubkey);
    relays.setLive(isFollowed(pubkey));
    relays.refresh();
    if (relays.isRefreshing())
        tellSummary(pubkey);
}

void AccountWorker::onRefreshed(const QByteArray& pubkey, const AccountRelays::Outcome& outcome)
{
    m_running.remove(pubkey);
    if (outcome.isReached())
        m_store->noteRefreshed(pubkey, m_clock.now());
    m_accounts[pubkey].due
        = m_clock.now().addSecs(std::chrono::seconds(kInterval).count() - kJitter / 2 + randomBelow(kJitter));
    tellSummary(pubkey);
    tellPrivateMutes(pubkey);
    checkNip05(pubkey);
    Q_EMIT relaysChanged(pubkey, relaysOf(pubkey).statuses());
    Q_EMIT refreshed(pubkey, outcome);
    QMetaObject::invokeMethod(
        this, [this, pubkey] { letGo(pubkey); }, Qt::QueuedConnection);
    startNext();
}

void AccountWorker::onTaken(const QByteArray& pubkey, int kind)
{
    tellSummary(pubkey);
    Q_EMIT listsChanged(pubkey);
    if (kind == nostr::kMutesKind)
        tellPrivateMutes(pubkey);
    if (kind == nostr::kProfileKind && !m_running.contains(pubkey))
        checkNip05(pubkey);
}

/// Of a private account that is not active any more: what was under way ends unanswered. What is being
/// published goes on, the person asked for that.
void AccountWorker::stop(const QByteArray& pubkey)
{
    const auto account = m_accounts.find(pubkey);
    if (account == m_accounts.end())
        return;
    if (account->edits > 0)
        return; // the person asked for that; afterwards it is let go
    bool isWaitedFor = m_queue.removeAll(pubkey) > 0;
    if (account->relays)
        account->relays->setLive(false);
    if (account->publishing == 0) {
        isWaitedFor = m_running.remove(pubkey) || isWaitedFor;
        drop(pubkey);
    }
    if (!isWaitedFor)
        return;
    tellSummary(pubkey);
    Q_EMIT refreshed(pubkey, {});
    startNext();
}

void AccountWorker::tellSummary(const QByteArray& pubkey)
{
    AccountSummary summary = m_store->summary(pubkey);
    const AccountRelays* relays = m_accounts.value(pubkey).relays;
    summary.isRefreshing = m_running.contains(pubkey);
    summary.progress = summary.isRefreshing && relays ? relays->progress() : 0;
    Q_EMIT summaryChanged(pubkey, summary);
}

std::optional<AccountWorker::SealedMutes> AccountWorker::sealedMutes(const QByteArray& pubkey) const
{
    if (m_store->hasPrivateMutes(pubkey))
        return {};
    const auto list = m_cache->event(pubkey, nostr::kMutesKind);
    if (!list || !nostr::muteListOf(*list).hasPrivate)
        return {};
    return SealedMutes{list->id, list->content()};
}

void AccountWorker::tellPrivateMutes(const QByteArray& pubkey)
{
    if (const auto sealed = sealedMutes(pubkey))
        Q_EMIT privateMutesFound(pubkey, sealed->listId, sealed->content);
}

void AccountWorker::checkNip05(const QByteArray& pubkey)
{
    const AccountSummary& summary = m_store->summary(pubkey);
    const QString address = summary.profile.nip05;
    if (address.isEmpty())
        return;
    Account& account = m_accounts[pubkey];
    if (account.askedNip05 == address && summary.nip05 == Nip05State::Verified)
        return; // in this run
    account.askedNip05 = address;
    const auto url = nip05Url(address);
    if (!url) {
        m_store->noteNip05(pubkey, address, Nip05State::Refuted);
        return tellSummary(pubkey);
    }
    const net::FetchLimits limits{.bytes = qint64{256} * 1024, .redirects = 0};
    m_fetcher->get(
        *url, circuitOf(pubkey), limits, this, [this, pubkey, address](const Result<QByteArray>& body) {
            if (!m_accounts.contains(pubkey) || (m_private.contains(pubkey) && !isFollowed(pubkey)))
                return;
            const auto answer = body ? parseNip05(*body, address, QString::fromLatin1(pubkey))
                                     : Result<Nip05Answer>(fail(body.error()));
            // What can't be reached now may be right: it stays as it was.
            if (!answer)
                return;
            m_store->noteNip05(pubkey, address, answer->isThis ? Nip05State::Verified : Nip05State::Refuted);
            tellSummary(pubkey);
            if (answer->isThis && !answer->relays.isEmpty() && m_store->relays(pubkey).isEmpty())
                relaysOf(pubkey).askAlso(answer->relays);
        });
}

void AccountWorker::enqueueDue()
{
    const QDateTime now = m_clock.now();
    for (auto account = m_accounts.cbegin(); account != m_accounts.cend(); ++account) {
        const bool mayAsk = account.key() == m_live || !m_private.contains(account.key());
        const bool isDue = mayAsk && (!account->due.isValid() || account->due <= now);
        if (isDue && !m_running.contains(account.key()) && !m_queue.contains(account.key()))
            m_queue.enqueue(account.key());
    }
    startNext();
}

quint32 AccountWorker::randomBelow(quint32 limit)
{
    ByteArray<4> bytes{};
    m_random.fill(bytes);
    return (quint32{bytes[0]} << 24 | quint32{bytes[1]} << 16 | quint32{bytes[2]} << 8 | bytes[3]) % limit;
}

} // namespace hatstand::accounts
