// SPDX-License-Identifier: MIT
#include "tests/support/RelayProcess.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kPatience = 60'000; ///< ms; a bound for hangs, not a measure

} // namespace

RelayProcess::RelayProcess(const QStringList& options)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(
        QStringLiteral(INTEROP_RUN), QStringList{QStringLiteral(INTEROP_PACKAGES), u"relay.mjs"_s} + options);
    const QByteArray line = readLine();
    if (!line.startsWith("relay "))
        qFatal("no relay: %s", line.constData());
    m_url = QString::fromUtf8(line.mid(6));
}

RelayProcess::~RelayProcess()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(kPatience);
}

QByteArray RelayProcess::readLine()
{
    while (!m_process.canReadLine() && m_process.waitForReadyRead(kPatience)) { }
    return m_process.readLine().trimmed();
}

QByteArray RelayProcess::tell(const QJsonObject& command)
{
    m_process.write(QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n');
    return readLine();
}

void RelayProcess::store(const QJsonObject& event)
{
    (void)tell({{u"store"_s, QJsonArray{event}}});
}

QList<QJsonObject> RelayProcess::events(const QJsonObject& filter)
{
    QList<QJsonObject> all;
    const auto kept = QJsonDocument::fromJson(tell({{u"events"_s, filter}})).array();
    for (const QJsonValue& event : kept)
        all += event.toObject();
    return all;
}

} // namespace hatstand::test
