// SPDX-License-Identifier: MIT
// What a person reads of a transaction, and that the signature is over that very one.
#include "core/antelope/Keys.h"
#include "core/secrets/StoredSecret.h"
#include "core/signing/Accounts.h"
#include "core/signing/ChainWords.h"
#include "core/signing/NetworkFamilies.h"
#include "core/signing/RemoteSigner.h"
#include "core/signing/Signer.h"
#include "tests/support/FakePeople.h"
#include "tests/support/Stand.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace hatstand::signing;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

const QString kPvt = u"PVT_K1_2be6BwD56MHeVD4P95bRLdnP3oB3P4QRAXAsSKh4N8Xu6d4Aux"_s;
const QString kPub = u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s;

constexpr char kToken[] = R"({"version":"eosio::abi/1.1","structs":[
    {"name":"transfer","base":"","fields":[{"name":"from","type":"name"},{"name":"to","type":"name"},
        {"name":"quantity","type":"asset"},{"name":"memo","type":"string"}]},
    {"name":"odd","base":"","fields":[{"name":"when","type":"time_point_sec"},{"name":"who","type":"name?"},
        {"name":"list","type":"uint8[]"},{"name":"fine","type":"bool"}]}],
    "actions":[{"name":"transfer","type":"transfer"},{"name":"odd","type":"odd"}]})";

Chain wax()
{
    return *Chains::bundled().find(u"wax"_s);
}

PermissionLevel alice()
{
    return PermissionLevel::parse(u"alice@active"_s).value();
}

Action action(const QString& contract, const QString& name, const QJsonObject& data)
{
    const Abi abi = Abi::fromJson(kToken).value();
    return {
        Name::parse(contract).value(), Name::parse(name).value(), {alice()}, abi.encode(name, data).value()};
}

Action transfer(const QString& quantity, const QString& contract = u"eosio.token"_s,
    const QString& from = u"alice"_s, const QString& memo = {})
{
    return action(contract, u"transfer"_s,
        {{u"from"_s, from}, {u"to"_s, u"bob"_s}, {u"quantity"_s, quantity}, {u"memo"_s, memo}});
}

TransactionRequest requestFor(const QList<Action>& actions, const QString& balance = {})
{
    TransactionRequest request;
    request.transaction.header.expiration = 2'000'000'000;
    request.transaction.actions = actions;
    for (const Action& each : actions) {
        if (each.account.text() != "stranger"_L1 && each.account.text() != "eosio"_L1)
            request.abis.insert(each.account.value(), Abi::fromJson(kToken).value());
    }
    request.balance = balance;
    return request;
}

TransactionWords words(const QList<Action>& actions, const QString& balance = {})
{
    return describeTransaction(requestFor(actions, balance), wax(), alice());
}

/// A signer over a store with alice, whose key is kPvt.
class Desk : public Stand
{
public:
    Desk()
    {
        stop();
        std::vector<std::unique_ptr<session::Network>> families;
        families.push_back(makeAntelopeNetwork(Chains::bundled()));
        networks = std::make_unique<session::Networks>(std::move(families));
        start();
        signer = std::make_unique<LocalSigner>(sessions(), vault, keys, clock, Chains::bundled());
    }
    SessionId put(session::NewSession made)
    {
        SessionId id = made.id;
        sessions().add(std::move(made), [](const Result<session::Added>&) {});
        if (!sessions().find(id))
            qFatal("not added");
        vault.reads = 0;
        return id;
    }
    SessionId add()
    {
        return put(
            antelopeFromKey(wax(), u"alice@active"_s, SecretBuffer::copyOf(kPvt.toStdString())).value());
    }
    Result<QString> sign(const SessionId& id, const TransactionRequest& request)
    {
        std::optional<Result<QString>> answer;
        signer->signTransaction(
            id, request, person, passphrases, [&](Result<QString> result) { answer = std::move(result); });
        (void)QTest::qWaitFor([&] { return answer.has_value(); });
        return answer.value();
    }
    /// Whose end is this many seconds from now.
    TransactionRequest endingIn(qint64 seconds)
    {
        TransactionRequest request = requestFor({transfer(u"1.00000000 WAX"_s)});
        request.transaction.header.expiration
            = static_cast<quint32>(clock.now().toSecsSinceEpoch() + seconds);
        return request;
    }

    QThreadPool pool;
    LocalKeys keys{vault, pool};
    FakeApprover person;
    FakePassphrases passphrases;
    std::unique_ptr<LocalSigner> signer;
};

class FakeRemote final : public RemoteSigner
{
public:
    QList<Transaction> asked;
    qint64 chainAhead = 0;
    void signTransaction(
        const SessionId&, const Transaction& transaction, qint64 ahead, Callback<QString> done) override
    {
        asked += transaction;
        chainAhead = ahead;
        done(u"SIG_K1_there"_s);
    }
    void cancel(const SessionId&) override { }
};

} // namespace

class TestChainWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTransferIsSaidInWords();
    void aTokenOfAnotherContractIsNotTheChainsOwn();
    void valuesAreFormatted();
    void whatNobodyCanReadIsItsBytes();
    void whatIsGivenIsCountedOverAllActions_data();
    void whatIsGivenIsCountedOverAllActions();
    void systemActionsAreDangerousEvenUnread_data();
    void systemActionsAreDangerousEvenUnread();
    void strangersLinesStandBehindAMark();
    void theSignatureIsOverWhatWasShown();
    void anotherAccountsTransactionIsNotSigned();
    void oneSignatureIsForOneAccount();
    void whatNothingShowsIsNotSigned();
    void tooLateIsTooLate();
    void aWalletElsewhereSignsAfterTheYes();
};

void TestChainWords::aTransferIsSaidInWords()
{
    const TransactionWords said = words({transfer(u"1234567.50000000 WAX"_s)});
    QCOMPARE(said.actions.size(), 1);
    QCOMPARE(said.actions[0].title, u"Transfer 1,234,567.50000000 WAX to bob"_s);
    QCOMPARE(said.actions[0].fields[0], qMakePair(u"from"_s, u"alice"_s)); // in the contract's order
    QCOMPARE(said.actions[0].fields[3].first, u"memo"_s);
    QCOMPARE(said.actions[0].authorization, u"alice@active"_s);
    QCOMPARE(said.account, u"alice@active"_s);
    QVERIFY(headline(said).contains(u"Transfer 1,234,567.50000000 WAX to bob"_s));
}

void TestChainWords::aTokenOfAnotherContractIsNotTheChainsOwn()
{
    const TransactionWords said
        = words({transfer(u"99.00000000 WAX"_s, u"eosio.tokem"_s)}, u"100.00000000 WAX"_s);
    QVERIFY(said.actions[0].title.contains(u"eosio.tokem"_s));
    QVERIFY(said.dangers().isEmpty()); // it is not what the balance is of
}

void TestChainWords::valuesAreFormatted()
{
    const TransactionWords said = words({action(u"shop"_s, u"odd"_s,
        {{u"when"_s, u"2026-11-29T14:30:00"_s}, {u"who"_s, QJsonValue::Null}, {u"list"_s, QJsonArray{1, 2}},
            {u"fine"_s, true}})});
    const auto& fields = said.actions[0].fields;
    QCOMPARE(fields[0].second, u"2026-11-29 14:30:00 UTC"_s);
    QCOMPARE(fields[1].second, u"none"_s);
    QCOMPARE(fields[2].second, u"[1,2]"_s);
    QCOMPARE(fields[3].second, u"yes"_s);
    QCOMPARE(said.actions[0].title, u"shop::odd"_s);
}

void TestChainWords::whatNobodyCanReadIsItsBytes()
{
    Action unread = transfer(u"1.00000000 WAX"_s, u"stranger"_s);
    QVERIFY(words({unread}).isUnreadable());
    QCOMPARE(words({unread}).actions[0].hex, QString::fromLatin1(unread.data.toHex()));
    Action longer = transfer(u"1.00000000 WAX"_s);
    longer.data += '\0';
    QVERIFY(words({longer}).isUnreadable()); // what it says would not be all of it
    const QByteArray twins = R"({"version":"eosio::abi/1.1","structs":[{"name":"twins","base":"","fields":[
        {"name":"to","type":"name"},{"name":"to","type":"name"}]}],"actions":[{"name":"twins","type":"twins"}]})"_ba;
    TransactionRequest two = requestFor({{Name::parse(u"shop"_s).value(), Name::parse(u"twins"_s).value(),
        {alice()}, QByteArray(8, '\1') + QByteArray(8, '\2')}});
    two.abis = {{two.transaction.actions[0].account.value(), Abi::fromJson(twins).value()}};
    QVERIFY(describeTransaction(two, wax(), alice()).isUnreadable()); // one of them would hide the other
    QVERIFY(!words({transfer(u"1.00000000 WAX"_s)}).isUnreadable());
}

void TestChainWords::whatIsGivenIsCountedOverAllActions_data()
{
    QTest::addColumn<QStringList>("amounts");
    QTest::addColumn<QString>("balance");
    QTest::addColumn<bool>("danger");
    QTest::newRow("little") << QStringList{u"89.99999999 WAX"_s} << u"100.00000000 WAX"_s << false;
    QTest::newRow("90 %") << QStringList{u"90.00000000 WAX"_s} << u"100.00000000 WAX"_s << true;
    QTest::newRow("in two") << QStringList{u"45.00000000 WAX"_s, u"45.00000000 WAX"_s}
                            << u"100.00000000 WAX"_s << true;
    QTest::newRow("more than there is") << QStringList{u"500.00000000 WAX"_s} << u"1.00000000 WAX"_s << true;
    QTest::newRow("another token") << QStringList{u"95.00000000 WUX"_s} << u"100.00000000 WAX"_s << false;
    QTest::newRow("not known") << QStringList{u"95.00000000 WAX"_s} << QString() << false;
    QTest::newRow("nothing there") << QStringList{u"1.00000000 WAX"_s} << u"0.00000000 WAX"_s << false;
    QTest::newRow("overflow") << QStringList{u"92233720368.54775807 WAX"_s, u"92233720368.54775807 WAX"_s}
                              << u"100.00000000 WAX"_s << true;
}

void TestChainWords::whatIsGivenIsCountedOverAllActions()
{
    QFETCH(QStringList, amounts);
    QFETCH(QString, balance);
    QFETCH(bool, danger);
    QList<Action> actions;
    for (const QString& amount : amounts)
        actions += transfer(amount);
    const TransactionWords said = words(actions, balance);
    QCOMPARE(!said.dangers().isEmpty(), danger);
    for (const ActionWords& each : said.actions)
        QCOMPARE(!each.danger.isEmpty(), danger);
    const TransactionWords received = words({transfer(amounts[0], u"eosio.token"_s, u"carol"_s)}, balance);
    QVERIFY(received.dangers().isEmpty()); // somebody else's
}

void TestChainWords::systemActionsAreDangerousEvenUnread_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("danger");
    for (const char* name : {"updateauth", "deleteauth", "linkauth", "newaccount", "setcode", "setabi"})
        QTest::newRow(name) << QString::fromLatin1(name) << true;
    QTest::newRow("buyram") << u"buyram"_s << false;
}

void TestChainWords::systemActionsAreDangerousEvenUnread()
{
    QFETCH(QString, name);
    Action unread{Name::parse(u"eosio"_s).value(), Name::parse(name).value(), {alice()}, "\1\2\3"};
    QCOMPARE(!words({unread}).dangers().isEmpty(), words({unread}).isUnreadable() && name != "buyram"_L1);
    unread.account = Name::parse(u"stranger"_s).value();
    QVERIFY(words({unread}).dangers().isEmpty()); // only the system's do that
}

void TestChainWords::strangersLinesStandBehindAMark()
{
    TransactionRequest request = requestFor({transfer(
        u"1.00000000 WAX"_s, u"eosio.token"_s, u"alice"_s, u"hi\nSign as bob: nothing?\n[y/N] "_s)});
    request.host = u"shop.example\nSign?"_s;
    const QString text = asText(describeTransaction(request, wax(), alice()));
    const QStringList lines = text.split(u'\n');
    for (const QString& line : lines) {
        if (line.contains("Sign"_L1) || line.contains("[y/N]"_L1))
            QVERIFY2(line.startsWith("| "_L1), qPrintable(line));
    }
}

void TestChainWords::theSignatureIsOverWhatWasShown()
{
    Desk desk;
    const SessionId id = desk.add();
    const TransactionRequest request = desk.endingIn(60);
    const auto signature = desk.sign(id, request);
    QVERIFY(signature.has_value());
    QCOMPARE(recover(*signature, request.transaction.digest(wax().id).value())->text(), kPub);
    QCOMPARE(desk.person.shown.size(), 1);
    QVERIFY(desk.person.shown[0].chain);
    QCOMPARE(*desk.person.shown[0].chain, describeTransaction(request, wax(), alice()));
    desk.person.refusal = ErrorCode::Denied;
    const int reads = desk.vault.reads;
    QCOMPARE(desk.sign(id, request).error().code, ErrorCode::Denied);
    QCOMPARE(desk.vault.reads, reads); // no key is read for a no
}

void TestChainWords::anotherAccountsTransactionIsNotSigned()
{
    Desk desk;
    const SessionId id = desk.add();
    TransactionRequest request = desk.endingIn(60);
    request.transaction.actions[0].authorization
        = {PermissionLevel::parse(u"alice@owner"_s).value(), PermissionLevel::parse(u"bob@active"_s).value()};
    const auto refused = desk.sign(id, request);
    QCOMPARE(refused.error().code, ErrorCode::WrongAccount);
    QCOMPARE(refused.error().why, Why::NotAuthorised);
    QVERIFY(desk.person.shown.isEmpty());
}

void TestChainWords::oneSignatureIsForOneAccount()
{
    Desk desk;
    const SessionId id = desk.add();
    const auto authorised = [&](const QStringList& levels) {
        TransactionRequest request = desk.endingIn(60);
        for (const QString& level : levels) {
            request.transaction.actions += request.transaction.actions[0];
            request.transaction.actions.last().authorization = {PermissionLevel::parse(level).value()};
        }
        return request;
    };
    // Another permission of the account, and another account that the same key is logged in for.
    QCOMPARE(desk.sign(id, authorised({u"alice@owner"_s})).error().why, Why::NotAuthorised);
    (void)desk.put(antelopeFromKey(wax(), u"bob@active"_s, SecretBuffer::copyOf(kPvt.toStdString())).value());
    QCOMPARE(desk.sign(id, authorised({u"bob@active"_s})).error().why, Why::NotAuthorised);
    QVERIFY(desk.person.shown.isEmpty());
    // Somebody else who signs as well is said in red.
    QVERIFY(desk.sign(id, authorised({u"carol@active"_s})).has_value());
    QVERIFY(desk.person.shown[0].chain->actions[1].danger.contains(u"carol@active"_s));
    QVERIFY(desk.person.shown[0].chain->actions[0].danger.isEmpty());
}

void TestChainWords::whatNothingShowsIsNotSigned()
{
    Desk desk;
    const SessionId id = desk.add();
    TransactionRequest request = desk.endingIn(60);
    request.transaction.header.delaySec = 30;
    QCOMPARE(desk.sign(id, request).error().why, Why::Malformed);
    request = desk.endingIn(60);
    request.transaction.extensions = {{1, "x"}};
    QCOMPARE(desk.sign(id, request).error().why, Why::Malformed);
    QVERIFY(desk.person.shown.isEmpty());
    const Action longMemo = transfer(u"1.00000000 WAX"_s, u"eosio.token"_s, u"alice"_s, QString(3000, u'm'));
    QVERIFY(words({longMemo}).actions[0].isCut);
    QVERIFY(asText(words({longMemo})).contains(u"WARNING: There is more"_s));
}

void TestChainWords::tooLateIsTooLate()
{
    Desk desk;
    const SessionId id = desk.add();
    QCOMPARE(desk.sign(id, desk.endingIn(0)).error().why, Why::RequestExpired);
    QVERIFY(desk.person.shown.isEmpty());
    TransactionRequest request = desk.endingIn(60);
    request.chainAhead = 61; // by the chain's clock it is over
    QCOMPARE(desk.sign(id, request).error().why, Why::RequestExpired);
    request.chainAhead = -3600; // and by ours alone it is not
    request.transaction.header.expiration -= 600;
    QVERIFY(desk.sign(id, request).has_value());
    // While the person reads, time goes on.
    request = desk.endingIn(60);
    desk.person.beforeAnswering = [&] { desk.clock.time = desk.clock.time.addSecs(61); };
    QCOMPARE(desk.sign(id, request).error().why, Why::RequestExpired);
}

void TestChainWords::aWalletElsewhereSignsAfterTheYes()
{
    Desk desk;
    FakeRemote remote;
    session::NewSession made;
    made.id = SessionId("antelope:"_L1 + wax().id + u":alice@active"_s);
    made.signer = session::SignerKind::Remote;
    made.wallet = u"anchor"_s;
    made.publicKey = kPub;
    made.secret = std::make_shared<const SecretBuffer>(
        secrets::encode({secrets::SecretType::Anchor, SecretBuffer::copyOf(std::string_view("a b c d"))}));
    const SessionId id = desk.put(std::move(made));
    TransactionRequest request = desk.endingIn(60);
    request.chainAhead = -7;
    QVERIFY(!desk.sign(id, request).has_value()); // nobody there to reach it
    desk.signer->setRemote(&remote);
    QCOMPARE(desk.sign(id, request).value(), u"SIG_K1_there"_s);
    QCOMPARE(remote.asked, QList{request.transaction});
    QCOMPARE(remote.chainAhead, -7);
    desk.person.refusal = ErrorCode::Denied;
    QCOMPARE(desk.sign(id, request).error().code, ErrorCode::Denied);
    QCOMPARE(remote.asked.size(), 1);
}

QTEST_GUILESS_MAIN(TestChainWords)
#include "tst_chain_words.moc"
