// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"

#include <QObject>
#include <optional>

namespace hatstand::links {

/// An app that logged in with an account of ours and keeps a channel to us.
struct AppLink
{
    QString channel; ///< a UUID, its name for commands too; whoever knows it may write to it
    QString service; ///< "https://cb.anchor.link"
    QString requestKey; ///< PUB_K1_…: its requests are from this key
    QString app; ///< what it calls itself, plain text of one line
    QString agent; ///< its user agent, likewise; may be empty
    QString host; ///< where it runs, by its own word; may be empty
    session::SessionId session;
    QDateTime createdAt; ///< UTC
    QDateTime lastUsedAt = {}; ///< UTC; invalid: never

    [[nodiscard]] QString url() const { return service + QLatin1Char('/') + channel; }
    friend bool operator==(const AppLink&, const AppLink&) = default;
};

/// How an account of ours reaches the Anchor that signs for it. The key that its requests are sealed with is
/// in the vault, with a copy of this.
struct WalletLink
{
    session::SessionId session;
    QString channel; ///< URL
    QString signerKey; ///< PUB_K1_…
    QString name; ///< of that Anchor's device, plain text of one line
    friend bool operator==(const WalletLink&, const WalletLink&) = default;
};

/// Both kinds of links, in one file of the profile (0600), which holds no secrets. Logging an account out
/// removes its apps at once, and its Anchor once its entry rests no longer.
class LinkStore final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMostApps = 256;

    /// file: absolute path of a JSON file; it need not be there yet.
    LinkStore(const QString& file, session::SessionManager& sessions, QObject* parent = nullptr);

    /// After the sessions were loaded: apps of accounts that are not there are left out. Damaged, Disk: the
    /// file is then left alone, and nothing can be added.
    [[nodiscard]] Result<void> load();

    [[nodiscard]] const QList<AppLink>& apps() const { return m_apps; } ///< oldest first
    [[nodiscard]] const AppLink* find(const QString& channel) const; ///< valid until the next command
    [[nodiscard]] std::optional<WalletLink> wallet(const session::SessionId& session) const;

    // On disk when they return; Damaged, Disk: then nothing has changed.

    /// Where there are kMostApps, the one that was not used for the longest time goes.
    [[nodiscard]] Result<void> add(const AppLink& link);
    [[nodiscard]] Result<void> revoke(const QString& channel); ///< NotFound
    [[nodiscard]] Result<void> noteUse(const QString& channel, const QDateTime& when); ///< NotFound
    /// Replaces the account's. To be called once the account was added.
    [[nodiscard]] Result<void> setWallet(const WalletLink& link);

Q_SIGNALS:
    void changed(); ///< apps()

private:
    [[nodiscard]] Result<void> save(const QList<AppLink>& apps, const QList<WalletLink>& wallets);
    void onSessionRemoved(const session::SessionId& id);
    void dropWalletsThatAreGone();

    QString m_file;
    session::SessionManager& m_sessions;
    QList<AppLink> m_apps;
    QList<WalletLink> m_wallets;
    bool m_isReadable = true; ///< false: what is in the file is not ours to write over
};

} // namespace hatstand::links
