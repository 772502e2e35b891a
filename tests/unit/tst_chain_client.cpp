// SPDX-License-Identifier: MIT
#include "tests/unit/ChainStand.h"

using namespace hatstand;
using namespace hatstand::chain;
using namespace hatstand::chain::test;
using hatstand::test::chainAccount;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray kGetAccount = "/v1/chain/get_account";
const QByteArray kGetRawAbi = "/v1/chain/get_raw_abi";
const QByteArray kGetAbi = "/v1/chain/get_abi";
const QByteArray kAuthorizers = "/v1/chain/get_accounts_by_authorizers";
const QByteArray kHistory = "/v1/history/get_key_accounts";
const QByteArray kSend = "/v1/chain/send_transaction";
const QByteArray kPush = "/v1/chain/push_transaction";

QJsonObject authorizer(const QString& account, const QString& key, int weight, int threshold)
{
    return {{u"account_name"_s, account}, {u"permission_name"_s, u"active"_s}, {u"authorizing_key"_s, key},
        {u"weight"_s, weight}, {u"threshold"_s, threshold}};
}

/// "eosio::abi/1.1" and nothing in it, packed.
QByteArray emptyAbi()
{
    return QByteArray("\x0e") + "eosio::abi/1.1" + QByteArray(7, '\0');
}

QStringList levels(const Result<QList<ChainClient::Controlled>>& found)
{
    QStringList list;
    for (const auto& each : found.value_or(QList<ChainClient::Controlled>()))
        list += each.level + (each.isEnough ? u" alone"_s : u""_s);
    return list;
}

} // namespace

class TestChainClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsOfAChain();
    void aChainThatIsNotKnown();
    void tellsOfAnAccount();
    void anAccountThatIsNotThere_data();
    void anAccountThatIsNotThere();
    void aBalanceOfAnotherContract();
    void aBalanceThatNobodyTells();
    void comparesTheChainOnceInAWhile();
    void accountsOfAKey();
    void accountsOfAKeyByHistory();
    void accountsOfAKeyByHyperion();
    void abiOfAContract_data();
    void abiOfAContract();
    void abiIsAskedForOnce();
    void aContractWithoutAbi();
    void pushes();
    void pushesTheOldWay();
    void refusals_data();
    void refusals();
    void checksAnAddress();
    void tellsANodeNothingOfUs();
    void droppedWithItsContext();

private:
    Result<QList<ChainClient::Controlled>> accountsOf(ChainStand& stand, const QString& key)
    {
        return stand.answerTo<QList<ChainClient::Controlled>>([&](QObject* context, const auto& done) {
            stand.client.accountsOf(kChain, key, u"a"_s, context, done);
        });
    }
    Result<antelope::Abi> abi(ChainStand& stand)
    {
        return stand.answerTo<antelope::Abi>([&](QObject* context, const auto& done) {
            stand.client.abi(kChain, *antelope::Name::parse(u"eosio.token"_s), u"a"_s, context, done);
        });
    }
};

void TestChainClient::tellsOfAChain()
{
    ChainNode node(kChain);
    ChainStand stand({node.url()});
    const auto info = stand.info();
    QVERIFY(info.has_value());
    QCOMPARE(info->chainId, kChain);
    QCOMPARE(info->headBlock, 70U);
    QCOMPARE(info->headTime, QDateTime(QDate(2026, 5, 3), QTime(12, 0, 0, 500), Qt::UTC));
    QCOMPARE(info->lastIrreversible, 64U);
    QCOMPARE(node.asked, QByteArrayList{"/v1/chain/get_info"}); // and not compared first by another one
}

void TestChainClient::aChainThatIsNotKnown()
{
    ChainStand stand({});
    QCOMPARE(stand.info(kOther).error().code, ErrorCode::UnknownChain);
    QCOMPARE(stand.info().error().code, ErrorCode::Network); // known, without an endpoint
}

void TestChainClient::tellsOfAnAccount()
{
    ChainNode node(kChain);
    node.set(kGetAccount, ChainNode::json(chainAccount(u"alice"_s, legacyKey(1), key(2))));
    ChainStand stand({node.url()});
    const auto account = stand.account(u"alice"_s);
    QVERIFY2(account.has_value(), qPrintable(account ? QString() : account.error().detail));
    QCOMPARE(node.bodies.last(), (QJsonObject{{u"account_name"_s, u"alice"_s}}));
    QCOMPARE(account->balance, u"12.5000 EOS"_s);
    QCOMPARE(account->cpu, (Resource{.used = 10, .available = 100}));
    QCOMPARE(account->net, (Resource{.used = 20, .available = -1}));
    QCOMPARE(account->ram, (Resource{.used = 3000, .available = 8000}));
    const Permission* owner = account->permission(u"owner"_s);
    QVERIFY(owner && owner->parent.isEmpty() && !account->permission(u"other"_s));
    QCOMPARE(owner->keys.at(0).key, key(1)); // in its one form
    QVERIFY(owner->isEnough(legacyKey(1)) && owner->isEnough(key(1)) && !owner->isEnough(key(2)));
    QVERIFY(!owner->isEnough(QString()));
}

void TestChainClient::anAccountThatIsNotThere_data()
{
    QTest::addColumn<qint64>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("as Leap says it") << qint64{3060002} << u"unable to retrieve account info"_s;
    QTest::newRow("as older ones do") << qint64{0} << u"unknown key (eosio::chain::name): bob"_s;
}
void TestChainClient::anAccountThatIsNotThere()
{
    QFETCH(qint64, code);
    QFETCH(QString, message);
    ChainNode node(kChain);
    node.set(kGetAccount, ChainNode::error(code, message));
    ChainStand stand({node.url()});
    const auto account = stand.account(u"bob"_s);
    QCOMPARE(account.error().code, ErrorCode::NotFound);
    QCOMPARE(account.error().why, Why::NoSuchAccount);
    QCOMPARE(account.error().detail, u"bob"_s);
    QCOMPARE(stand.account(u"NOT A NAME"_s).error().why, Why::NoSuchAccount);
    QCOMPARE(node.count(kGetAccount), 1);
}

void TestChainClient::aBalanceOfAnotherContract()
{
    ChainNode node(kChain);
    node.set(kGetAccount, ChainNode::json(chainAccount(u"alice"_s, key(1), key(2))));
    node.set("/v1/chain/get_currency_balance", {.body = R"(["3.0000 A"])"});
    ChainStand stand({});
    antelope::Chain chain = *stand.chains.byId(kChain);
    QVERIFY(stand.chains.remove(kChain));
    chain.endpoints = QStringList{node.url()};
    chain.token = u"4,A"_s;
    chain.tokenContract = u"core.vaulta"_s;
    QVERIFY(stand.chains.add(chain));
    QCOMPARE(stand.account(u"alice"_s)->balance, u"3.0000 A"_s);
    QCOMPARE(node.bodies.last(),
        (QJsonObject{{u"code"_s, u"core.vaulta"_s}, {u"account"_s, u"alice"_s}, {u"symbol"_s, u"A"_s}}));
    node.set("/v1/chain/get_currency_balance", {.body = "[]"});
    QCOMPARE(stand.account(u"alice"_s)->balance, u"0.0000 A"_s);
}

void TestChainClient::aBalanceThatNobodyTells()
{
    ChainNode node(kChain);
    QJsonObject account = chainAccount(u"alice"_s, key(1), key(2));
    account.remove(u"core_liquid_balance"_s);
    node.set(kGetAccount, ChainNode::json(account));
    node.set("/v1/chain/get_currency_balance", {.body = R"(["<b>1</b> EOS"])"});
    ChainStand stand({node.url()});
    const auto told = stand.account(u"alice"_s);
    QVERIFY(told.has_value());
    QVERIFY(told->balance.isEmpty());
    QCOMPARE(told->permissions.size(), 2);
}

void TestChainClient::comparesTheChainOnceInAWhile()
{
    ChainNode node(kChain);
    node.set(kGetAccount, ChainNode::json(chainAccount(u"alice"_s, key(1), key(2))));
    ChainStand stand({node.url()});
    QVERIFY(stand.account(u"alice"_s));
    QVERIFY(stand.account(u"alice"_s));
    QCOMPARE(node.count("/v1/chain/get_info"), 1);
    stand.clock.time = stand.clock.time.addSecs(11 * 60);
    node.chainId = kOther;
    QCOMPARE(stand.account(u"alice"_s).error().why, Why::OtherChain);
    QCOMPARE(node.count(kGetAccount), 2);
}

void TestChainClient::accountsOfAKey()
{
    ChainNode node(kChain);
    const QJsonArray accounts{authorizer(u"alice"_s, legacyKey(1), 1, 1), authorizer(u"bob"_s, key(1), 1, 2),
        authorizer(u"mallory"_s, key(2), 1, 1)};
    node.set(kAuthorizers, ChainNode::json({{u"accounts"_s, accounts}}));
    ChainStand stand({node.url()});
    QCOMPARE(
        levels(accountsOf(stand, legacyKey(1))), (QStringList{u"alice@active alone"_s, u"bob@active"_s}));
    QCOMPARE(node.bodies.last().value("keys"_L1).toArray(), QJsonArray{key(1)});
    QCOMPARE(accountsOf(stand, u"PUB_K1_no"_s).error().why, Why::NotThisForm);
}

/// An older node: names alone, so the accounts are asked.
void TestChainClient::accountsOfAKeyByHistory()
{
    ChainNode node(kChain);
    node.set(kAuthorizers, ChainNode::error(3060004, u"Account Queries being accessed when not enabled"_s));
    node.set(kHistory, ChainNode::json({{u"account_names"_s, QJsonArray{u"alice"_s, u"gone"_s}}}));
    node.answers[kGetAccount] = [](const QJsonObject& asked) {
        return asked["account_name"_L1] == "alice"_L1
            ? ChainNode::json(chainAccount(u"alice"_s, key(1), legacyKey(1)))
            : ChainNode::error(0, u"unknown key (eosio::chain::name): gone"_s);
    };
    ChainStand stand({node.url()});
    QCOMPARE(
        levels(accountsOf(stand, key(1))), (QStringList{u"alice@active alone"_s, u"alice@owner alone"_s}));
}

void TestChainClient::accountsOfAKeyByHyperion()
{
    ChainNode node(kChain);
    const QJsonObject permission{{u"owner"_s, u"alice"_s}, {u"name"_s, u"posting"_s},
        {u"auth"_s,
            QJsonObject{{u"threshold"_s, 2},
                {u"keys"_s, QJsonArray{QJsonObject{{u"key"_s, legacyKey(1)}, {u"weight"_s, 1}}}},
                {u"accounts"_s, QJsonArray()}}}};
    node.set("/v2/state/get_key_accounts?public_key=" + key(1).toLatin1(),
        ChainNode::json(
            {{u"account_names"_s, QJsonArray{u"alice"_s}}, {u"permissions"_s, QJsonArray{permission}}}));
    ChainStand stand({node.url()});
    QCOMPARE(levels(accountsOf(stand, key(1))), QStringList{u"alice@posting"_s});
}

void TestChainClient::abiOfAContract_data()
{
    QTest::addColumn<QByteArray>("raw");
    const QByteArray whole = emptyAbi().toBase64();
    QVERIFY(whole.endsWith('='));
    QTest::newRow("padded") << whole;
    QTest::newRow("without padding") << emptyAbi().toBase64(QByteArray::OmitTrailingEquals);
    QTest::newRow("one sign too many") << whole + '=';
    QTest::newRow("by the other API") << QByteArray();
}
void TestChainClient::abiOfAContract()
{
    QFETCH(QByteArray, raw);
    ChainNode node(kChain);
    if (raw.isEmpty()) {
        node.set(kGetAbi,
            ChainNode::json({{u"account_name"_s, u"eosio.token"_s},
                {u"abi"_s, QJsonObject{{u"version"_s, u"eosio::abi/1.1"_s}, {u"structs"_s, QJsonArray()}}}}));
    } else {
        node.set(kGetRawAbi,
            ChainNode::json({{u"account_name"_s, u"eosio.token"_s}, {u"abi"_s, QString::fromLatin1(raw)}}));
    }
    ChainStand stand({node.url()});
    const auto found = abi(stand);
    QVERIFY2(found.has_value(), qPrintable(found ? QString() : found.error().detail));
    QVERIFY(!found->hasType(u"transfer"_s) && found->hasType(u"name"_s));
}

void TestChainClient::abiIsAskedForOnce()
{
    ChainNode node(kChain);
    QString hash;
    node.answers[kGetRawAbi] = [&hash](const QJsonObject& asked) {
        hash = asked["abi_hash"_L1].toString();
        QJsonObject answer{{u"account_name"_s, u"eosio.token"_s}, {u"abi_hash"_s, hash}};
        if (hash.isEmpty())
            answer[u"abi"_s] = QString::fromLatin1(emptyAbi().toBase64());
        return ChainNode::json(answer);
    };
    ChainStand stand({node.url()});
    QVERIFY(abi(stand));
    QVERIFY(abi(stand));
    QCOMPARE(node.count(kGetRawAbi), 1);
    stand.clock.time = stand.clock.time.addSecs(6 * 60);
    QVERIFY(abi(stand)); // the node leaves it out, since it is still the same
    QCOMPARE(node.count(kGetRawAbi), 2);
    QCOMPARE(hash.size(), 64);
}

void TestChainClient::aContractWithoutAbi()
{
    ChainNode node(kChain);
    node.set(kGetRawAbi, ChainNode::json({{u"account_name"_s, u"eosio.token"_s}, {u"abi"_s, u""_s}}));
    ChainStand stand({node.url()});
    const auto none = abi(stand);
    QCOMPARE(none.error().code, ErrorCode::Network);
    QCOMPARE(none.error().why, Why::NoAbi);
    QCOMPARE(none.error().detail, u"eosio.token"_s);
    node.set(kGetRawAbi, ChainNode::json({{u"account_name"_s, u"eosio.token"_s}, {u"abi"_s, u"AAAA"_s}}));
    node.set(kGetAbi,
        ChainNode::json({{u"account_name"_s, u"eosio.token"_s}, {u"abi"_s, QJsonObject{{u"structs"_s, 1}}}}));
    QCOMPARE(abi(stand).error().why, Why::NoAbi); // one that can't be read is none
    node.set(kGetRawAbi, ChainNode::error(0, u"unknown key (eosio::chain::name): eosio.token"_s));
    QCOMPARE(abi(stand).error().why, Why::NoAbi);
}

void TestChainClient::pushes()
{
    ChainNode node(kChain);
    const auto transaction = someTransaction();
    node.set(kSend,
        ChainNode::json(
            {{u"transaction_id"_s, transaction.id()}, {u"processed"_s, QJsonObject{{u"block_num"_s, 71}}}},
            202));
    ChainStand stand({node.url()});
    const auto pushed = stand.push(transaction);
    QVERIFY(pushed.has_value());
    QCOMPARE(pushed->transactionId, transaction.id());
    QCOMPARE(pushed->blockNumber, 71U);
    const QJsonObject sent = node.bodies.last();
    QCOMPARE(sent["signatures"_L1].toArray(), QJsonArray{u"SIG_K1_x"_s});
    QCOMPARE(sent["packed_trx"_L1].toString(), QString::fromLatin1(transaction.pack().toHex()));
    QCOMPARE(sent["packed_context_free_data"_L1].toString(), u""_s);
    QCOMPARE(sent["compression"_L1].toInt(-1), 0);
}

void TestChainClient::pushesTheOldWay()
{
    ChainNode node(kChain);
    const QString id = someTransaction().id();
    node.set(kPush, ChainNode::json({{u"transaction_id"_s, id}}, 202));
    ChainStand stand({node.url()});
    const auto pushed = stand.push(someTransaction());
    QVERIFY(pushed.has_value());
    QCOMPARE(pushed->transactionId, id);
    QVERIFY(!pushed->blockNumber);
    QCOMPARE(node.bodies.at(1), node.bodies.at(2));
}

void TestChainClient::refusals_data()
{
    QTest::addColumn<qint64>("code");
    QTest::addColumn<QString>("message");
    QTest::addColumn<ErrorCode>("becomes");
    QTest::addColumn<Why>("why");
    QTest::addColumn<QString>("detail");
    const QString overdrawn = u"assertion failure with message: overdrawn balance"_s;
    QTest::newRow("no") << qint64{3050003} << overdrawn << ErrorCode::Failed << Why::RefusedByChain
                        << overdrawn;
    QTest::newRow("too late") << qint64{3040005} << u"expired transaction"_s << ErrorCode::Expired
                              << Why::RequestExpired << u"expired transaction"_s;
    QTest::newRow("not one line") << qint64{3050003} << u"a\n\x1b[2J\u202e\r\tb\0c"_s << ErrorCode::Failed
                                  << Why::RefusedByChain << u"a [2J b c"_s;
    QTest::newRow("long") << qint64{3050003} << QString(5000, u'x') << ErrorCode::Failed
                          << Why::RefusedByChain << QString(399, u'x') + u'…';
    QTest::newRow("nothing said") << qint64{3050003} << u""_s << ErrorCode::Failed << Why::RefusedByChain
                                  << u"Some Exception"_s;
}
void TestChainClient::refusals()
{
    QFETCH(qint64, code);
    QFETCH(QString, message);
    QFETCH(ErrorCode, becomes);
    QFETCH(Why, why);
    QFETCH(QString, detail);
    ChainNode node(kChain);
    ChainNode second(kChain);
    node.set(kSend, ChainNode::error(code, message));
    ChainStand stand({node.url(), second.url()});
    const auto pushed = stand.push(someTransaction());
    QCOMPARE(pushed.error().code, becomes);
    QCOMPARE(pushed.error().why, why);
    QCOMPARE(pushed.error().detail, detail);
    QVERIFY(second.asked.isEmpty()); // a no is a no
}

void TestChainClient::checksAnAddress()
{
    ChainNode node(kChain);
    ChainStand stand({});
    stand.client.setPolicy({}); // whoever writes an address names its host
    const auto check = [&](const QString& url, const QString& chain) {
        return stand.answerTo<ChainInfo>(
            [&](QObject* context, const auto& done) { stand.client.check(url, chain, context, done); });
    };
    QVERIFY(check(node.url() + u'/', kChain));
    QCOMPARE(check(node.url(), kOther).error().why, Why::OtherChain);
    QCOMPARE(check(node.url(), kOther).error().detail, u"127.0.0.1"_s);
    QCOMPARE(check(u"ftp://127.0.0.1"_s, kChain).error().why, Why::BadEndpoint);
    node.set("/v1/chain/get_info", {.body = "<html>"});
    QCOMPARE(check(node.url(), kChain).error().code, ErrorCode::Network);
}

void TestChainClient::tellsANodeNothingOfUs()
{
    ChainNode node(kChain);
    ChainStand stand({node.url()});
    QVERIFY(stand.info());
    const QByteArray head = node.headers.value(0).toLower();
    QVERIFY(head.startsWith("post /v1/chain/get_info http/1.1\r\n"));
    QVERIFY(head.contains("\r\nuser-agent: hatstand\r\n"));
    QVERIFY(head.contains("\r\ncontent-type: application/json"));
    for (const char* header : {"cookie:", "authorization:", "referer:", "origin:", "accept-language: de"})
        QVERIFY2(!head.contains(header), head.constData());
}

void TestChainClient::droppedWithItsContext()
{
    ChainNode node(kChain);
    node.set(kGetAccount, {.isSilent = true});
    ChainStand stand({node.url()});
    auto context = std::make_unique<QObject>();
    bool isAnswered = false;
    stand.client.account(kChain, u"alice"_s, u"a"_s, context.get(), [&](const auto&) { isAnswered = true; });
    QTRY_COMPARE(node.count(kGetAccount), 1);
    context.reset();
    node.set(kGetAccount, ChainNode::json(chainAccount(u"alice"_s, key(1), key(2))));
    QVERIFY(stand.account(u"alice"_s)); // the client goes on
    QVERIFY(!isAnswered);
}

QTEST_GUILESS_MAIN(TestChainClient)
#include "tst_chain_client.moc"
