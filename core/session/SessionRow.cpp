// SPDX-License-Identifier: MIT
#include "core/session/SessionRow.h"

#include <QSqlQuery>
#include <QVariant>
#include <sodium.h>

namespace hatstand::session {
namespace {

qint64 toMs(const QDateTime& time)
{
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

QDateTime fromMs(qint64 ms)
{
    return ms == 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
}

/// BLAKE2b-128 over every column but itself, each with its length, so that no two rows hash alike.
QByteArray digestOf(const StoredRow& row)
{
    const Session& session = row.session;
    QByteArray content;
    const auto addText = [&](const QString& text) {
        const QByteArray utf8 = text.toUtf8();
        content += QByteArray::number(utf8.size()) + ':' + utf8;
    };
    const auto addNumber = [&](qint64 number) { content += QByteArray::number(number) + ';'; };
    addText(session.id.text());
    addText(session.label);
    addText(name(session.signer));
    addText(session.wallet);
    addText(session.publicKey);
    addNumber(session.place);
    addNumber(static_cast<qint64>(session.activation));
    addNumber(toMs(session.addedAt));
    addNumber(toMs(session.lastActiveAt));
    addNumber(toMs(session.exportedAt));
    addNumber(static_cast<int>(row.pending));
    addNumber(toMs(row.expiresAt));
    if (session.generated) // where it is not, the digests that schema 1 made go on fitting
        addNumber(1);
    QByteArray digest(16, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()),
        static_cast<std::size_t>(digest.size()), reinterpret_cast<const unsigned char*>(content.constData()),
        static_cast<unsigned long long>(content.size()), nullptr, 0);
    return digest;
}

} // namespace

QString rowColumns(int schema)
{
    return QStringLiteral(
               "id, label, signer, wallet, public_key, place, activation, added_at, last_active_at,"
               " exported_at, pending, expires_at, digest, ")
        + (schema >= 2 ? QStringLiteral("generated") : QStringLiteral("0"));
}

void bindRow(QSqlQuery& query, const StoredRow& row)
{
    const Session& session = row.session;
    query.bindValue(0, session.id.text());
    query.bindValue(1, session.label.isNull() ? QStringLiteral("") : session.label);
    query.bindValue(2, QString(name(session.signer)));
    query.bindValue(3, session.wallet.isNull() ? QStringLiteral("") : session.wallet);
    query.bindValue(4, session.publicKey.isNull() ? QStringLiteral("") : session.publicKey);
    query.bindValue(5, session.place);
    query.bindValue(6, static_cast<qint64>(session.activation));
    query.bindValue(7, toMs(session.addedAt));
    query.bindValue(8, toMs(session.lastActiveAt));
    query.bindValue(9, toMs(session.exportedAt));
    query.bindValue(10, static_cast<int>(row.pending));
    query.bindValue(11, toMs(row.expiresAt));
    query.bindValue(12, session.state == SessionState::Damaged ? QByteArray("") : digestOf(row));
    query.bindValue(13, session.generated ? 1 : 0);
}

StoredRow readRow(const QSqlQuery& query)
{
    StoredRow row;
    Session& session = row.session;
    session.id = SessionId(query.value(0).toString());
    session.label = query.value(1).toString();
    const auto signer = signerKindFromName(query.value(2).toString());
    session.signer = signer.value_or(SignerKind::LocalKey);
    session.wallet = query.value(3).toString();
    session.publicKey = query.value(4).toString();
    session.place = query.value(5).toLongLong();
    session.activation = query.value(6).toULongLong();
    session.addedAt = fromMs(query.value(7).toLongLong());
    session.lastActiveAt = fromMs(query.value(8).toLongLong());
    session.exportedAt = fromMs(query.value(9).toLongLong());
    const int pending = query.value(10).toInt();
    if (pending >= 0 && pending <= static_cast<int>(Pending::Rejoining))
        row.pending = static_cast<Pending>(pending);
    row.expiresAt = fromMs(query.value(11).toLongLong());
    session.generated = query.value(13).toBool();
    if (!signer || digestOf(row) != query.value(12).toByteArray()) {
        session.state = SessionState::Damaged;
        session.reason = ErrorCode::Damaged;
        row.pending = Pending::None; // nothing is deleted on the word of a damaged row
    }
    return row;
}

} // namespace hatstand::session
