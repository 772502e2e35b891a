// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/SecretField.h"

#include "ui/theme/LineIcon.h"

#include <QAccessibleWidget>
#include <QAction>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMetaMethod>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

/// Qt's own tells the text once it is shown; this one never does.
class SecretFieldAccessible final : public QAccessibleWidget
{
public:
    explicit SecretFieldAccessible(SecretField* field)
        : QAccessibleWidget(field, QAccessible::EditableText)
    {
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return QString(static_cast<SecretField*>(widget())->text().size(), u'•');
        return QAccessibleWidget::text(kind);
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.editable = true;
        state.passwordEdit = true;
        return state;
    }
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object)
{
    auto* field = qobject_cast<SecretField*>(object);
    return field ? new SecretFieldAccessible(field) : nullptr;
}

} // namespace

SecretField::SecretField(QWidget* parent)
    : QLineEdit(parent)
    , m_eye(new QAction(this))
{
    static const bool installed = (QAccessible::installFactory(makeAccessible), true);
    Q_UNUSED(installed)
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(
        Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    setDragEnabled(false);
    addAction(m_eye, QLineEdit::TrailingPosition);
    connect(m_eye, &QAction::triggered, this, [this] {
        setFocus(Qt::OtherFocusReason); // what never had the focus would not notice that it is left
        reveal(!isRevealed());
    });
    // A selection would go to the desktop's primary selection.
    connect(this, &QLineEdit::selectionChanged, this, [this] {
        if (isRevealed() && hasSelectedText())
            deselect();
    });
    reveal(false);
}

SecretField::~SecretField()
{
    // Not disconnect(): Qt's style sheets would no longer hear that this is gone, and touch it at the next
    // change of theme.
    const QSignalBlocker quiet(this);
    wipe();
}

SecretBuffer SecretField::peek() const
{
    const QString shared = text();
    QString copy(shared.constData(), shared.size());
    return SecretBuffer::takeFrom(copy);
}

SecretBuffer SecretField::take()
{
    SecretBuffer secret = peek();
    wipe();
    return secret;
}

void SecretField::put(const SecretBuffer& secret)
{
    wipe();
    QString copy = QString::fromUtf8(secret.text().data(), static_cast<qsizetype>(secret.size()));
    setText(copy);
    copy.clear(); // the field's own now: wiping it here would wipe it there
}

void SecretField::wipe()
{
    reveal(false);
    QString shared = text();
    const auto length = shared.size();
    hatstand::wipe(shared); // in place, the field's own storage
    // The field also remembers each key stroke; type over them before they are forgotten.
    if (length > 0) {
        const QSignalBlocker quiet(this);
        setText({});
        insert(QString(qMax<qsizetype>(length, 256), u'x'));
    }
    setText({});
}

bool SecretField::isRevealed() const
{
    return echoMode() == QLineEdit::Normal;
}

void SecretField::reveal(bool on)
{
    setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
    m_eye->setText(on ? tr("Hide what is typed") : tr("Show what is typed"));
    m_eye->setToolTip(m_eye->text());
    m_eye->setIcon(lineIcon(on ? u"eye-off"_s : u"eye"_s, &Theme::secondaryText));
}

void SecretField::keyPressEvent(QKeyEvent* event)
{
    const bool leaks = event->matches(QKeySequence::Copy) || event->matches(QKeySequence::Cut)
        || event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo);
    if (leaks)
        return event->accept();
    QLineEdit::keyPressEvent(event);
    // As in an EnterField; where nobody listens, Enter is for the dialog's default button.
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && isSignalConnected(QMetaMethod::fromSignal(&QLineEdit::returnPressed)))
        event->accept();
}

void SecretField::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Paste")), &QAction::triggered, this, &QLineEdit::paste);
    menu->addAction(m_eye); // the eye for who has no mouse
    connect(menu->addAction(tr("Clear")), &QAction::triggered, this, &SecretField::wipe);
    menu->popup(event->globalPos());
}

void SecretField::focusOutEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::PopupFocusReason) // its own menu
        reveal(false);
    QLineEdit::focusOutEvent(event);
}

void SecretField::hideEvent(QHideEvent* event)
{
    reveal(false);
    QLineEdit::hideEvent(event);
}

bool SecretField::event(QEvent* event)
{
    // Without the focus there is no other word of it. Its own menu does not deactivate the window.
    if (event->type() == QEvent::WindowDeactivate)
        reveal(false);
    return QLineEdit::event(event);
}

} // namespace hatstand::ui
