// SPDX-License-Identifier: MIT
#include "core/secrets/KeychainVault.h"
#include "tests/support/Keyring.h"

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// The service runs, and a person has to be asked before it gives anything: for the password of its keyring,
/// or to choose one for a keyring that is not there yet. There is a display on which it could ask.
class TestUnprompted : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isLockedAndOpensNoPromptByItself();
};

void TestUnprompted::isLockedAndOpensNoPromptByItself()
{
    PromptWatch watch;
    KeychainVault vault({u"org.hatstand.Hatstand"_s, 2s});
    QCOMPARE(test::refresh(vault).value(), VaultState::Locked);
    QCOMPARE(test::read(vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::write(vault, u"a"_s, "x").error().code, ErrorCode::Locked);
    QCOMPARE(test::remove(vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::keys(vault).error().code, ErrorCode::Locked); // showing nothing is no list
    QCOMPARE(test::refresh(vault).value(), VaultState::Locked);
    QVERIFY(!watch.sawPrompt());

    // Asked to unlock, it prompts: so a prompt would have been seen.
    QCOMPARE(test::unlock(vault).error().code, ErrorCode::Locked); // nobody answers
    QVERIFY(watch.sawPrompt());
    QCOMPARE(vault.state(), VaultState::Locked);
}

QTEST_GUILESS_MAIN(TestUnprompted)
#include "tst_uninitialised.moc"
