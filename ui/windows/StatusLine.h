// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/Vault.h"
#include "ui/UiContext.h"

#include <QFrame>
#include <QTimer>
#include <chrono>
#include <functional>

class QLabel;
class QPushButton;
class QShortcut;

namespace hatstand::ui {

class ElidedLabel;

/// The 36 px below: where secrets rest and whether that is open, keys that exist, and for 3 s what was just
/// done.
class StatusLine final : public QFrame
{
    Q_OBJECT
public:
    explicit StatusLine(UiContext& context, QWidget* parent = nullptr);
    /// Shown in place of the vault's state, told to a screen reader, gone after 3 s.
    void note(const QString& text);
    void complain(const QString& text); ///< the same in danger's colour, for 8 s
    /// What was just done, with a button (or Ctrl+Z) that takes it back; name is what a screen reader calls
    /// it. Gone after limit, or once it is used; one at a time. Notes come and go before it.
    void offerUndo(const QString& text, const QString& name, std::function<void()> undo,
        std::chrono::milliseconds limit = std::chrono::seconds(10));
    void withdrawUndo();
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] QString hintText() const;

Q_SIGNALS:
    void unlockRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHints();
    void say(const QString& text, bool wrong, int milliseconds);
    void show(const QString& text, bool wrong);
    void announce();
    void takeBack();
    void follow();
    void followKeys();
    [[nodiscard]] QString vaultText() const;

    UiContext& m_context;
    ElidedLabel* m_state;
    ElidedLabel* m_note;
    QPushButton* m_unlock;
    QPushButton* m_cancel;
    QPushButton* m_again;
    QLabel* m_hints;
    QPushButton* m_undoButton;
    QShortcut* m_undoKeys;
    QTimer m_until;
    QTimer m_undoUntil;
    QString m_undoText;
    std::function<void()> m_undo; ///< null: nothing to take back
    bool m_waiting = false;
};

} // namespace hatstand::ui
