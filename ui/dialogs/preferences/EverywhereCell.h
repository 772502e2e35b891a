// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Parts.h"
#include "ui/shortcuts/global/GlobalShortcuts.h"

namespace hatstand::ui {

class KeyRecorder;

/// A row's keys in the column "Everywhere": to be recorded where they are ours to choose, otherwise what the
/// desktop made of them.
class EverywhereCell final : public QWidget
{
    Q_OBJECT
public:
    EverywhereCell(GlobalShortcuts& shortcuts, const GlobalShortcuts::Row& row, QWidget* parent = nullptr);

    [[nodiscard]] const GlobalShortcuts::Row& row() const { return m_row; }
    [[nodiscard]] bool isOurs() const; ///< the keys are recorded here
    [[nodiscard]] bool isRecording() const;
    [[nodiscard]] bool isChanged() const;
    [[nodiscard]] QString text() const; ///< as it is shown; empty for none
    void record(); ///< as if it had been clicked

Q_SIGNALS:
    void recordingChanged(bool recording);
    void recorded(const QKeySequence& keys);

private:
    void refresh();

    GlobalShortcuts& m_shortcuts;
    GlobalShortcuts::Row m_row;
    KeyRecorder* m_recorder;
    ElidedLabel* m_given;
};

} // namespace hatstand::ui
