// SPDX-License-Identifier: MIT
#include "core/antelope/Keys.h"
#include "tests/unit/EsrStand.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint32 kExpiration = 1594370420; // 2020-07-10T08:40:20
const QString kSignature
    = u"SIG_K1_K4nkCupUx3hDXSHq4rhGPpDMPPPjJyvmF3M6j7ppYUzkR3L93endwnxf3YhJSG4SSvxxU1ytD8hj39kukTeYxjwy5H3XNJ"_s;
const QString kProof
    = u"EOSIO EGRIezzRqJfOA65baoZWUXR+LhUgkPmcHRnUTgGupaQAAAAAAAAoXXQpCF8AAAAAAAAoXQAAAACo7TIyAB9I36p6Nd"
      "MCKzksNwp4nFbiEhq8/sVAeji/4JMzk/CHAwc5ipaF8G/SNuXkJ9XWaDSu98DWzbXuvaVcimXUvGDQ"_s;

EsrAnswer answerTo(const QString& uri)
{
    const EsrRequest request = EsrRequest::parse(uri).value();
    const PermissionLevel signer = level("foo@active");
    return {.request = request,
        .chainId = kWax,
        .signer = signer,
        .transaction = resolve(request, signer, {}, {.expiration = kExpiration}).value(),
        .signatures = {kSignature}};
}

PrivateKey key()
{
    return PrivateKey::parse(
        SecretBuffer::copyOf("PVT_K1_2wFL8Ne8JoGrxz6GdnfB7d4yhUYpqNgubHeKUC64qT3XE6Ro84"))
        .value();
}

} // namespace

class TestIdentityProof : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asWharfKitWritesIt();
    void saysWhoSignedUntilWhen();
    void anotherAccountIsAnotherKey();
    void ofWhatThereIsNone();
    void otherSpellings();
    void refused_data();
    void refused();
};

void TestIdentityProof::asWharfKitWritesIt()
{
    const auto text = identityProof(answerTo(kMultiChain));
    QVERIFY(text.has_value());
    QCOMPARE(*text, kProof);
}

void TestIdentityProof::saysWhoSignedUntilWhen()
{
    const auto proof = IdentityProof::parse(kProof);
    QVERIFY(proof.has_value());
    QCOMPARE(proof->chainId, kWax);
    QCOMPARE(proof->scope.text(), u"foo"_s);
    QCOMPARE(proof->signer.text(), u"foo@active"_s);
    QCOMPARE(proof->signature, kSignature);
    QVERIFY(1594368000 < proof->expiration); // 08:00
    QVERIFY(1594371600 > proof->expiration); // 09:00
    QCOMPARE(proof->text(), kProof);
    QCOMPARE(proof->signingKey().value(), key().publicKey().text());
}

void TestIdentityProof::anotherAccountIsAnotherKey()
{
    auto proof = IdentityProof::parse(kProof).value();
    proof.signer = level("bob@active");
    QVERIFY(proof.signingKey() != key().publicKey().text());
    proof = IdentityProof::parse(kProof).value();
    proof.expiration += 1;
    QVERIFY(proof.signingKey() != key().publicKey().text());
    proof = IdentityProof::parse(kProof).value();
    proof.chainId = kVaulta;
    QVERIFY(proof.signingKey() != key().publicKey().text());
}

void TestIdentityProof::ofWhatThereIsNone()
{
    auto answer = answerTo(kMultiChain);
    answer.signatures.clear();
    QCOMPARE(identityProof(answer).error().why, Why::NotThisForm);
    answer = answerTo(kMultiChain);
    answer.chainId = u"wax"_s;
    QCOMPARE(identityProof(answer).error().why, Why::NotThisForm);
    const auto second = identityProof(answerTo(kIdentity));
    QCOMPARE(second.error().why, Why::UnsupportedVersion);
    QCOMPARE(second.error().have, 2);
    answer = answerTo(kMultiChain);
    answer.request.what = EsrRequest::What::Transaction;
    QCOMPARE(identityProof(answer).error().why, Why::NotThisForm);
}

void TestIdentityProof::otherSpellings()
{
    const QString forUrls = QString(kProof).replace(u'+', u'-').replace(u'/', u'_');
    QCOMPARE(IdentityProof::parse(forUrls).value().text(), kProof);
    const QString padded = kProof + QString((4 - (kProof.size() - 6) % 4) % 4, u'=');
    QCOMPARE(IdentityProof::parse(padded).value().text(), kProof);
}

void TestIdentityProof::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Why>("why");
    const QByteArray packed = QByteArray::fromBase64(kProof.mid(6).toLatin1());
    const auto proofOf = [](const QByteArray& bytes) {
        return u"EOSIO "_s + QString::fromLatin1(bytes.toBase64(QByteArray::OmitTrailingEquals));
    };
    QTest::newRow("whole, to compare") << proofOf(packed) << Why::Unsaid;
    QTest::newRow("empty") << QString() << Why::Malformed;
    QTest::newRow("no prefix") << kProof.mid(6) << Why::Malformed;
    QTest::newRow("prefix alone") << u"EOSIO "_s << Why::Malformed;
    QTest::newRow("lower case") << kProof.toLower() << Why::Malformed;
    QTest::newRow("two spaces") << QString(kProof).insert(6, u' ') << Why::Malformed;
    QTest::newRow("no base64") << kProof + u"*"_s << Why::Malformed;
    QTest::newRow("cut short") << proofOf(packed.chopped(1)) << Why::Malformed;
    QTest::newRow("trailing byte") << proofOf(packed + '\0') << Why::TrailingBytes;
    QTest::newRow("1 MB") << u"EOSIO "_s + QString(1 << 20, u'A') << Why::Malformed;
}

void TestIdentityProof::refused()
{
    QFETCH(QString, text);
    QFETCH(Why, why);
    const auto proof = IdentityProof::parse(text);
    QCOMPARE(proof.has_value(), why == Why::Unsaid);
    if (!proof)
        QCOMPARE(proof.error().why, why);
}

QTEST_GUILESS_MAIN(TestIdentityProof)
#include "tst_identity_proof.moc"
