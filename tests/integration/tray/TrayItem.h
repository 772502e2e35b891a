// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QImage>
#include <QString>
#include <QStringList>
#include <QVariantMap>
#include <optional>

namespace hatstand::test {

struct MenuRow
{
    int id = 0;
    QVariantMap properties; ///< as in com.canonical.dbusmenu: label, toggle-state, type, icon-data, …
    [[nodiscard]] QString label() const { return properties.value(QStringLiteral("label")).toString(); }
    [[nodiscard]] bool isSeparator() const
    {
        return properties.value(QStringLiteral("type")).toString() == QStringLiteral("separator");
    }
    [[nodiscard]] bool isChecked() const
    {
        return properties.value(QStringLiteral("toggle-state")).toInt() == 1;
    }
    [[nodiscard]] bool hasIcon() const;
};

/// Our icon as a panel has it: the one item that is registered with the StatusNotifierWatcher, and its menu,
/// all over a bus connection of its own and without blocking, since the item lives in this very process.
class TrayItem
{
public:
    TrayItem();
    [[nodiscard]] bool isRegistered(); ///< asks the watcher
    [[nodiscard]] QList<MenuRow> rows();
    /// The labels with a check mark before the checked row and "-" for a separator.
    [[nodiscard]] QStringList labels();
    /// Answers false when no row is called so.
    bool click(const QString& label);
    void activate() { callItem(QStringLiteral("Activate")); } ///< left click
    void secondaryActivate() { callItem(QStringLiteral("SecondaryActivate")); } ///< middle click
    [[nodiscard]] QString toolTip();
    [[nodiscard]] QImage icon();

private:
    QDBusMessage call(const QString& service, const QString& path, const QString& interface,
        const QString& method, const QVariantList& arguments = {});
    QVariant property(
        const QString& service, const QString& path, const QString& interface, const QString& name);
    void callItem(const QString& method);
    QDBusMessage callMenu(const QString& method, const QVariantList& arguments);

    QDBusConnection m_bus;
    QString m_service;
    QString m_path;
};

// --- the screen, as a person sees it ---
[[nodiscard]] QImage screenshot();
/// The middle of the pixels of exactly this colour within area of the screen; nothing when there are fewer
/// than a handful.
[[nodiscard]] std::optional<QPoint> findColour(const QColor& colour, const QRect& area = {});
/// Real mouse: xdotool moves there and clicks.
void clickAt(const QPoint& point, int button);
void pressKey(const QString& key);

} // namespace hatstand::test
