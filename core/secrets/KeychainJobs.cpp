// SPDX-License-Identifier: MIT
#include "core/secrets/KeychainJobs.h"

#include "core/base/Log.h"

#include <QLibrary>
#include <QTimer>
#include <algorithm>
#include <qt6keychain/keychain.h>

using namespace Qt::Literals::StringLiterals;

namespace hatstand::secrets {
namespace {

Error errorOf(const QKeychain::Job& job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {.code = ErrorCode::SecretMissing};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::CouldNotDeleteEntry:
        return {.code = ErrorCode::KeychainDenied, .detail = job.errorString()};
    default:
        return {.code = ErrorCode::KeychainUnavailable, .detail = job.errorString()};
    }
}

/// binaryData() shares its storage with the job, so taking it wipes the job's copy too.
SharedSecret takeAnswer(QKeychain::Job& job)
{
    auto* reading = qobject_cast<QKeychain::ReadPasswordJob*>(&job);
    if (!reading || job.error() != QKeychain::NoError)
        return {};
    QByteArray answer = reading->binaryData();
    return std::make_shared<const SecretBuffer>(SecretBuffer::takeFrom(answer));
}

} // namespace

struct KeychainJobs::Job
{
    std::function<QKeychain::Job*(const QString& service)> make;
    Callback<SharedSecret> done; ///< empty once answered
};

KeychainJobs::KeychainJobs(QString service, std::chrono::milliseconds timeout, QObject* parent)
    : QObject(parent)
    , m_service(std::move(service))
    , m_timeout(timeout)
{
}

KeychainJobs::~KeychainJobs() = default;

void KeychainJobs::read(const QString& key, Callback<SharedSecret> done)
{
    const auto make = [key](const QString& service) {
        auto* job = new QKeychain::ReadPasswordJob(service); // deletes itself when it has finished
        job->setKey(key);
        return job;
    };
    add(std::make_shared<Job>(Job{make, std::move(done)}));
}

void KeychainJobs::write(const QString& key, SharedSecret value, Callback<void> done)
{
    const auto make = [key, value = std::move(value)](const QString& service) {
        auto* job = new QKeychain::WritePasswordJob(service);
        job->setKey(key);
        const auto size = static_cast<qsizetype>(value->size());
        QString text = QString::fromUtf8(reinterpret_cast<const char*>(value->view().data()), size);
        job->setTextData(text); // keeps its own UTF-8 copy, which can't be reached
        wipe(text);
        return job;
    };
    add(std::make_shared<Job>(Job{make, [done = std::move(done)](const Result<SharedSecret>& result) {
                                      done(result ? Result<void>() : fail(result.error()));
                                  }}));
}

void KeychainJobs::remove(const QString& key, Callback<void> done)
{
    const auto make = [key](const QString& service) {
        auto* job = new QKeychain::DeletePasswordJob(service);
        job->setKey(key);
        return job;
    };
    add(std::make_shared<Job>(Job{make, [done = std::move(done)](const Result<SharedSecret>& result) {
                                      done(result ? Result<void>() : fail(result.error()));
                                  }}));
}

void KeychainJobs::dropConnection()
{
    // Looked up as QtKeychain itself does: the same library, which need not be there.
    using Disconnect = void (*)();
    const auto disconnect
        = reinterpret_cast<Disconnect>(QLibrary::resolve(u"secret-1"_s, 0, "secret_service_disconnect"));
    if (disconnect)
        disconnect();
}

void KeychainJobs::add(std::shared_ptr<Job> job)
{
    m_queue.push_back(job);
    QTimer::singleShot(m_timeout, this, [this, late = std::weak_ptr(job)] {
        const auto overdue = late.lock();
        if (!overdue || !overdue->done)
            return;
        m_queue.erase(std::remove(m_queue.begin(), m_queue.end(), overdue), m_queue.end());
        const bool isRunning = overdue == m_running;
        answer(overdue,
            fail(Error{.code = ErrorCode::Locked,
                .why = isRunning ? Why::MayStillHappen : Why::Unsaid,
                .detail = u"the keychain did not answer in time"_s}));
    });
    startNext();
}

void KeychainJobs::startNext()
{
    if (m_running || m_queue.empty())
        return;
    const std::shared_ptr<Job> job = m_running = m_queue.front();
    m_queue.pop_front();
    auto* running = job->make(m_service);
    job->make = nullptr; // drops the value
    connect(running, &QKeychain::Job::finished, running,
        [self = QPointer<KeychainJobs>(this), job](QKeychain::Job* finished) {
            const SharedSecret taken = takeAnswer(*finished);
            if (!self)
                return;
            self->m_running.reset();
            const bool failed = finished->error() != QKeychain::NoError;
            self->answer(job, failed ? Result<SharedSecret>(fail(errorOf(*finished))) : taken);
            if (self)
                self->startNext();
        });
    running->start();
}

bool KeychainJobs::stopWaiting()
{
    auto left = std::exchange(m_queue, {});
    if (m_running)
        left.push_front(m_running);
    for (const auto& job : left) {
        if (job->done)
            answer(job, fail(ErrorCode::Cancelled));
    }
    return m_running != nullptr;
}

void KeychainJobs::answer(const std::shared_ptr<Job>& job, const Result<SharedSecret>& result)
{
    if (const auto done = std::exchange(job->done, nullptr))
        return done(result);
    qCInfo(lcVault) << "a late answer of the keychain was dropped";
    Q_EMIT answeredLate();
}

} // namespace hatstand::secrets
