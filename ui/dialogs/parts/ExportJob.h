// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"
#include "core/session/Session.h"
#include "ui/UiContext.h"

#include <QObject>

namespace hatstand::ui {

/// How the key of a session leaves the vault.
enum class ExportForm {
    Encrypted, ///< ncryptsec under a new passphrase
    AsStored, ///< the ncryptsec that rests in the vault
    PlainKey, ///< PVT_…: Antelope has no encrypted form
};
[[nodiscard]] ExportForm exportFormOf(const session::Session& session);

/// Takes one key out of the vault into a new file, mode 0600, or onto the clipboard for a while, and notes
/// that it was exported.
class ExportJob final : public QObject
{
    Q_OBJECT
public:
    explicit ExportJob(UiContext& context, QObject* parent = nullptr);
    /// passphrase: for ExportForm::Encrypted, otherwise null.
    void start(const session::SessionId& id, SharedSecret passphrase, const QString& path);
    void copy(const session::SessionId& id, SharedSecret passphrase);

Q_SIGNALS:
    void saved(const QString& path);
    void copied();
    void failed(const hatstand::Error& error);

private:
    void run(bool mayUnlock);
    void give(Bytes key);
    void fail(const Error& error, bool mayUnlock);

    UiContext& m_context;
    session::SessionId m_id;
    SharedSecret m_passphrase;
    QString m_path; ///< empty: the clipboard
};

/// "Mira Okafor.ncryptsec": the name without what file systems refuse.
[[nodiscard]] QString exportFileName(const QString& sessionName, ExportForm form);

} // namespace hatstand::ui
