// SPDX-License-Identifier: MIT
#include "core/secrets/StoredSecret.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::secrets;

namespace {

SecretBuffer text(std::string_view value)
{
    return SecretBuffer::copyOf(value);
}

} // namespace

class TestStoredSecret : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isTheDocumentedJson();
    void everyTypeComesBack();
    void readsAnyOrderAndWhiteSpace();
    void dataThatWouldBreakTheJsonIsRefused_data();
    void dataThatWouldBreakTheJsonIsRefused();
    void anythingElseIsDamaged_data();
    void anythingElseIsDamaged();
    void everyTruncationIsDamaged();
};

void TestStoredSecret::isTheDocumentedJson()
{
    QCOMPARE(encode({SecretType::Nsec, text("nsec1abc")}).text(),
        std::string_view(R"({"v":1,"type":"nsec","data":"nsec1abc"})"));
}

void TestStoredSecret::everyTypeComesBack()
{
    using Pair = std::pair<SecretType, std::string_view>;
    for (const auto& [type, typeName] :
        {Pair{SecretType::Nsec, "nsec"}, Pair{SecretType::Ncryptsec, "ncryptsec"},
            Pair{SecretType::Wif, "wif"}, Pair{SecretType::Pvt, "pvt"}, Pair{SecretType::Nip46, "nip46"},
            Pair{SecretType::Anchor, "anchor"}, Pair{SecretType::ProfileKey, "profile"},
            Pair{SecretType::Sealed, "sealed"}, Pair{SecretType::Lock, "lock"}}) {
        QCOMPARE(name(type), typeName);
        const auto back = decodeStoredSecret(encode({type, text("PVT_K1_x {:},")}));
        QVERIFY(back.has_value());
        QCOMPARE(back->type, type);
        QCOMPARE(back->data.text(), std::string_view("PVT_K1_x {:},"));
    }
}

void TestStoredSecret::readsAnyOrderAndWhiteSpace()
{
    const auto back
        = decodeStoredSecret(text(" {\n\t\"data\" : \"x y\" ,\r\n\"v\": 1 , \"type\":\"wif\" } \n"));
    QVERIFY(back.has_value());
    QCOMPARE(back->type, SecretType::Wif);
    QCOMPARE(back->data.text(), std::string_view("x y"));
}

void TestStoredSecret::dataThatWouldBreakTheJsonIsRefused_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("quote") << QByteArray("a\"b");
    QTest::newRow("backslash") << QByteArray("a\\b");
    QTest::newRow("control") << QByteArray("a\nb");
    QTest::newRow("zero") << QByteArray("a\0b", 3);
    QTest::newRow("not ascii") << QByteArray("\xc3\xa9");
}

void TestStoredSecret::dataThatWouldBreakTheJsonIsRefused()
{
    QFETCH(QByteArray, data);
    QVERIFY(encode({SecretType::Nsec, SecretBuffer::takeFrom(data)}).isEmpty());
}

void TestStoredSecret::anythingElseIsDamaged_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a bare key") << QByteArray("nsec1abc");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("version 2") << QByteArray(R"({"v":2,"type":"nsec","data":"x"})");
    QTest::newRow("version 11") << QByteArray(R"({"v":11,"type":"nsec","data":"x"})");
    QTest::newRow("version as text") << QByteArray(R"({"v":"1","type":"nsec","data":"x"})");
    QTest::newRow("no version") << QByteArray(R"({"type":"nsec","data":"x"})");
    QTest::newRow("no type") << QByteArray(R"({"v":1,"data":"x"})");
    QTest::newRow("no data") << QByteArray(R"({"v":1,"type":"nsec"})");
    QTest::newRow("unknown type") << QByteArray(R"({"v":1,"type":"seed","data":"x"})");
    QTest::newRow("type in capitals") << QByteArray(R"({"v":1,"type":"NSEC","data":"x"})");
    QTest::newRow("empty data") << QByteArray(R"({"v":1,"type":"nsec","data":""})");
    QTest::newRow("data twice") << QByteArray(R"({"v":1,"type":"nsec","data":"x","data":"y"})");
    QTest::newRow("escape") << QByteArray(R"({"v":1,"type":"nsec","data":"\u0061"})");
    QTest::newRow("not ascii") << QByteArray("{\"v\":1,\"type\":\"nsec\",\"data\":\"\xc3\xa9\"}");
    QTest::newRow("zero byte") << QByteArray("{\"v\":1,\"type\":\"nsec\",\"data\":\"a\0b\"}", 34);
    QTest::newRow("one more key") << QByteArray(R"({"v":1,"type":"nsec","data":"x","more":"y"})");
    QTest::newRow("comma at the end") << QByteArray(R"({"v":1,"type":"nsec","data":"x",})");
    QTest::newRow("two objects") << QByteArray(R"({"v":1,"type":"nsec","data":"x"}{})");
    QTest::newRow("array") << QByteArray(R"([{"v":1,"type":"nsec","data":"x"}])");
}

void TestStoredSecret::anythingElseIsDamaged()
{
    QFETCH(QByteArray, value);
    const auto back = decodeStoredSecret(SecretBuffer::takeFrom(value));
    QVERIFY(!back.has_value());
    QCOMPARE(back.error().code, ErrorCode::Damaged);
}

void TestStoredSecret::everyTruncationIsDamaged()
{
    const SecretBuffer whole = encode({SecretType::Ncryptsec, text("ncryptsec1abc")});
    for (std::size_t size = 0; size < whole.size(); ++size)
        QVERIFY(!decodeStoredSecret(SecretBuffer::copyOf(whole.view().first(size))));
    QVERIFY(decodeStoredSecret(whole).has_value());
}

QTEST_GUILESS_MAIN(TestStoredSecret)
#include "tst_storedsecret.moc"
