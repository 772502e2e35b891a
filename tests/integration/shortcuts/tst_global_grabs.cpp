// SPDX-License-Identifier: MIT
// Keys that work everywhere on a real X server: pressed while another program has the focus, under three
// layouts, with every lock. Run under with-desktop.
#include "app/DesktopShortcuts.h"
#include "tests/support/Stand.h"
#include "ui/shortcuts/global/GrabbedKeys.h"

#include <QApplication>
#include <QLineEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <cstdlib>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SignerKind;

namespace {

QString run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("%s %s", qPrintable(program), qPrintable(arguments.join(u' ')));
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

/// Numbers are key codes: places on the keyboard, whatever the layout prints there.
void press(const QString& keys)
{
    run(u"xdotool"_s, {u"key"_s, keys});
}

/// Another program's connection to the X server.
class Other
{
public:
    Other()
        : m_x(xcb_connect(nullptr, nullptr))
        , m_root(xcb_setup_roots_iterator(xcb_get_setup(m_x)).data->root)
    {
    }
    ~Other() { xcb_disconnect(m_x); }
    /// Ctrl+Alt and this key code; false where somebody has it.
    [[nodiscard]] bool grab(xcb_keycode_t code)
    {
        xcb_generic_error_t* error = xcb_request_check(m_x,
            xcb_grab_key_checked(m_x, 0, m_root, XCB_MOD_MASK_CONTROL | XCB_MOD_MASK_1, code,
                XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC));
        const bool granted = error == nullptr;
        std::free(error);
        return granted;
    }

private:
    xcb_connection_t* m_x;
    xcb_window_t m_root;
};

/// Sees how often the server sends a key, repetitions and all.
class Counter final : public QAbstractNativeEventFilter
{
public:
    explicit Counter(xcb_keycode_t code)
        : m_code(code)
    {
        qApp->installNativeEventFilter(this);
    }
    bool nativeEventFilter(const QByteArray&, void* message, qintptr*) override
    {
        const auto* event = static_cast<const xcb_key_press_event_t*>(message);
        if (event->response_type == XCB_KEY_PRESS && event->detail == m_code)
            ++presses;
        return false;
    }
    int presses = 0;

private:
    xcb_keycode_t m_code;
};

constexpr xcb_keycode_t kCodeOfK = 45;
constexpr xcb_keycode_t kCodeOfZero = 19;

} // namespace

class TestGlobalGrabs final : public QObject
{
    Q_OBJECT

    QProcess m_message;
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
    [[nodiscard]] static QString focused()
    {
        return run(u"xdotool"_s, {u"getwindowfocus"_s, u"getwindowname"_s});
    }
    void focusOther()
    {
        run(u"xdotool"_s,
            {u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--name"_s, u"elsewhere"_s, u"windowfocus"_s});
        QTRY_COMPARE(focused(), u"elsewhere"_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(QGuiApplication::platformName(), u"xcb"_s);
        m_message.start(u"xmessage"_s, {u"-title"_s, u"elsewhere"_s, u"somebody else's window"_s});
        QVERIFY(m_message.waitForStarted());
        focusOther();
    }
    void cleanupTestCase()
    {
        m_message.kill();
        m_message.waitForFinished();
    }

    void init()
    {
        run(u"setxkbmap"_s, {u"us"_s});
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

    void accountsUnderEveryLayoutAndLock_data()
    {
        QTest::addColumn<QString>("layout");
        for (const char* layout : {"us", "de", "fr"})
            QTest::newRow(layout) << QString::fromLatin1(layout);
    }
    void accountsUnderEveryLayoutAndLock()
    {
        QFETCH(QString, layout);
        run(u"setxkbmap"_s, {layout});
        startShortcuts();
        QSignalSpy switched(m_actions.get(), &app::DesktopShortcuts::switchRequested);
        int switches = 0;
        const QList<QStringList> locks{
            {}, {u"Num_Lock"_s}, {u"Caps_Lock"_s}, {u"Num_Lock"_s, u"Caps_Lock"_s}};
        for (const QStringList& on : locks) {
            for (const QString& lock : on)
                press(lock);
            press(u"ctrl+alt+11"_s);
            QTRY_COMPARE(m_stand->active(), u"nostr:b"_s);
            press(u"ctrl+alt+10"_s);
            QTRY_COMPARE(m_stand->active(), u"nostr:a"_s);
            press(u"ctrl+alt+19"_s); // 0: the one before
            QTRY_COMPARE(m_stand->active(), u"nostr:b"_s);
            press(u"ctrl+alt+1"_s); // as the layout types it, on a French keyboard with Shift
            QTRY_COMPARE(m_stand->active(), u"nostr:a"_s);
            switches += 4;
            for (const QString& lock : on)
                press(lock);
        }
        QCOMPARE(switched.size(), switches);
        // Nothing came up, and the other program kept the focus all the while.
        QCOMPARE(focused(), u"elsewhere"_s);
        for (const QWindow* window : QGuiApplication::topLevelWindows())
            QVERIFY(!window->isVisible());
    }

    void theOrderIsThePersons()
    {
        startShortcuts();
        QVERIFY(m_stand->sessions().move(session::SessionId(u"nostr:c"_s), 1));
        press(u"ctrl+alt+11"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:a"_s);
        press(u"ctrl+alt+10"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:c"_s);
        // There is no ninth; what is pressed after it still works.
        press(u"ctrl+alt+18"_s);
        press(u"ctrl+alt+12"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:b"_s);
    }

    // A letter is where the layout has it, also of a layout that comes while we run.
    void lettersFollowTheLayout()
    {
        QVERIFY(m_settings->set(u"shortcuts.global.switcher"_s, u"Ctrl+Alt+Z"_s));
        startShortcuts();
        QSignalSpy switcher(m_actions.get(), &app::DesktopShortcuts::switcherRequested);
        press(u"ctrl+alt+52"_s);
        QTRY_COMPARE(switcher.size(), 1);
        for (const auto& [layout, place] :
            {std::pair{u"de"_s, u"ctrl+alt+29"_s}, std::pair{u"fr"_s, u"ctrl+alt+25"_s},
                // no Latin letters at all: then where they stand on the keyboards they come with
                std::pair{u"ru"_s, u"ctrl+alt+52"_s}}) {
            QSignalSpy looked(m_shortcuts.get(), &GlobalShortcuts::changed);
            run(u"setxkbmap"_s, {layout});
            QTRY_VERIFY(!looked.isEmpty());
            switcher.clear();
            press(place);
            QTRY_COMPARE(switcher.size(), 1);
        }
    }

    void whatIsTakenIsSaidAndHadLater()
    {
        auto other = std::make_unique<Other>();
        QVERIFY(other->grab(kCodeOfK));
        QVERIFY(other->grab(12));
        startShortcuts();
        QCOMPARE(m_shortcuts->trouble(GlobalAction::Switcher),
            u"Another program holds Ctrl+Alt+K, so it does nothing here."_s);
        QCOMPARE(m_shortcuts->trouble(GlobalAction::Account),
            u"Another program holds Ctrl+Alt+3, so it does nothing here."_s);
        QCOMPARE(m_shortcuts->trouble(GlobalAction::Last), QString());
        QSignalSpy switcher(m_actions.get(), &app::DesktopShortcuts::switcherRequested);
        press(u"ctrl+alt+k"_s);
        press(u"ctrl+alt+11"_s); // the others work
        QTRY_COMPARE(m_stand->active(), u"nostr:b"_s);
        QCOMPARE(switcher.size(), 0);

        other.reset();
        // The server hears of the end of a connection when it comes to it.
        QTRY_VERIFY((m_shortcuts->lookAgain(), m_shortcuts->trouble(GlobalAction::Switcher).isEmpty()));
        QCOMPARE(m_shortcuts->trouble(GlobalAction::Account), QString());
        press(u"ctrl+alt+k"_s);
        QTRY_COMPARE(switcher.size(), 1);
    }

    void changesCountAtOnceAndNoneIsOff()
    {
        startShortcuts();
        QVERIFY(m_shortcuts->set(GlobalAction::Account, QKeySequence(u"Meta+1"_s)));
        QVERIFY(m_shortcuts->set(GlobalAction::Last, {}));
        QVERIFY(m_shortcuts->set(GlobalAction::Next, QKeySequence(u"Ctrl+Alt+Home"_s)));
        Other other;
        QVERIFY(other.grab(kCodeOfZero)); // nobody has it any more
        QVERIFY(other.grab(10));
        press(u"super+11"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:b"_s);
        press(u"ctrl+alt+Home"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:c"_s);
    }

    void givenBackAtTheEnd()
    {
        startShortcuts();
        Other other;
        QVERIFY(!other.grab(kCodeOfK));
        stopShortcuts();
        QVERIFY(other.grab(kCodeOfK));
        QVERIFY(other.grab(kCodeOfZero));
    }

    // Held down it switches once: to the one before and not back and forth.
    void aHeldKeyCountsOnce()
    {
        startShortcuts();
        run(u"xset"_s, {u"r"_s, u"rate"_s, u"50"_s, u"50"_s});
        QSignalSpy switched(m_actions.get(), &app::DesktopShortcuts::switchRequested);
        Counter counter(kCodeOfZero);
        run(u"xdotool"_s, {u"keydown"_s, u"ctrl"_s, u"keydown"_s, u"alt"_s, u"keydown"_s, u"19"_s});
        QTRY_VERIFY(counter.presses > 4);
        run(u"xdotool"_s, {u"keyup"_s, u"19"_s, u"keyup"_s, u"alt"_s, u"keyup"_s, u"ctrl"_s});
        QCOMPARE(switched.size(), 1);
        press(u"ctrl+alt+19"_s);
        QTRY_COMPARE(switched.size(), 2);
    }

    void ourOwnWindowsKeepTheirKeys()
    {
        startShortcuts();
        QLineEdit window;
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        press(u"k"_s);
        press(u"2"_s);
        QTRY_COMPARE(window.text(), u"k2"_s);
        QCOMPARE(m_stand->active(), u"nostr:c"_s);
        press(u"ctrl+alt+11"_s);
        QTRY_COMPARE(m_stand->active(), u"nostr:b"_s);
        QCOMPARE(window.text(), u"k2"_s);

        // While keys are being recorded they go to whoever records them.
        QSignalSpy switched(m_actions.get(), &app::DesktopShortcuts::switchRequested);
        Counter counter(10);
        m_shortcuts->setPaused(true);
        press(u"ctrl+alt+10"_s);
        QTRY_COMPARE(counter.presses, 1);
        QCOMPARE(switched.size(), 0);
        m_shortcuts->setPaused(false);
        press(u"ctrl+alt+10"_s);
        QTRY_COMPARE(switched.size(), 1);
        window.close();
        focusOther();
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestGlobalGrabs test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_global_grabs.moc"
