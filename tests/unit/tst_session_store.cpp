// SPDX-License-Identifier: MIT
// A bad start loses no account: damaged files and rows, newer files, full and forbidden places.
#include "tests/support/Stand.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace hatstand;
using namespace hatstand::session;
using namespace Qt::Literals::StringLiterals;
using test::Stand;

namespace {

const QString a = u"nostr:a"_s;
const QString b = u"nostr:b"_s;

/// As another program that has the file in its hands.
bool tamper(const QString& file, const QString& sql)
{
    bool done = false;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        db.setDatabaseName(file);
        done = db.open() && QSqlQuery(db).exec(sql);
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
    return done;
}

/// Two tables of one page: the content can be read, the check fails.
bool claimOnePageTwice(const QString& file)
{
    bool done = tamper(file, u"CREATE TABLE odd (n INTEGER)"_s);
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"odd"_s);
        db.setDatabaseName(file);
        done = done && db.open();
        QSqlQuery query(db);
        done = done && query.exec(u"PRAGMA writable_schema = ON"_s)
            && query.exec(u"UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'odd'"_s);
    }
    QSqlDatabase::removeDatabase(u"odd"_s);
    return done;
}

} // namespace

class TestSessionStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFileIsPrivate();
    void aChangedRowIsListedAsDamaged();
    void aDamagedRowIsHealedByAddingItAgain();
    void aDamagedFileIsSetAsideAndItsAccountsFoundAgain();
    void whatTheVaultNamesIsListedAsItsEntrySays();
    void aFileWithADamagedPageKeepsTheRowsThatCanBeRead();
    void aNewerFileIsLeftAlone();
    void aFileOfAnEarlierVersionIsBroughtUpToDate_data();
    void aFileOfAnEarlierVersionIsBroughtUpToDate();
    void whetherOneIsPrivateIsKept();
    void aDamagedFileOfAnEarlierVersionKeepsItsRowsToo();
    void whatIsNotThereIsDamageToo_data();
    void whatIsNotThereIsDamageToo();
    void numbersThatCantBeHoldNoSwitchUp_data();
    void numbersThatCantBeHoldNoSwitchUp();
    void aDamagedRowsKeyAlwaysRests();
    void aSecondLoadGivesTheSame();
    void aRefusedWriteChangesNothing();
};

void TestSessionStore::theFileIsPrivate()
{
    Stand stand;
    QVERIFY(stand.add(a));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QFileInfo& file : QDir(stand.directory()).entryInfoList(QDir::Files))
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
}

void TestSessionStore::aChangedRowIsListedAsDamaged()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    stand.stop();
    QVERIFY(tamper(stand.file(), u"UPDATE sessions SET label = 'Bank' WHERE id = 'nostr:a'"_s));
    stand.start();
    stand.settle();
    QCOMPARE(stand.order(), (QStringList{a, b}));
    QCOMPARE(stand.at(a).state, SessionState::Damaged);
    QCOMPARE(stand.at(b).state, SessionState::Ready);
    // what else is changed about it does not make it sound
    QVERIFY(stand.sessions().activate(SessionId(a)));
    QVERIFY(stand.sessions().rename(SessionId(a), u"Other"_s));
    stand.restart();
    QCOMPARE(stand.at(a).state, SessionState::Damaged);
    QCOMPARE(stand.active(), a);
    QVERIFY(stand.logout(a));
    QCOMPARE(stand.order(), QStringList{b});
}

void TestSessionStore::aDamagedRowIsHealedByAddingItAgain()
{
    Stand stand;
    QVERIFY(stand.add(a));
    stand.stop();
    QVERIFY(tamper(stand.file(), u"UPDATE sessions SET signer = 'nonsense'"_s));
    stand.start();
    stand.settle();
    QCOMPARE(stand.at(a).state, SessionState::Damaged);
    QVERIFY(stand.add(a, SignerKind::WatchOnly)); // takes no key away, heals nothing
    QCOMPARE(stand.at(a).state, SessionState::Damaged);
    QVERIFY(stand.add(a, SignerKind::EncryptedKey));
    stand.restart();
    QCOMPARE(stand.at(a).state, SessionState::Ready);
    QCOMPARE(stand.at(a).signer, SignerKind::EncryptedKey);
}

void TestSessionStore::aDamagedFileIsSetAsideAndItsAccountsFoundAgain()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b) && stand.add(u"nostr:watched"_s, SignerKind::WatchOnly));
    QVERIFY(stand.add(u"nostr:rests"_s) && stand.logout(u"nostr:rests"_s));
    stand.stop();
    QFile file(stand.file());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(QByteArray(file.size(), 'x'));
    file.close();
    stand.start();
    QVERIFY(stand.sessions().setAside().contains(u"hatstand.db.damaged-"_s));
    QVERIFY(QFile::exists(stand.sessions().setAside()));
    stand.settle();
    QStringList found = stand.order();
    found.sort();
    QCOMPARE(found, (QStringList{a, b})); // the vault names these; a watched account leaves no secret
    QCOMPARE(stand.at(a).state, SessionState::Ready);
    QCOMPARE(stand.sessions().resting().size(), 1);
    QVERIFY(stand.sessions().resting().first().expiresAt > stand.clock.now());
    QCOMPARE(stand.active(), QString()); // nobody is made active by a mishap
    stand.restart();
    QCOMPARE(stand.sessions().count(), 2);
    QVERIFY(stand.sessions().setAside().isEmpty());
}

void TestSessionStore::whatTheVaultNamesIsListedAsItsEntrySays()
{
    constexpr std::string_view kAnchor = R"({"v":1,"type":"anchor","data":"PVT PUB https://a b"})";
    const QString alice = u"antelope:ac:alice@active"_s;
    const QString bob = u"antelope:ac:bob@active"_s;
    for (const auto before : {secrets::VaultState::Unlocked, secrets::VaultState::Locked}) {
        Stand stand;
        stand.vault.put(alice, kAnchor);
        stand.vault.put(u"trash:"_s + bob, kAnchor);
        stand.vault.put(a, R"({"v":1,"type":"ncryptsec","data":"x"})");
        stand.vault.put(b, R"({"v":1,"type":"nsec","data":"x"})");
        stand.vault.setState(before);
        stand.settle();
        QCOMPARE(stand.sessions().count(), 3); // though it can't be told yet what they are
        stand.restart();
        QVERIFY(stand.sessions().rename(SessionId(alice), u"Mine"_s));
        stand.vault.setState(secrets::VaultState::Unlocked);
        QVERIFY(stand.untrash(bob));
        for (int start = 0; start < 2; ++start) {
            for (const QString& id : {alice, bob}) {
                QCOMPARE(stand.at(id).signer, SignerKind::Remote);
                QCOMPARE(stand.at(id).wallet, u"anchor"_s);
                QCOMPARE(stand.at(id).state, SessionState::Ready);
            }
            QCOMPARE(stand.at(alice).label, u"Mine"_s);
            QCOMPARE(stand.at(a).signer, SignerKind::EncryptedKey);
            QCOMPARE(stand.at(b).signer, SignerKind::LocalKey);
            stand.vault.setState(secrets::VaultState::Locked);
            stand.restart(); // and for good
            stand.vault.setState(secrets::VaultState::Unlocked);
        }
    }
}

void TestSessionStore::aFileWithADamagedPageKeepsTheRowsThatCanBeRead()
{
    Stand stand;
    QVERIFY(stand.add(a, SignerKind::LocalKey, true, u"Mine"_s) && stand.add(b)
        && stand.add(u"nostr:watched"_s, SignerKind::WatchOnly));
    QVERIFY(stand.sessions().activateNobody());
    stand.stop();
    QVERIFY(claimOnePageTwice(stand.file()));
    stand.start();
    QVERIFY(!stand.sessions().setAside().isEmpty());
    stand.settle();
    QCOMPARE(stand.order(), (QStringList{a, b, u"nostr:watched"_s}));
    QCOMPARE(stand.at(a).label, u"Mine"_s);
    QCOMPARE(stand.active(), QString()); // nobody was, and nobody is
    QVERIFY(stand.add(u"nostr:c"_s));
    QVERIFY(stand.at(u"nostr:c"_s).activation > stand.at(u"nostr:watched"_s).activation);
}

void TestSessionStore::aNewerFileIsLeftAlone()
{
    Stand stand;
    QVERIFY(stand.add(a));
    stand.stop();
    QVERIFY(tamper(stand.file(), u"PRAGMA user_version = 99"_s));
    QFile file(stand.file());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    {
        SessionStore store;
        const auto opened = store.open(stand.file());
        QCOMPARE(opened.error().code, ErrorCode::NewerDatabase);
        QCOMPARE(opened.error().have, 99);
    }
    file.seek(0);
    QCOMPARE(file.readAll(), before);
    QVERIFY(tamper(stand.file(), u"PRAGMA user_version = 3"_s));
    stand.start();
    QCOMPARE(stand.order(), QStringList{a});
}

namespace {

/// As an earlier version wrote it.
bool asSchema(int schema, const QString& file)
{
    bool done = tamper(file, u"ALTER TABLE sessions DROP COLUMN private"_s)
        && tamper(file, u"ALTER TABLE resting DROP COLUMN private"_s);
    if (schema < 2) {
        done = done && tamper(file, u"ALTER TABLE sessions DROP COLUMN generated"_s)
            && tamper(file, u"ALTER TABLE resting DROP COLUMN generated"_s);
    }
    return done && tamper(file, u"PRAGMA user_version = %1"_s.arg(schema));
}

} // namespace

void TestSessionStore::aFileOfAnEarlierVersionIsBroughtUpToDate_data()
{
    QTest::addColumn<int>("schema");
    QTest::newRow("the first") << 1;
    QTest::newRow("the second") << 2;
}

void TestSessionStore::aFileOfAnEarlierVersionIsBroughtUpToDate()
{
    QFETCH(int, schema);
    Stand stand;
    QVERIFY(stand.add(a, SignerKind::LocalKey, true, u"Mine"_s) && stand.add(b, SignerKind::EncryptedKey));
    QVERIFY(stand.add(u"nostr:rests"_s) && stand.logout(u"nostr:rests"_s));
    const QList<Session> before = stand.sessions().sessions();
    stand.stop();
    QVERIFY(asSchema(schema, stand.file()));
    stand.start();
    QVERIFY(stand.sessions().setAside().isEmpty());
    stand.settle();
    QCOMPARE(stand.sessions().sessions(), before);
    QCOMPARE(stand.sessions().resting().size(), 1);
    QVERIFY(stand.sessions().rename(SessionId(a), u"Still mine"_s)); // and it can be written to
    stand.restart();
    QCOMPARE(stand.at(a).label, u"Still mine"_s);
}

void TestSessionStore::whetherOneIsPrivateIsKept()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    QVERIFY(!stand.at(a).isPrivate);
    QVERIFY(stand.sessions().setPrivate(SessionId(a), true));
    stand.restart();
    stand.settle();
    QVERIFY(stand.at(a).isPrivate && !stand.at(b).isPrivate);
    QVERIFY(stand.logout(a));
    stand.restart();
    stand.settle();
    QVERIFY(stand.untrash(a));
    QVERIFY(stand.at(a).isPrivate);
    QVERIFY(stand.at(a).state != SessionState::Damaged);
    QVERIFY(stand.sessions().setPrivate(SessionId(a), false));
    stand.restart();
    QVERIFY(!stand.at(a).isPrivate);
    QCOMPARE(
        stand.sessions().setPrivate(SessionId(u"nostr:nobody"_s), true).error().code, ErrorCode::NotFound);
}

void TestSessionStore::aDamagedFileOfAnEarlierVersionKeepsItsRowsToo()
{
    Stand stand;
    QVERIFY(stand.add(a, SignerKind::LocalKey, true, u"Mine"_s));
    stand.stop();
    QVERIFY(asSchema(1, stand.file()) && claimOnePageTwice(stand.file()));
    stand.start();
    QVERIFY(!stand.sessions().setAside().isEmpty());
    QCOMPARE(stand.at(a).label, u"Mine"_s);
}

void TestSessionStore::whatIsNotThereIsDamageToo_data()
{
    QTest::addColumn<QString>("damage");
    QTest::newRow("no meta") << u"DELETE FROM meta"_s;
    QTest::newRow("no table of what rests") << u"DROP TABLE resting"_s;
    QTest::newRow("no table of meta") << u"DROP TABLE meta"_s;
}

void TestSessionStore::whatIsNotThereIsDamageToo()
{
    QFETCH(QString, damage);
    Stand stand;
    QVERIFY(stand.add(a, SignerKind::LocalKey, true, u"Mine"_s) && stand.add(b));
    stand.stop();
    QVERIFY(tamper(stand.file(), damage));
    stand.start();
    QVERIFY(!stand.sessions().setAside().isEmpty());
    QCOMPARE(stand.order(), (QStringList{a, b}));
    QCOMPARE(stand.at(a).label, u"Mine"_s);
    QVERIFY(stand.sessions().activate(SessionId(a)));
    stand.restart();
    QCOMPARE(stand.active(), a);
}

void TestSessionStore::numbersThatCantBeHoldNoSwitchUp_data()
{
    QTest::addColumn<QString>("damage");
    QTest::newRow("a counter set back") << u"UPDATE meta SET last_activation = 0"_s;
    QTest::newRow("a number never given")
        << u"UPDATE sessions SET activation = 1000000 WHERE id = 'nostr:a'"_s;
    QTest::newRow("a number beyond all") << u"UPDATE sessions SET activation = -1 WHERE id = 'nostr:a'"_s;
}

void TestSessionStore::numbersThatCantBeHoldNoSwitchUp()
{
    QFETCH(QString, damage);
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b) && stand.add(u"nostr:c"_s));
    stand.stop();
    QVERIFY(tamper(stand.file(), damage));
    stand.start();
    QVERIFY(stand.sessions().activate(SessionId(b)));
    QCOMPARE(stand.active(), b);
    stand.restart();
    QCOMPARE(stand.active(), b);
}

void TestSessionStore::aDamagedRowsKeyAlwaysRests()
{
    Stand stand;
    QVERIFY(stand.add(a));
    stand.stop();
    QVERIFY(tamper(stand.file(), u"UPDATE sessions SET exported_at = 1"_s));
    stand.start();
    stand.settle();
    QVERIFY(stand.logout(a));
    QVERIFY(stand.vault.contains(u"trash:"_s + a));
}

void TestSessionStore::aSecondLoadGivesTheSame()
{
    Stand stand;
    QVERIFY(stand.add(a, SignerKind::EncryptedKey, true, u"\u00dcber \U0001F600"_s)
        && stand.add(b, SignerKind::WatchOnly, false));
    QVERIFY(stand.sessions().markExported(SessionId(a)));
    const QList<Session> before = stand.sessions().sessions();
    stand.restart();
    QCOMPARE(stand.sessions().sessions(), before);
}

void TestSessionStore::aRefusedWriteChangesNothing()
{
    Stand stand;
    QVERIFY(stand.add(a) && stand.add(b));
    // another program holds the file: every write is refused
    QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
    db.setDatabaseName(stand.file());
    QVERIFY(db.open() && QSqlQuery(db).exec(u"BEGIN IMMEDIATE"_s));
    QCOMPARE(stand.sessions().activate(SessionId(a)).error().code, ErrorCode::Busy);
    QCOMPARE(stand.active(), b);
    QCOMPARE(stand.logout(a, true).error().code, ErrorCode::Busy);
    QVERIFY(stand.vault.contains(a));
    QVERIFY(QSqlQuery(db).exec(u"ROLLBACK"_s));
    db.close();
    db = QSqlDatabase();
    QSqlDatabase::removeDatabase(u"holder"_s);
    QVERIFY(stand.sessions().activate(SessionId(a)));
    QVERIFY(stand.logout(a, true));
}

QTEST_GUILESS_MAIN(TestSessionStore)
#include "tst_session_store.moc"
