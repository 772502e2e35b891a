// SPDX-License-Identifier: MIT
#include "core/antelope/Keys.h"
#include "core/antelope/Transaction.h"
#include "tests/unit/EsrStand.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

namespace {

Transaction withActions(qsizetype count)
{
    Transaction made;
    made.actions.resize(count);
    return made;
}

Transaction whole()
{
    Transaction made;
    made.header = {.expiration = 1,
        .refBlockNum = 2,
        .refBlockPrefix = 3,
        .maxNetUsageWords = 300,
        .maxCpuUsageMs = 5,
        .delaySec = 600};
    made.contextFreeActions = {Action{name("free"), name("act"), {}, {}}};
    made.actions
        = {Action{name("eosio.token"), name("transfer"), {level("alice@active"), level("bob@owner")}, "xy"}};
    made.extensions = {TransactionExtension{7, "ext"}};
    return made;
}

} // namespace

class TestTransaction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void idAndDigestOfATransfer();
    void idOfATransferNobodyAuthorises();
    void comesBackAsItWas();
    void everyCutIsNoticed();
    void limits();
    void sizesBeyondTheData_data();
    void sizesBeyondTheData();
    void chainsThatAreNone();
    void references();
    void whoAuthorises();
    void asNodesWriteIt();
};

void TestTransaction::idAndDigestOfATransfer()
{
    Transaction transaction;
    transaction.actions = {Action{name("eosio.token"), name("transfer"), {level("corecorecore@active")},
        fromHex("a02e45ea52a42e4580b1915e5d268dcaba0100000000000004454f530000000019656f73696f2d636f7265206973"
                "207468"
                "652062657374203c33")}};
    QCOMPARE(transaction.id(), u"3b443cd94acf539d688ccd0cfdc921cbfaf999199041ca83aab325abfa2469dc"_s);
    const auto digest
        = transaction.digest(u"2a02a0053e5a8cf73a56ba0fda11e4d92e0238a4a2aa74fccf46d5a910746840"_s);
    QVERIFY(digest.has_value());
    QCOMPARE(codec::toHex(*digest), u"59fa6b615e3ce1b539ae27bc2398448c1374d2d3c97fe2bbba2c37c118631848"_s);
    const auto key = recover(
        u"SIG_K1_KV1R5dpRH5dtqFZnk5DgRnT5fk7GRmwUzAGzfWA6syDjRmRVdfpD3GcrczA8zbnHTXVEa7aGhLsC5NRqiv84eHhVrci5RJ"_s,
        *digest);
    QVERIFY(key.has_value());
    QCOMPARE(key->text(), u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s);
}

void TestTransaction::idOfATransferNobodyAuthorises()
{
    Transaction transaction;
    transaction.actions = {Action{name("eosio.token"), name("transfer"), {},
        tokenAbi()
            .encode(u"transfer"_s,
                QJsonObject{{u"from"_s, u"foo"_s}, {u"to"_s, u"bar"_s}, {u"quantity"_s, u"1.0000 EOS"_s},
                    {u"memo"_s, u"hello"_s}})
            .value()}};
    QCOMPARE(transaction.id(), u"97b4d267ce0e0bd6c78c52f85a27031bd16def0920703ca3b72c28c2c5a1a79b"_s);
}

void TestTransaction::comesBackAsItWas()
{
    const QByteArray packed = whole().pack();
    const auto again = Transaction::unpack(bytesOf(packed));
    QVERIFY(again.has_value());
    QVERIFY(*again == whole());
    QCOMPARE(again->pack(), packed);
}

void TestTransaction::everyCutIsNoticed()
{
    const QByteArray packed = whole().pack();
    for (qsizetype size = 0; size < packed.size(); ++size)
        QCOMPARE(Transaction::unpack(bytesOf(packed.first(size))).error().why, Why::Malformed);
    QCOMPARE(Transaction::unpack(bytesOf(packed + '\0')).error().why, Why::TrailingBytes);
}

void TestTransaction::limits()
{
    QVERIFY(Transaction::unpack(bytesOf(withActions(kMostActions).pack())).has_value());
    QCOMPARE(Transaction::unpack(bytesOf(withActions(kMostActions + 1).pack())).error().why, Why::Malformed);
    Transaction many = withActions(1);
    for (qsizetype i = 0; i < kMostAuthorizations; ++i)
        many.actions[0].authorization += level("alice@active");
    QVERIFY(Transaction::unpack(bytesOf(many.pack())).has_value());
    many.actions[0].authorization += level("alice@active");
    QCOMPARE(Transaction::unpack(bytesOf(many.pack())).error().why, Why::Malformed);
    Transaction large = withActions(1);
    large.actions[0].data = QByteArray(kLargestTransaction, 'x');
    const auto tooLarge = Transaction::unpack(bytesOf(large.pack()));
    QCOMPARE(tooLarge.error().why, Why::TooLarge);
    QCOMPARE(tooLarge.error().want, qint64{kLargestTransaction});
    large.actions[0].data.chop(100);
    QVERIFY(Transaction::unpack(bytesOf(large.pack())).has_value());
}

void TestTransaction::sizesBeyondTheData_data()
{
    QTest::addColumn<QByteArray>("packed");
    const QByteArray header(13, '\0');
    const QByteArray size = fromHex("ffffffff0f");
    const QByteArray two(16, '\0'); // of a contract and its action
    QTest::newRow("context-free actions") << header + size;
    QTest::newRow("actions") << header + '\0' + size;
    QTest::newRow("authorisations") << header + fromHex("0001") + two + size;
    QTest::newRow("data") << header + fromHex("0001") + two + '\0' + size;
    QTest::newRow("extensions") << header + fromHex("0000") + size;
    QTest::newRow("data of an extension") << header + fromHex("0000010000") + size;
}

void TestTransaction::sizesBeyondTheData()
{
    QFETCH(QByteArray, packed);
    QCOMPARE(Transaction::unpack(bytesOf(packed)).error().why, Why::Malformed);
}

void TestTransaction::chainsThatAreNone()
{
    for (const QString& chain : {QString(), u"wax"_s, kWax.chopped(2), kWax + u"00"_s, QString(64, u'g')})
        QCOMPARE(whole().digest(chain).error().code, ErrorCode::UnknownChain);
    QVERIFY(*whole().digest(kWax) != *whole().digest(kVaulta));
}

void TestTransaction::references()
{
    TransactionHeader header{.expiration = 9};
    const QString id = u"048865fb643bca3b644647177f0cf363f7956794d0a7ec3bc6d29d93d9637308"_s;
    QVERIFY(setReference(header, id).has_value());
    QCOMPARE(header.refBlockNum, quint16{0x65fb});
    QCOMPARE(header.refBlockPrefix, 0x17474664U);
    QCOMPARE(header.expiration, 9U);
    const TransactionHeader before = header;
    for (const QString& bad : {QString(), u"0488"_s, id + u"00"_s, QString(64, u'x')})
        QCOMPARE(setReference(header, bad).error().why, Why::NotThisForm);
    QVERIFY(header == before);
}

void TestTransaction::whoAuthorises()
{
    QVERIFY(whole().isAuthorisedBy(level("alice@active")));
    QVERIFY(whole().isAuthorisedBy(level("bob@owner")));
    QVERIFY(!whole().isAuthorisedBy(level("bob@active")));
    QVERIFY(!whole().isAuthorisedBy(level("active@alice")));
    QVERIFY(!Transaction().isAuthorisedBy(level("alice@active")));
}

void TestTransaction::asNodesWriteIt()
{
    const QJsonObject json = toJson(whole());
    QCOMPARE(json[u"expiration"_s].toString(), u"1970-01-01T00:00:01"_s);
    QCOMPARE(json[u"ref_block_num"_s].toInt(), 2);
    QCOMPARE(json[u"delay_sec"_s].toInt(), 600);
    const QJsonObject action = json[u"actions"_s][0].toObject();
    QCOMPARE(action[u"account"_s].toString(), u"eosio.token"_s);
    QCOMPARE(action[u"data"_s].toString(), u"7879"_s);
    QCOMPARE(action[u"authorization"_s][1].toObject(),
        (QJsonObject{{u"actor"_s, u"bob"_s}, {u"permission"_s, u"owner"_s}}));
    QCOMPARE(json[u"context_free_actions"_s].toArray().size(), 1);
    QCOMPARE(json[u"transaction_extensions"_s][0], QJsonValue(QJsonArray{7, u"657874"_s}));
}

QTEST_GUILESS_MAIN(TestTransaction)
#include "tst_transaction.moc"
