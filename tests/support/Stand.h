// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "core/session/SessionStore.h"
#include "tests/support/FakeVault.h"

#include <QTemporaryDir>
#include <memory>

namespace hatstand::test {

/// Says what time it is; each look moves it on by a second, so that times differ.
class TickingClock final : public Clock
{
public:
    mutable QDateTime time = QDateTime(QDate(2026, 5, 3), QTime(12, 0), Qt::UTC);
    [[nodiscard]] QDateTime now() const override { return time = time.addSecs(1); }
};

/// Families whose identities any word is: "nostr:<word>", "antelope:<chain>:<actor>@<permission>".
[[nodiscard]] std::unique_ptr<session::Networks> plainNetworks();

/// A whole session core on a real store file and a FakeVault, that can be stopped and started again, or
/// killed.
class Stand
{
public:
    Stand();
    ~Stand();

    FakeVault vault;
    TickingClock clock;
    std::unique_ptr<session::Networks> networks = plainNetworks();

    [[nodiscard]] session::SessionManager& sessions() { return *m_sessions; }
    [[nodiscard]] session::SessionStore& store() { return *m_store; }
    [[nodiscard]] QString file() const { return m_dir.filePath(QStringLiteral("hatstand.db")); }
    [[nodiscard]] QString directory() const { return m_dir.path(); }
    void stop();
    void start(); ///< load, without settle
    void restart(); ///< stop, start, settle
    void kill(); ///< what the vault has not answered is never answered; then start

    /// Each asserts that it was answered, and answers what it was.
    Result<session::Added> add(const QString& id, session::SignerKind signer = session::SignerKind::LocalKey,
        bool activate = true, const QString& label = {});
    Result<void> logout(const QString& id, bool forget = false);
    Result<void> logoutAll(bool forget = false);
    Result<void> untrash(const QString& id);
    void settle();
    [[nodiscard]] static session::NewSession account(const QString& id, session::SignerKind signer);

    [[nodiscard]] QStringList order() const; ///< ids in the person's own order
    [[nodiscard]] QString active() const { return m_sessions->active().text(); }
    [[nodiscard]] session::Session at(const QString& id) const; ///< a default-made one if it is not listed

private:
    QTemporaryDir m_dir;
    std::unique_ptr<session::SessionStore> m_store;
    std::unique_ptr<session::SessionManager> m_sessions;
};

} // namespace hatstand::test
