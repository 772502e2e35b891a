// SPDX-License-Identifier: MIT
#include "core/session/SessionRow.h"

#include <QSqlQuery>
#include <QStringEncoder>
#include <QVarLengthArray>
#include <QVariant>
#include <array>
#include <charconv>
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

/// A row's columns one after the other, each with its length, so that no two rows hash alike. Made for every
/// row at every start, so it takes no memory of its own.
class Content
{
public:
    void add(QStringView text)
    {
        m_utf8.resize(text.size() * 3);
        QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
        const qsizetype size = encoder.appendToBuffer(m_utf8.data(), text) - m_utf8.data();
        addDigits(size, ':');
        m_content.append(m_utf8.constData(), size);
    }
    void add(qint64 number) { addDigits(number, ';'); }
    [[nodiscard]] const auto& bytes() const { return m_content; }

private:
    void addDigits(qint64 number, char end)
    {
        std::array<char, 24> digits{};
        char* const last = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        m_content.append(digits.data(), last - digits.data());
        m_content.append(end);
    }
    QVarLengthArray<char, 768> m_content;
    QVarLengthArray<char, 512> m_utf8;
};

/// BLAKE2b-128 over every column but itself.
QByteArray digestOf(const StoredRow& row)
{
    const Session& session = row.session;
    Content content;
    content.add(session.id.text());
    content.add(session.label);
    content.add(QString(name(session.signer)));
    content.add(session.wallet);
    content.add(session.publicKey);
    content.add(session.place);
    content.add(static_cast<qint64>(session.activation));
    content.add(toMs(session.addedAt));
    content.add(toMs(session.lastActiveAt));
    content.add(toMs(session.exportedAt));
    content.add(static_cast<qint64>(row.pending));
    content.add(toMs(row.expiresAt));
    // What later schemas added counts only where it is set, so that the digests of earlier ones go on
    // fitting.
    if (session.generated || session.isPrivate)
        content.add(qint64{session.generated ? 1 : 0});
    if (session.isPrivate)
        content.add(qint64{1});
    QByteArray digest(16, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()),
        static_cast<std::size_t>(digest.size()),
        reinterpret_cast<const unsigned char*>(content.bytes().constData()),
        static_cast<unsigned long long>(content.bytes().size()), nullptr, 0);
    return digest;
}

} // namespace

QString rowColumns(int schema)
{
    return QStringLiteral(
               "id, label, signer, wallet, public_key, place, activation, added_at, last_active_at,"
               " exported_at, pending, expires_at, digest, ")
        + (schema >= 2 ? QStringLiteral("generated, ") : QStringLiteral("0, "))
        + (schema >= 3 ? QStringLiteral("private") : QStringLiteral("0"));
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
    query.bindValue(14, session.isPrivate ? 1 : 0);
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
    session.isPrivate = query.value(14).toBool();
    if (!signer || digestOf(row) != query.value(12).toByteArray()) {
        session.state = SessionState::Damaged;
        session.reason = ErrorCode::Damaged;
        row.pending = Pending::None; // nothing is deleted on the word of a damaged row
    }
    return row;
}

} // namespace hatstand::session
