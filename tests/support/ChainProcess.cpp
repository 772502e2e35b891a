// SPDX-License-Identifier: MIT
#include "tests/support/ChainProcess.h"

#include <QJsonDocument>

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kPatience = 60'000; ///< ms; a bound for hangs, not a measure

} // namespace

ChainProcess::ChainProcess(const QStringList& options)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(
        u"/usr/bin/python3"_s, QStringList{u"-B"_s, QStringLiteral(HATSTAND_TEST_CHAIN)} + options);
    const QByteArray line = readLine();
    if (!line.startsWith("chain "))
        qFatal("no chain: %s", line.constData());
    m_url = QString::fromUtf8(line.mid(6));
    m_chainId = tell({{u"chainId"_s, true}})["chainId"_L1].toString();
}

ChainProcess::~ChainProcess()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(kPatience))
        m_process.kill();
}

QByteArray ChainProcess::readLine()
{
    while (!m_process.canReadLine() && m_process.waitForReadyRead(kPatience)) { }
    return m_process.readLine().trimmed();
}

QJsonObject ChainProcess::tell(const QJsonObject& command)
{
    const QByteArray line = QJsonDocument(command).toJson(QJsonDocument::Compact);
    m_process.write(line + '\n');
    const QJsonObject answer = QJsonDocument::fromJson(readLine()).object();
    if (answer.isEmpty() || answer.contains("error"_L1))
        qFatal("the chain did not do %s", line.constData());
    return answer;
}

} // namespace hatstand::test
