// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Everything that is refused: each with its own sentence and exit code, and nothing changed.
class TestBadInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void refused_data();
    void refused();
    void sentencesDiffer();

private:
    [[nodiscard]] QByteArray everythingStored() const;
    std::unique_ptr<Program> m_hatstand;
    QByteArray m_before;
    QMap<QByteArray, QByteArray> m_sentences; ///< why → sentence
};

namespace {

constexpr char kOrder[] = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
constexpr char kNpub[] = "npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d";
constexpr char kNsec[] = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl";
constexpr char kWif[] = "5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu";

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

void TestBadInput::initTestCase()
{
    m_hatstand = std::make_unique<Program>();
    QVERIFY(!m_hatstand->addGenerated({u"--label"_s, u"Mira"_s}).isEmpty());
    QCOMPARE(
        m_hatstand
            ->run(words("add antelope --chain wax --account mira@active --watch --offline --no-activate"))
            .exit,
        0);
    m_before = everythingStored();
    QVERIFY(!m_before.isEmpty());
}

QByteArray TestBadInput::everythingStored() const
{
    QByteArray all = storeFingerprint(m_hatstand->database());
    for (const QString& name : {u"data/hatstand/vault.bin"_s, u"config/hatstand/hatstand.conf"_s,
             u"config/hatstand/chains.json"_s}) {
        QFile file(m_hatstand->path(name));
        if (file.open(QIODevice::ReadOnly))
            all += QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex();
    }
    return all;
}

void TestBadInput::refused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("says"); ///< part of the sentence

    const QStringList nsec = words("add nostr --nsec-stdin");
    const QStringList ncryptsec = words("add nostr --ncryptsec-stdin");
    const QStringList key = words("add antelope --chain wax --account bob@active --offline --key-stdin");
    const auto row = [](const char* name, const QStringList& arguments, const QByteArray& input,
                         const char* says, int exit = 2, const char* code = "invalid-input") {
        QTest::newRow(name) << arguments << input << exit << QByteArray(code) << QByteArray(says);
    };
    row("nsec: wrong checksum", nsec, "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgq",
        "The checksum is wrong");
    row("nsec: wrong prefix", nsec, "nsex1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl", "");
    row("nsec: truncated", nsec, QByteArray(kNsec).left(58), "cut short: 58 of 63");
    row("nsec: empty", nsec, "", "Nothing was given");
    row("nsec: white space", nsec, " \n\t\n", "Nothing was given");
    row("nsec: 1 MB", nsec, QByteArray(1'000'000, 'a'), "too large");
    row("nsec: public key", nsec, kNpub, "This is a public key. It can only be watched");
    row("nsec: encrypted key", nsec,
        "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57lspw8gsq6yphnm8623nsl8xn"
        "9j4jdzz84zm3frztj3z7s35vp"
        "zmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p",
        "This key is encrypted");
    row("hex: zero key", nsec, QByteArray(64, '0'), "A key of zeros is no key");
    row("hex: the group's order", nsec, kOrder, "too high");
    row("hex: 63 digits", nsec, QByteArray(63, '1'), "");
    row("nsec: two lines", nsec, QByteArray(kNsec) + "\n" + kNsec, "no form");
    row("nsec: not UTF-8", nsec, QByteArray("\xff\xfe\x00nsec", 7), "");
    row("ncryptsec: nsec", ncryptsec, kNsec, "");
    row("ncryptsec: truncated", ncryptsec, "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2k", "");
    row("ncryptsec: empty", ncryptsec, "", "Nothing was given");
    row("watch: cut short", words("add nostr --watch npub1"), "", "");
    row("watch: not on the curve", {u"add"_s, u"nostr"_s, u"--watch"_s, QString(64, u'f')}, "",
        "No private key can belong");
    row("key: wrong checksum", key, "5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zxx",
        "The checksum is wrong");
    row("key: public key", key, "PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs",
        "This is a public key");
    row("key: empty", key, "", "Nothing was given");
    row("key: 1 MB", key, QByteArray(1'000'000, '5'), "too large");
    row("key: truncated", key, QByteArray(kWif).left(40), "");
    row("unknown chain", words("add antelope --chain nochain --account bob@active --watch --offline"), "",
        "No chain is called “nochain”", 2, "unknown-chain");
    for (const char* account : {"Bob@active", "bob", "bob@", "@active", "bob.@active", "bob6@active",
             "averyveryverylongname@active", "bob@averyveryverylongname"})
        row(account,
            {u"add"_s, u"antelope"_s, u"--chain"_s, u"wax"_s, u"--watch"_s, u"--offline"_s, u"--account"_s,
                QString::fromUtf8(account)},
            "", "");
    row("label: control character", {u"rename"_s, u"Mira"_s, u"a\x1b[2J"_s}, "", "no control characters");
    row("label: bidi", {u"rename"_s, u"Mira"_s, u"a\u202eb"_s}, "", "no control characters");
    row("label: 65 characters", {u"rename"_s, u"Mira"_s, QString(65, u'a')}, "", "at most 64");
    row("label: an npub", {u"rename"_s, u"Mira"_s, QString::fromLatin1(kNpub)}, "",
        "taken for a key or an account");
    row("label: an actor", words("rename Mira mira"), "", "the name of another account");
    row("position", words("move Mira 0"), "", "", 2, "usage");
    row("event: no JSON", words("sign-event"), "hello", "");
    row("event: no kind", words("sign-event"), "{\"content\":\"x\"}", "“kind”");
    row("event: kind out of range", words("sign-event"), "{\"kind\":65536,\"content\":\"x\"}", "“kind”");
    row("event: tags of numbers", words("sign-event"), "{\"kind\":1,\"content\":\"x\",\"tags\":[[1]]}",
        "“tags”");
    row("event: too large", words("sign-event"), QByteArray(600'000, ' '), "too large");
    row("event: another's pubkey", words("sign-event"),
        "{\"kind\":1,\"content\":\"x\",\"pubkey\":"
        "\"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798\"}",
        "", 3, "not-found");
    row("event: wrong account", words("sign-event --session Mira"),
        "{\"kind\":1,\"content\":\"x\",\"pubkey\":"
        "\"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798\"}",
        "", 5, "wrong-account");
    row("digest", words("sign-digest abcd --session mira@active"), "", "64 hexadecimal");
    row("digest of a Nostr account", {u"sign-digest"_s, QString(64, u'a'), u"--session"_s, u"Mira"_s}, "",
        "does not fit the network");
    row("event: raw control character", words("sign-event"), "{\"kind\":1,\"content\":\"a\tb\"}", "“JSON”");
    row("setting with a second line", {u"config"_s, u"set"_s, u"network.proxy"_s, u"x\nui.theme=dark"_s}, "",
        "is not a proxy");
    row("export into no folder", words("export Mira --ncryptsec --to /nowhere/key"), "",
        "No file can be made in the folder /nowhere", 2, "usage");
    row("secret on argv", {u"add"_s, u"nostr"_s, u"--nsec-stdin"_s, QString::fromLatin1(kNsec)}, "",
        "Consider it exposed", 2, "usage");
    row("secret as a label", {u"rename"_s, u"Mira"_s, QString(64, u'e')}, "", "Consider it exposed", 2,
        "usage");
    row("secret as an option", {u"list"_s, u"--"_s + QString::fromLatin1(kWif)}, "", "Consider it exposed", 2,
        "usage");
    // What an app asks for: read before anybody is looked for who could say yes.
    const auto request = [&row](const char* name, const QByteArray& uri, const char* says,
                             const char* code = "invalid-input") {
        row(name, {u"sign-request"_s, u"-"_s}, uri, says, 2, code);
    };
    request("request: another scheme", "esx://AwABAwAAAAAAAAAAAAAAAA", "no form");
    request("request: no base64", "esr://AwAB!", "no form");
    request("request: version 4", "esr://BAABAwAAAAAAAAAAAAAAAA", "in version 4 of its format");
    request("request: cut short", "esr://AwABAwAA", "not a valid signing request");
    request("request: trailing bytes", "esr://AwABAwAAAAAAAAAAAAAAAAA", "more in this signing request");
    request("request: unknown flag", "esr://AwABAwAAAAAAAAAAAAQAAA", "not a valid signing request");
    request("request: unknown alias", "esr://AwDIAwAAAAAAAAAAAAAAAA", "“200”", "unknown-chain");
    request("request: an identity to be sent", "esr://AwABAwAAAAAAAAAAAAEAAA", "no transaction to send");
    request("request: answer to a file", "esr://AwABAwAAAAAAAAAAAAASZmlsZTovLy9ldGMvcGFzc3dkAA",
        "can't be given to “file:///etc/passwd”");
    request("request: answer to a script", "esr://AwABAwAAAAAAAAAAAAATamF2YXNjcmlwdDphbGVydCgxKQA",
        "can't be given to “javascript:alert(1)”");
    request("request: answer to no host", "esr://AwABAwAAAAAAAAAAAAIKaHR0cHM6Ly8veAA", "“https:///x”");
    request("request: no deflate", "esr://g_____8", "damaged, or grows too large");
    request("request: deflate cut short", "esr://g2NgZGag", "damaged, or grows too large");
    request("request: 70 kB of zeros",
        "esr://g-3BMQEAAADCoPVPbQlPoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAtwE",
        "damaged, or grows too large");
    request("request: 200 kB", "esr://" + QByteArray(200'000, 'A'), "too large");
    row("digest with a watched account",
        {u"sign-digest"_s, QString(64, u'a'), u"--session"_s, u"mira@active"_s}, "", "only watched", 5,
        "watch-only");

    const QStringList chain{u"chains"_s, u"add"_s, QString(64, u'c'), u"--offline"_s, u"--alias"_s};
    row("chain: no id", words("chains add nothex --alias x --endpoint https://x.example --offline"), "",
        "no form");
    row("chain: white space in the alias",
        chain + QStringList{u"a b"_s, u"--endpoint"_s, u"https://x.example"_s}, "", "no form");
    row("chain: one that is there", chain + words("wax --endpoint https://x.example"), "",
        "There is a chain wax already");
    row("chain: no endpoint", chain + words("x"), "", "Usage: hatstand chains add", 2, "usage");
    row("chain: ftp", chain + words("x --endpoint ftp://x.example"), "",
        "“ftp://x.example” is not the address");
    row("chain: the second endpoint", chain + words("x --endpoint https://x.example https://a@y.example"), "",
        "“https://a@y.example” is not the address");
    row("chain: token", chain + words("x --endpoint https://x.example --token EOS"), "",
        "not a valid --token");
    row("chain: contract",
        chain + words("x --endpoint https://x.example --token-contract averyveryverylongname"), "",
        "at most 13 characters");
    for (const char* line : {"chains set nochain --endpoint https://x.example --offline",
             "chains remove nochain", "accounts --key-stdin --chain nochain", "list --chain nochain"})
        row(line, words(line), "", "No chain is called “nochain”", 2, "unknown-chain");
    row("chain: built in", words("chains remove wax"), "", "built in");
    row("label: nothing to see", {u"rename"_s, u"Mira"_s, u"\u200d"_s}, "", "one that can be seen");
}

void TestBadInput::refused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, says);
    const Outcome outcome = m_hatstand->run(arguments, input, QByteArray(Program::kPassphrase) + '\n');
    QTEST(outcome.exit, "exit");
    QTEST(outcome.err.mid(outcome.err.lastIndexOf('(') + 1).chopped(2), "code");
    QVERIFY2(outcome.err.contains(says), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(outcome.err.size() < 600);
    QCOMPARE(outcome.err.count('\n'), 1);
    QVERIFY(!outcome.err.contains(kNsec) && !outcome.err.contains(kWif) && !outcome.err.contains("eeee"));
    QCOMPARE(everythingStored(), m_before);
    m_sentences.insert(QTest::currentDataTag(), outcome.err);
}

void TestBadInput::sentencesDiffer()
{
    QSet<QByteArray> different;
    const QList<QByteArray> reasons{"nsec: wrong checksum", "nsec: truncated", "nsec: empty", "nsec: 1 MB",
        "nsec: public key", "nsec: encrypted key", "hex: zero key", "hex: the group's order", "unknown chain",
        "Bob@active", "secret on argv", "nsec: wrong prefix", "request: another scheme", "request: version 4",
        "request: cut short", "request: trailing bytes", "request: an identity to be sent",
        "request: answer to a script", "request: no deflate", "chain: ftp"};
    for (const QByteArray& reason : reasons)
        different += m_sentences.value(reason);
    QCOMPARE(different.size(), reasons.size());
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
