// SPDX-License-Identifier: MIT
// What the two older session managers do, replayed step by step: N is NDK's behaviour, W is WharfKit's. Where
// Hatstand differs on purpose (README), the row says so.
#include "tests/support/Stand.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::session;
using namespace Qt::Literals::StringLiterals;
using test::Stand;

namespace {

/// "A" is nostr:A; "alice@EOS" is antelope:EOS:alice@active.
QString idOf(const QString& word)
{
    if (!word.contains(u'@'))
        return u"nostr:"_s + word;
    return u"antelope:%1:%2@active"_s.arg(word.section(u'@', 1), word.section(u'@', 0, 0));
}

QString wordOf(const QString& id)
{
    if (id.startsWith("nostr:"_L1))
        return id.mid(6);
    return id.section(u':', 2).section(u'@', 0, 0) + u'@' + id.section(u':', 1, 1);
}

/// One step; its error's name, or nothing.
QString take(Stand& stand, const QString& step)
{
    const QString verb = step.section(u' ', 0, 0);
    const QString id = idOf(step.section(u' ', 1));
    const auto told
        = [](const auto& result) { return result ? QString() : QString(name(result.error().code)); };
    if (verb == "login"_L1)
        return told(stand.add(id));
    if (verb == "watch"_L1)
        return told(stand.add(id, SignerKind::WatchOnly));
    if (verb == "add"_L1) // without activating
        return told(stand.add(id, SignerKind::LocalKey, false));
    if (verb == "switch"_L1)
        return told(stand.sessions().activate(SessionId(id)));
    if (verb == "nobody"_L1)
        return told(stand.sessions().activateNobody());
    if (verb == "logout"_L1)
        return told(stand.logout(step == verb ? stand.active() : id));
    if (verb == "logoutAll"_L1)
        return told(stand.logoutAll());
    if (verb == "restart"_L1)
        return stand.restart(), QString();
    if (verb == "lose"_L1) // the keychain's entry is gone
        return stand.vault.drop(id), QString();
    qFatal("no such step: %s", qPrintable(step));
}

} // namespace

class TestSessionConformance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replayed_data();
    void replayed();
    void theActiveAccountIsTheSignersWhenItIsAnnounced();
};

void TestSessionConformance::replayed_data()
{
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QString>("listed");
    QTest::addColumn<QString>("active");
    QTest::addColumn<QString>("defaults");
    QTest::addColumn<QString>("error"); // of the last step
    const auto row = [](const char* name, const char* steps, const char* listed, const char* active,
                         const char* defaults = "", const char* error = "") {
        QTest::newRow(name) << QString::fromLatin1(steps) << QString::fromLatin1(listed)
                            << QString::fromLatin1(active) << QString::fromLatin1(defaults)
                            << QString::fromLatin1(error);
    };
    row("1 N login", "login A", "A", "A");
    row("2 N login to watch", "watch A", "A", "A");
    row("3 N two logins", "login A; login B", "A B", "B");
    row("4 N add without activating", "login A; add B", "A B", "A");
    row("5 N log out the other", "login A; login B; logout A", "B", "B");
    row("6 N log out the active", "login A; login B; logout B", "A", "A");
    row("7 N log out until none", "login A; login B; logout; logout", "", "");
    row("8 N log out where none is", "logout", "", "", "", "not-found");
    row("9 N switch to an unknown", "login A; switch B", "A", "A", "", "not-found");
    row("10 N switch to nobody", "login A; login B; nobody", "A B", "");
    row("11 N restore", "login A; login B; switch A; restart", "A B", "A");
    row("14 N one that can't be restored stays", "login A; login B; lose A; restart", "A B", "B");
    row("N a duplicate keeps its place", "login A; login B; login A", "A B", "B");
    row("N nobody is kept over a restart", "login A; nobody; restart", "A", "");
    row("22 N here the most recent follows, not the first", "login A; login B; login C; switch B; logout",
        "A C", "C");
    row("23 W log out all", "login alice@EOS; logoutAll", "", "");
    row("24 W defaults by chain", "login mock1@WAX; login mock2@J4; login mock3@EOS; restart",
        "mock1@WAX mock2@J4 mock3@EOS", "mock3@EOS", "mock1@WAX mock2@J4 mock3@EOS");
    row("25 W nothing stored", "restart", "", "");
    row("31 W default is the last login of its chain", "login alice@EOS; login bob@EOS; login carol@WAX",
        "alice@EOS bob@EOS carol@WAX", "carol@WAX", "bob@EOS carol@WAX");
    row("31 W restoring one makes it the default",
        "login alice@EOS; login bob@EOS; login carol@WAX; switch alice@EOS", "alice@EOS bob@EOS carol@WAX",
        "alice@EOS", "alice@EOS carol@WAX");
    row("31 W a login that is not to be default; here it leaves the chain's default alone",
        "login alice@EOS; add bob@EOS", "alice@EOS bob@EOS", "alice@EOS", "alice@EOS");
    row("31 W logging another out; here the current one stays",
        "login alice@EOS; login bob@EOS; logout alice@EOS; restart", "bob@EOS", "bob@EOS", "bob@EOS");
    row("31 W logging the current one out; here another follows, and is its chain's default",
        "login alice@EOS; login carol@WAX; login bob@EOS; logout bob@EOS", "alice@EOS carol@WAX", "carol@WAX",
        "alice@EOS carol@WAX");
    row("16 W one whose wallet is gone is not dropped",
        "login alice@EOS; login bob@EOS; lose alice@EOS; logout bob@EOS", "alice@EOS", "alice@EOS",
        "alice@EOS");
}

void TestSessionConformance::replayed()
{
    QFETCH(QString, steps);
    QFETCH(QString, listed);
    QFETCH(QString, active);
    QFETCH(QString, defaults);
    QFETCH(QString, error);
    Stand stand;
    const QStringList all = steps.split(u"; "_s);
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(take(stand, all.at(i)), i == all.size() - 1 ? error : QString());
    QStringList ids;
    for (const QString& id : stand.order())
        ids += wordOf(id);
    QCOMPARE(ids.join(u' '), listed);
    QCOMPARE(stand.active().isEmpty() ? QString() : wordOf(stand.active()), active);
    const QStringList expected = defaults.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : expected) {
        const SessionId id(idOf(word));
        QCOMPARE(stand.sessions().defaultOf(id.network()).text(), id.text());
    }
}

/// 21 N: there a listener could still see the signer of the account before.
void TestSessionConformance::theActiveAccountIsTheSignersWhenItIsAnnounced()
{
    Stand stand;
    QVERIFY(stand.add(idOf(u"A"_s)) && stand.add(idOf(u"B"_s), SignerKind::WatchOnly));
    QStringList seen;
    QObject::connect(
        &stand.sessions(), &SessionManager::activeChanged, &stand.sessions(), [&](const SessionId& id) {
            const Session* session = stand.sessions().find(stand.sessions().active());
            seen += id.text() + u' ' + session->id.text() + u' ' + name(session->signer);
        });
    QVERIFY(stand.sessions().activate(SessionId(idOf(u"A"_s))));
    QVERIFY(stand.sessions().activate(SessionId(idOf(u"B"_s))));
    QCOMPARE(seen, (QStringList{u"nostr:A nostr:A local-key"_s, u"nostr:B nostr:B watch-only"_s}));
}

QTEST_GUILESS_MAIN(TestSessionConformance)
#include "tst_session_conformance.moc"
