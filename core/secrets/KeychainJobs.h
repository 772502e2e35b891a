// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QObject>
#include <chrono>
#include <deque>
#include <memory>

namespace hatstand::secrets {

/// The one adapter to QtKeychain: text entries, one job at a time, each with a time limit that starts when it
/// is asked for. A job that still waits for its turn when its time is up is never started; one that runs
/// can't be cancelled and must not be destroyed, so it is left to end by itself, its answer wiped.
///
/// Answers are QtKeychain's own, and not to be believed without asking whether the keyring is locked:
/// SecretMissing, KeychainDenied, KeychainUnavailable; and Locked for a job whose time was up.
class KeychainJobs final : public QObject
{
    Q_OBJECT
public:
    KeychainJobs(QString service, std::chrono::milliseconds timeout, QObject* parent = nullptr);
    ~KeychainJobs() override;

    void read(const QString& key, Callback<SharedSecret> done);
    /// The value is UTF-8 without a zero byte.
    void write(const QString& key, SharedSecret value, Callback<void> done);
    void remove(const QString& key, Callback<void> done);
    /// What was not begun is never begun; what runs ends by itself. All are answered with Cancelled. True if
    /// one runs.
    bool stopWaiting();
    /// To be called when the service has gone: libsecret, below QtKeychain, would go on with a session that a
    /// newly started one does not know, and every job would fail until the process ends.
    static void dropConnection();

Q_SIGNALS:
    void answeredLate(); ///< a job ended whose time was up, or for which nobody waited any more

private:
    struct Job;
    void add(std::shared_ptr<Job> job);
    void startNext();
    void answer(const std::shared_ptr<Job>& job, const Result<SharedSecret>& result);

    QString m_service;
    std::chrono::milliseconds m_timeout;
    std::deque<std::shared_ptr<Job>> m_queue;
    std::shared_ptr<Job> m_running;
};

} // namespace hatstand::secrets
