// SPDX-License-Identifier: MIT
// The window while the desktop's tray goes and comes back. Runs under with-desktop --panel later.
#include "app/Desktop.h"
#include "core/antelope/Chains.h"
#include "tests/integration/tray/TrayItem.h"
#include "tests/ui/ChainStand.h"
#include "tests/ui/WindowStand.h"
#include "ui/windows/MainWindow.h"

#include <QLabel>
#include <QProcess>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestTrayWindow final : public QObject
{
    Q_OBJECT

    test::WindowStand m_stand;
    test::ChainStand m_chain{*m_stand.sessions, m_stand.signer, m_stand.settings, m_stand.clock};
    app::Services m_services{*m_stand.sessions, m_stand.signer, m_stand.accounts, m_stand.slot, m_stand.setup,
        m_stand.settings, m_chain.registry, m_chain.registry.chains(), m_chain.client, m_chain.accounts,
        m_chain.requests, m_stand.random, m_stand.clock, m_stand.pool,
        [](std::chrono::milliseconds, const std::function<void()>& then) { then(); }};
    std::unique_ptr<app::Desktop> m_desktop;
    test::TrayItem m_item;
    QProcess m_panel;

    [[nodiscard]] static ui::MainWindow* window()
    {
        const auto widgets = QApplication::topLevelWidgets();
        for (QWidget* widget : widgets) {
            if (auto* found = qobject_cast<ui::MainWindow*>(widget))
                return found;
        }
        return nullptr;
    }
    [[nodiscard]] static bool saysIsSwitcher()
    {
        const auto labels = window()->findChildren<QLabel*>();
        return std::any_of(labels.cbegin(), labels.cend(), [](const QLabel* label) {
            return label->isVisibleTo(window())
                && label->text() == u"This desktop has no tray, so the window is the switcher."_s;
        });
    }
    void startPanel()
    {
        m_panel.start(u"xfce4-panel"_s, {u"--disable-wm-check"_s});
        QTRY_VERIFY_WITH_TIMEOUT(m_item.isRegistered(), 20'000);
    }
    void killPanel()
    {
        m_panel.kill();
        QVERIFY(m_panel.waitForFinished());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_stand.addSix();
        m_desktop = std::make_unique<app::Desktop>(*qApp, m_services);
    }

    // One after the other, as in life: Qt's choice of a tray is made once a process.
    void inTheBackgroundItStandsInForATray()
    {
        m_desktop->start(false, 100ms);
        QTRY_VERIFY(window() && window()->isMinimized()); // no tray came
        QVERIFY(saysIsSwitcher());
        startPanel();
        QTRY_VERIFY(!window()->isVisible());
        QVERIFY(!saysIsSwitcher());
        killPanel();
        QTRY_VERIFY_WITH_TIMEOUT(window()->isMinimized() && window()->isVisible(), 20'000);
        QVERIFY(saysIsSwitcher());
        startPanel();
        QTRY_VERIFY(!window()->isVisible());
    }

    void openItSaysSoAndStays()
    {
        m_desktop->showWindow();
        QTRY_VERIFY(window()->isVisible() && !window()->isMinimized());
        QVERIFY(!saysIsSwitcher());
        killPanel();
        QTRY_VERIFY_WITH_TIMEOUT(saysIsSwitcher(), 20'000);
        QVERIFY(window()->isVisible() && !window()->isMinimized());
        window()->close();
        QTRY_VERIFY(window()->isMinimized());
        QVERIFY(window()->isVisible());
        m_desktop->showWindow();
        QTRY_VERIFY(!window()->isMinimized());
        startPanel();
        QTRY_VERIFY(!saysIsSwitcher());
        QVERIFY(window()->isVisible() && !window()->isMinimized()); // the person has it open
        window()->close();
        QTRY_VERIFY(!window()->isVisible());
        killPanel();
    }
};

QTEST_MAIN(TestTrayWindow)
#include "tst_tray_window.moc"
