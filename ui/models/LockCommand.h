// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Error.h"
#include "core/secrets/Vault.h"

#include <QObject>

namespace hatstand {
class Settings;
}

namespace hatstand::ui {

/// The one command that keeps Hatstand from signing for now, under the name it has at this moment: Lock where
/// the vault takes a Hatstand passphrase, otherwise Stop signing. Whoever shows it asks it what to show, so
/// that window and tray always say the same.
class LockCommand final : public QObject
{
    Q_OBJECT
public:
    enum class Action { Lock, Unlock, Stop, Start };

    LockCommand(secrets::Vault& vault, Settings& settings, QObject* parent = nullptr);

    [[nodiscard]] Action action() const;
    /// "Lock", "Unlock…", "Stop signing", "Start signing again".
    [[nodiscard]] QString text() const;
    /// "lock", "unlock", "stop" or "start": what lineIcon() draws.
    [[nodiscard]] QString icon() const;
    [[nodiscard]] bool isLocked() const; ///< behind the Hatstand passphrase, not the desktop's own
    [[nodiscard]] bool isStopped() const;

public Q_SLOTS:
    /// Does what action() says; for Unlock it asks for a dialog.
    void run();
    /// Start signing again, whatever action() is: one may be stopped and locked at once.
    void start();

Q_SIGNALS:
    void changed();
    void unlockRequested();
    void failed(const hatstand::Error& error);

private:
    void setStopped(bool stopped);

    secrets::Vault& m_vault;
    Settings& m_settings;
};

} // namespace hatstand::ui
