// SPDX-License-Identifier: MIT
#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/secrets/KeychainVault.h"
#include "core/secrets/StoredSecret.h"
#include "core/secrets/VaultSetup.h"
#include "tests/support/Keyring.h"

#include <QTemporaryDir>
#include <QThreadPool>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// A profile's first start where the keyring is locked.
class TestLocked : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsDecidedUntilItIsUnlocked();
};

void TestLocked::nothingIsDecidedUntilItIsUnlocked()
{
    const QTemporaryDir dir;
    Settings settings(dir.filePath(u"hatstand.conf"_s));
    SystemRandom random;
    QThreadPool pool;
    VaultSlot slot;
    VaultSetup setup(
        {u"org.hatstand.Hatstand"_s, dir.filePath(u"vault.bin"_s)}, slot, settings, random, pool);
    const auto useKeychain = [&setup] { return answerOf<void>([&](auto done) { setup.useKeychain(done); }); };

    QCOMPARE(useKeychain().error().code, ErrorCode::Locked);
    QVERIFY(!setup.isDecided());
    QCOMPARE(slot.kind(), VaultKind::None);
    // No display: the prompt can't open, which is as if it were dismissed.
    QCOMPARE(answerOf<void>([&](auto done) { setup.unlockKeychain(done); }).error().code, ErrorCode::Locked);

    QVERIFY(keyring::unlock());
    QVERIFY(useKeychain());
    QVERIFY(setup.isDecided());
    QCOMPARE(slot.kind(), VaultKind::Keychain);
    QCOMPARE(settings.value(u"vault.kind"_s), u"keychain"_s);
    KeychainVault itself(KeychainVault::Options{.service = u"org.hatstand.Hatstand"_s});
    const auto profile = decodeStoredSecret(*test::read(itself, u"profile"_s).value());
    QVERIFY(profile.has_value());
    QCOMPARE(profile->type, SecretType::ProfileKey);
    QCOMPARE(profile->data.size(), 64u);

    // At the next start the decision stands, and the profile's key stays what it was.
    VaultSlot again;
    VaultSetup next(
        {u"org.hatstand.Hatstand"_s, dir.filePath(u"vault.bin"_s)}, again, settings, random, pool);
    next.open();
    QCOMPARE(again.kind(), VaultKind::Keychain);
    QVERIFY(answerOf<void>([&](auto done) { next.useKeychain(done); }));
    QVERIFY(decodeStoredSecret(*test::read(itself, u"profile"_s).value())->data.equals(profile->data));
}

QTEST_GUILESS_MAIN(TestLocked)
#include "tst_locked.moc"
