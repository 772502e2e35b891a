// SPDX-License-Identifier: MIT
#include "core/base/Random.h"
#include "core/codec/Base58.h"
#include "core/codec/Hex.h"
#include "core/crypto/Hash.h"
#include "core/crypto/P256.h"
#include "core/crypto/Sealing.h"
#include "core/crypto/Secp256k1.h"

#include <QFile>
#include <QTest>

using namespace hatstand;
using namespace hatstand::crypto;

namespace {

QByteArray bytes(const QByteArray& hex)
{
    return QByteArray::fromHex(hex);
}

template <std::size_t N>
ByteArray<N> fixed(const QByteArray& hex)
{
    ByteArray<N> out{};
    const QByteArray raw = bytes(hex);
    std::copy_n(bytesOf(raw).begin(), std::min<std::size_t>(N, raw.size()), out.begin());
    return out;
}

QByteArray hex(Bytes data)
{
    return toQByteArray(data).toHex();
}

ByteArray<32> drawn()
{
    ByteArray<32> out;
    SystemRandom().fill(out);
    return out;
}

const QByteArray kK1Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
const QByteArray kR1Order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

} // namespace

class TestCrypto : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hashes_data();
    void hashes();
    void bip340_data();
    void bip340();
    void secretsOutOfRangeAreToldApart_data();
    void secretsOutOfRangeAreToldApart();
    void publicKeys_data();
    void publicKeys();
    void k1SignaturesAreCanonicalAndRecover();
    void r1SignaturesAreCanonicalAndRecover();
    void recoveryRefusesWhatNobodySigned_data();
    void recoveryRefusesWhatNobodySigned();
    void scryptAsPublished();
    void sealingNoticesEveryChange();
};

void TestCrypto::hashes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sha256sum");
    QTest::addColumn<QByteArray>("ripemd160sum");
    QTest::newRow("empty") << QByteArray()
                           << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                           << QByteArray("9c1185a5c5e9fc54612808977ee8f548b2258d31");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                         << QByteArray("8eb208f7e05d987a9b044a8e98c6b087f15a0bfc");
}

void TestCrypto::hashes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, sha256sum);
    QFETCH(QByteArray, ripemd160sum);
    const Bytes whole = bytesOf(text);
    QCOMPARE(hex(sha256(whole)), sha256sum);
    QCOMPARE(hex(ripemd160(whole)), ripemd160sum);
    const std::size_t cut = whole.size() / 2;
    QCOMPARE(hex(sha256({whole.first(cut), whole.subspan(cut)})), sha256sum);
    QCOMPARE(hex(ripemd160({whole.first(cut), whole.subspan(cut)})), ripemd160sum);
}

void TestCrypto::bip340_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("auxiliary");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<bool>("valid");
    QFile file(QFINDTESTDATA("../data/bip340.csv"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    file.readLine(); // the names of the columns
    while (!file.atEnd()) {
        const QList<QByteArray> row = file.readLine().trimmed().split(',');
        QCOMPARE_GE(row.size(), 7);
        QTest::newRow(row[0].constData())
            << row[1] << row[2] << row[3] << row[4] << row[5] << (row[6] == "TRUE");
    }
}

void TestCrypto::bip340()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, auxiliary);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, signature);
    QFETCH(bool, valid);
    const QByteArray rawKey = bytes(key);
    QCOMPARE(secp256k1::verifySchnorr(bytesOf(rawKey), fixed<32>(message), fixed<64>(signature)), valid);
    if (secret.isEmpty())
        return;
    const QByteArray rawSecret = bytes(secret);
    QCOMPARE(hex(secp256k1::xOnlyPublicKey(bytesOf(rawSecret)).value()), key.toLower());
    const auto made = secp256k1::signSchnorr(bytesOf(rawSecret), fixed<32>(message), fixed<32>(auxiliary));
    QCOMPARE(hex(made.value()), signature.toLower());
}

void TestCrypto::secretsOutOfRangeAreToldApart_data()
{
    QTest::addColumn<QByteArray>("k1");
    QTest::addColumn<QByteArray>("r1");
    QTest::addColumn<Why>("why");
    const auto last = [](QByteArray order, char digit) {
        order.back() = digit;
        return order;
    };
    QTest::newRow("zero") << QByteArray(64, '0') << QByteArray(64, '0') << Why::ZeroKey;
    QTest::newRow("order") << kK1Order << kR1Order << Why::KeyOutOfRange;
    QTest::newRow("order+1") << last(kK1Order, '2') << last(kR1Order, '2') << Why::KeyOutOfRange;
    QTest::newRow("highest") << QByteArray(64, 'f') << QByteArray(64, 'f') << Why::KeyOutOfRange;
    QTest::newRow("order-1") << last(kK1Order, '0') << last(kR1Order, '0') << Why::Unsaid;
    QTest::newRow("one") << QByteArray(63, '0') + '1' << QByteArray(63, '0') + '1' << Why::Unsaid;
    QTest::newRow("31 bytes") << QByteArray(62, '1') << QByteArray(62, '1') << Why::NotThisForm;
    QTest::newRow("33 bytes") << QByteArray(66, '1') << QByteArray(66, '1') << Why::NotThisForm;
    QTest::newRow("nothing") << QByteArray() << QByteArray() << Why::NotThisForm;
}

void TestCrypto::secretsOutOfRangeAreToldApart()
{
    QFETCH(QByteArray, k1);
    QFETCH(QByteArray, r1);
    QFETCH(Why, why);
    const auto whyOf = [](const auto& result) { return result ? Why::Unsaid : result.error().why; };
    const QByteArray rawK1 = bytes(k1);
    const QByteArray rawR1 = bytes(r1);
    QCOMPARE(whyOf(secp256k1::checkSecret(bytesOf(rawK1))), why);
    QCOMPARE(whyOf(secp256k1::publicKey(bytesOf(rawK1))), why);
    QCOMPARE(whyOf(secp256k1::xOnlyPublicKey(bytesOf(rawK1))), why);
    QCOMPARE(whyOf(secp256k1::sign(bytesOf(rawK1), {})), why);
    QCOMPARE(whyOf(secp256k1::signSchnorr(bytesOf(rawK1), {}, {})), why);
    QCOMPARE(whyOf(p256::checkSecret(bytesOf(rawR1))), why);
    QCOMPARE(whyOf(p256::publicKey(bytesOf(rawR1))), why);
    QCOMPARE(whyOf(p256::sign(bytesOf(rawR1), {})), why);
}

void TestCrypto::publicKeys_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("k1");
    QTest::addColumn<QByteArray>("r1");
    // The generators of SEC 2, and the key pair of RFC 6979, A.2.5.
    QTest::newRow("one") << QByteArray(63, '0') + '1'
                         << QByteArray("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
                         << QByteArray("036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
    QTest::newRow("rfc6979") << QByteArray("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")
                             << QByteArray()
                             << QByteArray(
                                    "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
    QTest::newRow("eos") << QByteArray("d25968ebfce6e617bdb839b5a66cfc1fdd051d79a91094f7baceded449f84333")
                         << QByteArray("02caee1a02910b18dfd5d9db0e8a4bc90f8dd34cedbbfb00c6c841a2abb2fa28cc")
                         << QByteArray();
}

void TestCrypto::publicKeys()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, k1);
    QFETCH(QByteArray, r1);
    const QByteArray raw = bytes(secret);
    const auto onK1 = secp256k1::publicKey(bytesOf(raw)).value();
    const auto onR1 = p256::publicKey(bytesOf(raw)).value();
    if (!k1.isEmpty())
        QCOMPARE(hex(onK1), k1);
    if (!r1.isEmpty())
        QCOMPARE(hex(onR1), r1);
    QVERIFY(secp256k1::isPublicKey(onK1));
    QVERIFY(p256::isPublicKey(onR1));
    QVERIFY(secp256k1::isXOnlyPublicKey(Bytes(onK1).subspan(1)));
    QVERIFY(!secp256k1::isPublicKey(Bytes(onK1).subspan(1)));
    QVERIFY(!p256::isPublicKey(Bytes(onR1).first(32)));
    // Neither a sign byte that does not exist nor an x above the field is a point.
    auto odd = onK1;
    odd[0] = 5;
    QVERIFY(!secp256k1::isPublicKey(odd));
    odd.fill(0xff);
    odd[0] = 2;
    QVERIFY(!secp256k1::isPublicKey(odd));
    QVERIFY(!p256::isPublicKey(odd));
}

void TestCrypto::k1SignaturesAreCanonicalAndRecover()
{
    for (int i = 0; i < 200; ++i) {
        const ByteArray<32> secret = drawn();
        const ByteArray<32> digest = drawn();
        const auto made = secp256k1::sign(secret, digest);
        QVERIFY(made.has_value());
        QVERIFY(isCanonical(made->rs));
        QCOMPARE(made, secp256k1::sign(secret, digest)); // no randomness in it
        QCOMPARE(secp256k1::recover(*made, digest), secp256k1::publicKey(secret));
        QVERIFY(secp256k1::recover(*made, drawn()) != secp256k1::publicKey(secret));
    }
}

void TestCrypto::r1SignaturesAreCanonicalAndRecover()
{
    const auto half = fixed<32>("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8");
    for (int i = 0; i < 50; ++i) {
        ByteArray<32> secret = drawn();
        secret[0] &= 0x7f; // so that it is below the order
        const ByteArray<32> digest = drawn();
        const auto made = p256::sign(secret, digest);
        QVERIFY(made.has_value());
        QVERIFY(isCanonical(made->rs));
        QVERIFY(std::equal(made->rs.begin() + 32, made->rs.end(), half.begin())
            || std::lexicographical_compare(made->rs.begin() + 32, made->rs.end(), half.begin(), half.end()));
        QCOMPARE(p256::recover(*made, digest), p256::publicKey(secret));
        QVERIFY(p256::recover(*made, drawn()) != p256::publicKey(secret));
    }
}

void TestCrypto::recoveryRefusesWhatNobodySigned_data()
{
    QTest::addColumn<int>("id");
    QTest::addColumn<QByteArray>("k1");
    QTest::addColumn<QByteArray>("r1");
    const QByteArray zero(64, '0');
    const QByteArray one = QByteArray(63, '0') + '1';
    const QByteArray high(64, 'f');
    QTest::newRow("r zero") << 0 << zero + one << zero + one;
    QTest::newRow("s zero") << 0 << one + zero << one + zero;
    QTest::newRow("r order") << 0 << kK1Order + one << kR1Order + one;
    QTest::newRow("s order") << 0 << one + kK1Order << one + kR1Order;
    QTest::newRow("both high") << 0 << high + high << high + high;
    QTest::newRow("id -1") << -1 << one + one << one + one;
    QTest::newRow("id 4") << 4 << one + one << one + one;
    // r + order lies above the field, so it is no coordinate; reducing it would find a key.
    QTest::newRow("x above the field")
        << 2 << kK1Order.left(62) + "40" + one << kR1Order.left(62) + "4f" + one;
}

void TestCrypto::recoveryRefusesWhatNobodySigned()
{
    QFETCH(int, id);
    QFETCH(QByteArray, k1);
    QFETCH(QByteArray, r1);
    const auto digest = fixed<32>(QByteArray(64, '7'));
    QCOMPARE(secp256k1::recover({id, fixed<64>(k1)}, digest).error().why, Why::NotThisForm);
    QCOMPARE(p256::recover({id, fixed<64>(r1)}, digest).error().why, Why::NotThisForm);
}

void TestCrypto::scryptAsPublished()
{
    // RFC 7914, section 12, the second and third.
    const QByteArray password = "password";
    const QByteArray salt = "NaCl";
    QCOMPARE(hex(scrypt(bytesOf(password), bytesOf(salt), 10, 8, 16, 64).value().view()),
        QByteArray("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                   "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"));
    const QByteArray other = "pleaseletmein";
    const QByteArray otherSalt = "SodiumChloride";
    QCOMPARE(hex(scrypt(bytesOf(other), bytesOf(otherSalt), 14, 8, 1, 64).value().view()),
        QByteArray("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                   "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"));
}

void TestCrypto::sealingNoticesEveryChange()
{
    const QByteArray plain = "the plain text";
    const QByteArray associated(1, '\x02');
    const QByteArray nonce(kSealNonceSize, 'n');
    SecretBuffer key = SecretBuffer::copyOf(std::string_view("0123456789abcdef0123456789abcdef"));
    const QByteArray sealed = seal(bytesOf(plain), bytesOf(associated), bytesOf(nonce), key);
    QCOMPARE(unseal(bytesOf(sealed), bytesOf(associated), bytesOf(nonce), key).value().text(),
        std::string_view("the plain text"));
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QByteArray changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QCOMPARE(unseal(bytesOf(changed), bytesOf(associated), bytesOf(nonce), key).error().code,
            ErrorCode::WrongPassphrase);
        QCOMPARE(unseal(bytesOf(sealed).first(i), bytesOf(associated), bytesOf(nonce), key).error().code,
            ErrorCode::WrongPassphrase);
    }
    const QByteArray otherAssociated(1, '\x01');
    QVERIFY(!unseal(bytesOf(sealed), bytesOf(otherAssociated), bytesOf(nonce), key));
    key.edit()[31] ^= 1;
    QVERIFY(!unseal(bytesOf(sealed), bytesOf(associated), bytesOf(nonce), key));
}

QTEST_GUILESS_MAIN(TestCrypto)
#include "tst_crypto.moc"
