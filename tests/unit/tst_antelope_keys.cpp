// SPDX-License-Identifier: MIT
#include "core/antelope/KeyText.h"
#include "core/antelope/Keys.h"
#include "core/base/Random.h"
#include "core/codec/Base58.h"
#include "core/codec/Hex.h"
#include "core/crypto/Ecdsa.h"
#include "core/crypto/Hash.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString kWif1 = u"5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu"_s;
const QString kPvt1 = u"PVT_K1_2be6BwD56MHeVD4P95bRLdnP3oB3P4QRAXAsSKh4N8Xu6d4Aux"_s;
const QString kPub1 = u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s;
const QString kEos1 = u"EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin"_s;
const QString kPvtR1 = u"PVT_R1_2dSFGZnA4oFvMHwfjeYCtK2MLLPNYWgYRXrPTcnTaLZFkDSELm"_s;
const QString kPubR1 = u"PUB_R1_8E46r5HiQF84o6V8MWQQg1vPpgfjYA4XDqT6xbtaaebxw7XbLu"_s;
constexpr const char* kOrderK1 = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
constexpr const char* kOrderR1 = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

SecretBuffer secret(const QString& text)
{
    return SecretBuffer::copyOf(text.toStdString());
}

QString shown(const SecretBuffer& text)
{
    return QString::fromLatin1(text.text().data(), static_cast<qsizetype>(text.size()));
}

ByteArray<32> bytes32(const char* hex)
{
    ByteArray<32> out{};
    const QByteArray raw = QByteArray::fromHex(hex);
    std::copy(raw.begin(), raw.end(), out.begin());
    return out;
}

QString privateText(const char* hex, const TextForm& form)
{
    return shown(encodeText(bytes32(hex), form));
}

QString wifText(std::uint8_t version, const char* hex)
{
    const ByteArray<1> first{version};
    return shown(encodeText(SecretBuffer::concat({first, bytes32(hex)}).view(), kWif));
}

QString withLast(QString text, QChar last)
{
    text.back() = last;
    return text;
}

struct Refusal
{
    Why why = Why::Unsaid;
    qint64 have = 0;
    qint64 want = 0;
    QString detail = {};
};

} // namespace

class TestAntelopeKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishedPairs_data();
    void publishedPairs();
    void theSameKeyInEveryForm();
    void refusedPrivateKeys_data();
    void refusedPrivateKeys();
    void refusedPublicKeys_data();
    void refusedPublicKeys();
    void everyCutIsRefused();
    void everyTypoIsRefused();
    void aPublishedSignatureRecovers();
    void signaturesAreCanonicalAndRecover_data();
    void signaturesAreCanonicalAndRecover();
    void refusedSignatures_data();
    void refusedSignatures();
};

void TestAntelopeKeys::publishedPairs_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("pvt");
    QTest::addColumn<QString>("pub");
    QTest::addColumn<QString>("legacy");
    QTest::newRow("WIF") << kWif1 << kPvt1 << kPub1 << kEos1;
    QTest::newRow("PVT_K1") << kPvt1 << kPvt1 << kPub1 << kEos1;
    QTest::newRow("with white space around it")
        << QString(u" \t"_s + kPvt1 + u"\r\n"_s) << kPvt1 << kPub1 << kEos1;
    QTest::newRow("another") << u"5Jtoxgny5tT7NiNFp1MLogviuPJ9NniWjnU4wKzaX4t7pL4kJ8s"_s
                             << u"PVT_K1_25XP1Lt1Rt87hyymouSieBbgnUEAerS1yQHi9wqHC2Uek2mgzH"_s << QString()
                             << u"EOS6RMS3nvoN9StPzZizve6WdovaDkE5KkEcCDXW7LbepyAioMiK6"_s;
    QTest::newRow("R1") << kPvtR1 << kPvtR1 << kPubR1 << QString();
}

void TestAntelopeKeys::publishedPairs()
{
    QFETCH(QString, given);
    QFETCH(QString, pvt);
    QFETCH(QString, pub);
    QFETCH(QString, legacy);
    const auto key = PrivateKey::parse(secret(given));
    QVERIFY(key.has_value());
    QCOMPARE(shown(key->text()), pvt);
    if (!pub.isEmpty())
        QCOMPARE(key->publicKey().text(), pub);
    QCOMPARE(key->publicKey().legacyText(u"EOS"_s), legacy);
}

void TestAntelopeKeys::theSameKeyInEveryForm()
{
    const auto key = PublicKey::parse(kPub1);
    QVERIFY(key.has_value());
    QCOMPARE(
        codec::toHex(key->bytes()), u"02caee1a02910b18dfd5d9db0e8a4bc90f8dd34cedbbfb00c6c841a2abb2fa28cc"_s);
    QCOMPARE(key->legacyText(u"FIO"_s), u"FIO"_s + kEos1.mid(3));
    for (const QString& form : {kEos1, QString(u"FIO"_s + kEos1.mid(3)), QString(u' ' + kPub1 + u'\n')})
        QVERIFY2(PublicKey::parse(form) == *key, qPrintable(form));
    const auto r1 = PublicKey::parse(kPubR1);
    QVERIFY(r1.has_value());
    QCOMPARE(r1->text(), kPubR1);
    QVERIFY(r1->curve() == Curve::R1);
}

void TestAntelopeKeys::refusedPrivateKeys_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Refusal>("refusal");
    const QByteArray zero(64, '0');
    const auto row = [](const char* name, const QString& text, const Refusal& refusal) {
        QTest::newRow(name) << text << refusal;
    };
    row("PVT with a wrong checksum", withLast(kPvt1, u'z'), {Why::ChecksumWrong});
    row("WIF with a wrong checksum", kWif1.chopped(2) + u"xx"_s, {Why::ChecksumWrong});
    row("K1 body said to be R1", u"PVT_R1_"_s + kPvt1.mid(7), {Why::ChecksumWrong});
    row("empty", {}, {Why::Empty});
    row("white space", u" \n\t "_s, {Why::Empty});
    row("1 MB", QString(1 << 20, u'5'), {Why::TooLarge, 1 << 20, 4096});
    row("4097 characters", u"PVT_K1_"_s + QString(4090, u'2'), {Why::TooLarge, 4097, 4096});
    row("4096 characters", u"PVT_K1_"_s + QString(4089, u'2'), {Why::TooLong, 4096, 57});
    row("half of a PVT", kPvt1.left(30), {Why::CutShort, 30, 57});
    row("a PVT without its last character", kPvt1.chopped(1), {Why::CutShort, 56, 57});
    row("the start of a PVT", u"PVT_K"_s, {Why::CutShort, 5, 57});
    row("half of a WIF", kWif1.left(25), {Why::CutShort, 25, 51});
    row("a WIF with one more", kWif1 + u'1', {Why::TooLong, 52, 51});
    row("a character base58 lacks", u"PVT_K1_0"_s + kPvt1.mid(8), {Why::BadCharacter, 8});
    row("a line end inside", kPvt1.left(20) + u'\n' + kPvt1.mid(20), {Why::BadCharacter, 21});
    row("zero, PVT_K1", privateText(zero, kPrivateK1), {Why::ZeroKey});
    row("zero, PVT_R1", privateText(zero, kPrivateR1), {Why::ZeroKey});
    row("zero, WIF", wifText(0x80, zero), {Why::ZeroKey});
    row("the order, PVT_K1", privateText(kOrderK1, kPrivateK1), {Why::KeyOutOfRange});
    row("the order, PVT_R1", privateText(kOrderR1, kPrivateR1), {Why::KeyOutOfRange});
    row("the order, WIF", wifText(0x80, kOrderK1), {Why::KeyOutOfRange});
    row("all ones", privateText(QByteArray(64, 'f'), kPrivateK1), {Why::KeyOutOfRange});
    row("PUB_K1", kPub1, {Why::PublicKeyGiven});
    row("PUB_R1", kPubR1, {Why::PublicKeyGiven});
    row("EOS", kEos1, {Why::PublicKeyGiven});
    row("FIO", u"FIO"_s + kEos1.mid(3), {Why::PublicKeyGiven});
    row("signature", u"SIG_K1_KV1R5dpR"_s, {Why::WrongPrefix, 0, 0, u"SIG_"_s});
    row("WebAuthn", u"PUB_WA_abc"_s, {Why::WrongPrefix, 0, 0, u"PUB_WA_"_s});
    row("nsec", u"nsec1jtwsdszm2n60d50pd96mddjy6pc4t6padw890rcf9vqfhg8ncjtsqg8msz"_s,
        {Why::WrongPrefix, 0, 0, u"nsec1"_s});
    row("lower case", kPvt1.toLower(), {Why::NotThisForm});
    row("64 hex", QString(64, u'a'), {Why::NotThisForm});
    row("an account", u"miragallery2@active"_s, {Why::NotThisForm});
    row("compressed WIF", u"KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn"_s, {Why::NotThisForm});
    row("not ASCII", u"PVT_K1_é"_s, {Why::BadCharacter, 8});
    row("a zero byte", kPvt1 + QChar(u'\0'), {Why::BadCharacter, 58});
}

void TestAntelopeKeys::refusedPrivateKeys()
{
    QFETCH(QString, text);
    QFETCH(Refusal, refusal);
    const auto key = PrivateKey::parse(secret(text));
    QVERIFY(!key.has_value());
    QCOMPARE(key.error().code, ErrorCode::InvalidInput);
    QCOMPARE(key.error().why, refusal.why);
    QCOMPARE(key.error().have, refusal.have);
    QCOMPARE(key.error().want, refusal.want);
    QCOMPARE(key.error().detail, refusal.detail); // never a part of what may be a secret
}

void TestAntelopeKeys::refusedPublicKeys_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Refusal>("refusal");
    const auto row = [](const char* name, const QString& text, const Refusal& refusal) {
        QTest::newRow(name) << text << refusal;
    };
    ByteArray<33> offCurve{};
    offCurve.fill(0xff);
    offCurve[0] = 2;
    ByteArray<33> noParity{};
    noParity[0] = 4;
    row("PVT_K1", kPvt1, {Why::PrivateKeyGiven});
    row("PVT_R1", kPvtR1, {Why::PrivateKeyGiven});
    row("WIF", kWif1, {Why::PrivateKeyGiven});
    row("PUB with a wrong checksum", withLast(kPub1, u'z'), {Why::ChecksumWrong});
    row("EOS with a wrong checksum", withLast(kEos1, u'z'), {Why::ChecksumWrong});
    row("EOS body as PUB_K1", u"PUB_K1_"_s + kEos1.mid(3), {Why::ChecksumWrong});
    row("K1 body said to be R1", u"PUB_R1_"_s + kPub1.mid(7), {Why::ChecksumWrong});
    row("cut short", kPub1.left(40), {Why::CutShort, 40, 57});
    row("EOS cut short by one", kEos1.chopped(1), {Why::CutShort, 52, 53});
    row("EOS with one more", kEos1 + u'a', {Why::TooLong, 54, 53});
    row("another coin's prefix", u"BTS"_s + kEos1.mid(3), {Why::NotThisForm});
    row("not on the curve", shown(encodeText(offCurve, kPublicK1)), {Why::NotOnCurve});
    row("not compressed", shown(encodeText(noParity, kPublicR1)), {Why::NotOnCurve});
    row("signature", u"SIG_R1_abc"_s, {Why::WrongPrefix, 0, 0, u"SIG_"_s});
    row("empty", {}, {Why::Empty});
    row("1 MB", u"EOS"_s + QString(1 << 20, u'a'), {Why::TooLarge, (1 << 20) + 3, 4096});
}

void TestAntelopeKeys::refusedPublicKeys()
{
    QFETCH(QString, text);
    QFETCH(Refusal, refusal);
    const auto key = PublicKey::parse(text);
    QVERIFY(!key.has_value());
    QCOMPARE(key.error().why, refusal.why);
    QCOMPARE(key.error().have, refusal.have);
    QCOMPARE(key.error().want, refusal.want);
    QCOMPARE(key.error().detail, refusal.detail);
}

void TestAntelopeKeys::everyCutIsRefused()
{
    for (const QString& whole : {kPvt1, kPvtR1, kWif1}) {
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY2(!PrivateKey::parse(secret(whole.left(size))), qPrintable(whole.left(size)));
    }
    for (const QString& whole : {kPub1, kPubR1, kEos1}) {
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY2(!PublicKey::parse(whole.left(size)), qPrintable(whole.left(size)));
    }
}

void TestAntelopeKeys::everyTypoIsRefused()
{
    for (const QString& whole : {kPvt1, kWif1}) {
        for (qsizetype at = 0; at < whole.size(); ++at) {
            QString typo = whole;
            typo[at] = whole[at] == u'a' ? u'b' : u'a';
            QVERIFY2(!PrivateKey::parse(secret(typo)), qPrintable(typo));
        }
    }
}

void TestAntelopeKeys::aPublishedSignatureRecovers()
{
    const auto digest = bytes32("59fa6b615e3ce1b539ae27bc2398448c1374d2d3c97fe2bbba2c37c118631848");
    const QString signature
        = u"SIG_K1_KV1R5dpRH5dtqFZnk5DgRnT5fk7GRmwUzAGzfWA6syDjRmRVdfpD3GcrczA8zbnHTXVEa7aGhLsC5NRqiv84eHhVrci5RJ"_s;
    QVERIFY(recover(signature, digest) == PublicKey::parse(kPub1));
    auto other = digest;
    other[31] ^= 1;
    QVERIFY(recover(signature, other) != PublicKey::parse(kPub1));
}

void TestAntelopeKeys::signaturesAreCanonicalAndRecover_data()
{
    QTest::addColumn<QString>("pvt");
    QTest::addColumn<int>("digests");
    QTest::newRow("K1") << kPvt1 << 4000;
    QTest::newRow("R1") << kPvtR1 << 300;
}

void TestAntelopeKeys::signaturesAreCanonicalAndRecover()
{
    QFETCH(QString, pvt);
    QFETCH(int, digests);
    const auto key = PrivateKey::parse(secret(pvt));
    QVERIFY(key.has_value());
    const PublicKey own = key->publicKey();
    const TextForm& form = own.curve() == Curve::K1 ? kSignatureK1 : kSignatureR1;
    for (int i = 0; i < digests; ++i) {
        const auto digest = crypto::sha256(bytesOf(QByteArray::number(i)));
        const auto signature = key->sign(digest);
        QVERIFY(signature.has_value());
        QVERIFY(signature->startsWith(QString::fromLatin1(form.prefix.data(), 7)));
        QVERIFY(recover(*signature, digest) == own);
        const auto raw = decodeText(signature->toStdString(), form);
        QVERIFY(raw.has_value());
        ByteArray<64> rs{};
        std::copy(raw->view().begin() + 1, raw->view().end(), rs.begin());
        QVERIFY2(crypto::isCanonical(rs), qPrintable(*signature));
    }
}

void TestAntelopeKeys::refusedSignatures_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Why>("why");
    ByteArray<65> badRecovery{};
    badRecovery.fill(1);
    badRecovery[0] = 30;
    ByteArray<65> zero{};
    zero[0] = 31;
    QTest::newRow("empty") << QString() << Why::Empty;
    QTest::newRow("cut short") << u"SIG_K1_KV1R5dpRH5dtqFZnk5DgRnT5fk7GRmwUzAGzfWA6syDjRmRVd"_s
                               << Why::CutShort;
    QTest::newRow("public key") << kPub1 << Why::PublicKeyGiven;
    QTest::newRow("private key") << kPvt1 << Why::PrivateKeyGiven;
    QTest::newRow("recovery id -1") << shown(encodeText(badRecovery, kSignatureK1)) << Why::NotThisForm;
    QTest::newRow("r and s zero, K1") << shown(encodeText(zero, kSignatureK1)) << Why::NotThisForm;
    QTest::newRow("r and s zero, R1") << shown(encodeText(zero, kSignatureR1)) << Why::NotThisForm;
    QTest::newRow("WebAuthn") << u"SIG_WA_abc"_s << Why::WrongPrefix;
}

void TestAntelopeKeys::refusedSignatures()
{
    QFETCH(QString, text);
    QFETCH(Why, why);
    const auto key = recover(text, ByteArray<32>{1});
    QVERIFY(!key.has_value());
    QCOMPARE(key.error().why, why);
}

QTEST_GUILESS_MAIN(TestAntelopeKeys)
#include "tst_antelope_keys.moc"
