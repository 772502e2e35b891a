// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>

class QLabel;

namespace hatstand::ui {

/// The search over the list, with a magnifier before and the key that leads here behind.
class SearchField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(QWidget* parent = nullptr);
    void setKeys(const QString& keys); ///< empty: no key leads here

Q_SIGNALS:
    void leaveRequested(); ///< Down or Enter: to the list

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QLabel* m_icon;
    QLabel* m_keys;
};

} // namespace hatstand::ui
