// SPDX-License-Identifier: MIT
#include "ui/dialogs/BackupView.h"

#include "core/session/SessionManager.h"
#include "ui/clipboard/SecretClipboard.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Dialog.h"
#include "ui/dialogs/parts/PassphrasePair.h"
#include "ui/dialogs/parts/SaveFile.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/VaultWords.h"

#include <QBoxLayout>
#include <QDir>
#include <QPushButton>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

BackupView::BackupView(UiContext& context, const session::SessionId& id, After after, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_id(id)
    , m_form(ExportForm::Encrypted)
    , m_after(after)
    , m_job(new ExportJob(context, this))
{
    if (const session::Session* session = context.sessions.find(id))
        m_form = exportFormOf(*session);
    view.body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(view.body, 24, 16);
    addTexts(layout, nameOf(context.sessions, id));
    m_problem = new Notice(Panel::Danger, {}, {});
    m_problem->hide();
    layout->addWidget(m_problem);
    m_success = new Notice(Panel::Success, {}, {});
    m_success->hide();
    layout->addWidget(m_success);
    layout->addStretch();

    m_leave = button(after == After::Generating ? tr("Not now") : tr("Cancel"), ButtonKind::Flat);
    m_save = button(m_form == ExportForm::PlainKey ? tr("Save key file…") : tr("Save backup…"),
        ButtonKind::Primary, u"download"_s);
    m_save->setDefault(true);
    m_save->setEnabled(isReady());
    m_copy = button(tr("Copy"), ButtonKind::Normal, u"copy"_s);
    m_copy->setToolTip(tr("Copy the key for %1 seconds").arg(SecretClipboard::kLifetime.count()));
    m_copy->setEnabled(isReady());
    connect(m_leave, &QPushButton::clicked, this, [this] { Q_EMIT done(m_saved); });
    connect(m_save, &QPushButton::clicked, this, [this] {
        if (m_saved)
            Q_EMIT done(true);
        else
            choose();
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        m_problem->hide();
        setBusy(true);
        m_job->copy(m_id, m_pair ? m_pair->peek() : nullptr);
    });
    connect(m_job, &ExportJob::saved, this, &BackupView::onSaved);
    connect(m_job, &ExportJob::copied, this, &BackupView::onCopied);
    connect(m_job, &ExportJob::failed, this, [this](const Error& error) {
        setBusy(false);
        const VaultProblem problem = vaultProblem(error, m_context.vault.kind());
        m_problem->setTexts(problem.title, problem.advice);
        m_problem->show();
    });
    view.foot = footOf({m_leave}, {m_copy, m_save});
}

void BackupView::addTexts(QVBoxLayout* layout, const QString& name)
{
    const bool fresh = m_after == After::Generating;
    const QString title = fresh ? tr("%1 is ready").arg(name) : tr("Back up %1").arg(name);
    switch (m_form) {
    case ExportForm::Encrypted:
        layout->addWidget(accountHead(m_context, m_id, title,
            fresh ? tr("Save an encrypted backup now. It is the only way back to this account.")
                  : tr("Save the key to a file, or copy it, encrypted under a passphrase.")));
        m_pair = new PassphrasePair;
        connect(m_pair, &PassphrasePair::readyChanged, this, [this] { setBusy(false); });
        layout->addWidget(m_pair);
        m_warning = new Notice(Panel::Warning, {},
            tr("Hatstand can't recover this passphrase. Write it down and keep it apart from the file."));
        break;
    case ExportForm::AsStored:
        layout->addWidget(accountHead(m_context, m_id, title,
            tr("Save the encrypted key to a file, or copy it, as it is. Its passphrase opens it.")));
        break;
    case ExportForm::PlainKey:
        layout->addWidget(
            accountHead(m_context, m_id, title, tr("Save the private key to a file, or copy it.")));
        m_warning = new Notice(Panel::Warning, tr("This file is not encrypted."),
            tr("Antelope keys have no encrypted form. Whoever reads the file can use the account. Keep it "
               "off this computer."));
        break;
    }
    if (m_warning)
        layout->addWidget(m_warning);
}

QWidget* BackupView::firstField() const
{
    return m_pair ? static_cast<QWidget*>(m_pair->first()) : m_save;
}

bool BackupView::isReady() const
{
    return !m_pair || m_pair->isReady();
}

void BackupView::choose()
{
    m_problem->hide();
    const QString suggested = exportFileName(nameOf(m_context.sessions, m_id), m_form);
    askWhereToSave(view.body->window(), m_save->text(), suggested, guarded(this, [this](const QString& path) {
        setBusy(true);
        m_job->start(m_id, m_pair ? m_pair->peek() : nullptr, path);
    }));
}

void BackupView::setBusy(bool busy)
{
    if (m_pair)
        m_pair->setEnabled(!busy);
    m_save->setEnabled(!busy && isReady());
    m_copy->setEnabled(!busy && isReady());
}

void BackupView::onSaved(const QString& path)
{
    onDone(tr("The backup is saved"), QDir::toNativeSeparators(path));
}

void BackupView::onCopied()
{
    onDone({}, tr("Copied. The clipboard is cleared in %1 s.").arg(SecretClipboard::kLifetime.count()));
}

void BackupView::onDone(const QString& title, const QString& text)
{
    m_saved = true;
    if (m_pair) {
        m_pair->wipe();
        m_pair->hide();
    }
    if (m_warning)
        m_warning->hide();
    m_success->setTexts(title, text);
    m_success->show();
    m_leave->hide();
    m_copy->hide();
    m_save->setText(tr("Done"));
    m_save->setIcon({});
    m_save->setEnabled(true);
    m_save->setFocus();
}

} // namespace hatstand::ui
