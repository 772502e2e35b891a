// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace hatstand::ui {

/// Whether a panel that shows StatusNotifier items is there: a watcher owns its name on the session bus and
/// says that a host registered with it. Told by the bus, never polled. Without a session bus: never.
class StatusNotifierHost final : public QObject
{
    Q_OBJECT
public:
    explicit StatusNotifierHost(QObject* parent = nullptr);
    [[nodiscard]] bool isPresent() const { return m_present; }
    [[nodiscard]] static bool isPossible(); ///< there is a session bus

Q_SIGNALS:
    void presentChanged(bool present);
    void asked(); ///< once: the first answer is there, or will not come

private:
    Q_SLOT void ask();
    void setPresent(bool present);
    void tellOnce();

    bool m_asked = false;
    bool m_present = false;
    quint64 m_question = 0; ///< an answer to an older question is of no interest
};

} // namespace hatstand::ui
