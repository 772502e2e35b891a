// SPDX-License-Identifier: MIT
#include "core/base/Random.h"
#include "core/codec/Base58.h"
#include "core/codec/Base64Url.h"
#include "core/codec/Bech32.h"
#include "core/codec/Hex.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::codec;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMegabyte = qsizetype{1024} * 1024;

std::string_view view(const QByteArray& text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

QByteArray toLatin1(const SecretBuffer& secret)
{
    return toQByteArray(secret.view());
}

QByteArray randomBytes(qsizetype size)
{
    QByteArray out(size, Qt::Uninitialized);
    SystemRandom().fill({reinterpret_cast<std::uint8_t*>(out.data()), static_cast<std::size_t>(size)});
    return out;
}

} // namespace

class TestCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void base58_data();
    void base58();
    void base58RefusesOtherCharacters_data();
    void base58RefusesOtherCharacters();
    void base58RefusesWhatWouldTakeLong();
    void base64Url_data();
    void base64Url();
    void base64UrlHasOneTextForOneValue_data();
    void base64UrlHasOneTextForOneValue();
    void bech32AsPublished_data();
    void bech32AsPublished();
    void bech32Refusals_data();
    void bech32Refusals();
    void bech32NoticesEveryMistypedCharacter();
    void secretsNeverAppearInErrors();
    void hexRefusals_data();
    void hexRefusals();
    void randomRoundTrips();
};

void TestCodec::base58_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* hex, const char* text) {
        QTest::newRow(text) << QByteArray(hex) << QByteArray(text);
    };
    row("", "");
    row("61", "2g");
    row("626262", "a3gV");
    row("636363", "aPEr");
    row("73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2");
    row("00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L");
    row("516b6fcd0f", "ABnLTmg");
    row("bf4f89001e670274dd", "3SEo3LWLoPntC");
    row("572e4794", "3EFU7m");
    row("ecac89cad93923c02321", "EJDM8drfXA6uyA");
    row("10c8511e", "Rt5zm");
    row("00000000000000000000", "1111111111");
    row("00000000", "1111");
    row("68656c6c6f20776f726c64", "StV1DL6CwTryKyV");
}

void TestCodec::base58()
{
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, text);
    const QByteArray data = QByteArray::fromHex(hex);
    QCOMPARE(toBase58(bytesOf(data)).toLatin1(), text);
    QCOMPARE(toLatin1(secretToBase58(bytesOf(data))), text);
    QCOMPARE(fromBase58(view(text)).value(), data);
    QCOMPARE(toLatin1(secretFromBase58(view(text)).value()), data);
}

void TestCodec::base58RefusesOtherCharacters_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("place");
    QTest::newRow("zero") << QByteArray("0") << 1;
    QTest::newRow("capital o") << QByteArray("aO") << 2;
    QTest::newRow("capital i") << QByteArray("11I1") << 3;
    QTest::newRow("small l") << QByteArray("2gl") << 3;
    QTest::newRow("space") << QByteArray("2g 2g") << 3;
    QTest::newRow("NUL") << QByteArray("2g\0", 3) << 3;
    QTest::newRow("not ASCII") << QByteArray("\xc3\xa9") << 1;
}

void TestCodec::base58RefusesOtherCharacters()
{
    QFETCH(QByteArray, text);
    QFETCH(int, place);
    const Error expected{ErrorCode::InvalidInput, Why::BadCharacter, {}, place};
    QCOMPARE(fromBase58(view(text)).error(), expected);
    QCOMPARE(secretFromBase58(view(text)).error(), expected);
}

void TestCodec::base58RefusesWhatWouldTakeLong()
{
    const QByteArray paste(kMegabyte, 'z');
    QCOMPARE(fromBase58(view(paste)).error().why, Why::TooLarge);
    QCOMPARE(secretFromBase58(view(paste)).error().why, Why::TooLarge);
}

void TestCodec::base64Url_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("text");
    const auto row
        = [](const QByteArray& data, const char* text) { QTest::newRow(text) << data << QByteArray(text); };
    row("", "");
    row("f", "Zg");
    row("fo", "Zm8");
    row("foo", "Zm9v");
    row("foob", "Zm9vYg");
    row("fooba", "Zm9vYmE");
    row("foobar", "Zm9vYmFy");
    row("\xfb\xff\xbf", "-_-_");
}

void TestCodec::base64Url()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, text);
    QCOMPARE(toBase64Url(bytesOf(data)).toLatin1(), text);
    QCOMPARE(fromBase64Url(view(text)).value(), data);
}

void TestCodec::base64UrlHasOneTextForOneValue_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
        {"Zg==", "Zg=", "Z", "Zh", "Zm9", "+/+/", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9v!", "\xc3\xa9"})
        QTest::newRow(text) << QByteArray(text);
    const QByteArray alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int c = 0; c < 256; ++c) {
        if (!alphabet.contains(static_cast<char>(c)))
            QTest::addRow("0x%02x", c) << "Zm9" + QByteArray(1, static_cast<char>(c));
    }
}

void TestCodec::base64UrlHasOneTextForOneValue()
{
    QFETCH(QByteArray, text);
    QCOMPARE(fromBase64Url(view(text)).error().why, Why::NotThisForm);
}

void TestCodec::bech32AsPublished_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<QByteArray>("hex");
    const auto row = [](const char* name, const QByteArray& text, const QByteArray& prefix,
                         const QByteArray& hex) { QTest::newRow(name) << text << prefix << hex; };
    // BIP-173, "Test vectors", those whose data is whole bytes.
    row("upper case", "A12UEL5L", "a", "");
    row("lower case", "a12uel5l", "a", "");
    row("longest prefix",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio", "");
    row("every value", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef",
        "00443214c74254b635cf84653a56d7c675be77df");
    row("zeros", "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
        "1", QByteArray(102, '0'));
    row("split", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "split",
        "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d");
    row("odd prefix", "?1ezyfcl", "?", "");
}

void TestCodec::bech32AsPublished()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, prefix);
    QFETCH(QByteArray, hex);
    const QByteArray data = QByteArray::fromHex(hex);
    QCOMPARE(bech32Prefix(view(text)), prefix);
    QCOMPARE(fromBech32(view(text), {view(prefix)}).value(), data);
    QCOMPARE(toLatin1(secretFromBech32(view(text), {view(prefix)}).value()), data);
    QCOMPARE(toBech32(view(prefix), bytesOf(data)).toLatin1(), text.toLower());
    QCOMPARE(toLatin1(secretToBech32(view(prefix), bytesOf(data))), text.toLower());
}

void TestCodec::bech32Refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Error>("expected");
    const auto row = [](const char* name, const QByteArray& text, Why why, qint64 have = 0, qint64 want = 0) {
        QTest::newRow(name) << text << Error{ErrorCode::InvalidInput, why, {}, have, want};
    };
    const QByteArray good = toBech32("hat", bytesOf(QByteArray(4, 'x'))).toLatin1();
    QCOMPARE(good.size(), 17);
    row("empty", "", Why::Empty);
    row("1 MB", QByteArray(kMegabyte, 'q'), Why::TooLarge, kMegabyte, 90);
    row("no separator", "hatqqqqqqqqqqqqqq", Why::NotThisForm);
    row("no prefix", "1qqqqqqqqqqqqqqqq", Why::NotThisForm);
    row("another prefix", "cap1qqqqqqqqqqqqq", Why::WrongPrefix);
    row("longer prefix", "hats1qqqqqqqqqqqq", Why::WrongPrefix);
    row("not Bech32 at all", "see page 1 and 2", Why::NotThisForm);
    row("one short", good.left(16), Why::CutShort, 16, 17);
    row("prefix alone", "hat1", Why::CutShort, 4, 17);
    row("one long", good + 'q', Why::TooLong, 18, 17);
    row("one upper", good.left(16) + good.right(1).toUpper(), Why::MixedCase);
    row("prefix upper", good.left(3).toUpper() + good.mid(3), Why::MixedCase);
    row("letter that is in none", good.left(9) + 'b' + good.mid(10), Why::BadCharacter, 10);
    row("separator in the data", good.left(9) + '1' + good.mid(10), Why::BadCharacter, 10);
    row("NUL", good.left(9) + QByteArray(1, '\0') + good.mid(10), Why::BadCharacter, 10);
    row("not ASCII", good.left(9) + "\xe9" + good.mid(10), Why::BadCharacter, 10);
    row("swapped", good.left(13) + good.mid(14, 1) + good.mid(13, 1) + good.mid(15), Why::ChecksumWrong);
    row("bits left over", "hat1qqqqqqp4zfqp6", Why::NotThisForm); // with the right checksum
    row("Bech32m", "hat1qqqqqqqagdee2", Why::ChecksumWrong);
}

void TestCodec::bech32Refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(Error, expected);
    const Bech32Form form{"hat", 4};
    QCOMPARE(secretFromBech32(view(text), form).error(), expected);
    Error open = fromBech32(view(text), form).error();
    if (open.why == Why::WrongPrefix) {
        QCOMPARE(open.detail, QString::fromLatin1(text.left(text.lastIndexOf('1'))));
        open.detail.clear();
    }
    QCOMPARE(open, expected);
}

void TestCodec::bech32NoticesEveryMistypedCharacter()
{
    const QByteArray good = toBech32("hat", bytesOf(randomBytes(32))).toLatin1();
    for (qsizetype i = 4; i < good.size(); ++i) {
        for (const char c : QByteArray("qpzry9x8gf2tvdw0s3jn54khce6mua7l")) {
            QByteArray mistyped = good;
            mistyped[i] = c;
            if (c != good[i])
                QCOMPARE(fromBech32(view(mistyped), {"hat", 32}).error().why, Why::ChecksumWrong);
        }
    }
}

void TestCodec::secretsNeverAppearInErrors()
{
    for (const char* secret :
        {"5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu", "my1password", "my1passwerd2345678"}) {
        const Error error = secretFromBech32(secret, {"nsec", 32}).error();
        QCOMPARE(error.detail, QString());
    }
}

void TestCodec::hexRefusals_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"0", "0g", "0x00", "00 00", " 00", "00\n", "\xc3\xa9"})
        QTest::newRow(text) << QByteArray(text);
}

void TestCodec::hexRefusals()
{
    QFETCH(QByteArray, text);
    QCOMPARE(fromHex(view(text)).error().why, Why::NotThisForm);
    QCOMPARE(secretFromHex(view(text)).error().why, Why::NotThisForm);
}

void TestCodec::randomRoundTrips()
{
    QVERIFY(secretFromHex("").value().isEmpty());
    for (qsizetype size = 0; size < 100; ++size) {
        const QByteArray data = randomBytes(size);
        const Bytes bytes = bytesOf(data);
        QCOMPARE(fromHex(view(toHex(bytes).toLatin1())).value(), data);
        QCOMPARE(fromHex(view(toHex(bytes).toUpper().toLatin1())).value(), data);
        QCOMPARE(fromBase58(view(toBase58(bytes).toLatin1())).value(), data);
        QCOMPARE(fromBase64Url(view(toBase64Url(bytes).toLatin1())).value(), data);
        const QByteArray text = toBech32("hat", bytes).toLatin1();
        QCOMPARE(text.size(), qsizetype(Bech32Form{"hat"}.textSize(static_cast<std::size_t>(size))));
        QCOMPARE(fromBech32(view(text), {"hat", std::nullopt, 1000}).value(), data);
        QCOMPARE(
            fromBech32(view(text.toUpper()), {"hat", static_cast<std::size_t>(size), 1000}).value(), data);
    }
}

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
