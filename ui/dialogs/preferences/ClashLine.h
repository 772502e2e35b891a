// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Parts.h"

namespace hatstand::ui {

/// Below a row: why its keys do nothing or can't be taken, and one button. 44 px, hidden without a reason.
class ClashLine final : public QWidget
{
    Q_OBJECT
public:
    explicit ClashLine(const QString& buttonText, QWidget* parent = nullptr);
    void tell(const QString& reason, bool withButton);
    void clear();
    [[nodiscard]] QString reason() const { return m_reason->text(); }

Q_SIGNALS:
    void pressed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_reason;
    QPushButton* m_button;
};

} // namespace hatstand::ui
