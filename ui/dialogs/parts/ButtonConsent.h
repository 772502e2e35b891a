// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/Approver.h"

namespace hatstand::ui {

/// The yes that a person gave by pressing a button under a text that says what will be signed, as one account
/// and for so many signatures. Whatever another account is asked for, and what comes after them, is denied.
/// Passphrases have to be typed before: there is nobody to ask.
class ButtonConsent final : public signing::Approver, public signing::PassphraseSource
{
public:
    ButtonConsent(session::SessionId id, int signatures)
        : m_id(std::move(id))
        , m_left(signatures)
    {
    }
    /// The answer is Cancelled from now on; what was signed by now is.
    void withdraw() { m_isWithdrawn = true; }
    void approve(const signing::SigningRequest& request, Callback<void> done) override
    {
        if (m_isWithdrawn)
            return done(fail(ErrorCode::Cancelled));
        if (request.session != m_id || m_left <= 0)
            return done(fail(ErrorCode::Denied));
        --m_left;
        done({});
    }
    void ask(For, const QString&, Callback<SharedSecret> done) override
    {
        done(fail(ErrorCode::PassphraseRequired));
    }

private:
    session::SessionId m_id;
    int m_left; ///< signatures
    bool m_isWithdrawn = false;
};

} // namespace hatstand::ui
