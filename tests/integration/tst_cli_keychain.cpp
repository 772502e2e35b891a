// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// The command line over the desktop's real keychain, in each of the states that it may be in
/// (HATSTAND_TEST_KEYRING: unlocked, locked, absent, nobus).
class TestCliKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void firstSecret();
    void watchingNeedsNoKeychain();
    void theWholeLifeOfAKey();
};

namespace {

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

QString mode()
{
    return qEnvironmentVariable("HATSTAND_TEST_KEYRING");
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

/// The keychain outlives a home, and the program lists every key it finds there: so each test begins with
/// none.
void TestCliKeychain::init()
{
    if (mode() != "unlocked"_L1)
        return;
    Program before(withBus());
    QCOMPARE(before.run(words("add nostr --generate --vault keychain")).exit, 0);
    QCOMPARE(before.run(words("list")).exit, 0);
    QCOMPARE(before.run(words("logout --all --yes --forget")).exit, 0);
}

void TestCliKeychain::firstSecret()
{
    Program hatstand(withBus());
    const Outcome added = hatstand.run(words("add nostr --generate"));
    if (mode() == "unlocked"_L1) {
        QCOMPARE(added.exit, 0);
        QCOMPARE(hatstand.run(words("config get vault.kind")).line(), u"keychain"_s);
        return;
    }
    QCOMPARE(added.exit, 4);
    QVERIFY2(added.err.endsWith(mode() == "locked"_L1 ? "(locked)\n" : "(keychain-unavailable)\n"),
        added.err.constData());
    QVERIFY(hatstand.run(words("list")).out.isEmpty());
    QCOMPARE(hatstand.run(words("config get vault.kind")).line(), QString()); // nothing was decided
    QVERIFY(!hatstand.addGenerated().isEmpty()); // the passphrase vault is there for this
}

void TestCliKeychain::watchingNeedsNoKeychain()
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

void TestCliKeychain::theWholeLifeOfAKey()
{
    if (mode() != "unlocked"_L1)
        return;
    Program hatstand(withBus());
    QCOMPARE(hatstand.run(words("add nostr --generate --label Mira")).exit, 0);
    const Outcome shown = hatstand.run(words("show Mira --json"));
    QCOMPARE(QJsonDocument::fromJson(shown.out).object().value("state"_L1).toString(),
        u"ready"_s); // without reading it
    const Outcome event
        = hatstand.runOnTerminal(words("sign-event"), {{"[y/N] ", "y\n"}}, "{\"kind\":1,\"content\":\"x\"}");
    QCOMPARE(event.exit, 0);
    QVERIFY(event.out.contains("\"sig\""));
    QCOMPARE(hatstand.run(words("lock")).exit, 2); // there is no Hatstand passphrase
    QCOMPARE(hatstand.run(words("logout Mira --yes")).exit, 0);
    QCOMPARE(hatstand.run(words("untrash Mira")).exit, 0);
    QCOMPARE(hatstand.run(words("logout Mira --yes --forget")).exit, 0);
    QVERIFY(hatstand.run(words("list")).out.isEmpty());
}

QTEST_GUILESS_MAIN(TestCliKeychain)
#include "tst_cli_keychain.moc"
