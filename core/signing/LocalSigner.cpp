// SPDX-License-Identifier: MIT
#include "core/signing/Signer.h"

#include "core/antelope/Chains.h"
#include "core/nostr/Event.h"
#include "core/signing/ChainWords.h"
#include "core/signing/Describe.h"
#include "core/signing/KeyAccess.h"
#include "core/signing/RemoteSigner.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace hatstand::signing {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

namespace {

constexpr std::size_t kLongestKey = 256; ///< bytes, far more than any form of a key has

/// Who can't be asked is told so at once, whatever the vault is doing.
KeyAccess::Unknown unknownFor(const Approver& approver)
{
    return approver.isThere() ? KeyAccess::Unknown::AskVault : KeyAccess::Unknown::Accept;
}

} // namespace

class LocalSigner::Private
{
public:
    Private(LocalSigner& signer, session::SessionManager& manager, secrets::Vault& vault, KeyHolder& holder,
        const Clock& time, const antelope::Chains& known)
        : q(signer)
        , sessions(manager)
        , keys(holder)
        , clock(time)
        , chains(known)
        , access(manager, vault)
    {
    }

    /// Yes from the person, then the key: in this order, always.
    void askThenUse(const SessionId& id, QString peer, Description description, Approver& approver,
        PassphraseSource& passphrases, KeyAccess::Command command, Callback<QByteArray> done);
    void askThenUse(const SigningRequest& question, Approver& approver, PassphraseSource& passphrases,
        KeyAccess::Command command, Callback<QByteArray> done);
    [[nodiscard]] QString nameOf(const SessionId& id) const;
    [[nodiscard]] Result<void> checkTime(const TransactionRequest& request) const;
    [[nodiscard]] Result<void> checkFits(const Session& session, const antelope::PermissionLevel& account,
        const antelope::Transaction& transaction) const;
    void signTransaction(const Session& session, const TransactionRequest& request, Approver& approver,
        PassphraseSource& passphrases, Callback<QString> done);

    LocalSigner& q;
    session::SessionManager& sessions;
    KeyHolder& keys;
    const Clock& clock;
    const antelope::Chains& chains;
    RemoteSigner* remote = nullptr;
    KeyAccess access;
};

LocalSigner::LocalSigner(session::SessionManager& sessions, secrets::Vault& vault, KeyHolder& keys,
    const Clock& clock, const antelope::Chains& chains, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, sessions, vault, keys, clock, chains))
{
}

LocalSigner::~LocalSigner() = default;

void LocalSigner::setRemote(RemoteSigner* remote)
{
    d->remote = remote;
    connect(&d->sessions, &session::SessionManager::sessionRemoved, this, [this](const SessionId& id) {
        if (d->remote)
            d->remote->cancel(id);
    });
}

void LocalSigner::Private::askThenUse(const SessionId& id, QString peer, Description description,
    Approver& approver, PassphraseSource& passphrases, KeyAccess::Command command, Callback<QByteArray> done)
{
    askThenUse(SigningRequest{.session = id,
                   .sessionName = nameOf(id),
                   .peer = std::move(peer),
                   .what = std::move(description.what),
                   .text = std::move(description.text)},
        approver, passphrases, std::move(command), std::move(done));
}

QString LocalSigner::Private::nameOf(const SessionId& id) const
{
    const Session* session = sessions.find(id);
    return session ? sessions.nameOf(*session) : id.text();
}

void LocalSigner::Private::askThenUse(const SigningRequest& question, Approver& approver,
    PassphraseSource& passphrases, KeyAccess::Command command, Callback<QByteArray> done)
{
    approver.approve(question,
        guarded(&q,
            [this, id = question.session, &passphrases, command = std::move(command), done = std::move(done)](
                const Result<void>& answer) {
                if (!answer)
                    return done(fail(answer.error()));
                access.use(id, passphrases, command, done);
            }));
}

void LocalSigner::signEvent(const SessionId& id, const QByteArray& unsignedEvent, Approver& approver,
    PassphraseSource& passphrases, Callback<QByteArray> done)
{
    const auto event = nostr::parseUnsigned(unsignedEvent);
    const auto ask = [=, this, &approver, &passphrases](const Result<Session>& session) {
        if (!session)
            return done(fail(session.error()));
        if (!event)
            return done(fail(event.error()));
        if (event->pubkey && event->pubkey->hex() != id.identity())
            return done(fail(ErrorCode::WrongAccount, id.text()));
        nostr::UnsignedEvent shown = *event;
        if (!shown.createdAt)
            shown.createdAt
                = d->clock.now().toSecsSinceEpoch(); // now, so that what is shown is what is signed
        const auto sign = [this, unsignedEvent, time = *shown.createdAt](
                              const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> signedEvent) {
            d->keys.signEvent(key, unsignedEvent, time, std::move(passphrase), std::move(signedEvent));
        };
        d->askThenUse(id, u"hatstand sign-event"_s, describeEvent(shown), approver, passphrases, sign, done);
    };
    d->access.check(id, u"nostr"_s, unknownFor(approver), ask);
}

void LocalSigner::signDigest(const SessionId& id, const ByteArray<32>& digest, Approver& approver,
    PassphraseSource& passphrases, Callback<QString> done)
{
    const auto ask = [=, this, &approver, &passphrases](const Result<Session>& session) {
        if (!session)
            return done(fail(session.error()));
        const auto sign
            = [this, digest](const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> signature) {
                  d->keys.signDigest(key, digest, std::move(passphrase), std::move(signature));
              };
        const auto asText = [done](const Result<QByteArray>& signature) {
            done(signature.map([](const QByteArray& text) { return QString::fromLatin1(text); }));
        };
        d->askThenUse(
            id, u"hatstand sign-digest"_s, describeDigest(digest), approver, passphrases, sign, asText);
    };
    d->access.check(id, u"antelope"_s, unknownFor(approver), ask);
}

/// A transaction that has no end is an identity's of version 2.
Result<void> LocalSigner::Private::checkTime(const TransactionRequest& request) const
{
    const qint64 end = request.transaction.header.expiration;
    if (end > 0 && clock.now().toSecsSinceEpoch() + request.chainAhead >= end)
        return fail(Error{.code = ErrorCode::Expired, .why = Why::RequestExpired});
    return {};
}

/// One signature counts for all that its key can do. So nothing may be in the transaction that needs no other
/// key and is not of the account shown, nor anything that no view shows.
Result<void> LocalSigner::Private::checkFits(const Session& session, const antelope::PermissionLevel& account,
    const antelope::Transaction& transaction) const
{
    if (transaction.header.delaySec != 0)
        return refuse(Why::Malformed, u"delay_sec"_s);
    if (!transaction.extensions.isEmpty())
        return refuse(Why::Malformed, u"transaction_extensions"_s);
    const auto wrong = [](const antelope::PermissionLevel& level) {
        return fail(
            Error{.code = ErrorCode::WrongAccount, .why = Why::NotAuthorised, .detail = level.text()});
    };
    if (!transaction.isAuthorisedBy(account))
        return wrong(account);
    for (const antelope::Action& action : transaction.actions) {
        for (const antelope::PermissionLevel& level : action.authorization) {
            const Session* other = sessions.find(SessionId(session.id.network() + u':' + level.text()));
            const bool isSameKey
                = other && !session.publicKey.isEmpty() && other->publicKey == session.publicKey;
            if (level != account && (level.actor == account.actor || isSameKey))
                return wrong(account);
        }
    }
    return {};
}

void LocalSigner::Private::signTransaction(const Session& session, const TransactionRequest& request,
    Approver& approver, PassphraseSource& passphrases, Callback<QString> done)
{
    const QString chainId = session.id.chain();
    const antelope::Chain* chain = chains.byId(chainId);
    const auto account = antelope::PermissionLevel::parse(session.id.identity());
    const auto digest = request.transaction.digest(chainId);
    if (!chain || !account || !digest)
        return done(fail(ErrorCode::UnknownChain, chainId));
    if (const auto fits = checkFits(session, *account, request.transaction); !fits)
        return done(fail(fits.error()));
    if (const auto inTime = checkTime(request); !inTime)
        return done(fail(inTime.error()));
    const auto words
        = std::make_shared<const TransactionWords>(describeTransaction(request, *chain, *account));
    const auto sign = [this, digest = *digest, request](
                          const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> signature) {
        if (const auto inTime = checkTime(request); !inTime) // the yes may have taken its time
            return signature(fail(inTime.error()));
        keys.signDigest(key, digest, std::move(passphrase), std::move(signature));
    };
    const auto asQString = [done](const Result<QByteArray>& signature) {
        done(signature.map([](const QByteArray& text) { return QString::fromLatin1(text); }));
    };
    const SigningRequest question{.session = session.id,
        .sessionName = sessions.nameOf(session),
        .peer = request.peer,
        .what = headline(*words),
        .text = asText(*words),
        .chain = words,
        .others = request.others,
        .signAs = request.signAs,
        .isGone = request.isGone,
        .series = request.series};
    // Its own person is asked too, at the other end; only what it is asked with is sealed here.
    const auto signThere
        = [this, id = session.id, transaction = request.transaction, ahead = request.chainAhead](
              const KeyRef&, const SharedSecret&, Callback<KeyAnswer> signature) {
              remote->signTransaction(id, transaction, ahead, [signature](const Result<QString>& text) {
                  signature(text.map([](const QString& made) { return KeyAnswer{made.toLatin1(), {}}; }));
              });
          };
    const bool isRemote = session.signer == session::SignerKind::Remote;
    askThenUse(question, approver, passphrases,
        isRemote ? KeyAccess::Command(signThere) : KeyAccess::Command(sign), asQString);
}

void LocalSigner::signTransaction(const SessionId& id, const TransactionRequest& request, Approver& approver,
    PassphraseSource& passphrases, Callback<QString> done)
{
    const auto ask = [=, this, &approver, &passphrases](const Result<Session>& session) {
        if (!session)
            return done(fail(session.error()));
        d->signTransaction(*session, request, approver, passphrases, done);
    };
    const Session* session = d->sessions.find(id);
    const bool isRemote = session && session->signer == session::SignerKind::Remote;
    if (isRemote && d->remote && session->state != session::SessionState::Damaged)
        return d->signTransaction(Session(*session), request, approver, passphrases, done);
    d->access.check(id, u"antelope"_s, unknownFor(approver), ask);
}

void LocalSigner::exportKeyTo(
    const SessionId& id, SharedDescriptor to, PassphraseSource& passphrases, Callback<void> done)
{
    const auto write = [this, to](const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> written) {
        d->keys.exportKey(key, to, std::move(passphrase), std::move(written));
    };
    d->access.check(
        id, {}, KeyAccess::Unknown::AskVault, [=, this, &passphrases](const Result<Session>& session) {
            if (!session)
                return done(fail(session.error()));
            d->access.use(id, passphrases, write,
                [done](const Result<QByteArray>& written) { done(written.map([](const QByteArray&) {})); });
        });
}

void LocalSigner::exportKey(const SessionId& id, PassphraseSource& passphrases, Callback<SharedSecret> done)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return done(fail(ErrorCode::Failed, u"no pipe"_s));
    const auto out = std::make_shared<const Descriptor>(ends[0]);
    const auto in = std::make_shared<const Descriptor>(ends[1]);
    exportKeyTo(id, in, passphrases, [out, done = std::move(done)](const Result<void>& written) {
        if (!written)
            return done(fail(written.error()));
        SecretBuffer key = out->readAvailable(kLongestKey).trimmed();
        if (key.isEmpty())
            return done(fail(ErrorCode::Failed, u"no key came"_s));
        done(std::make_shared<const SecretBuffer>(std::move(key)));
    });
}

void LocalSigner::exportEncrypted(
    const SessionId& id, SharedSecret newPassphrase, PassphraseSource& passphrases, Callback<QByteArray> done)
{
    const auto command
        = [this, newPassphrase](const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> made) {
              d->keys.exportEncrypted(key, newPassphrase, std::move(passphrase), std::move(made));
          };
    d->access.check(id, u"nostr"_s, KeyAccess::Unknown::AskVault,
        [=, this, &passphrases](const Result<Session>& session) {
            if (!session)
                return done(fail(session.error()));
            if (newPassphrase)
                d->access.use(id, passphrases, command, done);
            else
                d->access.useAsItRests(id, passphrases, command, done);
        });
}

Result<SessionId> whoSigns(const session::SessionManager& sessions, const QByteArray& unsignedEvent)
{
    const auto event = nostr::parseUnsigned(unsignedEvent);
    if (!event)
        return fail(event.error());
    if (event->pubkey) {
        const SessionId id("nostr:"_L1 + event->pubkey->hex());
        return sessions.find(id) ? Result<SessionId>(id) : fail(ErrorCode::NotFound, id.text());
    }
    const SessionId active = sessions.active();
    const SessionId id = active.family() == "nostr"_L1 ? active : sessions.defaultOf(u"nostr"_s);
    if (id.isEmpty())
        return fail(ErrorCode::NoActive);
    return id;
}

} // namespace hatstand::signing
