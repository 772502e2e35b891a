// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <chrono>
#include <deque>
#include <functional>

namespace hatstand::secrets {

/// Slows guesses of a passphrase: after three wrong ones each further try first waits 1, 2, 4 … at most 30
/// seconds. One try at a time, so that many at once gain nothing; it counts as wrong from before it is
/// looked at, so that ending the program in the middle gains nothing either.
class Tries final : public QObject
{
public:
    struct Ports
    {
        std::function<int()> load; ///< the count kept, asked once; none: 0
        std::function<void(int)> store; ///< called with each new count; none: it ends with the program
        /// Calls the second once the first is over; none: a QTimer.
        std::function<void(std::chrono::milliseconds, std::function<void()>)> after;
    };
    enum class Outcome {
        Right, ///< the count starts anew
        Wrong,
        Unknown, ///< it was never looked at: not counted
    };
    /// To be called once when the try has ended. One that is never called keeps all others waiting.
    using End = std::function<void(Outcome)>;

    explicit Tries(Ports ports, QObject* parent = nullptr);

    /// attempt is called, perhaps at once, when it is its turn and the wait is over.
    void begin(std::function<void(End)> attempt);
    /// Those that wait are dropped, and never called.
    void dropWaiting();
    /// Before a try that follows so many wrong ones.
    [[nodiscard]] static std::chrono::seconds pauseAfter(int wrong);

private:
    void advance();
    void start();
    void setCount(int count);

    Ports m_ports;
    int m_count = 0; ///< wrong ones in a row
    std::deque<std::function<void(End)>> m_queue;
    bool m_busy = false; ///< a try runs, or waits for its time
    bool m_running = false;
    quint64 m_wait = 0; ///< rises with each wait, so that one that was dropped is known
};

} // namespace hatstand::secrets
