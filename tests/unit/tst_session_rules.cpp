// SPDX-License-Identifier: MIT
// The contract's table "Active and default", row by row, and the rules around it.
#include "core/session/SessionFinder.h"
#include "tests/support/Stand.h"

#include <QSignalSpy>
#include <QTest>

using namespace hatstand;
using namespace hatstand::session;
using namespace Qt::Literals::StringLiterals;
using test::Stand;

namespace {
const QString a = u"nostr:a"_s;
const QString b = u"nostr:b"_s;
const QString c = u"nostr:c"_s;
const QString eosAlice = u"antelope:ac:alice@active"_s;
const QString eosBob = u"antelope:ac:bob@active"_s;
const QString waxCarol = u"antelope:10:carol@active"_s;
} // namespace

class TestSessionRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void activationNumbersRiseWhateverTheClockSays();
    void defaultIsTheHighestOfItsNetwork();
    void nobodyLastsUntilTheNextActivationAndKeepsDefaults();
    void loggingTheActiveOutActivatesTheMostRecent();
    void loggingTheActiveOutWhereNoneWasEverActiveLeavesNobody();
    void loggingAnInactiveOutNeverTouchesTheActive();
    void nobodySurvivesALogout();
    void anActiveThatCantSignStaysActive();
    void switchingToTheActiveChangesNothing();
    void addingActivatesUnlessToldNotTo();
    void addingAgainReplacesTheSignerAndNothingElse();
    void watchingAgainNeverTakesAKeyAway();
    void renameAndRestoreNeverActivate();
    void logoutAllChecksTheVaultFirst();
    void logoutAllTellsOnceThatNobodyIsActive();
    void aRefusedDeletionUndoesTheLogout();
    void aRefusedDeletionAmongAllKeepsOnlyThatOne();
    void aSecretThatWasNeverExportedRests();
    void aGeneratedKeyIsRemindedOfUntilACopyIsKnown();
    void whatRestsComesBackWithItsPlaceAndNeverActive();
    void whatRestsComesBackToAWatchedAccount();
    void whatRestsExpires();
    void stateSaysWhatTheVaultHas();
    void startReadsNoSecret();
    void aLockedVaultOverwritesNothing();
    void nextPreviousAndLastFollowTheOwnOrder();
    void movingKeepsTheOrderOfTheOthers();
    void labelsThatCouldBeTakenForSomethingElseAreRefused_data();
    void labelsThatCouldBeTakenForSomethingElseAreRefused();
    void aNameFindsTheFirstFormThatParses();
    void changesMadeWhileTheKeychainAsksAreKept();
};

void TestSessionRules::activationNumbersRiseWhateverTheClockSays()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    stand.clock.time = stand.clock.time.addYears(-10);
    QVERIFY(stand.sessions().activate(SessionId(a)));
    QVERIFY(stand.at(a).activation > stand.at(b).activation);
    QCOMPARE(stand.active(), a);
    // a number is never given twice, not even after its session is gone
    const quint64 highest = stand.at(a).activation;
    QVERIFY(stand.logout(a));
    stand.restart();
    QVERIFY(stand.add(c));
    QVERIFY(stand.at(c).activation > highest);
}

void TestSessionRules::defaultIsTheHighestOfItsNetwork()
{
    Stand stand;
    QVERIFY(stand.add(eosAlice) && stand.add(eosBob) && stand.add(waxCarol) && stand.add(a));
    QCOMPARE(stand.sessions().defaultOf(u"antelope:ac"_s).text(), eosBob);
    QCOMPARE(stand.sessions().defaultOf(u"antelope:10"_s).text(), waxCarol);
    QCOMPARE(stand.active(), a);
    QVERIFY(stand.sessions().activate(SessionId(eosAlice)));
    QCOMPARE(stand.sessions().defaultOf(u"antelope:ac"_s).text(), eosAlice);
    QVERIFY(stand.logout(eosAlice));
    QCOMPARE(stand.sessions().defaultOf(u"antelope:ac"_s).text(), eosBob);
    QVERIFY(stand.sessions().defaultOf(u"antelope:none"_s).isEmpty());
}

void TestSessionRules::nobodyLastsUntilTheNextActivationAndKeepsDefaults()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    QSignalSpy active(&stand.sessions(), &SessionManager::activeChanged);
    QVERIFY(stand.sessions().activateNobody());
    QCOMPARE(active.size(), 1);
    QVERIFY(active.first().first().value<SessionId>().isEmpty());
    stand.restart();
    QCOMPARE(stand.active(), QString());
    QCOMPARE(stand.sessions().defaultOf(u"nostr"_s).text(), b);
    QVERIFY(stand.sessions().activate(SessionId(b)));
    QCOMPARE(stand.active(), b);
}

void TestSessionRules::loggingTheActiveOutActivatesTheMostRecent()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b) && stand.add(c));
    QVERIFY(stand.sessions().activate(SessionId(a)));
    QVERIFY(stand.sessions().activate(SessionId(b)));
    QSignalSpy active(&stand.sessions(), &SessionManager::activeChanged);
    QVERIFY(stand.logout(b));
    QCOMPARE(stand.active(), a);
    QCOMPARE(active.size(), 1);
    QCOMPARE(active.first().first().value<SessionId>().text(), a);
}

void TestSessionRules::loggingTheActiveOutWhereNoneWasEverActiveLeavesNobody()
{
    Stand stand;
    QVERIFY(stand.add(a));
    QVERIFY(stand.add(b, SignerKind::LocalKey, false));
    QVERIFY(stand.logout(a));
    QCOMPARE(stand.active(), QString());
    QCOMPARE(stand.order(), QStringList{b});
}

void TestSessionRules::loggingAnInactiveOutNeverTouchesTheActive()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b) && stand.add(c));
    QSignalSpy active(&stand.sessions(), &SessionManager::activeChanged);
    QVERIFY(stand.logout(a));
    QCOMPARE(stand.active(), c);
    QCOMPARE(active.size(), 0);
}

void TestSessionRules::nobodySurvivesALogout()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    QVERIFY(stand.sessions().activateNobody());
    QVERIFY(stand.logout(b));
    QCOMPARE(stand.active(), QString());
    stand.restart();
    QCOMPARE(stand.active(), QString());
}

void TestSessionRules::anActiveThatCantSignStaysActive()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    stand.vault.drop(b);
    stand.restart();
    QCOMPARE(stand.active(), b);
    QCOMPARE(stand.at(b).state, SessionState::SecretMissing);
    stand.vault.setState(secrets::VaultState::Locked);
    stand.restart();
    QCOMPARE(stand.active(), b);
    QCOMPARE(stand.at(a).state, SessionState::Locked);
}

void TestSessionRules::switchingToTheActiveChangesNothing()
{
    Stand stand;
    QVERIFY(stand.add(a));
    const Session before = stand.at(a);
    QSignalSpy active(&stand.sessions(), &SessionManager::activeChanged);
    QSignalSpy changed(&stand.sessions(), &SessionManager::sessionChanged);
    QVERIFY(stand.sessions().activate(SessionId(a)));
    QCOMPARE(active.size() + changed.size(), 0);
    QCOMPARE(stand.at(a), before);
    QCOMPARE(stand.sessions().activate(SessionId(b)).error().code, ErrorCode::NotFound);
}

void TestSessionRules::addingActivatesUnlessToldNotTo()
{
    Stand stand;
    QVERIFY(stand.add(a));
    QVERIFY(stand.add(b, SignerKind::LocalKey, false));
    QCOMPARE(stand.active(), a);
    QVERIFY(!stand.at(b).lastActiveAt.isValid());
    QVERIFY(stand.add(c, SignerKind::WatchOnly));
    QCOMPARE(stand.active(), c);
}

void TestSessionRules::addingAgainReplacesTheSignerAndNothingElse()
{
    Stand stand;
    QVERIFY(stand.add(a, SignerKind::LocalKey, true, u"Mine"_s));
    QVERIFY(stand.add(b));
    const Session before = stand.at(a);
    QSignalSpy active(&stand.sessions(), &SessionManager::activeChanged);
    const auto again = stand.add(a, SignerKind::EncryptedKey, true, u"Other"_s);
    QVERIFY(again && again->replaced);
    const Session after = stand.at(a);
    QCOMPARE(after.signer, SignerKind::EncryptedKey);
    QVERIFY(stand.vault.peek(a).contains("ncryptsec"));
    QCOMPARE(after.label, before.label);
    QCOMPARE(after.place, before.place);
    QCOMPARE(after.addedAt, before.addedAt);
    QCOMPARE(after.lastActiveAt, before.lastActiveAt);
    QCOMPARE(after.activation, before.activation);
    QCOMPARE(active.size(), 0);
    QCOMPARE(stand.sessions().count(), 2);
}

void TestSessionRules::watchingAgainNeverTakesAKeyAway()
{
    Stand stand;
    QVERIFY(stand.add(a));
    const auto again = stand.add(a, SignerKind::WatchOnly);
    QVERIFY(again && again->replaced);
    QCOMPARE(stand.at(a).signer, SignerKind::LocalKey);
    QVERIFY(stand.vault.contains(a));
    QVERIFY(stand.add(b, SignerKind::WatchOnly));
    QVERIFY(stand.add(b, SignerKind::LocalKey));
    QCOMPARE(stand.at(b).signer, SignerKind::LocalKey);
}

void TestSessionRules::renameAndRestoreNeverActivate()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    QVERIFY(stand.sessions().rename(SessionId(a), u" Gallery "_s));
    QCOMPARE(stand.at(a).label, u"Gallery"_s);
    stand.restart();
    QCOMPARE(stand.active(), b);
    QCOMPARE(stand.at(a).label, u"Gallery"_s);
}

void TestSessionRules::logoutAllChecksTheVaultFirst()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b, SignerKind::WatchOnly));
    stand.vault.setState(secrets::VaultState::Locked);
    QSignalSpy removed(&stand.sessions(), &SessionManager::sessionRemoved);
    QCOMPARE(stand.logoutAll().error().code, ErrorCode::Locked);
    stand.vault.setState(secrets::VaultState::Unavailable);
    QCOMPARE(stand.logoutAll().error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(removed.size(), 0);
    QCOMPARE(stand.active(), b);
    stand.restart();
    QCOMPARE(stand.order(), (QStringList{a, b}));
}

void TestSessionRules::logoutAllTellsOnceThatNobodyIsActive()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b) && stand.add(eosBob, SignerKind::WatchOnly));
    QStringList told;
    QObject::connect(&stand.sessions(), &SessionManager::activeChanged, &stand.sessions(),
        [&](const SessionId& id) { told += u"active "_s + id.text(); });
    QObject::connect(&stand.sessions(), &SessionManager::sessionRemoved, &stand.sessions(),
        [&](const SessionId& id) { told += u"removed "_s + id.text(); });
    QVERIFY(stand.logoutAll(true));
    QCOMPARE(told, (QStringList{u"active "_s, u"removed "_s + a, u"removed "_s + b, u"removed "_s + eosBob}));
    QCOMPARE(stand.vault.storedKeys(), QStringList());
    stand.restart();
    QCOMPARE(stand.sessions().count(), 0);
    QVERIFY(stand.sessions().resting().isEmpty());
}

void TestSessionRules::aRefusedDeletionUndoesTheLogout()
{
    for (const bool forget : {true, false}) {
        Stand stand;
        QVERIFY(stand.add(a) && stand.add(b));
        const Session before = stand.at(b);
        stand.vault.failNextRemove = ErrorCode::KeychainDenied;
        QCOMPARE(stand.logout(b, forget).error().code, ErrorCode::KeychainDenied);
        QCOMPARE(stand.at(b).activation, before.activation);
        QCOMPARE(stand.active(), b);
        QCOMPARE(stand.vault.storedKeys(), (QStringList{a, b}));
        stand.restart();
        QCOMPARE(stand.active(), b);
        QVERIFY(stand.sessions().resting().isEmpty());
        QVERIFY(stand.logout(b, forget));
        QCOMPARE(stand.active(), a);
    }
}

void TestSessionRules::aRefusedDeletionAmongAllKeepsOnlyThatOne()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    stand.vault.failNextRemove = ErrorCode::KeychainDenied;
    QCOMPARE(stand.logoutAll(true).error().code, ErrorCode::KeychainDenied);
    QCOMPARE(stand.order(), QStringList{a});
    stand.restart();
    QCOMPARE(stand.order(), QStringList{a});
    QCOMPARE(stand.vault.storedKeys(), QStringList{a});
}

void TestSessionRules::aSecretThatWasNeverExportedRests()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b) && stand.add(c));
    const QByteArray secret = stand.vault.peek(a);
    QVERIFY(stand.sessions().markExported(SessionId(b)));
    QVERIFY(stand.logout(a));
    QVERIFY(stand.logout(b));
    QVERIFY(stand.logout(c, true));
    QCOMPARE(stand.vault.storedKeys(), QStringList{u"trash:"_s + a});
    QCOMPARE(stand.vault.peek(u"trash:"_s + a), secret);
    QCOMPARE(stand.sessions().resting().size(), 1);
    const qint64 days = stand.clock.now().daysTo(stand.sessions().resting().first().expiresAt);
    QVERIFY2(days == 29 || days == 30, qPrintable(QString::number(days)));
}

void TestSessionRules::aGeneratedKeyIsRemindedOfUntilACopyIsKnown()
{
    Stand stand;
    const auto generate = [&stand](const QString& id) {
        NewSession made = Stand::account(id, SignerKind::LocalKey);
        made.generated = true;
        stand.sessions().add(std::move(made), {});
    };
    generate(a);
    generate(b);
    QVERIFY(stand.add(c)); // pasted: whoever gave it has it
    stand.restart();
    QVERIFY(stand.at(a).isBackupDue() && stand.at(b).isBackupDue() && !stand.at(c).isBackupDue());
    QVERIFY(stand.sessions().markExported(SessionId(a)));
    QVERIFY(stand.add(b)); // pasted now
    stand.restart();
    QVERIFY(!stand.at(a).isBackupDue() && !stand.at(b).isBackupDue());
    const QString other = u"nostr:other"_s;
    generate(other);
    QVERIFY(stand.logout(other) && stand.untrash(other));
    QVERIFY(stand.at(other).isBackupDue()); // a rest is no backup
}

void TestSessionRules::whatRestsComesBackWithItsPlaceAndNeverActive()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b, SignerKind::LocalKey, true, u"Middle"_s) && stand.add(c));
    const Session before = stand.at(b);
    QVERIFY(stand.logout(b));
    stand.restart();
    QVERIFY(stand.untrash(b));
    QCOMPARE(stand.order(), (QStringList{a, b, c}));
    QCOMPARE(stand.at(b).label, u"Middle"_s);
    QCOMPARE(stand.at(b).addedAt, before.addedAt);
    QCOMPARE(stand.at(b).state, SessionState::Ready);
    QCOMPARE(stand.active(), c);
    QCOMPARE(stand.vault.storedKeys(), (QStringList{a, b, c}));
    QCOMPARE(stand.untrash(b).error().code, ErrorCode::NotFound);
    stand.restart();
    QCOMPARE(stand.order(), (QStringList{a, b, c}));
    QVERIFY(stand.sessions().resting().isEmpty());
}

void TestSessionRules::whatRestsComesBackToAWatchedAccount()
{
    Stand stand;
    QVERIFY(stand.add(a));
    QVERIFY(stand.logout(a));
    QVERIFY(stand.add(a, SignerKind::WatchOnly));
    QVERIFY(stand.untrash(a));
    QCOMPARE(stand.at(a).signer, SignerKind::LocalKey);
    QCOMPARE(stand.active(), a);
    QVERIFY(stand.logout(a));
    QVERIFY(stand.add(a));
    QCOMPARE(stand.untrash(a).error().why, Why::AlreadyLoggedIn);
}

void TestSessionRules::whatRestsExpires()
{
    Stand stand;
    QVERIFY(stand.add(a));
    QVERIFY(stand.logout(a));
    stand.clock.time = stand.clock.time.addDays(29);
    stand.restart();
    QCOMPARE(stand.sessions().resting().size(), 1);
    stand.clock.time = stand.clock.time.addDays(1);
    stand.restart();
    QVERIFY(stand.sessions().resting().isEmpty());
    QVERIFY(stand.vault.storedKeys().isEmpty());
}

void TestSessionRules::stateSaysWhatTheVaultHas()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b) && stand.add(c, SignerKind::WatchOnly));
    stand.vault.drop(a);
    stand.stop();
    stand.start();
    QCOMPARE(stand.at(a).state, SessionState::Unknown);
    stand.settle();
    QCOMPARE(stand.at(a).state, SessionState::SecretMissing);
    QCOMPARE(stand.at(b).state, SessionState::Ready);
    QCOMPARE(stand.at(c).state, SessionState::Ready);
    stand.vault.setState(secrets::VaultState::Locked); // told by the vault itself
    QCOMPARE(stand.at(b).state, SessionState::Locked);
    QCOMPARE(stand.at(c).state, SessionState::Ready);
    stand.vault.setState(secrets::VaultState::Unlocked);
    QCOMPARE(stand.at(b).state, SessionState::Ready);
    stand.vault.failNextKeys = ErrorCode::KeychainUnavailable;
    stand.restart();
    QCOMPARE(stand.at(b).state, SessionState::Unknown);
}

void TestSessionRules::startReadsNoSecret()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    QVERIFY(stand.logout(b));
    stand.vault.reads = 0;
    stand.restart();
    QCOMPARE(stand.vault.reads, 0);
    QCOMPARE(stand.at(a).state, SessionState::Ready);
}

void TestSessionRules::aLockedVaultOverwritesNothing()
{
    Stand stand;
    QVERIFY(stand.add(a));
    const QByteArray secret = stand.vault.peek(a);
    stand.vault.setState(secrets::VaultState::Locked);
    QCOMPARE(stand.add(a, SignerKind::EncryptedKey).error().code, ErrorCode::Locked);
    QCOMPARE(stand.add(b).error().code, ErrorCode::Locked);
    QCOMPARE(stand.logout(a).error().code, ErrorCode::Locked);
    stand.vault.setState(secrets::VaultState::Unlocked);
    QCOMPARE(stand.vault.peek(a), secret);
    QCOMPARE(stand.at(a).signer, SignerKind::LocalKey);
    stand.restart();
    QCOMPARE(stand.order(), QStringList{a});
    QCOMPARE(stand.at(a).signer, SignerKind::LocalKey);
}

void TestSessionRules::nextPreviousAndLastFollowTheOwnOrder()
{
    Stand stand;
    QVERIFY(stand.sessions().next().isEmpty());
    QVERIFY(stand.sessions().last().isEmpty());
    for (const QString& id : {a, b, c})
        QVERIFY(stand.add(id, SignerKind::WatchOnly, false));
    QCOMPARE(stand.sessions().next().text(), a);
    QCOMPARE(stand.sessions().previous().text(), c);
    QVERIFY(stand.sessions().last().isEmpty());
    QVERIFY(stand.sessions().activate(SessionId(a)));
    QCOMPARE(stand.sessions().previous().text(), c);
    QVERIFY(stand.sessions().activate(SessionId(c)));
    QCOMPARE(stand.sessions().next().text(), a);
    QCOMPARE(stand.sessions().last().text(), a);
    QVERIFY(stand.sessions().activateNobody());
    QCOMPARE(stand.sessions().last().text(), c);
}

void TestSessionRules::movingKeepsTheOrderOfTheOthers()
{
    Stand stand;
    for (const QString& id : {a, b, c, eosBob})
        QVERIFY(stand.add(id, SignerKind::WatchOnly));
    QVERIFY(stand.logout(b));
    QVERIFY(stand.sessions().move(SessionId(eosBob), 1));
    QCOMPARE(stand.order(), (QStringList{eosBob, a, c}));
    QVERIFY(stand.sessions().move(SessionId(eosBob), 99));
    QCOMPARE(stand.order(), (QStringList{a, c, eosBob}));
    QVERIFY(stand.sessions().move(SessionId(eosBob), 2));
    stand.restart();
    QCOMPARE(stand.order(), (QStringList{a, eosBob, c}));
    QCOMPARE(stand.sessions().positionOf(SessionId(eosBob)), 2);
    QCOMPARE(stand.active(), eosBob);
}

void TestSessionRules::labelsThatCouldBeTakenForSomethingElseAreRefused_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<Why>("why");
    QTest::newRow("reserved word") << u"next"_s << Why::LabelLooksLikeAnId;
    QTest::newRow("an id") << u"nostr:zzz"_s << Why::LabelLooksLikeAnId;
    QTest::newRow("an npub") << u"npub1x"_s << Why::LabelLooksLikeAnId;
    QTest::newRow("actor@permission") << u"x@active"_s << Why::LabelLooksLikeAnId;
    QTest::newRow("another's actor") << u"bob"_s << Why::LabelIsAnotherActor;
    QTest::newRow("line break") << u"a\nb"_s << Why::BadLabel;
    QTest::newRow("right-to-left override") << u"a\u202Eb"_s << Why::BadLabel;
    QTest::newRow("65 characters") << QString(65, u'x') << Why::BadLabel;
    QTest::newRow("half a surrogate pair") << QString(QChar(0xd800)) << Why::BadLabel;
    QTest::newRow("only a joiner") << u" \u200d "_s << Why::BadLabel;
    QTest::newRow("only a filler") << u"\u3164"_s << Why::BadLabel;
    QTest::newRow("only a selector") << u"\ufe0f"_s << Why::BadLabel;
    // Private keys, whether or not they are right in every character.
    const QString wif = u"5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu"_s;
    QTest::newRow("hex, on the curve or not") << QString(64, u'f') << Why::LabelLooksLikeAnId;
    QTest::newRow("hex in upper case, space after") << QString(64, u'F') + u' ' << Why::LabelLooksLikeAnId;
    QTest::newRow("nsec within") << u"my nsec1qqqqqq"_s << Why::LabelLooksLikeAnId;
    QTest::newRow("NSEC in upper case") << u"NSEC1QQQQQQ"_s << Why::LabelLooksLikeAnId;
    QTest::newRow("ncryptsec") << u"ncryptsec1qgg"_s << Why::LabelLooksLikeAnId;
    QTest::newRow("PVT") << u"(PVT_R1_2dSFGZnA4oFvMHw)"_s << Why::LabelLooksLikeAnId;
    QTest::newRow("WIF") << wif << Why::LabelLooksLikeAnId;
    QTest::newRow("WIF, space after") << wif + u' ' << Why::LabelLooksLikeAnId;
    QTest::newRow("WIF between others") << u"x:"_s + wif + u'.' << Why::LabelLooksLikeAnId;
    QTest::newRow("WIF, mistyped") << wif.chopped(1) + u'v' << Why::LabelLooksLikeAnId;
    QTest::newRow("compressed WIF") << u'K' + QString(51, u'w') << Why::LabelLooksLikeAnId;
}

void TestSessionRules::labelsThatCouldBeTakenForSomethingElseAreRefused()
{
    QFETCH(QString, label);
    QFETCH(Why, why);
    Stand stand;
    QVERIFY(stand.add(a, SignerKind::WatchOnly, true, u"Old"_s) && stand.add(eosBob, SignerKind::WatchOnly));
    QCOMPARE(stand.sessions().rename(SessionId(a), label).error().why, why);
    QCOMPARE(stand.at(a).label, u"Old"_s);
    QCOMPARE(stand.add(b, SignerKind::WatchOnly, true, label).error().why, why);
    QCOMPARE(stand.sessions().count(), 2);
    QVERIFY(stand.sessions().rename(SessionId(a), QString(64, u'x')));
    QVERIFY(stand.sessions().rename(SessionId(a), u"nsec1 and PVT"_s)); // talks of keys and holds none
    QVERIFY(stand.sessions().rename(SessionId(a), u"\U0001f469\u200d\U0001f680"_s));
    QVERIFY(stand.sessions().rename(SessionId(a), u"A\u030angstro\u0308m"_s));
    QCOMPARE(stand.at(a).label, u"\u00c5ngstr\u00f6m"_s);
}

void TestSessionRules::aNameFindsTheFirstFormThatParses()
{
    Stand stand;
    const QString eosCarol = u"antelope:ac:carol@active"_s;
    for (const QString& id : {a, b, eosBob, waxCarol, eosCarol})
        QVERIFY(stand.add(id, SignerKind::WatchOnly));
    QVERIFY(stand.sessions().rename(SessionId(a), u"Twin"_s));
    QVERIFY(stand.sessions().rename(SessionId(b), u"Twin"_s));
    const auto found = [&](const QString& name) { return findSession(stand.sessions(), name); };
    QCOMPARE(found(b)->text(), b);
    QCOMPARE(found(u"bob@active"_s)->text(), eosBob);
    QCOMPARE(found(u"bob"_s)->text(), eosBob);
    QCOMPARE(found(u"last"_s)->text(), waxCarol);
    QCOMPARE(found(u"carol@active"_s).error().code, ErrorCode::Ambiguous);
    QCOMPARE(found(u"Twin"_s).error().detail, a + u'\n' + b);
    for (const QString& name : {u"twin"_s, u"nostr:zz"_s, u""_s, u"npub1zz"_s})
        QCOMPARE(found(name).error().code, ErrorCode::NotFound);
}

void TestSessionRules::changesMadeWhileTheKeychainAsksAreKept()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    stand.vault.hold();
    std::optional<Result<void>> answer;
    stand.sessions().logout(SessionId(a), {true}, [&](Result<void> result) { answer = result; });
    QVERIFY(!answer && stand.sessions().find(SessionId(a)));
    QVERIFY(stand.sessions().rename(SessionId(a), u"Renamed"_s));
    QVERIFY(stand.sessions().activate(SessionId(a)));
    QVERIFY(stand.sessions().move(SessionId(a), 2));
    stand.vault.failNextRemove = ErrorCode::Locked;
    stand.vault.release();
    QVERIFY(answer && !*answer);
    stand.restart();
    QCOMPARE(stand.at(a).label, u"Renamed"_s);
    QCOMPARE(stand.active(), a);
    QCOMPARE(stand.order(), (QStringList{b, a}));
}

QTEST_GUILESS_MAIN(TestSessionRules)
#include "tst_session_rules.moc"
