// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QProcess>
#include <QStringList>

namespace hatstand::test {

/// A relay in a process of its own (tests/support/relay.py), which answers with the messages that it is
/// given, one a line, "@" for the subscription; then it may go on as the script says.
class RelayProcess
{
public:
    struct Setup
    {
        QString host = QStringLiteral("127.0.0.1");
        int port = 0; ///< 0: any
        QString then = QStringLiteral("nothing");
        QStringList wrapper = {}; ///< a program and arguments that go before
    };
    RelayProcess(const QString& file, const QByteArray& messages, const Setup& setup)
        : m_host(setup.host)
    {
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(messages) != messages.size())
            qFatal("no file for the relay");
        out.close();
        QStringList command = setup.wrapper
            + QStringList{QStringLiteral("/usr/bin/python3"), QStringLiteral("-B"),
                QStringLiteral(HATSTAND_RELAY), QStringLiteral("--host"), setup.host,
                QStringLiteral("--port"), QString::number(setup.port), QStringLiteral("--then"), setup.then,
                file};
        const QString program = command.takeFirst();
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, command);
        if (!m_process.waitForStarted() || !m_process.waitForReadyRead())
            qFatal("the relay does not start");
        m_port = QString::fromLatin1(m_process.readLine().trimmed());
    }
    RelayProcess(const QString& file, const QByteArray& messages)
        : RelayProcess(file, messages, Setup())
    {
    }
    ~RelayProcess() { end(); }
    void end()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    [[nodiscard]] QString url() const { return QStringLiteral("ws://%1:%2").arg(m_host, m_port); }
    /// How often it was asked, so far.
    [[nodiscard]] qsizetype asked()
    {
        m_said += m_process.readAllStandardOutput();
        return m_said.count("REQ");
    }

private:
    QProcess m_process;
    QString m_host;
    QString m_port;
    QByteArray m_said;
};

} // namespace hatstand::test
