// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/session/Session.h"

#include <chrono>

namespace hatstand::app {

/// The port to the person at this instance's window, for what other programs ask for and only a person may
/// decide.
class Person
{
public:
    virtual ~Person() = default;
    /// Raises the window. False where there is none.
    virtual bool showWindow() = 0;
    /// Opens the quick switcher, or brings the open one to the front. False where there can be none.
    virtual bool showSwitcher() = 0;
    /// Asks whether to log this account out, or all of them where id is empty, and does it. Answers when the
    /// person has: Denied for no; the error of a logout that failed, once they leave it at that. A question
    /// that is open after limit is taken back: Denied, or that error. A logout that is under way by then is
    /// waited for. Without a window Denied at once.
    virtual void askLogout(const session::SessionId& id, std::chrono::milliseconds limit, Callback<void> done)
        = 0;
};

/// --headless: there is nobody to ask.
class Nobody final : public Person
{
public:
    bool showWindow() override { return false; }
    bool showSwitcher() override { return false; }
    void askLogout(const session::SessionId&, std::chrono::milliseconds, Callback<void> done) override
    {
        done(fail(ErrorCode::Denied));
    }
};

} // namespace hatstand::app
