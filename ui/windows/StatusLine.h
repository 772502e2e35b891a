// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/Vault.h"
#include "ui/UiContext.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

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
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] QString hintText() const;

Q_SIGNALS:
    void unlockRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHints();
    void say(const QString& text, bool wrong, int milliseconds);
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
    QTimer m_until;
    bool m_waiting = false;
};

} // namespace hatstand::ui
