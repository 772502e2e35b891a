// SPDX-License-Identifier: MIT
// The command line against a chain that checks what it is given: tests/support/chain.py.
#include "core/antelope/Chains.h"
#include "core/antelope/EsrResolve.h"
#include "core/antelope/Keys.h"
#include "tests/support/ChainProcess.h"
#include "tests/support/Program.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;
using hatstand::test::ChainProcess;
using hatstand::test::Outcome;
using hatstand::test::Program;

namespace {

constexpr char kAsk[] = "[y/N] ";
constexpr char kVaultAsk[] = "Hatstand passphrase: ";
constexpr char kTransfer[] = R"({"actions":[{"account":"eosio.token","name":"transfer",
    "authorization":[{"actor":"alice","permission":"active"}],
    "data":{"from":"alice","to":"bob","quantity":"%1 EOS","memo":"thanks"}}]})";

QByteArray passphrase()
{
    return QByteArray(Program::kPassphrase) + '\n';
}

/// The test chain's keys are small numbers.
QByteArray key(int number, Curve curve = Curve::K1)
{
    SecretBuffer bytes(32);
    bytes.edit().back() = static_cast<std::uint8_t>(number);
    return toQByteArray(PrivateKey::fromBytes(curve, std::move(bytes))->text().view());
}

QString publicKey(int number)
{
    return PrivateKey::parse(SecretBuffer::copyOf(std::string_view(key(number).constData())))
        ->publicKey()
        .text();
}

QJsonObject object(const Outcome& outcome)
{
    return QJsonDocument::fromJson(outcome.out).object();
}

} // namespace

class TestChainCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aChainIsAskedWhetherItIsTheOne();
    void chainsAreSetAndRemoved();
    void severalEndpointsAreEachAsked();
    void aChainStaysWhileAKeyIsOnIt();
    void aKeyHasToFitThePermission_data();
    void aKeyHasToFitThePermission();
    void aWatchedAccountHasToExist();
    void theAccountsOfAKey();
    void whatIsReadIsWhatIsSentAndWithoutAYesNothingIs();
    void signedAndNotSent();
    void anotherAccountsActionIsRefused();
    void whatTheChainRefusesIsSaid();
    void badTransactions_data();
    void badTransactions();
    void aRequestIsAnsweredInTheBackground();
    void anAnswerThatDoesNotArriveIsSaid();
    void anIdentityIsProvenAndNothingSent();
    void badRequests_data();
    void badRequests();
    void giftsOfNearlyEverythingAreDangerous();
    void anUnknownContractIsShownAsBytes();
    void theAccountsDataAndARevokedKey();
    void aDeadChainIsANetworkError();

private:
    Outcome add(const QString& account, int number, Curve curve = Curve::K1);
    Outcome onTerminal(const QStringList& arguments, const char* answer = "y\n");
    QStringList file(const QByteArray& json);
    [[nodiscard]] QString balanceOf(const QString& account);
    [[nodiscard]] QJsonArray sent();
    [[nodiscard]] EsrRequest transferRequest() const;

    std::unique_ptr<ChainProcess> m_chain;
    std::unique_ptr<Program> m_hatstand;
};

void TestChainCommands::init()
{
    m_chain = std::make_unique<ChainProcess>();
    m_hatstand = std::make_unique<Program>();
    m_hatstand->environment.remove(u"ALL_PROXY"_s);
    QCOMPARE(m_hatstand
                 ->run({u"chains"_s, u"add"_s, m_chain->chainId(), u"--alias"_s, u"test"_s, u"--name"_s,
                     u"Test chain"_s, u"--token"_s, u"4,EOS"_s, u"--endpoint"_s, m_chain->url()})
                 .exit,
        0);
}

Outcome TestChainCommands::add(const QString& account, int number, Curve curve)
{
    return m_hatstand->run({u"add"_s, u"antelope"_s, u"--chain"_s, u"test"_s, u"--account"_s, account,
                               u"--key-stdin"_s, u"--vault"_s, u"passphrase"_s},
        key(number, curve), passphrase());
}

Outcome TestChainCommands::onTerminal(const QStringList& arguments, const char* answer)
{
    QList<Program::Typed> dialogue{{kAsk, answer}};
    if (QByteArray(answer).startsWith('y'))
        dialogue += {kVaultAsk, passphrase()};
    return m_hatstand->runOnTerminal(arguments, dialogue);
}

QStringList TestChainCommands::file(const QByteArray& json)
{
    QFile file(m_hatstand->path(u"transaction.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
        qFatal("no file");
    return {u"transact"_s, file.fileName()};
}

QString TestChainCommands::balanceOf(const QString& account)
{
    const Outcome shown = m_hatstand->run({u"refresh"_s, account + u"@active"_s});
    if (shown.exit != 0)
        return QString::fromUtf8(shown.err);
    return object(m_hatstand->run({u"show"_s, account + u"@active"_s, u"--json"_s}))["balance"_L1].toString();
}

QJsonArray TestChainCommands::sent()
{
    return m_chain->tell({{u"log"_s, true}})["transactions"_L1].toArray();
}

EsrRequest TestChainCommands::transferRequest() const
{
    EsrRequest request;
    request.chainId = m_chain->chainId();
    request.what = EsrRequest::What::Action;
    Action action;
    action.account = Name::parse(u"eosio.token"_s).value();
    action.name = Name::parse(u"transfer"_s).value();
    action.authorization = {PermissionLevel{Name::fromValue(kSignerActor), Name::fromValue(kSignerActor)}};
    codec::Packer data;
    data.u64(kSignerActor).u64(Name::parse(u"bob"_s)->value()).u64(25000).u64(0x534f4504).string(u"fish"_s);
    action.data = data.take();
    request.actions = {action};
    request.broadcast = true;
    return request;
}

void TestChainCommands::aChainIsAskedWhetherItIsTheOne()
{
    const QString other(64, u'a');
    const QStringList line{
        u"chains"_s, u"add"_s, other, u"--alias"_s, u"wrong"_s, u"--endpoint"_s, m_chain->url()};
    const Outcome refused = m_hatstand->run(line);
    QCOMPARE(refused.exit, 6);
    QVERIFY2(refused.err.contains("another chain"), refused.err.constData());
    QVERIFY(!m_hatstand->run({u"chains"_s}).out.contains("wrong"));
    QCOMPARE(m_hatstand->run(line + QStringList{u"--offline"_s}).exit, 0);
    // Its answers are not believed afterwards either.
    const Outcome asked = m_hatstand->run(
        {u"add"_s, u"antelope"_s, u"--chain"_s, u"wrong"_s, u"--account"_s, u"alice@active"_s, u"--watch"_s});
    QCOMPARE(asked.exit, 6);
    QVERIFY2(asked.err.contains("another chain"), asked.err.constData());
}

void TestChainCommands::chainsAreSetAndRemoved()
{
    const auto chains
        = [this](const char* line) { return m_hatstand->run(QString::fromUtf8(line).split(u' ')); };
    QCOMPARE(chains("chains set wax --endpoint https://node.example --offline").exit, 0);
    QVERIFY(chains("chains --json").out.contains("https://node.example"));
    QCOMPARE(chains("chains set wax --default").exit, 0);
    QVERIFY(!chains("chains --json").out.contains("https://node.example"));
    QCOMPARE(chains("chains set wax --endpoint ftp://node.example --offline").exit, 2);
    QCOMPARE(chains("chains set nowhere --endpoint https://node.example").exit, 2);
    QCOMPARE(chains("chains remove wax").exit, 2);
    QCOMPARE(m_hatstand
                 ->run({u"chains"_s, u"add"_s, QString(64, u'b'), u"--alias"_s, u"wax"_s, u"--endpoint"_s,
                     u"https://node.example"_s, u"--offline"_s})
                 .exit,
        2);
}

void TestChainCommands::severalEndpointsAreEachAsked()
{
    const auto set = [this](const QStringList& endpoints) {
        return m_hatstand->run(QStringList{u"chains"_s, u"set"_s, u"test"_s, u"--endpoint"_s} + endpoints)
            .exit;
    };
    const auto endpoints = [this] {
        const QJsonArray all
            = QJsonDocument::fromJson(m_hatstand->run({u"chains"_s, u"--json"_s}).out).array();
        for (const auto& chain : all) {
            if (chain["id"_L1] == m_chain->chainId())
                return chain["endpoints"_L1].toArray();
        }
        return QJsonArray();
    };
    const QString own = m_chain->url();
    const QString path = own + u"/second"_s;
    const QString dead = u"http://127.0.0.1:1"_s;
    QCOMPARE(set({own, dead}), 6); // the second is asked as well
    QCOMPARE(endpoints(), QJsonArray{own});
    QCOMPARE(set({path, own, u"--offline"_s}), 0);
    QCOMPARE(endpoints(), (QJsonArray{path, own}));
    QCOMPARE(set({own, own}), 0);
    QCOMPARE(endpoints(), QJsonArray{own});
    QCOMPARE(m_hatstand
                 ->run({u"chains"_s, u"add"_s, QString(64, u'b'), u"--endpoint"_s, u"https://a.example"_s,
                     u"https://b.example"_s, u"--alias"_s, u"two"_s, u"--offline"_s})
                 .exit,
        0);
    const QByteArray all = m_hatstand->run({u"chains"_s, u"--json"_s}).out;
    QVERIFY(all.contains("https://a.example") && all.contains("https://b.example"));
}

void TestChainCommands::aChainStaysWhileAKeyIsOnIt()
{
    const QString id = add(u"alice@active"_s, 1).line();
    const auto run = [this](const QStringList& line) { return m_hatstand->run(line, {}, passphrase()); };
    const QStringList remove{u"chains"_s, u"remove"_s, u"test"_s};
    const Outcome used = run(remove);
    QCOMPARE(used.exit, 2);
    QVERIFY2(used.err.contains("alice@active is on this chain"), used.err.constData());
    QCOMPARE(run({u"logout"_s, id, u"--yes"_s}).exit, 0);
    const Outcome rests = run(remove); // it could not be brought back
    QCOMPARE(rests.exit, 2);
    QVERIFY2(rests.err.contains("alice@active still rests"), rests.err.constData());
    QVERIFY(run({u"chains"_s, u"--json"_s}).out.contains(m_chain->chainId().toLatin1()));
    QCOMPARE(run({u"untrash"_s, id}).exit, 0);
    QCOMPARE(run({u"logout"_s, id, u"--yes"_s, u"--forget"_s}).exit, 0);
    QCOMPARE(run(remove).exit, 0);
    QVERIFY(!run({u"chains"_s, u"--json"_s}).out.contains(m_chain->chainId().toLatin1()));
}

void TestChainCommands::aKeyHasToFitThePermission_data()
{
    QTest::addColumn<QString>("account");
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("r1");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("fits") << u"alice@active"_s << 1 << false << 0 << QByteArray();
    QTest::newRow("R1") << u"dave@active"_s << 8 << true << 0 << QByteArray();
    QTest::newRow("another's key") << u"bob@active"_s << 1 << false << 2 << QByteArray("key-mismatch");
    QTest::newRow("the owner's key") << u"bob@active"_s << 2 << false << 2 << QByteArray("key-mismatch");
    QTest::newRow("half of it") << u"carol@active"_s << 5 << false << 2 << QByteArray("not enough");
    QTest::newRow("no account") << u"nobody@active"_s << 1 << false << 3 << QByteArray("nobody");
    QTest::newRow("no permission") << u"alice@nothing"_s << 1 << false << 3 << QByteArray("alice@nothing");
}

void TestChainCommands::aKeyHasToFitThePermission()
{
    QFETCH(QString, account);
    QFETCH(int, number);
    QFETCH(bool, r1);
    QFETCH(QByteArray, says);
    const Outcome added = add(account, number, r1 ? Curve::R1 : Curve::K1);
    QTEST(added.exit, "exit");
    QVERIFY2(added.err.contains(says), added.err.constData());
    QCOMPARE(m_hatstand->run({u"list"_s}).out.contains(account.toUtf8()), added.exit == 0);
}

void TestChainCommands::aWatchedAccountHasToExist()
{
    const auto watch = [this](const QString& account) {
        return m_hatstand
            ->run({u"add"_s, u"antelope"_s, u"--chain"_s, u"test"_s, u"--account"_s, account, u"--watch"_s})
            .exit;
    };
    QCOMPARE(watch(u"nobody@active"_s), 3);
    QCOMPARE(watch(u"bob@active"_s), 0);
}

void TestChainCommands::theAccountsOfAKey()
{
    const QStringList line{u"accounts"_s, u"--key-stdin"_s, u"--chain"_s, u"test"_s, u"--json"_s};
    const auto found = [&](const QByteArray& input) {
        QStringList levels;
        const QJsonArray all = QJsonDocument::fromJson(m_hatstand->run(line, input).out).array();
        for (const auto& each : all)
            levels += each["actor"_L1].toString() + u'@' + each["permission"_L1].toString()
                + (each["enough"_L1].toBool() ? u""_s : u" with others"_s);
        levels.sort();
        return levels;
    };
    const QStringList alices{u"alice@active"_s, u"alice@owner"_s};
    QCOMPARE(found(key(1)), alices);
    QCOMPARE(found(publicKey(1).toLatin1()), alices); // no secret is needed for it
    QCOMPARE(found(key(5)), QStringList{u"carol@active with others"_s});
    m_chain->tell({{u"off"_s, QJsonArray{u"get_accounts_by_authorizers"_s}}});
    QVERIFY(found(key(1)).contains(u"alice@active"_s)); // by the history
}

void TestChainCommands::whatIsReadIsWhatIsSentAndWithoutAYesNothingIs()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    const QStringList line = file(QByteArray(kTransfer).replace("%1", "2.5000"));
    const Outcome denied = onTerminal(line, "n\n");
    QCOMPARE(denied.exit, 5);
    QVERIFY(sent().isEmpty());
    const Outcome done = onTerminal(line);
    QVERIFY2(done.exit == 0, done.err.constData());
    for (const char* part : {"Transfer 2.5000 EOS to bob", "alice@active", "eosio.token::transfer",
             "Test chain", "| memo: thanks"})
        QVERIFY2(done.terminal.contains(part), done.terminal.constData());
    QCOMPARE(sent().size(), 1);
    QVERIFY(sent()[0]["accepted"_L1].toBool());
    QCOMPARE(sent()[0]["id"_L1].toString(), done.line());
    QCOMPARE(balanceOf(u"alice"_s), u"97.5000 EOS"_s);
    const Outcome unasked = m_hatstand->run(line); // nobody there to say yes
    QCOMPARE(unasked.exit, 5);
    QCOMPARE(sent().size(), 1);
}

void TestChainCommands::signedAndNotSent()
{
    QCOMPARE(add(u"dave@active"_s, 8, Curve::R1).exit, 0);
    const QByteArray json = QByteArray(kTransfer).replace("%1", "1.0000").replace("alice", "dave");
    const Outcome done = onTerminal(file(json) + QStringList{u"--no-broadcast"_s});
    QCOMPARE(done.exit, 0);
    QVERIFY(sent().isEmpty());
    QVERIFY(done.terminal.contains("not sent"));
    const QJsonObject ready = object(done);
    const QByteArray packed = QByteArray::fromHex(ready["packed_trx"_L1].toString().toLatin1());
    const auto transaction = Transaction::unpack(bytesOf(packed));
    QVERIFY(transaction.has_value());
    const auto signer
        = recover(ready["signatures"_L1][0].toString(), transaction->digest(m_chain->chainId()).value());
    QVERIFY(signer.has_value());
    QCOMPARE(signer->curve(), Curve::R1);
    QCOMPARE(signer->text(),
        PrivateKey::parse(SecretBuffer::copyOf(std::string_view(key(8, Curve::R1).constData())))
            ->publicKey()
            .text());
}

void TestChainCommands::anotherAccountsActionIsRefused()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    QCOMPARE(add(u"bob@active"_s, 3).exit, 0); // and active
    const QStringList line = file(QByteArray(kTransfer).replace("%1", "1.0000"));
    const Outcome refused = m_hatstand->run(line + QStringList{u"--session"_s, u"bob@active"_s});
    QCOMPARE(refused.exit, 5);
    const Outcome asBob = onTerminal(line + QStringList{u"--session"_s, u"bob@active"_s}, "y\n");
    QCOMPARE(asBob.exit, 5);
    QVERIFY2(asBob.err.contains("wrong-account"), asBob.err.constData());
    QVERIFY(!asBob.terminal.contains(kAsk));
    const Outcome asNamed = onTerminal(line); // the action names who signs, whoever is active
    QVERIFY2(asNamed.exit == 0, asNamed.err.constData());
    QVERIFY(asNamed.terminal.contains("alice@active"));
}

void TestChainCommands::whatTheChainRefusesIsSaid()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    const Outcome refused = onTerminal(file(QByteArray(kTransfer).replace("%1", "1000.0000")));
    QCOMPARE(refused.exit, 1);
    QVERIFY2(refused.err.contains("overdrawn"), refused.err.constData());
    QVERIFY(refused.out.isEmpty());
}

void TestChainCommands::badTransactions_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("not JSON") << QByteArray("transfer") << QByteArray("transaction");
    QTest::newRow("no actions") << QByteArray("{\"actions\":[]}") << QByteArray("transaction");
    QTest::newRow("a long name") << QByteArray(kTransfer).replace("\"bob\"", "\"abcdefghijklmn\"")
                                 << QByteArray("transfer.to");
    QTest::newRow("no amount") << QByteArray(kTransfer) << QByteArray("transfer.quantity");
    QTest::newRow("a field too many")
        << QByteArray(kTransfer).replace("%1", "1.0000").replace("\"memo\"", "\"fee\":1,\"memo\"")
        << QByteArray("transfer.fee");
    QTest::newRow("delayed") << QByteArray(kTransfer)
                                    .replace("%1", "1.0000")
                                    .replace("{\"actions\"", "{\"delay_sec\":60,\"actions\"")
                             << QByteArray("delay_sec");
}

void TestChainCommands::badTransactions()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, says);
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    const Outcome refused = onTerminal(file(json));
    QCOMPARE(refused.exit, 2);
    QVERIFY2(refused.err.contains(says), refused.err.constData());
    QVERIFY(!refused.terminal.contains(kAsk));
    QCOMPARE(m_hatstand->run({u"transact"_s, m_hatstand->path(u"nowhere.json"_s)}).exit, 5); // nobody to ask
    QCOMPARE(onTerminal({u"transact"_s, m_hatstand->path(u"nowhere.json"_s)}).exit, 2);
}

void TestChainCommands::aRequestIsAnsweredInTheBackground()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    QCOMPARE(m_hatstand->run({u"config"_s, u"set"_s, u"network.hosts"_s, u"127.0.0.1"_s}).exit, 0);
    m_chain->tell(
        {{u"fault"_s, QJsonObject{{u"kind"_s, u"status"_s}, {u"path"_s, u"/answer"_s}, {u"status"_s, 200}}}});
    EsrRequest request = transferRequest();
    request.callback = m_chain->url() + "/answer"_L1;
    request.background = true;
    const Outcome done = onTerminal({u"sign-request"_s, request.encode()});
    QVERIFY2(done.exit == 0, done.err.constData());
    QVERIFY2(done.terminal.contains("Transfer 2.5000 EOS to bob"), done.terminal.constData());
    QVERIFY(done.terminal.contains("| The answer goes to: 127.0.0.1"));
    QJsonObject answer;
    const QJsonArray requests = m_chain->tell({{u"log"_s, true}})["requests"_L1].toArray();
    for (const auto& each : requests) {
        if (each["path"_L1] == "/answer"_L1)
            answer = each["body"_L1].isObject()
                ? each["body"_L1].toObject()
                : QJsonDocument::fromJson(each["body"_L1].toString().toUtf8()).object();
    }
    QCOMPARE(answer["tx"_L1].toString(), done.line());
    QCOMPARE(answer["sa"_L1].toString(), u"alice"_s);
    QCOMPARE(answer["sp"_L1].toString(), u"active"_s);
    QCOMPARE(answer["cid"_L1].toString(), m_chain->chainId());
    QVERIFY(answer["sig"_L1].toString().startsWith("SIG_K1_"_L1));
    QCOMPARE(balanceOf(u"alice"_s), u"97.5000 EOS"_s);
}

void TestChainCommands::anAnswerThatDoesNotArriveIsSaid()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    EsrRequest request = transferRequest();
    request.callback = m_chain->url() + "/answer"_L1;
    request.background = true;
    const Outcome unnamed = onTerminal({u"sign-request"_s, request.encode()});
    QCOMPARE(unnamed.exit, 6); // this machine is no public address, and nobody named it
    QVERIFY(!unnamed.terminal.contains(kAsk));
    QCOMPARE(m_hatstand->run({u"config"_s, u"set"_s, u"network.hosts"_s, u"127.0.0.1"_s}).exit, 0);
    const Outcome lost = onTerminal({u"sign-request"_s, request.encode()}); // 404
    QCOMPARE(lost.exit, 6);
    QCOMPARE(sent().size(), 1); // it is sent all the same, and said
    QCOMPARE(sent()[0]["id"_L1].toString(), lost.line());
}

void TestChainCommands::anIdentityIsProvenAndNothingSent()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    EsrRequest request;
    request.chainId = m_chain->chainId();
    request.what = EsrRequest::What::Identity;
    request.scope = Name::parse(u"shop"_s).value();
    const Outcome done = onTerminal({u"sign-request"_s, request.encode()});
    QVERIFY2(done.exit == 0, done.err.constData());
    QVERIFY2(done.terminal.contains("prove that you are alice@active"), done.terminal.constData());
    QVERIFY(done.terminal.contains("| Asked for by: shop"));
    const auto proof = IdentityProof::parse(done.line());
    QVERIFY(proof.has_value());
    QCOMPARE(proof->signer.text(), u"alice@active"_s);
    QCOMPARE(proof->signingKey().value(), publicKey(1));
    QVERIFY(sent().isEmpty());
}

void TestChainCommands::badRequests_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("says"); ///< the end of the line, with the code
    const auto row = [](const char* name, const QString& uri, int exit, const char* says) {
        QTest::newRow(name) << uri << exit << QByteArray(says) + ")\n";
    };
    row("version", u"esr:AA"_s, 2, "(invalid-input");
    row("empty", u"esr://"_s, 2, "(invalid-input");
    row("no scheme", u"nocolon"_s, 2, "no form that Hatstand knows. (invalid-input");
    EsrRequest other;
    other.chainId = QString(64, u'c');
    other.what = EsrRequest::What::Identity;
    row("unknown chain", other.encode(), 2, "(unknown-chain");
    EsrRequest elsewhere = other;
    elsewhere.chainId = Chains::bundled().find(u"telos"_s)->id;
    row("a chain without an account", elsewhere.encode(), 3, "no account on the stand is there. (not-found");
    EsrRequest sent = elsewhere;
    sent.broadcast = true;
    row("an identity to be sent", sent.encode(), 2, "asks for it to be sent. (invalid-input");
    EsrRequest script = other;
    script.callback = u"javascript:alert(1)"_s;
    row("javascript", script.encode(), 2, "given to “javascript:alert(1)”. (invalid-input");
    script.callback = u"file:///etc/passwd"_s;
    row("file", script.encode(), 2, "given to “file:///etc/passwd”. (invalid-input");
    script.background = true;
    row("posted to a file", script.encode(), 2, "given to “file:///etc/passwd”. (invalid-input");
    EsrRequest late;
    late.chainId = other.chainId;
    late.transaction.header = {1'500'000'000, 1, 1};
    row("over", late.encode(), 5, "could be signed is over. (expired");
}

void TestChainCommands::badRequests()
{
    QFETCH(QString, uri);
    QFETCH(QByteArray, says);
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    const QByteArray before = test::storeFingerprint(m_hatstand->database());
    const Outcome refused = onTerminal({u"sign-request"_s, uri});
    QTEST(refused.exit, "exit");
    QVERIFY(!refused.terminal.contains(kAsk));
    QVERIFY(refused.out.isEmpty());
    QCOMPARE(refused.err.count('\n'), 1);
    QVERIFY2(refused.err.endsWith(says), refused.err.constData());
    EsrRequest foreign;
    foreign.chainId = Chains::bundled().find(u"telos"_s)->id;
    foreign.what = EsrRequest::What::Identity;
    QCOMPARE(onTerminal({u"sign-request"_s, foreign.encode(), u"--session"_s, u"alice@active"_s}).exit, 2);
    QVERIFY(sent().isEmpty());
    QCOMPARE(test::storeFingerprint(m_hatstand->database()), before);
}

void TestChainCommands::giftsOfNearlyEverythingAreDangerous()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    QCOMPARE(balanceOf(u"alice"_s), u"100.0000 EOS"_s); // what is shown is what counts
    const Outcome little = onTerminal(file(QByteArray(kTransfer).replace("%1", "89.9999")), "n\n");
    QVERIFY(!little.terminal.contains("WARNING"));
    const Outcome much = onTerminal(file(QByteArray(kTransfer).replace("%1", "90.0000")), "n\n");
    QVERIFY2(much.terminal.contains("WARNING: It gives away 90.0000 EOS of the 100.0000 EOS"),
        much.terminal.constData());
}

void TestChainCommands::anUnknownContractIsShownAsBytes()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    m_chain->tell({{u"abi"_s, QJsonObject{{u"account"_s, u"eosio.token"_s}, {u"abi"_s, QJsonValue::Null}}}});
    EsrRequest request = transferRequest();
    request.actions[0].data.replace(0, 8, QByteArray::fromHex("0000000000855c34")); // alice's own name
    const Outcome shown = onTerminal({u"sign-request"_s, request.encode()}, "n\n");
    QCOMPARE(shown.exit, 5);
    QVERIFY2(shown.terminal.contains("WARNING: Nobody can read"), shown.terminal.constData());
    QVERIFY(shown.terminal.contains("| 0000000000855c34"));
    // With a placeholder in bytes that nobody can read there is nothing to sign.
    QCOMPARE(onTerminal({u"sign-request"_s, transferRequest().encode()}).exit, 6);
}

void TestChainCommands::theAccountsDataAndARevokedKey()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    QCOMPARE(balanceOf(u"alice"_s), u"100.0000 EOS"_s);
    const auto shown = [this] {
        return object(m_hatstand->run({u"show"_s, u"alice@active"_s, u"--json"_s}));
    };
    QCOMPARE(shown()["standing"_L1].toString(), u"good"_s);
    QCOMPARE(shown()["permissions"_L1].toArray().size(), 2);
    QVERIFY(shown()["cpu"_L1]["max"_L1].toInteger() > 0);
    QVERIFY(!shown()["refreshedAt"_L1].toString().isEmpty());
    m_chain->tell({{u"remove"_s, u"alice"_s}}); // somebody else's doing
    QCOMPARE(m_hatstand->run({u"refresh"_s, u"alice@active"_s}).exit, 3);
    QCOMPARE(shown()["standing"_L1].toString(), u"no-account"_s);
    QCOMPARE(shown()["state"_L1].toString(), u"needs-login"_s);
    QVERIFY(!shown()["reason"_L1].toString().isEmpty());
}

void TestChainCommands::aDeadChainIsANetworkError()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    m_chain.reset();
    QCOMPARE(onTerminal(file(QByteArray(kTransfer).replace("%1", "1.0000"))).exit, 6);
    QCOMPARE(m_hatstand->run({u"refresh"_s, u"alice@active"_s}).exit, 6);
    const Outcome added = add(u"bob@active"_s, 3);
    QCOMPARE(added.exit, 6);
    QVERIFY(added.err.contains("--offline"));
    QCOMPARE(object(m_hatstand->run({u"show"_s, u"alice@active"_s, u"--json"_s}))["state"_L1].toString(),
        u"locked"_s); // not asked is not refused
}

QTEST_GUILESS_MAIN(TestChainCommands)
#include "tst_chain_commands.moc"
