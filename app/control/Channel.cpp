// SPDX-License-Identifier: MIT
#include "app/control/Channel.h"

#include "core/base/Log.h"

#include <QFile>
#include <QPointer>
#include <QSocketNotifier>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

std::optional<ucred> credentials(int fd)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    if (fd < 0 || ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return std::nullopt;
    return peer;
}

} // namespace

Channel::Channel(int fd, std::size_t frameLimit, QObject* parent)
    : QObject(parent)
    , m_fd(fd)
    , m_readable(new QSocketNotifier(fd, QSocketNotifier::Read, this))
    , m_writable(new QSocketNotifier(fd, QSocketNotifier::Write, this))
    , m_reader(frameLimit)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    m_writable->setEnabled(false);
    connect(m_readable, &QSocketNotifier::activated, this, &Channel::readSome);
    connect(m_writable, &QSocketNotifier::activated, this, &Channel::writeSome);
}

Channel::~Channel()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

bool Channel::fits(const QString& path)
{
    return std::size_t(QFile::encodeName(path).size()) < sizeof(sockaddr_un::sun_path);
}

int Channel::connectTo(const QString& path)
{
    if (!fits(path))
        return -1;
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(), std::size_t(name.size()));
    // Where too many wait to be let in, to wait with them could last for ever.
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

std::optional<uint> Channel::peerUser() const
{
    const auto peer = credentials(m_fd);
    return peer ? std::optional<uint>(peer->uid) : std::nullopt;
}

std::optional<qint64> Channel::peerProcess() const
{
    const auto peer = credentials(m_fd);
    return peer && peer->pid > 0 ? std::optional<qint64>(peer->pid) : std::nullopt; // 0: not in our view
}

void Channel::send(const Frame& frame)
{
    if (m_fd < 0 || m_closing)
        return;
    m_queue.push_back({frame.encoded(), frame.descriptor});
    writeSome();
}

void Channel::close()
{
    m_closing = true;
    if (m_queue.empty())
        abort();
}

void Channel::abort()
{
    if (m_fd < 0)
        return;
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    ::close(std::exchange(m_fd, -1));
    m_queue.clear();
    Q_EMIT closed();
}

/// A descriptor travels with the first byte of its frame.
qsizetype Channel::put(const Outgoing& frame) const
{
    const Bytes rest = frame.bytes.view().subspan(m_written);
    iovec part{const_cast<std::uint8_t*>(rest.data()), rest.size()};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (frame.descriptor && m_written == 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        const int fd = frame.descriptor->get();
        std::memcpy(CMSG_DATA(head), &fd, sizeof fd);
    }
    return ::sendmsg(m_fd, &message, MSG_NOSIGNAL);
}

/// What is passed belongs to the frame whose head is read with it; of several the last is kept.
qsizetype Channel::take(MutableBytes space)
{
    constexpr std::size_t kMost = 4; // the system closes those for which there is no room
    iovec part{space.data(), space.size()};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(kMost * sizeof(int))> control{};
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t got = ::recvmsg(m_fd, &message, MSG_CMSG_CLOEXEC);
    if (got < 0)
        return got;
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(head) + i * sizeof fd, sizeof fd);
            m_passed = std::make_shared<const Descriptor>(fd);
        }
    }
    return got;
}

void Channel::readSome()
{
    const QPointer<Channel> alive(this);
    for (int rounds = 0; alive && m_fd >= 0 && rounds < 64; ++rounds) {
        const MutableBytes space = m_reader.space();
        // A frame without payload is whole with its head, so there always is space.
        const qsizetype got = take(space);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (got <= 0)
            return abort();
        auto frame = m_reader.took(std::size_t(got));
        if (!frame) {
            qCWarning(lcControl, "a connection is closed: what came is no frame");
            return abort();
        }
        if (!*frame)
            continue;
        (*frame)->descriptor = std::exchange(m_passed, {});
        Q_EMIT received(std::make_shared<Frame>(std::move(**frame)));
    }
}

void Channel::writeSome()
{
    while (!m_queue.empty()) {
        const qsizetype sent = put(m_queue.front());
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return m_writable->setEnabled(true);
        if (sent < 0) { // nobody reads any more; what was said before that is still to be read
            m_queue.clear();
            m_written = 0;
            break;
        }
        m_written += std::size_t(sent);
        if (m_written == m_queue.front().bytes.size()) {
            m_queue.pop_front();
            m_written = 0;
        }
    }
    m_writable->setEnabled(false);
    if (m_closing)
        abort();
}

} // namespace hatstand::app
