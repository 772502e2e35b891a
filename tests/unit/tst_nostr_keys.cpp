// SPDX-License-Identifier: MIT
#include "core/codec/Bech32.h"
#include "core/codec/Hex.h"
#include "core/nostr/Nip19.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::nostr;
using namespace Qt::Literals::StringLiterals;

namespace {

SecretBuffer secret(const QByteArray& text)
{
    return SecretBuffer::copyOf(bytesOf(text));
}

QString hex(const SecretKey& key)
{
    return codec::toHex(key.bytes());
}

PublicKey publicKey(const char* hex)
{
    return PublicKey::parse(QString::fromLatin1(hex)).value();
}

const QByteArray kNsec = "nsec1jtwsdszm2n60d50pd96mddjy6pc4t6padw890rcf9vqfhg8ncjtsqg8msz";
const QByteArray kNpub = "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6";
const QByteArray kNprofile
    = "nprofile1qqsrhuxx8l9ex335q7he0f09aej04zpazpl0ne2cgukyawd24mayt8gpp4mhxue69uhhytnc9e3k7mgpz4mhx"
      "ue69uhkg6nzv9ejuumpv34kytnrdaksjlyr9p";
const QByteArray kNcryptsec = "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57ls"
                              "pw8gsq6yphnm8623nsl8xn9j4jdzz84z"
                              "m3frztj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p";
const QByteArray kHex = "92dd06c05b54f4f6d1e16975b6b644d07155e83d6b8e578f092b009ba0f3c497";
const QByteArray kNote = "note1fntxtkcy9pjwucqwa9mddn7v03wwwsu9j330jj350nvhpky2tuaspk6nqc";

/// For rows that both kinds of key refuse alike.
void shapes(const std::function<void(const char*, const QByteArray&, Error)>& row, const QByteArray& bech32)
{
    const auto why = [](Why reason, qint64 have = 0, qint64 want = 0) {
        return Error{ErrorCode::InvalidInput, reason, {}, have, want};
    };
    row("empty", "", why(Why::Empty));
    row("white space", " \t\r\n ", why(Why::Empty));
    row("1 MB", QByteArray(1024 * 1024, 'n'), why(Why::TooLarge, 1024 * 1024, 4096));
    row("1 MB of hex", QByteArray(1024 * 1024, '1'), why(Why::TooLarge, 1024 * 1024, 4096));
    row("words", "correct horse battery staple", why(Why::NotThisForm));
    row("58 of 63", bech32.left(58), why(Why::CutShort, 58, 63));
    row("prefix alone", bech32.left(5), why(Why::CutShort, 5, 63));
    row("one too many", bech32 + 'q', why(Why::TooLong, 64, 63));
    row("twice", bech32 + bech32, why(Why::TooLong, 126, 63));
    row("last character", bech32.left(62) + (bech32.back() == 'q' ? 'p' : 'q'), why(Why::ChecksumWrong));
    row("no letter of it", bech32.left(20) + 'b' + bech32.mid(21), why(Why::BadCharacter, 21));
    row("mixed case", bech32.left(20) + bech32.mid(20).toUpper(), why(Why::MixedCase));
    row("prefix upper", bech32.left(5).toUpper() + bech32.mid(5), why(Why::MixedCase));
    row("mistyped prefix", "m" + bech32.mid(1), why(Why::WrongPrefix));
    row("note", kNote, {ErrorCode::InvalidInput, Why::WrongPrefix, u"note"_s});
    row("hex cut", kHex.left(60), why(Why::CutShort, 60, 64));
    row("hex long", kHex + "00", why(Why::TooLong, 66, 64));
    row("hex mixed", kHex.left(10).toUpper() + kHex.mid(10), why(Why::MixedCase));
    row("hex with 0x", "0x" + kHex, why(Why::NotThisForm));
    row("encrypted", kNcryptsec, why(Why::EncryptedKeyGiven));
}

} // namespace

class TestNostrKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keysInAllTheirForms_data();
    void keysInAllTheirForms();
    void npubAsPublished_data();
    void npubAsPublished();
    void secretRefusals_data();
    void secretRefusals();
    void publicRefusals_data();
    void publicRefusals();
    void whiteSpaceAndCaseDoNotCount();
    void nprofileAsPublished();
    void nprofileSkipsFieldsItDoesNotKnow();
    void nprofileRefusals_data();
    void nprofileRefusals();
    void noteBothWays();
    void forms_data();
    void forms();
    void randomRoundTrips();
    void generatingDrawsAgainUntilItIsAKey();
};

void TestNostrKeys::keysInAllTheirForms_data()
{
    QTest::addColumn<QByteArray>("hexKey");
    QTest::addColumn<QByteArray>("nsec");
    QTest::addColumn<QString>("pubkey");
    QTest::newRow("32") << kHex << kNsec
                        << u"c4beafd98c4482e3a615080c09ace2824741e98ba81a3b7bc8debbe7fc8082a3"_s;
    QTest::newRow("33") << QByteArray("0277cc53c89ca9c8a441987265276fafa55bf5bed8a55b16fd640e0d6a0c21e2")
                        << QByteArray("nsec1qfmuc57gnj5u3fzpnpex2fm047j4had7mzj4k9havs8q66svy83ql2sdnl")
                        << u"c44f2be1b2fb5371330386046e60207bbd84938d4812ee0c7a3c11be605a7585"_s;
    QTest::newRow("34") << QByteArray(63, '0') + '1'
                        << QByteArray("nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl")
                        << u"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"_s;
}

void TestNostrKeys::keysInAllTheirForms()
{
    QFETCH(QByteArray, hexKey);
    QFETCH(QByteArray, nsec);
    QFETCH(QString, pubkey);
    for (const QByteArray& text : {hexKey, nsec, hexKey.toUpper(), nsec.toUpper()}) {
        const auto key = SecretKey::parse(secret(text));
        QVERIFY2(key.has_value(), text.constData());
        QCOMPARE(hex(*key), QString::fromLatin1(hexKey));
        QCOMPARE(toQByteArray(key->nsec().view()), nsec);
        QCOMPARE(key->publicKey().hex(), pubkey);
    }
}

void TestNostrKeys::npubAsPublished_data()
{
    QTest::addColumn<QString>("hexKey");
    QTest::addColumn<QString>("npub");
    QTest::newRow("fiatjaf") << u"3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"_s
                             << QString::fromLatin1(kNpub);
    QTest::newRow("NIP-19") << u"7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e"_s
                            << u"npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg"_s;
    QTest::newRow("key 1") << u"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"_s
                           << u"npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"_s;
}

void TestNostrKeys::npubAsPublished()
{
    QFETCH(QString, hexKey);
    QFETCH(QString, npub);
    QCOMPARE(PublicKey::parse(hexKey).value().npub(), npub);
    QCOMPARE(PublicKey::parse(npub).value().hex(), hexKey);
}

void TestNostrKeys::secretRefusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Error>("expected");
    const auto row = [](const char* name, const QByteArray& text, const Error& error) {
        QTest::newRow(name) << text << error;
    };
    shapes(row, kNsec);
    const auto why = [](Why reason) { return Error{ErrorCode::InvalidInput, reason}; };
    const auto nsecOf = [](const QByteArray& hexKey) {
        return codec::toBech32("nsec", bytesOf(QByteArray::fromHex(hexKey))).toLatin1();
    };
    const QByteArray order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    row("npub", kNpub, why(Why::PublicKeyGiven));
    row("nprofile", kNprofile, why(Why::PublicKeyGiven));
    row("zero", QByteArray(64, '0'), why(Why::ZeroKey));
    row("zero as nsec", nsecOf(QByteArray(64, '0')), why(Why::ZeroKey));
    row("order", order, why(Why::KeyOutOfRange));
    row("order as nsec", nsecOf(order), why(Why::KeyOutOfRange));
    row("above", QByteArray(64, 'f'), why(Why::KeyOutOfRange));
    // No part of what may be a secret of another kind gets into the error, and so into a log.
    row("WIF", "5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu", why(Why::NotThisForm));
    row("password", "secret1password", why(Why::NotThisForm));
    row("password in one alphabet", "secret1passwerd", why(Why::WrongPrefix));
    row("NUL inside", kNsec.left(20) + QByteArray(1, '\0') + kNsec.mid(21),
        {ErrorCode::InvalidInput, Why::BadCharacter, {}, 21});
}

void TestNostrKeys::secretRefusals()
{
    QFETCH(QByteArray, text);
    QFETCH(Error, expected);
    QCOMPARE(SecretKey::parse(secret(text)).error(), expected);
}

void TestNostrKeys::publicRefusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Error>("expected");
    const auto row = [](const char* name, const QByteArray& text, const Error& error) {
        QTest::newRow(name) << text << error;
    };
    shapes(row, kNpub);
    const auto why = [](Why reason) { return Error{ErrorCode::InvalidInput, reason}; };
    row("nsec", kNsec, why(Why::PrivateKeyGiven));
    row("nsec cut short", kNsec.left(30), why(Why::PrivateKeyGiven));
    row("not on the curve", "eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34",
        why(Why::NotOnCurve));
    row("above the field", QByteArray(64, 'f'), why(Why::NotOnCurve));
    row("zero", QByteArray(64, '0'), why(Why::NotOnCurve));
    row("not ASCII", "\xc3\xb1" + kNpub.mid(1), why(Why::NotThisForm));
    row("look-alike", kNpub.left(20) + "\xd0\xb0" + kNpub.mid(21),
        {ErrorCode::InvalidInput, Why::BadCharacter, {}, 21});
}

void TestNostrKeys::publicRefusals()
{
    QFETCH(QByteArray, text);
    QFETCH(Error, expected);
    QCOMPARE(PublicKey::parse(QString::fromUtf8(text)).error(), expected);
}

void TestNostrKeys::whiteSpaceAndCaseDoNotCount()
{
    QCOMPARE(hex(SecretKey::parse(secret(" \t" + kNsec + "\r\n")).value()), QString::fromLatin1(kHex));
    QCOMPARE(hex(SecretKey::parse(secret("\n" + kHex + " ")).value()), QString::fromLatin1(kHex));
    QCOMPARE(PublicKey::parse(u"\u00a0 %1\n"_s.arg(QString::fromLatin1(kNpub.toUpper()))).value().npub(),
        QString::fromLatin1(kNpub));
}

void TestNostrKeys::nprofileAsPublished()
{
    const KeyWithRelays expected{
        publicKey("3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"),
        {u"wss://r.x.com"_s, u"wss://djbas.sadkb.com"_s}};
    const QString text = QString::fromLatin1(kNprofile);
    QCOMPARE(parseNprofile(text).value(), expected);
    QCOMPARE(toNprofile(expected).value(), text);
    QCOMPARE(PublicKey::parse(text).value(), expected.pubkey);
}

void TestNostrKeys::nprofileSkipsFieldsItDoesNotKnow()
{
    const QByteArray key
        = QByteArray::fromHex("3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d");
    const QByteArray fields
        = QByteArray("\x07\x02hi", 4) + QByteArray("\x00\x20", 2) + key + QByteArray("\xff\x00", 2);
    const KeyWithRelays profile = parseNprofile(codec::toBech32("nprofile", bytesOf(fields))).value();
    QCOMPARE(profile.pubkey.hex().toLatin1(), key.toHex());
    QCOMPARE(profile.relays, QStringList());
}

void TestNostrKeys::nprofileRefusals_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<Why>("why");
    const QByteArray key
        = QByteArray::fromHex("3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d");
    QTest::newRow("nothing") << QByteArray() << Why::NotThisForm;
    QTest::newRow("type alone") << QByteArray(1, '\0') << Why::NotThisForm;
    QTest::newRow("no key") << QByteArray("\x01\x01x", 3) << Why::NotThisForm;
    QTest::newRow("value cut") << QByteArray("\x00\x20", 2) + key.left(31) << Why::NotThisForm;
    QTest::newRow("short key") << QByteArray("\x00\x1f", 2) + key.left(31) << Why::NotThisForm;
    QTest::newRow("rubbish after") << QByteArray("\x00\x20", 2) + key + '\x01' << Why::NotThisForm;
    QTest::newRow("off the curve") << QByteArray("\x00\x20", 2) + QByteArray(32, '\0') << Why::NotOnCurve;
}

void TestNostrKeys::nprofileRefusals()
{
    QFETCH(QByteArray, fields);
    QFETCH(Why, why);
    QCOMPARE(parseNprofile(codec::toBech32("nprofile", bytesOf(fields))).error().why, why);
    KeyWithRelays tooLong{
        publicKey("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"), {QString(256, u'x')}};
    QCOMPARE(toNprofile(tooLong).error().why, Why::TooLong);
}

void TestNostrKeys::noteBothWays()
{
    const auto id = parseNote(QString::fromLatin1(kNote)).value();
    QCOMPARE(codec::toHex(id), u"4cd665db042864ee600ee976d6cfcc7c5ce743859462f94a347cd970d88a5f3b"_s);
    QCOMPARE(toNote(id).toLatin1(), kNote);
    QCOMPARE(parseNote(QString::fromLatin1(kNpub)).error().why, Why::WrongPrefix);
}

void TestNostrKeys::forms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("form");
    const auto row = [](const QByteArray& text, KeyForm form) {
        QTest::newRow(text.left(12).constData()) << text << int(form);
    };
    row(kNsec, KeyForm::Nsec);
    row(kNsec.toUpper(), KeyForm::Nsec);
    row(" " + kNpub + "\n", KeyForm::Npub);
    row(kNprofile, KeyForm::Nprofile);
    row(kNcryptsec, KeyForm::Ncryptsec);
    row(kNote, KeyForm::Note);
    row("nevent1", KeyForm::OtherEntity);
    row("DEADbeef", KeyForm::Hex);
    row("nsec", KeyForm::Unknown);
    row("alice@active", KeyForm::Unknown);
    row("", KeyForm::Unknown);
}

void TestNostrKeys::forms()
{
    QFETCH(QByteArray, text);
    QFETCH(int, form);
    QCOMPARE(int(keyFormOf({text.constData(), static_cast<std::size_t>(text.size())})), form);
}

void TestNostrKeys::randomRoundTrips()
{
    SystemRandom random;
    for (int i = 0; i < 200; ++i) {
        const SecretKey key = SecretKey::generate(random);
        QCOMPARE(hex(SecretKey::parse(key.nsec()).value()), hex(key));
        const PublicKey pubkey = key.publicKey();
        QCOMPARE(PublicKey::parse(pubkey.npub()).value(), pubkey);
        QCOMPARE(PublicKey::parse(pubkey.hex()).value(), pubkey);
        const KeyWithRelays profile{pubkey, {u"wss://relay.example/%1"_s.arg(i)}};
        QCOMPARE(parseNprofile(toNprofile(profile).value()).value(), profile);
        ByteArray<32> digest;
        random.fill(digest);
        auto signature = key.sign(digest, random);
        QVERIFY(verify(pubkey, digest, signature));
        signature[static_cast<std::size_t>(i) % 64] ^= 1;
        QVERIFY(!verify(pubkey, digest, signature));
    }
}

void TestNostrKeys::generatingDrawsAgainUntilItIsAKey()
{
    class Scripted final : public Random
    {
    public:
        void fill(MutableBytes out) override
        {
            const std::uint8_t values[] = {0x00, 0xff, 0x2a};
            std::fill(out.begin(), out.end(), values[std::min(drawn++, 2)]);
        }
        int drawn = 0;
    };
    Scripted random;
    QCOMPARE(hex(SecretKey::generate(random)), u"2a"_s.repeated(32));
    QCOMPARE(random.drawn, 3);
}

QTEST_GUILESS_MAIN(TestNostrKeys)
#include "tst_nostr_keys.moc"
