// SPDX-License-Identifier: MIT
// What leaving the desk does, whoever tells of it.
#include "app/AutoLock.h"
#include "core/base/Settings.h"
#include "tests/support/FakeVault.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;
using app::AutoLock;
using secrets::VaultState;
using Reason = AutoLock::Reason;

namespace {

struct Desk
{
    QTemporaryDir dir;
    Settings settings{dir.filePath(u"hatstand.ini"_s)};
    test::FakeVault vault;
    int forgotten = 0;
    AutoLock lock{vault, settings, [this] { ++forgotten; }};
    QSignalSpy armed{&lock, &AutoLock::armedChanged};

    explicit Desk(bool passphrase = true) { vault.setTakesPassphrase(passphrase); }
};

} // namespace

class TestAutoLock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyReasonLocks_data()
    {
        QTest::addColumn<Reason>("reason");
        QTest::addColumn<QString>("setting"); // which keeps it from locking
        QTest::newRow("screen") << Reason::ScreenLocked << u"lock.onScreenLock"_s;
        QTest::newRow("sleep") << Reason::Suspend << u"lock.onSuspend"_s;
        QTest::newRow("another user") << Reason::UserSwitched << u"lock.onUserSwitch"_s;
        QTest::newRow("idle") << Reason::Idle << QString();
    }
    void everyReasonLocks()
    {
        QFETCH(Reason, reason);
        QFETCH(QString, setting);
        Desk desk;
        desk.lock.leave(reason);
        QCOMPARE(desk.vault.state(), VaultState::Locked);
        desk.lock.leave(reason); // told twice
        QCOMPARE(desk.vault.state(), VaultState::Locked);
        if (setting.isEmpty())
            return;
        desk.vault.setState(VaultState::Unlocked);
        QVERIFY(desk.settings.set(setting, u"false"_s));
        desk.lock.leave(reason);
        QCOMPARE(desk.vault.state(), VaultState::Unlocked);
        QVERIFY(desk.settings.set(setting, {}));
        desk.lock.leave(reason);
        QCOMPARE(desk.vault.state(), VaultState::Locked);
    }

    void withoutAPassphraseTheKeychainIsLeftAlone()
    {
        Desk desk(false);
        desk.lock.leave(Reason::ScreenLocked);
        QCOMPARE(desk.vault.state(), VaultState::Unlocked);
        QCOMPARE(desk.forgotten, 1);
        QVERIFY(desk.settings.set(u"lock.onScreenLock"_s, u"false"_s));
        desk.lock.leave(Reason::ScreenLocked);
        QCOMPARE(desk.forgotten, 1);
        QVERIFY(!desk.lock.isArmed()); // nothing that sleep would have to wait for
    }

    void armedWhileThereIsSomethingToLock()
    {
        Desk desk;
        QVERIFY(desk.lock.isArmed());
        desk.vault.setState(VaultState::Locked);
        QVERIFY(!desk.lock.isArmed());
        desk.vault.setState(VaultState::Unlocked);
        QVERIFY(desk.lock.isArmed());
        desk.vault.setTakesPassphrase(false);
        QVERIFY(!desk.lock.isArmed());
        QCOMPARE(desk.armed.size(), 4);
    }

    void sleepWaitsForTheLockAndNoLonger()
    {
        Desk desk;
        desk.armed.clear();
        desk.vault.hold();
        desk.lock.leave(Reason::Suspend);
        QCOMPARE(desk.armed.size(), 0); // the computer stays awake until it is locked
        desk.vault.release();
        QCOMPARE(desk.vault.state(), VaultState::Locked);
        QCOMPARE(desk.armed.size(), 1);
        QCOMPARE(desk.armed.takeFirst().value(0).toBool(), false);
    }

    void sleepDoesNotWaitForWhatIsNotLocked()
    {
        Desk desk;
        QVERIFY(desk.settings.set(u"lock.onSuspend"_s, u"false"_s));
        desk.armed.clear();
        desk.lock.leave(Reason::Suspend);
        QCOMPARE(desk.vault.state(), VaultState::Unlocked);
        QCOMPARE(desk.armed.size(), 2);
        QCOMPARE(desk.armed.value(0).value(0).toBool(), false); // this time
        QCOMPARE(desk.armed.value(1).value(0).toBool(), true); // and the next
    }
};

QTEST_GUILESS_MAIN(TestAutoLock)
#include "tst_auto_lock.moc"
