// SPDX-License-Identifier: MIT
#include "core/links/AnchorLogin.h"

#include "core/accounts/NetSetup.h"
#include "core/antelope/AnchorLink.h"
#include "core/antelope/EsrResolve.h"
#include "core/antelope/Keys.h"
#include "core/antelope/Times.h"
#include "core/links/BuoyChannel.h"
#include "core/nostr/ListTags.h"
#include "core/secrets/StoredSecret.h"
#include "core/signing/AnchorKeys.h"

#include <QTimer>
#include <utility>

namespace hatstand::links {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;
using antelope::PermissionLevel;

const QString kScope = u"hatstand"_s;
const QString kWallet = u"anchor"_s; ///< WharfKit's id
/// A proof lasts a minute, by the other device's clock.
constexpr qint64 kClocksDiffer = qint64{5} * 60; // s

/// What an answer says, before the chain was asked.
struct Answered
{
    PermissionLevel level;
    QString key; ///< PUB_…
    WalletLink wallet;
};

QString text(const QJsonObject& answer, QLatin1StringView key)
{
    return answer.value(key).toString();
}

std::pair<SecretBuffer, QString> newKey(Random& random)
{
    for (;;) {
        SecretBuffer secret(32);
        random.fill(secret.edit());
        if (const auto key = antelope::PrivateKey::fromBytes(antelope::Curve::K1, secret.clone()))
            return {std::move(secret), key->publicKey().text()};
    }
}

EsrRequest identityRequest(const QString& chainId, const QString& callback, const QString& requestKey)
{
    const auto scope = antelope::Name::parse(kScope);
    const antelope::LinkCreate link{
        .sessionName = *scope, .requestKey = requestKey, .userAgent = u"Hatstand"_s};
    EsrRequest request;
    request.version = 3;
    request.chainId = chainId;
    request.what = EsrRequest::What::Identity;
    request.scope = *scope;
    request.background = true;
    request.callback = callback;
    request.info = {{u"link"_s, link.pack()}};
    return request;
}

Result<WalletLink> walletOf(const QJsonObject& answer, const net::NetPolicy& policy)
{
    const auto signerKey = antelope::PublicKey::parse(text(answer, "link_key"_L1));
    if (!signerKey || signerKey->curve() != antelope::Curve::K1)
        return refuse(Why::Malformed, u"link_key"_s);
    const QString channel = text(answer, "link_ch"_L1);
    if (!isChannelUrl(channel, policy))
        return refuse(Why::Malformed, u"link_ch"_s);
    const QString name = nostr::plainLine(text(answer, "link_name"_L1));
    if (name.isEmpty())
        return refuse(Why::Malformed, u"link_name"_s);
    return WalletLink{.session = {},
        .channel = QUrl(channel).toString(QUrl::FullyEncoded),
        .signerKey = signerKey->text(),
        .name = name};
}

/// The request is the one that was made here, so that the answer can't say what was asked.
Result<Answered> read(
    const QJsonObject& answer, const QString& chainId, const net::NetPolicy& policy, const QDateTime& now)
{
    const auto actor = antelope::Name::parse(text(answer, "sa"_L1));
    const auto permission = antelope::Name::parse(text(answer, "sp"_L1));
    if (!actor || !permission)
        return refuse(Why::Malformed, u"sa"_s);
    if (text(answer, "cid"_L1).toLower() != chainId)
        return refuse(Why::Malformed, u"cid"_s);
    const auto end = antelope::parseSeconds(text(answer, "ex"_L1));
    if (!end)
        return refuse(Why::Malformed, u"ex"_s);
    if (now.toSecsSinceEpoch() > qint64{*end} + kClocksDiffer)
        return fail(ErrorCode::Expired);
    const PermissionLevel level{*actor, *permission};
    const antelope::IdentityProof proof{.chainId = chainId,
        .scope = *antelope::Name::parse(kScope),
        .expiration = *end,
        .signer = level,
        .signature = text(answer, "sig"_L1)};
    const auto key = proof.signingKey();
    if (!key)
        return refuse(Why::Malformed, u"sig"_s);
    return walletOf(answer, policy).map([&](WalletLink wallet) {
        wallet.session = session::SessionId("antelope:"_L1 + chainId + u':' + level.text());
        return Answered{level, *key, std::move(wallet)};
    });
}

Result<void> checkKey(const chain::ChainAccount& account, const Answered& answered)
{
    const QString level = answered.level.text();
    const auto* permission = account.permission(answered.level.permission.text());
    if (!permission)
        return fail(Error{.code = ErrorCode::NotFound, .why = Why::NoSuchPermission, .detail = level});
    if (permission->isEnough(answered.key))
        return {};
    const bool isWeak = permission->weightOf(answered.key) > 0;
    return fail(Error{
        .code = ErrorCode::KeyMismatch, .why = isWeak ? Why::KeyTooWeak : Why::Unsaid, .detail = level});
}

} // namespace

class AnchorLogin::Private
{
public:
    Private(AnchorLogin& login, const Context& given)
        : q(login)
        , context(given)
    {
    }

    void took(const QByteArray& message);
    void finish(Result<AnchorAccount> result);
    [[nodiscard]] AnchorAccount account(const Answered& answered);

    AnchorLogin& q;
    Context context;
    Callback<AnchorAccount> done;
    BuoyPtr channel;
    QTimer timeout;
    QString chainId;
    QString circuit;
    net::NetPolicy policy;
    SecretBuffer requestSecret;
    quint64 run = 0;
    bool isChecking = false;
};

void AnchorLogin::Private::took(const QByteArray& message)
{
    const auto answer = parseAnswer(message);
    if (!answer || isChecking || !done)
        return;
    if (isRejection(*answer))
        return finish(fail(ErrorCode::Denied));
    const auto answered = read(*answer, chainId, policy, context.clock.now());
    if (!answered)
        return finish(fail(answered.error()));
    isChecking = true;
    context.account(chainId, answered->level.actor.text(), circuit, &q,
        guarded(&q, [this, mine = run, answered = *answered](const Result<chain::ChainAccount>& found) {
            if (mine != run || !done)
                return;
            if (!found)
                return finish(fail(found.error()));
            if (const auto fits = checkKey(*found, answered); !fits)
                return finish(fail(fits.error()));
            finish(account(answered));
        }));
}

AnchorAccount AnchorLogin::Private::account(const Answered& answered)
{
    const signing::AnchorEntry entry{.secret = std::move(requestSecret),
        .signerKey = answered.wallet.signerKey,
        .channel = answered.wallet.channel,
        .name = answered.wallet.name};
    session::NewSession made;
    made.id = answered.wallet.session;
    made.signer = session::SignerKind::Remote;
    made.wallet = kWallet;
    made.publicKey = answered.key;
    made.secret = std::make_shared<const SecretBuffer>(
        secrets::encode({secrets::SecretType::Anchor, signing::encodeAnchorEntry(entry)}));
    return {std::move(made), answered.wallet};
}

void AnchorLogin::Private::finish(Result<AnchorAccount> result)
{
    const auto answer = std::exchange(done, {});
    ++run;
    timeout.stop();
    channel.reset();
    requestSecret.clear();
    isChecking = false;
    if (answer)
        answer(std::move(result)); // may end this
}

AnchorLogin::AnchorLogin(const Context& context, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, context))
{
    d->timeout.setSingleShot(true);
    connect(&d->timeout, &QTimer::timeout, this, [this] { d->finish(fail(ErrorCode::Expired)); });
}

AnchorLogin::~AnchorLogin()
{
    delete d->channel.release(); // at the program's end no later turn would
}

QString AnchorLogin::start(const QString& chainId, Callback<AnchorAccount> done)
{
    const QPointer<AnchorLogin> self(this);
    cancel(); // whoever is told may have no more use for this
    if (!self)
        return {};
    auto [secret, requestKey] = newKey(d->context.net.random);
    const QString callback = newChannelUrl(d->context.net);
    d->done = std::move(done);
    d->chainId = chainId;
    d->circuit = circuitOf(callback);
    d->policy = accounts::netPolicy(d->context.net.settings);
    d->requestSecret = std::move(secret);
    d->channel.reset(new BuoyChannel(callback,
        {.policy = d->policy,
            .reachability = d->context.net.reachability,
            .random = d->context.net.random,
            .circuit = d->circuit}));
    connect(d->channel.get(), &BuoyChannel::received, this,
        [this](const QByteArray& message) { d->took(message); });
    d->channel->open();
    d->timeout.start(d->context.wait);
    return toUri(identityRequest(chainId, callback, requestKey));
}

void AnchorLogin::cancel()
{
    d->finish(fail(ErrorCode::Cancelled));
}

} // namespace hatstand::links
