// SPDX-License-Identifier: MIT
#include "ui/theme/LineIcon.h"

#include "ui/theme/Avatar.h"

#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <functional>

static void initResources() // outside any namespace: what Q_INIT_RESOURCE demands
{
    Q_INIT_RESOURCE(theme);
}

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

/// The desktop theme's one-colour icon of the same meaning, where it has one.
QString themeName(const QString& name)
{
    static const QHash<QString, QString> names{
        {u"copy"_s, u"edit-copy-symbolic"_s},
        {u"search"_s, u"edit-find-symbolic"_s},
        {u"menu"_s, u"open-menu-symbolic"_s},
        {u"eye"_s, u"view-reveal-symbolic"_s},
        {u"eye-off"_s, u"view-conceal-symbolic"_s},
        {u"keyboard"_s, u"input-keyboard-symbolic"_s},
    };
    return names.value(name);
}

QPixmap tinted(QPixmap shape, const QColor& ink)
{
    QPainter painter(&shape);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(shape.rect(), ink);
    return shape;
}

QPixmap rendered(const QString& name, const QSize& pixels, const QColor& ink)
{
    const QString key
        = "hatstand/%1/%2/%3"_L1.arg(name, QString::number(pixels.width()), ink.name(QColor::HexArgb));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    initResources();
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    const QString fromTheme = themeName(name);
    if (!fromTheme.isEmpty() && QIcon::hasThemeIcon(fromTheme)) {
        QPainter painter(&pixmap);
        QIcon::fromTheme(fromTheme).paint(&painter, pixmap.rect());
    } else {
        QSvgRenderer renderer(u":/hatstand/line/"_s + name + u".svg"_s);
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(pixmap.rect()));
    }
    pixmap = tinted(pixmap, ink);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class Engine final : public QIconEngine
{
public:
    Engine(QString name, std::function<QColor()> ink)
        : m_name(std::move(name))
        , m_ink(std::move(ink))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1;
        QPixmap pixmap = scaledPixmap(rect.size() * ratio, mode, state, ratio);
        pixmap.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), pixmap);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        QColor ink = m_ink();
        if (mode == QIcon::Disabled)
            ink = QGuiApplication::palette().color(QPalette::PlaceholderText); // as the text beside it
        const int side = std::min(size.width(), size.height());
        QPixmap icon = rendered(m_name, {side, side}, ink);
        if (side == size.width() && side == size.height())
            return icon;
        QPixmap wider(size); // at the beginning of a box that is wider: room before a button's text
        wider.fill(Qt::transparent);
        QPainter painter(&wider);
        const int x = QGuiApplication::isRightToLeft() ? size.width() - side : 0;
        painter.drawPixmap(x, (size.height() - side) / 2, icon);
        return wider;
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    [[nodiscard]] QIconEngine* clone() const override { return new Engine(m_name, m_ink); }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override { return size; }
    bool isNull() override { return false; }

private:
    QString m_name;
    std::function<QColor()> m_ink;
};

} // namespace

QIcon lineIcon(const QString& name, const QColor& ink)
{
    return QIcon(new Engine(name, [ink] { return ink; }));
}

QIcon lineIcon(const QString& name, QColor Theme::*ink)
{
    return QIcon(new Engine(name, [ink] { return Theme::of(QGuiApplication::palette()).*ink; }));
}

QIcon hatIcon(HatState state, const QColor& ink)
{
    initResources();
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64, 96}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        QSvgRenderer renderer(u":/hatstand/hat.svg"_s);
        QPixmap hat(size, size);
        hat.fill(Qt::transparent);
        {
            QPainter hatPainter(&hat);
            renderer.render(&hatPainter, QRectF(hat.rect()));
        }
        painter.setOpacity(state == HatState::NoAccount ? 1 : 0.55);
        painter.drawPixmap(0, 0, tinted(hat, ink));
        painter.setOpacity(1);
        if (state == HatState::Locked) {
            // A solid padlock in the bottom right corner, cut out of the hat.
            const qreal unit = size / 16.0;
            const QRectF body(9.5 * unit, 11 * unit, 6.5 * unit, 5 * unit);
            QRectF shackle(11 * unit, 8.6 * unit, 3.5 * unit, 5 * unit);
            painter.setCompositionMode(QPainter::CompositionMode_Clear);
            painter.setPen(Qt::NoPen);
            painter.setBrush(Qt::black);
            painter.drawRoundedRect(
                body.united(shackle).adjusted(-0.7 * unit, -0.7 * unit, 0, 0), 2 * unit, 2 * unit);
            painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
            painter.setPen(QPen(ink, 1.2 * unit));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(shackle, 1.75 * unit, 1.75 * unit);
            painter.setPen(Qt::NoPen);
            painter.setBrush(ink);
            painter.drawRoundedRect(body, unit, unit);
        } else if (state == HatState::Stopped) {
            // A disc with a bar through it at the same place, like the sign at a road.
            const qreal unit = size / 16.0;
            const QRectF disc(8.5 * unit, 8.5 * unit, 7.5 * unit, 7.5 * unit);
            painter.setCompositionMode(QPainter::CompositionMode_Clear);
            painter.setPen(Qt::NoPen);
            painter.setBrush(Qt::black);
            painter.drawEllipse(disc.adjusted(-unit, -unit, unit, unit));
            painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
            painter.setBrush(ink);
            painter.drawEllipse(disc);
            painter.setCompositionMode(QPainter::CompositionMode_Clear);
            painter.drawRect(QRectF(10.2 * unit, 11.5 * unit, 4.1 * unit, 1.5 * unit));
        }
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace hatstand::ui
