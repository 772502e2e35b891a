// SPDX-License-Identifier: MIT
#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/secrets/KeychainVault.h"
#include "core/secrets/VaultSetup.h"
#include "tests/support/Keyring.h"

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
    QVERIFY(test::look(slot, u"profile"_s));
}

QTEST_GUILESS_MAIN(TestAbsent)
#include "tst_absent.moc"
