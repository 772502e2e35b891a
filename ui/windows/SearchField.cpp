// SPDX-License-Identifier: MIT
#include "ui/windows/SearchField.h"

#include "ui/theme/Widgets.h"

#include <QKeyEvent>
#include <QStyle>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

SearchField::SearchField(QWidget* parent)
    : QLineEdit(parent)
    , m_icon(makeIcon(u"search"_s, this, &Theme::secondaryText))
    , m_keys(makeKeyCap({}, this))
{
    setPlaceholderText(tr("Search accounts"));
    setAccessibleName(tr("Search accounts"));
    m_icon->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_keys->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_keys->hide();
    connect(this, &QLineEdit::textChanged, this, &SearchField::arrange);
}

void SearchField::setKeys(const QString& keys)
{
    m_keys->setText(keys);
    arrange();
}

void SearchField::arrange()
{
    m_keys->setVisible(!m_keys->text().isEmpty() && text().isEmpty());
    const QRect all = rect();
    m_icon->setGeometry(QStyle::visualRect(layoutDirection(), all, QRect(12, (height() - 16) / 2, 16, 16)));
    m_keys->ensurePolished();
    const QSize cap = m_keys->sizeHint();
    m_keys->setGeometry(QStyle::visualRect(layoutDirection(), all,
        QRect(width() - 10 - cap.width(), (height() - cap.height()) / 2, cap.width(), cap.height())));
    const int before = 26;
    const int after = m_keys->isHidden() ? 0 : cap.width() + 4;
    if (layoutDirection() == Qt::RightToLeft)
        setTextMargins(after, 0, before, 0);
    else
        setTextMargins(before, 0, after, 0);
}

void SearchField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    arrange();
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT leaveRequested();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace hatstand::ui
