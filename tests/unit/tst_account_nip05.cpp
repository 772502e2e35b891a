// SPDX-License-Identifier: MIT
// Whether a domain says that a name is an account's, asked of one over TLS.
#include "tests/support/HttpServer.h"
#include "tests/unit/AccountStand.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

constexpr char kPath[] = "/.well-known/nostr.json?name=al";

class Domain : public QSslServer
{
public:
    explicit Domain(const QSslConfiguration& tls)
    {
        setSslConfiguration(tls);
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::pendingConnectionAvailable, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                const QByteArray path = socket->readAll().split(' ').value(1);
                asked += path;
                socket->write(answers.value(path, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"));
                socket->disconnectFromHost();
            });
        });
    }
    [[nodiscard]] QString address() const { return u"al@localhost:%1"_s.arg(serverPort()); }
    QMap<QByteArray, QByteArray> answers;
    QByteArrayList asked;
};

QByteArray names(const QString& key, const QString& relay = {})
{
    QByteArray json = "{\"names\":{\"al\":\"" + key.toLatin1() + "\"}";
    if (!relay.isEmpty())
        json += ",\"relays\":{\"" + key.toLatin1() + "\":[\"" + relay.toLatin1() + "\"]}";
    return hatstand::test::ok(json + '}', "application/json");
}

struct Desk
{
    explicit Desk(const QSslConfiguration& tls)
        : domain(tls)
    {
        (void)stand.settings.set(u"network.hosts"_s, u"127.0.0.1,localhost"_s);
        const QString content = u"{\"name\":\"al\",\"nip05\":\"%1\"}"_s.arg(domain.address());
        relay.hold(wire(nostr::kProfileKind, "[]", quoted(content)).json);
        stand.open();
    }
    [[nodiscard]] Nip05State state() const { return stand.directory->summary(id).nip05; }

    Domain domain;
    FakeRelay relay;
    AccountStand stand{{relay.url()}};
    SessionId id = stand.add();
};

} // namespace

class TestAccountNip05 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theDomainSaysSo();
    void theDomainSaysOtherwise();
    void redirectsAreNotFollowed();
    void whatIsNotReachedStays();
    void itsRelaysAreAskedWhereNoOthersAreKnown();

private:
    QTemporaryDir m_dir;
    QSslConfiguration m_tls;
};

/// This process trusts one certificate more: its own.
void TestAccountNip05::initTestCase()
{
    const QString key = m_dir.filePath(u"key"_s);
    const QString certificate = m_dir.filePath(u"certificate"_s);
    QCOMPARE(
        QProcess::execute(u"openssl"_s,
            {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s, u"/CN=localhost"_s,
                u"-addext"_s, u"subjectAltName=DNS:localhost"_s, u"-keyout"_s, key, u"-out"_s, certificate}),
        0);
    QFile keyFile(key);
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setPrivateKey(QSslKey(&keyFile, QSsl::Rsa));
    m_tls.setLocalCertificateChain(QSslCertificate::fromPath(certificate));
    m_tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSslConfiguration trusting = QSslConfiguration::defaultConfiguration();
    trusting.addCaCertificates(QSslCertificate::fromPath(certificate));
    QSslConfiguration::setDefaultConfiguration(trusting);
}

void TestAccountNip05::theDomainSaysSo()
{
    Desk desk(m_tls);
    desk.domain.answers[kPath] = names(desk.id.identity());
    QVERIFY(desk.stand.refresh(desk.id));
    QTRY_COMPARE(desk.state(), Nip05State::Verified);
    // Once in a run.
    QVERIFY(desk.stand.refresh(desk.id));
    QVERIFY(desk.stand.refresh(desk.id));
    QCOMPARE(desk.domain.asked.size(), 1);
    desk.stand.open(); // and kept for the next
    QCOMPARE(desk.state(), Nip05State::Verified);
    // Not for another name.
    desk.relay.hold(
        wire(nostr::kProfileKind, "[]", quoted(u"{\"nip05\":\"bo@localhost:1\"}"_s), 1700000001).json);
    QVERIFY(desk.stand.refresh(desk.id));
    QCOMPARE(desk.state(), Nip05State::Unknown);
}

void TestAccountNip05::theDomainSaysOtherwise()
{
    Desk desk(m_tls);
    desk.domain.answers[kPath] = names(QString(64, u'a'));
    QVERIFY(desk.stand.refresh(desk.id));
    QTRY_COMPARE(desk.state(), Nip05State::Refuted);
}

void TestAccountNip05::redirectsAreNotFollowed()
{
    Desk desk(m_tls);
    desk.domain.answers[kPath] = "HTTP/1.1 302 Found\r\nLocation: https://localhost:"
        + QByteArray::number(desk.domain.serverPort()) + "/other\r\nContent-Length: 0\r\n\r\n";
    desk.domain.answers["/other"] = names(desk.id.identity());
    QVERIFY(desk.stand.refresh(desk.id));
    QTRY_COMPARE(desk.domain.asked.size(), 1);
    // The next refresh asks anew, which it would not if the redirect had been followed.
    QVERIFY(desk.stand.refresh(desk.id));
    QTRY_COMPARE(desk.domain.asked.size(), 2);
    QVERIFY(!desk.domain.asked.contains("/other"));
    QCOMPARE(desk.state(), Nip05State::Unknown);
}

void TestAccountNip05::whatIsNotReachedStays()
{
    Desk desk(m_tls);
    desk.domain.answers[kPath] = names(desk.id.identity());
    QVERIFY(desk.stand.refresh(desk.id));
    QTRY_COMPARE(desk.state(), Nip05State::Verified);
    desk.domain.close();
    desk.stand.open();
    QVERIFY(desk.stand.refresh(desk.id));
    QCOMPARE(desk.state(), Nip05State::Verified);
}

void TestAccountNip05::itsRelaysAreAskedWhereNoOthersAreKnown()
{
    FakeRelay other;
    Desk desk(m_tls);
    desk.domain.answers[kPath] = names(desk.id.identity(), other.url());
    other.hold(follows(3));
    QVERIFY(desk.stand.refresh(desk.id));
    QTRY_COMPARE(desk.stand.directory->summary(desk.id).follows, 3);
}

QTEST_GUILESS_MAIN(TestAccountNip05)
#include "tst_account_nip05.moc"
