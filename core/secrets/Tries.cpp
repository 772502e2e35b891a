// SPDX-License-Identifier: MIT
#include "core/secrets/Tries.h"

#include <QPointer>
#include <QTimer>
#include <algorithm>

namespace hatstand::secrets {
namespace {

constexpr int kFree = 3;
constexpr int kDoublings = 5;
constexpr std::chrono::seconds kLongest{30};
constexpr int kMaxCount = 1000; // whatever a file says

} // namespace

Tries::Tries(Ports ports, QObject* parent)
    : QObject(parent)
    , m_ports(std::move(ports))
    , m_count(m_ports.load ? std::clamp(m_ports.load(), 0, kMaxCount) : 0)
{
}

std::chrono::seconds Tries::pauseAfter(int wrong)
{
    if (wrong < kFree)
        return {};
    return std::min(kLongest, std::chrono::seconds(1 << std::min(wrong - kFree, kDoublings)));
}

void Tries::begin(std::function<void(End)> attempt)
{
    m_queue.push_back(std::move(attempt));
    advance();
}

void Tries::dropWaiting()
{
    m_queue.clear();
    if (m_running)
        return;
    ++m_wait;
    m_busy = false;
}

void Tries::advance()
{
    if (m_busy || m_queue.empty())
        return;
    m_busy = true;
    const auto pause = pauseAfter(m_count);
    if (pause.count() == 0)
        return start();
    const auto go = [self = QPointer<Tries>(this), wait = ++m_wait] {
        if (self && self->m_wait == wait)
            self->start();
    };
    if (m_ports.after)
        m_ports.after(pause, go);
    else
        QTimer::singleShot(pause, this, go);
}

void Tries::start()
{
    m_running = true;
    const auto attempt = std::move(m_queue.front());
    m_queue.pop_front();
    const int before = m_count;
    setCount(std::min(before + 1, kMaxCount));
    attempt([self = QPointer<Tries>(this), before](Outcome outcome) {
        if (!self)
            return;
        if (outcome != Outcome::Wrong)
            self->setCount(outcome == Outcome::Right ? 0 : before);
        self->m_busy = self->m_running = false;
        self->advance();
    });
}

void Tries::setCount(int count)
{
    if (std::exchange(m_count, count) != count && m_ports.store)
        m_ports.store(count);
}

} // namespace hatstand::secrets
