// SPDX-License-Identifier: MIT
#include "core/links/AnchorSigner.h"

#include "core/accounts/NetSetup.h"
#include "core/antelope/AnchorLink.h"
#include "core/antelope/EsrRequest.h"
#include "core/antelope/Keys.h"
#include "core/links/BuoyChannel.h"
#include "core/net/Fetcher.h"
#include "core/signing/AnchorKeys.h"

#include <QPointer>
#include <QTimer>
#include <algorithm>

namespace hatstand::links {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;
using session::SessionId;
using signing::KeyAnswer;

constexpr int kMostSignatures = 16; ///< beside the first, in an answer

/// What an answer has, each once. Whether "sig0" is the first or the second signature depends on who writes.
QStringList signaturesOf(const QJsonObject& answer)
{
    QStringList signatures{answer.value("sig"_L1).toString()};
    for (int i = 0; i < kMostSignatures; ++i)
        signatures += answer.value("sig"_L1 + QString::number(i)).toString();
    signatures.removeAll(QString());
    signatures.removeDuplicates();
    return signatures;
}

/// Version 2, since every Anchor reads it.
EsrRequest requestOf(
    const QString& chainId, const antelope::Transaction& transaction, const QString& callback, quint32 end)
{
    EsrRequest request;
    request.version = 2;
    request.chainId = chainId;
    request.what = EsrRequest::What::Transaction;
    request.transaction = transaction;
    request.background = true;
    request.callback = callback;
    request.info = {{u"link"_s, antelope::packLinkExpiration(end)}};
    return request;
}

/// One transaction on its way to an Anchor and back. Deletes itself with its last word.
class Job final : public QObject
{
public:
    Job(const AnchorSigner::Context& context, SessionId id, WalletLink wallet, const ByteArray<32>& digest,
        Callback<QString> done, QObject* parent)
        : QObject(parent)
        , m_context(context)
        , m_id(std::move(id))
        , m_wallet(std::move(wallet))
        , m_digest(digest)
        , m_done(std::move(done))
    {
        m_timeout.setSingleShot(true);
        connect(&m_timeout, &QTimer::timeout, this, [this] { finish(fail(ErrorCode::Expired)); });
    }

    [[nodiscard]] const SessionId& id() const { return m_id; }

    void start(const antelope::Transaction& transaction, const QDateTime& now, qint64 seconds)
    {
        m_timeout.start(std::chrono::seconds(seconds));
        const QString callback = newChannelUrl(m_context.net);
        const auto end = static_cast<quint32>(now.toSecsSinceEpoch() + seconds);
        const QString uri = toUri(requestOf(m_id.chain(), transaction, callback, end));
        const auto plain
            = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(bytesOf(uri.toLatin1())));
        m_context.keys.encrypt({.id = m_id.text()}, signing::Encryption::Sealed, m_wallet.signerKey, plain,
            nullptr, guarded(this, [this, callback](const Result<KeyAnswer>& sealed) {
                if (!sealed)
                    return finish(fail(sealed.error()));
                send(callback, sealed->text);
            }));
    }

    void finish(Result<QString> result)
    {
        const auto done = std::exchange(m_done, {});
        if (!done)
            return;
        m_timeout.stop();
        m_channel.reset();
        deleteLater();
        done(std::move(result));
    }

private:
    void send(const QString& callback, const QByteArray& sealed)
    {
        if (!m_done) // its time was over while the vault was waited for
            return;
        m_channel.reset(new BuoyChannel(callback,
            {.policy = accounts::netPolicy(m_context.net.settings),
                .reachability = m_context.net.reachability,
                .random = m_context.net.random,
                .circuit = m_id.text()}));
        connect(m_channel.get(), &BuoyChannel::received, this,
            [this](const QByteArray& message) { took(message); });
        m_channel->open(); // what comes before it is there waits for it
        m_context.fetcher.post(QUrl(m_wallet.channel), sealed, "application/octet-stream"_ba, m_id.text(),
            {.bytes = qint64{64} * 1024, .time = std::chrono::seconds(15)}, this,
            [this](const Result<net::Fetcher::Posted>& posted) {
                if (!posted)
                    finish(fail(posted.error()));
                else if (posted->status / 100 != 2)
                    finish(fail(ErrorCode::Network, QUrl(m_wallet.channel).host()));
            });
    }

    void took(const QByteArray& message)
    {
        const auto answer = parseAnswer(message);
        if (!answer || m_isChecking || !m_done)
            return;
        if (isRejection(*answer))
            return finish(fail(ErrorCode::Denied));
        // Over another transaction the same signature recovers to a key that nobody has.
        QList<QPair<QString, QString>> signers;
        for (const QString& signature : signaturesOf(*answer)) {
            if (const auto key = antelope::recover(signature, m_digest))
                signers.append({signature, key->text()});
        }
        if (signers.isEmpty())
            return;
        const session::Session* session = m_context.sessions.find(m_id);
        if (!session)
            return finish(fail(ErrorCode::NotFound, m_id.text()));
        for (const auto& [signature, key] : std::as_const(signers)) {
            if (signing::isSameKey(key, session->publicKey))
                return finish(signature);
        }
        askChain(signers);
    }

    /// Another of the permission's keys will do as well.
    void askChain(const QList<QPair<QString, QString>>& signers)
    {
        m_isChecking = true;
        const auto level = antelope::PermissionLevel::parse(m_id.identity());
        if (!level)
            return finish(fail(level.error()));
        m_context.account(m_id.chain(), level->actor.text(), m_id.text(), this,
            guarded(this,
                [this, signers, name = level->permission.text()](const Result<chain::ChainAccount>& account) {
                    if (!account)
                        return finish(fail(account.error()));
                    const auto* permission = account->permission(name);
                    for (const auto& [signature, key] : signers) {
                        if (permission && permission->weightOf(key) > 0)
                            return finish(signature);
                    }
                    finish(fail(ErrorCode::WrongAccount, m_id.text()));
                }));
    }

    AnchorSigner::Context m_context;
    SessionId m_id;
    WalletLink m_wallet;
    ByteArray<32> m_digest;
    Callback<QString> m_done;
    BuoyPtr m_channel;
    QTimer m_timeout;
    bool m_isChecking = false;
};

} // namespace

class AnchorSigner::Private
{
public:
    Context context;
    QList<QPointer<Job>> jobs = {};
};

AnchorSigner::AnchorSigner(const Context& context, QObject* parent)
    : QObject(parent)
    , d(new Private{context})
{
}

AnchorSigner::~AnchorSigner() = default;

void AnchorSigner::signTransaction(
    const SessionId& id, const antelope::Transaction& transaction, qint64 chainAhead, Callback<QString> done)
{
    const session::Session* session = d->context.sessions.find(id);
    if (!session || session->signer != session::SignerKind::Remote)
        return done(fail(ErrorCode::NotFound, id.text()));
    const auto wallet = d->context.store.wallet(id);
    if (!wallet)
        return done(fail(ErrorCode::SecretMissing, id.text()));
    const auto digest = transaction.digest(id.chain());
    if (!digest)
        return done(fail(digest.error()));
    const QDateTime now = d->context.clock.now().addSecs(chainAhead); // by it the transaction ends
    const qint64 left = qint64{transaction.header.expiration} - now.toSecsSinceEpoch();
    if (left <= 0)
        return done(fail(Error{.code = ErrorCode::Expired, .why = Why::RequestExpired}));
    auto* job = new Job(d->context, id, *wallet, *digest, std::move(done), this);
    d->jobs.removeIf([](const QPointer<Job>& other) { return other.isNull(); });
    d->jobs += job;
    job->start(transaction, now, std::min<qint64>(left, kWait.count()));
}

void AnchorSigner::cancel(const SessionId& id)
{
    const QList<QPointer<Job>> jobs = d->jobs;
    for (const QPointer<Job>& job : jobs) {
        if (job && job->id() == id)
            job->finish(fail(ErrorCode::Cancelled));
    }
}

} // namespace hatstand::links
