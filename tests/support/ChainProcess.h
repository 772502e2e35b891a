// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace hatstand::test {

/// A node of an Antelope chain (tests/support/chain.py) in a process of its own, ended with the object. Its
/// head says what accounts, options and commands there are.
class ChainProcess
{
public:
    /// Listens once it is made; qFatal where it does not.
    explicit ChainProcess(const QStringList& options = {});
    ~ChainProcess();

    [[nodiscard]] QString url() const { return m_url; } ///< http://127.0.0.1:PORT
    [[nodiscard]] QString chainId() const { return m_chainId; } ///< 64 lower-case hex
    /// Done when it returns; qFatal for what is no command.
    QJsonObject tell(const QJsonObject& command);

private:
    QByteArray readLine();

    QProcess m_process;
    QString m_url;
    QString m_chainId;
};

} // namespace hatstand::test
