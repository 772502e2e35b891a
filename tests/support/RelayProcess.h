// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace hatstand::test {

/// A real relay (tests/interop/relay.mjs) in a process of its own, ended with the object. Its head says what
/// options and commands there are.
class RelayProcess
{
public:
    /// Listens once it is made; qFatal where it does not.
    explicit RelayProcess(const QStringList& options = {});
    ~RelayProcess();

    [[nodiscard]] QString url() const { return m_url; } ///< ws://127.0.0.1:PORT
    /// Done when it returns; the relay's answer, "done" where a command has none.
    QByteArray tell(const QJsonObject& command);
    void store(const QJsonObject& event); ///< as it is, unverified
    [[nodiscard]] QList<QJsonObject> events(const QJsonObject& filter = {}); ///< what is kept, newest first

private:
    QByteArray readLine();

    QProcess m_process;
    QString m_url;
};

} // namespace hatstand::test
