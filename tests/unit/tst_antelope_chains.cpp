// SPDX-License-Identifier: MIT
#include "core/antelope/Chains.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray oneChain(const QByteArray& fields)
{
    return R"({"chains":[{"alias":"wax","name":"WAX","endpoints":["https://wax.example"],"id":")"
        + QByteArray(64, 'a') + "\"" + fields + "}]}";
}

} // namespace

class TestAntelopeChains : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bundledOnesByAlias_data();
    void bundledOnesByAlias();
    void bundledOnesAreComplete();
    void unknown_data();
    void unknown();
    void damagedLists_data();
    void damagedLists();
    void anUnaskedChainIsANetworkError();
};

void TestAntelopeChains::bundledOnesByAlias_data()
{
    QTest::addColumn<QString>("id");
    const auto row
        = [](const char* alias, const char* id) { QTest::newRow(alias) << QString::fromLatin1(id); };
    row("vaulta", "aca376f206b8fc25a6ed44dbdc66547c36c6c33e3a119ffbeaef943642f0e906");
    row("eos", "aca376f206b8fc25a6ed44dbdc66547c36c6c33e3a119ffbeaef943642f0e906");
    row("wax", "1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4");
    row("WAX", "1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4");
    row("1064487B3CD1A897CE03AE5B6A865651747E2E152090F99C1D19D44E01AEA5A4",
        "1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4");
    row("telos", "4667b205c6838ef70ff7988f6e8257e8be0e1284a2f59699054a018f743b1d11");
    row("Jungle4", "73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d");
    row("xpr", "384da888112027f0321850a169f737c33e53b388aad48b5adace4bab97f437e0");
    row("proton", "384da888112027f0321850a169f737c33e53b388aad48b5adace4bab97f437e0");
    row("ux", "8fc6dce7942189f842170de953932b1f66693ad3788f766e777b6f9d22335c02");
    row("libre", "38b1d7815474d0c60683ecbea321d723e83f5da6ae5f1c1f9fecc69d9ba96465");
    row("fio", "21dcae42c0182200e93f954a074011f9048a7624c6fe81d3c9541a614a88bd1c");
    row("kylin", "5fff1dae8dc8e2fc4d5b23b2c7665c97f9e9d8edf2b6485a86ba311c25639191");
    row("wax-testnet", "f16b1833c747c43682f4386fca9cbb327929334a762755ebec17f6f23c9b8a12");
    row("telos-testnet", "1eaa0824707c8c16bd25145493bf062aecddfeb56c736f6ba6397f3195f33c9f");
    row("xpr-testnet", "71ee83bcf52142d61019d95f9cc5427ba6a0d7ff8accd9e2088ae2abeaf3d3dd");
    row("libre-testnet", "b64646740308df2ee06c6b72f34c0f7fa066d940e831f752db2006fcc2b78dee");
    row("FIO-Testnet", "b20901380af44ef59c5918439a1f9a41d83669020319a80574b804a5f95cbd7e");
}

void TestAntelopeChains::bundledOnesByAlias()
{
    QFETCH(QString, id);
    const auto chain = Chains::bundled().find(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(chain.has_value());
    QCOMPARE(chain->id, id);
    const Chain* same = Chains::bundled().byId(id);
    QVERIFY(same);
    QCOMPARE(same->alias, chain->alias);
}

void TestAntelopeChains::bundledOnesAreComplete()
{
    QCOMPARE(Chains::bundled().all().size(), 14);
    int testnets = 0;
    for (const Chain& chain : Chains::bundled().all()) {
        QVERIFY2(!chain.endpoints.isEmpty(), qPrintable(chain.alias));
        QVERIFY2(chain.token.contains(u','), qPrintable(chain.alias));
        QVERIFY2(chain.badge.size() == 1, qPrintable(chain.alias));
        testnets += chain.testnet ? 1 : 0;
    }
    QCOMPARE(testnets, 7);
    QCOMPARE(Chains::bundled().find(u"wax"_s)->token, u"8,WAX"_s);
}

void TestAntelopeChains::unknown_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("another") << u"worbli"_s;
    QTest::newRow("space") << u" wax"_s;
    QTest::newRow("start of an id") << u"1064487b3cd1a897"_s;
    QTest::newRow("a full id of none")
        << u"c054efbc59625be7ce0d69ef26124fd349420b98fef2ed23fead4c558b9826b1"_s;
    QTest::newRow("1 MB") << QString(1 << 20, u'a');
}

void TestAntelopeChains::unknown()
{
    QFETCH(QString, text);
    const auto chain = Chains::bundled().find(text);
    QVERIFY(!chain.has_value());
    QCOMPARE(chain.error().code, ErrorCode::UnknownChain);
    QVERIFY(chain.error().detail.size() <= 80);
}

void TestAntelopeChains::damagedLists_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("chains");
    QTest::newRow("no list") << QByteArray("{}");
    QTest::newRow("list of numbers") << QByteArray(R"({"chains":[1]})");
    QTest::newRow("short id") << oneChain(R"(,"id":"aa")");
    QTest::newRow("upper-case id") << oneChain(R"(,"id":")" + QByteArray(64, 'A') + '"');
    QTest::newRow("no name") << oneChain(R"(,"name":"")");
    QTest::newRow("alias with a space") << oneChain(R"(,"alias":"w x")");
    QTest::newRow("alias in upper case") << oneChain(R"(,"otherAliases":["Wax"])");
    QTest::newRow("alias twice") << oneChain(R"(,"otherAliases":["wax"])");
    QTest::newRow("endpoint without TLS") << oneChain(R"(,"endpoints":["http://wax.example"])");
}

void TestAntelopeChains::damagedLists()
{
    QFETCH(QByteArray, json);
    QVERIFY(Chains::fromJson(oneChain({})).has_value());
    const auto chains = Chains::fromJson(json);
    QVERIFY(!chains.has_value());
    QCOMPARE(chains.error().code, ErrorCode::Damaged);
}

void TestAntelopeChains::anUnaskedChainIsANetworkError()
{
    UnansweredChainQuery query;
    std::optional<Result<bool>> answer;
    query.keyControls(*Chains::bundled().find(u"wax"_s), u"mira"_s, u"active"_s, u"PUB_K1_x"_s,
        [&answer](Result<bool> result) { answer = std::move(result); });
    QVERIFY(answer && !answer->has_value());
    QCOMPARE(answer->error().code, ErrorCode::Network);
}

QTEST_GUILESS_MAIN(TestAntelopeChains)
#include "tst_antelope_chains.moc"
