// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QQueue>
#include <functional>
#include <memory>

namespace hatstand::session {

/// Runs one operation at a time, in the order they came: two commands never have a hand in the vault at once.
class OpQueue
{
public:
    /// op calls finish when it is done, at once or later.
    using Op = std::function<void(std::function<void()> finish)>;
    void run(Op op);

private:
    void next();

    QQueue<Op> m_waiting;
    bool m_busy = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

/// step for each item, one after another; then done. items is a copy: steps may change the list it came from.
template <class T>
void inTurn(QList<T> items, std::function<void(const T&, std::function<void()> next)> step,
    std::function<void()> done)
{
    // Only the step that runs keeps the queue: one that is never answered takes the others with it and leaks
    // nothing.
    const auto queue = std::make_shared<OpQueue>();
    for (const T& item : std::as_const(items)) {
        queue->run([self = std::weak_ptr(queue), item, step](const std::function<void()>& finish) {
            step(item, [keep = self.lock(), finish] { finish(); });
        });
    }
    queue->run([done = std::move(done)](const std::function<void()>& finish) {
        done();
        finish();
    });
}

} // namespace hatstand::session
