// SPDX-License-Identifier: MIT
#include "core/codec/Bech32.h"
#include "core/codec/Hex.h"
#include "core/crypto/Sealing.h"
#include "core/nostr/Nip49.h"

#include <QTest>
#include <thread>
#include <vector>

using namespace hatstand;
using namespace hatstand::nostr;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray kPublished = "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57ls"
                              "pw8gsq6yphnm8623nsl8xn9j4jdzz84z"
                              "m3frztj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p";
const QString kPublishedKey = u"3501454135014541350145413501453fefb02227e449e57cf4d3a3ce05378683"_s;
constexpr int kQuick = 4;

SecretBuffer secret(const QByteArray& text)
{
    return SecretBuffer::copyOf(bytesOf(text));
}

QString hex(const Result<SecretKey>& key)
{
    return codec::toHex(key.value().bytes());
}

SecretKey someKey()
{
    return SecretKey::fromBytes(secret(QByteArray(32, 'k'))).value();
}

/// As another program may have made it, under the passphrase "pass".
QByteArray made(int version, int logN, int security, const QByteArray& plain = QByteArray(32, 'k'))
{
    const QByteArray salt(16, 's');
    const QByteArray nonce(24, 'n');
    const QByteArray associated(1, static_cast<char>(security));
    const QByteArray passphrase = "pass";
    const auto key
        = crypto::scrypt(bytesOf(passphrase), bytesOf(salt), logN >= 1 && logN <= 16 ? logN : 1, 8, 1, 32)
              .value();
    const QByteArray sealed = crypto::seal(bytesOf(plain), bytesOf(associated), bytesOf(nonce), key);
    const QByteArray whole = QByteArray(1, static_cast<char>(version)) + static_cast<char>(logN) + salt
        + nonce + associated + sealed;
    return codec::toBech32("ncryptsec", bytesOf(whole)).toLatin1();
}

} // namespace

class TestNip49 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asPublished();
    void passphrasesThatLookAlikeAreAlike_data();
    void passphrasesThatLookAlikeAreAlike();
    void wrongPassphrase_data();
    void wrongPassphrase();
    void roundTrips_data();
    void roundTrips();
    void everySecurityByteIsReadAndAuthenticated();
    void refusals_data();
    void refusals();
    void costIsRefusedBeforeItIsPaid();
    void aKeyInsideThatIsNoneIsRefused();
    void encryptingWithoutAPassphraseIsRefused();
    void notUtf8IsRefused();
    void cancelledWorkGivesNoKey();
    void worksOnManyThreadsAtOnce();
};

void TestNip49::asPublished()
{
    QCOMPARE(hex(nip49::decrypt(secret(kPublished), secret("nostr"))), kPublishedKey);
    QCOMPARE(hex(nip49::decrypt(secret(" " + kPublished.toUpper() + "\n"), secret("nostr"))), kPublishedKey);
    const auto header = nip49::inspect(secret(kPublished)).value();
    QCOMPARE(header.logN, 16);
    QCOMPARE(header.keySecurity, 0);
}

void TestNip49::passphrasesThatLookAlikeAreAlike_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("typed");
    // The example of NIP-49.
    QTest::newRow("NIP-49") << u"\u212b\u2126\u1e9b\u0323"_s << u"\u00c5\u03a9\u1e69"_s;
    QTest::newRow("ligature") << u"\ufb01sh"_s << u"fish"_s;
    QTest::newRow("full width") << u"\uff50\uff41\uff53\uff53"_s << u"pass"_s;
    QTest::newRow("longest expansion")
        << u"\ufdfa"_s << u"\ufdfa"_s.normalized(QString::NormalizationForm_KC);
    QTest::newRow("beyond the first plane") << u"\U0001D4D7at"_s << u"Hat"_s;
    QTest::newRow("not changed by it") << u"p\u00e4ss \U0001f3a9"_s << u"p\u00e4ss \U0001f3a9"_s;
}

void TestNip49::passphrasesThatLookAlikeAreAlike()
{
    QFETCH(QString, written);
    QFETCH(QString, typed);
    SystemRandom random;
    const auto text = nip49::encrypt(someKey(), secret(written.toUtf8()), random, kQuick).value();
    QCOMPARE(hex(nip49::decrypt(secret(text), secret(typed.toUtf8()))), codec::toHex(someKey().bytes()));
    QCOMPARE(hex(nip49::decrypt(secret(text), secret(written.toUtf8()))), codec::toHex(someKey().bytes()));
    QCOMPARE(
        nip49::decrypt(secret(text), secret(typed.toUtf8() + "!")).error().code, ErrorCode::WrongPassphrase);
}

void TestNip49::wrongPassphrase_data()
{
    QTest::addColumn<QByteArray>("passphrase");
    for (const char* text : {"", "nostr ", "Nostr"})
        QTest::newRow(text) << QByteArray(text);
}

void TestNip49::wrongPassphrase()
{
    QFETCH(QByteArray, passphrase);
    QCOMPARE(nip49::decrypt(secret(kPublished), secret(passphrase)).error().code, ErrorCode::WrongPassphrase);
}

void TestNip49::roundTrips_data()
{
    QTest::addColumn<int>("logN");
    for (const int logN : {1, 4, 16, 19, 20})
        QTest::addRow("%d", logN) << logN;
}

void TestNip49::roundTrips()
{
    QFETCH(int, logN);
    SystemRandom random;
    const SecretKey key = SecretKey::generate(random);
    const auto text = nip49::encrypt(key, secret("a passphrase"), random, logN).value();
    QCOMPARE(text.size(), 162);
    QCOMPARE(nip49::inspect(secret(text)).value().logN, logN);
    QCOMPARE(nip49::inspect(secret(text)).value().keySecurity, 2);
    QCOMPARE(hex(nip49::decrypt(secret(text), secret("a passphrase"))), codec::toHex(key.bytes()));
    QVERIFY(nip49::encrypt(key, secret("a passphrase"), random, kQuick)
        != nip49::encrypt(key, secret("a passphrase"), random, kQuick));
}

void TestNip49::everySecurityByteIsReadAndAuthenticated()
{
    for (const int security : {0, 1, 2}) {
        const QByteArray text = made(2, kQuick, security);
        QCOMPARE(nip49::inspect(secret(text)).value().keySecurity, security);
        QCOMPARE(hex(nip49::decrypt(secret(text), secret("pass"))), codec::toHex(someKey().bytes()));
        QByteArray whole = codec::fromBech32(text.toStdString(), {"ncryptsec", 91, 200}).value();
        whole[42] = static_cast<char>((security + 1) % 3);
        const QByteArray changed = codec::toBech32("ncryptsec", bytesOf(whole)).toLatin1();
        QCOMPARE(nip49::decrypt(secret(changed), secret("pass")).error().code, ErrorCode::WrongPassphrase);
    }
}

void TestNip49::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Error>("expected");
    const auto row = [](const char* name, const QByteArray& text, Why why, qint64 have = 0, qint64 want = 0,
                         const QString& detail = {}) {
        QTest::newRow(name) << text << Error{ErrorCode::InvalidInput, why, detail, have, want};
    };
    row("empty", "", Why::Empty);
    row("1 MB", QByteArray(1024 * 1024, 'n'), Why::TooLarge, 1024 * 1024, 4096);
    row("cut short", kPublished.left(100), Why::CutShort, 100, 162);
    row("too long", kPublished + "qq", Why::TooLong, 164, 162);
    row("checksum", kPublished.left(161) + 'q', Why::ChecksumWrong);
    row("mixed case", kPublished.left(50) + kPublished.mid(50).toUpper(), Why::MixedCase);
    row("bad character", kPublished.left(50) + 'b' + kPublished.mid(51), Why::BadCharacter, 51);
    row("words", "correct horse", Why::NotThisForm);
    row("nsec", "nsec1jtwsdszm2n60d50pd96mddjy6pc4t6padw890rcf9vqfhg8ncjtsqg8msz", Why::WrongPrefix, 0, 0,
        u"nsec"_s);
    row("npub", "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6", Why::PublicKeyGiven);
    row("version 1", made(1, kQuick, 2), Why::UnsupportedVersion, 1);
    row("version 3, of another size", made(3, kQuick, 2, QByteArray(64, 'k')), Why::UnsupportedVersion, 3);
    row("cost 21", made(2, 21, 2), Why::ScryptCostTooHigh, 21, 20);
    row("cost 255", made(2, 255, 2), Why::ScryptCostTooHigh, 255, 20);
    row("cost 0", made(2, 0, 2), Why::NotThisForm);
    row("key of 31 bytes", made(2, kQuick, 2, QByteArray(31, 'k')), Why::CutShort, 160, 162);
}

void TestNip49::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(Error, expected);
    QCOMPARE(nip49::inspect(secret(text)).error(), expected);
    QCOMPARE(nip49::decrypt(secret(text), secret("pass")).error(), expected);
}

void TestNip49::costIsRefusedBeforeItIsPaid()
{
    SystemRandom random;
    for (const int logN : {-1, 0, 21, 63, 64})
        QCOMPARE(nip49::encrypt(someKey(), secret("pass"), random, logN).error().why, Why::ScryptCostTooHigh);
}

void TestNip49::aKeyInsideThatIsNoneIsRefused()
{
    QCOMPARE(nip49::decrypt(secret(made(2, kQuick, 2, QByteArray(32, '\0'))), secret("pass")).error().why,
        Why::ZeroKey);
    QCOMPARE(nip49::decrypt(secret(made(2, kQuick, 2, QByteArray(32, '\xff'))), secret("pass")).error().why,
        Why::KeyOutOfRange);
}

void TestNip49::encryptingWithoutAPassphraseIsRefused()
{
    SystemRandom random;
    QCOMPARE(nip49::encrypt(someKey(), SecretBuffer(), random, kQuick).error().why, Why::Empty);
}

void TestNip49::notUtf8IsRefused()
{
    SystemRandom random;
    QCOMPARE(nip49::encrypt(someKey(), secret("p\xe4ss"), random, kQuick).error().why, Why::NotThisForm);
    QCOMPARE(nip49::decrypt(secret(made(2, kQuick, 2)), secret("p\xe4ss")).error().why, Why::NotThisForm);
}

void TestNip49::cancelledWorkGivesNoKey()
{
    const std::atomic_bool cancelled = true;
    const std::atomic_bool running = false;
    QCOMPARE(nip49::decrypt(secret(made(2, kQuick, 2)), secret("pass"), &cancelled).error().code,
        ErrorCode::Cancelled);
    QVERIFY(nip49::decrypt(secret(made(2, kQuick, 2)), secret("pass"), &running).has_value());
}

void TestNip49::worksOnManyThreadsAtOnce()
{
    std::atomic_int right = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&right, i] {
            SystemRandom random;
            const QByteArray passphrase = QByteArray("p\xc3\xa4ss") + QByteArray::number(i);
            const SecretKey key = SecretKey::generate(random);
            const auto text = nip49::encrypt(key, secret(passphrase), random, 10);
            const auto back = nip49::decrypt(secret(text.value()), secret(passphrase));
            right += back && back->publicKey() == key.publicKey();
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(right.load(), 8);
}

QTEST_GUILESS_MAIN(TestNip49)
#include "tst_nip49.moc"
