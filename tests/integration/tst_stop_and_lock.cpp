// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QFile>
#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Stop signing, lock and the Hatstand passphrase from the command line, alone and through an instance.
class TestStopAndLock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stoppedDeniesEverything_data() { bothWays(); }
    void stoppedDeniesEverything();
    void stoppedOutlivesTheInstance();
    void exportsGoOnWhileStopped();
    void nothingIsSignedWhileLocked();
    void aPassphraseIsChanged_data() { bothWays(); }
    void aPassphraseIsChanged();
    void aPassphraseIsTyped();
    void whatAVaultCannotHaveIsRefused();

private:
    static void bothWays();
};

namespace {

constexpr char kNsec1[] = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl";
constexpr char kEvent[] = R"({"kind":1,"content":"hello"})";
constexpr char kAsk[] = "[y/N] ";
constexpr char kVaultAsk[] = "Hatstand passphrase: ";
const QByteArray kStopped = "hatstand: Signing is stopped. Every request is denied. (denied)\n";
const QByteArray kVault = QByteArray(Program::kPassphrase) + '\n';

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

Outcome signing(Program& hatstand)
{
    return hatstand.runOnTerminal(words("sign-event"), {{kAsk, "y\n"}, {kVaultAsk, kVault}}, kEvent);
}

} // namespace

void TestStopAndLock::bothWays()
{
    QTest::addColumn<bool>("served");
    QTest::newRow("alone") << false;
    QTest::newRow("through an instance") << true;
}

void TestStopAndLock::stoppedDeniesEverything()
{
    QFETCH(bool, served);
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec1, {u"--label"_s, u"Mira"_s}).isEmpty());
    const auto account
        = hatstand.run(words("add antelope --chain wax --account mira@active --key-stdin --offline"),
            "5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu", kVault);
    QCOMPARE(account.exit, 0);
    const Program::Running instance = served ? hatstand.startHeadless() : nullptr;
    QCOMPARE(hatstand.run(words("lock")).exit, 0); // what is refused asks for no passphrase
    QCOMPARE(hatstand.run(words("pause")).exit, 0);
    QCOMPARE(hatstand.run(words("pause")).exit, 0);
    QCOMPARE(hatstand.run(words("config get signing.stopped")).line(), u"true"_s);

    const Outcome event = hatstand.runOnTerminal(words("sign-event --session Mira"), {}, kEvent);
    QCOMPARE(event.exit, 5);
    QCOMPARE(event.terminal, QByteArray()); // nobody was asked for anything
    QCOMPARE(event.out, QByteArray());
    QCOMPARE(event.err, kStopped);
    const Outcome digest = hatstand.runOnTerminal(
        QStringList{u"sign-digest"_s, QString(64, u'a')} + words("--session mira@active"), {});
    QCOMPARE(digest.exit, 5);
    QCOMPARE(digest.terminal, QByteArray());
    QCOMPARE(digest.err, kStopped);

    QCOMPARE(hatstand.run(words("resume")).exit, 0); // without a passphrase, though it is locked
    QCOMPARE(hatstand.run(words("resume")).exit, 0);
    const Outcome again = hatstand.runOnTerminal(
        words("sign-event --session Mira"), {{kAsk, "y\n"}, {kVaultAsk, kVault}}, kEvent);
    QCOMPARE(again.exit, 0);
    QVERIFY(again.out.contains("\"sig\""));
}

void TestStopAndLock::stoppedOutlivesTheInstance()
{
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec1).isEmpty());
    Program::Running instance = hatstand.startHeadless();
    QCOMPARE(hatstand.run(words("pause")).exit, 0);
    QCOMPARE(signing(hatstand).err, kStopped);
    instance.reset();
    QCOMPARE(signing(hatstand).err, kStopped);
    instance = hatstand.startHeadless();
    QCOMPARE(signing(hatstand).err, kStopped);
    QCOMPARE(hatstand.run(words("resume")).exit, 0);
    instance.reset();
    QCOMPARE(signing(hatstand).exit, 0);
}

void TestStopAndLock::exportsGoOnWhileStopped()
{
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec1, {u"--label"_s, u"Mira"_s}).isEmpty());
    QCOMPARE(hatstand.run(words("pause")).exit, 0);
    const Outcome outcome
        = hatstand.run({u"export"_s, u"Mira"_s, u"--ncryptsec"_s}, {}, kVault + "new one\n");
    QCOMPARE(outcome.exit, 0);
    QVERIFY(outcome.out.startsWith("ncryptsec1"));
}

void TestStopAndLock::nothingIsSignedWhileLocked()
{
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec1, {u"--label"_s, u"Mira"_s}).isEmpty());
    const Program::Running instance = hatstand.startHeadless();
    QCOMPARE(hatstand.run(words("unlock"), {}, kVault).exit, 0);
    QCOMPARE(hatstand.run(words("lock")).exit, 0);
    QCOMPARE(hatstand.run(words("lock")).exit, 0);
    QVERIFY(hatstand.run(words("show Mira --json")).out.contains(R"("state": "locked")"));
    QCOMPARE(hatstand.run(words("switch --none")).exit, 0);
    QCOMPARE(hatstand.run(words("switch Mira")).exit, 0); // still listed, still switchable
    const Outcome wrong = hatstand.runOnTerminal(
        words("sign-event"), {{kAsk, "y\n"}, {kVaultAsk, "something else\n"}}, kEvent);
    QCOMPARE(wrong.exit, 4);
    QCOMPARE(wrong.out, QByteArray());
    QCOMPARE(hatstand.run(words("unlock"), {}, kVault).exit, 0);
    const Outcome right = hatstand.runOnTerminal(words("sign-event"), {{kAsk, "y\n"}}, kEvent);
    QCOMPARE(right.exit, 0); // unlocked: only the yes is asked for
}

void TestStopAndLock::aPassphraseIsChanged()
{
    QFETCH(bool, served);
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec1, {u"--label"_s, u"Mira"_s}).isEmpty());
    const Program::Running instance = served ? hatstand.startHeadless() : nullptr;
    const auto change = words("passphrase change");
    QCOMPARE(hatstand.run(change, {}, "wrong\nanother one\n").exit, 4);
    QCOMPARE(hatstand.run(change, {}, kVault).exit, 4); // one line is not both
    QCOMPARE(hatstand.run(change, {}, kVault + '\n').exit, 2); // an empty one protects nothing
    QCOMPARE(hatstand.run(words("unlock"), {}, kVault).exit, 0); // nothing has changed so far
    QCOMPARE(hatstand.run(change, {}, kVault + "another one\n").exit, 0);
    if (served)
        QCOMPARE(hatstand.run(words("lock")).exit, 0);
    QCOMPARE(hatstand.run(words("unlock"), {}, kVault).exit, 4);
    QCOMPARE(hatstand.run(words("unlock"), {}, "another one\n").exit, 0);
}

void TestStopAndLock::aPassphraseIsTyped()
{
    Program hatstand;
    QVERIFY(!hatstand.addKey(kNsec1).isEmpty());
    const Outcome outcome = hatstand.runOnTerminal(words("passphrase change"),
        {{kVaultAsk, kVault}, {"New Hatstand passphrase: ", "another one\n"}, {"Again: ", "another one\n"}});
    QCOMPARE(outcome.exit, 0);
    QVERIFY(!outcome.terminal.contains("another one"));
    QCOMPARE(hatstand.run(words("unlock"), {}, "another one\n").exit, 0);
}

void TestStopAndLock::whatAVaultCannotHaveIsRefused()
{
    Program hatstand;
    for (const char* line : {"unlock", "lock", "passphrase set", "passphrase change", "passphrase remove"})
        QCOMPARE(hatstand.run(words(line), {}, kVault + "another one\n").exit, 2); // there is no vault yet
    QVERIFY(!hatstand.addKey(kNsec1).isEmpty());
    QCOMPARE(hatstand.run(words("passphrase set"), {}, "another one\n").exit, 2); // there is one already
    QCOMPARE(hatstand.run(words("passphrase remove"), {}, kVault).exit, 2); // the file can't be without
    QCOMPARE(hatstand.run(words("passphrase")).exit, 2);
    QCOMPARE(hatstand.run(words("unlock"), {}, kVault).exit, 0);
}

QTEST_GUILESS_MAIN(TestStopAndLock)
#include "tst_stop_and_lock.moc"
