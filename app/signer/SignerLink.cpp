// SPDX-License-Identifier: MIT
#include "app/signer/SignerLink.h"

#include "app/control/Protocol.h"
#include "app/signer/RunSigner.h"
#include "core/base/Log.h"

#include <QCoreApplication>
#include <QFile>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
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

/// Standard input and output are nobody's; all other descriptors of ours close by themselves. 0 where it
/// can't.
pid_t spawn(const QString& program, int descriptor)
{
    const QByteArray path = QFile::encodeName(program);
    QByteArray name = "hatstand";
    QByteArray argument(kSignerArgument);
    const std::array<char*, 3> arguments{name.data(), argument.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    pid_t process = 0;
    const bool spawned = ::posix_spawn_file_actions_adddup2(&actions, descriptor, kSignerDescriptor) == 0
        && ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0
        && ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0
        && ::posix_spawnattr_setsigmask(&attributes, &none) == 0
        && ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK) == 0
        && ::posix_spawn(&process, path.constData(), &actions, &attributes, arguments.data(), environ) == 0;
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return spawned ? process : 0;
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
        m_open.insert(number, next.done);
        m_patience.start();
        m_port->send(next.message);
    }
}

void SignerLink::start()
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return;
    auto channel = std::make_unique<Channel>(ends[0], kPartLimit);
    const Descriptor theirs(ends[1]);
    m_process = spawn(m_program, theirs.get());
    if (m_process == 0)
        return;
    m_port = std::make_unique<MessagePort>(std::move(channel));
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

/// It goes by itself when its end of the socket does; one that hangs does not.
void SignerLink::reap()
{
    if (m_process == 0)
        return;
    ::kill(m_process, SIGKILL);
    while (::waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) { }
    m_process = 0;
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
    reap();
    m_patience.stop();
    m_alone = false;
    auto open = std::exchange(m_open, {});
    if (was && open.isEmpty() && !m_queue.empty()) {
        Q_EMIT ended();
        return sendNext(); // it went before it was asked: an idle one, say
    }
    if (!was) { // it can't be started
        for (const Request& request : std::exchange(m_queue, {}))
            open.insert(++m_last, request.done);
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
