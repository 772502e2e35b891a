// SPDX-License-Identifier: MIT
// Keys that a desktop gives out through the portal: the real xdg-desktop-portal over a stand-in for the
// desktop's half of it. Run on a bus where nothing else provides a portal, without an X server.
#include "app/DesktopShortcuts.h"
#include "tests/integration/shortcuts/PortalStandIn.h"
#include "tests/support/Stand.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SignerKind;
using Way = GlobalKeys::Way;

class TestGlobalPortal final : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::Stand> m_stand;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<GlobalShortcuts> m_shortcuts;
    std::unique_ptr<app::DesktopShortcuts> m_actions;

    void startShortcuts()
    {
        m_shortcuts = std::make_unique<GlobalShortcuts>(*m_settings, app::makeGlobalKeys(), u"hatstand"_s);
        m_actions = std::make_unique<app::DesktopShortcuts>(m_stand->sessions(), *m_shortcuts);
        QObject::connect(m_actions.get(), &app::DesktopShortcuts::switchRequested, m_actions.get(),
            [this](const session::SessionId& id) { QVERIFY(m_stand->sessions().activate(id)); });
        m_shortcuts->start();
    }
    void stopShortcuts()
    {
        m_actions.reset();
        m_shortcuts.reset();
    }
    [[nodiscard]] QString trigger(GlobalAction action) const { return m_shortcuts->triggerText(action); }

private Q_SLOTS:
    void init()
    {
        m_stand = std::make_unique<test::Stand>();
        for (const char* word : {"a", "b", "c"})
            QVERIFY(m_stand->add(u"nostr:"_s + QLatin1String(word), SignerKind::WatchOnly));
        m_settings = std::make_unique<Settings>(m_stand->directory() + u"/config.ini"_s);
    }
    void cleanup()
    {
        stopShortcuts();
        m_stand.reset();
    }

    // This portal has no Registry: without a name it works too.
    void keysAreBoundAndSwitch()
    {
        test::PortalBackend backend;
        test::Portal portal;
        portal.start();
        startShortcuts();
        QTRY_COMPARE(trigger(GlobalAction::Switcher), u"Press CTRL+ALT+k"_s);
        QCOMPARE(m_shortcuts->way(), Way::Portal);
        QCOMPARE(trigger(GlobalAction::Account), u"Press CTRL+ALT+1 … 9"_s);
        QCOMPARE(trigger(GlobalAction::Next), QString());
        QCOMPARE(backend.wanted.size(), 11);
        QCOMPARE(backend.wanted.value(u"account-2"_s).value(u"description"_s).toString(),
            u"Switch to account 2"_s);
        QCOMPARE(backend.wanted.value(u"last"_s).value(u"preferred_trigger"_s).toString(), u"CTRL+ALT+0"_s);

        QSignalSpy switched(m_actions.get(), &app::DesktopShortcuts::switchRequested);
        backend.activate(u"account-2"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:b"_s);
        backend.activate(u"last"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:c"_s);
        QCOMPARE(switched.size(), 2);
        QSignalSpy switcher(m_actions.get(), &app::DesktopShortcuts::switcherRequested);
        backend.activate(u"logout"_s); // nothing we asked for
        backend.activate(u"switcher"_s);
        QTRY_COMPARE(switcher.size(), 1);
        QCOMPARE(m_stand->active(), u"nostr:c"_s);
    }

    void changesAreAskedForAnew()
    {
        test::PortalBackend backend;
        test::Portal portal;
        portal.start();
        startShortcuts();
        QTRY_VERIFY(!trigger(GlobalAction::Last).isEmpty());
        QVERIFY(m_settings->set(u"shortcuts.global.last"_s, u"none"_s));
        QVERIFY(m_settings->set(u"shortcuts.global.next"_s, u"Meta+Shift+Right"_s));
        QTRY_COMPARE(trigger(GlobalAction::Next), u"Press SHIFT+LOGO+Right"_s);
        QVERIFY(!backend.wanted.contains(u"last"_s));
        backend.activate(u"next"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:a"_s);
        stopShortcuts();
        QTRY_COMPARE(backend.session, QString()); // given back
    }

    void whatTheDesktopSaysIsPlainText()
    {
        test::PortalBackend backend;
        backend.trigger = u"\u202e<b>%1</b>\nand more"_s;
        backend.withheld = {u"last"_s};
        test::Portal portal;
        portal.start();
        startShortcuts();
        QTRY_COMPARE(trigger(GlobalAction::Switcher), u"<b>CTRL+ALT+k</b> and more"_s);
        QCOMPARE(trigger(GlobalAction::Last), QString());
    }

    // A person who says no is not asked again at every start, only when they want to be.
    void aNoIsKept()
    {
        test::PortalBackend backend;
        backend.response = 1;
        test::Portal portal;
        portal.start();
        startShortcuts();
        QTRY_VERIFY(m_shortcuts->isDeclined());
        QCOMPARE(m_shortcuts->way(), Way::None);
        QCOMPARE(backend.asked, 1);
        stopShortcuts();
        startShortcuts();
        QVERIFY(m_shortcuts->isDeclined());
        m_shortcuts->lookAgain();
        backend.response = 0;
        m_shortcuts->askAgain();
        QTRY_COMPARE(trigger(GlobalAction::Switcher), u"Press CTRL+ALT+k"_s);
        QCOMPARE(backend.asked, 2);
        QVERIFY(!m_shortcuts->isDeclined());
    }

    void aPortalThatGoesAndComesBack()
    {
        test::PortalBackend backend;
        test::Portal portal;
        startShortcuts(); // before there is one
        QCOMPARE(m_shortcuts->way(), Way::None);
        portal.start();
        QTRY_COMPARE(m_shortcuts->way(), Way::Portal);
        QTRY_VERIFY(!trigger(GlobalAction::Last).isEmpty());
        portal.stop();
        QTRY_COMPARE(m_shortcuts->way(), Way::None);
        QCOMPARE(trigger(GlobalAction::Last), QString());
        portal.start();
        QTRY_VERIFY(!trigger(GlobalAction::Last).isEmpty());
        backend.activate(u"account-1"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:a"_s);
        backend.closeSession();
        QTRY_COMPARE(m_shortcuts->way(), Way::None);
        m_shortcuts->lookAgain();
        QTRY_VERIFY(!trigger(GlobalAction::Last).isEmpty());
    }

    // Commands to bind by hand take their place.
    void noPortal()
    {
        startShortcuts();
        QSignalSpy changed(m_shortcuts.get(), &GlobalShortcuts::changed);
        QTRY_VERIFY(changed.size() >= 2); // tried
        QCOMPARE(m_shortcuts->way(), Way::None);
        QStringList lines;
        for (const auto& command : m_shortcuts->commands())
            lines += command.line;
        QCOMPARE(lines.size(), 13);
        QCOMPARE(lines.value(1), u"hatstand switch --position 2"_s);
        QVERIFY(lines.contains(u"hatstand --switcher"_s));
        QVERIFY(lines.contains(u"hatstand switch last"_s));
    }

    // The name comes first; the portal takes none later.
    void aPortalWithARegistryIsToldWhoWeAre()
    {
        test::NewPortal portal;
        startShortcuts();
        QTRY_COMPARE(m_shortcuts->way(), Way::Portal);
        QTRY_VERIFY(portal.calls.size() == 3);
        QCOMPARE(portal.calls, (QStringList{u"Register"_s, u"CreateSession"_s, u"BindShortcuts"_s}));
        QCOMPARE(portal.appId, u"org.hatstand.Hatstand"_s);
        QSignalSpy switched(m_actions.get(), &app::DesktopShortcuts::switchRequested);
        QTRY_VERIFY(
            (portal.activate(u"account-1"_s), QTest::qWaitFor([&] { return !switched.isEmpty(); }, 500)));
        QCOMPARE(m_stand->active(), u"nostr:a"_s);
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestGlobalPortal test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_global_portal.moc"
