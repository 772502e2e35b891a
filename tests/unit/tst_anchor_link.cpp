// SPDX-License-Identifier: MIT
#include "core/antelope/AnchorLink.h"
#include "core/codec/Base58.h"
#include "tests/unit/EsrStand.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

namespace {

// The keys of the two WIFs that all Antelope tests use.
const QByteArray kAlice = fromHex("d25968ebfce6e617bdb839b5a66cfc1fdd051d79a91094f7baceded449f84333");
const QString kAlicePublic = u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s;
const QString kBobPublic = u"EOS6RMS3nvoN9StPzZizve6WdovaDkE5KkEcCDXW7LbepyAioMiK6"_s;
constexpr quint64 kNonce = 1234567890123456789;

QByteArray bob()
{
    // From its WIF: 0x80, the key, four bytes of checksum.
    const auto decoded = codec::fromBase58("5Jtoxgny5tT7NiNFp1MLogviuPJ9NniWjnU4wKzaX4t7pL4kJ8s").value();
    return decoded.mid(1, 32);
}

QByteArray opened(const QByteArray& secret, const SealedMessage& message)
{
    const auto plain = openMessage(bytesOf(secret), message);
    return plain ? toQByteArray(plain->view()) : QByteArray();
}

} // namespace

class TestAnchorLink : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aMessageAsWharfKitSealsIt();
    void aSecretWithAZeroInFront();
    void anyLength();
    void forAnotherKey();
    void changedOnTheWay();
    void keysThatCanNotBeUsed();
    void messagesThatAreNone_data();
    void messagesThatAreNone();
    void aLinkAsWharfKitAsksForIt();
    void linksThatAreNone();
    void linkExpiration();
};

void TestAnchorLink::aMessageAsWharfKitSealsIt()
{
    const QByteArray packed = fromHex(
        "0002caee1a02910b18dfd5d9db0e8a4bc90f8dd34cedbbfb00c6c841a2abb2fa28cc1581e97df410221120605a05b991b1"
        "c71290fa1210914baeaac919fd3795cfb0dfacda727d954b7d2fe188c76d");
    const auto message = SealedMessage::unpack(bytesOf(packed));
    QVERIFY(message.has_value());
    QCOMPARE(message->from, kAlicePublic);
    QCOMPARE(message->nonce, kNonce);
    QCOMPARE(opened(bob(), *message), "hello over there"_ba);
    const auto sealed = sealMessage(bytesOf(kAlice), kBobPublic, kNonce, bytesOf("hello over there"_ba));
    QVERIFY(sealed.has_value());
    QCOMPARE(hex(sealed->pack()), hex(packed));
}

/// The shared x begins with a zero byte, which the JavaScript programs leave out of what they hash.
void TestAnchorLink::aSecretWithAZeroInFront()
{
    const QByteArray secret = QByteArray(31, '\0') + char(78);
    const QByteArray packed
        = fromHex("00032ddf7bbcfe114e807efe354db9f95fe70e7e555bd9114950bb3d3d987058c8ae0700000000"
                  "00000010242838c87a441c47c3471dfcf0f6da3f5236049e");
    const auto message = SealedMessage::unpack(bytesOf(packed));
    QVERIFY(message.has_value());
    QCOMPARE(opened(bob(), *message), "short secret"_ba);
    const auto sealed = sealMessage(bytesOf(secret), kBobPublic, 7, bytesOf("short secret"_ba));
    QVERIFY(sealed.has_value());
    QCOMPARE(hex(sealed->pack()), hex(packed));
}

void TestAnchorLink::anyLength()
{
    for (const qsizetype size : {0, 1, 15, 16, 17, 4096}) {
        const QByteArray plain(size, 'x');
        const auto sealed = sealMessage(bytesOf(kAlice), kBobPublic, ~quint64{0}, bytesOf(plain));
        QVERIFY(sealed.has_value());
        QCOMPARE(opened(bob(), *sealed), plain);
    }
}

void TestAnchorLink::forAnotherKey()
{
    const auto sealed = sealMessage(bytesOf(kAlice), kBobPublic, 1, bytesOf("secret"_ba)).value();
    const QByteArray third = QByteArray(31, '\0') + '\x05';
    const auto plain = openMessage(bytesOf(third), sealed);
    QVERIFY(!plain.has_value());
    QCOMPARE(plain.error().why, Why::ChecksumWrong);
}

void TestAnchorLink::changedOnTheWay()
{
    const auto sealed = sealMessage(bytesOf(kAlice), kBobPublic, 1, bytesOf("secret"_ba)).value();
    SealedMessage changed = sealed;
    changed.nonce += 1;
    QCOMPARE(openMessage(bytesOf(bob()), changed).error().why, Why::ChecksumWrong);
    changed = sealed;
    changed.checksum += 1;
    QCOMPARE(openMessage(bytesOf(bob()), changed).error().why, Why::ChecksumWrong);
    changed = sealed;
    changed.ciphertext.chop(1);
    QVERIFY(!openMessage(bytesOf(bob()), changed).has_value());
    changed.ciphertext.clear();
    QVERIFY(!openMessage(bytesOf(bob()), changed).has_value());
}

void TestAnchorLink::keysThatCanNotBeUsed()
{
    const QByteArray zero(32, '\0');
    QCOMPARE(sealMessage(bytesOf(zero), kBobPublic, 1, {}).error().why, Why::ZeroKey);
    QVERIFY(!sealMessage(bytesOf(kAlice.chopped(1)), kBobPublic, 1, {}).has_value());
    const QString r1 = u"PUB_R1_8E46r5HiQF84o6V8MWQQg1vPpgfjYA4XDqT6xbtaaebxw7XbLu"_s;
    QCOMPARE(sealMessage(bytesOf(kAlice), r1, 1, {}).error().why, Why::WrongPrefix);
    QVERIFY(!sealMessage(bytesOf(kAlice), QString(), 1, {}).has_value());
    // All zeros: taken as a placeholder by chains, a point of no curve.
    const SealedMessage nobody{
        u"PUB_K1_11111111111111111111111111111111149Mr2R"_s, 1, QByteArray(16, 'x'), 1};
    QVERIFY(!openMessage(bytesOf(kAlice), nobody).has_value());
}

void TestAnchorLink::messagesThatAreNone_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<Why>("why");
    const QByteArray whole = sealMessage(bytesOf(kAlice), kBobPublic, 1, bytesOf("x"_ba)).value().pack();
    QTest::newRow("empty") << QByteArray() << Why::Malformed;
    QTest::newRow("cut short") << whole.chopped(1) << Why::Malformed;
    QTest::newRow("trailing byte") << whole + '\0' << Why::TrailingBytes;
    QTest::newRow("from an R1 key") << '\x01' + whole.mid(1) << Why::Malformed;
    QTest::newRow("a size beyond all") << whole.left(42) + fromHex("ffffffff0f") << Why::Malformed;
}

void TestAnchorLink::messagesThatAreNone()
{
    QFETCH(QByteArray, packed);
    QFETCH(Why, why);
    const auto message = SealedMessage::unpack(bytesOf(packed));
    QVERIFY(!message.has_value());
    QCOMPARE(message.error().why, why);
}

void TestAnchorLink::aLinkAsWharfKitAsksForIt()
{
    const QByteArray packed = fromHex(
        "00000000805a8d970002caee1a02910b18dfd5d9db0e8a4bc90f8dd34cedbbfb00c6c841a2abb2fa28cc085768617266"
        "4b6974");
    const auto link = LinkCreate::unpack(bytesOf(packed));
    QVERIFY(link.has_value());
    QCOMPARE(link->sessionName.text(), u"myapp"_s);
    QCOMPARE(link->requestKey, kAlicePublic);
    QCOMPARE(link->userAgent, u"WharfKit"_s);
    QCOMPARE(link->pack(), packed);
    const auto old = LinkCreate::unpack(bytesOf(packed.left(42)));
    QVERIFY(old.has_value());
    QVERIFY(old->userAgent.isEmpty());
    QCOMPARE(old->pack(), packed.left(42));
}

void TestAnchorLink::linksThatAreNone()
{
    const QByteArray packed = LinkCreate{name("myapp"), kAlicePublic, u"x"_s}.pack();
    QCOMPARE(LinkCreate::unpack({}).error().why, Why::Malformed);
    QCOMPARE(LinkCreate::unpack(bytesOf(packed.left(20))).error().why, Why::Malformed);
    QCOMPARE(LinkCreate::unpack(bytesOf(packed.chopped(1))).error().why, Why::Malformed);
    QCOMPARE(LinkCreate::unpack(bytesOf(packed + '\0')).error().why, Why::TrailingBytes);
}

void TestAnchorLink::linkExpiration()
{
    const QByteArray packed = packLinkExpiration(1594370420);
    QCOMPARE(hex(packed), u"7429085f"_s);
    QCOMPARE(unpackLinkExpiration(bytesOf(packed)).value(), 1594370420U);
    QCOMPARE(unpackLinkExpiration(bytesOf(packed.chopped(1))).error().why, Why::Malformed);
    QCOMPARE(unpackLinkExpiration(bytesOf(packed + '\0')).error().why, Why::TrailingBytes);
}

QTEST_GUILESS_MAIN(TestAnchorLink)
#include "tst_anchor_link.moc"
