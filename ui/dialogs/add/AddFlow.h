// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "ui/UiContext.h"

#include <QTimer>

namespace hatstand::ui {

/// The way of a new session into store and vault, with what may have to be asked in between: which vault, its
/// passphrase, the desktop's own prompt. No widgets; the dialog shows what the signals ask for. A run that is
/// left before the vault answered is taken back once it does.
class AddFlow final : public QObject
{
    Q_OBJECT
public:
    explicit AddFlow(UiContext& context, QObject* parent = nullptr);
    ~AddFlow() override;

    void start(session::NewSession session);
    void usePassphrase(SharedSecret passphrase); ///< answers vaultWanted()
    void unlock(SharedSecret passphrase); ///< answers unlockWanted()
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void busyChanged(bool busy);
    void waiting(); ///< 300 ms have gone by
    void vaultWanted(); ///< no keychain was found
    void unlockWanted();
    void passphraseRefused(const hatstand::Error& error);
    void failed(const hatstand::Error& error);
    void added(const hatstand::session::Added& added);

private:
    void prepare();
    void decide(bool mayUnlock);
    void add(bool mayUnlock);
    void setBusy(bool busy);
    /// Dropped once the run it belongs to was cancelled.
    [[nodiscard]] Callback<void> current(Callback<void> done);

    UiContext& m_context;
    session::NewSession m_session;
    std::shared_ptr<bool> m_left; ///< of the run under way: true once nobody waits for it
    quint64 m_run = 0;
    QTimer m_patience;
    bool m_busy = false;
};

} // namespace hatstand::ui
