// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Parts.h"
#include "ui/shortcuts/ShortcutMap.h"

namespace hatstand::ui {

class KeyRecorder;

/// One action of the table: its title, its keys, a dot if the person changed it, and below it, while there is
/// one, why the keys just pressed can't be taken.
class ShortcutLine final : public QWidget
{
    Q_OBJECT
public:
    ShortcutLine(ShortcutMap& map, const ShortcutMap::Row& row, QWidget* parent = nullptr);
    [[nodiscard]] bool fits(const QString& search) const;
    void refresh();
    void clearClash();
    [[nodiscard]] QString clashText() const { return m_reason->text(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void take(const QKeySequence& keys);
    void refuse(const QString& reason, bool movable);
    void move();

    ShortcutMap& m_map;
    ShortcutMap::Row m_row;
    QKeySequence m_wanted; ///< that clash
    KeyRecorder* m_recorder;
    QWidget* m_clash;
    QLabel* m_reason;
    QPushButton* m_move;
};

/// Action and keys, 40 px a row.
class ShortcutTable final : public QFrame
{
    Q_OBJECT
public:
    explicit ShortcutTable(ShortcutMap& map, QWidget* parent = nullptr);
    void setSearch(const QString& text);
    [[nodiscard]] bool isEmpty() const;

private:
    QList<ShortcutLine*> m_lines;
};

/// "already opens the preferences": after the keys, in the line about a clash.
[[nodiscard]] QString clashSentence(const QString& keys, Command holder);

} // namespace hatstand::ui
