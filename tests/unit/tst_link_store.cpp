// SPDX-License-Identifier: MIT
// Which apps are connected, and where an Anchor is, across starts and logouts.
#include "core/antelope/Keys.h"
#include "core/links/LinkStore.h"
#include "tests/support/Stand.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <QUuid>

using namespace hatstand;
using namespace hatstand::links;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

const QString kAlice = u"antelope:aa:alice@active"_s;
const QString kBob = u"antelope:aa:bob@active"_s;

QString someKey()
{
    SecretBuffer secret(32);
    secret.edit()[31] = 7;
    return antelope::PrivateKey::fromBytes(antelope::Curve::K1, std::move(secret)).value().publicKey().text();
}

class Desk : public test::Stand
{
public:
    Desk()
    {
        if (!add(kAlice) || !add(kBob))
            qFatal("no accounts");
        open();
    }
    void open()
    {
        store = std::make_unique<LinkStore>(path(), sessions());
        loaded = store->load();
    }
    [[nodiscard]] QString path() const { return directory() + u"/links.json"_s; }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray& text) const
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("not written");
    }
    AppLink app(const QString& session)
    {
        return {.channel = QUuid::createUuid().toString(QUuid::WithoutBraces),
            .service = u"https://cb.anchor.link"_s,
            .requestKey = someKey(),
            .app = u"someapp"_s,
            .agent = u"an agent"_s,
            .host = u"app.example"_s,
            .session = SessionId(session),
            .createdAt = clock.now()};
    }

    std::unique_ptr<LinkStore> store;
    Result<void> loaded;
};

} // namespace

class TestLinkStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linksAreThereAfterARestart();
    void onlyTheOwnerReadsTheFile();
    void aRevokedAppIsGone();
    void loggingOutDisconnectsThatAccountsApps();
    void anAppOfAnAccountThatIsGoneStaysGone();
    void thereIsRoomForANewOne();
    void anAnchorIsKnownAsLongAsItsEntryRests();
    void aDamagedFileIsLeftAlone_data();
    void aDamagedFileIsLeftAlone();
};

void TestLinkStore::linksAreThereAfterARestart()
{
    Desk desk;
    QVERIFY(desk.loaded);
    const AppLink link = desk.app(kAlice);
    const WalletLink wallet{SessionId(kBob), u"https://cb.anchor.link/1-2-3"_s, someKey(), u"Zoë's phone"_s};
    QVERIFY(desk.store->add(link));
    QVERIFY(desk.store->setWallet(wallet));
    const QDateTime when = desk.clock.now();
    QVERIFY(desk.store->noteUse(link.channel, when));
    desk.open();
    QVERIFY(desk.loaded);
    QCOMPARE(desk.store->apps().size(), 1);
    AppLink used = link;
    used.lastUsedAt = when;
    QVERIFY(desk.store->apps().constFirst() == used);
    QVERIFY(desk.store->wallet(SessionId(kBob)) == wallet);
    QVERIFY(!desk.store->wallet(SessionId(kAlice)));
}

void TestLinkStore::onlyTheOwnerReadsTheFile()
{
    Desk desk;
    QVERIFY(desk.store->add(desk.app(kAlice)));
    constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(desk.path()) & kOthers));
}

void TestLinkStore::aRevokedAppIsGone()
{
    Desk desk;
    const AppLink link = desk.app(kAlice);
    QVERIFY(desk.store->add(link));
    QSignalSpy changed(desk.store.get(), &LinkStore::changed);
    QVERIFY(desk.store->revoke(link.channel));
    QCOMPARE(changed.size(), 1);
    QVERIFY(!desk.content().contains(link.channel.toLatin1()));
    const auto again = desk.store->revoke(link.channel);
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::NotFound);
}

void TestLinkStore::loggingOutDisconnectsThatAccountsApps()
{
    Desk desk;
    const AppLink alices = desk.app(kAlice);
    const AppLink bobs = desk.app(kBob);
    QVERIFY(desk.store->add(alices));
    QVERIFY(desk.store->add(bobs));
    QVERIFY(desk.logout(kAlice));
    QVERIFY(!desk.store->find(alices.channel));
    QVERIFY(desk.store->find(bobs.channel));
    QVERIFY(!desk.content().contains(alices.channel.toLatin1()));
}

void TestLinkStore::anAppOfAnAccountThatIsGoneStaysGone()
{
    Desk desk;
    QVERIFY(desk.store->add(desk.app(kAlice)));
    desk.store.reset(); // logged out by a program that does not know of links
    QVERIFY(desk.logout(kAlice));
    desk.open();
    QVERIFY(desk.loaded);
    QVERIFY(desk.store->apps().isEmpty());
}

void TestLinkStore::thereIsRoomForANewOne()
{
    Desk desk;
    QStringList channels;
    QJsonArray apps; // at once: each add() waits for the disk
    for (qsizetype i = 0; i < LinkStore::kMostApps; ++i) {
        const AppLink link = desk.app(kAlice);
        channels += link.channel;
        apps += QJsonObject{{u"channel"_s, link.channel}, {u"service"_s, link.service},
            {u"requestKey"_s, link.requestKey}, {u"session"_s, kAlice},
            {u"createdAt"_s, link.createdAt.toString(Qt::ISODateWithMs)}};
    }
    desk.write(QJsonDocument({{u"v"_s, 1}, {u"apps"_s, apps}, {u"wallets"_s, QJsonArray()}}).toJson());
    desk.open();
    QVERIFY(desk.loaded);
    QCOMPARE(desk.store->apps().size(), LinkStore::kMostApps);
    QVERIFY(desk.store->noteUse(channels.at(0), desk.clock.now()));
    const AppLink last = desk.app(kAlice);
    QVERIFY(desk.store->add(last));
    QCOMPARE(desk.store->apps().size(), LinkStore::kMostApps);
    QVERIFY(desk.store->find(last.channel));
    QVERIFY(desk.store->find(channels.at(0))); // the oldest, but used
    QVERIFY(!desk.store->find(channels.at(1)));
}

void TestLinkStore::anAnchorIsKnownAsLongAsItsEntryRests()
{
    Desk desk;
    const WalletLink alices{SessionId(kAlice), u"https://cb.anchor.link/1-2-3"_s, someKey(), u"Phone"_s};
    const WalletLink bobs{SessionId(kBob), u"https://cb.anchor.link/4-5-6"_s, someKey(), u"Phone"_s};
    QVERIFY(desk.store->setWallet(alices));
    QVERIFY(desk.store->setWallet(bobs));
    QVERIFY(desk.logout(kAlice)); // its entry rests
    QVERIFY(desk.logout(kBob, true));
    QTRY_VERIFY(!desk.store->wallet(SessionId(kBob)));
    QCOMPARE(desk.sessions().resting().size(), 1);
    QVERIFY(desk.store->wallet(SessionId(kAlice)) == alices);
    QVERIFY(desk.untrash(kAlice));
    QCoreApplication::processEvents();
    QVERIFY(desk.store->wallet(SessionId(kAlice)) == alices);
}

void TestLinkStore::aDamagedFileIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("not JSON");
    QTest::newRow("later version") << QByteArray(R"({"v":2,"apps":[],"wallets":[]})");
    QTest::newRow("a link without a key") << QByteArray(
        R"({"v":1,"apps":[{"channel":"123e4567-e89b-42d3-a456-426614174000","service":"https://a.example"}]})");
}

void TestLinkStore::aDamagedFileIsLeftAlone()
{
    QFETCH(QByteArray, content);
    Desk desk;
    desk.write(content);
    desk.open();
    QVERIFY(!desk.loaded);
    QCOMPARE(desk.loaded.error().code, ErrorCode::Damaged);
    QVERIFY(!desk.store->add(desk.app(kAlice)));
    QVERIFY(desk.store->apps().isEmpty());
    QCOMPARE(desk.content(), content);
}

QTEST_GUILESS_MAIN(TestLinkStore)
#include "tst_link_store.moc"
