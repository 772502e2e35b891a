// SPDX-License-Identifier: MIT
// The command line against a chain that checks what it is given, tests/support/chain.py: what is signed.
#include "core/antelope/Chains.h"
#include "core/antelope/EsrResolve.h"
#include "core/antelope/Keys.h"
#include "tests/integration/ChainProgram.h"

#include <QJsonArray>
#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;
using hatstand::test::Outcome;

class TestChainSigning : public QObject, private test::ChainProgram
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QCOMPARE(begin().exit, 0); }
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

private:
    [[nodiscard]] QJsonArray sent();
    [[nodiscard]] EsrRequest transferRequest() const;
};

QJsonArray TestChainSigning::sent()
{
    return m_chain->tell({{u"log"_s, true}})["transactions"_L1].toArray();
}

EsrRequest TestChainSigning::transferRequest() const
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

void TestChainSigning::whatIsReadIsWhatIsSentAndWithoutAYesNothingIs()
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

void TestChainSigning::signedAndNotSent()
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

void TestChainSigning::anotherAccountsActionIsRefused()
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

void TestChainSigning::whatTheChainRefusesIsSaid()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    const Outcome refused = onTerminal(file(QByteArray(kTransfer).replace("%1", "1000.0000")));
    QCOMPARE(refused.exit, 1);
    QVERIFY2(refused.err.contains("overdrawn"), refused.err.constData());
    QVERIFY(refused.out.isEmpty());
}

void TestChainSigning::badTransactions_data()
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

void TestChainSigning::badTransactions()
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

void TestChainSigning::aRequestIsAnsweredInTheBackground()
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

void TestChainSigning::anAnswerThatDoesNotArriveIsSaid()
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

void TestChainSigning::anIdentityIsProvenAndNothingSent()
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

void TestChainSigning::badRequests_data()
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

void TestChainSigning::badRequests()
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

void TestChainSigning::giftsOfNearlyEverythingAreDangerous()
{
    QCOMPARE(add(u"alice@active"_s, 1).exit, 0);
    QCOMPARE(balanceOf(u"alice"_s), u"100.0000 EOS"_s); // what is shown is what counts
    const Outcome little = onTerminal(file(QByteArray(kTransfer).replace("%1", "89.9999")), "n\n");
    QVERIFY(!little.terminal.contains("WARNING"));
    const Outcome much = onTerminal(file(QByteArray(kTransfer).replace("%1", "90.0000")), "n\n");
    QVERIFY2(much.terminal.contains("WARNING: It gives away 90.0000 EOS of the 100.0000 EOS"),
        much.terminal.constData());
}

void TestChainSigning::anUnknownContractIsShownAsBytes()
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

QTEST_GUILESS_MAIN(TestChainSigning)
#include "tst_chain_signing.moc"
