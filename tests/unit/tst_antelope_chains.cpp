// SPDX-License-Identifier: MIT
#include "core/antelope/Chains.h"
#include "core/antelope/Name.h"

#include <QSet>
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

Chain ownChain()
{
    Chain chain;
    chain.id = QString(64, u'b');
    chain.alias = u"mine"_s;
    chain.otherAliases = {u"mine-too"_s};
    chain.name = u"Mine"_s;
    chain.endpoints = {u"https://mine.example"_s};
    return chain;
}

} // namespace

Q_DECLARE_METATYPE(hatstand::antelope::Chain)

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
    void tokensAndExplorers();
    void aChainOfOnesOwn();
    void whatIsTakenIsRefused_data();
    void whatIsTakenIsRefused();
    void builtInOnesStay();
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
        QVERIFY2(Name::parse(chain.tokenContract).has_value(), qPrintable(chain.alias));
        QCOMPARE(
            QSet<QString>(chain.endpoints.begin(), chain.endpoints.end()).size(), chain.endpoints.size());
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
    QTest::newRow("token contract that is no name") << oneChain(R"(,"tokenContract":"Token")");
    QTest::newRow("no token contract") << oneChain(R"(,"tokenContract":"")");
    QTest::newRow("explorer without TLS") << oneChain(R"(,"explorer":"http://x.example/%1")");
    QTest::newRow("explorer without a place") << oneChain(R"(,"explorer":"https://x.example/")");
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

void TestAntelopeChains::tokensAndExplorers()
{
    const auto vaulta = Chains::bundled().find(u"eos"_s);
    QCOMPARE(vaulta->tokenContract, u"core.vaulta"_s);
    QCOMPARE(vaulta->explorer.arg(u"alice"_s), u"https://unicove.com/en/vaulta/account/alice"_s);
    QCOMPARE(Chains::bundled().find(u"wax"_s)->tokenContract, u"eosio.token"_s);
    QCOMPARE(Chains::bundled().find(u"fio"_s)->tokenContract, u"fio.token"_s);
    const auto read = Chains::fromJson(oneChain(R"(,"token":"4,X")"));
    QVERIFY(read.has_value());
    QCOMPARE(read->all()[0].tokenContract, u"eosio.token"_s);
    QVERIFY(read->all()[0].explorer.isEmpty());
    QVERIFY(!read->all()[0].isCustom);
    QVERIFY(!read->all()[0].isChanged);
}

void TestAntelopeChains::aChainOfOnesOwn()
{
    Chains chains = Chains::bundled();
    QVERIFY(chains.add(ownChain()).has_value());
    const auto found = chains.find(u"MINE-TOO"_s);
    QVERIFY(found.has_value());
    QCOMPARE(found->name, u"Mine"_s);
    QVERIFY(found->isCustom);
    QVERIFY(!found->isChanged);
    QVERIFY(!Chains::bundled().find(u"mine"_s));
    const QStringList endpoints{u"http://localhost:8888"_s};
    QVERIFY(chains.setEndpoints(found->id, endpoints).has_value());
    QCOMPARE(chains.find(u"mine"_s)->endpoints, endpoints);
    QVERIFY(!chains.find(u"mine"_s)->isChanged); // there is nothing it was before
    QVERIFY(chains.remove(found->id).has_value());
    QVERIFY(!chains.find(u"mine"_s));
    QVERIFY(chains.all() == Chains::bundled().all());
    QCOMPARE(chains.remove(found->id).error().code, ErrorCode::UnknownChain);
}

void TestAntelopeChains::whatIsTakenIsRefused_data()
{
    QTest::addColumn<Chain>("chain");
    QTest::addColumn<QString>("taken");
    const auto row = [](const char* name, auto change, const QString& taken) {
        Chain chain = ownChain();
        change(chain);
        QTest::newRow(name) << chain << taken;
    };
    row(
        "id", [](Chain& c) { c.id = Chains::bundled().find(u"wax"_s)->id; }, u"wax"_s);
    row(
        "alias", [](Chain& c) { c.alias = u"wax"_s; }, u"wax"_s);
    row(
        "alias that is another's other one", [](Chain& c) { c.alias = u"eos"_s; }, u"eos"_s);
    row(
        "other alias", [](Chain& c) { c.otherAliases += u"telos"_s; }, u"telos"_s);
    row(
        "its own alias twice", [](Chain& c) { c.otherAliases += u"mine"_s; }, u"mine"_s);
    row(
        "no alias", [](Chain& c) { c.alias.clear(); }, QString());
    row(
        "upper case", [](Chain& c) { c.alias = u"Mine"_s; }, QString());
    row(
        "a space", [](Chain& c) { c.alias = u"m i"_s; }, QString());
    row(
        "other alias that is none", [](Chain& c) { c.otherAliases += QString(); }, QString());
    row(
        "alias that looks like an id", [](Chain& c) { c.alias = QString(64, u'a'); }, QString());
    row(
        "no id", [](Chain& c) { c.id.clear(); }, QString());
    row(
        "upper-case id", [](Chain& c) { c.id = QString(64, u'A'); }, QString());
}

void TestAntelopeChains::whatIsTakenIsRefused()
{
    QFETCH(Chain, chain);
    QFETCH(QString, taken);
    Chains chains = Chains::bundled();
    const auto added = chains.add(chain);
    QVERIFY(!added.has_value());
    QCOMPARE(added.error().code, ErrorCode::InvalidInput);
    QCOMPARE(added.error().why == Why::ChainIsThere, !taken.isEmpty());
    if (!taken.isEmpty())
        QCOMPARE(added.error().detail, taken);
    QVERIFY(chains.all() == Chains::bundled().all());
}

void TestAntelopeChains::builtInOnesStay()
{
    Chains chains = Chains::bundled();
    const Chain wax = *chains.find(u"wax"_s);
    const auto removed = chains.remove(wax.id);
    QVERIFY(!removed.has_value());
    QCOMPARE(removed.error().why, Why::ChainIsBuiltIn);
    QCOMPARE(removed.error().detail, u"wax"_s);
    QVERIFY(chains.find(u"wax"_s).has_value());
    QVERIFY(chains.setEndpoints(wax.id, {u"https://wax.example"_s}).has_value());
    const Chain changed = *chains.find(u"wax"_s);
    QCOMPARE(changed.endpoints, QStringList(u"https://wax.example"_s));
    QVERIFY(changed.isChanged);
    QVERIFY(!changed.isCustom);
    QVERIFY(Chains::bundled().find(u"wax"_s).value() == wax);
    QCOMPARE(chains.setEndpoints(u"wax"_s, {}).error().code, ErrorCode::UnknownChain); // by id alone
    QCOMPARE(chains.remove(QString(100'000, u'x')).error().detail.size(), 80);
}

QTEST_GUILESS_MAIN(TestAntelopeChains)
#include "tst_antelope_chains.moc"
