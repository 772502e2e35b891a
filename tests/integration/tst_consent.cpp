// SPDX-License-Identifier: MIT
#include "core/antelope/Keys.h"
#include "tests/support/Program.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// What a person is asked on the terminal, and what their answer does; alone and through a running instance.
class TestConsent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void yesSigns_data() { bothWays(); }
    void yesSigns();
    void yesSignsADigest_data();
    void yesSignsADigest();
    void anythingElseDenies_data();
    void anythingElseDenies();
    void whatIsShownCannotDeceive();
    void aForgedQuestionIsSeenAsContent();
    void passphrasesAreNotEchoed_data() { bothWays(); }
    void passphrasesAreNotEchoed();
    void keysGoToATerminalOrANewFile_data() { bothWays(); }
    void keysGoToATerminalOrANewFile();
    void newPassphrasesAreTypedTwice();
    void endOfInputGivesNoPassphrase();
    void anEventIsTypedInSight();

private:
    static void bothWays();
    std::unique_ptr<Program> m_alone;
    std::unique_ptr<Program> m_served;
    Program::Running m_instance;
};

namespace {

constexpr char kNsec1[] = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl";
constexpr char kEvent[]
    = "{\"kind\":1,\"content\":\"hello\",\"created_at\":1700000000,\"junk\":1,\"id\":\"x\"}";
constexpr char kAsk[] = "[y/N] ";
constexpr char kVaultAsk[] = "Hatstand passphrase: ";

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

QByteArray passphrase()
{
    return QByteArray(Program::kPassphrase) + '\n';
}

} // namespace

void TestConsent::bothWays()
{
    QTest::addColumn<bool>("served");
    QTest::newRow("alone") << false;
    QTest::newRow("through an instance") << true;
}

void TestConsent::initTestCase()
{
    m_alone = std::make_unique<Program>();
    m_served = std::make_unique<Program>();
    for (Program* program : {m_alone.get(), m_served.get()})
        QVERIFY(!program->addKey(kNsec1, {u"--label"_s, u"Mira"_s}).isEmpty());
    m_instance = m_served->startHeadless();
}

void TestConsent::yesSigns()
{
    QFETCH(bool, served);
    Program& hatstand = served ? *m_served : *m_alone;
    if (served)
        QCOMPARE(hatstand.run(words("lock")).exit, 0);
    const Outcome outcome
        = hatstand.runOnTerminal(words("sign-event"), {{kAsk, "y\n"}, {kVaultAsk, passphrase()}}, kEvent);
    QCOMPARE(outcome.exit, 0);
    const QJsonObject event = QJsonDocument::fromJson(outcome.out).object();
    QCOMPARE(event.keys(), words("content created_at id kind pubkey sig tags"));
    QCOMPARE(event.value("pubkey"_L1).toString(),
        u"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"_s);
    const qsizetype question = outcome.terminal.indexOf(kAsk);
    for (const char* part : {"hatstand sign-event", "publish a note (kind 1)", "Mira", "hello"}) {
        const qsizetype at = outcome.terminal.indexOf(part);
        QVERIFY2(at >= 0 && at < question, part); // the decoded request comes first
    }
}

void TestConsent::yesSignsADigest_data()
{
    QTest::addColumn<bool>("served");
    QTest::addColumn<bool>("r1");
    QTest::newRow("K1, alone") << false << false;
    QTest::newRow("K1, through an instance") << true << false;
    QTest::newRow("R1, alone") << false << true;
    QTest::newRow("R1, through an instance") << true << true;
}

void TestConsent::yesSignsADigest()
{
    QFETCH(bool, served);
    QFETCH(bool, r1);
    using namespace hatstand;
    Program& hatstand = served ? *m_served : *m_alone;
    const auto key = antelope::PrivateKey::fromBytes(r1 ? antelope::Curve::R1 : antelope::Curve::K1,
        SecretBuffer::copyOf(
            std::string_view(r1 ? "an R1 key of thirty-two letters!" : "a K1 key of thirty-two letters!!")));
    QVERIFY(key.has_value());
    const QString actor = r1 ? u"rona"_s : u"kuno"_s;
    QCOMPARE(hatstand
                 .run({u"add"_s, u"antelope"_s, u"--chain"_s, u"wax"_s, u"--account"_s, actor + u"@active"_s,
                          u"--key-stdin"_s, u"--offline"_s, u"--no-activate"_s},
                     toQByteArray(key->text().view()), passphrase())
                 .exit,
        0);
    if (served)
        QCOMPARE(hatstand.run(words("lock")).exit, 0);
    ByteArray<32> digest{};
    digest.fill(0xa7);
    const QString text = QString::fromLatin1(toQByteArray(digest).toHex());
    const QStringList arguments{u"sign-digest"_s, text, u"--session"_s, actor + u"@active"_s};
    const Outcome denied = hatstand.runOnTerminal(arguments, {{kAsk, "n\n"}});
    QCOMPARE(denied.exit, 5);
    QVERIFY(denied.out.isEmpty());
    const Outcome outcome = hatstand.runOnTerminal(arguments, {{kAsk, "y\n"}, {kVaultAsk, passphrase()}});
    QCOMPARE(outcome.exit, 0);
    const qsizetype question = outcome.terminal.indexOf(kAsk);
    for (const QByteArray& part : {QByteArray("hatstand sign-digest"), actor.toLatin1(), text.toLatin1()}) {
        const qsizetype at = outcome.terminal.indexOf(part);
        QVERIFY2(at >= 0 && at < question, part.constData());
    }
    QVERIFY(outcome.line().startsWith(r1 ? "SIG_R1_"_L1 : "SIG_K1_"_L1));
    QCOMPARE(antelope::recover(outcome.line(), digest).value(), key->publicKey());
}

void TestConsent::anythingElseDenies_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("no") << QByteArray("n\n");
    QTest::newRow("nothing") << QByteArray("\n");
    QTest::newRow("yess") << QByteArray("yess\n");
    QTest::newRow("end of input") << QByteArray("\x04");
    QTest::newRow("j") << QByteArray("j\n");
}

void TestConsent::anythingElseDenies()
{
    QFETCH(QByteArray, answer);
    for (Program* hatstand : {m_alone.get(), m_served.get()}) {
        const Outcome outcome = hatstand->runOnTerminal(words("sign-event"), {{kAsk, answer}}, kEvent);
        QCOMPARE(outcome.exit, 5);
        QVERIFY(outcome.err.endsWith("(denied)\n"));
        QVERIFY(outcome.out.isEmpty());
        QVERIFY(!outcome.terminal.contains(kVaultAsk)); // denied before a passphrase was worth typing
    }
}

void TestConsent::whatIsShownCannotDeceive()
{
    const QByteArray event
        = "{\"kind\":1,\"content\":\"a\\u001b[2J\\u202eb\\r\\u0007c\",\"tags\":[[\"t\",\"\\u001b]0;x\"]]}";
    const Outcome outcome = m_alone->runOnTerminal(words("sign-event"), {{kAsk, "n\n"}}, event);
    QVERIFY(outcome.terminal.contains("a\\u{1b}[2J\\u{202e}b\\u{d}\\u{7}c"));
    QVERIFY(!outcome.terminal.contains('\x1b') && !outcome.terminal.contains('\x07')
        && !outcome.terminal.contains("\u202e"));
}

/// The true header has scrolled away by the time the question is asked; who and what is said again there.
void TestConsent::aForgedQuestionIsSeenAsContent()
{
    QByteArray fake = "hatstand sign-event wants to log in to a relay (kind 22242)\\nSigning as Bob";
    for (int i = 0; i < 60; ++i)
        fake += "\\n";
    const QByteArray padded = QByteArray(120, ' ') + "Signing as Bob";
    const Outcome outcome = m_alone->runOnTerminal(
        words("sign-event"), {{kAsk, "n\n"}}, "{\"kind\":3,\"content\":\"" + padded + "\\n" + fake + "\"}");
    const QByteArrayList rows = outcome.terminal.split('\n');
    QVERIFY(!std::any_of(rows.begin(), rows.end(), [](const QByteArray& row) {
        return row.trimmed().startsWith("Signing as Bob")
            || row.startsWith("hatstand sign-event wants to log");
    }));
    QVERIFY(outcome.terminal.contains("more lines"));
    const qsizetype last
        = outcome.terminal.lastIndexOf("\nSign as Mira (79be667e…16f81798): replace the list");
    QVERIFY(last >= 0 && outcome.terminal.indexOf(kAsk, last) >= 0);
}

void TestConsent::passphrasesAreNotEchoed()
{
    QFETCH(bool, served);
    Program& hatstand = served ? *m_served : *m_alone;
    if (served)
        QCOMPARE(hatstand.run(words("lock")).exit, 0);
    const Outcome wrong = hatstand.runOnTerminal(words("unlock"), {{kVaultAsk, "mistaken\n"}});
    QCOMPARE(wrong.exit, 4);
    QVERIFY(wrong.err.endsWith("(wrong-passphrase)\n"));
    const Outcome right = hatstand.runOnTerminal(words("unlock"), {{kVaultAsk, passphrase()}});
    QCOMPARE(right.exit, 0);
    QVERIFY(!wrong.terminal.contains("mistaken") && !right.terminal.contains(Program::kPassphrase));
}

void TestConsent::keysGoToATerminalOrANewFile()
{
    QFETCH(bool, served);
    Program& hatstand = served ? *m_served : *m_alone;
    if (served)
        QCOMPARE(hatstand.run(words("lock")).exit, 0);
    const Outcome denied = hatstand.runOnTerminal(words("export Mira --key --to key.txt"), {{kAsk, "n\n"}});
    QCOMPARE(denied.exit, 5);
    QFile file(hatstand.path(u"home/key.txt"_s));
    QVERIFY(!file.exists());
    const Outcome given = hatstand.runOnTerminal(
        words("export Mira --key --to key.txt"), {{kAsk, "yes\n"}, {kVaultAsk, passphrase()}});
    QCOMPARE(given.exit, 0);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(kNsec1) + '\n');
    QCOMPARE(file.permissions() & QFile::Permissions(0x0077), QFile::Permissions());
    QVERIFY(given.out.isEmpty() && !given.terminal.contains("nsec1"));
    const Outcome again = hatstand.runOnTerminal(words("export Mira --key --to key.txt"), {});
    QCOMPARE(again.exit, 2);
    // Standard output is a pipe here, so it is refused although there is a terminal.
    QCOMPARE(hatstand.runOnTerminal(words("export Mira --key"), {}).exit, 2);
    hatstand.wrapper = {u"sh"_s, u"-c"_s, u"exec \"$@\" > /dev/tty"_s, u"sh"_s};
    QList<Program::Typed> dialogue{{kAsk, "y\n"}};
    if (!served)
        dialogue += {kVaultAsk, passphrase()};
    const Outcome shown = hatstand.runOnTerminal(words("export Mira --key"), dialogue);
    hatstand.wrapper.clear();
    QCOMPARE(shown.exit, 0);
    QVERIFY(shown.terminal.contains(kNsec1));
}

void TestConsent::newPassphrasesAreTypedTwice()
{
    Program hatstand;
    const QStringList add = words("add nostr --generate --vault passphrase");
    const Outcome mistyped
        = hatstand.runOnTerminal(add, {{"New Hatstand passphrase: ", "one\n"}, {"Again: ", "two\n"}});
    QCOMPARE(mistyped.exit, 2);
    const Outcome empty = hatstand.runOnTerminal(add, {{"New Hatstand passphrase: ", "\n"}});
    QCOMPARE(empty.exit, 2);
    QVERIFY(hatstand.run(words("list")).out.isEmpty());
    QCOMPARE(hatstand.run(words("config get vault.kind")).line(), QString());
    const Outcome good
        = hatstand.runOnTerminal(add, {{"New Hatstand passphrase: ", "one\n"}, {"Again: ", "one\n"}});
    QCOMPARE(good.exit, 0);
}

void TestConsent::endOfInputGivesNoPassphrase()
{
    for (Program* hatstand : {m_alone.get(), m_served.get()}) {
        (void)hatstand->run(words("lock"));
        const Outcome outcome = hatstand->runOnTerminal(words("unlock"), {{kVaultAsk, "\x04"}});
        QCOMPARE(outcome.exit, 4);
        QVERIFY(outcome.err.endsWith("(passphrase-required)\n"));
    }
    m_alone->wrapper = {u"sh"_s, u"-c"_s, u"exec \"$@\" < /dev/tty"_s, u"sh"_s};
    const Outcome key = m_alone->runOnTerminal(words("add nostr --nsec-stdin"), {{"Key: ", "\x04"}});
    m_alone->wrapper.clear();
    QCOMPARE(key.exit, 2);
    QVERIFY(key.err.contains("Nothing was given"));
}

void TestConsent::anEventIsTypedInSight()
{
    for (Program* hatstand : {m_alone.get(), m_served.get()}) {
        hatstand->wrapper = {u"sh"_s, u"-c"_s, u"exec \"$@\" < /dev/tty"_s, u"sh"_s};
        const Outcome outcome = hatstand->runOnTerminal(words("sign-event"),
            {{"Event (JSON", "{\"kind\":1,\n\"content\":\"seen\"}\n\x04"}, {kAsk, "n\n"}});
        hatstand->wrapper.clear();
        QCOMPARE(outcome.exit, 5);
        QVERIFY(outcome.err.endsWith("(denied)\n"));
        QVERIFY(outcome.terminal.contains("\"content\":\"seen\"}"));
    }
}

QTEST_GUILESS_MAIN(TestConsent)
#include "tst_consent.moc"
