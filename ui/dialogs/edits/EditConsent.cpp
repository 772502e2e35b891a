// SPDX-License-Identifier: MIT
#include "ui/dialogs/edits/EditConsent.h"

namespace hatstand::ui {

EditConsent::EditConsent(session::SessionId id, SharedSecret passphrase)
    : m_id(std::move(id))
    , m_passphrase(std::move(passphrase))
{
}

bool EditConsent::withdraw()
{
    if (m_state == State::Used)
        return false;
    m_state = State::Withdrawn;
    return true;
}

void EditConsent::approve(const signing::SigningRequest& request, Callback<void> done)
{
    if (m_state == State::Withdrawn)
        return done(fail(ErrorCode::Cancelled));
    if (m_state == State::Used || request.session != m_id)
        return done(fail(ErrorCode::Denied));
    m_state = State::Used;
    if (m_told)
        m_told();
    done({});
}

void EditConsent::ask(For what, const QString&, Callback<SharedSecret> done)
{
    // A vault's own passphrase is asked for before the question.
    if (what != For::ExistingKey || !m_passphrase)
        return done(fail(ErrorCode::PassphraseRequired));
    done(m_passphrase);
}

} // namespace hatstand::ui
