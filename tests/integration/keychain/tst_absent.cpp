// SPDX-License-Identifier: MIT
#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/secrets/KeychainVault.h"
#include "core/secrets/VaultSetup.h"
#include "tests/support/Keyring.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QThreadPool>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// No service on the bus; run a second time without a bus.
class TestAbsent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingIsUnavailable();
    void aProfileCanTakeAPassphraseInstead();
    void aServiceThatComesLateIsSeen();
};

void TestAbsent::everythingIsUnavailable()
{
    KeychainVault vault({u"org.hatstand.Hatstand"_s, 5s});
    QCOMPARE(test::refresh(vault).value(), VaultState::Unavailable);
    QCOMPARE(test::read(vault, u"a"_s).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::write(vault, u"a"_s, "x").error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::remove(vault, u"a"_s).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::keys(vault).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::unlock(vault).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::lock(vault).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(vault.state(), VaultState::Unavailable);
}

void TestAbsent::aProfileCanTakeAPassphraseInstead()
{
    const QTemporaryDir dir;
    Settings settings(dir.filePath(u"hatstand.conf"_s));
    SystemRandom random;
    QThreadPool pool;
    VaultSlot slot;
    VaultSetup setup(
        {u"org.hatstand.Hatstand"_s, dir.filePath(u"vault.bin"_s)}, slot, settings, random, pool);
    QCOMPARE(answerOf<void>([&](auto done) { setup.useKeychain(done); }).error().code,
        ErrorCode::KeychainUnavailable);
    QVERIFY(!setup.isDecided());
    QVERIFY(!QFile::exists(dir.filePath(u"vault.bin"_s)));
    const auto passphrase
        = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(std::string_view("open sesame")));
    QVERIFY(answerOf<void>([&](auto done) { setup.usePassphrase(passphrase, done); }));
    QCOMPARE(slot.kind(), VaultKind::Passphrase);
    QVERIFY(test::read(slot, u"profile"_s));
}

void TestAbsent::aServiceThatComesLateIsSeen()
{
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return; // nothing can come
    KeychainVault vault({u"org.hatstand.Hatstand"_s, 5s});
    QCOMPARE(test::refresh(vault).value(), VaultState::Unavailable);
    QProcess daemon;
    daemon.start(u"gnome-keyring-daemon"_s, {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
    daemon.write(qgetenv("HATSTAND_TEST_KEYRING_PASSWORD"));
    daemon.closeWriteChannel();
    QVERIFY(daemon.waitForStarted());
    QTRY_COMPARE_WITH_TIMEOUT(vault.state(), VaultState::Unlocked, 20'000);
    QVERIFY(test::write(vault, u"a"_s, "x"));
    daemon.kill();
    QTRY_COMPARE_WITH_TIMEOUT(vault.state(), VaultState::Unavailable, 20'000);
    QCOMPARE(test::read(vault, u"a"_s).error().code, ErrorCode::KeychainUnavailable);
    QTRY_COMPARE(daemon.state(), QProcess::NotRunning);
}

QTEST_GUILESS_MAIN(TestAbsent)
#include "tst_absent.moc"
