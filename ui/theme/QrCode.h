// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QWidget>

namespace hatstand::ui {

/// A QR code, black on white in every theme, whole pixels a module, four modules of quiet zone.
class QrCode final : public QWidget
{
    Q_OBJECT
public:
    explicit QrCode(int size, QWidget* parent = nullptr);
    void setContent(const QString& text);
    [[nodiscard]] int modules() const { return m_modules; } ///< 0: nothing to show
    [[nodiscard]] QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_size;
    int m_modules = 0; ///< in a row, without the quiet zone
    QByteArray m_dark; ///< one byte a module, 1 = black
};

} // namespace hatstand::ui
