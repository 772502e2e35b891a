// SPDX-License-Identifier: MIT
#include "app/cli/Options.h"
#include "app/cli/Terminal.h"

#include <QTest>
#include <array>

using namespace hatstand;
using namespace hatstand::app;
using namespace Qt::Literals::StringLiterals;

class TestOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commands_data();
    void commands();
    void refusals_data();
    void refusals();
    void helpOnWordsThatAreNoCommand_data();
    void helpOnWordsThatAreNoCommand();
    void theSwitcherIsAStart();
    void argumentsAreUtf8();
    void secretsOnTheCommandLine_data();
    void secretsOnTheCommandLine();
    void whiteSpaceHidesNoSecret();
    void whatIsNoOptionIsNotRepeated();
    void publicKeysAreNoSecrets_data();
    void publicKeysAreNoSecrets();
    void aChainsIdIsNoSecret();
    void addressesMayFollowEachOther_data();
    void addressesMayFollowEachOther();
    void aLinkIsOpened();
    void whatIsShownOnATerminalIsWhatIsThere();
    void nothingIsPushedToTheStartOfARow();
};

namespace {

constexpr char kHex[] = "92dd06c05b54f4f6d1e16975b6b644d07155e83d6b8e578f092b009ba0f3c497";

QStringList split(const QString& line)
{
    return line.split(u' ', Qt::SkipEmptyParts);
}

} // namespace

void TestOptions::commands_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("options anywhere") << u"--json list --network nostr"_s << u"list"_s << QStringList();
    QTest::newRow("value before the command")
        << u"--home /tmp/x switch mira"_s << u"switch"_s << QStringList{u"mira"_s};
    QTest::newRow("two words") << u"config set ui.theme dark"_s << u"config set"_s
                               << QStringList{u"ui.theme"_s, u"dark"_s};
    QTest::newRow("chains alone") << u"chains --json"_s << u"chains"_s << QStringList();
    QTest::newRow("after --") << u"rename -- a -b"_s << u"rename"_s << QStringList{u"a"_s, u"-b"_s};
}

void TestOptions::commands()
{
    QFETCH(QString, line);
    const auto options = parseOptions(split(line));
    QVERIFY(options.has_value());
    QCOMPARE(options->mode, Mode::Command);
    QTEST(options->request.command, "command");
    QTEST(options->request.arguments, "arguments");
}

void TestOptions::refusals_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("notInThisVersion");
    for (const char* later : {"backup f", "bunker", "nostrconnect:x", "apps pause x",
             "add nostr --bunker bunker://x", "export --format ndk", "log --json"})
        QTest::newRow(later) << QString::fromLatin1(later) << true;
    for (const char* wrong : {"frob", "add", "config", "switch a b", "show", "list --frob",
             "--vault tin list", "list --passphrase-fd x", "--moved --copied list", "--frob",
             "--headless --background", "--switcher --background", "run", "run --as a", "run -- b",
             "run --as a --", "esr:AA --frob", "esr:AA --background", "esr:AA --no-broadcast", "esr:AA list",
             "esr:AA esr:AB", "web+esr:AA -- b", "chains set x --endpoint https://a b",
             "chains set x https://a", "chains remove x https://a", "chains set x --endpoint"})
        QTest::newRow(wrong) << QString::fromLatin1(wrong) << false;
}

void TestOptions::refusals()
{
    QFETCH(QString, line);
    const auto options = parseOptions(split(line));
    QVERIFY(!options);
    QCOMPARE(options.error().code, ErrorCode::Usage);
    QTEST(options.error().why == Why::NotInThisVersion, "notInThisVersion");
}

void TestOptions::helpOnWordsThatAreNoCommand_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("several") << u"add --help"_s << u"add antelope"_s;
    QTest::newRow("config") << u"--help config"_s << u"config set"_s;
    QTest::newRow("later") << u"bunker --help"_s << u"hatstand bunker is not in this version"_s;
    QTest::newRow("one word") << u"chains --help"_s << u"Usage: hatstand chains"_s;
    QTest::newRow("two words") << u"chains add x --help"_s << u"Usage: hatstand chains add"_s;
}

void TestOptions::helpOnWordsThatAreNoCommand()
{
    QFETCH(QString, line);
    QFETCH(QString, says);
    const auto options = parseOptions(split(line));
    QVERIFY(options.has_value());
    QCOMPARE(options->mode, Mode::Help);
    QVERIFY2(options->help.contains(says), qPrintable(options->help));
    const auto run = parseOptions(split(u"run --as a -- b --help --json"_s)); // another program's help
    QVERIFY(run && run->mode == Mode::Run);
    QCOMPARE(run->request.value(u"as"_s), u"a"_s);
    QCOMPARE(run->request.arguments, split(u"b --help --json"_s));
    QVERIFY(!run->request.json());
    QCOMPARE(parseOptions(split(u"run --help"_s))->mode, Mode::Help);
}

void TestOptions::theSwitcherIsAStart()
{
    const auto options = parseOptions({u"--switcher"_s, u"--home"_s, u"/tmp/x"_s});
    QVERIFY(options.has_value());
    QCOMPARE(options->mode, Mode::Switcher);
    QCOMPARE(options->home, u"/tmp/x"_s);
}

void TestOptions::argumentsAreUtf8()
{
    const std::array fine{"hatstand", "show", "\xc5\xbdlu\xc5\xa5", "\xf0\x9f\x98\x80", "\xef\xbf\xbd"};
    QCOMPARE(textOf(int(fine.size()), fine.data()).value(),
        (QStringList{u"show"_s, u"\u017dlu\u0165"_s, u"\U0001f600"_s, u"\ufffd"_s}));
    for (const char* wrong : {"\xff", "a\xc5", "\xed\xa0\x80", "\xc0\xaf"}) {
        const std::array arguments{"hatstand", "show", wrong};
        const auto text = textOf(int(arguments.size()), arguments.data());
        QVERIFY(!text);
        QCOMPARE(text.error().code, ErrorCode::Usage);
    }
}

void TestOptions::secretsOnTheCommandLine_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line : {"nsec1jtwsdszm2n60d50pd96mddjy6pc4t6padw890rcf9vqfhg8ncjtsqg8msz",
             "add nostr --nsec-stdin nsec1jtwsdszm2n60", "add nostr --label NSEC1JTWSDSZM2N60",
             "add nostr --watch nsec1jtwsdszm2n60d50pd96mddjy6pc4t6padw890rcf9vqfhg8ncjtsqg8msz",
             "rename mira ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p",
             "add antelope --key PVT_K1_2be6BwD56MHeVD4P95bRLdnP3oB3P4QRAXAsSKh4N8Xu6d4Aux",
             "add antelope --key-stdin 5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu",
             "switch PVT_R1_2dSFGZnA4oFvMHw", "--nsec=nsec1jtwsdszm2n60"})
        QTest::newRow(line) << QString::fromLatin1(line);
    const QString hex = QString::fromLatin1(kHex);
    QTest::newRow("stray hex after add") << u"add nostr --nsec-stdin "_s + hex;
    QTest::newRow("--nsec hex") << u"add nostr --nsec "_s + hex;
    QTest::newRow("--nsec-stdin=hex") << u"add nostr --nsec-stdin="_s + hex;
    QTest::newRow("hex as a label") << u"rename mira "_s + hex;
    QTest::newRow("hex as a label, with an option") << u"--json rename mira -- "_s + hex;
    QTest::newRow("hex as a new account's label") << u"add nostr --generate --label "_s + hex;
    QTest::newRow("export --key hex") << u"export mira --key "_s + hex;
    QTest::newRow("export --key=hex") << u"export mira --key="_s + hex;
    QTest::newRow("accounts --key-stdin hex") << u"accounts --key-stdin "_s + hex;
    QTest::newRow("sign-event hex") << u"sign-event "_s + hex;
    QTest::newRow("hex as an option") << u"list --"_s + hex;
    const QString wif = u"5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu"_s;
    QTest::newRow("WIF as an option") << u"list --"_s + wif;
    QTest::newRow("WIF as a short option") << u"list -"_s + wif;
    QTest::newRow("WIF between others") << u"rename mira x:"_s + wif + u'.';
    QTest::newRow("an unknown option's value") << u"list --frob="_s + wif;
}

void TestOptions::secretsOnTheCommandLine()
{
    QFETCH(QString, line);
    const auto options = parseOptions(split(line));
    QVERIFY(!options);
    QCOMPARE(options.error().why, Why::SecretOnCommandLine);
    QVERIFY(options.error().detail.isEmpty());
}

void TestOptions::whiteSpaceHidesNoSecret()
{
    const QString hex = QString::fromLatin1(kHex);
    const QString wif = u"5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu"_s;
    for (const QString& secret : {hex + u' ', u"\n"_s + hex, wif + u' ', u"\t"_s + wif}) {
        const auto options = parseOptions({u"rename"_s, u"mira"_s, secret});
        QVERIFY(!options);
        QCOMPARE(options.error().why, Why::SecretOnCommandLine);
    }
}

void TestOptions::whatIsNoOptionIsNotRepeated()
{
    for (const QString& strange :
        {u"--Abandon"_s, u"--0123"_s, u"--"_s + QString(40, u'a'), u"-xy\u00e9"_s}) {
        const auto options = parseOptions({u"list"_s, strange});
        QVERIFY(!options);
        QVERIFY2(!options.error().detail.contains(strange.mid(2)), qPrintable(options.error().detail));
    }
    QVERIFY(parseOptions({u"list"_s, u"--frob"_s}).error().detail.contains(u"frob"_s)); // a mistyped one is
}

void TestOptions::publicKeysAreNoSecrets_data()
{
    QTest::addColumn<QString>("line");
    const QString hex = QString::fromLatin1(kHex);
    QTest::newRow("session by hex") << u"switch "_s + hex;
    QTest::newRow("watch hex") << u"add nostr --watch "_s + hex;
    QTest::newRow("watch=hex") << u"add nostr --watch="_s + hex;
    QTest::newRow("chain id") << u"add antelope --watch --account a@active --chain "_s + hex;
    QTest::newRow("digest") << u"sign-digest --session mira "_s + hex;
    QTest::newRow("renamed by hex") << u"rename "_s + hex + u" add"_s;
    QTest::newRow("exported by hex") << u"export "_s + hex + u" --key"_s;
    QTest::newRow("signed by hex") << u"sign-event --session "_s + hex;
    QTest::newRow("another program's") << u"run --as a -- gpg --key "_s + hex;
    QTest::newRow("npub") << u"show npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"_s;
}

void TestOptions::publicKeysAreNoSecrets()
{
    QFETCH(QString, line);
    QVERIFY(parseOptions(split(line)).has_value());
}

void TestOptions::aChainsIdIsNoSecret()
{
    const auto options = parseOptions(
        split(u"chains add %1 --alias x --endpoint https://x"_s.arg(QString::fromLatin1(kHex))));
    QVERIFY(options.has_value());
    QCOMPARE(options->request.command, u"chains add"_s);
}

void TestOptions::addressesMayFollowEachOther_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("endpoints");
    const QStringList chain{u"x"_s};
    const QString both = u"https://a\nhttps://b"_s;
    QTest::newRow("each by name") << u"chains set x --endpoint https://a --endpoint https://b"_s << chain
                                  << both;
    QTest::newRow("one after the other") << u"chains set x --endpoint https://a https://b"_s << chain << both;
    QTest::newRow("with =") << u"chains set x --endpoint=https://a https://b"_s << chain << both;
    QTest::newRow("before the chain") << u"chains set --endpoint https://a https://b x"_s << chain << both;
    QTest::newRow("an option behind")
        << u"chains set x --endpoint https://a https://b --offline"_s << chain << both;
    QTest::newRow("three, in two parts")
        << u"chains add x --endpoint https://a https://b --alias y --endpoint https://c"_s << chain
        << both + u"\nhttps://c"_s;
    QTest::newRow("the first is none")
        << u"chains set x --endpoint a https://b"_s << chain << u"a\nhttps://b"_s;
    QTest::newRow("after --") << u"chains set --endpoint https://a -- https://b"_s
                              << QStringList{u"https://b"_s} << u"https://a"_s;
}

void TestOptions::addressesMayFollowEachOther()
{
    QFETCH(QString, line);
    const auto options = parseOptions(split(line));
    QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
    QTEST(options->request.arguments, "arguments");
    QTEST(options->request.value(u"endpoint"_s), "endpoints");
}

void TestOptions::aLinkIsOpened()
{
    const auto link = parseOptions(split(u"--home /tmp/x esr://gmNgZGBY --json"_s));
    QVERIFY(link.has_value());
    QCOMPARE(link->mode, Mode::Open);
    QCOMPARE(link->request.arguments, QStringList{u"esr://gmNgZGBY"_s});
    QCOMPARE(link->home, u"/tmp/x"_s);
    QVERIFY(link->request.json());
    const auto help = parseOptions(split(u"esr://gmNgZGBY --help"_s));
    QVERIFY(help.has_value());
    QCOMPARE(help->mode, Mode::Help);
    QVERIFY(help->help.startsWith("Usage: hatstand URI"_L1));
}

void TestOptions::whatIsShownOnATerminalIsWhatIsThere()
{
    QCOMPARE(Terminal::escaped(u"a\x1b[2Jb"_s), u"a\\u{1b}[2Jb"_s);
    QCOMPARE(Terminal::escaped(u"pay \u202e001\u202c"_s), u"pay \\u{202e}001\\u{202c}"_s);
    QCOMPARE(Terminal::escaped(u"a\u2028b\rc\td"_s), u"a\\u{2028}b\\u{d}c\\u{9}d"_s);
    QCOMPARE(Terminal::escaped(u"zero\u200bwidth\u2066x"_s), u"zero\\u{200b}width\\u{2066}x"_s);
    QCOMPARE(Terminal::escaped(u"Žluťoučký 😀\nline"_s), u"Žluťoučký 😀\nline"_s);
}

void TestOptions::nothingIsPushedToTheStartOfARow()
{
    const QString padded = u"| a"_s + QString(17, u' ') + u"Signing as Bob"_s;
    QCOMPARE(Terminal::wrapped(padded, 20), u"| a"_s + QString(17, u' ') + u"\n| Signing as Bob"_s);
    QCOMPARE(Terminal::wrapped(u"abcdefghij\nk"_s, 6), u"abcdef\n  ghij\nk"_s);
    QCOMPARE(Terminal::wrapped(u"exactly six\n\n| "_s, 11), u"exactly six\n\n| "_s);
    for (const QString& row : Terminal::wrapped(u"| "_s + QString(500, u'\u6f22'), 30).split(u'\n'))
        QVERIFY(row.startsWith("| "_L1) && row.size() <= 30);
}

QTEST_APPLESS_MAIN(TestOptions)
#include "tst_options.moc"
