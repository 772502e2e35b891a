// SPDX-License-Identifier: MIT
// How Hatstand hears that the person left the desk: logind on a private system bus, screen savers and Mutter
// on a private session bus, each played by python-dbusmock in a process of its own.
#include "app/presence/DeskWatcher.h"
#include "tests/integration/presence/MockService.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <unistd.h>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;
using presence::DeskWatcher;
using Reason = DeskWatcher::Reason;

namespace {

constexpr std::chrono::milliseconds kShort{50};
constexpr std::chrono::hours kLong{1};

const QString login1 = u"org.freedesktop.login1"_s;
const QString managerPath = u"/org/freedesktop/login1"_s;
const QString manager = u"org.freedesktop.login1.Manager"_s;
const QString session = u"org.freedesktop.login1.Session"_s;
const QString ours = u"/org/freedesktop/login1/session/s1"_s;
const QString theirs = u"/org/freedesktop/login1/session/s2"_s;
const QString mutter = u"org.gnome.Mutter.IdleMonitor"_s;
const QString mutterPath = u"/org/gnome/Mutter/IdleMonitor/Core"_s;
const QString screenSaver = u"org.freedesktop.ScreenSaver"_s;
const QString screenSaverPath = u"/org/freedesktop/ScreenSaver"_s;

/// The watcher with what it told.
struct Desk
{
    SystemClock clock;
    DeskWatcher watcher{clock};
    QList<Reason> left;
    QSignalSpy returned{&watcher, &DeskWatcher::returned};

    Desk()
    {
        QObject::connect(
            &watcher, &DeskWatcher::left, &watcher, [this](Reason reason) { left.append(reason); });
    }
    [[nodiscard]] bool isTold(Reason reason) const { return left.contains(reason); }
};

} // namespace

class TestPresence final : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::PrivateBus> m_system;
    std::unique_ptr<test::PrivateBus> m_desktop;
    std::unique_ptr<test::MockService> m_logind;

    [[nodiscard]] bool startLogind()
    {
        m_logind = std::make_unique<test::MockService>(*m_system);
        const auto uid = static_cast<quint32>(::getuid());
        return m_logind->start(login1, u"logind"_s) && addSession(u"s1"_s, uid)
            && addSession(u"s2"_s, uid + 1);
    }
    bool addSession(const QString& id, quint32 uid)
    {
        return m_logind
            ->call(managerPath, u"org.freedesktop.DBus.Mock"_s, u"AddSession"_s,
                {id, u"seat0"_s, uid, u"somebody"_s, true})
            .isValid();
    }
    [[nodiscard]] int inhibitors()
    {
        const auto list = m_logind->call(managerPath, manager, u"ListInhibitors"_s).value<QDBusArgument>();
        int count = 0;
        list.beginArray();
        while (!list.atEnd()) {
            QString what;
            QString who;
            QString why;
            QString mode;
            quint32 uid = 0;
            quint32 pid = 0;
            list.beginStructure();
            list >> what >> who >> why >> mode >> uid >> pid;
            list.endStructure();
            count += what == "sleep"_L1 && who == "Hatstand"_L1 && mode == "delay"_L1;
        }
        list.endArray();
        return count;
    }
    bool sleep(bool start)
    {
        return m_logind->emitSignal(managerPath, manager, u"PrepareForSleep"_s, u"b"_s, {start});
    }
    /// Our session was found and is listened to.
    void follow(Desk& desk)
    {
        desk.watcher.start();
        QTRY_VERIFY_WITH_TIMEOUT(m_logind->update(ours, session, {{u"LockedHint"_s, true}})
                && m_logind->update(ours, session, {{u"LockedHint"_s, false}})
                && desk.isTold(Reason::ScreenLocked),
            20'000);
        QVERIFY(m_logind->update(ours, session, {{u"Active"_s, false}})); // comes after all of those
        QTRY_VERIFY(desk.isTold(Reason::UserSwitched));
        desk.returned.clear();
        QVERIFY(m_logind->update(ours, session, {{u"Active"_s, true}}));
        QTRY_COMPARE(desk.returned.size(), 1);
        desk.left.clear();
        desk.returned.clear();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariable("HATSTAND_TEST_BUS") == "none"_L1)
            return;
        m_system = std::make_unique<test::PrivateBus>("DBUS_SYSTEM_BUS_ADDRESS");
        m_desktop = std::make_unique<test::PrivateBus>("DBUS_SESSION_BUS_ADDRESS");
        QVERIFY(m_system->isUp() && m_desktop->isUp());
    }

    void init()
    {
        qputenv("XDG_SESSION_ID", "s1");
        if (m_system)
            QVERIFY(startLogind());
    }
    void cleanup() { m_logind.reset(); }

    // Alone, with both addresses leading nowhere: it waits for nothing, and time without use still counts.
    void noBus()
    {
        if (m_system)
            return; // the buses are there; see presence_no_bus
        Desk desk;
        desk.watcher.setIdleLimit(kShort);
        desk.watcher.start();
        desk.watcher.setArmed(true);
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Idle});
    }

    void sleepWaitsUntilLocked()
    {
        Desk desk;
        desk.watcher.start();
        desk.watcher.setArmed(true);
        QTRY_COMPARE(inhibitors(), 1);
        int whenTold = -1;
        connect(&desk.watcher, &DeskWatcher::left, &desk.watcher, [&] {
            whenTold = inhibitors(); // the computer still waits for us
            desk.watcher.setArmed(false);
        });
        QVERIFY(sleep(true));
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Suspend});
        QCOMPARE(whenTold, 1);
        QTRY_COMPARE(inhibitors(), 0);
        desk.watcher.setArmed(true); // unlocked while it falls asleep: that is for the next time
        QVERIFY(sleep(false));
        QTRY_COMPARE(desk.returned.size(), 1);
        QTRY_COMPARE(inhibitors(), 1);
    }

    void sleepIsNotDelayedForever()
    {
        Desk desk;
        desk.watcher.start();
        desk.watcher.setArmed(true);
        QTRY_COMPARE(inhibitors(), 1);
        QVERIFY(sleep(true));
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Suspend});
        QTRY_COMPARE_WITH_TIMEOUT(inhibitors(), 0, 20'000);
    }

    void nothingToLockDelaysNothing()
    {
        Desk desk;
        follow(desk);
        QCOMPARE(inhibitors(), 0);
        desk.watcher.setArmed(true);
        desk.watcher.setArmed(false); // before the answer to the first is there
        QTRY_COMPARE(m_logind->calls(managerPath, u"Inhibit"_s), 1);
        QTRY_COMPARE(inhibitors(), 0);
        QVERIFY(sleep(true));
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Suspend});
    }

    void deniedInhibitor()
    {
        QVERIFY(m_logind->addMethod(managerPath, manager, u"Inhibit"_s, u"ssss"_s, u"h"_s,
            u"raise dbus.exceptions.DBusException('no', name='org.freedesktop.DBus.Error.AccessDenied')"_s));
        Desk desk;
        desk.watcher.start();
        desk.watcher.setArmed(true);
        QTRY_COMPARE(m_logind->calls(managerPath, u"Inhibit"_s), 1);
        QVERIFY(sleep(true));
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Suspend});
    }

    void sessionIsFound_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QString>("byProcess"); ///< what GetSessionByPID does
        QTest::newRow("by its id") << QByteArray("s1") << QString();
        QTest::newRow("by process") << QByteArray() << u"ret = '/org/freedesktop/login1/session/s1'"_s;
        QTest::newRow("an id of another day")
            << QByteArray("gone") << u"ret = '/org/freedesktop/login1/session/s1'"_s;
        QTest::newRow("by the user's display") << QByteArray() << QString();
    }
    void sessionIsFound()
    {
        QFETCH(QByteArray, id);
        QFETCH(QString, byProcess);
        qputenv("XDG_SESSION_ID", id);
        QVERIFY(m_logind->addMethod(managerPath, manager, u"GetSession"_s, u"s"_s, u"o"_s,
            u"if args[0] != 's1': raise dbus.exceptions.DBusException('no', "
            u"name='org.freedesktop.login1.NoSuchSession')\n"
            "ret = '/org/freedesktop/login1/session/s1'"_s));
        if (!byProcess.isEmpty())
            QVERIFY(
                m_logind->addMethod(managerPath, manager, u"GetSessionByPID"_s, u"u"_s, u"o"_s, byProcess));
        const QString user = u"/org/freedesktop/login1/user/%1"_s.arg(::getuid());
        QVERIFY(m_logind->addMethod(
            managerPath, manager, u"GetUser"_s, u"u"_s, u"o"_s, u"ret = '%1'"_s.arg(user)));
        QVERIFY(m_logind->addMethod(user, u"test.User"_s, u"Show"_s, {}, {},
            u"self.props['org.freedesktop.login1.User']['Display'] = "
            "dbus.Struct(('s1', dbus.ObjectPath('/org/freedesktop/login1/session/s1')))"_s));
        QVERIFY(m_logind->call(user, u"test.User"_s, u"Show"_s).isValid());
        Desk desk;
        follow(desk);
    }

    void sessionLocked()
    {
        Desk desk;
        follow(desk);
        QVERIFY(m_logind->emitSignal(theirs, session, u"Lock"_s, {}, {})); // somebody else's
        QVERIFY(m_logind->update(theirs, session, {{u"Active"_s, false}}));
        QVERIFY(m_logind->emitSignal(ours, session, u"Lock"_s, {}, {}));
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::ScreenLocked});
        QVERIFY(m_logind->update(ours, session, {{u"LockedHint"_s, true}}));
        QTRY_COMPARE(desk.left.size(), 2);
        QVERIFY(m_logind->update(ours, session, {{u"LockedHint"_s, false}}));
        QTRY_COMPARE(desk.returned.size(), 1);
        QVERIFY(m_logind->emitSignal(ours, session, u"Lock"_s, {}, {}));
        QTRY_COMPARE(desk.left.size(), 3);
        QVERIFY(m_logind->emitSignal(ours, session, u"Unlock"_s, {}, {}));
        QTRY_COMPARE(desk.returned.size(), 2);
        QCOMPARE(desk.left.count(Reason::ScreenLocked), 3);
    }

    void userSwitched()
    {
        Desk desk;
        follow(desk);
        QVERIFY(m_logind->update(ours, session, {{u"Active"_s, false}}));
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::UserSwitched});
        QVERIFY(m_logind->update(ours, session, {{u"LockedHint"_s, true}}));
        QTRY_COMPARE(desk.left.size(), 2);
        QVERIFY(m_logind->update(ours, session, {{u"Active"_s, true}}));
        QVERIFY(m_logind->update(ours, session, {{u"LockedHint"_s, false}}));
        QTRY_COMPARE(desk.returned.size(), 1); // when both are over
        QCOMPARE(desk.left.size(), 2);
    }

    void logindComesLateAndComesBack()
    {
        m_logind.reset();
        Desk desk;
        desk.watcher.start();
        desk.watcher.setArmed(true);
        for (int time = 0; time < 2; ++time) {
            QVERIFY(startLogind());
            QTRY_COMPARE(inhibitors(), 1);
            follow(desk);
            m_logind.reset();
        }
    }

    void screenSaverActive_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("path");
        QTest::newRow("freedesktop") << screenSaver << screenSaverPath;
        QTest::newRow("freedesktop, KDE's path") << screenSaver << u"/ScreenSaver"_s;
        QTest::newRow("gnome") << u"org.gnome.ScreenSaver"_s << u"/org/gnome/ScreenSaver"_s;
        QTest::newRow("xfce") << u"org.xfce.ScreenSaver"_s << u"/org/xfce/ScreenSaver"_s;
        QTest::newRow("mate") << u"org.mate.ScreenSaver"_s << u"/org/mate/ScreenSaver"_s;
        QTest::newRow("cinnamon") << u"org.cinnamon.ScreenSaver"_s << u"/org/cinnamon/ScreenSaver"_s;
    }
    void screenSaverActive()
    {
        QFETCH(QString, name);
        QFETCH(QString, path);
        Desk desk;
        desk.watcher.start();
        for (int time = 1; time <= 2; ++time) { // it may go, and come back
            test::MockService saver(*m_desktop);
            QVERIFY(name == "org.gnome.ScreenSaver"_L1 ? saver.start(name, u"gnome_screensaver"_s)
                                                       : saver.start(name, path, name));
            if (name == "org.gnome.ScreenSaver"_L1)
                QVERIFY(saver.call(path, name, u"SetActive"_s, {true}).isValid());
            else
                QVERIFY(saver.emitSignal(path, name, u"ActiveChanged"_s, u"b"_s, {true}));
            QTRY_COMPARE(desk.left, QList<Reason>(time, Reason::ScreenLocked));
            QVERIFY(saver.emitSignal(path, name, u"ActiveChanged"_s, u"b"_s, {false}));
            QTRY_COMPARE(desk.returned.size(), time);
        }
    }

    void idleByMutter()
    {
        test::MockService gnome(*m_desktop);
        QVERIFY(gnome.start(mutter, mutterPath, mutter));
        QVERIFY(gnome.addMethod(
            mutterPath, mutter, u"AddIdleWatch"_s, u"t"_s, u"u"_s, u"self.limit = args[0]; ret = 7"_s));
        QVERIFY(gnome.addMethod(mutterPath, mutter, u"AddUserActiveWatch"_s, {}, u"u"_s, u"ret = 8"_s));
        QVERIFY(gnome.addMethod(mutterPath, mutter, u"RemoveWatch"_s, u"u"_s, {}, {}));
        QVERIFY(gnome.addMethod(mutterPath, mutter, u"Limit"_s, {}, u"t"_s, u"ret = self.limit"_s));
        Desk desk;
        desk.watcher.start();
        desk.watcher.setIdleLimit(kLong);
        desk.watcher.setArmed(true);
        QTRY_COMPARE(gnome.calls(mutterPath, u"AddIdleWatch"_s), 1);
        QCOMPARE(gnome.call(mutterPath, mutter, u"Limit"_s).toULongLong(), 3'600'000U);
        QTRY_VERIFY_WITH_TIMEOUT(
            gnome.emitSignal(mutterPath, mutter, u"WatchFired"_s, u"u"_s, {7U}) && desk.isTold(Reason::Idle),
            20'000);
        QTRY_VERIFY_WITH_TIMEOUT(
            gnome.emitSignal(mutterPath, mutter, u"WatchFired"_s, u"u"_s, {8U}) && desk.returned.size() == 1,
            20'000);
        desk.watcher.setArmed(false);
        QTRY_COMPARE(gnome.calls(mutterPath, u"RemoveWatch"_s), 1);
    }

    // The person is at another program: no use of Hatstand, and not idle either.
    void idleByScreenSaver()
    {
        test::MockService kde(*m_desktop);
        QVERIFY(kde.start(screenSaver, screenSaverPath, screenSaver));
        const auto answer = [&](const QString& milliseconds) {
            return kde.addMethod(screenSaverPath, screenSaver, u"GetSessionIdleTime"_s, {}, u"u"_s,
                u"ret = "_s + milliseconds);
        };
        QVERIFY(answer(u"0"_s));
        Desk desk;
        desk.watcher.setIdleLimit(kShort);
        desk.watcher.start();
        desk.watcher.setArmed(true);
        QTRY_VERIFY(kde.calls(screenSaverPath, u"GetSessionIdleTime"_s) >= 3);
        QCOMPARE(desk.left, QList<Reason>());
        QVERIFY(answer(u"3600000"_s));
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Idle});
        QCOMPARE(desk.returned.size(), 0);
        desk.watcher.noteUse();
        QCOMPARE(desk.returned.size(), 1);
    }

    void idleByLogind()
    {
        Desk desk;
        desk.watcher.setIdleLimit(kLong);
        desk.watcher.setArmed(true);
        follow(desk);
        const auto ago = [](std::chrono::seconds time) {
            const auto since
                = QDateTime::currentMSecsSinceEpoch() * 1000 - std::chrono::microseconds(time).count();
            return QVariantMap{{u"IdleHint"_s, true}, {u"IdleSinceHint"_s, static_cast<quint64>(since)}};
        };
        QVERIFY(m_logind->update(ours, session, ago(std::chrono::minutes(61))));
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Idle});
        QVERIFY(m_logind->update(ours, session, {{u"IdleHint"_s, false}}));
        QTRY_COMPARE(desk.returned.size(), 1);
    }

    void idleByLastUse()
    {
        Desk desk;
        desk.watcher.setIdleLimit(kShort);
        desk.watcher.start();
        desk.watcher.setArmed(true);
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Idle});
        desk.watcher.noteUse();
        QCOMPARE(desk.returned.size(), 1);
        QTRY_COMPARE(desk.left.size(), 2);
    }

    void nothingToLockIsNeverIdle()
    {
        Desk unarmed;
        Desk unlimited;
        Desk watched;
        unarmed.watcher.setIdleLimit(kShort);
        unlimited.watcher.setArmed(true);
        watched.watcher.setArmed(true);
        watched.watcher.setIdleLimit(kShort * 2);
        for (Desk* desk : {&unarmed, &unlimited, &watched})
            desk->watcher.start();
        QTRY_COMPARE(watched.left.size(), 1); // the others' time would have been over before
        QVERIFY(unarmed.left.isEmpty());
        QVERIFY(unlimited.left.isEmpty());
    }

    // What could be started on demand is not, by anything that is asked.
    void startsNothing()
    {
        const QString mark = m_desktop->services() + u"/started"_s;
        for (const QString& name : {screenSaver, mutter}) {
            QFile file(m_desktop->services() + u'/' + name + u".service"_s);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("[D-BUS Service]\nName=" + name.toUtf8() + "\nExec=/bin/sh -c \"touch " + mark.toUtf8()
                + "; exit 1\"\n");
        }
        QDBusConnection bus = QDBusConnection::sessionBus();
        const auto ask = [&](const QString& service, const QString& method, const QVariantList& arguments) {
            QDBusMessage message = QDBusMessage::createMethodCall(service, u"/"_s, service, method);
            message.setArguments(arguments);
            return bus.call(message, QDBus::Block, 20'000);
        };
        QCOMPARE(ask(u"org.freedesktop.DBus"_s, u"ReloadConfig"_s, {}).type(), QDBusMessage::ReplyMessage);
        Desk desk;
        desk.watcher.setIdleLimit(kShort);
        desk.watcher.start();
        desk.watcher.setArmed(true);
        QTRY_COMPARE(desk.left, QList<Reason>{Reason::Idle});
        QVERIFY(!QFile::exists(mark));
        ask(screenSaver, u"GetActive"_s, {}); // it would have been
        QVERIFY(QFile::exists(mark));
        for (const QString& name : {screenSaver, mutter})
            QFile::remove(m_desktop->services() + u'/' + name + u".service"_s);
        ask(u"org.freedesktop.DBus"_s, u"ReloadConfig"_s, {});
    }
};

QTEST_GUILESS_MAIN(TestPresence)

#include "tst_presence.moc"
