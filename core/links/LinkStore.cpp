// SPDX-License-Identifier: MIT
#include "core/links/LinkStore.h"

#include "core/antelope/Keys.h"
#include "core/base/Files.h"
#include "core/base/Log.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>
#include <QUuid>
#include <algorithm>

namespace hatstand::links {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SessionId;

constexpr qint64 kLargestFile = qint64{2} * 1024 * 1024;
constexpr qsizetype kMostWallets = 4096; // far more than anybody's accounts

QString text(const QJsonObject& object, QLatin1StringView key)
{
    return object.value(key).toString();
}

QDateTime timeOf(const QJsonValue& value)
{
    const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return time.isValid() ? time.toUTC() : QDateTime();
}

QString toText(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

bool isAddress(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

bool isK1(const QString& text)
{
    const auto key = antelope::PublicKey::parse(text);
    return key && key->curve() == antelope::Curve::K1;
}

std::optional<AppLink> appOf(const QJsonObject& object)
{
    AppLink link{.channel = text(object, "channel"_L1),
        .service = text(object, "service"_L1),
        .requestKey = text(object, "requestKey"_L1),
        .app = text(object, "app"_L1),
        .agent = text(object, "agent"_L1),
        .host = text(object, "host"_L1),
        .session = SessionId(text(object, "session"_L1)),
        .createdAt = timeOf(object.value("createdAt"_L1)),
        .lastUsedAt = timeOf(object.value("lastUsedAt"_L1))};
    const bool isSound = !QUuid::fromString(link.channel).isNull() && isAddress(link.service)
        && isK1(link.requestKey) && !link.session.isEmpty();
    return isSound ? std::optional(std::move(link)) : std::nullopt;
}

QJsonObject toJson(const AppLink& link)
{
    return {{u"channel"_s, link.channel}, {u"service"_s, link.service}, {u"requestKey"_s, link.requestKey},
        {u"app"_s, link.app}, {u"agent"_s, link.agent}, {u"host"_s, link.host},
        {u"session"_s, link.session.text()}, {u"createdAt"_s, toText(link.createdAt)},
        {u"lastUsedAt"_s, toText(link.lastUsedAt)}};
}

std::optional<WalletLink> walletOf(const QJsonObject& object)
{
    WalletLink link{.session = SessionId(text(object, "session"_L1)),
        .channel = text(object, "channel"_L1),
        .signerKey = text(object, "signerKey"_L1),
        .name = text(object, "name"_L1)};
    const bool isSound = !link.session.isEmpty() && isAddress(link.channel) && isK1(link.signerKey);
    return isSound ? std::optional(std::move(link)) : std::nullopt;
}

QJsonObject toJson(const WalletLink& link)
{
    return {{u"session"_s, link.session.text()}, {u"channel"_s, link.channel},
        {u"signerKey"_s, link.signerKey}, {u"name"_s, link.name}};
}

/// All of them or none.
template <class Link>
std::optional<QList<Link>> listOf(
    const QJsonValue& value, qsizetype most, std::optional<Link> (*parse)(const QJsonObject&))
{
    const QJsonArray array = value.toArray();
    if (array.size() > most)
        return std::nullopt;
    QList<Link> links;
    for (const auto& entry : array) {
        auto link = parse(entry.toObject());
        if (!link)
            return std::nullopt;
        links += *std::move(link);
    }
    return links;
}

template <class Link>
QJsonArray arrayOf(const QList<Link>& links)
{
    QJsonArray array;
    for (const Link& link : links)
        array += toJson(link);
    return array;
}

QDateTime lastSeen(const AppLink& link)
{
    return link.lastUsedAt.isValid() ? link.lastUsedAt : link.createdAt;
}

} // namespace

LinkStore::LinkStore(const QString& file, session::SessionManager& sessions, QObject* parent)
    : QObject(parent)
    , m_file(file)
    , m_sessions(sessions)
{
    connect(&sessions, &session::SessionManager::sessionRemoved, this, &LinkStore::onSessionRemoved);
    // Later, since one who logs out leaves the list before they are among those who rest.
    connect(&sessions, &session::SessionManager::restingChanged, this, &LinkStore::dropWalletsThatAreGone,
        Qt::QueuedConnection);
}

Result<void> LinkStore::load()
{
    m_apps.clear();
    m_wallets.clear();
    m_isReadable = false;
    QFile file(m_file);
    if (!file.exists()) {
        m_isReadable = true;
        return {};
    }
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Disk, m_file);
    const QJsonObject object = QJsonDocument::fromJson(file.read(kLargestFile)).object();
    auto apps = listOf<AppLink>(object.value("apps"_L1), kMostApps, appOf);
    auto wallets = listOf<WalletLink>(object.value("wallets"_L1), kMostWallets, walletOf);
    if (object.value("v"_L1).toInt() != 1 || !apps || !wallets)
        return fail(ErrorCode::Damaged, m_file);
    m_isReadable = true;
    m_apps = *std::move(apps);
    m_wallets = *std::move(wallets);
    m_apps.removeIf([this](const AppLink& link) { return !m_sessions.find(link.session); });
    Q_EMIT changed();
    return {};
}

const AppLink* LinkStore::find(const QString& channel) const
{
    const auto found = std::find_if(
        m_apps.cbegin(), m_apps.cend(), [&](const AppLink& link) { return link.channel == channel; });
    return found == m_apps.cend() ? nullptr : &*found;
}

std::optional<WalletLink> LinkStore::wallet(const SessionId& session) const
{
    const auto found = std::find_if(m_wallets.cbegin(), m_wallets.cend(),
        [&](const WalletLink& link) { return link.session == session; });
    return found == m_wallets.cend() ? std::nullopt : std::optional(*found);
}

Result<void> LinkStore::add(const AppLink& link)
{
    QList<AppLink> apps = m_apps;
    while (apps.size() >= kMostApps) {
        apps.erase(std::min_element(apps.begin(), apps.end(),
            [](const AppLink& a, const AppLink& b) { return lastSeen(a) < lastSeen(b); }));
    }
    apps += link;
    return save(apps, m_wallets);
}

Result<void> LinkStore::revoke(const QString& channel)
{
    QList<AppLink> apps = m_apps;
    if (apps.removeIf([&](const AppLink& link) { return link.channel == channel; }) == 0)
        return fail(ErrorCode::NotFound, channel);
    return save(apps, m_wallets);
}

Result<void> LinkStore::noteUse(const QString& channel, const QDateTime& when)
{
    QList<AppLink> apps = m_apps;
    for (AppLink& link : apps) {
        if (link.channel == channel) {
            link.lastUsedAt = when.toUTC();
            return save(apps, m_wallets);
        }
    }
    return fail(ErrorCode::NotFound, channel);
}

Result<void> LinkStore::setWallet(const WalletLink& link)
{
    QList<WalletLink> wallets = m_wallets;
    wallets.removeIf([&](const WalletLink& other) { return other.session == link.session; });
    wallets += link;
    return save(m_apps, wallets);
}

Result<void> LinkStore::save(const QList<AppLink>& apps, const QList<WalletLink>& wallets)
{
    if (!m_isReadable)
        return fail(ErrorCode::Damaged, m_file);
    const QJsonObject object{{u"v"_s, 1}, {u"apps"_s, arrayOf(apps)}, {u"wallets"_s, arrayOf(wallets)}};
    QSaveFile file(m_file);
    const QByteArray json = QJsonDocument(object).toJson();
    if (!makeFolderOf(m_file) || !file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || file.write(json) != json.size()
        || !file.commit())
        return fail(ErrorCode::Disk, m_file);
    m_wallets = wallets;
    if (m_apps == apps)
        return {};
    m_apps = apps;
    Q_EMIT changed();
    return {};
}

void LinkStore::onSessionRemoved(const SessionId& id)
{
    QList<AppLink> apps = m_apps;
    if (apps.removeIf([&](const AppLink& link) { return link.session == id; }) > 0
        && !save(apps, m_wallets)) {
        // Not on disk any longer than until the next start, which leaves them out.
        qCWarning(lcFiles, "the apps of an account that was logged out are still in the file");
        m_apps = apps;
        Q_EMIT changed();
    }
    QMetaObject::invokeMethod(this, &LinkStore::dropWalletsThatAreGone, Qt::QueuedConnection);
}

void LinkStore::dropWalletsThatAreGone()
{
    const QList<session::RestingSession> resting = m_sessions.resting();
    QList<WalletLink> wallets = m_wallets;
    const auto isGone = [&](const WalletLink& link) {
        return !m_sessions.find(link.session)
            && std::none_of(resting.cbegin(), resting.cend(),
                [&](const session::RestingSession& rest) { return rest.session.id == link.session; });
    };
    if (wallets.removeIf(isGone) > 0 && !save(m_apps, wallets))
        qCWarning(lcFiles, "the Anchor of an account that was logged out is still in the file");
}

} // namespace hatstand::links
