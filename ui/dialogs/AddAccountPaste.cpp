// SPDX-License-Identifier: MIT
// The part of the dialog that finds the page for what is pasted, and leaves no key in the clipboard.
#include "ui/dialogs/AddAccountDialog.h"

#include "ui/dialogs/add/AddFlow.h"
#include "ui/dialogs/add/AntelopePages.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QListWidget>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using signing::Pasted;

namespace {

SecretBuffer textOf(QClipboard::Mode mode)
{
    QString text = QGuiApplication::clipboard()->text(mode);
    return SecretBuffer::takeFrom(text).trimmed();
}

} // namespace

void AddAccountDialog::openWith(SharedSecret pasted)
{
    if (pasted)
        route(*pasted, nullptr);
    open();
}

void AddAccountDialog::openFor(const session::SessionId& id)
{
    const session::Session* session = m_context.sessions.find(id);
    const bool encrypted = session && session->signer == session::SignerKind::EncryptedKey;
    if (id.family() == "antelope"_L1) {
        auto* page = static_cast<AntelopeKeyPage*>(m_byPage[static_cast<std::size_t>(Page::AntelopeKey)]);
        page->account()->setChain(id.chain());
        page->account()->setText(id.identity());
        showPage(Page::AntelopeKey);
    } else {
        showPage(encrypted ? Page::NostrEncrypted : Page::NostrKey);
    }
    open();
}

bool AddAccountDialog::route(const SecretBuffer& text, const QWidget* into)
{
    const Pasted kind = signing::recognise(text);
    if (into && current()->takes(kind, text, into))
        return false;
    const auto go = [&](Page page) {
        showPage(page);
        current()->fill(text);
        focusFirst();
        return true;
    };
    switch (kind) {
    case Pasted::None:
        return false;
    case Pasted::NostrKey:
        return go(Page::NostrKey);
    case Pasted::NostrEncryptedKey:
        return go(Page::NostrEncrypted);
    case Pasted::NostrPublicKey:
        return go(Page::NostrWatch);
    case Pasted::AntelopeKey:
        return go(Page::AntelopeKey);
    case Pasted::AntelopeAccount:
        // a label may look like this too
        return into && !qobject_cast<const QAbstractButton*>(into) ? false : go(Page::AntelopeWatch);
    }
    return false;
}

bool AddAccountDialog::routePaste(const QWidget* into)
{
    if (m_flow->isBusy())
        return false;
    return route(textOf(QClipboard::Clipboard), into);
}

bool AddAccountDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Paste))
        return routePaste(static_cast<QWidget*>(watched));
    return Dialog::eventFilter(watched, event);
}

void AddAccountDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste) && routePaste(nullptr))
        return;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && focusWidget() == m_ways)
        return focusFirst();
    Dialog::keyPressEvent(event);
}

void AddAccountDialog::clearClipboard()
{
    if (!m_typed || m_typed->isEmpty())
        return;
    for (const auto mode : {QClipboard::Clipboard, QClipboard::Selection}) {
        if (mode == QClipboard::Selection && !QGuiApplication::clipboard()->supportsSelection())
            continue;
        if (textOf(mode).equals(m_typed->trimmed()))
            QGuiApplication::clipboard()->clear(mode);
    }
    m_typed.reset();
}

} // namespace hatstand::ui
