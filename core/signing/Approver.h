// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"
#include "core/session/Session.h"

#include <QString>

namespace hatstand::signing {

/// What a person is asked before a secret is touched: decoded, immutable.
struct SigningRequest
{
    session::SessionId session;
    QString sessionName; ///< who signs, as every view calls it
    QString peer; ///< who asks, as far as known: "hatstand sign-event"
    QString what; ///< one line: "publish a note (kind 1)"
    QString text; ///< decoded for reading (Describe.h), several lines; not yet escaped for a terminal
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
