// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace hatstand::ui {

class ElidedLabel;

/// Below the rows: what else can be done, and the keys. The commands are real buttons, reached by Tab; what
/// Enter and Esc do is a button too, for those who have neither.
class SwitcherFoot final : public QFrame
{
    Q_OBJECT
public:
    explicit SwitcherFoot(QWidget* parent);
    /// Whom "Log out NAME…" is about, and how many there are; empty: nobody.
    void setAccounts(const QString& activeName, qsizetype count);
    void setChosen(const QString& name); ///< whom Enter switches to; empty: nobody
    void setAddKeys(const QString& keys); ///< for the tooltip; empty: none
    void complain(const QString& text); ///< in place of the key hints, told to a screen reader
    void focusAdd();

Q_SIGNALS:
    void switchRequested();
    void closeRequested();
    void addRequested();
    void logoutRequested();
    void logoutAllRequested();

private:
    QWidget* m_commands; ///< the upper line
    QPushButton* m_logout;
    QPushButton* m_logoutAll;
    QLabel* m_choose;
    QPushButton* m_switch;
    QPushButton* m_close;
    ElidedLabel* m_wrong;
    QPushButton* m_add;
};

} // namespace hatstand::ui
