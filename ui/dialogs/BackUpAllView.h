// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/VaultViews.h"
#include "ui/dialogs/parts/ExportJob.h"

namespace hatstand::ui {

/// Saves every Nostr key that was never exported into one folder, a new file each, under one passphrase.
/// Antelope keys have no encrypted form and are left to be exported one by one.
class BackUpAllView final : public QObject
{
    Q_OBJECT
public:
    BackUpAllView(UiContext& context, const QList<session::SessionId>& ids, QObject* parent);
    [[nodiscard]] QWidget* firstField() const;
    View view;

Q_SIGNALS:
    void done();

private:
    void choose();
    void saveNext();
    void fail(const Error& error);
    [[nodiscard]] QString freePath(const QString& fileName) const;

    UiContext& m_context;
    QList<session::SessionId> m_waiting;
    qsizetype m_saved = 0;
    bool m_finished = false;
    QString m_folder;
    SharedSecret m_passphrase;
    ExportJob* m_job;
    PassphrasePair* m_pair;
    Notice* m_problem;
    Notice* m_success;
    QPushButton* m_back;
    QPushButton* m_save;
};

} // namespace hatstand::ui
