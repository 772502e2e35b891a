// SPDX-License-Identifier: MIT
// The real watch over a logind and a screen saver played on private buses: what happens on the desk locks.
#include "app/AutoLock.h"
#include "core/base/Settings.h"
#include "tests/integration/presence/MockService.h"
#include "tests/support/FakeVault.h"

#include <QDBusArgument>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;

namespace {

const QString login1 = u"org.freedesktop.login1"_s;
const QString managerPath = u"/org/freedesktop/login1"_s;
const QString manager = u"org.freedesktop.login1.Manager"_s;
const QString session = u"org.freedesktop.login1.Session"_s;
const QString ours = u"/org/freedesktop/login1/session/s1"_s;

} // namespace

class TestAutoLock final : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::PrivateBus> m_system;
    std::unique_ptr<test::PrivateBus> m_desktop;
    std::unique_ptr<test::MockService> m_logind;
    QTemporaryDir m_dir;
    SystemClock m_clock;
    Settings m_settings{m_dir.filePath(u"hatstand.ini"_s)};
    test::FakeVault m_vault;
    std::unique_ptr<app::AutoLock> m_lock;
    std::unique_ptr<presence::DeskWatcher> m_watcher;

    [[nodiscard]] bool isDelayed()
    {
        const auto list = m_logind->call(managerPath, manager, u"ListInhibitors"_s).value<QDBusArgument>();
        list.beginArray();
        const bool any = !list.atEnd();
        list.endArray();
        return any;
    }
    [[nodiscard]] bool isLocked() const { return m_vault.state() == VaultState::Locked; }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_SESSION_ID", "s1");
        m_system = std::make_unique<test::PrivateBus>("DBUS_SYSTEM_BUS_ADDRESS");
        m_desktop = std::make_unique<test::PrivateBus>("DBUS_SESSION_BUS_ADDRESS");
        QVERIFY(m_system->isUp() && m_desktop->isUp());
        m_logind = std::make_unique<test::MockService>(*m_system);
        QVERIFY(m_logind->start(login1, u"logind"_s));
        QVERIFY(m_logind
                    ->call(managerPath, u"org.freedesktop.DBus.Mock"_s, u"AddSession"_s,
                        {u"s1"_s, u"seat0"_s, static_cast<quint32>(::getuid()), u"somebody"_s, true})
                    .isValid());
        m_vault.setTakesPassphrase(true);
        m_lock = std::make_unique<app::AutoLock>(m_vault, m_settings, nullptr);
        m_watcher = std::make_unique<presence::DeskWatcher>(m_clock);
        m_lock->follow(*m_watcher);
        m_watcher->start();
        QTRY_VERIFY_WITH_TIMEOUT(isDelayed(), 20'000); // there is something to lock before it sleeps
    }

    void init() { m_vault.setState(VaultState::Unlocked); }

    void theComputerSleeps()
    {
        QTRY_VERIFY(isDelayed());
        QVERIFY(m_logind->emitSignal(managerPath, manager, u"PrepareForSleep"_s, u"b"_s, {true}));
        QTRY_VERIFY(isLocked());
        QTRY_VERIFY(!isDelayed()); // and it sleeps at once
        QVERIFY(m_logind->emitSignal(managerPath, manager, u"PrepareForSleep"_s, u"b"_s, {false}));
        QTRY_VERIFY(isLocked()); // waking up unlocks nothing
    }

    void theScreenLocks()
    {
        // Whether our session was found already can't be seen, so it is said until it is heard.
        QTRY_VERIFY_WITH_TIMEOUT(m_logind->update(ours, session, {{u"LockedHint"_s, true}})
                && m_logind->update(ours, session, {{u"LockedHint"_s, false}}) && isLocked(),
            20'000);
    }

    void anotherUserTakesOver()
    {
        QVERIFY(m_logind->update(ours, session, {{u"Active"_s, false}}));
        QTRY_VERIFY(isLocked());
        QVERIFY(m_logind->update(ours, session, {{u"Active"_s, true}}));
        m_vault.setState(VaultState::Unlocked);
        QVERIFY(m_settings.set(u"lock.onUserSwitch"_s, u"false"_s));
        QVERIFY(m_logind->update(ours, session, {{u"Active"_s, false}}));
        QVERIFY(m_logind->update(ours, session, {{u"LockedHint"_s, true}})); // comes after it
        QTRY_VERIFY(isLocked());
    }
};

QTEST_GUILESS_MAIN(TestAutoLock)
#include "tst_auto_lock.moc"
