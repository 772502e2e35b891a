// SPDX-License-Identifier: MIT
#pragma once

#include "app/control/Frame.h"

#include <QObject>
#include <deque>

class QSocketNotifier;

namespace hatstand::app {

/// One end of a connection between two processes of the same user. Reads and writes the descriptor itself:
/// QLocalSocket would keep copies of secrets in buffers that nobody wipes.
class Channel final : public QObject
{
    Q_OBJECT
public:
    /// Takes over a connected stream socket. What comes in a larger frame ends the connection.
    explicit Channel(int fd, std::size_t frameLimit = kFrameLimit, QObject* parent = nullptr);
    ~Channel() override;

    /// Whether a socket can have this path: the system takes at most 107 bytes.
    [[nodiscard]] static bool fits(const QString& path);
    /// A connection to the socket at path, as a descriptor; -1 where nobody listens. Needs no event loop.
    [[nodiscard]] static int connectTo(const QString& path);
    /// The user at the other end (SO_PEERCRED); nullopt where the system does not say.
    [[nodiscard]] std::optional<uint> peerUser() const;
    [[nodiscard]] std::optional<qint64> peerProcess() const;

    void send(const Frame& frame); ///< with its descriptor
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    void close(); ///< once all that was sent is gone
    void abort(); ///< at once

Q_SIGNALS:
    void received(const std::shared_ptr<hatstand::app::Frame>& frame);
    /// The other end went away, or sent something that is no frame.
    void closed();

private:
    void readSome();
    void writeSome();

    int m_fd;
    QSocketNotifier* m_readable;
    QSocketNotifier* m_writable;
    FrameReader m_reader;
    struct Outgoing
    {
        SecretBuffer bytes;
        SharedDescriptor descriptor;
    };
    [[nodiscard]] qsizetype put(const Outgoing& frame) const;
    [[nodiscard]] qsizetype take(MutableBytes space);

    std::deque<Outgoing> m_queue;
    SharedDescriptor m_passed; ///< with the frame that is being read
    std::size_t m_written = 0; ///< of the first in the queue
    bool m_closing = false;
};

} // namespace hatstand::app
