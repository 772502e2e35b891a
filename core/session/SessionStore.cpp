// SPDX-License-Identifier: MIT
#include "core/session/SessionStore.h"

#include "core/base/Log.h"
#include "core/session/SessionRow.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>
#include <algorithm>
#include <array>

namespace hatstand::session {
namespace {

using namespace Qt::Literals::StringLiterals;

/// What leads to a schema from the one before it. A step that was released is never changed.
const QList<QList<const char*>> kMigrations{
    {
        "CREATE TABLE sessions (id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, signer TEXT NOT NULL, "
        "wallet "
        "TEXT NOT NULL,"
        " public_key TEXT NOT NULL, place INTEGER NOT NULL, activation INTEGER NOT NULL, added_at INTEGER "
        "NOT "
        "NULL,"
        " last_active_at INTEGER NOT NULL, exported_at INTEGER NOT NULL, pending INTEGER NOT NULL, "
        "expires_at "
        "INTEGER NOT NULL,"
        " digest BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE resting (id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, signer TEXT NOT NULL, "
        "wallet "
        "TEXT NOT NULL,"
        " public_key TEXT NOT NULL, place INTEGER NOT NULL, activation INTEGER NOT NULL, added_at INTEGER "
        "NOT "
        "NULL,"
        " last_active_at INTEGER NOT NULL, exported_at INTEGER NOT NULL, pending INTEGER NOT NULL, "
        "expires_at "
        "INTEGER NOT NULL,"
        " digest BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE meta (id INTEGER PRIMARY KEY CHECK (id = 1), last_activation INTEGER NOT NULL, nobody "
        "INTEGER NOT NULL)",
        "INSERT INTO meta VALUES (1, 0, 0)",
    },
    {
        "ALTER TABLE sessions ADD COLUMN generated INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE resting ADD COLUMN generated INTEGER NOT NULL DEFAULT 0",
    },
    {
        "ALTER TABLE sessions ADD COLUMN private INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE resting ADD COLUMN private INTEGER NOT NULL DEFAULT 0",
    }};
const int kSchema = static_cast<int>(kMigrations.size());

/// SQLite's primary result codes (sqlite.org/rescode.html), which QtSql passes on as text.
Error errorOf(const QSqlError& error)
{
    const int primary = error.nativeErrorCode().toInt() & 0xff;
    switch (primary) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return {.code = ErrorCode::Busy, .detail = error.text()};
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return {.code = ErrorCode::Damaged, .detail = error.text()};
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 10: // SQLITE_IOERR
    case 13: // SQLITE_FULL
    case 14: // SQLITE_CANTOPEN
        return {.code = ErrorCode::Disk, .detail = error.text()};
    default:
        return {.code = ErrorCode::Failed, .detail = error.text()};
    }
}

} // namespace

class SessionStore::Private
{
public:
    QString connection = u"hatstand-"_s + QUuid::createUuid().toString(QUuid::Id128);
    QSqlDatabase db;
    QSqlQuery putLive, putResting, eraseLive, eraseResting, putMeta, begin, commit, rollback;
    Durability durability = Durability::Full;
    QString setAside;
    int schema = 0; ///< of the open file

    Result<void> run(QSqlQuery& query) const
    {
        const bool ok = query.exec();
        Error error = ok ? Error{} : errorOf(query.lastError());
        query.finish();
        if (!ok)
            return fail(std::move(error));
        return {};
    }

    Result<void> exec(const QString& sql) const
    {
        QSqlQuery query(db);
        if (!query.exec(sql))
            return fail(errorOf(query.lastError()));
        return {};
    }

    Result<QVariant> ask(const QString& sql) const
    {
        QSqlQuery query(db);
        if (!query.exec(sql) || !query.next())
            return fail(errorOf(query.lastError()));
        return query.value(0);
    }

    Result<void> connect(const QString& file)
    {
        db = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection);
        db.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=1000"_s);
        db.setDatabaseName(file);
        if (!db.open())
            return fail(errorOf(db.lastError()));
        return prepareSchema().and_then([this] { return prepareQueries(); }).and_then([this] {
            return checkWhole();
        });
    }

    /// What SQLite's own check can't know: all that belongs to the schema is there.
    Result<void> checkWhole() const
    {
        const auto metas = ask(u"SELECT COUNT(*) FROM meta"_s);
        if (!metas)
            return fail(ErrorCode::Damaged, metas.error().detail);
        if (metas->toInt() != 1)
            return fail(ErrorCode::Damaged, u"meta"_s);
        return {};
    }

    Result<void> prepareSchema()
    {
        const auto version = ask(u"PRAGMA user_version"_s);
        if (!version)
            return fail(version.error());
        schema = version->toInt();
        if (schema > kSchema)
            return fail(Error{.code = ErrorCode::NewerDatabase, .have = schema, .want = kSchema});
        const auto sound = ask(u"PRAGMA quick_check(1)"_s);
        if (!sound)
            return fail(sound.error());
        if (sound->toString() != "ok"_L1)
            return fail(ErrorCode::Damaged, sound->toString());
        if (auto wal = exec(u"PRAGMA journal_mode = WAL"_s); !wal)
            return wal;
        if (auto sync = exec(u"PRAGMA synchronous = FULL"_s); !sync)
            return sync;
        return migrate();
    }

    /// All the steps that are missing, or none.
    Result<void> migrate()
    {
        if (schema == kSchema)
            return {};
        auto done = exec(u"BEGIN IMMEDIATE"_s);
        for (const auto& step : kMigrations.mid(schema)) {
            for (const char* sql : step)
                done = done.and_then([&] { return exec(QString::fromLatin1(sql)); });
        }
        done = done.and_then([&] { return exec(u"PRAGMA user_version = %1"_s.arg(kSchema)); });
        done = done.and_then([&] { return exec(u"COMMIT"_s); });
        if (done)
            schema = kSchema;
        return done;
    }

    Result<void> prepareQueries()
    {
        const QString put = u"INSERT OR REPLACE INTO %1 ("_s + rowColumns(kSchema)
            + u") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"_s;
        const std::array<std::pair<QSqlQuery*, QString>, 8> all{{
            {&putLive, put.arg("sessions"_L1)},
            {&putResting, put.arg("resting"_L1)},
            {&eraseLive, u"DELETE FROM sessions WHERE id = ?"_s},
            {&eraseResting, u"DELETE FROM resting WHERE id = ?"_s},
            {&putMeta, u"UPDATE meta SET last_activation = ?, nobody = ?"_s},
            {&begin, u"BEGIN IMMEDIATE"_s},
            {&commit, u"COMMIT"_s},
            {&rollback, u"ROLLBACK"_s},
        }};
        for (const auto& [query, sql] : all) {
            *query = QSqlQuery(db);
            if (!query->prepare(sql)) {
                const Error error = errorOf(query->lastError());
                // A table or a column that is not there makes the statement wrong.
                return fail(error.code == ErrorCode::Failed ? ErrorCode::Damaged : error.code, error.detail);
            }
        }
        return {};
    }

    void disconnect()
    {
        for (QSqlQuery* query :
            {&putLive, &putResting, &eraseLive, &eraseResting, &putMeta, &begin, &commit, &rollback})
            *query = QSqlQuery();
        db.close();
        db = QSqlDatabase();
        QSqlDatabase::removeDatabase(connection);
    }

    Result<void> put(QSqlQuery& query, const StoredRow& row) const
    {
        bindRow(query, row);
        return run(query);
    }

    /// What can still be read of a damaged file and fits its digest.
    QList<StoredRow> soundRows(const QString& table) const
    {
        QList<StoredRow> rows;
        QSqlQuery query(db);
        if (!query.exec(u"SELECT "_s + rowColumns(schema) + u" FROM "_s + table))
            return rows;
        while (query.next()) {
            const StoredRow row = readRow(query);
            if (row.session.state != SessionState::Damaged)
                rows += row;
        }
        return rows;
    }

    Result<QList<StoredRow>> rows(const QString& table) const
    {
        QSqlQuery query(db);
        query.setForwardOnly(true);
        if (!query.exec(u"SELECT "_s + rowColumns(schema) + u" FROM "_s + table + u" ORDER BY place, id"_s))
            return fail(errorOf(query.lastError()));
        QList<StoredRow> rows;
        while (query.next())
            rows += readRow(query);
        if (query.lastError().isValid())
            return fail(errorOf(query.lastError()));
        query.clear();
        // All that is read is in memory now; the pages that SQLite keeps of the check and of this are not
        // wanted.
        (void)exec(u"PRAGMA shrink_memory"_s);
        return rows;
    }
};

SessionStore::SessionStore()
    : d(std::make_unique<Private>())
{
}

SessionStore::~SessionStore()
{
    d->disconnect();
}

Result<void> SessionStore::open(const QString& file)
{
    if (!QFile::exists(file)) {
        QFile fresh(
            file); // so that it never exists with wider permissions; SQLite's other files take the same
        if (!fresh.open(QIODevice::WriteOnly | QIODevice::NewOnly))
            return fail(ErrorCode::Disk, fresh.errorString());
        fresh.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    auto opened = d->connect(file);
    if (opened || opened.error().code != ErrorCode::Damaged)
        return opened;

    qCWarning(lcSession) << "the store is damaged and is set aside:" << opened.error().detail;
    const QList<StoredRow> sound = d->soundRows(u"sessions"_s);
    const QList<StoredRow> soundResting = d->soundRows(u"resting"_s);
    const bool nobody = d->ask(u"SELECT nobody FROM meta"_s).value_or(QVariant()).toBool();
    d->disconnect();
    const QString suffix
        = u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    for (const auto& part : {u""_s, u"-wal"_s, u"-shm"_s}) {
        if (QFile::exists(file + part) && !QFile::rename(file + part, file + suffix + part))
            return fail(ErrorCode::Disk, file + part);
    }
    d->setAside = file + suffix;
    return open(file).and_then([&] {
        return write(Durability::Full, [&]() -> Result<void> {
            Result<void> done;
            StoreMeta meta{.nobody = nobody};
            for (const StoredRow& row : sound) {
                meta.lastActivation = std::max(meta.lastActivation, row.session.activation);
                done = done.and_then([&] { return put(row); });
            }
            for (const StoredRow& row : soundResting)
                done = done.and_then([&] { return putResting(row); });
            return done.and_then([&] { return putMeta(meta); });
        });
    });
}

QString SessionStore::setAside() const
{
    return d->setAside;
}

Result<QList<StoredRow>> SessionStore::rows() const
{
    return d->rows(u"sessions"_s);
}

Result<QList<StoredRow>> SessionStore::restingRows() const
{
    return d->rows(u"resting"_s);
}

Result<StoreMeta> SessionStore::meta() const
{
    QSqlQuery query(d->db);
    if (!query.exec(u"SELECT last_activation, nobody FROM meta"_s))
        return fail(errorOf(query.lastError()));
    if (!query.next())
        return fail(ErrorCode::Damaged, u"meta"_s);
    return StoreMeta{query.value(0).toULongLong(), query.value(1).toBool()};
}

Result<void> SessionStore::put(const StoredRow& row)
{
    return d->put(d->putLive, row);
}

Result<void> SessionStore::putResting(const StoredRow& row)
{
    return d->put(d->putResting, row);
}

Result<void> SessionStore::erase(const SessionId& id)
{
    d->eraseLive.bindValue(0, id.text());
    return d->run(d->eraseLive);
}

Result<void> SessionStore::eraseResting(const SessionId& id)
{
    d->eraseResting.bindValue(0, id.text());
    return d->run(d->eraseResting);
}

Result<void> SessionStore::putMeta(const StoreMeta& meta)
{
    d->putMeta.bindValue(0, static_cast<qint64>(meta.lastActivation));
    d->putMeta.bindValue(1, meta.nobody ? 1 : 0);
    return d->run(d->putMeta);
}

Result<void> SessionStore::write(Durability durability, const std::function<Result<void>()>& changes)
{
    if (durability != d->durability) { // SQLite takes this only outside a transaction
        if (auto set = d->exec(durability == Durability::Full ? u"PRAGMA synchronous = FULL"_s
                                                              : u"PRAGMA synchronous = NORMAL"_s);
            !set)
            return set;
        d->durability = durability;
    }
    auto done = d->run(d->begin);
    if (!done)
        return done;
    done = changes();
    if (done)
        done = d->run(d->commit);
    if (!done)
        (void)d->run(d->rollback); // fails where SQLite already rolled back by itself, as on a full disk
    return done;
}

} // namespace hatstand::session
