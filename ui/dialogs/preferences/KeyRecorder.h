// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QPushButton>

namespace hatstand::ui {

/// Shows the keys of one command; clicked, it takes the next keys that are pressed. Backspace removes them,
/// Escape leaves them.
class KeyRecorder final : public QPushButton
{
    Q_OBJECT
public:
    explicit KeyRecorder(QWidget* parent = nullptr);
    void setKeysText(const QString& text); ///< empty: "None"
    void setTroubled(bool troubled); ///< the keys do nothing: shown as a danger
    [[nodiscard]] bool isRecording() const { return m_recording; }

Q_SIGNALS:
    void recordingChanged(bool recording);
    void recorded(const QKeySequence& keys); ///< empty: remove them

protected:
    bool event(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setRecording(bool on);
    void take(const QKeyEvent& event);

    QString m_keys;
    bool m_recording = false;
    bool m_troubled = false;
};

} // namespace hatstand::ui
