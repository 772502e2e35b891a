// SPDX-License-Identifier: MIT
// Taking a logout back: everything as it was, and nobody active who was not.
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

/// A stand with three accounts, the second of the given kind, and the logouts that could be taken back.
struct Three
{
    explicit Three(SignerKind second)
    {
        if (!stand.add(a) || !stand.add(b, second, true, u"Bo"_s) || !stand.add(c))
            qFatal("no accounts");
        QObject::connect(&stand.sessions(), &SessionManager::loggedOut, &stand.sessions(),
            [this](const LoggedOut& left) { offers += left; });
    }
    Result<void> undo(const LoggedOut& left)
    {
        std::optional<Result<void>> answer;
        stand.sessions().undoLogout(left, [&answer](const Result<void>& done) { answer = done; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }))
            qFatal("no answer");
        return *answer;
    }
    Stand stand;
    QList<LoggedOut> offers;
};

} // namespace

class TestSessionUndo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWas_data()
    {
        QTest::addColumn<SignerKind>("signer");
        QTest::newRow("watched") << SignerKind::WatchOnly;
        QTest::newRow("a key that rests") << SignerKind::LocalKey;
    }
    void comesBackAsItWas()
    {
        QFETCH(SignerKind, signer);
        Three three(signer);
        Stand& stand = three.stand;
        const Session before = stand.at(b);
        const QList<SessionId> recency = stand.sessions().byRecency();
        QVERIFY(stand.logout(b));
        QCOMPARE(three.offers.size(), 1);
        QVERIFY(!three.offers.constFirst().wasActive);
        QVERIFY(three.undo(three.offers.constFirst()));
        QCOMPARE(stand.at(b), before);
        QCOMPARE(stand.order(), (QStringList{a, b, c}));
        QCOMPARE(stand.sessions().byRecency(), recency);
        QCOMPARE(stand.active(), c);
        QVERIFY(stand.sessions().resting().isEmpty());
        stand.restart();
        QCOMPARE(stand.at(b).label, u"Bo"_s);
        QCOMPARE(stand.order(), (QStringList{a, b, c}));
        QCOMPARE(stand.active(), c);
    }

    void theActiveOneIsActiveAgain_data() { comesBackAsItWas_data(); }
    void theActiveOneIsActiveAgain()
    {
        QFETCH(SignerKind, signer);
        Three three(signer);
        Stand& stand = three.stand;
        QVERIFY(stand.sessions().activate(SessionId(b)));
        QVERIFY(stand.logout(b));
        QCOMPARE(stand.active(), c);
        QSignalSpy active(&stand.sessions(), &SessionManager::activeChanged);
        QVERIFY(three.undo(three.offers.constFirst()));
        QCOMPARE(stand.active(), b);
        QCOMPARE(active.size(), 1);
    }

    void whoWasChosenSinceStaysActive_data() { comesBackAsItWas_data(); }
    void whoWasChosenSinceStaysActive()
    {
        QFETCH(SignerKind, signer);
        Three three(signer);
        Stand& stand = three.stand;
        QVERIFY(stand.sessions().activate(SessionId(b)));
        QVERIFY(stand.logout(b));
        QVERIFY(stand.sessions().activate(SessionId(a)));
        QVERIFY(three.undo(three.offers.constFirst()));
        QCOMPARE(stand.active(), a);
    }

    // Not even where all who were active after it are gone.
    void oneThatWasNotActiveNeverBecomesIt_data() { comesBackAsItWas_data(); }
    void oneThatWasNotActiveNeverBecomesIt()
    {
        QFETCH(SignerKind, signer);
        Three three(signer);
        Stand& stand = three.stand;
        QVERIFY(stand.logout(b));
        QVERIFY(stand.logout(c));
        QCOMPARE(stand.active(), a);
        QVERIFY(three.undo(three.offers.constFirst()));
        QCOMPARE(stand.active(), a);
    }

    void nobodyStaysNobody()
    {
        Three three(SignerKind::WatchOnly);
        Stand& stand = three.stand;
        QVERIFY(stand.sessions().activateNobody());
        QVERIFY(stand.logout(b));
        QVERIFY(three.undo(three.offers.constFirst()));
        QCOMPARE(stand.active(), QString());
    }

    void isNotOfferedForAKeyThatIsGone()
    {
        Three three(SignerKind::LocalKey);
        QVERIFY(three.stand.logout(b, true));
        QVERIFY(three.stand.sessions().markExported(SessionId(c)));
        QVERIFY(three.stand.logout(c));
        QVERIFY(three.offers.isEmpty());
    }

    void isRefusedWhenThereIsNothingToBringBack()
    {
        Three three(SignerKind::WatchOnly);
        Stand& stand = three.stand;
        QVERIFY(stand.logout(b));
        QVERIFY(stand.add(b, SignerKind::WatchOnly));
        QCOMPARE(three.undo(three.offers.constFirst()).error().why, Why::AlreadyLoggedIn);
        QVERIFY(stand.logout(a));
        QVERIFY(stand.untrash(a));
        QCOMPARE(three.undo(three.offers.constLast()).error().code, ErrorCode::NotFound);
        QCOMPARE(stand.order().size(), 3);
    }

    void aPlaceThatWasTakenIsNotShared()
    {
        Three three(SignerKind::LocalKey);
        Stand& stand = three.stand;
        QVERIFY(stand.add(u"nostr:d"_s, SignerKind::WatchOnly));
        QVERIFY(stand.logout(u"nostr:d"_s));
        QVERIFY(stand.add(u"nostr:e"_s, SignerKind::WatchOnly));
        QVERIFY(three.undo(three.offers.constLast()));
        QCOMPARE(stand.order(), (QStringList{a, b, c, u"nostr:e"_s, u"nostr:d"_s}));
        stand.restart();
        QCOMPARE(stand.order(), (QStringList{a, b, c, u"nostr:e"_s, u"nostr:d"_s}));
    }
};

QTEST_GUILESS_MAIN(TestSessionUndo)
#include "tst_session_undo.moc"
