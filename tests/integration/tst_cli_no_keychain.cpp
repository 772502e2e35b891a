// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// The command line where the desktop's keychain can't be used (HATSTAND_TEST_KEYRING: locked, absent,
/// nobus).
class TestCliNoKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFirstSecretDecidesNothing();
    void watchingNeedsNoKeychain();
};

namespace {

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

QProcessEnvironment withBus()
{
    QProcessEnvironment environment;
    const QString bus = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    if (!bus.isEmpty())
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, bus);
    return environment;
}

} // namespace

void TestCliNoKeychain::theFirstSecretDecidesNothing()
{
    const bool isLocked = qEnvironmentVariable("HATSTAND_TEST_KEYRING") == "locked"_L1;
    Program hatstand(withBus());
    const Outcome added = hatstand.run(words("add nostr --generate"));
    QCOMPARE(added.exit, 4);
    QVERIFY2(added.err.endsWith(isLocked ? "(locked)\n" : "(keychain-unavailable)\n"), added.err.constData());
    QVERIFY(hatstand.run(words("list")).out.isEmpty());
    QCOMPARE(hatstand.run(words("config get vault.kind")).line(), QString());
    QVERIFY(!hatstand.addGenerated().isEmpty()); // the passphrase vault is there for this
}

void TestCliNoKeychain::watchingNeedsNoKeychain()
{
    Program hatstand(withBus());
    QCOMPARE(
        hatstand
            .run(words("add nostr --watch npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"))
            .exit,
        0);
    const Outcome list = hatstand.run(words("list --json"));
    QCOMPARE(QJsonDocument::fromJson(list.out).array().first().toObject().value("state"_L1).toString(),
        u"ready"_s);
}

QTEST_GUILESS_MAIN(TestCliNoKeychain)
#include "tst_cli_no_keychain.moc"
