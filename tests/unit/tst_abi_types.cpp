// SPDX-License-Identifier: MIT
#include "core/antelope/Abi.h"
#include "tests/unit/EsrStand.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

namespace {

/// An ABI has the built-in types without saying so.
Abi noTypes()
{
    return Abi::fromJson(R"({"version":"eosio::abi/1.1"})").value();
}

QJsonValue json(const QByteArray& text)
{
    return QJsonDocument::fromJson("[" + text + "]").array().at(0);
}

} // namespace

class TestAbiTypes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void builtinTypesBothWays_data();
    void builtinTypesBothWays();
    void otherWaysToWrite_data();
    void otherWaysToWrite();
    void valuesThatDoNotFit_data();
    void valuesThatDoNotFit();
};

void TestAbiTypes::builtinTypesBothWays_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("packed");
    int number = 0;
    const auto row = [&number](const char* type, const QByteArray& value, const QByteArray& packed) {
        QTest::addRow("%s %d", type, ++number) << QString::fromLatin1(type) << value << packed;
    };
    row("bool", "true", "01");
    row("bool", "false", "00");
    row("int8", "-128", "80");
    row("uint8", "255", "ff");
    row("int16", "-2", "feff");
    row("uint16", "65535", "ffff");
    row("int32", "-2147483648", "00000080");
    row("uint32", "4294967295", "ffffffff");
    row("int64", "-5", "fbffffffffffffff");
    row("int64", R"("-9223372036854775808")", "0000000000000080");
    row("int64", R"("9223372036854775807")", "ffffffffffffff7f");
    row("uint64", "4294967295", "ffffffff00000000");
    row("uint64", R"("18446744073709551615")", "ffffffffffffffff");
    row("int128", "-1", "ffffffffffffffffffffffffffffffff");
    row("int128", R"("-170141183460469231731687303715884105728")", "00000000000000000000000000000080");
    row("uint128", R"("340282366920938463463374607431768211455")", "ffffffffffffffffffffffffffffffff");
    row("varint32", "-2147483648", "ffffffff0f");
    row("varint32", "-1", "01");
    row("varint32", "1", "02");
    row("varint32", "2147483647", "feffffff0f");
    row("varuint32", "4294967295", "ffffffff0f");
    row("varuint32", "128", "8001");
    row("float32", R"("0.5")", "0000003f");
    row("float64", R"("3.141592653589793")", "182d4454fb210940");
    row("float64", R"("inf")", "000000000000f07f");
    row("float64", R"("-inf")", "000000000000f0ff");
    row("float64", R"("nan")", "000000000000f87f");
    row("float128", R"("0xbebebebebebebebebebebebebebebebe")", "bebebebebebebebebebebebebebebebe");
    row("time_point", R"("2018-06-15T19:17:47.123")", "388d3312b36e0500");
    row("time_point", R"("2018-06-15T19:17:47.123456")", "008f3312b36e0500");
    row("time_point_sec", R"("2018-06-15T19:17:47")", "db10245b");
    row("block_timestamp_type", R"("2018-06-15T19:17:47.500")", "b79a6d45");
    row("name", R"("foo")", "000000000000285d");
    row("name", R"("")", "0000000000000000");
    row("name", R"("............1")", "0100000000000000");
    row("bytes", R"("")", "00");
    row("bytes", R"("beef")", "02beef");
    row("string", R"("")", "00");
    row("string", R"("Hej världen 😀")", "1148656a2076c3a4726c64656e20f09f9880");
    row("checksum160", '"' + QByteArray(40, 'a') + '"', QByteArray(40, 'a'));
    row("checksum256", '"' + QByteArray(64, 'b') + '"', QByteArray(64, 'b'));
    row("checksum512", '"' + QByteArray(128, 'c') + '"', QByteArray(128, 'c'));
    row("public_key", R"("PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs")",
        "0002caee1a02910b18dfd5d9db0e8a4bc90f8dd34cedbbfb00c6c841a2abb2fa28cc");
    row("public_key", R"("PUB_R1_8E46r5HiQF84o6V8MWQQg1vPpgfjYA4XDqT6xbtaaebxw7XbLu")",
        "0103b7831c3af540c38573a9dcabbe380abd0408ff5a8e74c595fd2039f8cc0df691");
    row("public_key", R"("PUB_WA_7qjMn38M4Q6s8wamMcakZSXLm4vDpHcLqcehnWKb8TJJUMzpEZNw41pTLk6Uhqp7p")",
        "0203370a0fef8f3fa5e668f9d07a2e5ae059417aa5b1862590f5d27c0b6be3936a2701096c6f63616c686f7374");
    row("public_key", R"("PUB_K1_11111111111111111111111111111111149Mr2R")", QByteArray(68, '0'));
    row("signature",
        R"("SIG_K1_KBub1qmdiPpWA2XKKEZEG3EfKJBf38GETHzbd4t3CBdWLgdvFRLCqbcUsBbbYga6jmxfdSFfodMdhMYraKLhEzjSCsiuMs")",
        "001f7f47ce0a79553226102e3c4961c95060e618a27c7a42e06b5d97fae9f4081e6308fb7f077ea92368d92a8cbbd65434a5"
        "73c2"
        "e5a8253d4af3297a1d8529dc15d8");
    row("symbol", R"("4,EOS")", "04454f5300000000");
    row("symbol_code", R"("EOS")", "454f530000000000");
    row("asset", R"("-1.0000 EOS")", "f0d8ffffffffffff04454f5300000000");
    row("asset", R"("9007199254740993 BIG")", "01000000000020000042494700000000");
    row("extended_asset", R"({"quantity":"1.0000 EOS","contract":"eosio.token"})",
        "102700000000000004454f530000000000a6823403ea3055");
}

void TestAbiTypes::builtinTypesBothWays()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, packed);
    const Abi abi = noTypes();
    const QByteArray data = fromHex(std::string_view(packed.constData(), std::size_t(packed.size())));
    const auto decoded = abi.decode(type, bytesOf(data));
    QVERIFY(decoded.has_value());
    QCOMPARE(*decoded, json(value));
    const auto encoded = abi.encode(type, json(value));
    QVERIFY(encoded.has_value());
    QCOMPARE(hex(*encoded), QString::fromLatin1(packed));
    QCOMPARE(abi.decode(type, bytesOf(data.chopped(1))).error().why, Why::Malformed);
    QVERIFY(!abi.decode(type, bytesOf(data + '\0')).has_value());
}

void TestAbiTypes::otherWaysToWrite_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("packed");
    const auto row = [](const char* name, const char* type, const QByteArray& value, const char* packed) {
        QTest::newRow(name) << QString::fromLatin1(type) << value << QByteArray(packed);
    };
    row("a small number as text", "uint8", R"("7")", "07");
    row("a large number as a number", "uint64", "4294967296", "0000000001000000");
    row("a truth as a number", "bool", "1", "01");
    row("a float as a number", "float64", "0.5", "000000000000e03f");
    row("a legacy key", "public_key", R"("EOS6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeABhJRin")",
        "0002caee1a02910b18dfd5d9db0e8a4bc90f8dd34cedbbfb00c6c841a2abb2fa28cc");
    row("time with a zone", "time_point_sec", R"("2018-06-15T19:17:47Z")", "db10245b");
    row("time with a fraction", "time_point_sec", R"("2018-06-15T19:17:47.999")", "db10245b");
    row("upper-case hex", "bytes", R"("BEEF")", "02beef");
}

void TestAbiTypes::otherWaysToWrite()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, packed);
    const auto encoded = noTypes().encode(type, json(value));
    QVERIFY(encoded.has_value());
    QCOMPARE(hex(*encoded), QString::fromLatin1(packed));
}

void TestAbiTypes::valuesThatDoNotFit_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* type, const char* value) {
        QTest::addRow("%s %s", type, value) << QString::fromLatin1(type) << QByteArray(value);
    };
    row("bool", "2");
    row("bool", R"("true")");
    row("bool", "null");
    row("uint8", "256");
    row("uint8", "-1");
    row("uint8", "1.5");
    row("uint8", R"("")");
    row("uint8", R"(" 1")");
    row("uint8", "true");
    row("int8", "128");
    row("int8", "-129");
    row("uint32", "4294967296");
    row("int64", R"("9223372036854775808")");
    row("uint64", R"("18446744073709551616")");
    row("uint64", "1e300");
    row("uint128", R"("340282366920938463463374607431768211456")");
    row("int128", R"("170141183460469231731687303715884105728")");
    row("varuint32", "4294967296");
    row("varint32", "2147483648");
    row("float64", R"("one")");
    row("float128", R"("0xbebe")");
    row("time_point_sec", R"("2018-13-15T19:17:47")");
    row("time_point_sec", R"("1969-12-31T23:59:59")");
    row("time_point_sec", R"("soon")");
    row("time_point_sec", "0");
    row("name", R"("Foo")");
    row("name", R"("abcdefghijklmn")");
    row("name", "1");
    row("bytes", R"("bee")");
    row("bytes", R"("zz")");
    row("bytes", "[]");
    row("string", "1");
    row("checksum256", R"("abcd")");
    row("public_key", R"("PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFt")");
    row("public_key", R"("")");
    row("signature", R"("SIG_K1_x")");
    row("symbol", R"("EOS")");
    row("symbol", R"("19,EOS")");
    row("symbol", R"("4,eos")");
    row("symbol_code", R"("TOOLONGX")");
    row("asset", R"("1.0000")");
    row("asset", R"("1.0000 eos")");
    row("asset", R"("1,0 EOS")");
    row("asset", R"("92233720368547758.08 BIG")"); // of two decimals it would be one unit too many
    row("extended_asset", R"("1.0000 EOS")");
}

void TestAbiTypes::valuesThatDoNotFit()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, value);
    const auto encoded = noTypes().encode(type, json(value));
    QVERIFY(!encoded.has_value());
    QCOMPARE(encoded.error().code, ErrorCode::InvalidInput);
    QCOMPARE(encoded.error().why, Why::Malformed);
}

QTEST_GUILESS_MAIN(TestAbiTypes)
#include "tst_abi_types.moc"
