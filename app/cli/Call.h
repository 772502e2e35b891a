// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Console.h"
#include "app/cli/Request.h"
#include "app/cli/Services.h"
#include "core/session/Session.h"
#include "core/signing/Approver.h"

#include <memory>

namespace hatstand::app {

/// One command on its way: what was asked, by whom, and with what it is done. Lives until it has answered;
/// also the person at the console, as signing sees them.
class Call final : public std::enable_shared_from_this<Call>,
                   public signing::Approver,
                   public signing::PassphraseSource
{
public:
    Call(const Services& services, Request request, std::shared_ptr<Console> console,
        std::function<void(int exitCode)> done);

    const Services& services;
    const Request request;
    const std::shared_ptr<Console> console;

    /// Prints the error, if it is one, and answers. Once.
    void finish(const Result<void>& result);
    /// The same, with nothing of the error on standard output, where it stands already.
    void finishSaid(const Result<void>& result);
    void out(const QString& text) { console->out(text.toUtf8()); }

    /// Chooses a vault at the profile's first secret and unlocks the one there is, asking the person where
    /// that is needed.
    void openVault(Callback<void> done);

    /// Shows the request and asks, in this instance's window or else on the caller's terminal; then unlocks
    /// the vault, which comes last so that a refusal needs no passphrase.
    void approve(const signing::SigningRequest& request, Callback<void> done) override;
    [[nodiscard]] bool isThere() const override;
    void ask(For what, const QString& sessionName, Callback<SharedSecret> done) override;

private:
    [[nodiscard]] signing::Approver* window() const;
    void chooseVault(const QString& kind, Callback<void> done);
    void unlock(Callback<void> done);

    std::function<void(int)> m_done;
};

using CallPtr = std::shared_ptr<Call>;

/// Goes on with the value, or ends the call with the error.
template <class T, class Function>
Callback<T> onward(CallPtr call, Function function)
{
    return [call = std::move(call), function = std::move(function)](Result<T> result) mutable {
        if (!result)
            call->finish(fail(result.error()));
        else if constexpr (std::is_void_v<T>)
            function();
        else
            function(std::move(*result));
    };
}

} // namespace hatstand::app
