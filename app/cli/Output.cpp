// SPDX-License-Identifier: MIT
#include "app/cli/Output.h"

#include "app/cli/AccountFields.h"
#include "app/cli/ChainFields.h"
#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionFinder.h"
#include "ui/text/Sentences.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace hatstand::app {

using namespace Qt::Literals::StringLiterals;

QVariantMap describeSession(const Services& services, const session::Session& session)
{
    QString reason = ui::stateSentence(session, services.vault.kind(), services.vault.takesPassphrase());
    if (!reason.isEmpty())
        reason += u'.';
    QVariantMap fields = session::describe(services.sessions, session, reason);
    if (session.id.family() == "nostr"_L1)
        fields.insert(summaryFields(services.accounts.summary(session.id)));
    if (session.id.family() == "antelope"_L1)
        fields.insert(summaryFields(services.chainAccounts.summary(session.id)));
    return fields;
}

QByteArray jsonLines(const QJsonValue& value)
{
    const QJsonDocument document
        = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return document.toJson(QJsonDocument::Indented);
}

QString table(const QList<QStringList>& rows)
{
    QList<qsizetype> widths;
    for (const QStringList& row : rows) {
        widths.resize(qMax(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = qMax(widths[i], row[i].size());
    }
    QString text;
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += row[i].leftJustified(widths[i] + 2);
        text += line.trimmed().isEmpty() ? u"\n"_s
                                         : QString(line).remove(QRegularExpression(u" +$"_s)) + u'\n';
    }
    return text;
}

} // namespace hatstand::app
