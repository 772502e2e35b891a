// SPDX-License-Identifier: MIT
#include "core/secrets/KeychainVault.h"
#include "tests/support/Keyring.h"

#include <QProcess>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// A bus without a service, until there is one.
class TestLate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aServiceThatComesLateIsSeen();
};

void TestLate::aServiceThatComesLateIsSeen()
{
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

QTEST_GUILESS_MAIN(TestLate)
#include "tst_late.moc"
