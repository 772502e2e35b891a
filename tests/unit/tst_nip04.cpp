// SPDX-License-Identifier: MIT
#include "core/crypto/Ciphers.h"
#include "core/nostr/Nip04.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::nostr;
using namespace Qt::Literals::StringLiterals;

namespace {

SecretBuffer secret(const QByteArray& bytes)
{
    return SecretBuffer::copyOf(bytesOf(bytes));
}

QByteArray shown(const Result<SecretBuffer>& buffer)
{
    return toQByteArray(buffer.value().view());
}

SecretBuffer someKey()
{
    return secret(QByteArray(32, 'k'));
}

} // namespace

class TestNip04 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aesAsPublished();
    void bothSidesReadTheSame();
    void aWrongKeyIsRefusedOrGivesNonsense();
    void refusals_data();
    void refusals();
    void tooMuchIsNotWritten();
};

/// NIST SP 800-38A, F.2.5, whose last block we follow with one of padding.
void TestNip04::aesAsPublished()
{
    const QByteArray key
        = QByteArray::fromHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    const QByteArray iv = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f");
    const QByteArray plain = QByteArray::fromHex("6bc1bee22e409f96e93d7e117393172a"
                                                 "ae2d8a571e03ac9c9eb76fac45af8e51"
                                                 "30c81c46a35ce411e5fbc1191a0a52ef"
                                                 "f69f2445df4f9b17ad2b417be66c3710");
    const QByteArray sealed = crypto::aes256CbcEncrypt(bytesOf(key), bytesOf(iv), bytesOf(plain));
    QCOMPARE(sealed.left(64).toHex(),
        "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
        "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"_ba);
    QCOMPARE(sealed.size(), 80);
    QCOMPARE(shown(crypto::aes256CbcDecrypt(bytesOf(key), bytesOf(iv), bytesOf(sealed))), plain);
    QCOMPARE(crypto::aes256CbcDecrypt(bytesOf(key), bytesOf(iv), bytesOf(sealed.left(64))).error().why,
        Why::NotThisForm);
}

void TestNip04::bothSidesReadTheSame()
{
    SystemRandom random;
    const SecretKey one = SecretKey::generate(random);
    const SecretKey other = SecretKey::generate(random);
    const auto there = nip04::sharedKey(one, other.publicKey()).value();
    const auto back = nip04::sharedKey(other, one.publicKey()).value();
    QVERIFY(there.equals(back));
    for (const int size : {0, 1, 15, 16, 17, 4096, 256 * 1024}) {
        const QByteArray plaintext(size, 'p');
        const QByteArray payload = nip04::encrypt(there, bytesOf(plaintext), random).value();
        QCOMPARE(shown(nip04::decrypt(back, payload)), plaintext);
        QVERIFY(payload != nip04::encrypt(there, bytesOf(plaintext), random).value());
    }
}

void TestNip04::aWrongKeyIsRefusedOrGivesNonsense()
{
    SystemRandom random;
    const QByteArray plaintext = "attack at dawn";
    int refused = 0;
    for (int i = 0; i < 64; ++i) {
        const auto payload = nip04::encrypt(someKey(), bytesOf(plaintext), random).value();
        const auto text = nip04::decrypt(secret(QByteArray(32, 'o')), payload);
        QVERIFY(!text || shown(text) != plaintext);
        refused += !text;
    }
    QVERIFY(refused > 32);
}

void TestNip04::refusals_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<Why>("why");
    SystemRandom random;
    const QByteArray good = nip04::encrypt(someKey(), bytesOf("hello"_ba), random).value();
    const QByteArray iv = good.right(24);
    QTest::newRow("empty") << ""_ba << Why::Empty;
    QTest::newRow("1 MiB") << QByteArray(1024 * 1024, 'A') << Why::TooLarge;
    QTest::newRow("no iv") << good.left(24) << Why::NotThisForm;
    QTest::newRow("only an iv") << "?iv="_ba + iv << Why::NotThisForm;
    QTest::newRow("short iv") << good.chopped(4) << Why::NotThisForm;
    QTest::newRow("iv of 15 bytes") << good.left(24) + "?iv=" + QByteArray(15, 'i').toBase64() + "===="
                                    << Why::NotThisForm;
    QTest::newRow("another name") << good.left(24) + "&iv=" + iv << Why::NotThisForm;
    QTest::newRow("not whole blocks") << QByteArray(15, 'x').toBase64() + "?iv=" + iv << Why::NotThisForm;
    QTest::newRow("not base64") << '!' + good.mid(1) << Why::NotThisForm;
    QTest::newRow("something after it") << good + ' ' << Why::NotThisForm;
    QTest::newRow("something before it") << ' ' + good << Why::NotThisForm;
}

void TestNip04::refusals()
{
    QFETCH(QByteArray, payload);
    QFETCH(Why, why);
    const auto text = nip04::decrypt(someKey(), payload);
    QVERIFY(!text);
    QCOMPARE(text.error().code, ErrorCode::InvalidInput);
    QCOMPARE(text.error().why, why);
}

void TestNip04::tooMuchIsNotWritten()
{
    SystemRandom random;
    const QByteArray plaintext(256 * 1024 + 1, 'p');
    QCOMPARE(nip04::encrypt(someKey(), bytesOf(plaintext), random).error().why, Why::TooLarge);
}

QTEST_GUILESS_MAIN(TestNip04)
#include "tst_nip04.moc"
