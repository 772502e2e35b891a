// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/secrets/Vault.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QHash>
#include <QSet>
#include <chrono>

namespace hatstand::secrets {

/// What the Secret Service (freedesktop.org's Secret Service API 0.2) tells without a secret and without a
/// prompt, and its own prompt for unlocking. Nothing here blocks; every question has its own time limit. No
/// secret passes through.
///
/// Errors: KeychainUnavailable where no bus or no service answers, Locked.
class SecretService final : public QObject
{
    Q_OBJECT
public:
    /// The default collection, and the object paths of entries in all collections.
    struct Look
    {
        VaultState collection = VaultState::Unknown; ///< Locked also where there is no default collection yet
        QStringList unlocked;
        QStringList locked;
    };
    /// promptTimeout: for what may wait for a person.
    explicit SecretService(std::chrono::milliseconds promptTimeout, QObject* parent = nullptr);

    /// True if QtKeychain goes to KWallet instead, whose entries can't be seen here.
    void askWhetherKWallet(std::function<void(bool)> done);
    /// Entries with all of these attributes. mayStart: whether a service that does not run is started for it.
    void look(const QMap<QString, QString>& attributes, bool mayStart, Callback<Look> done);
    /// The attribute "user" of every item. Locked where an item does not show it: a keyring that was never
    /// unlocked since its daemon started knows attributes only as hashes.
    void users(const QStringList& items, Callback<QSet<QString>> done);
    /// The default collection, made first where there is none, and those items. While a prompt is open it is
    /// waited for and no second one opened.
    void unlock(const QStringList& items, Callback<void> done);
    void lock(Callback<void> done);

Q_SIGNALS:
    void changed(); ///< something was locked, unlocked, made or removed
    void appeared();
    void vanished();

private Q_SLOTS:
    void onCompleted(const QDBusMessage& message);

private:
    using Reply = Callback<QVariantList>;
    void call(const QString& service, const QString& path, const QString& interface, const QString& method,
        const QVariantList& arguments, Reply done, bool mayStart = true);
    void ask(const QString& path, const QString& interface, const QString& method,
        const QVariantList& arguments, Reply done, bool mayStart = true);
    struct Gathering;
    void askNextUser(const std::shared_ptr<Gathering>& all);
    void defaultCollection(bool mayStart, Callback<QString> done);
    void unlockPaths(const QStringList& paths, Callback<void> done);
    void makeCollection(Callback<void> done);
    void showForUnlocking(const QString& promptPath, Callback<void> done);
    void show(const QString& promptPath, Callback<void> done);
    void await(const QString& promptPath, Callback<void> done);
    void end(const QString& promptPath, const Result<void>& result);

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    std::chrono::milliseconds m_queryTimeout;
    std::chrono::milliseconds m_promptTimeout;
    QString m_unlocking; ///< object path of the prompt that is open
    QMultiHash<QString, std::shared_ptr<Callback<void>>> m_waiting; ///< by object path of the prompt
};

} // namespace hatstand::secrets
