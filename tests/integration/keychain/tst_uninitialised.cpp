// SPDX-License-Identifier: MIT
#include "core/secrets/KeychainVault.h"
#include "tests/support/Keyring.h"

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// The service runs and has no default keyring yet: a person has to choose its password first.
class TestUninitialised : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isLockedAndOpensNoPromptByItself();
};

void TestUninitialised::isLockedAndOpensNoPromptByItself()
{
    KeychainVault vault({u"org.hatstand.Hatstand"_s, 5s});
    QCOMPARE(test::refresh(vault).value(), VaultState::Locked);
    QCOMPARE(test::read(vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::write(vault, u"a"_s, "x").error().code, ErrorCode::Locked);
    QCOMPARE(test::remove(vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::keys(vault).value(), QSet<QString>());
    QCOMPARE(test::unlock(vault).error().code, ErrorCode::Locked); // no display: nobody can choose one
    QCOMPARE(vault.state(), VaultState::Locked);
}

QTEST_GUILESS_MAIN(TestUninitialised)
#include "tst_uninitialised.moc"
