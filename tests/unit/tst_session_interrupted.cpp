// SPDX-License-Identifier: MIT
// What a kill, a keychain that answers late or a disk that refuses leaves behind: no key, label or switch is
// lost, whatever was done before the loose end was tied.
#include "tests/support/Stand.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace hatstand;
using namespace hatstand::session;
using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;
using test::Stand;

namespace {

const QString a = u"nostr:a"_s;
const QString b = u"nostr:b"_s;
const QString c = u"nostr:c"_s;
const QString alice = u"antelope:ac:alice@active"_s;

constexpr std::string_view kSecondKey = R"({"v":1,"type":"nsec","data":"second"})";

/// alice with a key of her own, told from her others by its public key.
NewSession withKey(const QString& publicKey)
{
    NewSession wanted = Stand::account(alice, SignerKind::LocalKey);
    wanted.publicKey = publicKey;
    wanted.secret = std::make_shared<const SecretBuffer>(
        SecretBuffer::copyOf(R"({"v":1,"type":"nsec","data":")" + publicKey.toStdString() + R"("})"));
    return wanted;
}

Result<Added> add(Stand& stand, NewSession wanted)
{
    std::optional<Result<Added>> answer;
    stand.sessions().add(std::move(wanted), [&](const Result<Added>& done) { answer = done; });
    return answer.value_or(fail(ErrorCode::Failed, u"not answered"_s));
}

/// The program is killed after the keychain has the new key and before the store knows.
void killAfterWriting(Stand& stand, NewSession wanted, std::string_view value)
{
    const QString id = wanted.id.text();
    stand.vault.hold();
    stand.sessions().add(std::move(wanted), {});
    stand.kill();
    stand.vault.release();
    stand.vault.put(id, value);
}

/// Another program that keeps the store from being written.
class Holder
{
public:
    explicit Holder(const QString& file)
    {
        m_db.setDatabaseName(file);
        m_holds = m_db.open() && QSqlQuery(m_db).exec(u"BEGIN IMMEDIATE"_s);
    }
    ~Holder()
    {
        m_db.close();
        m_db = {};
        QSqlDatabase::removeDatabase(u"holder"_s);
    }
    Q_DISABLE_COPY_MOVE(Holder)
    [[nodiscard]] bool holds() const { return m_holds; }

private:
    QSqlDatabase m_db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
    bool m_holds = false;
};

} // namespace

class TestSessionInterrupted : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCutOffReplacementKeepsWhatWasChangedSince();
    void aCutOffReplacementDoesNotTrustTheOldPublicKey();
    void aCutOffReplacementHasNoKnownCopy();
    void whatIsLoggedOutBeforeItIsFinishedStaysOut();
    void whatIsAddedAgainBeforeItIsFinishedIsAsAdded();
    void aCutOffAddTakesNoNumberThatWasGivenSince();
    void aLateAnswerIsLookedInto();
    void aRefusedLogoutIsUndoneThoughTheDiskRefusesToo();
    void anotherKeyOfTheAccountGoesOnResting();
    void forgettingForgetsWhatRestsOfTheSameKey();
    void whatExpiredGoesOnceTheVaultOpens();
    void whatComesBackKeepsWhatWasDoneToTheWatchedAccount();
    void aWatchedAccountStaysListedWhileAKeyComesBack();
    void whatRestsComesBackToAnAccountWithoutItsKey();
    void aVaultThatShowsNothingWhileLockedLosesNothing();
};

void TestSessionInterrupted::aCutOffReplacementKeepsWhatWasChangedSince()
{
    Stand stand;
    QVERIFY(stand.add(a, SignerKind::LocalKey, true, u"Old"_s) && stand.add(b));
    killAfterWriting(
        stand, Stand::account(a, SignerKind::EncryptedKey), R"({"v":1,"type":"ncryptsec","data":"x"})");
    stand.vault.setState(VaultState::Locked);
    stand.settle();
    QVERIFY(stand.sessions().rename(SessionId(a), u"New"_s));
    QVERIFY(stand.sessions().activate(SessionId(a)));
    stand.vault.setState(VaultState::Unlocked);
    QCOMPARE(stand.at(a).signer, SignerKind::EncryptedKey);
    stand.restart();
    QCOMPARE(stand.at(a).label, u"New"_s);
    QCOMPARE(stand.active(), a);
}

void TestSessionInterrupted::aCutOffReplacementDoesNotTrustTheOldPublicKey()
{
    Stand stand;
    QVERIFY(add(stand, withKey(u"K1"_s)));
    killAfterWriting(stand, withKey(u"K2"_s), kSecondKey);
    QVERIFY(stand.sessions().rename(SessionId(alice), u"Alice"_s)); // before anything was looked up
    stand.restart();
    QCOMPARE(stand.at(alice).publicKey, QString()); // to be learned at its next use
    QCOMPARE(stand.at(alice).label, u"Alice"_s);
}

void TestSessionInterrupted::aCutOffReplacementHasNoKnownCopy()
{
    Stand stand;
    QVERIFY(add(stand, withKey(u"K1"_s)));
    QVERIFY(stand.sessions().markExported(SessionId(alice)));
    killAfterWriting(stand, withKey(u"K2"_s), kSecondKey);
    stand.settle();
    QVERIFY(stand.logout(alice));
    QCOMPARE(stand.vault.storedKeys(), QStringList{u"trash:"_s + alice});
}

void TestSessionInterrupted::whatIsLoggedOutBeforeItIsFinishedStaysOut()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    killAfterWriting(stand, Stand::account(a, SignerKind::EncryptedKey), kSecondKey);
    stand.vault.failNextRead = ErrorCode::KeychainDenied;
    stand.settle();
    QVERIFY(stand.logout(a, true));
    stand.settle();
    stand.restart();
    QCOMPARE(stand.order(), QStringList{b});
}

void TestSessionInterrupted::whatIsAddedAgainBeforeItIsFinishedIsAsAdded()
{
    Stand stand;
    QVERIFY(add(stand, withKey(u"K1"_s)));
    killAfterWriting(stand, withKey(u"K2"_s), kSecondKey);
    stand.vault.failNextRead = ErrorCode::KeychainDenied;
    stand.settle();
    QVERIFY(add(stand, withKey(u"K3"_s)));
    stand.settle();
    stand.restart();
    QCOMPARE(stand.at(alice).publicKey, u"K3"_s);
}

void TestSessionInterrupted::aCutOffAddTakesNoNumberThatWasGivenSince()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    stand.vault.hold();
    stand.sessions().add(Stand::account(c, SignerKind::LocalKey), {});
    QVERIFY(stand.sessions().activate(SessionId(a))); // while the keychain asks
    stand.kill();
    stand.vault.release();
    stand.vault.put(c, kSecondKey);
    stand.settle();
    QCOMPARE(stand.active(), a);
    QVERIFY(stand.at(c).activation != stand.at(a).activation);
    QVERIFY(stand.sessions().activate(SessionId(c)));
    QVERIFY(stand.at(c).activation > stand.at(a).activation);
}

void TestSessionInterrupted::aLateAnswerIsLookedInto()
{
    Stand stand;
    QVERIFY(add(stand, withKey(u"K1"_s)));
    stand.vault.isNextWriteLate = true;
    QCOMPARE(add(stand, withKey(u"K2"_s)).error().code, ErrorCode::Locked);
    stand.vault.isNextWriteLate = true;
    QCOMPARE(stand.add(a, SignerKind::LocalKey, true, u"Late"_s).error().code, ErrorCode::Locked);
    QVERIFY(!stand.sessions().find(SessionId(a)));
    Q_EMIT stand.vault.answeredLate();
    QCOMPARE(stand.at(alice).publicKey, QString()); // K2 is there, and K1 is not believed any more
    QCOMPARE(stand.at(a).label, u"Late"_s);
    QCOMPARE(stand.at(a).state, SessionState::Ready);
    stand.restart();
    QCOMPARE(stand.order(), (QStringList{alice, a}));
}

void TestSessionInterrupted::aRefusedLogoutIsUndoneThoughTheDiskRefusesToo()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    stand.vault.hold();
    std::optional<Result<void>> answer;
    stand.sessions().logout(SessionId(a), {.forget = true}, [&](const Result<void>& done) { answer = done; });
    {
        const Holder holder(stand.file());
        QVERIFY(holder.holds());
        stand.vault.failNextRemove = ErrorCode::KeychainDenied;
        stand.vault.release();
    }
    QVERIFY(answer);
    QCOMPARE(answer->error().code, ErrorCode::KeychainDenied);
    QVERIFY(stand.sessions().find(SessionId(a)));
    stand.restart();
    QVERIFY(stand.sessions().find(SessionId(a)));
    QVERIFY(stand.vault.contains(a));
}

void TestSessionInterrupted::anotherKeyOfTheAccountGoesOnResting()
{
    Stand stand;
    QVERIFY(add(stand, withKey(u"K1"_s)) && stand.logout(alice));
    const QByteArray first = stand.vault.peek(u"trash:"_s + alice);
    QVERIFY(add(stand, withKey(u"K2"_s)));
    QCOMPARE(stand.logout(alice).error().why, Why::AnotherKeyRests);
    QCOMPARE(stand.logoutAll().error().why, Why::AnotherKeyRests);
    QVERIFY(stand.sessions().find(SessionId(alice)));
    QVERIFY(stand.logout(alice, true)); // with the person's word for it this one may go
    QCOMPARE(stand.vault.peek(u"trash:"_s + alice), first);
    QVERIFY(stand.untrash(alice));
    QCOMPARE(stand.at(alice).publicKey, u"K1"_s);
}

void TestSessionInterrupted::forgettingForgetsWhatRestsOfTheSameKey()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.logout(a) && stand.add(a));
    QVERIFY(stand.logout(a, true));
    QCOMPARE(stand.vault.storedKeys(), QStringList());
    QVERIFY(stand.sessions().resting().isEmpty());
}

void TestSessionInterrupted::whatExpiredGoesOnceTheVaultOpens()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.logout(a));
    stand.clock.time = stand.clock.time.addDays(31);
    stand.vault.setState(VaultState::Locked); // as the passphrase vault is at every start
    stand.restart();
    QVERIFY(stand.vault.contains(u"trash:"_s + a));
    stand.vault.setState(VaultState::Unlocked);
    QCOMPARE(stand.vault.storedKeys(), QStringList());
    QVERIFY(stand.sessions().resting().isEmpty());
}

void TestSessionInterrupted::whatComesBackKeepsWhatWasDoneToTheWatchedAccount()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b) && stand.logout(a));
    QVERIFY(stand.add(a, SignerKind::WatchOnly, false, u"Watched"_s));
    stand.vault.hold();
    std::optional<Result<void>> answer;
    stand.sessions().untrash(SessionId(a), [&](const Result<void>& done) { answer = done; });
    QVERIFY(stand.sessions().rename(SessionId(a), u"Mum"_s));
    QVERIFY(stand.sessions().activate(SessionId(a)));
    stand.vault.release();
    QVERIFY(answer && answer->has_value());
    QCOMPARE(stand.at(a).label, u"Mum"_s);
    QCOMPARE(stand.at(a).signer, SignerKind::LocalKey);
    QCOMPARE(stand.active(), a);
    stand.restart();
    QCOMPARE(stand.at(a).label, u"Mum"_s);
    QCOMPARE(stand.active(), a);
}

void TestSessionInterrupted::aWatchedAccountStaysListedWhileAKeyComesBack()
{
    Stand stand;
    QVERIFY(stand.add(b) && stand.add(a) && stand.logout(a) && stand.add(a, SignerKind::WatchOnly));
    stand.vault.hold();
    stand.sessions().untrash(SessionId(a), {});
    stand.kill();
    stand.vault.release();
    stand.vault.setState(VaultState::Locked);
    stand.settle();
    QCOMPARE(stand.order(), (QStringList{b, a}));
    QCOMPARE(stand.active(), a);
    stand.vault.setState(VaultState::Unlocked);
    QCOMPARE(stand.at(a).signer, SignerKind::LocalKey);
    QCOMPARE(stand.vault.storedKeys(), (QStringList{a, b}));
}

void TestSessionInterrupted::whatRestsComesBackToAnAccountWithoutItsKey()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.logout(a) && stand.add(a));
    stand.vault.drop(a); // by another program
    stand.settle();
    QCOMPARE(stand.at(a).state, SessionState::SecretMissing);
    QVERIFY(stand.untrash(a));
    QCOMPARE(stand.at(a).state, SessionState::Ready);
    QVERIFY(stand.vault.contains(a));
}

void TestSessionInterrupted::aVaultThatShowsNothingWhileLockedLosesNothing()
{
    Stand stand;
    QVERIFY(stand.add(a));
    const QByteArray value = stand.vault.peek(a);
    stand.vault.drop(a);
    stand.vault.setState(VaultState::Locked);
    stand.settle();
    QCOMPARE(stand.at(a).state, SessionState::Locked);
    stand.vault.put(a, std::string_view(value.constData(), static_cast<std::size_t>(value.size())));
    stand.vault.setState(VaultState::Unlocked);
    QCOMPARE(stand.at(a).state, SessionState::Ready);
}

QTEST_GUILESS_MAIN(TestSessionInterrupted)
#include "tst_session_interrupted.moc"
