// SPDX-License-Identifier: MIT
#include "core/accounts/AccountStore.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace hatstand::accounts {
namespace {

using namespace Qt::Literals::StringLiterals;

QByteArray keyOf(const nostr::WireEvent& event)
{
    return toQByteArray(event.pubkey).toHex();
}

/// How long a list was, while it is less than half of that. A list that other programs emptied by mistake
/// looks like any other, but for this.
qint64 lostFrom(qint64 size, std::optional<qint64> earlier, qint64 lostBefore, bool isEdit)
{
    const qint64 longest = qMax(earlier.value_or(0), lostBefore);
    return !isEdit && size < longest - size ? longest : 0;
}

nostr::MuteList mutesOf(const nostr::WireEvent& event, const QByteArray& privateTags)
{
    if (!privateTags.isEmpty()) {
        if (auto whole = nostr::muteListOf(event, privateTags))
            return std::move(*whole);
    }
    return nostr::muteListOf(event);
}

QJsonValue orNull(const std::optional<qint64>& number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

std::optional<qint64> numberOf(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

} // namespace

AccountStore::AccountStore(cache::AccountCache& cache)
    : m_cache(cache)
{
    const auto records = cache.summaries();
    for (auto record = records.cbegin(); record != records.cend(); ++record)
        m_summaries.insert(record.key(), decode(record.value()));
}

const AccountSummary& AccountStore::summary(const QByteArray& pubkey) const
{
    static const AccountSummary nothing;
    const auto found = m_summaries.constFind(pubkey);
    return found == m_summaries.cend() ? nothing : *found;
}

AccountLists AccountStore::lists(const QByteArray& pubkey) const
{
    AccountLists lists;
    if (const auto event = m_cache.event(pubkey, nostr::kFollowsKind))
        lists.follows = std::make_shared<nostr::FollowList>(nostr::FollowList::fromEvent(*event));
    if (const auto event = m_cache.event(pubkey, nostr::kMutesKind)) {
        const PrivatePart part = m_private.value(pubkey);
        lists.mutes = std::make_shared<nostr::MuteList>(
            mutesOf(*event, part.listId == event->id ? part.tags : QByteArray()));
    }
    lists.relays = relays(pubkey);
    lists.blockedRelays = blockedRelays(pubkey);
    if (const auto event = m_cache.event(pubkey, nostr::kMessageRelaysKind))
        lists.messageRelays = nostr::relayUrlsOf(*event);
    return lists;
}

QList<nostr::Relay> AccountStore::relays(const QByteArray& pubkey) const
{
    const auto event = m_cache.event(pubkey, nostr::kRelaysKind);
    return event ? nostr::relayListOf(*event) : QList<nostr::Relay>();
}

QStringList AccountStore::blockedRelays(const QByteArray& pubkey) const
{
    const auto event = m_cache.event(pubkey, nostr::kBlockedRelaysKind);
    return event ? nostr::relayUrlsOf(*event) : QStringList();
}

bool AccountStore::take(const nostr::WireEvent& event)
{
    if (!nostr::accountKinds().contains(event.kind) || !m_cache.put(event))
        return false;
    const QByteArray pubkey = keyOf(event);
    AccountSummary summary = this->summary(pubkey);
    if (summary.undoable.removeAll(event.kind) > 0)
        m_cache.removeEarlier(pubkey, event.kind);
    apply(summary, event, false);
    keep(pubkey, summary);
    return true;
}

bool AccountStore::takeEdit(const nostr::WireEvent& event, const std::optional<nostr::WireEvent>& base)
{
    const QByteArray pubkey = keyOf(event);
    if (!m_cache.put(event)) {
        const auto newest = m_cache.event(pubkey, event.kind);
        if (!newest || newest->id != event.id)
            return false;
    }
    if (base)
        m_cache.putEarlier(*base);
    AccountSummary summary = this->summary(pubkey);
    apply(summary, event, true);
    summary.undoable = m_cache.earlierKinds(pubkey);
    keep(pubkey, summary);
    return true;
}

bool AccountStore::notePrivateMutes(
    const QByteArray& pubkey, const ByteArray<32>& listId, const QByteArray& tags)
{
    const auto event = m_cache.event(pubkey, nostr::kMutesKind);
    if (!event || event->id != listId || !nostr::muteListOf(*event, tags))
        return false;
    m_private.insert(pubkey, {listId, tags});
    AccountSummary summary = this->summary(pubkey);
    apply(summary, *event, true);
    keep(pubkey, summary);
    return true;
}

bool AccountStore::hasPrivateMutes(const QByteArray& pubkey) const
{
    const auto part = m_private.constFind(pubkey);
    const auto event = m_cache.event(pubkey, nostr::kMutesKind);
    return part != m_private.cend() && event && event->id == part->listId;
}

void AccountStore::noteRefreshed(const QByteArray& pubkey, const QDateTime& when)
{
    AccountSummary summary = this->summary(pubkey);
    summary.refreshedAt = when;
    keep(pubkey, summary);
}

void AccountStore::noteNip05(const QByteArray& pubkey, const QString& address, Nip05State state)
{
    AccountSummary summary = this->summary(pubkey);
    if (summary.profile.nip05 != address)
        return;
    summary.nip05 = state;
    keep(pubkey, summary);
}

void AccountStore::remove(const QByteArray& pubkey)
{
    m_summaries.remove(pubkey);
    m_private.remove(pubkey);
    m_cache.remove(pubkey);
}

void AccountStore::apply(AccountSummary& summary, const nostr::WireEvent& event, bool isEdit) const
{
    summary.isKnown = true;
    switch (event.kind) {
    case nostr::kProfileKind: {
        const nostr::Profile profile = nostr::profileOf(event);
        if (profile.nip05.isEmpty())
            summary.nip05 = Nip05State::None;
        else if (profile.nip05 != summary.profile.nip05)
            summary.nip05 = Nip05State::Unknown;
        summary.profile = profile;
        break;
    }
    case nostr::kFollowsKind: {
        const qint64 size = nostr::FollowList::fromEvent(event).size();
        summary.followsBefore = lostFrom(size, summary.follows, summary.followsBefore, isEdit);
        summary.follows = size;
        break;
    }
    case nostr::kMutesKind: {
        const PrivatePart part = m_private.value(keyOf(event));
        const nostr::MuteList list = mutesOf(event, part.listId == event.id ? part.tags : QByteArray());
        const qint64 size = list.entries.size();
        summary.hasUnreadMutes = list.hasPrivate && !list.isPrivateRead;
        // Where the private part is not read, nothing is known of how long the list was.
        summary.mutesBefore
            = summary.hasUnreadMutes ? 0 : lostFrom(size, summary.mutes, summary.mutesBefore, isEdit);
        summary.mutes = size;
        break;
    }
    default:
        break;
    }
}

/// What is only of this run (what was decrypted, whether it is being refreshed) is not written.
void AccountStore::keep(const QByteArray& pubkey, const AccountSummary& summary)
{
    m_summaries.insert(pubkey, summary);
    m_cache.putSummary(pubkey, encode(summary));
}

QByteArray AccountStore::encode(const AccountSummary& summary)
{
    QJsonArray undoable;
    for (const int kind : summary.undoable)
        undoable += kind;
    return QJsonDocument(
        QJsonObject{
            {u"known"_s, summary.isKnown},
            {u"profile"_s, summary.profile.toJson()},
            {u"nip05"_s, int(summary.nip05)},
            {u"follows"_s, orNull(summary.follows)},
            {u"mutes"_s, orNull(summary.mutes)},
            {u"unreadMutes"_s, summary.hasUnreadMutes},
            {u"followsBefore"_s, summary.followsBefore},
            {u"mutesBefore"_s, summary.mutesBefore},
            {u"refreshedAt"_s, summary.refreshedAt.isValid() ? summary.refreshedAt.toMSecsSinceEpoch() : 0},
            {u"undoable"_s, undoable},
        })
        .toJson(QJsonDocument::Compact);
}

AccountSummary AccountStore::decode(const QByteArray& record)
{
    const QJsonObject object = QJsonDocument::fromJson(record).object();
    const QJsonObject profile = object[u"profile"_s].toObject();
    const auto text = [&profile](const QString& key) { return profile[key].toString(); };
    AccountSummary summary;
    summary.isKnown = object[u"known"_s].toBool();
    summary.profile = {.name = text(u"name"_s),
        .displayName = text(u"display_name"_s),
        .picture = text(u"picture"_s),
        .banner = text(u"banner"_s),
        .about = text(u"about"_s),
        .nip05 = text(u"nip05"_s),
        .lud16 = text(u"lud16"_s)};
    const int nip05 = object[u"nip05"_s].toInt();
    summary.nip05 = nip05 >= 0 && nip05 <= int(Nip05State::Refuted) ? Nip05State(nip05) : Nip05State::Unknown;
    summary.follows = numberOf(object[u"follows"_s]);
    summary.mutes = numberOf(object[u"mutes"_s]);
    summary.hasUnreadMutes = object[u"unreadMutes"_s].toBool();
    summary.followsBefore = object[u"followsBefore"_s].toInteger();
    summary.mutesBefore = object[u"mutesBefore"_s].toInteger();
    if (const qint64 at = object[u"refreshedAt"_s].toInteger(); at > 0)
        summary.refreshedAt = QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
    for (const QJsonValue& kind : object[u"undoable"_s].toArray())
        summary.undoable += kind.toInt();
    return summary;
}

} // namespace hatstand::accounts
