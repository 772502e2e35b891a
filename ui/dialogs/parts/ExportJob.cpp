// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/ExportJob.h"

#include "core/secrets/Vault.h"
#include "core/session/SessionManager.h"
#include "core/signing/Signer.h"
#include "ui/clipboard/SecretClipboard.h"
#include "ui/dialogs/parts/NewFile.h"

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// No form that is exported here needs a passphrase but the one the dialog has asked for.
class NobodyToAsk final : public signing::PassphraseSource
{
public:
    void ask(For, const QString&, Callback<SharedSecret> done) override
    {
        done(hatstand::fail(ErrorCode::PassphraseRequired));
    }
};

NobodyToAsk& nobody()
{
    static NobodyToAsk source; // holds nothing
    return source;
}

} // namespace

ExportForm exportFormOf(const session::Session& session)
{
    if (session.id.family() != "nostr"_L1)
        return ExportForm::PlainKey;
    return session.signer == session::SignerKind::EncryptedKey ? ExportForm::AsStored : ExportForm::Encrypted;
}

ExportJob::ExportJob(UiContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
}

void ExportJob::start(const session::SessionId& id, SharedSecret passphrase, const QString& path)
{
    m_id = id;
    m_passphrase = std::move(passphrase);
    m_path = path;
    run(true);
}

void ExportJob::copy(const session::SessionId& id, SharedSecret passphrase)
{
    start(id, std::move(passphrase), {});
}

void ExportJob::run(bool mayUnlock)
{
    const session::Session* session = m_context.sessions.find(m_id);
    if (!session)
        return fail(Error{.code = ErrorCode::NotFound}, false);
    if (exportFormOf(*session) == ExportForm::PlainKey) {
        m_context.signer.exportKey(m_id, nobody(), guarded(this, [this, mayUnlock](Result<SharedSecret> key) {
            if (!key)
                return fail(key.error(), mayUnlock);
            give((*key)->view());
        }));
        return;
    }
    m_context.signer.exportEncrypted(
        m_id, m_passphrase, nobody(), guarded(this, [this, mayUnlock](Result<QByteArray> key) {
            if (!key)
                return fail(key.error(), mayUnlock);
            give(bytesOf(*key));
        }));
}

void ExportJob::fail(const Error& error, bool mayUnlock)
{
    // The desktop's own prompt; a passphrase vault is unlocked by the view before.
    if (error.code == ErrorCode::Locked && mayUnlock && !m_context.vault.takesPassphrase()) {
        m_context.vault.unlock({}, guarded(this, [this](Result<void> unlocked) {
            if (unlocked)
                run(false);
            else
                fail(unlocked.error(), false);
        }));
        return;
    }
    m_passphrase.reset();
    Q_EMIT failed(error);
}

void ExportJob::give(Bytes key)
{
    constexpr std::uint8_t kNewLine[]{'\n'};
    if (m_path.isEmpty())
        m_context.clipboard.put(key);
    else if (const auto written = writeNewFile(m_path, SecretBuffer::concat({key, Bytes(kNewLine)}).view());
             !written)
        return fail(written.error(), false);
    m_passphrase.reset();
    if (const auto marked = m_context.sessions.markExported(m_id); !marked)
        return fail(marked.error(), false);
    if (m_path.isEmpty())
        Q_EMIT copied();
    else
        Q_EMIT saved(m_path);
}

QString exportFileName(const QString& sessionName, ExportForm form)
{
    QString name;
    for (const QChar c : sessionName)
        name += c.isPrint() && !u"/\\:*?\"<>|"_s.contains(c) ? c : QChar(u'_');
    name = name.trimmed();
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    if (name.isEmpty())
        name = u"hatstand"_s;
    return name + (form == ExportForm::PlainKey ? ".key"_L1 : ".ncryptsec"_L1);
}

} // namespace hatstand::ui
