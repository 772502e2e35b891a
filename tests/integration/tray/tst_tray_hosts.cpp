// SPDX-License-Identifier: MIT
// Which tray there is, and when. One function a process, since Qt chooses a kind of tray once: run as
// `with-desktop … -- tst_tray_hosts FUNCTION`.
#include "core/base/Settings.h"
#include "tests/integration/tray/TrayItem.h"
#include "tests/support/Stand.h"
#include "ui/models/SessionModel.h"
#include "ui/theme/Avatar.h"
#include "ui/tray/TrayController.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWindow>
#include <cstdlib>
#include <xcb/xcb.h>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SignerKind;

/// A panel of the newer kind, as far as the bus goes.
class Watcher final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost)
public:
    [[nodiscard]] bool hasHost() const { return true; }
};

class TestTrayHosts final : public QObject
{
    Q_OBJECT

    test::Stand m_stand;
    QTemporaryDir m_dir;
    Settings m_settings{m_dir.filePath(u"hatstand.ini"_s)};
    std::unique_ptr<SessionModel> m_model;
    std::unique_ptr<TrayController> m_tray;

    [[nodiscard]] static bool seesIcon() { return test::findColour(accountColour(u"nostr:a"_s)).has_value(); }

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_stand.add(u"nostr:b"_s, SignerKind::WatchOnly, true, u"Bo"_s));
        QVERIFY(m_stand.add(u"nostr:a"_s, SignerKind::WatchOnly, true, u"Ada"_s));
        m_model = std::make_unique<SessionModel>(m_stand.sessions());
        m_tray = std::make_unique<TrayController>(
            m_stand.sessions(), *m_model, m_stand.vault, m_settings, nullptr);
    }

    // The desktop has none: nothing is touched, nothing hangs, and the window is told.
    void none()
    {
        m_tray = std::make_unique<TrayController>(
            m_stand.sessions(), *m_model, m_stand.vault, m_settings, nullptr, std::chrono::milliseconds(0));
        QSignalSpy available(m_tray.get(), &TrayController::availableChanged);
        // What was asked for when it was made is answered before what is asked now, and timers end in their
        // order.
        QDBusPendingCallWatcher later(QDBusConnection::sessionBus().asyncCall(QDBusMessage::createMethodCall(
            u"org.freedesktop.DBus"_s, u"/"_s, u"org.freedesktop.DBus"_s, u"GetId"_s)));
        QVERIFY(QSignalSpy(&later, &QDBusPendingCallWatcher::finished).wait());
        QTimer after;
        after.start(std::chrono::milliseconds(1));
        QVERIFY(QSignalSpy(&after, &QTimer::timeout).wait());
        QCOMPARE(available.size(), 0);
        QVERIFY(!m_tray->isAvailable());
    }

    // A panel that starts brings the older kind first. It is not taken while the newer may still come.
    void grace()
    {
        m_tray.reset();
        TrayHostWatcher patient(std::chrono::minutes(1));
        TrayHostWatcher hasty(std::chrono::milliseconds(0));
        auto* x = qApp->nativeInterface<QNativeInterface::QX11Application>()->connection();
        const auto atom = [x](const QByteArray& name) {
            auto* reply = xcb_intern_atom_reply(
                x, xcb_intern_atom(x, 0, static_cast<quint16>(name.size()), name.constData()), nullptr);
            const xcb_atom_t answer = reply->atom;
            std::free(reply);
            return answer;
        };
        QWindow owner;
        owner.create();
        const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(x)).data->root;
        const xcb_atom_t selection = atom("_NET_SYSTEM_TRAY_S0");
        xcb_set_selection_owner(x, static_cast<xcb_window_t>(owner.winId()), selection, XCB_CURRENT_TIME);
        xcb_client_message_event_t manager{};
        manager.response_type = XCB_CLIENT_MESSAGE;
        manager.format = 32;
        manager.window = root;
        manager.type = atom("MANAGER");
        manager.data.data32[1] = selection;
        manager.data.data32[2] = static_cast<quint32>(owner.winId());
        xcb_send_event(x, 0, root, XCB_EVENT_MASK_STRUCTURE_NOTIFY, reinterpret_cast<const char*>(&manager));
        xcb_flush(x);
        QTRY_COMPARE(hasty.host(), TrayHostWatcher::Host::XEmbed);
        QCOMPARE(patient.host(), TrayHostWatcher::Host::None);

        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"panel"_s);
        Watcher watcher;
        QVERIFY(
            bus.registerObject(u"/StatusNotifierWatcher"_s, &watcher, QDBusConnection::ExportAllProperties));
        QVERIFY(bus.registerService(u"org.kde.StatusNotifierWatcher"_s));
        QTRY_COMPARE(patient.host(), TrayHostWatcher::Host::StatusNotifier);
        QCOMPARE(hasty.host(), TrayHostWatcher::Host::XEmbed); // it has made its choice

        owner.destroy();
        xcb_flush(x);
        QTRY_COMPARE(hasty.host(), TrayHostWatcher::Host::None);
        QVERIFY(bus.unregisterService(u"org.kde.StatusNotifierWatcher"_s));
        QTRY_COMPARE(patient.host(), TrayHostWatcher::Host::None);
    }

    // The panel starts after us, is killed and comes back: a StatusNotifier each time, with its menu.
    void late()
    {
        QSignalSpy available(m_tray.get(), &TrayController::availableChanged);
        test::TrayItem item;
        QProcess panel;
        const auto start = [&panel] { panel.start(u"xfce4-panel"_s, {u"--disable-wm-check"_s}); };
        QVERIFY(!m_tray->isAvailable());
        start();
        QTRY_VERIFY_WITH_TIMEOUT(item.isRegistered(), 20'000);
        QVERIFY(m_tray->isAvailable());
        QTRY_COMPARE(item.labels().value(0), u"✓ Ada · a"_s);
        QTRY_VERIFY_WITH_TIMEOUT(seesIcon(), 20'000);

        panel.kill();
        QVERIFY(panel.waitForFinished());
        QTRY_VERIFY_WITH_TIMEOUT(!m_tray->isAvailable(), 20'000);
        QVERIFY(!item.isRegistered());
        start();
        QTRY_VERIFY_WITH_TIMEOUT(item.isRegistered(), 20'000); // with the new watcher
        QTRY_VERIFY_WITH_TIMEOUT(seesIcon(), 20'000);
        QVERIFY(item.click(u"Bo · b"_s));
        QTRY_COMPARE(m_stand.active(), u"nostr:b"_s);
        QTRY_COMPARE(item.labels().value(0), u"✓ Bo · b"_s);
        QCOMPARE(available.size(), 3);
        panel.terminate();
        QVERIFY(panel.waitForFinished());
    }

    // A tray of the older kind, with the menu drawn by us.
    void xembed()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_tray->isAvailable(), 20'000);
        std::optional<QPoint> icon;
        QTRY_VERIFY_WITH_TIMEOUT(icon = test::findColour(accountColour(u"nostr:a"_s)), 20'000);
        test::clickAt(*icon, 2);
        QTRY_COMPARE(m_stand.active(), u"nostr:b"_s);

        QTRY_VERIFY_WITH_TIMEOUT(icon = test::findColour(accountColour(u"nostr:b"_s)), 20'000);
        test::clickAt(*icon, 3);
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activePopupWidget(), 20'000);
        QProcess::execute(u"xdotool"_s, {u"key"_s, u"Down"_s, u"Down"_s, u"Return"_s});
        QTRY_COMPARE(m_stand.active(), u"nostr:a"_s);

        QSignalSpy switcher(m_tray.get(), &TrayController::switcherRequested);
        QTRY_VERIFY_WITH_TIMEOUT(icon = test::findColour(accountColour(u"nostr:a"_s)), 20'000);
        test::clickAt(*icon, 1);
        QTRY_COMPARE(switcher.size(), 1);
        // A tray of this kind says where it is, so that the switcher can sit beside it.
        QVERIFY(switcher.constFirst().constFirst().toRect().contains(*icon));
    }

    // A tray of the older kind is killed and comes back: the icon is in it, and its menu works.
    void xembed_again()
    {
        m_tray = std::make_unique<TrayController>(
            m_stand.sessions(), *m_model, m_stand.vault, m_settings, nullptr, std::chrono::milliseconds(0));
        QSignalSpy available(m_tray.get(), &TrayController::availableChanged);
        for (int time = 1; time <= 2; ++time) {
            QProcess trayer;
            trayer.start(u"trayer"_s,
                {u"--edge"_s, u"bottom"_s, u"--align"_s, u"right"_s, u"--widthtype"_s, u"request"_s,
                    u"--height"_s, u"30"_s});
            QTRY_VERIFY_WITH_TIMEOUT(m_tray->isAvailable(), 20'000);
            std::optional<QPoint> icon;
            QTRY_VERIFY_WITH_TIMEOUT(icon = test::findColour(accountColour(u"nostr:a"_s)), 20'000);
            QVERIFY(m_stand.sessions().activate(session::SessionId(u"nostr:a"_s)));
            // The tray moves icons while it fits itself around them: a miss is clicked again, as by a person.
            const auto isOpen = [] { return QApplication::activePopupWidget() != nullptr; };
            for (int attempt = 0; attempt < 10 && !isOpen(); ++attempt) {
                if ((icon = test::findColour(accountColour(u"nostr:a"_s))))
                    test::clickAt(*icon, 3);
                (void)QTest::qWaitFor(isOpen, 2'000);
            }
            QVERIFY(isOpen());
            QProcess::execute(u"xdotool"_s, {u"key"_s, u"Down"_s, u"Down"_s, u"Return"_s});
            QTRY_COMPARE(m_stand.active(), u"nostr:b"_s);
            QVERIFY(m_stand.sessions().activate(session::SessionId(u"nostr:a"_s)));
            trayer.kill();
            QVERIFY(trayer.waitForFinished());
            QTRY_VERIFY_WITH_TIMEOUT(!m_tray->isAvailable(), 20'000);
            QTRY_VERIFY_WITH_TIMEOUT(!seesIcon(), 20'000);
            QCOMPARE(available.size(), 2 * time);
        }
    }
};

int main(int argc, char** argv)
{
    if (argc != 2) { // all in one process would test the first only
        qWarning("usage: tst_tray_hosts none|grace|late|xembed|xembed_again");
        return 2;
    }
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestTrayHosts test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_tray_hosts.moc"
