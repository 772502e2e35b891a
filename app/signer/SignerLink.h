// SPDX-License-Identifier: MIT
#pragma once

#include "app/signer/Message.h"

#include <QTimer>
#include <deque>
#include <sys/types.h>

namespace hatstand::app {

/// The program's end of its signer process: starts it when something is asked, and again when it has gone.
/// Nothing that is asked can hang: a process that answers nothing for two minutes is ended.
class SignerLink final : public QObject
{
    Q_OBJECT
public:
    /// program: absolute; what is started is this one itself.
    explicit SignerLink(QString program = ownProgram(), QObject* parent = nullptr);
    ~SignerLink() override;
    [[nodiscard]] static QString ownProgram();

    /// Which vault it is to open: {"service":…} or {"file":…}, and {"idle":ms}. Another than before ends the
    /// process that runs.
    void setVault(const QJsonObject& open);
    void setIdleLimit(std::chrono::milliseconds limit);
    void setTries(int count); ///< wrong passphrases in a row, for the next process

    /// Alone: nothing else is asked until it is answered and done has returned.
    enum class Way { Shared, Alone };
    /// The answer, or its error; Failed with SignerEnded where the process went away. Whether what was asked
    /// for has been done is not known then.
    void request(Message request, Callback<SharedMessage> done, Way way = Way::Shared);
    [[nodiscard]] bool isRunning() const { return m_port != nullptr; }
    void end(); ///< at once; what was asked is answered with SignerEnded

Q_SIGNALS:
    void told(const hatstand::app::SharedMessage& event); ///< what it says of itself
    void ended();

private:
    struct Request
    {
        Message message;
        Callback<SharedMessage> done;
        Way way;
    };
    void start();
    void reap();
    void sendNext();
    void onMessage(const SharedMessage& message);
    void onClosed();

    const QString m_program;
    QJsonObject m_vault;
    pid_t m_process = 0; ///< 0: none
    std::unique_ptr<MessagePort> m_port;
    std::deque<Request> m_queue; ///< not asked yet
    QMap<qint64, Callback<SharedMessage>> m_open; ///< asked, by number
    bool m_alone = false;
    qint64 m_last = 0;
    QTimer m_patience;
};

} // namespace hatstand::app
