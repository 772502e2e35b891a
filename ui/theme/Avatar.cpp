// SPDX-License-Identifier: MIT
#include "ui/theme/Avatar.h"

#include "ui/theme/AvatarPainter.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <array>
#include <cmath>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr std::array<QRgb, 12> kAccountColours{0xFFD64E60, 0xFFCC5B2A, 0xFFA87213, 0xFF7F8213, 0xFF558B2E,
    0xFF2F8E56, 0xFF1E8C7D, 0xFF1D88A3, 0xFF3080CF, 0xFF6575D9, 0xFF9766CF, 0xFFC8519C};

struct Badge
{
    QLatin1StringView name; ///< a network's name begins so
    QRgb colour;
};

constexpr std::array<Badge, 9> kBadges{Badge{"WAX"_L1, 0xFFB25400}, Badge{"Telos"_L1, 0xFF0B7570},
    Badge{"Vaulta"_L1, 0xFF31518A}, Badge{"XPR"_L1, 0xFF8A3FA0}, Badge{"Libre"_L1, 0xFFB0305C},
    Badge{"UX"_L1, 0xFF4C6A12}, Badge{"FIO"_L1, 0xFF7A5A1E}, Badge{"Jungle"_L1, 0xFF2E7238},
    Badge{"Nostr"_L1, 0xFF7440D8}};
constexpr QRgb kOtherBadge = 0xFF59616E;

QByteArray digestOf(const QString& sessionId)
{
    return QCryptographicHash::hash(sessionId.toUtf8(), QCryptographicHash::Sha256);
}

/// The 15 cells that decide: columns 0 to 2 of each of the five rows.
std::array<bool, 15> cellsOf(const QByteArray& digest)
{
    std::array<bool, 15> cells{};
    int on = 0;
    for (qsizetype i = 0; i < 15; ++i) {
        cells[static_cast<std::size_t>(i)] = (digest[1 + i] & 1) != 0;
        on += cells[static_cast<std::size_t>(i)] ? 1 : 0;
    }
    if (on < 7) {
        for (bool& cell : cells)
            cell = !cell;
    }
    return cells;
}

void paintBlocks(
    QPainter& p, const std::array<bool, 15>& cells, QPointF centre, qreal cell, const QColor& ink)
{
    // One path of whole cells: neighbours must not show a seam at fractional scales.
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    const QPointF origin = centre - QPointF(cell * 2.5, cell * 2.5);
    for (std::size_t y = 0; y < 5; ++y) {
        for (std::size_t x = 0; x < 5; ++x) {
            const std::size_t column = x < 3 ? x : 4 - x;
            const QPointF corner = origin + QPointF(static_cast<qreal>(x), static_cast<qreal>(y)) * cell;
            if (cells[y * 3 + column])
                path.addRect(QRectF(corner, QSizeF(cell + 0.06, cell + 0.06)));
        }
    }
    p.fillPath(path, ink);
}

int badgeSize(int size)
{
    if (size <= 16)
        return 7;
    if (size == 22)
        return 9;
    return static_cast<int>(std::lround(size * 0.4 / 2)) * 2;
}

void paintBadge(QPainter& p, const AvatarSpec& spec, const QRectF& box, qreal cut, const QColor& ground)
{
    const bool round = spec.family == "nostr"_L1;
    const qreal radius = round ? box.width() / 2 : box.width() * 0.25;
    p.setPen(Qt::NoPen);
    if (ground.alpha() == 0)
        p.setCompositionMode(QPainter::CompositionMode_Clear);
    p.setBrush(ground.alpha() == 0 ? QColor(Qt::black) : ground);
    p.drawRoundedRect(box.adjusted(-cut, -cut, cut, cut), radius + cut, radius + cut);
    p.setCompositionMode(QPainter::CompositionMode_SourceOver);
    p.setBrush(badgeColour(spec.family, spec.networkName));
    p.drawRoundedRect(box, radius, radius);
    if (box.width() < 12)
        return;
    QFont letter = QApplication::font();
    letter.setPixelSize(std::max(6, static_cast<int>(std::lround(box.width() * 0.6))));
    letter.setWeight(QFont::Bold);
    p.setFont(letter);
    p.setPen(Qt::white);
    p.drawText(box, Qt::AlignCenter, spec.badgeLetter);
}

/// As sharp as the device is.
QPixmap pictureOf(const AvatarSpec& spec, qreal side, const QPainter& p)
{
    if (!spec.picture)
        return {};
    const qreal ratio = p.device() ? p.device()->devicePixelRatio() : 1;
    return spec.picture(static_cast<int>(std::ceil(side * ratio)));
}

} // namespace

AvatarSpec avatarSpec(const QString& sessionId, const QString& networkName)
{
    AvatarSpec spec;
    spec.sessionId = sessionId;
    spec.family = sessionId.section(u':', 0, 0);
    spec.networkName = networkName;
    spec.badgeLetter = networkName.left(1).toUpper();
    return spec;
}

QColor accountColour(const QString& sessionId)
{
    const auto first = static_cast<unsigned char>(digestOf(sessionId)[0]);
    return QColor::fromRgb(kAccountColours[first % kAccountColours.size()]);
}

QColor badgeColour(const QString& family, const QString& networkName)
{
    const QString name = family == "nostr"_L1 ? u"Nostr"_s : networkName;
    for (const Badge& badge : kBadges) {
        if (name.startsWith(badge.name, Qt::CaseInsensitive))
            return QColor::fromRgb(badge.colour);
    }
    return QColor::fromRgb(kOtherBadge);
}

void paintAvatar(QPainter& p, QPointF topLeft, const AvatarSpec& spec, int size, const QColor& ground,
    const Theme& theme, BadgePlace place)
{
    const QByteArray digest = digestOf(spec.sessionId);
    const QColor colour
        = QColor::fromRgb(kAccountColours[static_cast<unsigned char>(digest[0]) % kAccountColours.size()]);
    const bool small = size < 32;
    const qreal r = size / 2.0;
    const qreal ring = size <= 16 ? 1 : 2;
    const qreal inner = r - ring - (small ? 0 : 2);
    const QPointF centre = topLeft + QPointF(r, r);

    p.save();
    p.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    p.setOpacity(p.opacity() * (spec.faded ? 0.45 : 1));
    p.setPen(Qt::NoPen);
    const qreal face = inner + (small ? 0.5 : 0); // no seam where the ring begins
    const QPixmap picture = pictureOf(spec, 2 * face, p);
    if (!picture.isNull()) {
        p.setBrush(theme.surface); // under what is transparent
        p.drawEllipse(centre, face, face);
        QBrush brush(picture); // not a clip, whose edge would be jagged
        const qreal scale = 2 * face / picture.width();
        brush.setTransform(
            QTransform::fromTranslate(centre.x() - face, centre.y() - face).scale(scale, scale));
        p.setBrush(brush);
        p.drawEllipse(centre, face, face);
    } else if (small) {
        p.setBrush(colour);
        p.drawEllipse(centre, r, r);
        paintBlocks(p, cellsOf(digest), centre, std::max(2.0, std::floor(0.62 * size / 5)), Qt::white);
    } else {
        p.setBrush(theme.surface);
        p.drawEllipse(centre, inner, inner);
        QColor pale = colour;
        pale.setAlphaF(0.18F);
        p.setBrush(pale);
        p.drawEllipse(centre, inner, inner);
        paintBlocks(p, cellsOf(digest), centre, inner * 2 * 0.7 / 5, colour);
    }
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(colour, ring));
    p.drawEllipse(centre, r - ring / 2, r - ring / 2);
    if (!spec.badgeLetter.isEmpty()) {
        const int side = badgeSize(size);
        const qreal out = place == BadgePlace::Inside ? 0 : size >= 32 ? 2 : size > 16 ? 1 : 0;
        const QPointF corner = topLeft + QPointF(size - side + out, size - side + out);
        paintBadge(p, spec, QRectF(corner, QSizeF(side, side)), small ? 1 : 2, ground);
    }
    p.restore();
}

QPixmap avatar(
    const AvatarSpec& spec, int size, qreal devicePixelRatio, const QColor& ground, const Theme& theme)
{
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintAvatar(painter, {0, 0}, spec, size, ground, theme, BadgePlace::Inside);
    return pixmap;
}

namespace {

/// Painted when it is asked for: pixmaps of every size for each row of a menu would be a megabyte.
class AvatarEngine final : public QIconEngine
{
public:
    AvatarEngine(AvatarSpec spec, const QColor& ground, const Theme& theme)
        : m_spec(std::move(spec))
        , m_ground(ground)
        , m_theme(theme)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        const QPointF corner(rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0);
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1;
        painter->drawPixmap(corner, avatar(m_spec, side, ratio, m_ground, m_theme));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, pixmap.rect(), mode, state);
        return pixmap;
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode, QIcon::State, qreal ratio) override
    {
        const int side = qRound(std::min(size.width(), size.height()) / ratio);
        return avatar(m_spec, side, ratio, m_ground, m_theme);
    }

    [[nodiscard]] QIconEngine* clone() const override { return new AvatarEngine(m_spec, m_ground, m_theme); }
    bool isNull() override { return false; }

private:
    AvatarSpec m_spec;
    QColor m_ground;
    Theme m_theme;
};

} // namespace

QIcon avatarIcon(const AvatarSpec& spec, const QColor& ground, const Theme& theme)
{
    return QIcon(new AvatarEngine(spec, ground, theme));
}

} // namespace hatstand::ui
