// SPDX-License-Identifier: MIT
#include "app/signer/SignerLink.h"

#include "app/control/Protocol.h"
#include "app/signer/RunSigner.h"
#include "core/base/Log.h"

#include <QCoreApplication>
#include <QProcess>
#include <array>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

constexpr auto kPatience = 120s; ///< longer than any prompt, and than any cost of scrypt that is taken

Error endedError()
{
    return {.code = ErrorCode::Failed, .why = Why::SignerEnded};
}

} // namespace

QString SignerLink::ownProgram()
{
    // The file that runs, even if an update has put another one in its place: both ends speak the same.
    return u"/proc/self/exe"_s;
}

SignerLink::SignerLink(QString program, QObject* parent)
    : QObject(parent)
    , m_program(std::move(program))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, &SignerLink::end);
}

SignerLink::~SignerLink()
{
    m_open.clear();
    m_queue.clear();
    end();
}

void SignerLink::setVault(const QJsonObject& open)
{
    if (isRunning())
        end();
    m_vault = open;
}

void SignerLink::setIdleLimit(std::chrono::milliseconds limit)
{
    const auto ms = static_cast<qint64>(limit.count());
    m_vault.insert("idle"_L1, ms);
    if (isRunning())
        request({.head = {{u"do"_s, u"idle"_s}, {u"ms"_s, ms}}}, [](const Result<SharedMessage>&) {});
}

void SignerLink::setTries(int count)
{
    m_vault.insert("tries"_L1, count);
}

void SignerLink::request(Message request, Callback<SharedMessage> done, Way way)
{
    m_queue.push_back({std::move(request), std::move(done), way});
    sendNext();
}

void SignerLink::sendNext()
{
    while (!m_queue.empty() && !m_alone && (m_queue.front().way == Way::Shared || m_open.isEmpty())) {
        if (!m_port)
            start();
        if (!m_port)
            return onClosed();
        Request next = std::move(m_queue.front());
        m_queue.pop_front();
        m_alone = next.way == Way::Alone;
        const qint64 number = ++m_last;
        next.message.head.insert("n"_L1, number);
        m_open.insert(number, std::move(next.done));
        m_patience.start();
        m_port->send(next.message);
    }
}

void SignerLink::start()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return;
    const Descriptor theirs(ends[1]);
    m_process = std::make_unique<QProcess>();
    m_process->setProgram(m_program);
    m_process->setArguments({QString::fromLatin1(kSignerArgument)});
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process->setChildProcessModifier([fd = theirs.get()] {
        if (fd == kSignerDescriptor)
            ::fcntl(fd, F_SETFD, 0);
        else
            ::dup2(fd, kSignerDescriptor);
    });
    m_process->start();
    m_port = std::make_unique<MessagePort>(std::make_unique<Channel>(ends[0]));
    connect(m_port.get(), &MessagePort::received, this, &SignerLink::onMessage);
    connect(m_port.get(), &MessagePort::closed, this, &SignerLink::onClosed, Qt::QueuedConnection);
    m_port->send({.head = m_vault});
}

void SignerLink::onMessage(const SharedMessage& message)
{
    if (message->head.contains("event"_L1))
        return Q_EMIT told(message);
    const auto done = m_open.take(message->head.value("n"_L1).toInteger());
    if (!done)
        return;
    const QPointer<SignerLink> alive(this);
    if (message->head.value("ok"_L1).toBool())
        done(message);
    else
        done(fail(protocol::errorFromJson(message->head.value("error"_L1).toObject())));
    if (!alive)
        return;
    m_alone = m_alone && !m_open.isEmpty();
    if (m_open.isEmpty())
        m_patience.stop();
    else
        m_patience.start();
    sendNext();
}

void SignerLink::end()
{
    if (m_port)
        m_port->disconnect(this);
    onClosed();
}

void SignerLink::onClosed()
{
    const bool was = m_port != nullptr;
    if (auto port = std::exchange(m_port, {}))
        port.release()->deleteLater(); // this may be its own signal
    if (auto process = std::exchange(m_process, {})) {
        // It goes by itself when its end of the socket does; one that hangs does not.
        process->kill();
        process->waitForFinished();
    }
    m_patience.stop();
    m_alone = false;
    auto open = std::exchange(m_open, {});
    if (was && open.isEmpty() && !m_queue.empty()) {
        Q_EMIT ended();
        return sendNext(); // it went before it was asked: an idle one, say
    }
    if (!was) { // it can't be started
        for (Request& request : std::exchange(m_queue, {}))
            open.insert(++m_last, std::move(request.done));
    }
    const QPointer<SignerLink> alive(this);
    for (const auto& done : open) {
        done(fail(endedError()));
        if (!alive)
            return;
    }
    if (was)
        Q_EMIT ended();
    if (alive)
        sendNext();
}

} // namespace hatstand::app
