// SPDX-License-Identifier: MIT
#include "ui/dialogs/BackUpAllView.h"

#include "core/session/SessionManager.h"
#include "ui/dialogs/LogoutParts.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Dialog.h"
#include "ui/dialogs/parts/PassphrasePair.h"
#include "ui/dialogs/parts/SaveFile.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/VaultWords.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileInfo>
#include <QPushButton>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

BackUpAllView::BackUpAllView(UiContext& context, const QList<session::SessionId>& ids, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_job(new ExportJob(context, this))
    , m_pair(new PassphrasePair)
    , m_problem(new Notice(Panel::Danger, {}, {}))
    , m_success(new Notice(Panel::Success, {}, {}))
    , m_back(button(tr("Back"), ButtonKind::Flat))
    , m_save(button(tr("Save backups…"), ButtonKind::Primary, u"download"_s))
{
    qsizetype unencryptable = 0;
    for (const session::SessionId& id : ids) {
        const session::Session* session = context.sessions.find(id);
        if (!session || !holdsKey(*session) || session->exportedAt.isValid())
            continue;
        if (exportFormOf(*session) == ExportForm::PlainKey)
            ++unencryptable;
        else
            m_waiting += id;
    }
    view.body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(view.body, 24, 16);
    layout->addWidget(paragraph(tr("Back up all accounts"), TextStyle::Title));
    layout->addWidget(
        paragraph(tr("Each key is saved to a file of its own, encrypted under this passphrase."),
            TextStyle::Body, Ink::Secondary));
    layout->addWidget(m_pair);
    if (unencryptable > 0)
        layout->addWidget(new Notice(Panel::Note, {},
            tr("Antelope keys have no encrypted form and are not saved here (%1). Export each from its own "
               "page.")
                .arg(unencryptable)));
    layout->addWidget(new Notice(Panel::Warning, {},
        tr("Hatstand can't recover this passphrase. Write it down and keep it apart from the files.")));
    m_problem->hide();
    m_success->hide();
    layout->addWidget(m_problem);
    layout->addWidget(m_success);
    layout->addStretch();
    m_save->setDefault(true);
    m_save->setEnabled(false);
    connect(m_pair, &PassphrasePair::readyChanged, this,
        [this] { m_save->setEnabled(m_pair->isReady() && !m_waiting.isEmpty()); });
    connect(m_back, &QPushButton::clicked, this, &BackUpAllView::done);
    connect(m_save, &QPushButton::clicked, this, [this] {
        if (m_finished)
            Q_EMIT done();
        else
            choose();
    });
    connect(m_job, &ExportJob::saved, this, [this] {
        m_waiting.removeFirst();
        ++m_saved;
        saveNext();
    });
    connect(m_job, &ExportJob::failed, this, &BackUpAllView::fail);
    view.foot = footOf({m_back}, {m_save});
}

QWidget* BackUpAllView::firstField() const
{
    return m_pair->first();
}

void BackUpAllView::choose()
{
    askForFolder(view.body->window(), tr("Save backups"), guarded(this, [this](const QString& folder) {
        m_problem->hide();
        m_folder = folder;
        m_passphrase = m_pair->peek();
        m_pair->setEnabled(false);
        m_save->setEnabled(false);
        saveNext();
    }));
}

QString BackUpAllView::freePath(const QString& fileName) const
{
    const QFileInfo wanted(QDir(m_folder).filePath(fileName));
    QString path = wanted.filePath();
    for (int n = 2; QFileInfo::exists(path); ++n)
        path = QDir(m_folder).filePath(
            u"%1 %2.%3"_s.arg(wanted.completeBaseName(), QString::number(n), wanted.suffix()));
    return path;
}

void BackUpAllView::saveNext()
{
    while (!m_waiting.isEmpty() && !m_context.sessions.find(m_waiting.first()))
        m_waiting.removeFirst(); // logged out elsewhere meanwhile
    if (m_waiting.isEmpty()) {
        m_finished = true;
        m_passphrase.reset();
        m_pair->wipe();
        m_success->setTexts(
            tr("The backups are saved (%1)").arg(m_saved), QDir::toNativeSeparators(m_folder));
        m_success->show();
        m_back->hide();
        m_save->setText(tr("Done"));
        m_save->setIcon({});
        m_save->setEnabled(true);
        m_save->setFocus();
        return;
    }
    const session::SessionId id = m_waiting.first();
    const ExportForm form = exportFormOf(*m_context.sessions.find(id));
    m_job->start(id, form == ExportForm::Encrypted ? m_passphrase : nullptr,
        freePath(exportFileName(nameOf(m_context.sessions, id), form)));
}

void BackUpAllView::fail(const Error& error)
{
    m_passphrase.reset();
    m_pair->setEnabled(true);
    m_save->setEnabled(m_pair->isReady());
    const VaultProblem problem = vaultProblem(error, m_context.vault.kind());
    m_problem->setTexts(problem.title, problem.advice);
    m_problem->show();
}

} // namespace hatstand::ui
