// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

class QListWidget;
class QStackedWidget;

namespace hatstand::ui {

/// Pages at the left; every change counts at once.
class PreferencesDialog final : public Dialog
{
    Q_OBJECT
public:
    /// Apps is there only where apps can keep channels, and so stands last.
    enum class Page { Appearance, Shortcuts, Security, Network, Apps };
    explicit PreferencesDialog(UiContext& context, QWidget* parent = nullptr);
    void showPage(Page page);

private:
    UiContext& m_context;
    QListWidget* m_list;
    QStackedWidget* m_pages;
    QPushButton* m_reset;
};

} // namespace hatstand::ui
