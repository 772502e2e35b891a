// SPDX-License-Identifier: MIT
#include "core/chain/ChainAnswers.h"
#include "tests/unit/ChainStand.h"

using namespace hatstand;
using namespace hatstand::chain;
using namespace hatstand::chain::test;
using hatstand::test::chainAccount;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray kGetAccount = "/v1/chain/get_account";
const QByteArray kSend = "/v1/chain/send_transaction";

ChainNode::Answer alice()
{
    return ChainNode::json(chainAccount(u"alice"_s, key(1), key(2)));
}

QByteArray with(QJsonObject account, const QString& field, const QJsonValue& value)
{
    account[field] = value;
    return QJsonDocument(account).toJson();
}

} // namespace

class TestChainFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anotherIsAskedInstead_data();
    void anotherIsAskedInstead();
    void oneThatIsDead();
    void oneOfAnotherChain();
    void allOfAnotherChain();
    void aFailingOneRests();
    void whenAllRestTheyAreTried();
    void everyFailureIsTold();
    void aHostThatNobodyNamed();
    void pushedThroughAnotherAfterSilence();
    void pushedWhoKnowsWhere();
    void notPushedAtAll();
    void tooLateAfterSilenceIsNoAnswer();
    void answersThatAreNone_data();
    void answersThatAreNone();
};

void TestChainFaults::anotherIsAskedInstead_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isSilent");
    const QByteArray whole = alice().body;
    QTest::newRow("500") << 500 << QByteArray("{}") << false;
    QTest::newRow("HTML") << 200 << QByteArray("<html><body>Please log in</body></html>") << false;
    QTest::newRow("HTML with 502") << 502 << QByteArray("<html>Bad Gateway</html>") << false;
    QTest::newRow("nothing") << 200 << QByteArray() << false;
    QTest::newRow("cut off") << 200 << whole.left(whole.size() / 2) << false;
    QTest::newRow("another account") << 200 << ChainNode::json(chainAccount(u"bob"_s, key(1), key(2))).body
                                     << false;
    QTest::newRow("huge") << 200 << whole + QByteArray(200'000, ' ') << false;
    QTest::newRow("silent") << 200 << QByteArray() << true;
    QTest::newRow("too busy") << 429 << ChainNode::error(0, u"unknown key (x): alice"_s, 429).body << false;
    QTest::newRow("redirect") << 307 << QByteArray() << false;
    QTest::newRow("not found") << 404 << ChainNode::error(0, u"Not Found"_s, 404).body << false;
}
void TestChainFaults::anotherIsAskedInstead()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isSilent);
    ChainNode bad(kChain);
    ChainNode good(kChain);
    bad.set(kGetAccount, {.status = status, .body = body, .isSilent = isSilent});
    good.set(kGetAccount, alice());
    ChainStand stand({bad.url(), good.url()}, {.bytes = 100'000, .time = 1s});
    const auto account = stand.account(u"alice"_s);
    QVERIFY2(account.has_value(), qPrintable(account ? QString() : account.error().detail));
    QCOMPARE(account->name, u"alice"_s);
    QCOMPARE(bad.count(kGetAccount), 1);
}

void TestChainFaults::oneThatIsDead()
{
    QString dead;
    {
        ChainNode node(kChain);
        dead = node.url();
    }
    ChainNode good(kChain);
    good.set(kGetAccount, alice());
    ChainStand stand({dead, good.url()});
    QVERIFY(stand.account(u"alice"_s));
}

void TestChainFaults::oneOfAnotherChain()
{
    ChainNode other(kOther);
    ChainNode good(kChain);
    other.set(kGetAccount, ChainNode::json(chainAccount(u"alice"_s, key(9), key(9))));
    good.set(kGetAccount, alice());
    ChainStand stand({other.url(), good.url()});
    QVERIFY(stand.account(u"alice"_s)->permission(u"active"_s)->isEnough(key(2)));
    QCOMPARE(other.countOthers(), 0); // it never heard of the account
}

void TestChainFaults::allOfAnotherChain()
{
    ChainNode other(kOther);
    ChainStand stand({other.url()});
    for (const Error& error : {stand.info().error(), stand.account(u"alice"_s).error()}) {
        QCOMPARE(error.code, ErrorCode::Network);
        QCOMPARE(error.why, Why::OtherChain);
        QCOMPARE(error.detail, u"127.0.0.1"_s);
    }
}

void TestChainFaults::aFailingOneRests()
{
    ChainNode bad(kChain);
    ChainNode good(kChain);
    bad.set(kGetAccount, {.status = 500});
    good.set(kGetAccount, alice());
    ChainStand stand({bad.url(), good.url()});
    QVERIFY(stand.account(u"alice"_s));
    QVERIFY(stand.account(u"alice"_s));
    QCOMPARE(bad.count(kGetAccount), 1);
    QCOMPARE(good.count(kGetAccount), 2);
    stand.clock.time = stand.clock.time.addSecs(61);
    bad.set(kGetAccount, alice());
    QVERIFY(stand.account(u"alice"_s));
    QCOMPARE(bad.count(kGetAccount), 2); // the preferred one again
    QCOMPARE(good.count(kGetAccount), 2);
}

void TestChainFaults::whenAllRestTheyAreTried()
{
    ChainNode node(kChain);
    node.set(kGetAccount, {.status = 500});
    ChainStand stand({node.url()});
    QCOMPARE(stand.account(u"alice"_s).error().code, ErrorCode::Network);
    node.set(kGetAccount, alice());
    QVERIFY(stand.account(u"alice"_s));
}

void TestChainFaults::everyFailureIsTold()
{
    ChainNode broken(kChain);
    ChainNode silent(kChain);
    ChainNode other(kOther);
    broken.set(kGetAccount, {.status = 500});
    silent.set(kGetAccount, {.isSilent = true});
    ChainStand stand({broken.url(), silent.url(), other.url()}, {.time = 1s});
    const Error error = stand.account(u"alice"_s).error();
    QCOMPARE(error.code, ErrorCode::Network);
    QCOMPARE(error.why, Why::Unsaid);
    QCOMPARE(error.detail.count("127.0.0.1"_L1), 3);
    QVERIFY2(error.detail.contains("HTTP 500"_L1), qPrintable(error.detail));
}

void TestChainFaults::aHostThatNobodyNamed()
{
    ChainNode node(kChain);
    node.set(kGetAccount, alice());
    ChainStand stand({node.url()});
    stand.client.setPolicy({});
    QVERIFY(stand.account(u"alice"_s)); // the chain is the person's own, and so are its addresses
    auto bundled = QJsonObject{{u"id"_s, kChain}, {u"alias"_s, u"mine"_s}, {u"name"_s, u"Mine"_s},
        {u"endpoints"_s, QJsonArray{u"https://127.0.0.1:1"_s}}};
    stand.chains = *antelope::Chains::fromJson(
        QJsonDocument(QJsonObject{{u"chains"_s, QJsonArray{bundled}}}).toJson());
    QCOMPARE(stand.account(u"alice"_s).error().why, Why::AddressRefused);
}

/// The first one took it and went away; the second has it from the first.
void TestChainFaults::pushedThroughAnotherAfterSilence()
{
    ChainNode silent(kChain);
    ChainNode good(kChain);
    silent.set(kSend, {.hangsUp = true});
    good.set(kSend, ChainNode::error(3040008, u"duplicate transaction"_s, 409));
    ChainStand stand({silent.url(), good.url()});
    const auto transaction = someTransaction();
    const auto pushed = stand.push(transaction);
    QVERIFY2(pushed.has_value(), qPrintable(pushed ? QString() : pushed.error().detail));
    QCOMPARE(pushed->transactionId, transaction.id());
    QCOMPARE(silent.bodies.last(), good.bodies.last());
}

void TestChainFaults::pushedWhoKnowsWhere()
{
    ChainNode silent(kChain);
    ChainNode gateway(kChain);
    silent.set(kSend, {.isSilent = true});
    gateway.set(kSend, {.status = 504, .body = "<html>Gateway Timeout</html>"});
    for (ChainNode* node : {&silent, &gateway}) {
        ChainStand stand({node->url()}, {.time = 1s});
        const auto pushed = stand.push(someTransaction());
        QCOMPARE(pushed.error().code, ErrorCode::Network);
        QCOMPARE(pushed.error().why, Why::MayStillHappen);
    }
}

void TestChainFaults::notPushedAtAll()
{
    ChainNode other(kOther);
    ChainNode none(kChain); // without the API
    ChainNode busy(kChain);
    busy.set(kSend, {.status = 429});
    ChainStand stand({other.url(), none.url(), busy.url()});
    const auto pushed = stand.push(someTransaction());
    QCOMPARE(pushed.error().code, ErrorCode::Network);
    QCOMPARE(pushed.error().why, Why::Unsaid);
}

void TestChainFaults::tooLateAfterSilenceIsNoAnswer()
{
    ChainNode silent(kChain);
    ChainNode late(kChain);
    silent.set(kSend, {.isSilent = true});
    late.set(kSend, ChainNode::error(3040005, u"expired transaction"_s));
    ChainStand stand({silent.url(), late.url()}, {.time = 1s});
    QCOMPARE(stand.push(someTransaction()).error().why, Why::MayStillHappen);
}

void TestChainFaults::answersThatAreNone_data()
{
    const QJsonObject good = chainAccount(u"alice"_s, key(1), key(2));
    const auto authority = [](const QJsonValue& threshold, const QJsonValue& keys) {
        return QJsonArray{QJsonObject{{u"perm_name"_s, u"active"_s}, {u"parent"_s, u"owner"_s},
            {u"required_auth"_s, QJsonObject{{u"threshold"_s, threshold}, {u"keys"_s, keys}}}}};
    };
    const auto keys = [](const QJsonValue& name, const QJsonValue& weight) {
        return QJsonArray{QJsonObject{{u"key"_s, name}, {u"weight"_s, weight}}};
    };
    const QString permissions = u"permissions"_s;
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("whole") << QJsonDocument(good).toJson() << true;
    QTest::newRow("numbers as text") << with(good, permissions, authority(u"1"_s, keys(key(1), u"1"_s)))
                                     << true;
    QTest::newRow("huge numbers") << with(good, u"ram_quota"_s, u"18446744073709551615"_s) << true;
    QTest::newRow("balance is a number") << with(good, u"core_liquid_balance"_s, 1e300) << true;
    QTest::newRow("no permissions") << with(good, permissions, QJsonValue()) << false;
    QTest::newRow("permissions are text") << with(good, permissions, u"active"_s) << false;
    QTest::newRow("threshold 0") << with(good, permissions, authority(0, keys(key(1), 1))) << false;
    QTest::newRow("threshold -1") << with(good, permissions, authority(-1, keys(key(1), 1))) << false;
    QTest::newRow("threshold 1e30") << with(good, permissions, authority(1e30, keys(key(1), 1))) << false;
    QTest::newRow("threshold 0.5") << with(good, permissions, authority(0.5, keys(key(1), 1))) << false;
    QTest::newRow("weight 65536") << with(good, permissions, authority(1, keys(key(1), 65536))) << false;
    QTest::newRow("key is a number") << with(good, permissions, authority(1, keys(1, 1))) << false;
    QTest::newRow("key is markup") << with(good, permissions, authority(1, keys(u"<b>"_s, 1))) << false;
    QTest::newRow("keys are none") << with(good, permissions, authority(1, u"none"_s)) << false;
    QTest::newRow("a list") << QByteArray("[]") << false;
    QTest::newRow("null") << QByteArray("null") << false;
    QTest::newRow("deep") << QByteArray(100'000, '[') << false;
}
void TestChainFaults::answersThatAreNone()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isTaken);
    QCOMPARE(parseAccount(json, u"alice"_s).has_value(), isTaken);
}

QTEST_GUILESS_MAIN(TestChainFaults)
#include "tst_chain_faults.moc"
