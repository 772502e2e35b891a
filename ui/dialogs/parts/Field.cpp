// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/Field.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int kPauseMs = 300;

} // namespace

Field::Field(const QString& title, QLineEdit* editor, QWidget* parent)
    : Field(title, static_cast<QWidget*>(editor), parent)
{
    connect(editor, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(editor, &QLineEdit::editingFinished, this, &Field::showNow);
}

Field::Field(const QString& title, QWidget* editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_line(new QWidget)
    , m_info(makeIcon(u"info"_s, nullptr, &Theme::secondaryText))
    , m_good(makeIcon(u"done"_s, nullptr, &Theme::success))
    , m_bad(makeIcon(u"error"_s, nullptr, &Theme::danger))
    , m_text(paragraph({}, TextStyle::Caption, Ink::Secondary))
    , m_link(button({}, ButtonKind::Link))
{
    auto* layout = column(this, 0, 4);
    QLabel* heading = label(title, TextStyle::Strong);
    heading->setBuddy(editor);
    heading->setHidden(title.isEmpty());
    editor->setAccessibleName(title);
    layout->addWidget(heading);
    layout->addWidget(editor);
    auto* line = new QHBoxLayout(m_line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    line->addWidget(m_info, 0, Qt::AlignTop);
    line->addWidget(m_good, 0, Qt::AlignTop);
    line->addWidget(m_bad, 0, Qt::AlignTop);
    line->addWidget(m_text, 1);
    line->addWidget(m_link, 0, Qt::AlignTop);
    layout->addWidget(m_line);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &Field::display);
    connect(m_link, &QPushButton::clicked, this, &Field::linkActivated);
    display();
}

void Field::say(Verdict verdict, const QString& text, const QString& link)
{
    m_said = {verdict, text, link};
    if (!m_pause.isActive())
        display();
}

void Field::setHint(const QString& text)
{
    m_hint = text;
    if (!m_pause.isActive())
        display();
}

void Field::showNow()
{
    m_pause.stop();
    display();
}

QString Field::message() const
{
    return m_text->text();
}

void Field::display()
{
    m_verdict = m_said.verdict;
    const bool plain = m_said.verdict == Verdict::None || m_said.verdict == Verdict::Hint;
    const QString text = m_said.verdict == Verdict::None ? m_hint : m_said.text;
    const Ink ink = plain ? Ink::Secondary : m_verdict == Verdict::Good ? Ink::Success : Ink::Danger;
    m_info->setVisible(m_verdict == Verdict::Hint);
    m_good->setVisible(m_verdict == Verdict::Good);
    m_bad->setVisible(m_verdict == Verdict::Bad);
    setInk(m_text, ink);
    m_text->setText(breakable(text));
    m_link->setText(m_said.link);
    m_link->setVisible(!m_said.link.isEmpty());
    const Qt::Alignment place = m_said.link.isEmpty() ? Qt::AlignTop : Qt::AlignVCenter;
    for (QWidget* icon : {m_info, m_good, m_bad})
        m_line->layout()->setAlignment(icon, place);
    m_line->setVisible(!text.isEmpty());
    // On Unix a combo box's name is always what it shows; what it is for is told here.
    const bool nameless = qobject_cast<QComboBox*>(m_editor) != nullptr && text.isEmpty();
    m_editor->setAccessibleDescription(nameless ? m_editor->accessibleName() : text);
    const bool bad = m_verdict == Verdict::Bad;
    if (m_editor->property("wrong").toBool() != bad) {
        m_editor->setProperty("wrong", bad);
        m_editor->style()->unpolish(m_editor);
        m_editor->style()->polish(m_editor);
    }
}

} // namespace hatstand::ui
