// SPDX-License-Identifier: MIT
#include "core/base/Settings.h"
#include "core/secrets/StoredSecret.h"
#include "core/secrets/VaultSetup.h"
#include "tests/support/FakeVault.h"
#include "tests/support/Keyring.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

class TestVaultSlot : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyIsUnavailable();
    void filledPassesOn();
    void passphraseIsDecidedOnce();
};

void TestVaultSlot::emptyIsUnavailable()
{
    VaultSlot slot;
    QCOMPARE(slot.kind(), VaultKind::None);
    QCOMPARE(slot.state(), VaultState::Unavailable);
    QCOMPARE(test::refresh(slot).value(), VaultState::Unavailable);
    QCOMPARE(test::look(slot, u"a"_s).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::write(slot, u"a"_s, "x").error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::remove(slot, u"a"_s).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::keys(slot).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::unlock(slot).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::lock(slot).error().code, ErrorCode::KeychainUnavailable);
}

void TestVaultSlot::filledPassesOn()
{
    VaultSlot slot;
    QSignalSpy states(&slot, &Vault::stateChanged);
    auto made = std::make_unique<FakeVault>();
    const FakeVault& vault = *made;
    slot.set(std::move(made));
    QCOMPARE(states.size(), 1);
    QVERIFY(test::write(slot, u"a"_s, "x"));
    QCOMPARE(vault.peek(u"a"_s), "x");
    QCOMPARE(test::keys(slot).value(), QSet<QString>{u"a"_s});
    QVERIFY(test::remove(slot, u"a"_s));
    QCOMPARE(test::look(slot, u"a"_s).error().code, ErrorCode::SecretMissing);
}

void TestVaultSlot::passphraseIsDecidedOnce()
{
    const QTemporaryDir dir;
    Settings settings(dir.filePath(u"hatstand.conf"_s));
    SystemRandom random;
    QThreadPool pool;
    const VaultSetup::Options options{u"org.hatstand.Hatstand"_s, dir.filePath(u"vault.bin"_s)};
    const auto passphrase = [](std::string_view text) {
        return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
    };
    {
        VaultSlot slot;
        VaultSetup setup(options, slot, settings, random, pool);
        setup.open();
        QCOMPARE(slot.kind(), VaultKind::None);
        QVERIFY(!slot.takesPassphrase());
        QVERIFY(answerOf<void>([&](auto done) { setup.usePassphrase(passphrase("right"), done); }));
        QVERIFY(setup.isDecided());
        QVERIFY(slot.takesPassphrase());
        QCOMPARE(test::look(slot, u"profile"_s).value(), SecretType::ProfileKey);
    }
    QCOMPARE(settings.value(u"vault.kind"_s), u"passphrase"_s);
    {
        VaultSlot slot;
        VaultSetup setup(options, slot, settings, random, pool);
        setup.open();
        QCOMPARE(slot.kind(), VaultKind::Passphrase);
        QCOMPARE(slot.state(), VaultState::Locked);
    }
    // Killed between making the file and noting the decision: the same passphrase goes on, another does not.
    QVERIFY(settings.set(u"vault.kind"_s, {}));
    VaultSlot slot;
    VaultSetup setup(options, slot, settings, random, pool);
    const auto use = [&](std::string_view text) {
        return answerOf<void>([&](auto done) { setup.usePassphrase(passphrase(text), done); });
    };
    QCOMPARE(use("wrong").error().code, ErrorCode::WrongPassphrase);
    QVERIFY(!setup.isDecided());
    QVERIFY(use("right"));
    QVERIFY(setup.isDecided());
}

QTEST_GUILESS_MAIN(TestVaultSlot)
#include "tst_vaultslot.moc"
