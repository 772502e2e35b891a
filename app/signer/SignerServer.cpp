// SPDX-License-Identifier: MIT
#include "app/signer/SignerServer.h"

#include "app/control/Protocol.h"
#include "core/codec/Hex.h"

#include <QHash>
#include <algorithm>
#include <optional>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;
using signing::KeyAnswer;
using signing::KeyRef;

QString text(const Message& message, QLatin1StringView name)
{
    return message.head.value(name).toString();
}

KeyRef keyOf(const Message& message)
{
    return {text(message, "id"_L1), text(message, "publicKey"_L1), text(message, "derive"_L1)};
}

Result<ByteArray<32>> digestOf(const Message& message)
{
    const QByteArray hex = text(message, "digest"_L1).toLatin1();
    const auto bytes = codec::fromHex(std::string_view(hex.constData(), std::size_t(hex.size())));
    ByteArray<32> digest{};
    if (!bytes || bytes->size() != qsizetype(digest.size()))
        return refuse(Why::BadDigest);
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

std::optional<signing::Encryption> schemeOf(const Message& message)
{
    const QString scheme = text(message, "scheme"_L1);
    if (scheme == "nip44"_L1)
        return signing::Encryption::Nip44;
    if (scheme == "nip04"_L1)
        return signing::Encryption::Nip04;
    if (scheme == "sealed"_L1)
        return signing::Encryption::Sealed;
    return std::nullopt;
}

Message failed(const Error& error)
{
    return {.head = {{u"error"_s, protocol::toJson(error)}}};
}

Message done()
{
    return {.head = {{u"ok"_s, true}}};
}

} // namespace

SignerServer::SignerServer(secrets::SecretVault& vault, signing::KeyHolder& keys, Send send,
    std::chrono::milliseconds idle, QObject* parent)
    : QObject(parent)
    , m_vault(vault)
    , m_keys(keys)
    , m_send(std::move(send))
{
    m_idle.setSingleShot(true);
    m_idle.setInterval(idle);
    connect(&m_idle, &QTimer::timeout, this, &SignerServer::onIdle);
    m_idle.start();
    using secrets::Vault;
    connect(&m_vault, &Vault::stateChanged, this, &SignerServer::tellState);
    connect(&m_vault, &Vault::waitingChanged, this, [this](bool waiting) {
        m_send({.head = {{u"event"_s, u"waiting"_s}, {u"on"_s, waiting}}});
    });
    connect(&m_vault, &Vault::answeredLate, this, [this] { m_send({.head = {{u"event"_s, u"late"_s}}}); });
}

QPair<VaultState, bool> SignerServer::told() const
{
    return {m_vault.state(), m_vault.takesPassphrase()};
}

void SignerServer::tellState()
{
    m_told = told();
    m_send({.head = {{u"event"_s, u"state"_s}, {u"state"_s, int(m_vault.state())},
                {u"passphrase"_s, m_vault.takesPassphrase()}}});
    onIdle();
}

/// An unlocked passphrase's key is what the next signature needs, so its holder stays until that is locked.
void SignerServer::onIdle()
{
    const bool holds = m_vault.takesPassphrase() && m_vault.state() == VaultState::Unlocked;
    if (m_open == 0 && !holds && (m_locked || !m_idle.isActive()))
        Q_EMIT finished();
}

Result<void> SignerServer::save(const QByteArray& content)
{
    if (!m_target || m_saved)
        return fail(ErrorCode::Disk, u"no file to write to"_s);
    m_saved = m_target->write(bytesOf(content)) && ::fsync(m_target->get()) == 0;
    return m_saved ? Result<void>() : fail(ErrorCode::Disk);
}

void SignerServer::handle(const SharedMessage& request)
{
    const QString what = text(*request, "do"_L1);
    const bool isExport = what == "export-key"_L1;
    m_idle.start();
    ++m_open;
    const auto reply = [this, guard = QPointer<SignerServer>(this), number = request->head.value("n"_L1),
                           saves = request->descriptor && !isExport](Message answer) {
        if (!guard)
            return;
        answer.head.insert("n"_L1, number);
        if (saves) {
            answer.head.insert("saved"_L1, std::exchange(m_saved, false));
            m_target.reset();
        }
        if (m_told != told())
            tellState(); // a passphrase may be set or taken away without another state
        m_send(answer);
        m_idle.start();
        --m_open;
        onIdle();
    };
    if (request->descriptor && !isExport) {
        if (m_target) {
            --m_open;
            Message busy = failed({.code = ErrorCode::Busy});
            busy.head.insert("n"_L1, request->head.value("n"_L1));
            return m_send(busy);
        }
        m_target = request->descriptor;
        m_saved = false;
    }
    if (request->head.contains("id"_L1) || what == "open-ncryptsec"_L1)
        handleKeys(what, request, reply);
    else
        handleVault(what, request, reply);
}

void SignerServer::handleVault(const QString& what, const SharedMessage& request, const Reply& reply)
{
    const auto plain
        = [reply](const Result<void>& result) { reply(result ? done() : failed(result.error())); };
    const QString key = text(*request, "key"_L1);
    if (what == "write"_L1)
        return m_vault.write(key, request->part(u"secret"_s), plain);
    if (what == "remove"_L1)
        return m_vault.remove(key, plain);
    if (what == "copy"_L1)
        return m_vault.copy(text(*request, "from"_L1), text(*request, "to"_L1), plain);
    if (what == "look"_L1) {
        return m_vault.look(key, [reply](const Result<std::optional<secrets::SecretType>>& type) {
            if (!type)
                return reply(failed(type.error()));
            Message answer = done();
            if (*type)
                answer.head.insert("type"_L1, int(**type));
            reply(answer);
        });
    }
    if (what == "prepare"_L1)
        return m_vault.prepare(plain);
    if (what == "refresh"_L1) {
        return m_vault.refresh([this, reply](const Result<VaultState>& state) {
            tellState();
            reply(state ? done() : failed(state.error()));
        });
    }
    if (what == "unlock"_L1)
        return m_vault.unlock(request->part(u"passphrase"_s), plain);
    if (what == "lock"_L1) {
        m_locked = true;
        return m_vault.lock(plain);
    }
    if (what == "change-passphrase"_L1) {
        return m_vault.changePassphrase(request->part(u"before"_s), request->part(u"after"_s), plain);
    }
    if (what == "idle"_L1) {
        constexpr qint64 kLongest = qint64{24} * 60 * 60 * 1000; // as the setting takes
        const qint64 ms = std::clamp(request->head.value("ms"_L1).toInteger(), qint64{0}, kLongest);
        m_vault.setIdleLimit(std::chrono::milliseconds(ms));
        return reply(done());
    }
    if (what == "stop-waiting"_L1) {
        m_vault.stopWaiting();
        return reply(done());
    }
    reply(failed({.code = ErrorCode::InvalidInput, .why = Why::NotThisForm}));
}

void SignerServer::handleKeys(const QString& what, const SharedMessage& request, const Reply& reply)
{
    const auto answer = [reply](const Result<KeyAnswer>& made) {
        if (!made)
            return reply(failed(made.error()));
        Message message = done();
        message.head.insert("type"_L1, int(made->key.type));
        message.head.insert("publicKey"_L1, made->key.publicKey);
        message.add(u"text"_s, made->text);
        reply(message);
    };
    const KeyRef key = keyOf(*request);
    const SharedSecret passphrase = request->part(u"passphrase"_s);
    if (what == "public-key"_L1)
        return m_keys.publicKey(key, passphrase, answer);
    if (what == "sign-event"_L1) {
        return m_keys.signEvent(key, request->bytes(u"event"_s),
            request->head.value("createdAt"_L1).toInteger(), passphrase, answer);
    }
    if (what == "sign-digest"_L1) {
        const auto digest = digestOf(*request);
        return digest ? m_keys.signDigest(key, *digest, passphrase, answer) : answer(fail(digest.error()));
    }
    if (what == "export-key"_L1)
        return m_keys.exportKey(key, request->descriptor, passphrase, answer);
    if (what == "export-encrypted"_L1)
        return m_keys.exportEncrypted(key, request->part(u"new"_s), passphrase, answer);
    if (what == "encrypt"_L1 || what == "decrypt"_L1) {
        const auto how = schemeOf(*request);
        const QString peer = text(*request, "peer"_L1);
        if (!how)
            return answer(refuse(Why::NotThisForm));
        if (what == "encrypt"_L1)
            return m_keys.encrypt(key, *how, peer, request->part(u"plain"_s), passphrase, answer);
        return m_keys.decrypt(key, *how, peer, request->bytes(u"payload"_s), passphrase, answer);
    }
    if (what == "open-ncryptsec"_L1)
        return m_keys.openNcryptsec(request->part(u"ncryptsec"_s), passphrase, answer);
    reply(failed({.code = ErrorCode::InvalidInput, .why = Why::NotThisForm}));
}

} // namespace hatstand::app
