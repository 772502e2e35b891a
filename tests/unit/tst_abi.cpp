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

/// Every shape there is, both ways.
const QByteArray kShapes = R"({"version":"eosio::abi/1.1",
    "types":[{"new_type_name":"who","type":"name"},{"new_type_name":"whose","type":"who"},
             {"new_type_name":"round","type":"trip"},{"new_type_name":"trip","type":"round"},
             {"new_type_name":"list","type":"uint8[]"}],
    "structs":[{"name":"base","base":"","fields":[{"name":"id","type":"uint64"}]},
        {"name":"pay","base":"base","fields":[{"name":"to","type":"who[]"},{"name":"note","type":"string?"},
            {"name":"how","type":"either"},{"name":"tag","type":"string$"}]},
        {"name":"empty","base":"","fields":[]},
        {"name":"empties","base":"","fields":[{"name":"all","type":"empty[]"}]},
        {"name":"two","base":"","fields":[{"name":"a","type":"uint8$"},{"name":"b","type":"uint8$"}]},
        {"name":"itself","base":"itself","fields":[{"name":"x","type":"uint8"}]},
        {"name":"left","base":"right","fields":[]},{"name":"right","base":"left","fields":[]},
        {"name":"endless","base":"","fields":[{"name":"next","type":"endless?"}]},
        {"name":"missing","base":"","fields":[{"name":"x","type":"nothing"}]}],
    "variants":[{"name":"either","types":["name","asset"]}],
    "actions":[{"name":"pay","type":"pay"}]})";

Abi shapes()
{
    return Abi::fromJson(kShapes).value();
}

QJsonValue json(const QByteArray& text)
{
    return QJsonDocument::fromJson("[" + text + "]").array().at(0);
}

Why whyNot(const QString& type, const QByteArray& data)
{
    const auto decoded = shapes().decode(type, bytesOf(data));
    return decoded ? Why::Unsaid : decoded.error().why;
}

Error encodeError(const QString& type, const QByteArray& text)
{
    const auto encoded = shapes().encode(type, json(text));
    return encoded ? Error{} : encoded.error();
}

} // namespace

class TestAbi : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void dataThatIsNone_data();
    void dataThatIsNone();
    void structsWithBasesOptionalsArraysVariantsAndExtensions();
    void extensionsEndTogether();
    void whatIsWrongIsNamed();
    void namesAreToldWithTheirPlaces();
    void packedAndWrittenAreTheSame();
    void whatAnAbiSaysOfItsTypes();
    void anAliasOfNothing();
    void circlesEnd();
    void nestingEnds();
    void manyOfNothing();
    void abisThatAreNone_data();
    void abisThatAreNone();
};

void TestAbi::dataThatIsNone_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("packed");
    const auto row = [](const char* name, const char* type, const char* packed) {
        QTest::newRow(name) << QString::fromLatin1(type) << fromHex(packed);
    };
    row("neither true nor false", "bool", "02");
    row("neither there nor not", "pay",
        "0100000000000000"
        "00"
        "02");
    row("no UTF-8", "string", "01ff");
    row("no such kind of key", "public_key",
        "0302caee1a02910b18dfd5d9db0e8a4bc90f8dd34cedbbfb00c6c841a2abb2fa28cc");
    row("a symbol in lower case", "symbol", "0465000000000000");
    row("a symbol with a hole", "symbol", "0445004500000000");
    row("too many decimals", "symbol", "13454f5300000000");
    row("an asset of nothing", "asset", "01000000000000000000000000000000");
    row("a time after all years", "time_point", "ffffffffffffff7f");
    row("no such variant", "either", "02");
    row("more items than data", "list", "ffffffff0f00");
    row("33 bits", "varuint32", "ffffffff1f");
}

void TestAbi::dataThatIsNone()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, packed);
    QCOMPARE(whyNot(type, packed), Why::Malformed);
}

void TestAbi::structsWithBasesOptionalsArraysVariantsAndExtensions()
{
    const Abi abi = shapes();
    const QByteArray full
        = fromHex("ffffffffffffffff02000000000000285d01000000000000000000000000000000ae390178");
    const QByteArray fullText
        = R"({"id":"18446744073709551615","to":["foo","............1"],"note":null,"how":["name","bar"],"tag":"x"})";
    auto decoded = abi.decode(u"pay"_s, bytesOf(full));
    QVERIFY(decoded.has_value());
    QCOMPARE(*decoded, json(fullText));
    QCOMPARE(abi.encode(u"pay"_s, json(fullText)).value(), full);

    const QByteArray shorter = fromHex("01000000000000000001016e01102700000000000004454f5300000000");
    const QByteArray shorterText = R"({"id":1,"to":[],"note":"n","how":["asset","1.0000 EOS"]})";
    decoded = abi.decode(u"pay"_s, bytesOf(shorter));
    QVERIFY(decoded.has_value());
    QCOMPARE(*decoded, json(shorterText));
    QCOMPARE(abi.encode(u"pay"_s, json(shorterText)).value(), shorter);
    // What is optional may be left out; what is there comes after what it extends.
    QCOMPARE(abi.encode(u"pay"_s, json(R"({"id":1,"to":[],"how":["name","a"]})")).value().size(), 19);
    QCOMPARE(whyNot(u"pay"_s, shorter.chopped(1)), Why::Malformed);
    QCOMPARE(whyNot(u"pay"_s, full + '\0'), Why::TrailingBytes);
}

void TestAbi::extensionsEndTogether()
{
    const Abi abi = shapes();
    QCOMPARE(abi.decode(u"two"_s, {}).value(), json("{}"));
    QCOMPARE(abi.decode(u"two"_s, bytesOf(fromHex("07"))).value(), json(R"({"a":7})"));
    QCOMPARE(abi.encode(u"two"_s, json(R"({"a":7})")).value(), fromHex("07"));
    QCOMPARE(encodeError(u"two"_s, R"({"b":7})").why, Why::Malformed);
}

void TestAbi::whatIsWrongIsNamed()
{
    const auto wrong = [](const QByteArray& text) { return encodeError(u"pay"_s, text); };
    QCOMPARE(wrong(R"({"id":1,"to":[],"how":["name","a"],"memo":"x"})").why, Why::Malformed);
    QVERIFY(wrong(R"({"id":1,"to":[],"how":["name","a"],"memo":"x"})").detail.contains("memo"_L1));
    QVERIFY(wrong(R"({"to":[],"how":["name","a"]})").detail.contains("id"_L1));
    QVERIFY(wrong(R"({"id":1,"to":["FOO"],"how":["name","a"]})").detail.contains("to"_L1));
    QCOMPARE(wrong(R"({"id":1,"to":[],"how":["string","a"]})").why, Why::UnknownType);
    QCOMPARE(wrong("[]").why, Why::Malformed);
    QCOMPARE(encodeError(u"list"_s, "{}").why, Why::Malformed);
    QCOMPARE(encodeError(u"list"_s, "[256]").why, Why::Malformed);
    QCOMPARE(encodeError(u"either"_s, R"("foo")").why, Why::Malformed);
    QCOMPARE(encodeError(u"either"_s, R"(["name"])").why, Why::Malformed);
    QCOMPARE(encodeError(u"missing"_s, R"({"x":1})").why, Why::UnknownType);
    QCOMPARE(encodeError(u"missing"_s, R"({"x":1})").detail, u"nothing"_s);
    QCOMPARE(encodeError(u"nothing"_s, "1").why, Why::UnknownType);
    QCOMPARE(whyNot(u"nowhere"_s, {}), Why::UnknownType);
    QCOMPARE(whyNot(u"missing"_s, "x"), Why::UnknownType);
}

void TestAbi::namesAreToldWithTheirPlaces()
{
    const QByteArray full = fromHex("0100000000000000"
                                    "02000000000000285d0100000000000000"
                                    "00"
                                    "000100000000000000"
                                    "0178");
    QList<QPair<quint64, std::size_t>> names;
    const auto decoded = shapes().decode(u"pay"_s, bytesOf(full), [&](quint64 found, std::size_t at) {
        names.append({found, at});
    });
    QVERIFY(decoded.has_value());
    QCOMPARE(names, (QList<QPair<quint64, std::size_t>>{{name("foo").value(), 9}, {1, 17}, {1, 27}}));
    // Not of one that is cut short.
    names.clear();
    QVERIFY(!shapes().decode(u"pay"_s, bytesOf(full.first(20)), [&](quint64 found, std::size_t at) {
        names.append({found, at});
    }));
    QCOMPARE(names.size(), 1);
}

void TestAbi::packedAndWrittenAreTheSame()
{
    // As WharfKit packs it, with an action's contract in prose and a table.
    const QByteArray packed = fromHex(
        "0e656f73696f3a3a6162692f312e31010377686f046e616d6502046261736500010269640675696e743634037061790462"
        "617365040"
        "2746f0577686f5b5d046e6f746507737472696e673f03686f770665697468657203746167"
        "07737472696e672401000000000000bca9037061790570726f73650100000000000000c80369363401016101046e616d65"
        "0462617365000000010665697468657202046e616d6505617373657400");
    const auto abi = Abi::fromBinary(bytesOf(packed));
    QVERIFY(abi.has_value());
    QCOMPARE(abi->actionType(name("pay")).value(), u"pay"_s);
    QCOMPARE(abi->fieldsOf(u"pay"_s), shapes().fieldsOf(u"pay"_s));
    const QByteArray data = fromHex("01000000000000000001016e01102700000000000004454f5300000000");
    QCOMPARE(abi->decode(u"pay"_s, bytesOf(data)).value(), shapes().decode(u"pay"_s, bytesOf(data)).value());
    for (qsizetype size = 0; size < packed.size(); ++size) {
        const auto cut = Abi::fromBinary(bytesOf(packed.first(size)));
        QVERIFY(!cut || size >= packed.size() - 23); // without variants, and what follows them
    }
}

void TestAbi::whatAnAbiSaysOfItsTypes()
{
    const Abi abi = shapes();
    QCOMPARE(abi.fieldsOf(u"pay"_s), QStringList({u"id"_s, u"to"_s, u"note"_s, u"how"_s, u"tag"_s}));
    QVERIFY(abi.fieldsOf(u"name"_s).isEmpty());
    QCOMPARE(abi.typeOfField(u"pay"_s, u"id"_s), u"uint64"_s);
    QCOMPARE(abi.typeOfField(u"pay"_s, u"to"_s), u"who[]"_s);
    QVERIFY(abi.typeOfField(u"pay"_s, u"other"_s).isEmpty());
    QCOMPARE(abi.plainType(u"whose"_s), u"name"_s);
    QVERIFY(abi.hasType(u"whose"_s));
    QVERIFY(abi.hasType(u"asset"_s));
    QVERIFY(!abi.hasType(u"nothing"_s));
    QVERIFY(!abi.hasType(u"nowhere"_s));
    const auto none = abi.actionType(name("steal"));
    QCOMPARE(none.error().why, Why::UnknownType);
    QCOMPARE(none.error().detail, u"steal"_s);
}

void TestAbi::anAliasOfNothing()
{
    const auto abi = Abi::fromJson(R"({"version":"eosio::abi/1.1","types":[{"new_type_name":"a","type":""}],
        "structs":[{"name":"b","base":"a","fields":[{"name":"x","type":"a[]"}]}]})");
    if (!abi) { // refused whole is as good
        QCOMPARE(abi.error().why, Why::Malformed);
        return;
    }
    for (const QString& type : {u"a"_s, u"a[]"_s, u"b"_s}) {
        QVERIFY(!abi->decode(type, bytesOf("\1\1"_ba)).has_value());
        QVERIFY(!abi->encode(type, json(type == u"b"_s ? R"({"x":[1]})" : "[1]")).has_value());
    }
    QVERIFY(abi->fieldsOf(u"a"_s).isEmpty());
    QVERIFY(!abi->hasType(u"a"_s));
}

void TestAbi::circlesEnd()
{
    QCOMPARE(whyNot(u"round"_s, "x"), Why::TooDeep);
    QCOMPARE(encodeError(u"round"_s, "1").why, Why::TooDeep);
    for (const QString& type : {u"itself"_s, u"left"_s}) {
        QCOMPARE(whyNot(type, "x"), Why::TooDeep);
        QCOMPARE(encodeError(type, "{}").why, Why::TooDeep);
        QVERIFY(shapes().fieldsOf(type).isEmpty());
    }
    QVERIFY(shapes().plainType(u"round"_s).isEmpty());
}

void TestAbi::nestingEnds()
{
    QCOMPARE(whyNot(u"endless"_s, fromHex("01010100")), Why::Unsaid);
    QCOMPARE(whyNot(u"endless"_s, QByteArray(100, '\x01') + '\0'), Why::TooDeep);
    QByteArray deep = R"({"next":null})";
    for (int i = 0; i < 100; ++i)
        deep = R"({"next":)" + deep + "}";
    QCOMPARE(encodeError(u"endless"_s, deep).why, Why::TooDeep);
}

void TestAbi::manyOfNothing()
{
    QCOMPARE(shapes().decode(u"empties"_s, bytesOf(fromHex("03"))).value(), json(R"({"all":[{},{},{}]})"));
    QCOMPARE(whyNot(u"empties"_s, fromHex("ffffffff0f")), Why::TooLarge);
}

void TestAbi::abisThatAreNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Why>("why");
    QTest::newRow("empty") << QByteArray() << Why::Malformed;
    QTest::newRow("not JSON") << QByteArray("abi") << Why::Malformed;
    QTest::newRow("no version") << QByteArray("{}") << Why::Malformed;
    QTest::newRow("another version") << QByteArray(R"({"version":"eosio::abi/2.0"})") << Why::Malformed;
    QTest::newRow("an action that is no name")
        << QByteArray(R"({"version":"eosio::abi/1.1","actions":[{"name":"A","type":"x"}]})")
        << Why::Malformed;
    QTest::newRow("one name for two types")
        << QByteArray(R"({"version":"eosio::abi/1.1","structs":[{"name":"a"},{"name":"a"}]})")
        << Why::Malformed;
    QTest::newRow("a type without a name")
        << QByteArray(R"({"version":"eosio::abi/1.1","structs":[{"name":""}]})") << Why::Malformed;
    QTest::newRow("a name of many suffixes")
        << R"({"version":"eosio::abi/1.1","actions":[{"name":"a","type":"name)"
            + QByteArray("[]").repeated(500) + R"("}]})"
        << Why::Malformed;
    QTest::newRow("too large") << QByteArray((1 << 20) + 1, ' ') << Why::TooLarge;
}

void TestAbi::abisThatAreNone()
{
    QFETCH(QByteArray, text);
    QFETCH(Why, why);
    const auto abi = Abi::fromJson(text);
    QVERIFY(!abi.has_value());
    QCOMPARE(abi.error().why, why);
    QVERIFY(!Abi::fromBinary(bytesOf(text)).has_value());
}

QTEST_GUILESS_MAIN(TestAbi)
#include "tst_abi.moc"
