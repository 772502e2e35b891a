// SPDX-License-Identifier: MIT
#include "core/codec/Hex.h"
#include "core/crypto/Hkdf.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::crypto;

namespace {

SecretBuffer secret(const QByteArray& hex)
{
    return SecretBuffer::copyOf(bytesOf(QByteArray::fromHex(hex)));
}

QByteArray hex(Bytes data)
{
    return toQByteArray(data).toHex();
}

QByteArray counted(int first, int last)
{
    QByteArray out;
    for (int i = first; i <= last; ++i)
        out += static_cast<char>(i);
    return out.toHex();
}

} // namespace

class TestKeyDerivation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hmacAsPublished_data();
    void hmacAsPublished();
    void hkdfAsPublished_data();
    void hkdfAsPublished();
    void everySizeIsTheSameStream();
    void derivedKeysAreOfOneUseOnly();
};

/// RFC 4231.
void TestKeyDerivation::hmacAsPublished_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("mac");
    QTest::newRow("1") << QByteArray(20, '\x0b') << QByteArray("Hi There")
                       << QByteArray("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    QTest::newRow("2, key shorter than the MAC")
        << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
        << QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    QTest::newRow("6, key longer than a block")
        << QByteArray(131, '\xaa') << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
        << QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

void TestKeyDerivation::hmacAsPublished()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, mac);
    const Bytes whole = bytesOf(data);
    const auto made = hmacSha256(bytesOf(key), {whole});
    QCOMPARE(hex(made), mac);
    QCOMPARE(hex(hmacSha256(bytesOf(key), {whole.first(3), {}, whole.subspan(3)})), mac);
    QVERIFY(sameMac(made, made));
    for (std::size_t i = 0; i < made.size(); ++i) {
        auto other = made;
        other[i] ^= 1;
        QVERIFY(!sameMac(made, other));
    }
}

/// RFC 5869, appendix A, the cases with SHA-256.
void TestKeyDerivation::hkdfAsPublished_data()
{
    QTest::addColumn<QByteArray>("material");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<QByteArray>("pseudorandom");
    QTest::addColumn<QByteArray>("output");
    QTest::newRow("A.1") << QByteArray(22, '\x0b').toHex() << counted(0, 0x0c) << counted(0xf0, 0xf9)
                         << QByteArray("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
                         << QByteArray("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                                       "34007208d5b887185865");
    QTest::newRow("A.2") << counted(0, 0x4f) << counted(0x60, 0xaf) << counted(0xb0, 0xff)
                         << QByteArray("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244")
                         << QByteArray("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                                       "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                                       "cc30c58179ec3e87c14c01d5c1f3434f1d87");
    QTest::newRow("A.3, neither salt nor info")
        << QByteArray(22, '\x0b').toHex() << QByteArray() << QByteArray()
        << QByteArray("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04")
        << QByteArray("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

void TestKeyDerivation::hkdfAsPublished()
{
    QFETCH(QByteArray, material);
    QFETCH(QByteArray, salt);
    QFETCH(QByteArray, info);
    QFETCH(QByteArray, pseudorandom);
    QFETCH(QByteArray, output);
    const SecretBuffer key = hkdfExtract(secret(salt).view(), secret(material).view());
    QCOMPARE(hex(key.view()), pseudorandom);
    const auto size = static_cast<std::size_t>(output.size() / 2);
    QCOMPARE(hex(hkdfExpand(key, secret(info).view(), size).view()), output);
}

void TestKeyDerivation::everySizeIsTheSameStream()
{
    const SecretBuffer key = secret(counted(0, 31));
    const QByteArray whole = hex(hkdfExpand(key, {}, kHkdfLongest).view());
    QCOMPARE(whole.size(), qsizetype(2 * 255 * 32));
    for (const std::size_t size : {1, 31, 32, 33, 64, 76, 8159})
        QCOMPARE(hex(hkdfExpand(key, {}, size).view()), whole.left(qsizetype(2 * size)));
}

void TestKeyDerivation::derivedKeysAreOfOneUseOnly()
{
    const SecretBuffer profile = secret(counted(0, 31));
    // Written down: keys that connections already have must come out the same in every later version.
    QCOMPARE(hex(deriveKey(profile, "nip46/one").view()),
        QByteArray("611b77294ba0ac70d28e8e1855dca75bdd15464fb06db808c515e5b2fc6925ae"));
    QCOMPARE(deriveKey(profile, "nip46/one").size(), std::size_t(32));
    QVERIFY(!deriveKey(profile, "nip46/one").equals(deriveKey(profile, "nip46/two")));
    QVERIFY(!deriveKey(profile, "nip46/one").equals(deriveKey(secret(counted(1, 32)), "nip46/one")));
    QVERIFY(!deriveKey(profile, "").equals(profile));
}

QTEST_GUILESS_MAIN(TestKeyDerivation)
#include "tst_key_derivation.moc"
