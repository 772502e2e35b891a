// SPDX-License-Identifier: MIT
// The command line against a chain that checks what it is given, tests/support/chain.py: chains and accounts.
#include "tests/integration/ChainProgram.h"

#include <QJsonArray>
#include <QTest>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;
using hatstand::test::Outcome;

class TestChainCommands : public QObject, private test::ChainProgram
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QCOMPARE(begin().exit, 0); }
    void aChainIsAskedWhetherItIsTheOne();
    void chainsAreSetAndRemoved();
    void severalEndpointsAreEachAsked();
    void aChainStaysWhileAKeyIsOnIt();
    void aKeyHasToFitThePermission_data();
    void aKeyHasToFitThePermission();
    void aWatchedAccountHasToExist();
    void theAccountsOfAKey();
    void theAccountsDataAndARevokedKey();
    void aDeadChainIsANetworkError();
};

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
