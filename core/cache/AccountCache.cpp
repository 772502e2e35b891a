// SPDX-License-Identifier: MIT
#include "core/cache/AccountCache.h"

#include "core/base/Files.h"
#include "core/base/Log.h"

#include <QFile>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

namespace hatstand::cache {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kSchema = 1;

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

    [[nodiscard]] bool isWhole() const
    {
        QSqlQuery query(db);
        if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
            return false;
        const int version = query.value(0).toInt();
        query.finish();
        if (version == 0 && db.tables().isEmpty()) {
            for (const QString& sql : tables()) {
                if (!run(sql))
                    return false;
            }
            return true;
        }
        return version == kSchema && query.exec(u"PRAGMA quick_check(1)"_s) && query.next()
            && query.value(0).toString() == "ok"_L1;
    }

    bool connect(const QString& file)
    {
        db = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection);
        db.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=2000"_s);
        db.setDatabaseName(file);
        // What a logout deletes is overwritten, also in the log that WAL keeps beside the file.
        return db.open() && run(u"PRAGMA journal_mode = WAL"_s) && run(u"PRAGMA synchronous = NORMAL"_s)
            && run(u"PRAGMA secure_delete = ON"_s) && isWhole();
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

Result<void> AccountCache::open(const QString& file)
{
    if (!makeFolderOf(file))
        return fail(ErrorCode::Disk, file);
    const auto make = [&] {
        QFile made(file); // 0600 before there is anything in it
        return made.open(QIODevice::ReadWrite) && made.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    };
    if (!make())
        return fail(ErrorCode::Disk, file);
    if (d->connect(file))
        return {};
    d->disconnect();
    for (const QLatin1StringView suffix : {""_L1, "-wal"_L1, "-shm"_L1})
        QFile::remove(file + suffix);
    if (!make() || !d->connect(file))
        return fail(ErrorCode::Disk, file);
    return {};
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
    return d->read(u"events"_s, pubkey, kind);
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
    const QString pubkey = hexOf(event);
    const auto present = this->event(pubkey.toLatin1(), event.kind);
    if (present && !nostr::replaces(event, *present))
        return false;
    return d->run(u"INSERT OR REPLACE INTO events VALUES (?, ?, ?)"_s, {pubkey, event.kind, event.json});
}

void AccountCache::putEarlier(const nostr::WireEvent& event)
{
    (void)d->run(
        u"INSERT OR REPLACE INTO earlier VALUES (?, ?, ?)"_s, {hexOf(event), event.kind, event.json});
}

void AccountCache::putSummary(const QByteArray& pubkey, const Summary& summary)
{
    (void)d->run(u"INSERT OR REPLACE INTO summaries VALUES (?, ?)"_s, {QString::fromLatin1(pubkey), summary});
}

void AccountCache::remove(const QByteArray& pubkey)
{
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
