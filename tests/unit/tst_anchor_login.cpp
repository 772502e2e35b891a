// SPDX-License-Identifier: MIT
// An Anchor elsewhere signs for an account of ours: what of its word is believed.
#include "core/accounts/NetSetup.h"
#include "core/antelope/AnchorLink.h"
#include "core/antelope/EsrResolve.h"
#include "core/antelope/Keys.h"
#include "core/antelope/Times.h"
#include "core/base/Settings.h"
#include "core/links/AnchorLogin.h"
#include "core/links/AnchorSigner.h"
#include "core/net/Fetcher.h"
#include "core/secrets/StoredSecret.h"
#include "core/signing/AnchorKeys.h"
#include "tests/support/FakeBuoy.h"
#include "tests/support/Stand.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QThreadPool>

using namespace hatstand;
using namespace hatstand::links;
using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;
using antelope::PrivateKey;
using session::SessionId;
using session::SignerKind;

namespace {

const QString kChain = u"1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4"_s;
const QString kAlice = "antelope:"_L1 + kChain + ":alice@active"_L1;

PrivateKey key(std::uint8_t value)
{
    SecretBuffer secret(32);
    secret.edit()[31] = value;
    return PrivateKey::fromBytes(antelope::Curve::K1, std::move(secret)).value();
}

SecretBuffer number(std::uint8_t value)
{
    SecretBuffer secret(32);
    secret.edit()[31] = value;
    return secret;
}

/// alice@active is of key 3, and key 4 counts half; the Anchor's own key is 9.
chain::ChainAccount alice()
{
    chain::ChainAccount account;
    account.name = u"alice"_s;
    chain::Permission active{.name = u"active"_s, .parent = u"owner"_s, .threshold = 2};
    active.keys = {{key(3).publicKey().text(), 2}, {key(4).publicKey().text(), 1}};
    account.permissions = {active};
    return account;
}

QByteArray toJson(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

class Desk : public test::Stand
{
public:
    Desk()
    {
        if (!settings.set(u"links.service"_s, buoy.url()) || !store.load())
            qFatal("no stand");
        fetcher.setPolicy(accounts::netPolicy(settings));
    }
    ~Desk() { pool.waitForDone(); }

    void begin()
    {
        request = EsrRequest::parse(login.start(kChain, [this](Result<AnchorAccount> result) {
            made = std::move(result);
        })).value();
    }
    /// What an Anchor whose person says yes would answer.
    [[nodiscard]] QJsonObject yes(std::uint8_t signer = 3, const QString& level = u"alice@active"_s) const
    {
        const auto account = antelope::PermissionLevel::parse(level).value();
        const auto end = quint32(clock.time.toSecsSinceEpoch() + 60);
        const auto identity = antelope::resolve(request, account, {}, {.expiration = end}).value();
        return {{u"sig"_s, key(signer).sign(identity.digest(kChain).value()).value()},
            {u"tx"_s, identity.id()}, {u"ex"_s, antelope::secondsText(end)}, {u"sa"_s, account.actor.text()},
            {u"sp"_s, account.permission.text()}, {u"cid"_s, kChain}, {u"rbn"_s, 0},
            {u"link_ch"_s, u"https://cb.anchor.link/1-2-3-4-5"_s}, {u"link_key"_s, key(9).publicKey().text()},
            {u"link_name"_s, u"Phone"_s}};
    }
    void answer(const QByteArray& message) { buoy.deliver(request.callback.section(u'/', -1), message); }

    /// The account is logged in, and its Anchor listens at a channel here.
    void logIn()
    {
        begin();
        answer(toJson(yes()));
        if (!QTest::qWaitFor([this] { return made.has_value(); }) || !*made)
            qFatal("no login");
        session::NewSession account = (*made)->session;
        bool isAdded = false;
        sessions().add(account, [&](const Result<session::Added>& added) { isAdded = added.has_value(); });
        WalletLink wallet = (*made)->wallet;
        wallet.channel = buoy.url() + u"/the-anchor-itself"_s;
        if (!isAdded || !store.setWallet(wallet))
            qFatal("not added");
    }
    void sign(qint64 endsIn = 600, qint64 chainAhead = 0)
    {
        transaction.header.expiration = quint32(clock.time.toSecsSinceEpoch() + endsIn);
        transaction.header.refBlockNum = 7;
        signature.reset();
        anchor.signTransaction(SessionId(kAlice), transaction, chainAhead,
            [this](Result<QString> result) { signature = std::move(result); });
    }
    /// What the Anchor reads.
    EsrRequest asked()
    {
        if (!QTest::qWaitFor([this] { return !buoy.posted(u"the-anchor-itself"_s).isEmpty(); }))
            qFatal("nothing was asked");
        const auto message
            = antelope::SealedMessage::unpack(bytesOf(buoy.posted(u"the-anchor-itself"_s).constLast()));
        const auto text = antelope::openMessage(number(9).view(), message.value());
        const QByteArray uri = toQByteArray(text.value().view());
        if (!uri.startsWith("esr:") || uri.startsWith("esr://"))
            qFatal("not as plugins write it");
        request = EsrRequest::parse(QString::fromLatin1(uri)).value();
        return request;
    }
    [[nodiscard]] static QString signedBy(std::uint8_t signer, const antelope::Transaction& what)
    {
        return key(signer).sign(what.digest(kChain).value()).value();
    }

    test::FakeBuoy buoy;
    test::Online online;
    SystemRandom random;
    QThreadPool pool;
    signing::LocalKeys keys{vault, pool};
    Settings settings{directory() + u"/hatstand.ini"_s};
    LinkStore store{directory() + u"/links.json"_s, sessions()};
    net::Fetcher fetcher;
    Result<chain::ChainAccount> onChain = alice();
    int chainAsked = 0;
    AccountOf askChain = [this](const QString&, const QString&, const QString&, QObject*,
                             const Callback<chain::ChainAccount>& done) {
        ++chainAsked;
        done(onChain);
    };
    LinkNet net{settings, online, random};
    AnchorLogin login{{.net = net, .clock = clock, .account = askChain}};
    AnchorSigner anchor{{.sessions = sessions(),
        .store = store,
        .keys = keys,
        .fetcher = fetcher,
        .net = net,
        .clock = clock,
        .account = askChain}};
    EsrRequest request;
    std::optional<Result<AnchorAccount>> made;
    antelope::Transaction transaction;
    std::optional<Result<QString>> signature;
};

} // namespace

class TestAnchorLogin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qunsetenv("ALL_PROXY"); } // the forwarder is on this machine
    void anAnchorsYesIsAnAccount();
    void whatIsNotBelieved_data();
    void whatIsNotBelieved();
    void withoutTheChainNobodyIsBelieved();
    void junkIsWaitedThrough();
    void givenUp();
    void aTransactionIsSignedThere();
    void anotherKeyOfThePermissionWillDo();
    void aSignatureOfSomethingElseIsRefused();
    void theOtherPersonsNo();
    void tooLateIsNotSent();
    void theChainsClockCounts();
    void cancelledAndUnknown();
};

void TestAnchorLogin::anAnchorsYesIsAnAccount()
{
    Desk desk;
    desk.begin();
    QCOMPARE(desk.request.version, 3);
    QVERIFY(desk.request.isIdentity() && desk.request.background && !desk.request.broadcast);
    QCOMPARE(desk.request.chainId, kChain);
    const auto create = antelope::LinkCreate::unpack(bytesOf(desk.request.infoOf(u"link"_s).value()));
    QVERIFY(create);
    desk.answer(toJson(desk.yes()));
    QTRY_VERIFY(desk.made);
    QVERIFY(*desk.made);
    const session::NewSession& session = (*desk.made)->session;
    QCOMPARE(session.id.text(), kAlice);
    QCOMPARE(session.signer, SignerKind::Remote);
    QCOMPARE(session.wallet, u"anchor"_s);
    QCOMPARE(session.publicKey, key(3).publicKey().text());
    QVERIFY((*desk.made)->wallet
        == (WalletLink{SessionId(kAlice), u"https://cb.anchor.link/1-2-3-4-5"_s, key(9).publicKey().text(),
            u"Phone"_s}));
    const auto stored = secrets::decodeStoredSecret(*session.secret);
    QVERIFY(stored);
    QCOMPARE(stored->type, secrets::SecretType::Anchor);
    const auto entry = signing::decodeAnchorEntry(stored->data);
    QVERIFY(entry);
    const auto own = PrivateKey::fromBytes(antelope::Curve::K1, entry->secret.clone());
    QCOMPARE(own->publicKey().text(), create->requestKey); // what later requests are sealed with
}

void TestAnchorLogin::whatIsNotBelieved_data()
{
    QTest::addColumn<int>("signer");
    QTest::addColumn<QString>("level");
    QTest::addColumn<QJsonObject>("instead");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<Why>("why");
    const QString own = u"alice@active"_s;
    const auto invalid = ErrorCode::InvalidInput;
    QTest::newRow("another key") << 5 << own << QJsonObject() << ErrorCode::KeyMismatch << Why::Unsaid;
    QTest::newRow("half a key") << 4 << own << QJsonObject() << ErrorCode::KeyMismatch << Why::KeyTooWeak;
    QTest::newRow("no such permission")
        << 3 << u"alice@posting"_s << QJsonObject() << ErrorCode::NotFound << Why::NoSuchPermission;
    QTest::newRow("another account's proof") // signed as alice, shown as bob
        << 3 << own << QJsonObject{{u"sa"_s, u"bob"_s}} << ErrorCode::KeyMismatch << Why::Unsaid;
    QTest::newRow("another chain") << 3 << own << QJsonObject{{u"cid"_s, QString(64, u'1')}} << invalid
                                   << Why::Malformed;
    QTest::newRow("an old proof") << 3 << own << QJsonObject{{u"ex"_s, u"2020-01-01T00:00:00"_s}}
                                  << ErrorCode::Expired << Why::Unsaid;
    QTest::newRow("no signature") << 3 << own << QJsonObject{{u"sig"_s, u""_s}} << invalid << Why::Malformed;
    QTest::newRow("a channel that anybody reads")
        << 3 << own << QJsonObject{{u"link_ch"_s, u"http://cb.anchor.link/1-2-3"_s}} << invalid
        << Why::Malformed;
    QTest::newRow("no key to seal to")
        << 3 << own << QJsonObject{{u"link_key"_s, u"PUB_K1_1"_s}} << invalid << Why::Malformed;
    QTest::newRow("no") << 3 << own << QJsonObject{{u"rejected"_s, u"no"_s}} << ErrorCode::Denied
                        << Why::Unsaid;
}

void TestAnchorLogin::whatIsNotBelieved()
{
    QFETCH(int, signer);
    QFETCH(QString, level);
    QFETCH(QJsonObject, instead);
    QFETCH(ErrorCode, code);
    QFETCH(Why, why);
    Desk desk;
    desk.begin();
    QJsonObject answer = desk.yes(std::uint8_t(signer), level);
    for (auto member = instead.constBegin(); member != instead.constEnd(); ++member)
        answer.insert(member.key(), member.value());
    desk.answer(toJson(answer));
    QTRY_VERIFY(desk.made);
    QVERIFY(!*desk.made);
    QCOMPARE(desk.made->error().code, code);
    QCOMPARE(desk.made->error().why, why);
}

void TestAnchorLogin::withoutTheChainNobodyIsBelieved()
{
    Desk desk;
    desk.onChain = fail(ErrorCode::Network);
    desk.begin();
    desk.answer(toJson(desk.yes()));
    QTRY_VERIFY(desk.made);
    QVERIFY(!*desk.made);
    QCOMPARE(desk.made->error().code, ErrorCode::Network);
}

void TestAnchorLogin::junkIsWaitedThrough()
{
    Desk desk;
    desk.begin();
    for (const QByteArray& junk : {"junk"_ba, "[]"_ba, "\"sig\""_ba})
        desk.answer(junk);
    desk.answer(toJson(desk.yes()));
    QTRY_VERIFY(desk.made);
    QVERIFY(*desk.made);
}

void TestAnchorLogin::givenUp()
{
    Desk desk;
    desk.begin();
    desk.login.cancel();
    QVERIFY(desk.made && !*desk.made);
    QCOMPARE(desk.made->error().code, ErrorCode::Cancelled);
    desk.made.reset();
    desk.begin(); // and once more
    desk.answer(toJson(desk.yes()));
    QTRY_VERIFY(desk.made);
    QVERIFY(*desk.made);

    AnchorLogin brief({.net = desk.net,
        .clock = desk.clock,
        .account = desk.askChain,
        .wait = std::chrono::milliseconds(1)});
    desk.made.reset();
    (void)brief.start(kChain, [&](Result<AnchorAccount> result) { desk.made = std::move(result); });
    QTRY_VERIFY(desk.made);
    QVERIFY(!*desk.made);
    QCOMPARE(desk.made->error().code, ErrorCode::Expired);
}

void TestAnchorLogin::aTransactionIsSignedThere()
{
    Desk desk;
    desk.logIn();
    desk.chainAsked = 0;
    desk.sign();
    const EsrRequest asked = desk.asked();
    QVERIFY(asked.transaction == desk.transaction);
    QCOMPARE(asked.chainId, kChain);
    QVERIFY(asked.background && !asked.broadcast); // it is sent by us
    const auto end = antelope::unpackLinkExpiration(bytesOf(asked.infoOf(u"link"_s).value()));
    QVERIFY(end && *end < desk.transaction.header.expiration); // nobody waits for so long
    const QString signature = Desk::signedBy(3, desk.transaction);
    desk.answer(toJson({{u"sig"_s, signature}, {u"sig0"_s, signature}}));
    QTRY_VERIFY(desk.signature);
    QVERIFY(*desk.signature);
    QCOMPARE(**desk.signature, signature);
    QCOMPARE(desk.chainAsked, 0);
}

void TestAnchorLogin::anotherKeyOfThePermissionWillDo()
{
    Desk desk;
    desk.logIn();
    desk.sign();
    (void)desk.asked();
    const QString signature = Desk::signedBy(4, desk.transaction);
    // After one that somebody else put beside it.
    desk.answer(toJson({{u"sig"_s, Desk::signedBy(6, desk.transaction)}, {u"sig0"_s, signature}}));
    QTRY_VERIFY(desk.signature);
    QVERIFY(*desk.signature);
    QCOMPARE(**desk.signature, signature);
}

void TestAnchorLogin::aSignatureOfSomethingElseIsRefused()
{
    Desk desk;
    desk.logIn();
    desk.sign();
    (void)desk.asked();
    antelope::Transaction other = desk.transaction;
    other.header.maxCpuUsageMs = 1;
    desk.answer(toJson({{u"sig"_s, Desk::signedBy(3, other)}}));
    QTRY_VERIFY(desk.signature);
    QVERIFY(!*desk.signature);
    QCOMPARE(desk.signature->error().code, ErrorCode::WrongAccount);
}

void TestAnchorLogin::theOtherPersonsNo()
{
    Desk desk;
    desk.logIn();
    desk.sign();
    (void)desk.asked();
    desk.answer(R"({"rejected":"no"})");
    QTRY_VERIFY(desk.signature);
    QVERIFY(!*desk.signature);
    QCOMPARE(desk.signature->error().code, ErrorCode::Denied);
}

void TestAnchorLogin::tooLateIsNotSent()
{
    Desk desk;
    desk.logIn();
    desk.vault.reads = 0;
    desk.sign(-1);
    QVERIFY(desk.signature && !*desk.signature);
    QCOMPARE(desk.signature->error(), (Error{.code = ErrorCode::Expired, .why = Why::RequestExpired}));
    QCOMPARE(desk.vault.reads, 0);
}

void TestAnchorLogin::theChainsClockCounts()
{
    Desk desk;
    desk.logIn();
    desk.sign(-200, -300); // ours is five minutes fast
    const EsrRequest asked = desk.asked();
    const auto end = antelope::unpackLinkExpiration(bytesOf(asked.infoOf(u"link"_s).value()));
    QVERIFY(end && *end <= desk.transaction.header.expiration);
    desk.answer(toJson({{u"sig"_s, Desk::signedBy(3, desk.transaction)}}));
    QTRY_VERIFY(desk.signature);
    QVERIFY(*desk.signature);
    desk.sign(200, 300);
    QVERIFY(desk.signature && !*desk.signature);
    QCOMPARE(desk.signature->error().why, Why::RequestExpired);
}

void TestAnchorLogin::cancelledAndUnknown()
{
    Desk desk;
    desk.sign();
    QVERIFY(desk.signature && !*desk.signature);
    QCOMPARE(desk.signature->error().code, ErrorCode::NotFound);
    desk.logIn();
    desk.sign();
    QVERIFY(!desk.signature);
    desk.anchor.cancel(SessionId(kAlice));
    QVERIFY(desk.signature && !*desk.signature);
    QCOMPARE(desk.signature->error().code, ErrorCode::Cancelled);
    desk.vault.setState(secrets::VaultState::Locked);
    desk.sign();
    QTRY_VERIFY(desk.signature);
    QCOMPARE(desk.signature->error().code, ErrorCode::Locked);
}

QTEST_GUILESS_MAIN(TestAnchorLogin)
#include "tst_anchor_login.moc"
