// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// The command line over the desktop's real keychain, unlocked.
class TestCliKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theFirstSecretChoosesIt();
    void theWholeLifeOfAKey();
    void anEntryThatIsGoneIsMissing();
    void aPassphraseOverTheKeychain();
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

/// The keychain outlives a home, and the program lists every key it finds there: so each test begins with
/// none.
void TestCliKeychain::init()
{
    Program before(withBus());
    QCOMPARE(before.run(words("add nostr --generate --vault keychain")).exit, 0);
    QCOMPARE(before.run(words("list")).exit, 0);
    QCOMPARE(before.run(words("logout --all --yes --forget")).exit, 0);
}

void TestCliKeychain::theFirstSecretChoosesIt()
{
    Program hatstand(withBus());
    QCOMPARE(hatstand.run(words("add nostr --generate")).exit, 0);
    QCOMPARE(hatstand.run(words("config get vault.kind")).line(), u"keychain"_s);
}

void TestCliKeychain::theWholeLifeOfAKey()
{
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

void TestCliKeychain::anEntryThatIsGoneIsMissing()
{
    Program hatstand(withBus());
    const QString id = hatstand.run(words("add nostr --generate --label Mira")).line();
    QCOMPARE(QProcess::execute(
                 u"secret-tool"_s, {u"clear"_s, u"server"_s, u"org.hatstand.Hatstand"_s, u"user"_s, id}),
        0);
    const QByteArray event = "{\"kind\":1,\"content\":\"x\"}";
    // Known before any question, with a terminal and without.
    for (const Outcome& refused :
        {hatstand.run(words("sign-event"), event), hatstand.runOnTerminal(words("sign-event"), {}, event)}) {
        QCOMPARE(refused.exit, 4);
        QVERIFY2(refused.err.endsWith("(secret-missing)\n"), refused.err.constData());
        QVERIFY(refused.terminal.isEmpty());
    }
    const QJsonObject shown = QJsonDocument::fromJson(hatstand.run(words("show Mira --json")).out).object();
    QCOMPARE(shown.value("state"_L1).toString(), u"secret-missing"_s);
    QVERIFY(!shown.value("reason"_L1).toString().isEmpty());
    QVERIFY(shown.value("active"_L1).toBool()); // and nobody else is put in its place
}

/// Set, in force for a new program and a running one, replaced and taken away again; what the keychain itself
/// holds is seen from outside.
void TestCliKeychain::aPassphraseOverTheKeychain()
{
    Program hatstand(withBus());
    const QString id = hatstand.run(words("add nostr --generate --label Mira")).line();
    const auto kept = [&id] {
        QProcess look;
        look.start(u"secret-tool"_s, {u"lookup"_s, u"server"_s, u"org.hatstand.Hatstand"_s, u"user"_s, id});
        look.waitForFinished();
        return look.readAllStandardOutput();
    };
    const auto state = [&hatstand] {
        const auto json = QJsonDocument::fromJson(hatstand.run(words("show Mira --json")).out);
        return json.object().value("state"_L1).toString();
    };
    QVERIFY(kept().contains("nsec1"));
    QCOMPARE(hatstand.run(words("passphrase set"), {}, "one\n").exit, 0);
    QVERIFY2(kept().contains("\"sealed\"") && !kept().contains("nsec1"), kept().constData());
    QCOMPARE(state(), u"locked"_s);
    const QByteArray event = "{\"kind\":1,\"content\":\"x\"}";
    const Outcome wrong = hatstand.runOnTerminal(
        words("sign-event"), {{"[y/N] ", "y\n"}, {"Hatstand passphrase: ", "two\n"}}, event);
    QCOMPARE(wrong.exit, 4);
    const Outcome right = hatstand.runOnTerminal(
        words("sign-event"), {{"[y/N] ", "y\n"}, {"Hatstand passphrase: ", "one\n"}}, event);
    QVERIFY2(right.exit == 0 && right.out.contains("\"sig\""), right.terminal.constData());
    {
        const auto instance = hatstand.startHeadless();
        QCOMPARE(state(), u"locked"_s);
        QCOMPARE(hatstand.run(words("unlock"), {}, "one\n").exit, 0);
        QCOMPARE(state(), u"ready"_s);
        QCOMPARE(hatstand.run(words("passphrase change"), {}, "one\ntwo\n").exit, 0);
        QCOMPARE(hatstand.run(words("lock")).exit, 0);
        QCOMPARE(state(), u"locked"_s);
        QCOMPARE(hatstand.run(words("switch --none")).exit, 0); // locked, but there
        QCOMPARE(hatstand.run(words("unlock"), {}, "one\n").exit, 4);
        QCOMPARE(hatstand.run(words("passphrase remove"), {}, "two\n").exit, 0);
        QCOMPARE(state(), u"ready"_s);
    }
    QVERIFY(kept().contains("nsec1"));
    QCOMPARE(hatstand.run(words("lock")).exit, 2);
}

QTEST_GUILESS_MAIN(TestCliKeychain)
#include "tst_cli_keychain.moc"
