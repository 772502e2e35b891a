// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/VaultViews.h"
#include "ui/dialogs/parts/ExportJob.h"

namespace hatstand::ui {

/// Saves one key to a new file, or copies it: encrypted under a new passphrase, as it is stored, or, for
/// Antelope, in clear with a warning. Shown inside other dialogs, never on top of them.
class BackupView final : public QObject
{
    Q_OBJECT
public:
    enum class After { Generating, Asking };
    BackupView(UiContext& context, const session::SessionId& id, After after, QObject* parent);
    [[nodiscard]] QWidget* firstField() const;
    View view;

Q_SIGNALS:
    void done(bool saved); ///< left, with or without a backup

private:
    void addTexts(class QVBoxLayout* layout, const QString& name);
    void choose();
    void setBusy(bool busy);
    void onSaved(const QString& path);
    void onCopied();
    void onDone(const QString& title, const QString& text);
    [[nodiscard]] bool isReady() const;

    UiContext& m_context;
    session::SessionId m_id;
    ExportForm m_form;
    After m_after;
    bool m_saved = false;
    ExportJob* m_job;
    PassphrasePair* m_pair = nullptr;
    Notice* m_warning = nullptr;
    Notice* m_problem = nullptr;
    Notice* m_success = nullptr;
    QPushButton* m_leave = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace hatstand::ui
