// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Clock.h"
#include "core/links/BuoyChannel.h"
#include "core/links/LinkHost.h"

#include <QCoreApplication>
#include <QHash>
#include <QQueue>
#include <map>

namespace hatstand::links {

/// Why a request over a channel goes no further.
enum class Refusal { Denied, Expired, Failed, Unknown, Busy, NotTaken };

class LinkHost::Private
{
    Q_DECLARE_TR_FUNCTIONS(LinkHost)
public:
    /// A message that was not opened yet.
    struct Message
    {
        QByteArray mark; ///< nonce and checksum
        QByteArray bytes;
    };
    /// What is under way with one app.
    struct Link
    {
        BuoyPtr channel; ///< null while the account has no key to sign with
        QHash<QByteArray, QDateTime> seen; ///< nonce and checksum of messages, until when they are known
        QQueue<Message> locked; ///< came while the vault was, the oldest first
        QQueue<antelope::EsrRequest> waiting;
        int opening = 0; ///< messages that are being opened
        bool isBusy = false; ///< one of its requests is asked about
    };

    Private(LinkHost& host, const Context& given)
        : q(host)
        , context(given)
    {
    }

    void sync(); ///< listens to what is to be listened to now, and to nothing else
    void listen(const AppLink& app, Link& link);
    [[nodiscard]] bool isServed(const session::SessionId& id) const;

    /// Null once nobody is listened to there, also where the channel itself has not gone yet.
    [[nodiscard]] Link* heard(const QString& channel);
    void received(const QString& channel, const QByteArray& bytes);
    void open(const QString& channel, const Message& message);
    void opened(const QString& channel, const Message& message, const Result<signing::KeyAnswer>& text);
    void keep(const QString& channel, const Message& message); ///< until the vault is unlocked
    void openKept();
    void next(const QString& channel);
    void answered(const QString& channel, const antelope::EsrRequest& request, const Result<void>& outcome);
    void refuse(const QString& channel, const antelope::EsrRequest& request, Refusal why);
    [[nodiscard]] static QString sentence(Refusal why);

    void publicKey(const QString& channel, bool mayPrepare, Callback<QString> done);

    LinkHost& q;
    Context context;
    signing::Approver* approver = nullptr;
    signing::PassphraseSource* passphrases = nullptr;
    Unlock unlock;
    bool isUnlockAsked = false; ///< since a message could be opened last
    std::map<QString, Link> links; ///< by channel
};

/// Until when a request over a channel may be answered; invalid: it does not say so.
[[nodiscard]] QDateTime endOf(const antelope::EsrRequest& request);

} // namespace hatstand::links
