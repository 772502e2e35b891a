// SPDX-License-Identifier: MIT
#pragma once

#include "core/relay/RelayStatus.h"
#include "ui/theme/Widgets.h"

namespace hatstand::ui {

/// What a relay is for, when it answered last, what of it was refused and why, on one line: "read and write ·
/// answered today, 18:42 · 3 refused: 2 wrong signature, 1 too large".
[[nodiscard]] QString relayLine(const relay::RelayStatus& status, const QDateTime& now);
/// "Connected", "Offline", ….
[[nodiscard]] QString relayStateName(relay::RelayState state);

/// One relay of an account: its address over relayLine(), and its state.
class RelayRow final : public QWidget
{
    Q_OBJECT
public:
    explicit RelayRow(QWidget* parent);
    void show(const relay::RelayStatus& status, const QDateTime& now);
    using QWidget::show;
    void setLined(bool lined) { m_line->setVisible(lined); }

private:
    QFrame* m_line;
    ElidedLabel* m_url;
    ElidedLabel* m_about;
    QLabel* m_state;
};

} // namespace hatstand::ui
