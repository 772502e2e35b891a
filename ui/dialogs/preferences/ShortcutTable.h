// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/preferences/ShortcutLine.h"

namespace hatstand::ui {

/// Action and keys, 40 px a row.
class ShortcutTable final : public QFrame
{
    Q_OBJECT
public:
    /// everywhere: null for a table of the keys in our windows alone.
    ShortcutTable(ShortcutMap& map, GlobalShortcuts* everywhere, QWidget* parent = nullptr);
    void setSearch(const QString& text);
    [[nodiscard]] bool isEmpty() const;

private:
    QList<ShortcutLine*> m_lines;
};

} // namespace hatstand::ui
