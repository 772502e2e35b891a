// SPDX-License-Identifier: MIT
#include "core/accounts/ChainAccounts.h"
#include "core/base/Settings.h"
#include "core/chain/ChainRegistry.h"
#include "tests/support/Stand.h"
#include "tests/unit/ChainStand.h"

#include <QFile>
#include <QSignalSpy>

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::chain::test;
using hatstand::test::chainAccount;
using session::Session;
using session::SessionId;
using session::SessionState;
using session::SignerKind;
using Standing = ChainSummary::Standing;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray kGetAccount = "/v1/chain/get_account";

/// Sessions on one chain, whose node is the test's.
class AccountsStand : public hatstand::test::Stand
{
public:
    AccountsStand()
    {
        qunsetenv("ALL_PROXY"); // the node is on this machine
        qunsetenv("all_proxy");
        (void)registry.load();
        antelope::Chain chain;
        chain.id = kChain;
        chain.alias = u"mine"_s;
        chain.endpoints = QStringList{node.url()};
        chain.token = u"4,EOS"_s;
        (void)registry.add(chain);
        for (const QString& name : {u"alice"_s, u"bob"_s})
            accounts_.insert(name, chainAccount(name, key(1), legacyKey(2)));
        node.answers[kGetAccount] = [this](const QJsonObject& asked) {
            const QString name = asked["account_name"_L1].toString();
            return accounts_.contains(name) ? ChainNode::json(accounts_.value(name))
                                            : ChainNode::error(3060002, u"unable to retrieve account info"_s);
        };
    }

    static SessionId id(const QString& name)
    {
        return SessionId(u"antelope:%1:%2@active"_s.arg(kChain, name));
    }
    SessionId addAccount(const QString& name, const QString& publicKey = key(2),
        SignerKind signer = SignerKind::LocalKey, bool isPrivate = false)
    {
        auto account = Stand::account(id(name).text(), signer);
        account.publicKey = publicKey;
        account.isPrivate = isPrivate;
        bool isAdded = false;
        sessions().add(account, [&](const auto& added) { isAdded = added.has_value(); });
        if (!isAdded)
            qFatal("not added");
        return id(name);
    }
    ChainAccounts& open()
    {
        all = std::make_unique<ChainAccounts>(sessions(), client, registry, settings, time, file);
        all->load();
        return *all;
    }
    Result<void> refresh(const SessionId& id)
    {
        std::optional<Result<void>> answer;
        all->refresh(id, [&](const Result<void>& done) { answer = done; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20000))
            return fail(ErrorCode::Failed, u"not answered"_s);
        return *answer;
    }
    void setKey(const QString& name, const QString& active)
    {
        accounts_[name] = chainAccount(name, key(1), active);
    }
    [[nodiscard]] qsizetype asked(const QString& name) const
    {
        return std::count_if(node.bodies.cbegin(), node.bodies.cend(),
            [&](const QJsonObject& body) { return body["account_name"_L1] == name; });
    }
    [[nodiscard]] SessionState stateOf(const SessionId& id) { return sessions().find(id)->state; }

    ChainNode node{kChain};
    QHash<QString, QJsonObject> accounts_;
    SetClock time;
    QString file = directory() + u"/chains-cache.json"_s;
    chain::ChainRegistry registry{directory() + u"/chains.json"_s};
    Settings settings{directory() + u"/settings.ini"_s};
    chain::ChainClient client{registry.chains(), time};
    std::unique_ptr<ChainAccounts> all;
};

} // namespace

class TestChainAccounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsAndKeeps();
    void refreshesByItself();
    void askedTwiceAnsweredOnceEach();
    void aKeyThatWasTakenAway();
    void aKeyAddedAgain();
    void standings_data();
    void standings();
    void anAccountThatIsGone();
    void whoIsOnlyWatchedIsNeverMarked();
    void nobodyAnswers();
    void privateOnes();
    void leavingAPrivateOneEndsWhatIsAsked();
    void loggingOutForgets();
    void loggedOutElsewhereIsForgotten();
    void damagedCache_data();
    void damagedCache();
    void othersAreNotKnown();
};

void TestChainAccounts::tellsAndKeeps()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    ChainAccounts& accounts = stand.open();
    QVERIFY(!accounts.summary(alice).isKnown);
    QSignalSpy changed(&accounts, &ChainAccounts::changed);
    QVERIFY(stand.refresh(alice));
    QVERIFY(!changed.isEmpty());
    const ChainSummary before = accounts.summary(alice);
    QVERIFY(before.isKnown && !before.hasFailed && !before.isRefreshing);
    QCOMPARE(before.account.balance, u"12.5000 EOS"_s);
    QCOMPARE(before.standing, Standing::Good);
    QCOMPARE(before.refreshedAt, stand.time.time);
    stand.node.close(); // at the next start, offline
    QCOMPARE(stand.open().summary(alice), before);
    QCOMPARE(QFile::permissions(stand.file) & ~(QFile::ReadUser | QFile::WriteUser),
        QFile::ReadOwner | QFile::WriteOwner);
}

void TestChainAccounts::refreshesByItself()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    const SessionId bob = stand.addAccount(u"bob"_s);
    ChainAccounts& accounts = stand.open();
    accounts.start();
    QVERIFY(accounts.isStarted());
    QTRY_VERIFY(accounts.summary(bob).isKnown); // the active one first
    QVERIFY(!accounts.summary(alice).isKnown);
    QTRY_VERIFY_WITH_TIMEOUT(accounts.summary(alice).isKnown, 20000);
    QVERIFY(stand.sessions().activate(alice));
    QTRY_COMPARE(stand.asked(u"alice"_s), 2);
    const SessionId carol = AccountsStand::id(u"carol"_s);
    stand.accounts_.insert(u"carol"_s, chainAccount(u"carol"_s, key(1), key(2)));
    stand.addAccount(u"carol"_s);
    QTRY_VERIFY(accounts.summary(carol).isKnown);
}

void TestChainAccounts::askedTwiceAnsweredOnceEach()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    ChainAccounts& accounts = stand.open();
    int answers = 0;
    for (int i = 0; i < 2; ++i)
        accounts.refresh(alice, [&](const Result<void>& done) { answers += done ? 1 : 0; });
    QVERIFY(accounts.summary(alice).isRefreshing);
    accounts.refreshAll([&](const Result<void>& done) { answers += done ? 1 : 0; });
    QTRY_COMPARE(answers, 3);
    QCOMPARE(stand.asked(u"alice"_s), 1);
}

void TestChainAccounts::aKeyThatWasTakenAway()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    stand.open();
    QVERIFY(stand.refresh(alice));
    QCOMPARE(stand.stateOf(alice), SessionState::Ready);
    stand.setKey(u"alice"_s, key(7));
    QVERIFY(stand.refresh(alice));
    QCOMPARE(stand.all->summary(alice).standing, Standing::KeyGone);
    QCOMPARE(stand.stateOf(alice), SessionState::NeedsLogin);
    QCOMPARE(stand.sessions().find(alice)->reason, ErrorCode::KeyMismatch);
    stand.settle(); // whatever the vault says
    QCOMPARE(stand.stateOf(alice), SessionState::NeedsLogin);
    stand.vault.setState(secrets::VaultState::Locked);
    QCOMPARE(stand.stateOf(alice), SessionState::NeedsLogin);

    stand.all.reset(); // and at the next start, before anybody is asked
    stand.restart();
    stand.all = std::make_unique<ChainAccounts>(
        stand.sessions(), stand.client, stand.registry, stand.settings, stand.time, stand.file);
    stand.all->load();
    QCOMPARE(stand.stateOf(alice), SessionState::NeedsLogin);

    stand.setKey(u"alice"_s, key(2));
    QVERIFY(stand.refresh(alice));
    QCOMPARE(stand.all->summary(alice).standing, Standing::Good);
    QCOMPARE(stand.stateOf(alice), SessionState::Locked); // what the vault says
}

void TestChainAccounts::aKeyAddedAgain()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    ChainAccounts& accounts = stand.open();
    accounts.start();
    stand.setKey(u"alice"_s, key(7));
    QTRY_COMPARE(stand.stateOf(alice), SessionState::NeedsLogin);
    stand.addAccount(u"alice"_s, key(7));
    QCOMPARE(stand.stateOf(alice), SessionState::Ready);
    QTRY_COMPARE(accounts.summary(alice).standing, Standing::Good);
    QTRY_VERIFY(!accounts.summary(alice).isRefreshing);
    QCOMPARE(stand.stateOf(alice), SessionState::Ready);
}

void TestChainAccounts::standings_data()
{
    QTest::addColumn<QString>("publicKey");
    QTest::addColumn<int>("threshold");
    QTest::addColumn<QString>("permission");
    QTest::addColumn<Standing>("standing");
    QTest::newRow("good") << key(2) << 1 << u"active"_s << Standing::Good;
    QTest::newRow("too weak") << key(2) << 2 << u"active"_s << Standing::KeyTooWeak;
    QTest::newRow("another key") << key(3) << 1 << u"active"_s << Standing::KeyGone;
    QTest::newRow("no such permission") << key(2) << 1 << u"posting"_s << Standing::NoPermission;
    QTest::newRow("the key is not known") << QString() << 1 << u"active"_s << Standing::Unknown;
}
void TestChainAccounts::standings()
{
    QFETCH(QString, publicKey);
    QFETCH(int, threshold);
    QFETCH(QString, permission);
    QFETCH(Standing, standing);
    AccountsStand stand;
    QJsonObject account = chainAccount(u"alice"_s, key(1), key(2));
    QJsonArray permissions = account["permissions"_L1].toArray();
    QJsonObject active = permissions[0].toObject();
    QJsonObject authority = active["required_auth"_L1].toObject();
    authority[u"threshold"_s] = threshold;
    active[u"required_auth"_s] = authority;
    active[u"perm_name"_s] = permission;
    permissions[0] = active;
    account[u"permissions"_s] = permissions;
    stand.accounts_[u"alice"_s] = account;
    const SessionId alice = stand.addAccount(u"alice"_s, publicKey);
    stand.open();
    QVERIFY(stand.refresh(alice));
    QCOMPARE(stand.all->summary(alice).standing, standing);
    const bool isGood = standing == Standing::Good || standing == Standing::Unknown;
    QCOMPARE(stand.stateOf(alice), isGood ? SessionState::Ready : SessionState::NeedsLogin);
    QCOMPARE(stand.open().summary(alice).standing, standing);
}

void TestChainAccounts::anAccountThatIsGone()
{
    AccountsStand stand;
    const SessionId carol = stand.addAccount(u"carol"_s);
    stand.open();
    QCOMPARE(stand.refresh(carol).error().why, Why::NoSuchAccount);
    QCOMPARE(stand.all->summary(carol).standing, Standing::NoAccount);
    QCOMPARE(stand.stateOf(carol), SessionState::NeedsLogin);
    QCOMPARE(stand.open().summary(carol).standing, Standing::NoAccount);
    stand.accounts_.insert(u"carol"_s, chainAccount(u"carol"_s, key(1), key(2)));
    QVERIFY(stand.refresh(carol));
    QCOMPARE(stand.stateOf(carol), SessionState::Ready);
}

void TestChainAccounts::whoIsOnlyWatchedIsNeverMarked()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s, key(3), SignerKind::WatchOnly);
    stand.open();
    QVERIFY(stand.refresh(alice));
    QCOMPARE(stand.all->summary(alice).standing, Standing::KeyGone);
    QCOMPARE(stand.stateOf(alice), SessionState::Ready);
}

void TestChainAccounts::nobodyAnswers()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    stand.open();
    QVERIFY(stand.refresh(alice));
    const ChainSummary before = stand.all->summary(alice);
    stand.node.set(kGetAccount, {.status = 500});
    QCOMPARE(stand.refresh(alice).error().code, ErrorCode::Network);
    const ChainSummary after = stand.all->summary(alice);
    QVERIFY(after.hasFailed);
    QCOMPARE(after.failure.code, ErrorCode::Network);
    QCOMPARE(after.account, before.account); // what was known is
    QCOMPARE(after.standing, Standing::Good);
    QCOMPARE(stand.stateOf(alice), SessionState::Ready);
    std::optional<Result<void>> answer;
    stand.all->refreshAll([&](const Result<void>& done) { answer = done; });
    QTRY_VERIFY(answer);
    QCOMPARE(answer->error().code, ErrorCode::Network);
}

void TestChainAccounts::privateOnes()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s, key(2), SignerKind::LocalKey, true);
    const SessionId bob = stand.addAccount(u"bob"_s);
    ChainAccounts& accounts = stand.open();
    accounts.start();
    QTRY_VERIFY(accounts.summary(bob).isKnown);
    bool isDone = false;
    accounts.refreshAll([&](const Result<void>&) { isDone = true; });
    QTRY_VERIFY(isDone);
    QCOMPARE(stand.asked(u"alice"_s), 0);
    QVERIFY(stand.refresh(alice)); // by name
    QCOMPARE(stand.asked(u"alice"_s), 1);
    QVERIFY(stand.sessions().activate(alice));
    QTRY_COMPARE(stand.asked(u"alice"_s), 2);
}

void TestChainAccounts::leavingAPrivateOneEndsWhatIsAsked()
{
    AccountsStand stand;
    stand.addAccount(u"bob"_s);
    const SessionId alice = stand.addAccount(u"alice"_s, key(2), SignerKind::LocalKey, true);
    stand.node.set(kGetAccount, {.isSilent = true});
    ChainAccounts& accounts = stand.open();
    accounts.start();
    QTRY_COMPARE(stand.asked(u"alice"_s), 1);
    QVERIFY(accounts.summary(alice).isRefreshing);
    QVERIFY(stand.sessions().activate(AccountsStand::id(u"bob"_s)));
    QVERIFY(!accounts.summary(alice).isRefreshing);
}

void TestChainAccounts::loggingOutForgets()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    const SessionId bob = stand.addAccount(u"bob"_s);
    stand.open();
    QVERIFY(stand.refresh(alice));
    QVERIFY(stand.refresh(bob));
    stand.all.reset();
    ChainAccounts accounts(stand.sessions(), stand.client, stand.registry, stand.settings, stand.time,
        stand.file); // not even read
    std::optional<Result<void>> answer;
    stand.node.set(kGetAccount, {.isSilent = true});
    accounts.refresh(alice, [&](const Result<void>& done) { answer = done; });
    QVERIFY(stand.logout(alice.text()));
    QVERIFY(answer && !*answer); // whoever waited knows
    QVERIFY(!accounts.summary(alice).isKnown);
    QFile file(stand.file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    QVERIFY(!kept.contains("alice") && kept.contains("bob"));
}

void TestChainAccounts::loggedOutElsewhereIsForgotten()
{
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    stand.open();
    QVERIFY(stand.refresh(alice));
    stand.all.reset();
    QVERIFY(stand.logout(alice.text()));
    QVERIFY(QFile::exists(stand.file));
    QVERIFY(!stand.open().summary(alice).isKnown);
    QVERIFY(!QFile::exists(stand.file));
}

void TestChainAccounts::damagedCache_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{\"v\":1,");
    QTest::newRow("another version") << QByteArray("{\"v\":7,\"accounts\":{}}");
    QTest::newRow("an account that is none")
        << "{\"v\":1,\"accounts\":{\"" + AccountsStand::id(u"alice"_s).text().toLatin1() + "\":[1]}}";
}
void TestChainAccounts::damagedCache()
{
    QFETCH(QByteArray, bytes);
    AccountsStand stand;
    const SessionId alice = stand.addAccount(u"alice"_s);
    QFile file(stand.file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    QVERIFY(!stand.open().summary(alice).isKnown);
    QVERIFY(stand.refresh(alice));
    QVERIFY(stand.open().summary(alice).isKnown);
}

void TestChainAccounts::othersAreNotKnown()
{
    AccountsStand stand;
    QVERIFY(stand.add(u"nostr:abc"_s));
    stand.open();
    QCOMPARE(stand.refresh(SessionId(u"nostr:abc"_s)).error().why, Why::WrongNetwork);
    QCOMPARE(stand.refresh(AccountsStand::id(u"alice"_s)).error().code, ErrorCode::NotFound);
    QVERIFY(stand.node.asked.isEmpty());
}

QTEST_GUILESS_MAIN(TestChainAccounts)
#include "tst_chain_accounts.moc"
