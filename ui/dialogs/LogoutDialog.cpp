// SPDX-License-Identifier: MIT
#include "ui/dialogs/LogoutDialog.h"

#include "core/secrets/Vault.h"
#include "ui/dialogs/BackUpAllView.h"
#include "ui/dialogs/BackupView.h"
#include "ui/dialogs/LogoutParts.h"
#include "ui/dialogs/UnlockStep.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/VaultWords.h"
#include "ui/theme/Motion.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QCloseEvent>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kWidth = 500;
constexpr int kPatienceMs = 300;

} // namespace

LogoutDialog::LogoutDialog(UiContext& context, const QList<session::SessionId>& ids, QWidget* parent)
    : Dialog(ids.size() > 1 ? tr("Log out all") : tr("Log out"), parent)
    , m_context(context)
    , m_ids(ids)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_export)
            m_export->hide(); // there is room for one of them
        m_waiting->setText(waitingText(m_context.vault.kind()));
    });
    showQuestion();
}

bool LogoutDialog::isNeverExported(const session::SessionId& id) const
{
    const session::Session* session = m_context.sessions.find(id);
    return session && holdsKey(*session) && !session->exportedAt.isValid();
}

void LogoutDialog::showQuestion()
{
    QFrame* body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(body, 24, 16);
    m_forgetBox = nullptr;
    m_export = nullptr;
    if (isAll())
        askAboutAll(layout);
    else
        askAboutOne(layout);

    m_waiting = label({}, TextStyle::Body, Ink::Secondary);
    m_cancel = button(tr("Cancel"));
    m_logOut = button(isAll() ? tr("Log out all") : tr("Log out"), ButtonKind::Danger);
    connect(m_cancel, &QPushButton::clicked, this, &LogoutDialog::reject);
    connect(m_logOut, &QPushButton::clicked, this, [this] {
        m_forget = m_forgetBox && m_forgetBox->isChecked();
        logOut();
    });
    if (m_export)
        connect(m_export, &QPushButton::clicked, this, [this] { unlockThen(&LogoutDialog::showBackup); });
    QPushButton* first = m_export && !isAll() ? m_export : m_cancel;
    first->setDefault(true);
    QList<QWidget*> left{m_waiting};
    if (m_export)
        left.prepend(m_export);
    replaceView(body, footOf(left, {m_cancel, m_logOut}), first);
    fitTo(kWidth);
}

void LogoutDialog::askAboutOne(QBoxLayout* layout)
{
    const session::SessionId& id = m_ids.first();
    const QString name = nameOf(m_context.sessions, id);
    layout->addWidget(accountHead(m_context, id, tr("Log out %1?").arg(name)));
    const session::Session* session = m_context.sessions.find(id);
    if (!session)
        return;
    const bool neverExported = isNeverExported(id);
    if (neverExported)
        layout->addWidget(new Notice(Panel::Warning, tr("This key exists nowhere else that Hatstand knows."),
            tr("It was never exported. Hatstand keeps it for 30 days; after that, without a backup, %1 is "
               "lost for good.")
                .arg(name)));
    const QString vault = vaultName(m_context.vault.kind());
    layout->addWidget(consequencesOf(*session, vault, false));
    if (!neverExported)
        return;
    m_export = button(tr("Export backup…"), ButtonKind::Normal, u"download"_s);
    m_forgetBox = new QCheckBox(tr("Delete the key now"));
    layout->addWidget(m_forgetBox);
    connect(m_forgetBox, &QCheckBox::toggled, this, [this, layout, vault](bool now) {
        // the same lines for the other case, in the place of these
        const session::Session* again = m_context.sessions.find(m_ids.first());
        if (!again)
            return;
        const int place = layout->indexOf(m_forgetBox) - 1;
        delete layout->takeAt(place)->widget();
        layout->insertWidget(place, consequencesOf(*again, vault, now));
        fitTo(kWidth);
    });
}

void LogoutDialog::askAboutAll(QBoxLayout* layout)
{
    QVBoxLayout* head = column(nullptr, 0, 4);
    head->addWidget(paragraph(tr("Log out all %1 accounts?").arg(m_ids.size()), TextStyle::Title));
    head->addWidget(paragraph(
        tr("Their private keys are deleted from %1; keys that were never exported rest there for 30 days.")
            .arg(vaultName(m_context.vault.kind())),
        TextStyle::Body, Ink::Secondary));
    layout->addLayout(head);
    layout->addWidget(accountList(m_context, m_ids));
    const bool anyToSave
        = std::any_of(m_ids.cbegin(), m_ids.cend(), [this](const auto& id) { return isNeverExported(id); });
    if (anyToSave)
        m_export = button(tr("Back up all…"), ButtonKind::Normal, u"download"_s);
}

void LogoutDialog::showBackup()
{
    if (isAll()) {
        auto* all = new BackUpAllView(m_context, m_ids, this);
        connect(all, &BackUpAllView::done, this, &LogoutDialog::showQuestion);
        replaceView(all->view.body, all->view.foot, all->firstField());
    } else {
        auto* one = new BackupView(m_context, m_ids.first(), BackupView::After::Asking, this);
        connect(one, &BackupView::done, this, &LogoutDialog::showQuestion);
        replaceView(one->view.body, one->view.foot, one->firstField());
    }
    fitTo(kWidth);
}

void LogoutDialog::unlockThen(void (LogoutDialog::*next)())
{
    if (!UnlockStep::isNeeded(m_context.vault))
        return (this->*next)();
    auto* step = new UnlockStep(m_context.vault, this);
    connect(step, &UnlockStep::unlocked, this, next);
    connect(step, &UnlockStep::left, this, &LogoutDialog::showQuestion);
    replaceView(step->view.view.body, step->view.view.foot, step->view.passphrase);
    fitTo(kWidth);
}

void LogoutDialog::logOut()
{
    m_busy = true;
    m_cancel->setFocus(Qt::OtherFocusReason); // what has the focus now can't be pressed any more
    m_logOut->setEnabled(false);
    if (m_forgetBox)
        m_forgetBox->setEnabled(false);
    if (m_export)
        m_export->setEnabled(false);
    m_patience.start();
    const session::LogoutOptions options{.forget = m_forget};
    auto done = guarded(this, [this](const Result<void>& result) { answer(result); });
    if (isAll())
        m_context.sessions.logoutAll(options, std::move(done));
    else
        m_context.sessions.logout(m_ids.first(), options, std::move(done));
}

void LogoutDialog::answer(const Result<void>& done)
{
    m_busy = false;
    m_patience.stop();
    if (done)
        return Dialog::accept();
    showFailure(done.error());
    if (!isVisible())
        open(); // it was closed while it waited, and the person thinks that all went well
    Q_EMIT failed(done.error());
}

void LogoutDialog::showFailure(const Error& error)
{
    const VaultProblem problem = vaultProblem(error, m_context.vault.kind());
    QFrame* body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(body, 24, 16);
    const QString nothing = tr("Nothing was deleted.");
    if (isAll()) {
        layout->addWidget(paragraph(
            tr("All %1 accounts are still logged in").arg(m_context.sessions.count()), TextStyle::Title));
        layout->addWidget(paragraph(nothing, TextStyle::Body, Ink::Secondary));
    } else {
        const QString name = nameOf(m_context.sessions, m_ids.first());
        layout->addWidget(
            accountHead(m_context, m_ids.first(), tr("%1 is still logged in").arg(name), nothing));
    }
    if (error.code == ErrorCode::Cancelled) { // the person's own wish is no loss
        layout->addWidget(new Notice(Panel::Note, {},
            isAll() ? tr("You stopped waiting. The keys stay where they are.")
                    : tr("You stopped waiting. The key stays where it is.")));
    } else {
        const QString stays = isAll() ? tr("Until then the keys stay where they are.")
                                      : tr("Until then the key stays where it is.");
        layout->addWidget(new Notice(
            Panel::Danger, problem.title, problem.advice.isEmpty() ? stays : problem.advice + u' ' + stays));
    }
    QLabel* details = label(technicalDetails(error), TextStyle::Fixed, Ink::Secondary);
    details->setWordWrap(true); // as it is, since it is there to be copied
    details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    details->hide();
    layout->addWidget(details);

    QPushButton* more = button(tr("Details"), ButtonKind::Flat);
    QPushButton* close = button(tr("Close"));
    QPushButton* again = button(tr("Try again"), ButtonKind::Primary);
    again->setDefault(true);
    connect(more, &QPushButton::clicked, this, [this, details] {
        if (details->isVisible())
            details->hide();
        else
            unfold(details);
        fitTo(kWidth);
    });
    connect(close, &QPushButton::clicked, this, [this] { Dialog::reject(); });
    connect(again, &QPushButton::clicked, this, &LogoutDialog::tryAgain);
    replaceView(body, footOf({more}, {close, again}), again);
    fitTo(kWidth);
}

void LogoutDialog::tryAgain()
{
    const bool locked = m_context.vault.state() == secrets::VaultState::Locked;
    if (locked && m_context.vault.takesPassphrase()) {
        unlockThen(&LogoutDialog::logOutAgain);
        return;
    }
    if (!locked)
        return logOutAgain();
    m_context.vault.unlock({}, guarded(this, [this](const Result<void>& unlocked) {
        if (unlocked)
            logOutAgain();
        else
            showFailure(unlocked.error());
    }));
}

void LogoutDialog::logOutAgain()
{
    showQuestion();
    if (m_forgetBox)
        m_forgetBox->setChecked(m_forget);
    logOut();
}

void LogoutDialog::reject()
{
    if (!m_busy)
        return Dialog::reject();
    m_context.vault.stopWaiting(); // answers, and the answer is shown
    if (m_busy)
        hide(); // a vault that waits for nobody will be done soon; it comes back if that fails
}

void LogoutDialog::takeBack()
{
    if (m_busy)
        hide();
    else
        Dialog::reject();
}

void LogoutDialog::closeEvent(QCloseEvent* event)
{
    if (m_busy) {
        event->ignore();
        reject();
    } else {
        Dialog::closeEvent(event);
    }
}

} // namespace hatstand::ui
