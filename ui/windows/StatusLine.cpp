// SPDX-License-Identifier: MIT
#include "ui/windows/StatusLine.h"

#include "core/session/SessionManager.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/theme/Sizes.h"
#include "ui/theme/Widgets.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHBoxLayout>
#include <QShortcut>
#include <utility>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultKind;
using secrets::VaultState;

constexpr auto kNoteName = "note"_L1;

/// A screen reader speaks what an alert says; a label would be passed over.
QAccessibleInterface* accessibleNote(const QString&, QObject* object)
{
    auto* widget = qobject_cast<QWidget*>(object);
    if (!widget || widget->objectName() != kNoteName || !qobject_cast<ElidedLabel*>(widget))
        return nullptr;
    return new QAccessibleWidget(widget, QAccessible::AlertMessage);
}

} // namespace

StatusLine::StatusLine(UiContext& context, QWidget* parent)
    : QFrame(parent)
    , m_context(context)
    , m_state(new ElidedLabel(this, Qt::ElideRight, TextStyle::Caption, Ink::Secondary))
    , m_note(new ElidedLabel(this, Qt::ElideRight, TextStyle::Caption))
    , m_unlock(makeButton(tr("Unlock…"), this, ButtonKind::Link))
    , m_cancel(makeButton(tr("Cancel"), this, ButtonKind::Link))
    , m_again(makeButton(tr("Try again"), this, ButtonKind::Link))
    , m_hints(makeLabel({}, this, TextStyle::Caption, Ink::Secondary))
    , m_undoButton(makeButton(tr("Undo"), this, ButtonKind::Link))
    , m_undoKeys(new QShortcut(QKeySequence::Undo, this))
{
    static const bool installed = [] {
        QAccessible::installFactory(&accessibleNote);
        return true;
    }();
    Q_UNUSED(installed)
    setFixedHeight(grown(36));
    m_note->setObjectName(kNoteName);
    m_note->hide();
    m_unlock->setFont(ui::font(TextStyle::Caption));
    m_cancel->setFont(ui::font(TextStyle::Caption));
    m_again->setFont(ui::font(TextStyle::Caption));
    m_undoButton->setFont(ui::font(TextStyle::Caption));
    m_undoButton->setToolTip(
        plainToolTip(tr("Undo (%1)").arg(m_undoKeys->key().toString(QKeySequence::NativeText))));
    m_undoButton->hide();
    m_undoKeys->setEnabled(false);
    m_again->setAccessibleName(tr("Ask the system keychain again"));
    m_cancel->setAccessibleName(tr("Stop waiting for the system keychain"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(makeLine(Qt::Horizontal, this));
    auto* layout = new QHBoxLayout;
    all->addLayout(layout, 1);
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(8);
    layout->addWidget(m_state);
    for (QPushButton* button : {m_unlock, m_cancel, m_again})
        layout->addWidget(button);
    layout->addWidget(m_note);
    layout->addWidget(m_undoButton);
    layout->addStretch(1);
    layout->addWidget(m_hints);
    m_until.setSingleShot(true);
    m_undoUntil.setSingleShot(true);
    connect(&m_until, &QTimer::timeout, this, &StatusLine::follow);
    connect(&m_undoUntil, &QTimer::timeout, this, &StatusLine::withdrawUndo);
    connect(m_undoButton, &QPushButton::clicked, this, &StatusLine::takeBack);
    connect(m_undoKeys, &QShortcut::activated, this, &StatusLine::takeBack);
    connect(m_unlock, &QPushButton::clicked, this, &StatusLine::unlockRequested);
    connect(m_again, &QPushButton::clicked, this, [this] { m_context.sessions.refreshStates(); });
    connect(m_cancel, &QPushButton::clicked, &context.vault, &secrets::Vault::stopWaiting);
    connect(&context.vault, &secrets::Vault::stateChanged, this, &StatusLine::follow);
    connect(&context.vault, &secrets::Vault::waitingChanged, this, [this](bool waiting) {
        m_waiting = waiting;
        follow();
    });
    connect(&context.shortcuts, &ShortcutMap::changed, this, &StatusLine::followKeys);
    follow();
    followKeys();
}

QString StatusLine::vaultText() const
{
    const VaultState state = m_context.vault.state();
    if (m_context.vault.takesPassphrase() && state == VaultState::Locked)
        return tr("Hatstand is locked");
    switch (m_context.vault.kind()) {
    case VaultKind::Keychain:
        if (m_waiting)
            return tr("Waiting for the system keychain…");
        switch (state) {
        case VaultState::Unlocked:
            return m_context.vault.takesPassphrase() ? tr("System keychain and Hatstand passphrase, unlocked")
                                                     : tr("System keychain, unlocked");
        case VaultState::Locked:
            return tr("System keychain, locked");
        case VaultState::Unavailable:
            return tr("The system keychain does not answer");
        case VaultState::Unknown:
            return tr("System keychain");
        }
        return {};
    case VaultKind::Passphrase:
        return tr("Hatstand passphrase, unlocked");
    case VaultKind::None:
        break;
    }
    return tr("No key is kept yet");
}

void StatusLine::follow()
{
    m_state->setFullText(vaultText());
    if (!m_until.isActive() && m_undo)
        show(m_undoText, false);
    const bool noting = m_until.isActive() || m_undo;
    m_note->setVisible(noting);
    m_undoButton->setVisible(m_undo != nullptr);
    const VaultKind kind = m_context.vault.kind();
    const VaultState state = m_context.vault.state();
    const bool waiting = m_waiting && kind == VaultKind::Keychain;
    const bool quiet = !noting && !m_waiting;
    m_state->setVisible(!noting || waiting); // who waits can always end it
    m_cancel->setVisible(waiting);
    m_unlock->setVisible(quiet && kind != VaultKind::None && state == VaultState::Locked);
    m_again->setVisible(quiet && kind == VaultKind::Keychain && state == VaultState::Unavailable);
    fitHints();
}

void StatusLine::fitHints()
{
    // What went wrong is read rather than which keys there are.
    constexpr int kGaps = 2 * 16 + 3 * 8;
    int said = 0;
    for (const QWidget* part : {static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_note),
             static_cast<QWidget*>(m_unlock), static_cast<QWidget*>(m_cancel), static_cast<QWidget*>(m_again),
             static_cast<QWidget*>(m_undoButton)}) {
        if (!part->isHidden())
            said += part->sizeHint().width();
    }
    m_hints->setVisible(said + m_hints->sizeHint().width() + kGaps <= width());
}

void StatusLine::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fitHints();
}

void StatusLine::followKeys()
{
    QStringList hints;
    const auto add = [this, &hints](Command command, const QString& what) {
        if (const QString keys = m_context.shortcuts.keysText(command); !keys.isEmpty())
            hints += tr("%1 %2", "keys, what they do").arg(keys, what);
    };
    add(Command::Switcher, tr("quick switch"));
    add(Command::Help, tr("shortcuts"));
    m_hints->setText(hints.join(tr(" · ")));
    fitHints();
}

void StatusLine::say(const QString& text, bool wrong, int milliseconds)
{
    m_until.start(milliseconds);
    show(text, wrong);
    announce();
}

void StatusLine::show(const QString& text, bool wrong)
{
    setInk(m_note, wrong ? Ink::Danger : Ink::Text);
    m_note->setFullText(text);
}

/// An alert is spoken when it comes up: one that is there already comes up again.
void StatusLine::announce()
{
    m_note->hide();
    follow();
    QAccessibleEvent event(m_note, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void StatusLine::offerUndo(
    const QString& text, const QString& name, std::function<void()> undo, std::chrono::milliseconds limit)
{
    m_undo = std::move(undo);
    m_undoText = text;
    m_undoButton->setAccessibleName(name);
    m_undoKeys->setEnabled(true);
    m_undoUntil.start(limit);
    m_until.stop(); // what was said before is part of it
    announce();
}

void StatusLine::withdrawUndo()
{
    m_undo = nullptr;
    m_undoUntil.stop();
    m_undoKeys->setEnabled(false);
    follow();
}

void StatusLine::takeBack()
{
    const auto undo = std::exchange(m_undo, nullptr);
    withdrawUndo();
    if (undo)
        undo();
}

void StatusLine::note(const QString& text)
{
    say(text, false, 3000);
}

void StatusLine::complain(const QString& text)
{
    say(text, true, 8000);
}

QString StatusLine::shownText() const
{
    return m_note->isHidden() ? m_state->fullText() : m_note->fullText();
}

QString StatusLine::hintText() const
{
    return m_hints->text();
}

} // namespace hatstand::ui
