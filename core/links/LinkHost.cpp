// SPDX-License-Identifier: MIT
#include "core/links/LinkHost.h"

#include "core/accounts/NetSetup.h"
#include "core/antelope/AnchorLink.h"
#include "core/antelope/Keys.h"
#include "core/base/Settings.h"
#include "core/links/LinkHost_p.h"
#include "core/nostr/ListTags.h"
#include "core/signing/AnchorKeys.h"

#include <QUrl>

namespace hatstand::links {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;
using session::SessionState;
using session::SignerKind;
using signing::KeyAnswer;
using signing::KeyRef;

namespace {

const QString kLinkName = u"Hatstand"_s;

/// Where an app says that it runs: the page to go back to, otherwise where the answer goes.
QString hostOf(const antelope::EsrRequest& request)
{
    const QUrl page(QString::fromUtf8(request.infoOf(u"return_path"_s).value_or(QByteArray())));
    const bool isPage = page.scheme() == "https"_L1 && !page.host().isEmpty();
    return nostr::plainLine((isPage ? page : QUrl(request.callback)).host());
}

QString nameOf(const antelope::EsrRequest& request, const antelope::LinkCreate& link)
{
    const antelope::Name name = request.scope.value() != 0 ? request.scope : link.sessionName;
    return nostr::plainLine(name.text());
}

} // namespace

void LinkHost::Private::sync()
{
    const bool isStarted = approver && passphrases;
    for (auto link = links.begin(); link != links.end();)
        link = context.store.find(link->first) ? std::next(link) : links.erase(link);
    const QList<AppLink> apps = context.store.apps(); // a copy: what is told of may change it
    for (const AppLink& app : apps) {
        const bool isWanted = isStarted && isServed(app.session);
        const auto found = links.find(app.channel);
        if (isWanted && (found == links.end() || !found->second.channel)) {
            listen(app, links[app.channel]);
        } else if (!isWanted && found != links.end() && found->second.channel) {
            found->second.channel.reset();
            found->second.locked.clear();
            Q_EMIT q.connectedChanged(app.channel);
        }
    }
}

void LinkHost::Private::listen(const AppLink& app, Link& link)
{
    link.channel.reset(new BuoyChannel(app.url(),
        BuoyContext{.policy = accounts::netPolicy(context.net.settings),
            .reachability = context.net.reachability,
            .random = context.net.random,
            .circuit = circuitOf(app.channel)}));
    QObject::connect(link.channel.get(), &BuoyChannel::received, &q,
        [this, channel = app.channel](const QByteArray& message) { received(channel, message); });
    QObject::connect(link.channel.get(), &BuoyChannel::connectedChanged, &q,
        [this, channel = app.channel] { Q_EMIT q.connectedChanged(channel); });
    link.channel->open();
}

/// One that is locked may be unlocked in time for what comes.
bool LinkHost::Private::isServed(const SessionId& id) const
{
    const Session* session = context.sessions.find(id);
    const bool isAskedAbout = session && (!session->isPrivate || id == context.sessions.active());
    return isAskedAbout && session->signer != SignerKind::WatchOnly
        && (session->state == SessionState::Ready || session->state == SessionState::Locked);
}

void LinkHost::Private::publicKey(const QString& channel, bool mayPrepare, Callback<QString> done)
{
    const KeyRef key{.id = {}, .derivation = "anchor-link/"_L1 + channel};
    context.keys.publicKey(
        key, nullptr, guarded(&q, [this, channel, mayPrepare, done](const Result<KeyAnswer>& answer) {
            if (!answer && answer.error().code == ErrorCode::SecretMissing && mayPrepare) {
                return context.vault.prepare(guarded(&q, [this, channel, done](const Result<void>& made) {
                    if (!made)
                        return done(fail(made.error()));
                    publicKey(channel, false, done);
                }));
            }
            if (!answer)
                return done(fail(answer.error()));
            done(nostr::PublicKey::parse(answer->key.publicKey).map(signing::linkKey));
        }));
}

LinkHost::LinkHost(const Context& context, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, context))
{
    using session::SessionManager;
    const auto sync = [this] { d->sync(); };
    // Later: none of these is the moment to end a connection or to begin one.
    connect(&context.store, &LinkStore::changed, this, sync, Qt::QueuedConnection);
    connect(&context.sessions, &SessionManager::sessionAdded, this, sync, Qt::QueuedConnection);
    connect(&context.sessions, &SessionManager::sessionRemoved, this, sync, Qt::QueuedConnection);
    connect(&context.sessions, &SessionManager::sessionChanged, this, sync, Qt::QueuedConnection);
    connect(&context.sessions, &SessionManager::activeChanged, this, sync, Qt::QueuedConnection);
    const auto follow = [this](secrets::VaultState state) {
        if (state != secrets::VaultState::Unlocked)
            return;
        d->isUnlockAsked = false;
        d->openKept();
    };
    connect(&context.vault, &secrets::Vault::stateChanged, this, follow, Qt::QueuedConnection);
    connect(&context.net.settings, &Settings::changed, this, [this](const QString& key) {
        if (!accounts::isNetSetting(key))
            return;
        for (auto& [channel, link] : d->links)
            link.channel.reset();
        d->sync();
    });
}

LinkHost::~LinkHost()
{
    for (auto& [channel, link] : d->links)
        delete link.channel.release();
}

void LinkHost::start(signing::Approver* approver, signing::PassphraseSource* passphrases, Unlock unlock)
{
    d->approver = approver;
    d->passphrases = passphrases;
    d->unlock = std::move(unlock);
    d->sync();
}

void LinkHost::stop()
{
    start(nullptr, nullptr);
}

bool LinkHost::isConnected(const QString& channel) const
{
    const auto found = d->links.find(channel);
    return found != d->links.end() && found->second.channel && found->second.channel->isConnected();
}

void LinkHost::create(const antelope::EsrRequest& request, const SessionId& session,
    Callback<QList<QPair<QString, QString>>> done)
{
    const auto info = request.infoOf(u"link"_s);
    if (!info)
        return done(QList<QPair<QString, QString>>());
    const auto wanted = antelope::LinkCreate::unpack(bytesOf(*info));
    if (!wanted)
        return done(fail(wanted.error()));
    const auto requestKey = antelope::PublicKey::parse(wanted->requestKey);
    if (!requestKey || requestKey->curve() != antelope::Curve::K1)
        return done(hatstand::refuse(Why::Malformed, u"link_create"_s));
    const AppLink link{.channel = newChannel(d->context.net.random),
        .service = serviceUrl(d->context.net.settings),
        .requestKey = requestKey->text(),
        .app = nameOf(request, *wanted),
        .agent = nostr::plainLine(wanted->userAgent),
        .host = hostOf(request),
        .session = session,
        .createdAt = d->context.clock.now()};
    const auto keep = [this, link, done = std::move(done)](const Result<QString>& key) {
        if (!key)
            return done(fail(key.error()));
        // Between the yes and now the account may have been logged out.
        if (!d->context.sessions.find(link.session))
            return done(fail(ErrorCode::NotFound, link.session.text()));
        if (const auto kept = d->context.store.add(link); !kept)
            return done(fail(kept.error()));
        done(QList<QPair<QString, QString>>{
            {u"link_ch"_s, link.url()}, {u"link_key"_s, *key}, {u"link_name"_s, kLinkName}});
    };
    d->publicKey(link.channel, true, keep);
}

void LinkHost::withdraw(const QList<QPair<QString, QString>>& link)
{
    for (const auto& [name, value] : link) {
        if (name == "link_ch"_L1)
            (void)d->context.store.revoke(value.section(u'/', -1)); // it may have been revoked meanwhile
    }
}

} // namespace hatstand::links
