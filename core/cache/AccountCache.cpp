// SPDX-License-Identifier: MIT
#include "core/cache/AccountCache.h"

#include "core/base/Files.h"
#include "core/base/Log.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QUuid>
#include <QVariant>

namespace hatstand::cache {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kSchema = 1;
constexpr int kPatience = 2000; ///< ms for others that are at the same file
constexpr int kPause = 20; ///< ms between two tries
/// SQLite's primary result codes for a file that is no database, or a broken one; whatever else keeps a file
/// from being opened passes (busy, no memory, a full disk).
constexpr int kBusy = 5;
constexpr int kCorrupt = 11;
constexpr int kNotADatabase = 26;

const QStringList& tables()
{
    static const QStringList sql{
        u"CREATE TABLE events (pubkey TEXT NOT NULL, kind INTEGER NOT NULL, json BLOB NOT NULL, "
        "PRIMARY KEY (pubkey, kind)) WITHOUT ROWID"_s,
        u"CREATE TABLE earlier (pubkey TEXT NOT NULL, kind INTEGER NOT NULL, json BLOB NOT NULL, "
        "PRIMARY KEY (pubkey, kind)) WITHOUT ROWID"_s,
        u"CREATE TABLE summaries (pubkey TEXT PRIMARY KEY NOT NULL, summary BLOB NOT NULL) WITHOUT ROWID"_s,
        u"PRAGMA user_version = %1"_s.arg(kSchema),
    };
    return sql;
}

const QStringList kTables{u"events"_s, u"earlier"_s, u"summaries"_s};

QString hexOf(const nostr::WireEvent& event)
{
    return QString::fromLatin1(toQByteArray(event.pubkey).toHex());
}

} // namespace

class AccountCache::Private
{
public:
    QString connection = u"hatstand-cache-"_s + QUuid::createUuid().toString(QUuid::Id128);
    QSqlDatabase db;

    /// What was put or read last: a relay that sends old events over and over costs no reading of the file.
    struct Newest
    {
        nostr::WireEvent head; ///< without its json
        std::shared_ptr<const nostr::WireEvent> unsaved; ///< where the disk took it not
    };
    mutable QHash<std::pair<QByteArray, int>, Newest> newest;

    enum class Found { Whole, Busy, Damaged, Unusable };

    bool run(const QString& sql, const QVariantList& values = {}) const
    {
        QSqlQuery query(db);
        if (!query.prepare(sql))
            return note(query);
        for (const QVariant& value : values)
            query.addBindValue(value);
        return query.exec() || note(query);
    }

    /// Public data that can be fetched again: a failure is for the log.
    static bool note(const QSqlQuery& query)
    {
        qCWarning(lcCache) << "cache:" << query.lastError().text();
        return false;
    }

    static Found failed(const QSqlError& error)
    {
        const int code = error.nativeErrorCode().toInt() & 0xff; // without the extension
        if (code == kBusy)
            return Found::Busy;
        return code == kCorrupt || code == kNotADatabase ? Found::Damaged : Found::Unusable;
    }

    [[nodiscard]] Found exec(const QString& sql, QString* answer = nullptr) const
    {
        QSqlQuery query(db);
        if (!query.exec(sql) || (answer && !query.next()))
            return failed(query.lastError());
        if (answer)
            *answer = query.value(0).toString();
        return Found::Whole;
    }

    /// All in one transaction: of two that open a new file at once, one waits for the other.
    [[nodiscard]] Found makeTables() const
    {
        Found found = exec(u"BEGIN IMMEDIATE"_s);
        if (found != Found::Whole)
            return found;
        if (db.tables().isEmpty()) {
            for (const QString& sql : tables()) {
                if (found == Found::Whole)
                    found = exec(sql);
            }
        }
        const Found ended = exec(found == Found::Whole ? u"COMMIT"_s : u"ROLLBACK"_s);
        return found == Found::Whole ? ended : found;
    }

    [[nodiscard]] Found check(Check depth) const
    {
        QString answer;
        Found found = exec(u"PRAGMA user_version"_s, &answer);
        if (found == Found::Whole && answer == "0"_L1) {
            found = makeTables(); // another may have made them since the answer
            if (found == Found::Whole)
                found = exec(u"PRAGMA user_version"_s, &answer);
        }
        if (found != Found::Whole)
            return found;
        if (answer.toInt() != kSchema)
            return Found::Damaged;
        const QString pragma
            = depth == Check::Whole ? u"PRAGMA quick_check(1)"_s : u"PRAGMA quick_check(summaries)"_s;
        found = exec(pragma, &answer);
        return found == Found::Whole && answer != "ok"_L1 ? Found::Damaged : found;
    }

    /// Others may be making the same file: SQLite gives up at once where two would wait for each other.
    template <class Step>
    static Found patiently(const Step& step)
    {
        const QDeadlineTimer patience(kPatience);
        Found found = step();
        while (found == Found::Busy && !patience.hasExpired()) {
            QThread::msleep(kPause);
            found = step();
        }
        return found;
    }

    Found connect(const QString& file, Check depth)
    {
        db = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection);
        db.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(kPatience));
        db.setDatabaseName(file);
        if (!db.open())
            return failed(db.lastError());
        // What a logout deletes is overwritten, also in the log that WAL keeps beside the file.
        for (const QString& sql : {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = NORMAL"_s,
                 u"PRAGMA secure_delete = ON"_s}) {
            if (const Found found = patiently([&] { return exec(sql); }); found != Found::Whole)
                return found;
        }
        return patiently([&] { return check(depth); });
    }

    void disconnect()
    {
        db.close();
        db = QSqlDatabase();
        QSqlDatabase::removeDatabase(connection);
    }

    [[nodiscard]] std::optional<nostr::WireEvent> read(
        const QString& table, const QByteArray& pubkey, int kind) const
    {
        QSqlQuery query(db);
        if (!query.prepare(u"SELECT json FROM %1 WHERE pubkey = ? AND kind = ?"_s.arg(table)))
            return std::nullopt;
        query.addBindValue(QString::fromLatin1(pubkey));
        query.addBindValue(kind);
        if (!query.exec() || !query.next())
            return std::nullopt;
        // The file is no more to be believed than a relay.
        auto event = nostr::readEvent(query.value(0).toByteArray());
        if (!event || event->kind != kind || toQByteArray(event->pubkey).toHex() != pubkey
            || !nostr::verify(*event))
            return std::nullopt;
        return std::move(*event);
    }
};

AccountCache::AccountCache()
    : d(std::make_unique<Private>())
{
}

AccountCache::~AccountCache()
{
    d->disconnect();
}

Result<void> AccountCache::open(const QString& file, Check check)
{
    if (!makeFolderOf(file))
        return fail(ErrorCode::Disk, file);
    const auto make = [&] {
        // 0600 before there is anything in it. One that is there is not opened: to close it would take the
        // locks of whatever else this process has open on it.
        QFile made(file);
        return (made.open(QIODevice::ReadWrite | QIODevice::NewOnly) || made.exists())
            && made.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    };
    if (!make())
        return fail(ErrorCode::Disk, file);
    Private::Found found = d->connect(file, check);
    if (found == Private::Found::Damaged) {
        d->disconnect();
        for (const QLatin1StringView suffix : {""_L1, "-wal"_L1, "-shm"_L1})
            QFile::remove(file + suffix);
        if (!make())
            return fail(ErrorCode::Disk, file);
        found = d->connect(file, check);
    }
    if (found == Private::Found::Whole)
        return {};
    d->disconnect();
    return fail(ErrorCode::Disk, file);
}

Result<void> AccountCache::openInMemory()
{
    if (d->connect(u":memory:"_s, Check::Whole) == Private::Found::Whole)
        return {};
    d->disconnect();
    return fail(ErrorCode::Disk);
}

QHash<QByteArray, AccountCache::Summary> AccountCache::summaries() const
{
    QHash<QByteArray, Summary> all;
    QSqlQuery query(d->db);
    query.setForwardOnly(true);
    if (!query.exec(u"SELECT pubkey, summary FROM summaries"_s))
        return all;
    while (query.next())
        all.insert(query.value(0).toString().toLatin1(), query.value(1).toByteArray());
    return all;
}

std::optional<nostr::WireEvent> AccountCache::event(const QByteArray& pubkey, int kind) const
{
    const auto known = d->newest.constFind({pubkey, kind});
    if (known != d->newest.cend() && known->unsaved)
        return *known->unsaved;
    auto event = d->read(u"events"_s, pubkey, kind);
    if (!event)
        d->newest.remove({pubkey, kind}); // damaged meanwhile: it may be put again
    return event;
}

std::optional<nostr::WireEvent> AccountCache::earlier(const QByteArray& pubkey, int kind) const
{
    return d->read(u"earlier"_s, pubkey, kind);
}

QList<int> AccountCache::earlierKinds(const QByteArray& pubkey) const
{
    QList<int> kinds;
    QSqlQuery query(d->db);
    if (!query.prepare(u"SELECT kind FROM earlier WHERE pubkey = ? ORDER BY kind"_s))
        return kinds;
    query.addBindValue(QString::fromLatin1(pubkey));
    if (!query.exec())
        return kinds;
    while (query.next())
        kinds += query.value(0).toInt();
    return kinds;
}

bool AccountCache::put(const nostr::WireEvent& event)
{
    const QByteArray pubkey = toQByteArray(event.pubkey).toHex();
    const auto headOf = [](nostr::WireEvent whole) {
        whole.json.clear();
        return whole;
    };
    if (!d->newest.contains({pubkey, event.kind})) {
        if (const auto present = this->event(pubkey, event.kind))
            d->newest.insert({pubkey, event.kind}, {headOf(*present), nullptr});
    }
    const auto known = d->newest.constFind({pubkey, event.kind});
    if (known != d->newest.cend() && !nostr::replaces(event, known->head))
        return false;
    const bool isSaved = d->run(u"INSERT OR REPLACE INTO events VALUES (?, ?, ?)"_s,
        {QString::fromLatin1(pubkey), event.kind, event.json});
    // On a full disk this run keeps it in memory: a list that counts as read must not be an old one.
    d->newest.insert({pubkey, event.kind},
        {headOf(event), isSaved ? nullptr : std::make_shared<const nostr::WireEvent>(event)});
    return true;
}

void AccountCache::putEarlier(const nostr::WireEvent& event)
{
    (void)d->run(
        u"INSERT OR REPLACE INTO earlier VALUES (?, ?, ?)"_s, {hexOf(event), event.kind, event.json});
}

void AccountCache::removeEarlier(const QByteArray& pubkey, int kind)
{
    (void)d->run(u"DELETE FROM earlier WHERE pubkey = ? AND kind = ?"_s, {QString::fromLatin1(pubkey), kind});
}

void AccountCache::putSummary(const QByteArray& pubkey, const Summary& summary)
{
    (void)d->run(u"INSERT OR REPLACE INTO summaries VALUES (?, ?)"_s, {QString::fromLatin1(pubkey), summary});
}

void AccountCache::remove(const QByteArray& pubkey)
{
    d->newest.removeIf([&pubkey](const auto& known) { return known.key().first == pubkey; });
    for (const QString& table : kTables)
        (void)d->run(u"DELETE FROM %1 WHERE pubkey = ?"_s.arg(table), {QString::fromLatin1(pubkey)});
    (void)d->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
}

void AccountCache::keepOnly(const QList<QByteArray>& pubkeys)
{
    const QSet<QByteArray> kept(pubkeys.cbegin(), pubkeys.cend());
    QSet<QString> gone;
    for (const QString& table : kTables) {
        QSqlQuery query(d->db);
        if (!query.exec(u"SELECT DISTINCT pubkey FROM "_s + table))
            continue;
        while (query.next()) {
            if (const QString pubkey = query.value(0).toString(); !kept.contains(pubkey.toLatin1()))
                gone.insert(pubkey);
        }
    }
    for (const QString& pubkey : std::as_const(gone))
        remove(pubkey.toLatin1());
}

} // namespace hatstand::cache
