// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/ShortcutTable.h"

#include "ui/dialogs/preferences/ShortcutColumns.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Those of our windows, and after the first what works everywhere alone.
QList<ShortcutLine::Row> rowsOf(const GlobalShortcuts* everywhere)
{
    QList<ShortcutLine::Row> rows;
    for (const ShortcutMap::Row& row : ShortcutMap::rows())
        rows += ShortcutLine::Row{row.name, row.title, row.command};
    if (!everywhere)
        return rows;
    qsizetype place = 1;
    for (const GlobalShortcuts::Row& row : GlobalShortcuts::rows()) {
        const bool listed = std::any_of(
            rows.cbegin(), rows.cend(), [&row](const auto& other) { return other.name == row.name; });
        if (!listed)
            rows.insert(place++, ShortcutLine::Row{row.name, row.title, std::nullopt});
    }
    return rows;
}

} // namespace

ShortcutTable::ShortcutTable(ShortcutMap& map, GlobalShortcuts* everywhere, QWidget* parent)
    : QFrame(parent)
{
    setProperty("panel", u"card"_s);
    QVBoxLayout* lines = column(this, 1, 0);
    QFrame* head = makePanel(Panel::Sunken, nullptr);
    head->setFixedHeight(grown(32));
    QHBoxLayout* titles = row(head, 0);
    titles->setContentsMargins(columns::kInset, 0, columns::kInset, 0);
    titles->addWidget(columns::head(tr("Action")), 1);
    const auto addColumn = [&](const QString& text) {
        QLabel* keys = columns::head(text);
        keys->setFixedWidth(columns::width(everywhere != nullptr));
        keys->setContentsMargins(columns::kTextInset, 0, 0, 0);
        titles->addWidget(keys);
    };
    addColumn(tr("In Hatstand"));
    if (everywhere)
        addColumn(tr("Everywhere"));
    lines->addWidget(head);
    for (const ShortcutLine::Row& each : rowsOf(everywhere)) {
        auto* line = new ShortcutLine(map, everywhere, each);
        m_lines += line;
        lines->addWidget(line);
    }
}

void ShortcutTable::setSearch(const QString& text)
{
    for (ShortcutLine* line : std::as_const(m_lines))
        line->setVisible(line->fits(text.trimmed()));
}

bool ShortcutTable::isEmpty() const
{
    return std::none_of(
        m_lines.cbegin(), m_lines.cend(), [](const ShortcutLine* line) { return !line->isHidden(); });
}

} // namespace hatstand::ui
