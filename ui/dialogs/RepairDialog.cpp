// SPDX-License-Identifier: MIT
#include "ui/dialogs/RepairDialog.h"

#include "core/secrets/Vault.h"
#include "core/session/SessionManager.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/LogoutDialog.h"
#include "ui/dialogs/UnlockDialog.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QPushButton>

namespace hatstand::ui {
namespace {

constexpr int kWidth = 500;

QString asSentence(const QString& text)
{
    return text.isEmpty() || text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

} // namespace

RepairDialog::RepairDialog(UiContext& context, const session::SessionId& id, QWidget* parent)
    : Dialog(tr("Repair"), parent)
    , m_context(context)
    , m_id(id)
{
    refresh();
    connect(&context.sessions, &session::SessionManager::sessionChanged, this,
        [this](const session::SessionId& changed) {
            if (changed == m_id)
                refresh();
        });
    connect(&context.sessions, &session::SessionManager::sessionRemoved, this,
        [this](const session::SessionId& gone) {
            if (gone == m_id)
                reject();
        });
}

void RepairDialog::refresh()
{
    const session::Session* session = m_context.sessions.find(m_id);
    if (!session)
        return;
    QFrame* body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(body, 24, 16);
    const QString name = nameOf(m_context.sessions, m_id);
    const bool ready = session->state == session::SessionState::Ready;
    layout->addWidget(
        accountHead(m_context, m_id, ready ? tr("%1 is ready").arg(name) : tr("%1 can't sign").arg(name)));
    if (!ready)
        layout->addWidget(new Notice(Panel::Warning,
            asSentence(stateSentence(*session, m_context.vault.kind(), m_context.vault.takesPassphrase())),
            asSentence(stateAdvice(*session))));
    QPushButton* close = button(tr("Close"));
    connect(close, &QPushButton::clicked, this, &RepairDialog::reject);
    QPushButton* logOut = button(tr("Log out…"), ButtonKind::Flat);
    connect(logOut, &QPushButton::clicked, this, [this] {
        goOn([&context = m_context, id = m_id](
                 QWidget* parent) { (new LogoutDialog(context, {id}, parent))->open(); });
    });
    QPushButton* help = helpFor(*session);
    QList<QWidget*> right{close};
    if (help) {
        help->setDefault(true);
        right += help;
    }
    replaceView(body, footOf({logOut}, right), help ? help : close);
    fitTo(kWidth);
}

QPushButton* RepairDialog::helpFor(const session::Session& session)
{
    QPushButton* help = nullptr;
    switch (session.state) {
    case session::SessionState::Locked:
        help = button(tr("Unlock…"), ButtonKind::Primary);
        connect(help, &QPushButton::clicked, this, [this] {
            goOn([&context = m_context](QWidget* parent) { (new UnlockDialog(context, parent))->open(); });
        });
        return help;
    case session::SessionState::SecretMissing:
    case session::SessionState::Damaged:
    case session::SessionState::NeedsLogin:
        help = button(tr("Add it again…"), ButtonKind::Primary);
        connect(help, &QPushButton::clicked, this, [this] {
            goOn([&context = m_context, id = m_id](
                     QWidget* parent) { (new AddAccountDialog(context, parent))->openFor(id); });
        });
        return help;
    case session::SessionState::Unknown:
        help = button(tr("Try again"), ButtonKind::Primary);
        connect(help, &QPushButton::clicked, this, [this] { m_context.sessions.refreshStates(); });
        return help;
    case session::SessionState::Ready:
        break;
    }
    return help;
}

void RepairDialog::goOn(std::function<void(QWidget* parent)> next)
{
    QWidget* parent = parentWidget();
    reject();
    next(parent);
}

} // namespace hatstand::ui
