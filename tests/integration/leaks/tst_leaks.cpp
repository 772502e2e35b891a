// SPDX-License-Identifier: MIT
#include "tests/integration/leaks/LeakStand.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QtEndian>
#include <unistd.h>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Where a key or a passphrase could lie after it was used: searched for in every form.
/// Run once with a real keyring and once without any bus, on the passphrase vault.
class TestLeaks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_stand.clearKeychain()); }
    void theSearchFindsWhatIsThere();
    void filesAndOutputHoldNoKey();
    void onlySecretFramesCarryTheKey();

private:
    LeakStand m_stand;
};

namespace {

/// Between a client and the instance, on a thread of its own; keeps what passes.
class Proxy : public QThread
{
public:
    Proxy(QString front, QString back)
        : m_front(std::move(front))
        , m_back(std::move(back))
    {
        start();
        m_listening.acquire();
    }
    ~Proxy() override { stop(); }
    void stop()
    {
        quit();
        wait();
    }
    QByteArray fromClient; ///< after stop()
    QByteArray fromServer;

private:
    void run() override
    {
        QLocalServer listener;
        listener.setSocketOptions(QLocalServer::UserAccessOption);
        const bool listens = listener.listen(m_front);
        connect(&listener, &QLocalServer::newConnection, &listener, [&] {
            auto* client = listener.nextPendingConnection();
            auto* server = new QLocalSocket(client);
            server->connectToServer(m_back);
            connect(
                client, &QLocalSocket::readyRead, client, [=, this] { pass(client, server, fromClient); });
            connect(
                server, &QLocalSocket::readyRead, client, [=, this] { pass(server, client, fromServer); });
            connect(server, &QLocalSocket::disconnected, client, &QLocalSocket::disconnectFromServer);
            connect(client, &QLocalSocket::disconnected, server, &QLocalSocket::disconnectFromServer);
        });
        m_listening.release();
        if (listens)
            exec();
    }
    static void pass(QLocalSocket* from, QLocalSocket* to, QByteArray& kept)
    {
        const QByteArray data = from->readAll();
        kept += data;
        to->write(data);
        to->flush();
    }
    QString m_front;
    QString m_back;
    QSemaphore m_listening;
};

/// The payloads of all frames of one type.
QByteArray payloads(QByteArray stream, char type)
{
    QByteArray all;
    while (stream.size() >= 5) {
        const auto size = qsizetype(qFromBigEndian<quint32>(stream.constData()));
        if (stream[4] == type)
            all += stream.mid(5, size) + '\n';
        stream.remove(0, 5 + size);
    }
    return all;
}

} // namespace

/// A search that finds nothing is worth something only if it would find.
void TestLeaks::theSearchFindsWhatIsThere()
{
    QVERIFY(findInMemory(m_stand.forms, ::getpid()).size() >= m_stand.forms.size());
    QCOMPARE(findForms(m_stand.forms, "x" + m_stand.nsec + "y").size(), 1);
    QCOMPARE(findForms(m_stand.forms, "x" + m_stand.wif + "y").size(), 1);
    QCOMPARE(findForms(m_stand.forms, "x" + m_stand.pvt + "y").size(), 2); // with its prefix and without
}

void TestLeaks::filesAndOutputHoldNoKey()
{
    Program hatstand = m_stand.program();
    hatstand.environment.insert(u"QT_LOGGING_RULES"_s, u"hatstand.*=true"_s);
    const auto instance = hatstand.startHeadless();
    QByteArray output;
    const auto keep = [&output](const Outcome& outcome) {
        output += outcome.out + outcome.err + outcome.terminal;
        return outcome.exit;
    };
    for (const LeakStand::Use& add : {m_stand.addNostr(), m_stand.addAntelope()})
        QCOMPARE(keep(hatstand.run(add.arguments, add.input, m_stand.passphrases())), 0);
    for (const LeakStand::Use& sign : {LeakStand::signEvent(), LeakStand::signDigest()})
        QCOMPARE(keep(hatstand.runOnTerminal(sign.arguments, {{LeakStand::kAsk, "y\n"}}, sign.input)), 0);
    QVERIFY(output.contains("\"sig\"") && output.contains("SIG_K1_"));
    for (const char* name : {"Mira", "Gallery"}) {
        const QString account = QString::fromLatin1(name);
        QCOMPARE(keep(hatstand.run({u"logout"_s, account, u"--yes"_s}, {}, m_stand.passphrases())), 0);
        QCOMPARE(keep(hatstand.run({u"untrash"_s, account}, {}, m_stand.passphrases())), 0);
        QCOMPARE(keep(hatstand.run({u"show"_s, account, u"--json"_s})), 0);
    }
    QCOMPARE(findInFiles(m_stand.forms, hatstand.path(QString())), QStringList());
    QCOMPARE(findForms(m_stand.forms, output), QStringList());
    const QString proc = u"/proc/%1/"_s.arg(instance->processId());
    for (const QString& name : {u"cmdline"_s, u"environ"_s}) {
        QFile file(proc + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(!content.isEmpty());
        QCOMPARE(findForms(m_stand.forms, content), QStringList());
    }
    QCOMPARE(findForms(m_stand.forms, instance->readAllStandardError() + instance->readAllStandardOutput()),
        QStringList());
}

void TestLeaks::onlySecretFramesCarryTheKey()
{
    Program hatstand = m_stand.program();
    const auto instance = hatstand.startHeadless();
    const QString real = hatstand.socket() + ".real"_L1;
    QVERIFY(QFile::rename(hatstand.socket(), real));
    Proxy proxy(hatstand.socket(), real);
    for (const LeakStand::Use& add : {m_stand.addNostr(), m_stand.addAntelope()})
        QCOMPARE(hatstand.run(add.arguments, add.input, m_stand.passphrases()).exit, 0);
    for (const LeakStand::Use& sign : {LeakStand::signEvent(), LeakStand::signDigest()})
        QCOMPARE(hatstand.runOnTerminal(sign.arguments, {{LeakStand::kAsk, "y\n"}}, sign.input).exit, 0);
    QCOMPARE(hatstand.run(words("show Mira --json")).exit, 0);
    QCOMPARE(hatstand.run(words("show Gallery --json")).exit, 0);
    proxy.stop();
    const QByteArray secrets = payloads(proxy.fromClient, 'S');
    QVERIFY(secrets.contains(m_stand.nsec) && secrets.contains(m_stand.wif)); // they did pass here
    QVERIFY(payloads(proxy.fromServer, 'J').contains("SIG_K1_"));
    QCOMPARE(findForms(m_stand.forms, payloads(proxy.fromClient, 'J') + payloads(proxy.fromServer, 'J')),
        QStringList());
    QCOMPARE(findForms(m_stand.forms, payloads(proxy.fromServer, 'S')), QStringList());
}

QTEST_GUILESS_MAIN(TestLeaks)
#include "tst_leaks.moc"
