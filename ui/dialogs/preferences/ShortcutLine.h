// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Parts.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/shortcuts/global/GlobalShortcuts.h"

namespace hatstand::ui {

class ClashLine;
class EverywhereCell;
class KeyRecorder;

/// One action of the table: its title, its keys in our windows and everywhere, a dot if the person changed
/// them, and below, while there is a reason, why they do nothing or why those just pressed can't be taken.
class ShortcutLine final : public QWidget
{
    Q_OBJECT
public:
    /// command: none for what only works everywhere. everywhere: null for a table without that column.
    struct Row
    {
        QString name;
        QString title;
        std::optional<Command> command;
    };
    ShortcutLine(ShortcutMap& map, GlobalShortcuts* everywhere, const Row& row, QWidget* parent = nullptr);
    ~ShortcutLine() override;
    [[nodiscard]] bool fits(const QString& search) const;
    void clearClash();
    [[nodiscard]] QString clashText() const; ///< why the keys just pressed can't be taken
    [[nodiscard]] QString troubleText() const; ///< why the keys that are set do nothing

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void makeWindowCell(class QHBoxLayout* layout);
    void makeEverywhereCell(QHBoxLayout* layout);
    void refresh();
    void onRecording(bool recording);
    void take(const QKeySequence& keys);
    void takeEverywhere(const QKeySequence& keys);
    void refuse(const QString& reason, bool movable);
    [[nodiscard]] QString holderSentence(const QKeySequence& keys) const; ///< empty: nobody has them
    [[nodiscard]] Result<void> free(const QKeySequence& keys);
    void move();
    [[nodiscard]] bool isRecording() const;

    ShortcutMap& m_map;
    GlobalShortcuts* m_everywhere;
    Row m_row;
    QKeySequence m_wanted; ///< that clash
    bool m_wantedEverywhere = false;
    QWidget* m_line;
    KeyRecorder* m_recorder = nullptr; ///< null where nothing can be recorded
    EverywhereCell* m_cell = nullptr;
    ClashLine* m_clash;
    ClashLine* m_trouble;
};

/// "Ctrl+F already finds an account."
[[nodiscard]] QString clashSentence(const QString& keys, Command holder);

} // namespace hatstand::ui
