// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountWorker.h"
#include "core/nostr/ListEdit.h"
#include "core/signing/Signer.h"

#include <QHash>
#include <QObject>
#include <QQueue>

class QTimer;

namespace hatstand::signing {
class OwnKeys;
}

namespace hatstand::accounts {

/// Changes of an account's own data, one step after another: the newest version from the account's relays,
/// the change of it, the person's yes and the signature, and out to the write relays, unless what it builds
/// upon is not the newest any more. On the directory's
/// thread; the worker is on its own.
class AccountEdits final : public QObject
{
    Q_OBJECT
public:
    AccountEdits(AccountWorker& worker, signing::Signer& signer, signing::OwnKeys& ownKeys,
        const Clock& clock, QObject* parent = nullptr);

    void edit(const session::SessionId& id, const Edit& edit, signing::Approver& approver,
        signing::PassphraseSource& passphrases, Callback<Published> done);
    /// Of an account that has nothing yet.
    void publishNew(const session::SessionId& id, const QMap<QString, QString>& profile,
        const QList<nostr::Relay>& relays, signing::Approver& approver,
        signing::PassphraseSource& passphrases, Callback<Published> done);

private:
    struct Asking
    {
        session::SessionId id;
        signing::Approver* approver;
        signing::PassphraseSource* passphrases;
    };
    /// What there is to build upon.
    using Newest = std::optional<nostr::WireEvent>; ///< of its kind; none is there yet
    struct Base
    {
        Newest event;
        Newest earlier;
    };
    using Job = std::function<void(const Callback<Published>& done)>;
    void inTurn(const session::SessionId& id, const Job& job, Callback<Published> done);
    void nextTurn(const QByteArray& pubkey);
    static void start(QTimer& waiting, std::function<void()> otherwise);
    void fresh(const session::SessionId& id, int kind, Callback<Base> done);
    void change(
        const session::SessionId& id, const Edit& edit, const Base& base, Callback<nostr::NextEvent> done);
    void changePrivately(
        const session::SessionId& id, const Edit& edit, const Base& base, Callback<nostr::NextEvent> done);
    void signAndPublish(const Asking& asking, int kind, const Newest& base, const QByteArray& unsignedEvent,
        Callback<Published> done);
    void publish(const session::SessionId& id, const Newest& base, const QByteArray& event,
        const QStringList& relays, Callback<Published> done);
    void publishRest(const Asking& asking, QList<QByteArray> events, const QStringList& relays,
        Published sofar, const Callback<Published>& done);
    [[nodiscard]] qint64 now() const;

    AccountWorker& m_worker;
    signing::Signer& m_signer;
    signing::OwnKeys& m_ownKeys;
    const Clock& m_clock;
    QHash<QByteArray, QQueue<std::function<void()>>> m_turns; ///< by account; the first is under way
};

} // namespace hatstand::accounts
