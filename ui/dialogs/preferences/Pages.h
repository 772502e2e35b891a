// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/dialogs/parts/Parts.h"

class QLineEdit;

namespace hatstand::ui {

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

/// Where the keys rest, when Hatstand locks, and the Hatstand passphrase. Follows the vault.
class SecurityPage final : public QWidget
{
    Q_OBJECT
public:
    explicit SecurityPage(UiContext& context);

private:
    [[nodiscard]] QWidget* makeLockPart();

    UiContext& m_context;
};

} // namespace hatstand::ui
