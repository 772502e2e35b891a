// SPDX-License-Identifier: MIT
#include "core/secrets/SecretService.h"

#include "core/base/Log.h"

#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QTimer>
#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {
namespace {

constexpr std::chrono::milliseconds kQueryTimeout{3000};
constexpr int kQuestionsAtOnce = 32;

const QString kService = u"org.freedesktop.secrets"_s;
const QString kPath = u"/org/freedesktop/secrets"_s;
const QString kServiceInterface = u"org.freedesktop.Secret.Service"_s;
const QString kCollectionInterface = u"org.freedesktop.Secret.Collection"_s;
const QString kItemInterface = u"org.freedesktop.Secret.Item"_s;
const QString kPromptInterface = u"org.freedesktop.Secret.Prompt"_s;
const QString kPropertiesInterface = u"org.freedesktop.DBus.Properties"_s;
const QString kNoObject = u"/"_s;

ErrorCode codeOf(const QString& dbusError)
{
    return dbusError == "org.freedesktop.Secret.Error.IsLocked"_L1 ? ErrorCode::Locked
                                                                   : ErrorCode::KeychainUnavailable;
}

QString pathAt(const QVariantList& reply, qsizetype index)
{
    return reply.value(index).value<QDBusObjectPath>().path();
}

template <class T>
T listAt(const QVariantList& reply, qsizetype index)
{
    return qdbus_cast<T>(reply.value(index));
}

QStringList pathsAt(const QVariantList& reply, qsizetype index)
{
    QStringList paths;
    for (const QDBusObjectPath& path : listAt<QList<QDBusObjectPath>>(reply, index))
        paths.append(path.path());
    return paths;
}

QVariant objectPaths(const QStringList& paths)
{
    QList<QDBusObjectPath> objects;
    for (const QString& path : paths)
        objects.append(QDBusObjectPath(path));
    return QVariant::fromValue(objects);
}

QVariant propertyAt(const QVariantList& reply)
{
    return reply.value(0).value<QDBusVariant>().variant();
}

/// QtKeychain's own rule for when it asks KWallet first.
bool isPlasma()
{
    return qgetenv("XDG_CURRENT_DESKTOP") == "KDE" || qEnvironmentVariableIsSet("KDE_FULL_SESSION")
        || qgetenv("DESKTOP_SESSION").startsWith("kde");
}

} // namespace

SecretService::SecretService(std::chrono::milliseconds promptTimeout, QObject* parent)
    : QObject(parent)
    , m_bus(QDBusConnection::sessionBus())
    , m_queryTimeout(std::min(kQueryTimeout, promptTimeout))
    , m_promptTimeout(promptTimeout)
{
    qDBusRegisterMetaType<QMap<QString, QString>>();
    if (!m_bus.isConnected())
        return;
    m_watcher.setConnection(m_bus);
    m_watcher.addWatchedService(kService);
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, &SecretService::appeared);
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &SecretService::vanished);
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        m_unlocking.clear();
        for (const QString& path : m_waiting.uniqueKeys())
            end(path, fail(ErrorCode::KeychainUnavailable, u"the service went away"_s));
    });
    // gnome-keyring says both, others only one of them; unlocking by hand shows at once either way.
    m_bus.connect(kService, {}, kPropertiesInterface, u"PropertiesChanged"_s, {kCollectionInterface}, {},
        this, SIGNAL(changed()));
    for (const auto& signal : {u"CollectionCreated"_s, u"CollectionChanged"_s, u"CollectionDeleted"_s})
        m_bus.connect(kService, kPath, kServiceInterface, signal, this, SIGNAL(changed()));
    m_bus.connect(kService, {}, kPromptInterface, u"Completed"_s, this, SLOT(onCompleted(QDBusMessage)));
}

void SecretService::call(const QString& service, const QString& path, const QString& interface,
    const QString& method, const QVariantList& arguments, Reply done, bool mayStart)
{
    if (!m_bus.isConnected())
        return done(fail(ErrorCode::KeychainUnavailable, u"no session bus"_s));
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    message.setAutoStartService(mayStart);
    auto* watcher = new QDBusPendingCallWatcher(
        m_bus.asyncCall(message, static_cast<int>(m_queryTimeout.count())), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, method, done = std::move(done)] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        if (reply.type() == QDBusMessage::ReplyMessage)
            return done(reply.arguments());
        qCDebug(lcVault) << method << "answered" << reply.errorName();
        done(fail(codeOf(reply.errorName()), reply.errorName()));
    });
}

void SecretService::ask(const QString& path, const QString& interface, const QString& method,
    const QVariantList& arguments, Reply done, bool mayStart)
{
    call(kService, path, interface, method, arguments, std::move(done), mayStart);
}

void SecretService::askWhetherKWallet(std::function<void(bool)> done)
{
    if (!isPlasma())
        return done(false);
    call(u"org.kde.kwalletd5"_s, u"/modules/kwalletd5"_s, u"org.kde.KWallet"_s, u"isEnabled"_s, {},
        [done = std::move(done)](
            const Result<QVariantList>& reply) { done(reply && reply->value(0).toBool()); });
}

void SecretService::defaultCollection(bool mayStart, Callback<QString> done)
{
    ask(
        kPath, kServiceInterface, u"ReadAlias"_s, {u"default"_s},
        [done = std::move(done)](const Result<QVariantList>& reply) {
            if (!reply)
                return done(fail(reply.error()));
            done(pathAt(*reply, 0));
        },
        mayStart);
}

void SecretService::look(const QMap<QString, QString>& attributes, bool mayStart, Callback<Look> done)
{
    const auto search = [this, attributes, done](VaultState collection) {
        ask(kPath, kServiceInterface, u"SearchItems"_s, {QVariant::fromValue(attributes)},
            [collection, done](const Result<QVariantList>& reply) {
                if (!reply)
                    return done(fail(reply.error()));
                done(Look{collection, pathsAt(*reply, 0), pathsAt(*reply, 1)});
            });
    };
    defaultCollection(mayStart, [this, search, done](const Result<QString>& path) {
        if (!path)
            return done(fail(path.error()));
        if (*path == kNoObject)
            return search(VaultState::Locked);
        ask(*path, kPropertiesInterface, u"Get"_s, {kCollectionInterface, u"Locked"_s},
            [search, done](const Result<QVariantList>& reply) {
                if (!reply)
                    return done(fail(reply.error()));
                search(propertyAt(*reply).toBool() ? VaultState::Locked : VaultState::Unlocked);
            });
    });
}

struct SecretService::Gathering
{
    QStringList items; ///< still to be asked
    qsizetype unanswered;
    QSet<QString> users;
    Callback<QSet<QString>> done; ///< empty once answered
};

void SecretService::users(const QStringList& items, Callback<QSet<QString>> done)
{
    if (items.isEmpty())
        return done(QSet<QString>());
    const auto all = std::make_shared<Gathering>(Gathering{items, items.size(), {}, std::move(done)});
    // A bus limits the replies that one connection may wait for, to as few as 128.
    for (int i = 0; i < kQuestionsAtOnce; ++i)
        askNextUser(all);
}

void SecretService::askNextUser(const std::shared_ptr<Gathering>& all)
{
    if (all->items.isEmpty() || !all->done)
        return;
    const auto take = [this, all](const Result<QVariantList>& reply) {
        if (!all->done)
            return;
        const auto attributes
            = reply ? qdbus_cast<QMap<QString, QString>>(propertyAt(*reply)) : QMap<QString, QString>();
        if (!reply)
            return std::exchange(all->done, nullptr)(fail(reply.error()));
        if (!attributes.contains(u"user"_s))
            return std::exchange(all->done, nullptr)(fail(ErrorCode::Locked, u"attributes are hashed"_s));
        all->users.insert(attributes.value(u"user"_s));
        if (--all->unanswered == 0)
            return std::exchange(all->done, nullptr)(all->users);
        askNextUser(all);
    };
    ask(all->items.takeLast(), kPropertiesInterface, u"Get"_s, {kItemInterface, u"Attributes"_s}, take);
}

void SecretService::unlock(const QStringList& items, Callback<void> done)
{
    if (!m_unlocking.isEmpty())
        return await(m_unlocking, std::move(done));
    defaultCollection(true, [this, items, done](const Result<QString>& path) {
        if (!path)
            done(fail(path.error()));
        else if (*path == kNoObject)
            makeCollection(done);
        else
            unlockPaths(QStringList(*path) + items, done);
    });
}

void SecretService::unlockPaths(const QStringList& paths, Callback<void> done)
{
    ask(kPath, kServiceInterface, u"Unlock"_s, {objectPaths(paths)},
        [this, done](const Result<QVariantList>& reply) {
            if (!reply)
                return done(fail(reply.error()));
            showForUnlocking(pathAt(*reply, 1), done);
        });
}

void SecretService::makeCollection(Callback<void> done)
{
    const QVariantMap properties{{kCollectionInterface + u".Label"_s, u"Login"_s}};
    ask(kPath, kServiceInterface, u"CreateCollection"_s, {properties, u"default"_s},
        [this, done](const Result<QVariantList>& reply) {
            if (!reply)
                return done(fail(reply.error()));
            showForUnlocking(pathAt(*reply, 1), done);
        });
}

void SecretService::lock(Callback<void> done)
{
    defaultCollection(true, [this, done](const Result<QString>& path) {
        if (!path)
            return done(fail(path.error()));
        if (*path == kNoObject)
            return done({});
        ask(kPath, kServiceInterface, u"Lock"_s, {objectPaths({*path})},
            [this, done](const Result<QVariantList>& reply) {
                if (!reply)
                    return done(fail(reply.error()));
                show(pathAt(*reply, 1), done);
            });
    });
}

void SecretService::showForUnlocking(const QString& promptPath, Callback<void> done)
{
    if (promptPath != kNoObject)
        m_unlocking = promptPath;
    show(promptPath, std::move(done));
}

void SecretService::show(const QString& promptPath, Callback<void> done)
{
    if (promptPath == kNoObject)
        return done({});
    await(promptPath, std::move(done));
    ask(promptPath, kPromptInterface, u"Prompt"_s, {QString()},
        [this, promptPath](const Result<QVariantList>& reply) {
            if (!reply)
                end(promptPath, fail(reply.error()));
        });
}

void SecretService::await(const QString& promptPath, Callback<void> done)
{
    const auto waiting = std::make_shared<Callback<void>>(std::move(done));
    m_waiting.insert(promptPath, waiting);
    QTimer::singleShot(m_promptTimeout, this, [this, promptPath, waiting] {
        // The prompt stays open: who comes back to it still unlocks the keyring, and changed() tells.
        if (m_waiting.remove(promptPath, waiting) > 0)
            (*waiting)(fail(ErrorCode::Locked, u"the prompt was not answered"_s));
    });
}

void SecretService::onCompleted(const QDBusMessage& message)
{
    const bool dismissed = message.arguments().value(0).toBool();
    Q_EMIT changed();
    end(message.path(), dismissed ? Result<void>(fail(ErrorCode::Locked, u"dismissed"_s)) : Result<void>());
}

void SecretService::end(const QString& promptPath, const Result<void>& result)
{
    if (m_unlocking == promptPath)
        m_unlocking.clear();
    const auto waiting = m_waiting.values(promptPath);
    m_waiting.remove(promptPath);
    for (const auto& done : waiting)
        (*done)(result);
}

} // namespace hatstand::secrets
