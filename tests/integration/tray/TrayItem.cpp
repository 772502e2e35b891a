// SPDX-License-Identifier: MIT
#include "tests/integration/tray/TrayItem.h"

#include <QDBusArgument>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QSignalSpy>
#include <QtEndian>

namespace hatstand::test {
using namespace Qt::Literals::StringLiterals;

namespace {

const QString item = u"org.kde.StatusNotifierItem"_s;

/// (ia{sv}av), children as variants of the same.
MenuRow readRow(const QDBusArgument& from, QList<MenuRow>* children)
{
    MenuRow row;
    from.beginStructure();
    from >> row.id >> row.properties;
    from.beginArray();
    while (!from.atEnd()) {
        QDBusVariant child;
        from >> child;
        if (children)
            children->append(readRow(child.variant().value<QDBusArgument>(), nullptr));
    }
    from.endArray();
    from.endStructure();
    return row;
}

} // namespace

bool MenuRow::hasIcon() const
{
    return !properties.value(u"icon-data"_s).toByteArray().isEmpty()
        || !properties.value(u"icon-name"_s).toString().isEmpty();
}

TrayItem::TrayItem()
    : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"panel"_s))
{
}

QDBusMessage TrayItem::call(const QString& service, const QString& path, const QString& interface,
    const QString& method, const QVariantList& arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    QDBusPendingCallWatcher watcher(m_bus.asyncCall(message, 10'000));
    QSignalSpy finished(&watcher, &QDBusPendingCallWatcher::finished);
    if (!watcher.isFinished())
        finished.wait(11'000);
    return watcher.reply();
}

QVariant TrayItem::property(
    const QString& service, const QString& path, const QString& interface, const QString& name)
{
    const QDBusMessage reply
        = call(service, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {interface, name});
    return reply.type() == QDBusMessage::ReplyMessage
        ? reply.arguments().constFirst().value<QDBusVariant>().variant()
        : QVariant();
}

bool TrayItem::isRegistered()
{
    const QString watcher = u"org.kde.StatusNotifierWatcher"_s;
    const QStringList items
        = property(watcher, u"/StatusNotifierWatcher"_s, watcher, u"RegisteredStatusNotifierItems"_s)
              .toStringList();
    if (items.size() != 1)
        return false;
    m_service = items.constFirst().section(u'/', 0, 0);
    m_path = u'/' + items.constFirst().section(u'/', 1);
    return true;
}

QDBusMessage TrayItem::callMenu(const QString& method, const QVariantList& arguments)
{
    const QString path = property(m_service, m_path, item, u"Menu"_s).value<QDBusObjectPath>().path();
    return call(m_service, path, u"com.canonical.dbusmenu"_s, method, arguments);
}

QList<MenuRow> TrayItem::rows()
{
    callMenu(u"AboutToShow"_s, {0});
    const QDBusMessage reply = callMenu(u"GetLayout"_s, {0, -1, QStringList()});
    QList<MenuRow> rows;
    if (reply.type() == QDBusMessage::ReplyMessage)
        readRow(reply.arguments().at(1).value<QDBusArgument>(), &rows);
    return rows;
}

QStringList TrayItem::labels()
{
    QStringList labels;
    for (const MenuRow& row : rows())
        labels << (row.isSeparator() ? u"-"_s : (row.isChecked() ? u"✓ "_s : QString()) + row.label());
    return labels;
}

bool TrayItem::click(const QString& label)
{
    for (const MenuRow& row : rows()) {
        if (row.label() == label) {
            callMenu(u"Event"_s, {row.id, u"clicked"_s, QVariant::fromValue(QDBusVariant(0)), 0U});
            return true;
        }
    }
    return false;
}

void TrayItem::callItem(const QString& method)
{
    call(m_service, m_path, item, method, {0, 0});
}

QString TrayItem::toolTip()
{
    // (sa(iiay)ss): icon name, icon, title, text
    const auto from = property(m_service, m_path, item, u"ToolTip"_s).value<QDBusArgument>();
    QString icon;
    QString title;
    from.beginStructure();
    from >> icon;
    from.beginArray();
    while (!from.atEnd()) {
        int width = 0;
        int height = 0;
        QByteArray pixels;
        from.beginStructure();
        from >> width >> height >> pixels;
        from.endStructure();
    }
    from.endArray();
    from >> title;
    return title;
}

QImage TrayItem::icon()
{
    // a(iiay): ARGB in network byte order
    const auto from = property(m_service, m_path, item, u"IconPixmap"_s).value<QDBusArgument>();
    QImage largest;
    from.beginArray();
    while (!from.atEnd()) {
        int width = 0;
        int height = 0;
        QByteArray pixels;
        from.beginStructure();
        from >> width >> height >> pixels;
        from.endStructure();
        if (width <= largest.width() || pixels.size() != qsizetype(width) * height * 4)
            continue;
        largest = QImage(width, height, QImage::Format_ARGB32);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x)
                largest.setPixel(
                    x, y, qFromBigEndian<quint32>(pixels.constData() + (qsizetype(y) * width + x) * 4));
        }
    }
    from.endArray();
    return largest;
}

QImage screenshot()
{
    return QGuiApplication::primaryScreen()->grabWindow(0).toImage().convertToFormat(QImage::Format_RGB32);
}

std::optional<QPoint> findColour(const QColor& colour, const QRect& area)
{
    const QImage screen = screenshot();
    const QRect within = area.isValid() ? area.intersected(screen.rect()) : screen.rect();
    QPoint sum;
    int count = 0;
    for (int y = within.top(); y <= within.bottom(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(screen.constScanLine(y));
        for (int x = within.left(); x <= within.right(); ++x) {
            if (line[x] == colour.rgb()) {
                sum += QPoint(x, y);
                ++count;
            }
        }
    }
    if (count < 5)
        return std::nullopt;
    return sum / count;
}

void clickAt(const QPoint& point, int button)
{
    QProcess::execute(u"xdotool"_s,
        {u"mousemove"_s, QString::number(point.x()), QString::number(point.y()), u"click"_s,
            QString::number(button)});
}

void pressKey(const QString& key)
{
    QProcess::execute(u"xdotool"_s, {u"key"_s, key});
}

} // namespace hatstand::test
