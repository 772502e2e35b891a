// SPDX-License-Identifier: MIT
// Copies of public data: the newest stays, accounts never mix, a logout leaves nothing, a broken file costs
// nothing.
#include "core/base/Random.h"
#include "core/cache/AccountCache.h"
#include "core/nostr/Event.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <sys/wait.h>
#include <unistd.h>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

nostr::WireEvent signedEvent(quint8 secret, int kind, qint64 createdAt, const QString& content)
{
    SystemRandom random;
    SecretBuffer bytes(32);
    bytes.edit()[31] = secret;
    const auto key = nostr::SecretKey::fromBytes(std::move(bytes));
    nostr::UnsignedEvent event;
    event.kind = kind;
    event.createdAt = createdAt;
    event.content = content;
    return nostr::readEvent(nostr::toJson(*nostr::sign(event, *key, createdAt, random))).value();
}

QByteArray keyOf(const nostr::WireEvent& event)
{
    return toQByteArray(event.pubkey).toHex();
}

bool holds(const QString& folder, const QByteArray& text)
{
    for (const QFileInfo& info : QDir(folder).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
            return true;
    }
    return false;
}

} // namespace

class TestAccountCache : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theNewestOfAKindStays();
    void accountsDoNotMix();
    void aLogoutLeavesNothingInTheFiles();
    void onlyListedAccountsAreKept();
    void theVersionBeforeAnEditIsKept();
    void aBrokenFileIsMadeAnew();
    void aForeignFileIsMadeAnew();
    void aBusyFileStays();
    void whatTheDiskDoesNotTakeIsThereAllTheSame();
    void severalOpenANewFile();
    void withoutAPlaceOnDisk();
    void summariesAreReadWithoutALookAtTheRest();
    void aChangedEventIsNotBelieved();
    void theFileIsPrivate();

private:
    [[nodiscard]] QString file() const { return m_dir->filePath(u"cache/accounts.db"_s); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestAccountCache::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestAccountCache::theNewestOfAKindStays()
{
    const auto older = signedEvent(1, 0, 1000, u"older"_s);
    const auto newer = signedEvent(1, 0, 1001, u"newer"_s);
    {
        cache::AccountCache cache;
        QVERIFY(cache.open(file()));
        QVERIFY(cache.put(newer));
        QVERIFY(!cache.put(older));
        QVERIFY(!cache.put(newer));
    }
    cache::AccountCache again;
    QVERIFY(again.open(file()));
    QCOMPARE(again.event(keyOf(newer), 0)->json, newer.json);
}

void TestAccountCache::accountsDoNotMix()
{
    const auto one = signedEvent(1, 0, 1000, u"one"_s);
    const auto two = signedEvent(2, 0, 2000, u"two"_s);
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    QVERIFY(cache.put(one));
    QVERIFY(cache.put(two));
    QCOMPARE(cache.event(keyOf(one), 0)->content(), u"one"_s);
    QCOMPARE(cache.event(keyOf(two), 0)->content(), u"two"_s);
    QVERIFY(!cache.event(keyOf(one), 3));
}

void TestAccountCache::aLogoutLeavesNothingInTheFiles()
{
    const auto event = signedEvent(1, 0, 1000, u"a-word-to-look-for"_s);
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    QVERIFY(cache.put(event));
    cache.putEarlier(event);
    cache.putSummary(keyOf(event), "a-word-to-look-for");
    const QString folder = QFileInfo(file()).path();
    QVERIFY(holds(folder, "a-word-to-look-for"));
    cache.remove(keyOf(event));
    QVERIFY(!holds(folder, "a-word-to-look-for"));
    QVERIFY(!holds(folder, keyOf(event)));
}

void TestAccountCache::onlyListedAccountsAreKept()
{
    const auto one = signedEvent(1, 0, 1000, u"one"_s);
    const auto two = signedEvent(2, 0, 2000, u"two"_s);
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    QVERIFY(cache.put(one) && cache.put(two));
    cache.keepOnly({keyOf(two)});
    QVERIFY(!cache.event(keyOf(one), 0));
    QVERIFY(cache.event(keyOf(two), 0));
}

void TestAccountCache::theVersionBeforeAnEditIsKept()
{
    const auto event = signedEvent(1, 3, 1000, {});
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    QCOMPARE(cache.earlierKinds(keyOf(event)), QList<int>());
    cache.putEarlier(event);
    QCOMPARE(cache.earlierKinds(keyOf(event)), QList<int>{3});
    QCOMPARE(cache.earlier(keyOf(event), 3)->json, event.json);
}

void TestAccountCache::aBrokenFileIsMadeAnew()
{
    QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
    QFile broken(file());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(QByteArray(9000, 'x'));
    broken.close();
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    const auto event = signedEvent(1, 0, 1000, u"one"_s);
    QVERIFY(cache.put(event));
    QVERIFY(cache.event(keyOf(event), 0));
}

void TestAccountCache::aForeignFileIsMadeAnew()
{
    QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"foreign"_s);
        db.setDatabaseName(file());
        QVERIFY(db.open());
        QVERIFY(QSqlQuery(db).exec(u"CREATE TABLE theirs (x)"_s));
    }
    QSqlDatabase::removeDatabase(u"foreign"_s);
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    QVERIFY(cache.put(signedEvent(1, 0, 1000, u"one"_s)));
}

/// Another instance is at work with it, and what it keeps is whole.
void TestAccountCache::aBusyFileStays()
{
    const auto event = signedEvent(1, 0, 1000, u"one"_s);
    {
        cache::AccountCache cache;
        QVERIFY(cache.open(file()));
        QVERIFY(cache.put(event));
    }
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        db.setDatabaseName(file());
        QVERIFY(db.open());
        QSqlQuery query(db);
        QVERIFY(query.exec(u"PRAGMA locking_mode = EXCLUSIVE"_s));
        query.finish();
        QVERIFY(query.exec(u"BEGIN EXCLUSIVE"_s));
        cache::AccountCache cache;
        const auto opened = cache.open(file());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Disk);
        QVERIFY(query.exec(u"COMMIT"_s));
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    cache::AccountCache again;
    QVERIFY(again.open(file()));
    QCOMPARE(again.event(keyOf(event), 0)->json, event.json);
}

/// An old list that counts as the newest would be built upon.
void TestAccountCache::whatTheDiskDoesNotTakeIsThereAllTheSame()
{
    const auto older = signedEvent(1, 3, 1000, u"older"_s);
    const auto newer = signedEvent(1, 3, 1001, u"newer"_s);
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    QVERIFY(cache.put(older));
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(file());
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(u"BEGIN IMMEDIATE"_s));
        QVERIFY(cache.put(newer));
        QSqlQuery(other).exec(u"ROLLBACK"_s);
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    QCOMPARE(cache.event(keyOf(newer), 3)->content(), u"newer"_s);
    QVERIFY(!cache.put(older));
    cache.remove(keyOf(newer));
    QVERIFY(!cache.event(keyOf(newer), 3));
}

/// Programs, not threads: SQLite's locks are a process's.
void TestAccountCache::severalOpenANewFile()
{
    constexpr int kTogether = 8;
    constexpr int kRounds = 10;
    for (int round = 0; round < kRounds; ++round) {
        init();
        std::array<int, 2> start{};
        QCOMPARE(::pipe(start.data()), 0);
        std::vector<pid_t> programs;
        for (int i = 0; i < kTogether; ++i) {
            const auto event = signedEvent(quint8(i + 1), 0, 1000, u"mine"_s);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(start[1]);
                char ignored = 0;
                (void)::read(start[0], &ignored, 1); // ends as all of them have been started
                bool isDone = false;
                {
                    cache::AccountCache cache;
                    isDone = cache.open(file()) && cache.put(event);
                }
                ::_exit(isDone ? 0 : 1);
            }
            programs.push_back(child);
        }
        ::close(start[0]);
        ::close(start[1]);
        for (const pid_t program : programs) {
            int status = -1;
            QCOMPARE(::waitpid(program, &status, 0), program);
            QCOMPARE(status, 0);
        }
        cache::AccountCache cache;
        QVERIFY(cache.open(file()));
        for (int i = 0; i < kTogether; ++i)
            QVERIFY(cache.event(keyOf(signedEvent(quint8(i + 1), 0, 1000, u"mine"_s)), 0));
    }
}

void TestAccountCache::withoutAPlaceOnDisk()
{
    cache::AccountCache cache;
    QVERIFY(!cache.open(u"/proc/no-such-folder/accounts.db"_s));
    QVERIFY(cache.openInMemory());
    const auto event = signedEvent(1, 0, 1000, u"one"_s);
    QVERIFY(cache.put(event));
    QVERIFY(cache.event(keyOf(event), 0));
}

void TestAccountCache::summariesAreReadWithoutALookAtTheRest()
{
    const auto event = signedEvent(1, 0, 1000, u"one"_s);
    {
        cache::AccountCache cache;
        QVERIFY(cache.open(file()) && cache.put(event));
        cache.putSummary(keyOf(event), "what is known");
    }
    qint64 page = 0; // of the events, which are damaged now
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        db.setDatabaseName(file());
        QVERIFY(db.open());
        QSqlQuery query(
            u"SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name = 'events'"_s, db);
        QVERIFY(query.next());
        page = (query.value(0).toLongLong() - 1) * query.value(1).toLongLong();
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::ReadWrite) && damaged.seek(page)
        && damaged.write(QByteArray(64, '\xff')) == 64);
    damaged.close();
    using Check = cache::AccountCache::Check;
    {
        cache::AccountCache cache;
        QVERIFY(cache.open(file(), Check::Summaries));
        QCOMPARE(cache.summaries().value(keyOf(event)), QByteArray("what is known"));
        QVERIFY(!cache.event(keyOf(event), 0));
    }
    cache::AccountCache cache;
    QVERIFY(cache.open(file(), Check::Whole)); // made anew
    QVERIFY(cache.summaries().isEmpty());
    QVERIFY(cache.put(event));
}

void TestAccountCache::aChangedEventIsNotBelieved()
{
    const auto event = signedEvent(1, 0, 1000, u"honest"_s);
    {
        cache::AccountCache cache;
        QVERIFY(cache.open(file()));
        QVERIFY(cache.put(event));
    }
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        db.setDatabaseName(file());
        QVERIFY(db.open());
        QVERIFY(QSqlQuery(db).exec(
            u"UPDATE events SET json = CAST(replace(json, 'honest', 'forged') AS BLOB)"_s));
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    QVERIFY(!cache.event(keyOf(event), 0));
    QVERIFY(cache.put(event));
    QCOMPARE(cache.event(keyOf(event), 0)->content(), u"honest"_s);
}

void TestAccountCache::theFileIsPrivate()
{
    cache::AccountCache cache;
    QVERIFY(cache.open(file()));
    QCOMPARE(QFile::permissions(file())
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());
}

QTEST_GUILESS_MAIN(TestAccountCache)
#include "tst_account_cache.moc"
