// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"
#include "core/session/Session.h"

#include <QList>
#include <QString>
#include <functional>
#include <memory>

namespace hatstand::signing {

struct TransactionWords;

/// What a person is asked before a secret is touched: decoded, immutable.
struct SigningRequest
{
    session::SessionId session;
    QString sessionName; ///< who signs, as every view calls it
    QString peer; ///< who asks, as far as known: "hatstand sign-event"
    QString what; ///< one line: "publish a note (kind 1)"
    QString text; ///< decoded for reading (Describe.h), several lines; not yet escaped for a terminal
    /// Of a transaction or an identity on a chain: for whoever can show more than text.
    std::shared_ptr<const TransactionWords> chain = {};
    QList<session::SessionId> others = {}; ///< accounts that may sign it instead
    /// Takes this question back, which then answers nothing any more, and asks as that account.
    std::function<void(const session::SessionId&)> signAs = {};
    std::function<bool()> isGone = {}; ///< nobody waits for the answer any more; empty: somebody does
    quintptr series = 0; ///< the same for a question that signAs() has asked again; 0: it can't be
    /// peer is Hatstand's own word for who asks, a command or a link; else a name that whoever asks has
    /// chosen.
    bool isOwnName = false;
};

/// The port to the person (or a remembered grant) that says yes or no. Errors: Denied, ApprovalRequired,
/// Expired.
class Approver
{
public:
    virtual ~Approver() = default;
    virtual void approve(const SigningRequest& request, Callback<void> done) = 0;
    /// False where it is known beforehand that nobody will answer: then nothing is waited for that the
    /// question would need.
    [[nodiscard]] virtual bool isThere() const { return true; }
};

/// The port to the person that types a passphrase. Errors: PassphraseRequired (nobody to ask), Cancelled.
class PassphraseSource
{
public:
    enum class For { Vault, ExistingKey, NewKey };
    virtual ~PassphraseSource() = default;
    virtual void ask(For what, const QString& sessionName, Callback<SharedSecret> done) = 0;
};

} // namespace hatstand::signing
