// SPDX-License-Identifier: MIT
// Apps that keep a channel to us: what of that which comes over it is asked about, and what they are told.
#include "core/accounts/NetSetup.h"
#include "core/antelope/AnchorLink.h"
#include "core/antelope/Keys.h"
#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/links/LinkHost.h"
#include "core/net/Fetcher.h"
#include "core/signing/StoppableSigner.h"
#include "tests/support/FakeBuoy.h"
#include "tests/support/FakePeople.h"
#include "tests/support/Stand.h"

#include <QJsonDocument>
#include <QTest>
#include <QThreadPool>
#include <deque>

using namespace hatstand;
using namespace hatstand::links;
using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;
using session::SessionId;

namespace {

const QString kChain = u"1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4"_s;
const QString kAlice = "antelope:"_L1 + kChain + ":alice@active"_L1;
const QString kAnswers = u"answers-of-the-app"_s; ///< its channel

SecretBuffer number(std::uint8_t value)
{
    SecretBuffer secret(32);
    secret.edit()[31] = value;
    return secret;
}

QString publicOf(std::uint8_t value)
{
    return antelope::PrivateKey::fromBytes(antelope::Curve::K1, number(value)).value().publicKey().text();
}

/// A wallet with one account, an app that logged in with it, and the forwarder between them.
class Desk : public test::Stand
{
public:
    Desk()
    {
        if (!add(kAlice) || !settings.set(u"links.service"_s, buoy.url()) || !store.load())
            qFatal("no stand");
        settle();
        fetcher.setPolicy(accounts::netPolicy(settings));
        listen();
    }
    ~Desk() { pool.waitForDone(); }

    void listen()
    {
        host.start(&approver, &passphrases, [this](const Callback<void>& done) {
            ++unlocks;
            if (isUnlockedAtOnce)
                done({});
        });
    }
    /// The app's login; it has the key 7.
    QMap<QString, QString> login()
    {
        EsrRequest request;
        request.chainId = kChain;
        request.what = EsrRequest::What::Identity;
        request.scope = antelope::Name::parse(u"someapp"_s).value();
        request.background = true;
        request.callback = buoy.url() + u'/' + kAnswers;
        const antelope::LinkCreate create{
            .sessionName = request.scope, .requestKey = publicOf(7), .userAgent = u"agent\n1\u202e"_s};
        request.info = {{u"link"_s, create.pack()}, {u"return_path"_s, "https://app.example/x?y"_ba}};
        std::optional<QMap<QString, QString>> told;
        host.create(request, SessionId(kAlice), [&](const Result<QList<QPair<QString, QString>>>& answer) {
            told.emplace();
            for (const auto& [key, value] : answer.value())
                told->insert(key, value);
        });
        if (!QTest::qWaitFor([&] { return told.has_value(); }))
            qFatal("no answer");
        link = *told;
        channel = link.value(u"link_ch"_s).section(u'/', -1);
        return link;
    }
    [[nodiscard]] EsrRequest transaction(qint64 endsIn = 600) const
    {
        EsrRequest request;
        request.version = 2;
        request.chainId = kChain;
        request.what = EsrRequest::What::Transaction;
        request.background = true;
        request.callback = buoy.url() + u'/' + kAnswers;
        request.info
            = {{u"link"_s, antelope::packLinkExpiration(quint32(clock.time.toSecsSinceEpoch() + endsIn))}};
        return request;
    }
    QByteArray sealed(const EsrRequest& request, std::uint8_t key = 7)
    {
        return antelope::sealMessage(
            number(key).view(), link.value(u"link_key"_s), ++nonce, bytesOf(request.encode().toLatin1()))
            .value()
            .pack();
    }
    void send(const QByteArray& message) { buoy.deliver(channel, message); }
    /// All that was sent so far has been read.
    bool isRead()
    {
        const qsizetype before = handled.size();
        send(sealed(transaction()));
        return QTest::qWaitFor([&] { return handled.size() > before; });
    }
    void handle(const EsrRequest& request, const requests::Asking& asking, Callback<requests::Outcome> done)
    {
        handled.append({request, asking});
        if (holds)
            return held.push_back(std::move(done));
        if (refusal)
            return done(fail(*refusal));
        done(requests::Outcome{.session = *asking.session,
            .chainId = kChain,
            .transaction = {},
            .signatures = {},
            .transactionId = {}});
    }
    [[nodiscard]] QStringList rejections() const
    {
        QStringList reasons;
        for (const QByteArray& body : buoy.posted(kAnswers))
            reasons += QJsonDocument::fromJson(body)[u"rejected"_s].toString();
        return reasons;
    }

    test::FakeBuoy buoy;
    test::Online online;
    SystemRandom random;
    QThreadPool pool;
    signing::LocalKeys keys{vault, pool};
    Settings settings{directory() + u"/hatstand.ini"_s};
    LinkStore store{directory() + u"/links.json"_s, sessions()};
    net::Fetcher fetcher;
    test::FakeApprover approver;
    test::FakePassphrases passphrases;
    QList<QPair<EsrRequest, requests::Asking>> handled;
    std::deque<Callback<requests::Outcome>> held;
    std::optional<ErrorCode> refusal;
    bool holds = false;
    int unlocks = 0; ///< how often the person was asked to
    bool isUnlockedAtOnce = false; ///< as they say; the vault itself tells of nothing
    QMap<QString, QString> link;
    QString channel;
    quint64 nonce = 0;
    LinkHost host{{.store = store,
        .sessions = sessions(),
        .vault = vault,
        .keys = keys,
        .fetcher = fetcher,
        .net = {settings, online, random},
        .clock = clock,
        .handle = [this](const EsrRequest& request, const requests::Asking& asking, signing::Approver&,
                      signing::PassphraseSource&,
                      Callback<requests::Outcome> done) { handle(request, asking, std::move(done)); }}};
};

} // namespace

class TestLinkHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qunsetenv("ALL_PROXY"); } // the forwarder is on this machine
    void anAppIsKnownAndItsRequestsAreAsked();
    void whatIsNotTheAppsIsNotAsked();
    void whatCameBeforeIsNotAskedAgain();
    void whatIsTooLateOrHasNoEndIsNotAsked();
    void anIdentityIsNotProvenOverAChannel();
    void aNoIsTold();
    void oneAfterTheOtherAndNotTooMany();
    void whatComesWhileLockedWaits();
    void thePersonIsAskedToUnlockOnce();
    void whatOneEntrysLockHeldUpIsOpened();
    void nobodyIsAskedToUnlockWhileSigningIsStopped();
    void whatIsFoundLockedAfterItsAccountIsGone();
    void nobodyIsListenedToWithoutAKey();
    void aRevokedAppIsNotListenedTo();
    void withoutAPersonNothingIsTaken();
};

void TestLinkHost::anAppIsKnownAndItsRequestsAreAsked()
{
    Desk desk;
    const auto link = desk.login();
    QVERIFY(link.value(u"link_ch"_s).startsWith(desk.buoy.url() + u'/'));
    QVERIFY(link.value(u"link_key"_s).startsWith("PUB_K1_"_L1));
    QCOMPARE(link.value(u"link_name"_s), u"Hatstand"_s);
    const AppLink* app = desk.store.find(desk.channel);
    QVERIFY(app);
    QCOMPARE(app->app, u"someapp"_s);
    QCOMPARE(app->host, u"app.example"_s);
    QVERIFY(!app->agent.contains(u'\n') && !app->agent.contains(QChar(0x202e)));

    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.handled.size(), 1);
    const auto& [request, asking] = desk.handled.constFirst();
    QCOMPARE(request.callback, desk.transaction().callback);
    QCOMPARE(asking.session.value().text(), kAlice);
    QCOMPARE(asking.peer, u"someapp"_s);
    QVERIFY(!asking.mayChange);
    QTRY_COMPARE(desk.buoy.acknowledged.size(), 1);
    QVERIFY(desk.buoy.acknowledged.constFirst().startsWith("BB\x02"));
    QVERIFY(desk.store.find(desk.channel)->lastUsedAt.isValid());
    QVERIFY(desk.rejections().isEmpty());
}

void TestLinkHost::whatIsNotTheAppsIsNotAsked()
{
    Desk desk;
    desk.login();
    desk.send(desk.sealed(desk.transaction(), 8)); // who knows the channel, and no more
    auto forged = antelope::SealedMessage::unpack(bytesOf(desk.sealed(desk.transaction(), 8))).value();
    forged.from = publicOf(7);
    desk.send(forged.pack());
    desk.send("esr:gmNg");
    desk.send({});
    QVERIFY(desk.isRead());
    QCOMPARE(desk.handled.size(), 1);
    QVERIFY(desk.rejections().isEmpty());
}

void TestLinkHost::whatCameBeforeIsNotAskedAgain()
{
    Desk desk;
    desk.login();
    const QByteArray message = desk.sealed(desk.transaction(1800));
    desk.send(message);
    desk.send(message);
    QTRY_COMPARE(desk.handled.size(), 1);
    desk.clock.time = desk.clock.time.addSecs(1200); // it may still be signed
    desk.send(message);
    QVERIFY(desk.isRead());
    QCOMPARE(desk.handled.size(), 2);
}

void TestLinkHost::whatIsTooLateOrHasNoEndIsNotAsked()
{
    Desk desk;
    desk.login();
    desk.send(desk.sealed(desk.transaction(-1)));
    desk.send(desk.sealed(desk.transaction(qint64{2} * 24 * 3600)));
    EsrRequest endless = desk.transaction();
    endless.info.clear();
    desk.send(desk.sealed(endless));
    QVERIFY(desk.isRead());
    QCOMPARE(desk.handled.size(), 1);
    QVERIFY(desk.rejections().isEmpty());
}

void TestLinkHost::anIdentityIsNotProvenOverAChannel()
{
    Desk desk;
    desk.login();
    EsrRequest identity = desk.transaction();
    identity.version = 3;
    identity.what = EsrRequest::What::Identity;
    identity.scope = antelope::Name::parse(u"otherapp"_s).value();
    desk.send(desk.sealed(identity));
    QTRY_COMPARE(desk.rejections().size(), 1);
    QVERIFY(desk.handled.isEmpty());
}

void TestLinkHost::aNoIsTold()
{
    Desk desk;
    desk.login();
    desk.refusal = ErrorCode::Denied;
    EsrRequest request = desk.transaction();
    request.callback += u"?a={{sa}}"_s;
    desk.send(desk.sealed(request));
    QTRY_COMPARE(desk.buoy.posts.size(), 1);
    QCOMPARE(desk.buoy.posts.constFirst().channel, kAnswers + u"?a="_s);
    QVERIFY(desk.buoy.posts.constFirst().body.startsWith("{\"rejected\":\""));
    QVERIFY(!desk.store.find(desk.channel)->lastUsedAt.isValid());
}

void TestLinkHost::oneAfterTheOtherAndNotTooMany()
{
    Desk desk;
    desk.login();
    desk.holds = true;
    for (qsizetype i = 0; i < LinkHost::kMostWaiting + 2; ++i)
        desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.rejections().size(), 1);
    QCOMPARE(desk.handled.size(), 1);
    for (qsizetype i = 1; i <= LinkHost::kMostWaiting + 1; ++i) {
        QCOMPARE(desk.handled.size(), i);
        const auto done = desk.held.front();
        desk.held.pop_front();
        done(fail(ErrorCode::Denied));
    }
    QCOMPARE(desk.handled.size(), LinkHost::kMostWaiting + 1);
}

void TestLinkHost::whatComesWhileLockedWaits()
{
    Desk desk;
    desk.login();
    desk.vault.setState(secrets::VaultState::Locked);
    QTRY_VERIFY(desk.host.isConnected(desk.channel));
    desk.vault.reads = 0;
    const auto ending = [&](qint64 seconds) {
        EsrRequest request = desk.transaction(seconds);
        request.callback += u"?of="_s + QString::number(seconds);
        return request;
    };
    desk.send(desk.sealed(desk.transaction(), 8)); // who knows the channel, and no more
    desk.send(desk.sealed(ending(900))); // one too many, and the oldest
    const QByteArray twice = desk.sealed(ending(901));
    desk.send(twice);
    desk.send(twice);
    desk.send(desk.sealed(ending(100)));
    desk.send(desk.sealed(ending(902)));
    desk.send(desk.sealed(ending(903)));
    QTRY_COMPARE(desk.buoy.acknowledged.size(), 7);
    QCOMPARE(desk.vault.reads, 0);
    QVERIFY(desk.handled.isEmpty());
    desk.clock.time = desk.clock.time.addSecs(200);
    desk.vault.setState(secrets::VaultState::Unlocked);
    QTRY_COMPARE(desk.handled.size(), 3);
    QStringList callbacks;
    for (const auto& [request, asking] : std::as_const(desk.handled))
        callbacks += request.callback.section(u'=', -1);
    QCOMPARE(callbacks, (QStringList{u"901"_s, u"902"_s, u"903"_s})); // and the one in between is too late
    QVERIFY(desk.buoy.posts.isEmpty());
}

void TestLinkHost::thePersonIsAskedToUnlockOnce()
{
    using secrets::VaultState;
    Desk desk;
    desk.login();
    desk.vault.setState(VaultState::Locked);
    QTRY_VERIFY(desk.host.isConnected(desk.channel));
    desk.send(desk.sealed(desk.transaction(), 8));
    QTRY_COMPARE(desk.buoy.acknowledged.size(), 1);
    QCOMPARE(desk.unlocks, 0); // not by the app
    desk.send(desk.sealed(desk.transaction()));
    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.buoy.acknowledged.size(), 3);
    QCOMPARE(desk.unlocks, 1);
    desk.vault.setState(VaultState::Unlocked);
    QTRY_COMPARE(desk.handled.size(), 2);
    desk.vault.failNextRead = ErrorCode::Locked; // behind our back
    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.unlocks, 2);
    desk.host.stop(); // nobody would answer, and what waits has no more use
    QTRY_COMPARE(desk.buoy.listeners(desk.channel), 0);
    desk.vault.setState(VaultState::Locked);
    desk.vault.setState(VaultState::Unlocked);
    desk.listen();
    QVERIFY(desk.isRead());
    QCOMPARE(desk.handled.size(), 3);
}

void TestLinkHost::whatOneEntrysLockHeldUpIsOpened()
{
    Desk desk;
    desk.login();
    desk.isUnlockedAtOnce = true;
    desk.vault.failNextRead = ErrorCode::Locked; // the keyring as a whole is open all along
    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.handled.size(), 1);
    QCOMPARE(desk.unlocks, 1);
    desk.vault.setState(secrets::VaultState::Locked); // and whoever says otherwise is not asked in a circle
    QTRY_VERIFY(desk.host.isConnected(desk.channel));
    desk.send(desk.sealed(desk.transaction()));
    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.buoy.acknowledged.size(), 3);
    QCOMPARE(desk.unlocks, 2);
    QCOMPARE(desk.handled.size(), 1);
    desk.vault.setState(secrets::VaultState::Unlocked);
    QTRY_COMPARE(desk.handled.size(), 3);
    QCOMPARE(desk.unlocks, 2);
}

void TestLinkHost::nobodyIsAskedToUnlockWhileSigningIsStopped()
{
    Desk desk;
    desk.login();
    desk.vault.setState(secrets::VaultState::Locked);
    QVERIFY(signing::setSigningStopped(desk.settings, true));
    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.buoy.acknowledged.size(), 1);
    QCOMPARE(desk.unlocks, 0);
    QVERIFY(signing::setSigningStopped(desk.settings, false));
    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.unlocks, 1);
}

void TestLinkHost::whatIsFoundLockedAfterItsAccountIsGone()
{
    Desk desk;
    desk.login();
    QTRY_VERIFY(desk.host.isConnected(desk.channel));
    desk.vault.hold();
    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.vault.held(), 1);
    desk.sessions().noteUse(SessionId(kAlice), ErrorCode::SecretMissing);
    QTRY_COMPARE(desk.buoy.listeners(desk.channel), 0);
    desk.vault.failNextRead = ErrorCode::Locked;
    desk.vault.release();
    desk.sessions().noteUse(SessionId(kAlice), std::nullopt);
    desk.vault.setState(secrets::VaultState::Locked);
    desk.vault.setState(secrets::VaultState::Unlocked);
    QVERIFY(desk.isRead());
    QCOMPARE(desk.handled.size(), 1);
    QCOMPARE(desk.unlocks, 0);
}

void TestLinkHost::nobodyIsListenedToWithoutAKey()
{
    Desk desk;
    desk.login();
    QTRY_VERIFY(desk.host.isConnected(desk.channel));
    desk.sessions().noteUse(SessionId(kAlice), ErrorCode::SecretMissing);
    QTRY_COMPARE(desk.buoy.listeners(desk.channel), 0);
    desk.send(desk.sealed(desk.transaction()));
    desk.sessions().noteUse(SessionId(kAlice), std::nullopt);
    QTRY_COMPARE(desk.handled.size(), 1); // it waited
}

void TestLinkHost::aRevokedAppIsNotListenedTo()
{
    Desk desk;
    desk.login();
    desk.holds = true;
    desk.send(desk.sealed(desk.transaction()));
    QTRY_COMPARE(desk.handled.size(), 1);
    const auto isGone = desk.handled.constFirst().second.isGone;
    QVERIFY(!isGone());
    QVERIFY(desk.store.revoke(desk.channel));
    QVERIFY(isGone()); // the question that is open goes too
    QTRY_COMPARE(desk.buoy.listeners(desk.channel), 0);
}

void TestLinkHost::withoutAPersonNothingIsTaken()
{
    Desk desk;
    desk.login();
    QTRY_VERIFY(desk.host.isConnected(desk.channel));
    desk.host.stop();
    QTRY_COMPARE(desk.buoy.listeners(desk.channel), 0);
    desk.host.start(nullptr, &desk.passphrases);
    QVERIFY(!desk.host.isConnected(desk.channel));
    desk.send(desk.sealed(desk.transaction()));
    desk.host.start(&desk.approver, &desk.passphrases);
    QTRY_COMPARE(desk.handled.size(), 1);
}

QTEST_GUILESS_MAIN(TestLinkHost)
#include "tst_link_host.moc"
