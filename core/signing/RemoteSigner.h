// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Transaction.h"
#include "core/base/Result.h"
#include "core/session/Session.h"

namespace hatstand::signing {

/// The port to a wallet elsewhere that signs for a session of the kind Remote, after its own person's yes.
class RemoteSigner
{
public:
    virtual ~RemoteSigner() = default;
    /// transaction: whole, on the session's chain, whose clock is chainAhead seconds ahead of ours. Answers
    /// SIG_… of a key of the session's permission over its digest. NotFound; SecretMissing (no such
    /// connection is known); Locked and the other errors of a read; RequestExpired (code Expired) where its
    /// time is over; Expired where nobody answered; Denied; WrongAccount where what came was signed by
    /// somebody else, or is of another transaction; Cancelled; Network.
    virtual void signTransaction(const session::SessionId& id, const antelope::Transaction& transaction,
        qint64 chainAhead, Callback<QString> done)
        = 0;
    /// What is under way for this session is answered with Cancelled.
    virtual void cancel(const session::SessionId& id) = 0;
};

} // namespace hatstand::signing
