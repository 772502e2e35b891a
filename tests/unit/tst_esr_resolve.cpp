// SPDX-License-Identifier: MIT
#include "tests/unit/EsrStand.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

namespace {

const TransactionHeader kHeader{.expiration = 1518652800, .refBlockNum = 1234, .refBlockPrefix = 56789};
constexpr quint32 kLater = 1594370420; // 2020-07-10T08:40:20
const QString kFirst
    = u"SIG_K1_KbkFojpqcjYDG1MWwCtEuKu8v3ii3uyQcAQEWa5s2nAgXD2Q8qe6FWjAytMD1nJUQnamrEzdQHegBe2E6aXNFPE5Mvx8QB"_s;
const QString kSecond
    = u"SIG_K1_K1cpxVTWBS4TzEveMq5iUkWKhSTeCNpK8pBht4UnBdYeqZecUMPxdFKT3Gp6RnR4Gf1hb3FUMJfd5vnCox7Fp6eYfU56Ka"_s;

EsrRequest parsed(const QString& uri)
{
    return EsrRequest::parse(uri).value();
}

Action transfer(const QByteArray& data)
{
    return {name("eosio.token"), name("transfer"), {level("alice@active")}, data};
}

/// Names below optionals, arrays, variants and a base, and a string that only looks like one.
Abis nestedAbis()
{
    const auto abi
        = Abi::fromJson(R"({"version":"eosio::abi/1.1","types":[{"new_type_name":"who","type":"name"}],
        "structs":[{"name":"base","base":"","fields":[{"name":"owner","type":"who"}]},
        {"name":"deep","base":"base","fields":[{"name":"one","type":"name?"},{"name":"many","type":"inner[]"},
        {"name":"either","type":"choice"},{"name":"text","type":"string"},{"name":"number","type":"uint64"},
        {"name":"last","type":"extended_asset$"}]},
        {"name":"inner","base":"","fields":[{"name":"who","type":"who[]"}]},
        {"name":"twins","base":"","fields":[{"name":"a","type":"name"},{"name":"a","type":"name"}]}],
        "variants":[{"name":"choice","types":["uint64","name"]}],
        "actions":[{"name":"deep","type":"deep"},{"name":"twins","type":"twins"}]})")
              .value();
    return {{name("nested").value(), abi}};
}

} // namespace

class TestEsrResolve : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTransferByWhoeverSigns();
    void namesAnywhereInTheData();
    void dataWithoutPlaceholdersIsNotTouched();
    void withoutAnAbi();
    void onlyTheNamesChange();
    void damagedData();
    void headers();
    void anIdentityOfVersion2();
    void anIdentityOfVersion3();
    void anIdentityOfSomebodyElse();
    void severalChains();
    void thePayload();
    void theCallback_data();
    void theCallback();
    void aCallbackThatWouldGrow();
};

void TestEsrResolve::aTransferByWhoeverSigns()
{
    const EsrRequest request = parsed(kTransfer);
    const auto made = resolve(request, level("foo@mractive"), tokenAbis(), kHeader);
    QVERIFY(made.has_value());
    QCOMPARE(made->id(), u"6d8a141ac644032f8de31ff49f693ee46d0ebdd18e0dd5cd98cb100cf0bd7127"_s);
    QCOMPARE(codec::toHex(*made->digest(kVaulta)),
        u"93c3e1d5314e6278949e8d570c8374562b86897711df68c5469232c730cc3cd6"_s);
    QVERIFY(made->isAuthorisedBy(level("foo@mractive")));

    const EsrRequest jungle
        = parsed(u"esr://"
                 u"gmMsfmIRpc7x7DpLh8nvg-zz9VdvrLYRihbJ-mIxXW5CYY4vEwMCJFczMDIsazJhfmUQysDAEK5rc_"
                 u"YsIyNUEqZQD11AQB1Cs7j6"
                 "B4NoXj0kYMjAIJdRUlJQbKWvn1qRmFuQk6qXnJ-rb19SYVtdXVJRW8vInJafz5yUWAQA"_s);
    const auto other = resolve(jungle, level("alice@owner"), tokenAbis(),
        {.expiration = kLater, .refBlockNum = 1, .refBlockPrefix = 2, .maxCpuUsageMs = 7});
    QVERIFY(other.has_value());
    QCOMPARE(hex(other->pack()),
        u"7429085f01000200000000637b000100a6823403ea3055000000572d3ccdcd010000000000855c340000000080ab26a72e0"
        u"000"
        "000000855c340000000080ab26a7102700000000000004454f53000000000d2e2e2e2e2e2e2e2e2e2e2e2e3100"_s);
}

void TestEsrResolve::namesAnywhereInTheData()
{
    const Abis abis = nestedAbis();
    const Abi& abi = abis.begin().value();
    const auto data = [&](const QString& actor, const QString& permission) {
        const QJsonArray many{QJsonObject{{u"who"_s, QJsonArray{u"bob"_s, actor}}},
            QJsonObject{{u"who"_s, QJsonArray{permission}}}};
        return abi
            .encode(u"deep"_s,
                QJsonObject{{u"owner"_s, actor}, {u"one"_s, permission}, {u"many"_s, many},
                    {u"either"_s, QJsonArray{u"name"_s, actor}}, {u"text"_s, u"............1"_s},
                    {u"number"_s, 1},
                    {u"last"_s, QJsonObject{{u"quantity"_s, u"0.0001 EOS"_s}, {u"contract"_s, actor}}}})
            .value();
    };
    EsrRequest request;
    request.what = EsrRequest::What::Actions;
    request.actions = {Action{name("nested"), name("deep"), {}, data(u"............1"_s, u"............2"_s)},
        Action{name("nested"), name("deep"),
            {{Name::fromValue(1), Name::fromValue(1)}, {Name::fromValue(1), Name::fromValue(2)},
                {Name::fromValue(1), name("active")}, {name("bob"), Name::fromValue(1)}, level("bob@active")},
            data(u"bob"_s, u"active"_s)}};
    const auto made = resolve(request, level("alice@owner"), abis, kHeader);
    QVERIFY(made.has_value());
    QCOMPARE(made->actions[0].data, data(u"alice"_s, u"owner"_s));
    QCOMPARE(made->actions[1].data, request.actions[1].data); // its 1s are numbers
    const QList<PermissionLevel> expected{level("alice@owner"), level("alice@owner"), level("alice@active"),
        level("bob@owner"), level("bob@active")};
    QVERIFY(made->actions[1].authorization == expected);
}

void TestEsrResolve::dataWithoutPlaceholdersIsNotTouched()
{
    EsrRequest request;
    request.what = EsrRequest::What::Action;
    // A memo whose length takes two bytes where one would do, and data that is no transfer at all.
    request.actions = {transfer(fromHex("0000000000855c34"
                                        "000000000000ae39"
                                        "e803000000000000"
                                        "03454f5300000000"
                                        "8100"
                                        "61"))};
    auto made = resolve(request, level("alice@active"), tokenAbis(), kHeader);
    QVERIFY(made.has_value());
    QCOMPARE(made->actions[0].data, request.actions[0].data);
    request.actions = {transfer("nonsense")};
    made = resolve(request, level("alice@active"), {}, kHeader);
    QVERIFY(made.has_value());
    QCOMPARE(made->actions[0].data, "nonsense"_ba);
}

void TestEsrResolve::withoutAnAbi()
{
    const EsrRequest request = parsed(kTransfer);
    const auto made = resolve(request, level("foo@active"), {}, kHeader);
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().code, ErrorCode::Network);
    QCOMPARE(made.error().why, Why::NoAbi);
    QCOMPARE(made.error().detail, u"eosio.token"_s);
    // An amount that looks like one can't be told apart either.
    EsrRequest other;
    other.what = EsrRequest::What::Action;
    other.actions = {transfer(fromHex("0000000000855c34"
                                      "000000000000ae39"
                                      "0100000000000000"
                                      "04454f5300000000"
                                      "00"))};
    QCOMPARE(resolve(other, level("alice@active"), {}, kHeader).error().why, Why::NoAbi);
    const auto known = resolve(other, level("alice@active"), tokenAbis(), kHeader);
    QVERIFY(known.has_value());
    QCOMPARE(known->actions[0].data, other.actions[0].data);
}

/// Written anew from what was read, other bytes would be signed than were asked for.
void TestEsrResolve::onlyTheNamesChange()
{
    EsrRequest request;
    request.what = EsrRequest::What::Action;
    // Two fields of one name.
    request.actions = {Action{name("nested"), name("twins"), {},
        fromHex("000000000000ae39"
                "0100000000000000")}};
    auto made = resolve(request, level("alice@active"), nestedAbis(), kHeader);
    QVERIFY(made.has_value());
    QCOMPARE(hex(made->actions[0].data),
        u"000000000000ae39"
        "0000000000855c34"_s);
    // A length that takes two bytes where one would do.
    request.actions = {transfer(fromHex("0100000000000000"
                                        "000000000000ae39"
                                        "e803000000000000"
                                        "03454f5300000000"
                                        "8100"
                                        "61"))};
    made = resolve(request, level("alice@active"), tokenAbis(), kHeader);
    QVERIFY(made.has_value());
    QCOMPARE(hex(made->actions[0].data),
        u"0000000000855c34"
        "000000000000ae39"
        "e803000000000000"
        "03454f5300000000"
        "8100"
        "61"_s);
}

void TestEsrResolve::damagedData()
{
    EsrRequest request;
    request.what = EsrRequest::What::Action;
    request.actions = {transfer(fromHex("0100000000000000"
                                        "00"))};
    QCOMPARE(resolve(request, level("a@b"), tokenAbis(), kHeader).error().why, Why::Malformed);
    request.actions[0].name = name("issue");
    QCOMPARE(resolve(request, level("a@b"), tokenAbis(), kHeader).error().why, Why::UnknownType);
}

void TestEsrResolve::headers()
{
    EsrRequest request;
    request.what = EsrRequest::What::Transaction;
    request.transaction.header = {.maxNetUsageWords = 5, .maxCpuUsageMs = 6, .delaySec = 7};
    auto made = resolve(request, level("a@b"), {}, kHeader);
    QVERIFY(made.has_value());
    QCOMPARE(made->header.expiration, kHeader.expiration);
    QCOMPARE(made->header.refBlockNum, kHeader.refBlockNum);
    QCOMPARE(made->header.refBlockPrefix, kHeader.refBlockPrefix);
    QCOMPARE(made->header.maxNetUsageWords, 5U);
    QCOMPARE(made->header.maxCpuUsageMs, quint8{6});
    QCOMPARE(made->header.delaySec, 7U);
    for (const TransactionHeader& own : {TransactionHeader{.expiration = 1},
             TransactionHeader{.refBlockNum = 1}, TransactionHeader{.refBlockPrefix = 1}}) {
        request.transaction.header = own;
        made = resolve(request, level("a@b"), {}, kHeader);
        QVERIFY(made.has_value());
        QVERIFY(made->header == own);
    }
}

void TestEsrResolve::anIdentityOfVersion2()
{
    const auto made = resolve(parsed(kIdentity), level("foo@bar"), {}, kHeader);
    QVERIFY(made.has_value());
    QCOMPARE(made->header.expiration, 0U);
    QCOMPARE(hex(made->pack()),
        u"00000000000000000000000000000100000000000000000000003ebb3c557201000000000000285d000000000000ae39110"
        u"1000000"
        "000000285d000000000000ae3900"_s);
    QCOMPARE(codec::toHex(*made->digest(kVaulta)),
        u"9c62fd6f0ee0ed5f4a3d1e226445285591bf912c7018a6f35d19917a6ebca21b"_s);
}

void TestEsrResolve::anIdentityOfVersion3()
{
    const EsrRequest request = parsed(u"esr://g2NgZP4PBQxMwhklJQXFVvr6qRWJuQU5qXrJ-bkMAA"_s);
    TransactionHeader header = kHeader;
    header.expiration = kLater;
    const auto made = resolve(request, level("foo@active"), {}, header);
    QVERIFY(made.has_value());
    QVERIFY(made->header == TransactionHeader{.expiration = kLater});
    QCOMPARE(made->actions.size(), 1);
    QCOMPARE(made->actions[0].account.value(), quint64{0});
    QCOMPARE(hex(made->actions[0].data), u"ffffffffffffffff01000000000000285d00000000a8ed3232"_s);
    QCOMPARE(codec::toHex(*made->digest(kVaulta)),
        u"70d1fd5bda1998135ed44cbf26bd1cc2ed976219b2b6913ac13f41d4dd013307"_s);
}

void TestEsrResolve::anIdentityOfSomebodyElse()
{
    EsrRequest request = parsed(kIdentity);
    const auto answersTo = [&](quint64 actor, quint64 permission) {
        request.permission = PermissionLevel{Name::fromValue(actor), Name::fromValue(permission)};
        const auto made = resolve(request, level("foo@bar"), {}, kHeader);
        if (made)
            return made->actions[0].authorization == QList{level("foo@bar")} ? Why::Unsaid : Why::BadEvent;
        return made.error().code == ErrorCode::WrongAccount ? Why::NotAuthorised : made.error().why;
    };
    QCOMPARE(answersTo(name("foo").value(), name("bar").value()), Why::Unsaid);
    QCOMPARE(answersTo(name("foo").value(), kSignerPermission), Why::Unsaid);
    QCOMPARE(answersTo(name("foo").value(), kSignerActor), Why::Unsaid);
    QCOMPARE(answersTo(kSignerActor, name("bar").value()), Why::Unsaid);
    QCOMPARE(answersTo(kSignerActor, kSignerPermission), Why::Unsaid);
    QCOMPARE(answersTo(name("foo").value(), name("active").value()), Why::NotAuthorised);
    QCOMPARE(answersTo(name("bob").value(), name("bar").value()), Why::NotAuthorised);
    QCOMPARE(answersTo(name("bob").value(), kSignerPermission), Why::NotAuthorised);
    QCOMPARE(answersTo(0, name("bar").value()), Why::NotAuthorised);
}

void TestEsrResolve::severalChains()
{
    TransactionHeader header;
    header.expiration = kLater;
    const EsrRequest request = parsed(kMultiChain);
    const auto made = resolve(request, level("foo@active"), {}, header);
    QVERIFY(made.has_value());
    QCOMPARE(made->id(), u"b8e921a7b68d7309847e633d74963f25eb5a7d0b15b1aceb143723c234686a8d"_s);
    const EsrAnswer answer{.request = request,
        .chainId = kWax,
        .signer = level("foo@active"),
        .transaction = *made,
        .signatures = {kFirst}};
    QCOMPARE(callbackUrl(answer),
        u"myapp://login=1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4"_s);
    QVERIFY(parsed(payload(answer)[u"req"_s].toString()) == request);
}

void TestEsrResolve::thePayload()
{
    EsrRequest request = parsed(kTransfer);
    request.background = false;
    request.callback = u"https://x.example/?{{sig}}&{{sig0}}&{{nothing}}"_s;
    const auto made = resolve(request, level("foo@active"), tokenAbis(),
        {.expiration = kLater, .refBlockNum = 65535, .refBlockPrefix = 4294967295});
    QVERIFY(made.has_value());
    const EsrAnswer answer{.request = request,
        .chainId = kVaulta,
        .signer = level("foo@active"),
        .transaction = *made,
        .signatures = {kFirst, kSecond, kFirst},
        .blockNumber = 4294967295,
        .more = {{u"link_name"_s, u"Hatstand"_s}, {u"sa"_s, u"mallory"_s}}};
    const QJsonObject all = payload(answer);
    QVERIFY(parsed(all[u"req"_s].toString()) == request);
    QJsonObject rest = all;
    rest.remove(u"req"_s);
    const QJsonObject expected{{u"sig"_s, kFirst}, {u"sig0"_s, kSecond}, {u"sig1"_s, kFirst},
        {u"tx"_s, u"433bcf879c84cd8ecf4b793fc95d9970981d2d6269d49738d57a3d4b758e4915"_s},
        {u"rbn"_s, u"65535"_s}, {u"rid"_s, u"4294967295"_s}, {u"ex"_s, u"2020-07-10T08:40:20"_s},
        {u"sa"_s, u"foo"_s}, {u"sp"_s, u"active"_s}, {u"cid"_s, kVaulta}, {u"bn"_s, u"4294967295"_s},
        {u"link_name"_s, u"Hatstand"_s}};
    QCOMPARE(rest, expected);
    QCOMPARE(callbackUrl(answer), u"https://x.example/?"_s + kFirst + u'&' + kSecond + u'&');
}

void TestEsrResolve::theCallback_data()
{
    QTest::addColumn<QString>("callback");
    QTest::addColumn<QString>("url");
    const auto row = [](const char* callback, const QString& url) {
        QTest::newRow(callback) << QString::fromLatin1(callback) << url;
    };
    row("", QString());
    row("https://x.example/plain", u"https://x.example/plain"_s);
    row("https://x.example/?ex={{ex}}", u"https://x.example/?ex=1970-01-01T00:00:00"_s);
    row("https://x.example/?{{sa}}@{{sp}}", u"https://x.example/?foo@active"_s);
    row("https://x.example/?bn={{bn}}#", u"https://x.example/?bn=#"_s);
    row("https://x.example/?{{ sa }}{{SA}}{{}}{{sa}", u"https://x.example/?{{ sa }}{{SA}}{{}}{{sa}"_s);
    row("https://x.example/?{{{sa}}}", u"https://x.example/?{foo}"_s);
    row("https://x.example/?m={{more}}", u"https://x.example/?m=a%26b%3Dc%23%20%C3%A4%22"_s);
    row("https://x.example/?{{templated}}", u"https://x.example/?%7B%7Bsa%7D%7D"_s); // not filled in twice
}

void TestEsrResolve::theCallback()
{
    QFETCH(QString, callback);
    QFETCH(QString, url);
    EsrRequest request = parsed(kIdentity);
    request.callback = callback;
    const EsrAnswer answer{.request = request,
        .chainId = kVaulta,
        .signer = level("foo@active"),
        .transaction = {},
        .signatures = {},
        .more = {{u"more"_s, u"a&b=c# ä\""_s}, {u"templated"_s, u"{{sa}}"_s}}};
    QCOMPARE(callbackUrl(answer), url);
}

void TestEsrResolve::aCallbackThatWouldGrow()
{
    EsrRequest request = parsed(kIdentity);
    request.callback = u"https://x.example/?"_s + u"{{req}}"_s.repeated(500);
    QByteArray noise;
    for (quint32 i = 0; noise.size() < 60'000; ++i)
        noise += QByteArray::number(i * 2654435761U, 36);
    request.info = {{u"x"_s, noise}};
    const EsrAnswer answer{.request = request,
        .chainId = kVaulta,
        .signer = level("foo@active"),
        .transaction = {},
        .signatures = {}};
    QVERIFY(callbackUrl(answer).size() < 4 * kLongestRequest);
}

QTEST_GUILESS_MAIN(TestEsrResolve)
#include "tst_esr_resolve.moc"
