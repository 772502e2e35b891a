// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/dialogs/parts/Parts.h"

class QLineEdit;

namespace hatstand::ui {

class Field;
class PassphrasePair;
class SecretField;

class AppearancePage final : public QWidget
{
    Q_OBJECT
public:
    explicit AppearancePage(UiContext& context);
};

class ShortcutsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ShortcutsPage(UiContext& context);
};

/// Where the keys rest; for the passphrase vault also how long it stays open, and its passphrase.
class SecurityPage final : public QWidget
{
    Q_OBJECT
public:
    explicit SecurityPage(UiContext& context);

private:
    void addIdleMinutes(class QVBoxLayout* layout);
    void addChangePassphrase(class QVBoxLayout* layout);
    void changePassphrase();

    UiContext& m_context;
    SecretField* m_before = nullptr;
    Field* m_beforeField = nullptr;
    PassphrasePair* m_after = nullptr;
    QPushButton* m_change = nullptr;
    Notice* m_done = nullptr;
};

} // namespace hatstand::ui
