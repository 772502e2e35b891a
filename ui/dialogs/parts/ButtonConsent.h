// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/Approver.h"

namespace hatstand::ui {

/// The yes that a person gave by pressing a button under a text that says what will be signed, as one account
/// and for one use. Whatever another account is asked for is denied. Passphrases have to be typed before:
/// there is nobody to ask.
class ButtonConsent final : public signing::Approver, public signing::PassphraseSource
{
public:
    explicit ButtonConsent(session::SessionId id)
        : m_id(std::move(id))
    {
    }
    void approve(const signing::SigningRequest& request, Callback<void> done) override
    {
        if (request.session == m_id)
            done({});
        else
            done(fail(ErrorCode::Denied));
    }
    void ask(For, const QString&, Callback<SharedSecret> done) override
    {
        done(fail(ErrorCode::PassphraseRequired));
    }

private:
    session::SessionId m_id;
};

} // namespace hatstand::ui
