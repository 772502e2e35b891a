// SPDX-License-Identifier: MIT
#include "ui/theme/QrCode.h"

#include <QPainter>
#include <QPainterPath>
#include <memory>
#include <qrencode.h>

namespace hatstand::ui {
namespace {

constexpr int kQuiet = 4;

struct FreeCode
{
    void operator()(QRcode* code) const { QRcode_free(code); }
};

} // namespace

QrCode::QrCode(int size, QWidget* parent)
    : QWidget(parent)
    , m_size(size)
{
    setFixedSize(size, size);
}

void QrCode::setContent(const QString& text)
{
    const std::unique_ptr<QRcode, FreeCode> code(
        QRcode_encodeString8bit(text.toUtf8().constData(), 0, QR_ECLEVEL_M));
    m_modules = code ? code->width : 0;
    m_dark.clear();
    if (code) {
        m_dark.resize(qsizetype(m_modules) * m_modules);
        for (qsizetype i = 0; i < m_dark.size(); ++i)
            m_dark[i] = static_cast<char>(code->data[i] & 1);
    }
    update();
}

void QrCode::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath ground;
    ground.addRoundedRect(QRectF(rect()), 6, 6);
    painter.fillPath(ground, Qt::white);
    if (m_modules == 0)
        return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    const qreal ratio = devicePixelRatioF();
    const int pixels = std::max(1, static_cast<int>(m_size * ratio) / (m_modules + 2 * kQuiet));
    const qreal module = pixels / ratio;
    const qreal start = static_cast<int>((m_size - module * m_modules) / 2 * ratio) / ratio;
    for (int y = 0; y < m_modules; ++y) {
        for (int x = 0; x < m_modules; ++x) {
            if (m_dark[qsizetype(y) * m_modules + x])
                painter.fillRect(QRectF(start + x * module, start + y * module, module, module), Qt::black);
        }
    }
}

} // namespace hatstand::ui
