// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/PassphrasePair.h"

#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/Strength.h"

#include <QBoxLayout>

namespace hatstand::ui {

PassphrasePair::PassphrasePair(QWidget* parent)
    : QWidget(parent)
    , m_first(new SecretField)
    , m_second(new SecretField)
    , m_firstField(new Field(tr("Passphrase"), m_first))
    , m_secondField(new Field(tr("Repeat passphrase"), m_second))
{
    m_firstField->setHint(strengthText({})); // the line is there from the start, so that nothing jumps
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_firstField, 1, Qt::AlignTop);
    layout->addWidget(m_secondField, 1, Qt::AlignTop);
    connect(m_first, &QLineEdit::textChanged, this, &PassphrasePair::check);
    connect(m_second, &QLineEdit::textChanged, this, &PassphrasePair::check);
}

SharedSecret PassphrasePair::peek() const
{
    return std::make_shared<const SecretBuffer>(m_first->peek());
}

void PassphrasePair::wipe()
{
    m_first->wipe();
    m_second->wipe();
}

void PassphrasePair::check()
{
    const SecretBuffer first = m_first->peek();
    const SecretBuffer second = m_second->peek();
    const Strength strength = strengthOf(first);
    const bool longEnough = strength.level != Strength::Level::TooShort;
    const bool same = first.equals(second);
    if (first.isEmpty())
        m_firstField->say(Field::Verdict::None);
    else if (!longEnough)
        m_firstField->say(Field::Verdict::Bad, strengthText(strength));
    else if (strength.level == Strength::Level::Strong)
        m_firstField->say(Field::Verdict::Good, strengthText(strength));
    else
        m_firstField->say(Field::Verdict::Hint, strengthText(strength));
    if (!second.isEmpty() && !same)
        m_secondField->say(Field::Verdict::Bad, tr("The two are not the same."));
    else
        m_secondField->say(Field::Verdict::None);
    m_ready = longEnough && same;
    Q_EMIT readyChanged();
}

} // namespace hatstand::ui
