// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Parts.h"

#include <QTimer>

class QLineEdit;

namespace hatstand::ui {

/// A label above an editor and one line below it, with an icon, for what was found wrong or right. What a
/// check finds is said 300 ms after the last key, so that nobody is corrected in the middle of a word; said()
/// shows it at once.
class Field final : public QWidget
{
    Q_OBJECT
public:
    enum class Verdict { None, Hint, Good, Bad };
    /// label: empty where others say what it is for; then the editor needs an accessible name.
    Field(const QString& label, QLineEdit* editor, QWidget* parent = nullptr);
    /// For an editor that is no line edit, e.g. a combo box.
    Field(const QString& label, QWidget* editor, QWidget* parent = nullptr);

    /// The line below; link: a button after it that emits linkActivated.
    void say(Verdict verdict, const QString& text = {}, const QString& link = {});
    void setHint(const QString& text); ///< shown while there is nothing else to say
    void showNow();
    [[nodiscard]] QString message() const;
    /// For a narrow field beside another: put below both, the line has the room of both.
    [[nodiscard]] QWidget* line() const { return m_line; }
    [[nodiscard]] Verdict verdict() const { return m_verdict; } ///< as shown

Q_SIGNALS:
    void linkActivated();

private:
    void display();

    struct Said
    {
        Verdict verdict = Verdict::None;
        QString text;
        QString link;
    };
    Said m_said;
    Verdict m_verdict = Verdict::None;
    QString m_hint;
    QWidget* m_editor;
    QWidget* m_line;
    QLabel* m_info;
    QLabel* m_good;
    QLabel* m_bad;
    QLabel* m_text;
    QPushButton* m_link;
    QTimer m_pause;
};

} // namespace hatstand::ui
