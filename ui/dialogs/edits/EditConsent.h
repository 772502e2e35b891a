// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/Approver.h"

#include <functional>

namespace hatstand::ui {

/// The yes of the person who pressed the button under the question in our own window: for one signature, of
/// the account that was named there. With it the passphrase that was typed there, if the key wants one.
class EditConsent final : public signing::Approver, public signing::PassphraseSource
{
public:
    EditConsent(session::SessionId id, SharedSecret passphrase);
    /// Called when the yes is taken: from then on it is too late to withdraw.
    void whenUsed(std::function<void()> told) { m_told = std::move(told); }
    /// The answer is Cancelled from now on; false where it has been given already.
    bool withdraw();

    void approve(const signing::SigningRequest& request, Callback<void> done) override;
    void ask(For what, const QString& sessionName, Callback<SharedSecret> done) override;

private:
    enum class State { Given, Used, Withdrawn };
    session::SessionId m_id;
    SharedSecret m_passphrase;
    State m_state = State::Given;
    std::function<void()> m_told;
};

} // namespace hatstand::ui
