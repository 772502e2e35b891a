// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QPushButton;

namespace hatstand::ui {

/// What the window shows before there is an account.
class EmptyPage final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyPage(QWidget* parent = nullptr);
    void focusAdd();

Q_SIGNALS:
    void addRequested();
    void privateKeyRequested();
    void watchRequested();

private:
    QPushButton* m_add;
};

} // namespace hatstand::ui
