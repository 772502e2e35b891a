// SPDX-License-Identifier: MIT
#include "ui/dialogs/PreferencesDialog.h"

#include "ui/dialogs/parts/PageList.h"
#include "ui/dialogs/preferences/AppsPage.h"
#include "ui/dialogs/preferences/NetworkPage.h"
#include "ui/dialogs/preferences/Pages.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/shortcuts/global/GlobalShortcuts.h"

#include <QBoxLayout>
#include <QListWidget>
#include <QStackedWidget>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

PreferencesDialog::PreferencesDialog(UiContext& context, QWidget* parent)
    : Dialog(tr("Preferences"), parent)
    , m_context(context)
    , m_list(makePageList(tr("Pages")))
    , m_pages(new QStackedWidget)
    , m_reset(button(tr("Reset all")))
{
    constexpr int kWidth = 896;
    constexpr int kHeight = 656;
    addPageItem(m_list, u"brush"_s, tr("Appearance"), static_cast<int>(Page::Appearance));
    addPageItem(m_list, u"keyboard"_s, tr("Shortcuts"), static_cast<int>(Page::Shortcuts));
    addPageItem(m_list, u"shield"_s, tr("Security"), static_cast<int>(Page::Security));
    addPageItem(m_list, u"globe"_s, tr("Network"), static_cast<int>(Page::Network));
    m_pages->addWidget(new AppearancePage(context));
    m_pages->addWidget(new ShortcutsPage(context));
    m_pages->addWidget(new SecurityPage(context));
    m_pages->addWidget(new NetworkPage(context));
    if (context.links) {
        addPageItem(m_list, u"link"_s, tr("Connected apps"), static_cast<int>(Page::Apps));
        m_pages->addWidget(new AppsPage(context));
    }
    auto* body = new QWidget;
    QHBoxLayout* layout = row(body, 0);
    layout->addWidget(m_list);
    QFrame* ground = makePanel(Panel::Surface, nullptr);
    column(ground, 0, 0)->addWidget(m_pages);
    layout->addWidget(ground, 1);
    QPushButton* close = button(tr("Close"));
    m_reset->setToolTip(tr("Gives every shortcut its first keys again"));
    connect(close, &QPushButton::clicked, this, &PreferencesDialog::accept);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        // What could not be written is still shown as changed.
        (void)m_context.shortcuts.resetAll();
        if (m_context.globalShortcuts)
            (void)m_context.globalShortcuts->resetAll();
    });
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int index) {
        m_pages->setCurrentIndex(index);
        m_reset->setVisible(index == static_cast<int>(Page::Shortcuts));
    });
    showView(addView(body, footOf({m_reset}, {close})), m_list);
    showPage(Page::Appearance);
    resize(kWidth, kHeight);
}

void PreferencesDialog::showPage(Page page)
{
    m_list->setCurrentRow(static_cast<int>(page));
}

} // namespace hatstand::ui
