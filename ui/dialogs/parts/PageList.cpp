// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/PageList.h"

#include "ui/theme/LineIcon.h"
#include "ui/theme/Sizes.h"
#include "ui/theme/Widgets.h"

#include <QListWidget>

namespace hatstand::ui {
namespace {

constexpr int kWidth = 184;
constexpr int kRowHeight = 36;
constexpr int kIconRole = Qt::UserRole + 1;

} // namespace

QListWidget* makePageList(const QString& accessibleName)
{
    auto* list = new QListWidget;
    list->setProperty("panel", QStringLiteral("pages"));
    list->setFixedWidth(kWidth);
    list->setIconSize({16, 16});
    list->setAccessibleName(accessibleName);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setUniformItemSizes(true);
    QObject::connect(
        list, &QListWidget::currentItemChanged, list, [](QListWidgetItem* now, QListWidgetItem* before) {
            const auto dress = [](QListWidgetItem* item, bool current) {
                if (!item)
                    return;
                QFont face = font(current ? TextStyle::Strong : TextStyle::Body);
                item->setFont(face);
                item->setIcon(lineIcon(
                    item->data(kIconRole).toString(), current ? &Theme::link : &Theme::secondaryText));
            };
            dress(before, false);
            dress(now, true);
        });
    followAssistiveSelection(list);
    return list;
}

void addPageItem(QListWidget* list, const QString& icon, const QString& title, int page)
{
    auto* item = new QListWidgetItem(lineIcon(icon, &Theme::secondaryText), title, list);
    item->setData(Qt::UserRole, page);
    item->setData(kIconRole, icon);
    item->setSizeHint({0, grown(kRowHeight)});
    constexpr int kBeside = 64; // margins, icon and gaps
    const int needed = QFontMetrics(font(TextStyle::Strong)).horizontalAdvance(title) + kBeside;
    list->setFixedWidth(std::max(list->minimumWidth(), needed));
}

} // namespace hatstand::ui
