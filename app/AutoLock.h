// SPDX-License-Identifier: MIT
#pragma once

#include "app/presence/DeskWatcher.h"
#include "core/secrets/Vault.h"

#include <QObject>
#include <functional>

namespace hatstand {
class Settings;
}

namespace hatstand::app {

/// Locks when the person leaves the desk, as far as the settings lock.on… and lock.idleMinutes say so. Where
/// there is no Hatstand passphrase the desktop's keychain is left as it is, and whoever still holds a key in
/// memory is told to forget it.
class AutoLock final : public QObject
{
    Q_OBJECT
public:
    using Reason = presence::DeskWatcher::Reason;

    /// forget: called where there is no passphrase to lock with. May be empty.
    AutoLock(
        secrets::Vault& vault, Settings& settings, std::function<void()> forget, QObject* parent = nullptr);

    /// Takes its word from now on, and tells it what it has to know. Both live as long as this.
    void follow(presence::DeskWatcher& watcher);
    /// There is something open that would be locked: sleep waits for it, and idle time counts.
    [[nodiscard]] bool isArmed() const { return m_armed; }

public Q_SLOTS:
    void leave(hatstand::presence::DeskWatcher::Reason reason);

Q_SIGNALS:
    /// False is also the answer to a reason to leave: sleep need not wait any longer.
    void armedChanged(bool armed);
    void used(); ///< a key or a button was pressed in a window of ours

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool isWanted(Reason reason) const;
    void arm();
    void letGo(Reason reason);

    secrets::Vault& m_vault;
    Settings& m_settings;
    std::function<void()> m_forget;
    bool m_armed = false;
};

} // namespace hatstand::app
