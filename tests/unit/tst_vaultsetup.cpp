// SPDX-License-Identifier: MIT
#include "core/base/Settings.h"
#include "core/secrets/PassphraseVault.h"
#include "core/secrets/VaultSetup.h"
#include "tests/support/Keyring.h"

#include <QTemporaryDir>
#include <QThreadPool>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Which vault a profile uses, where the setting that says so was lost and where several ask at once.
class TestVaultSetup : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aVaultFileIsFoundWithoutTheSetting();
    void anEmptyVaultFileDecidesNothing();
    void keysWithoutAVaultFileLieInTheKeychain();
    void aDecisionThatCantBeNotedIsNone();
    void decidingAtOnceIsDecidedOnce();
    void whoWaitedTriesAfterAFailure();
    void anotherKindIsNeverTakenAfterwards();
};

namespace {

SharedSecret secret(std::string_view text)
{
    return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
}

/// One start of the program.
struct Start
{
    explicit Start(const QTemporaryDir& dir)
        : settings(dir.filePath(u"config/hatstand.conf"_s))
        , setup({u"org.hatstand.Hatstand"_s, dir.filePath(u"vault.bin"_s)}, slot, settings, random, pool)
    {
    }
    Result<void> usePassphrase(std::string_view passphrase)
    {
        return answerOf<void>([&](auto done) { setup.usePassphrase(secret(passphrase), done); });
    }

    Settings settings;
    SystemRandom random;
    QThreadPool pool;
    VaultSlot slot;
    VaultSetup setup;
};

bool loseSettings(const QTemporaryDir& dir)
{
    return QFile::remove(dir.filePath(u"config/hatstand.conf"_s));
}

} // namespace

void TestVaultSetup::aVaultFileIsFoundWithoutTheSetting()
{
    const QTemporaryDir dir;
    QVERIFY(Start(dir).usePassphrase("right"));
    QVERIFY(loseSettings(dir));
    Start again(dir);
    again.setup.open(true);
    QCOMPARE(again.slot.kind(), VaultKind::Passphrase);
    QVERIFY(again.setup.isDecided());
    QCOMPARE(again.settings.value(u"vault.kind"_s), u"passphrase"_s);
    QCOMPARE(test::unlock(again.slot, "wrong").error().code, ErrorCode::WrongPassphrase);
    QVERIFY(test::unlock(again.slot, "right"));
    QVERIFY(test::look(again.slot, u"profile"_s));
}

/// A start that was cut short after making the file: it holds nothing, so nothing is lost by another choice.
void TestVaultSetup::anEmptyVaultFileDecidesNothing()
{
    const QTemporaryDir dir;
    Start first(dir);
    PassphraseVault made({.file = dir.filePath(u"vault.bin"_s)}, first.random, first.pool);
    QVERIFY(answerOf<void>([&](auto done) { made.create(secret("right"), done); }));
    first.setup.open(false);
    QVERIFY(!first.setup.isDecided());
    QVERIFY(first.usePassphrase("right"));
    QVERIFY(test::look(first.slot, u"profile"_s));
}

void TestVaultSetup::keysWithoutAVaultFileLieInTheKeychain()
{
    const QTemporaryDir dir;
    Start start(dir);
    start.setup.open(true);
    QCOMPARE(start.slot.kind(), VaultKind::Keychain);
    QVERIFY(start.setup.isDecided());
    QCOMPARE(start.settings.value(u"vault.kind"_s), QString()); // a guess, made again at the next start
    QVERIFY(!start.usePassphrase("new"));
    QVERIFY(!QFile::exists(dir.filePath(u"vault.bin"_s)));
    QCOMPARE(start.slot.kind(), VaultKind::Keychain);
}

void TestVaultSetup::aDecisionThatCantBeNotedIsNone()
{
    const QTemporaryDir dir;
    Start start(dir);
    QFile inTheWay(dir.filePath(u"config"_s)); // where the settings' folder would be
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QCOMPARE(start.usePassphrase("right").error().code, ErrorCode::Disk);
    QVERIFY(!start.setup.isDecided());
    QCOMPARE(start.slot.kind(), VaultKind::None);
    QVERIFY(inTheWay.remove());
    QVERIFY(start.usePassphrase("right"));
    QVERIFY(start.setup.isDecided());
}

void TestVaultSetup::decidingAtOnceIsDecidedOnce()
{
    const QTemporaryDir dir;
    Start start(dir);
    QMap<int, Result<void>> answers; // those after the first come in any order
    for (int i = 0; const char* passphrase : {"right", "right", "wrong", "right"})
        start.setup.usePassphrase(
            secret(passphrase), [&answers, n = i++](const Result<void>& done) { answers.insert(n, done); });
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 4, 30'000);
    QVERIFY(answers[0] && answers[1] && answers[3]);
    QCOMPARE(answers[2].error().code, ErrorCode::WrongPassphrase);
    QCOMPARE(start.slot.state(), VaultState::Unlocked); // a wrong one afterwards takes nothing away
}

/// What went wrong for the first need not go wrong for the next.
void TestVaultSetup::whoWaitedTriesAfterAFailure()
{
    const QTemporaryDir dir;
    Start start(dir);
    QFile inTheWay(dir.filePath(u"config"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QList<Result<void>> answers;
    start.setup.usePassphrase(secret("right"), [&](const Result<void>& done) {
        answers += done;
        QVERIFY(inTheWay.remove());
    });
    start.setup.usePassphrase(secret("right"), [&](const Result<void>& done) { answers += done; });
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 2, 30'000);
    QCOMPARE(answers[0].error().code, ErrorCode::Disk);
    QVERIFY(answers[1]);
}

/// The passphrase was being typed while another caller chose the keychain, or the other way round.
void TestVaultSetup::anotherKindIsNeverTakenAfterwards()
{
    const QTemporaryDir dir;
    Start start(dir);
    QVERIFY(start.usePassphrase("right"));
    const auto keychain = answerOf<void>([&](auto done) { start.setup.useKeychain(done); });
    QCOMPARE(keychain.error().code, ErrorCode::Usage);
    QCOMPARE(start.slot.kind(), VaultKind::Passphrase);
    QVERIFY(start.usePassphrase("right"));
    QCOMPARE(start.usePassphrase("wrong").error().code, ErrorCode::WrongPassphrase);
}

QTEST_GUILESS_MAIN(TestVaultSetup)
#include "tst_vaultsetup.moc"
