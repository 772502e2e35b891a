// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/session/Session.h"

#include <chrono>

class QUrl;

namespace hatstand::signing {
class Approver;
}

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
    /// Whoever asks the person in the window for a yes; null where there is none.
    [[nodiscard]] virtual signing::Approver* approver() { return nullptr; }
    /// Has the person unlock the vault in the window, for something that they just began. Locked where they
    /// do not.
    virtual void unlock(Callback<void> done) { done(fail(ErrorCode::Locked)); }
    /// The same for an app's message, which may come at any moment: takes no focus from what the person does.
    virtual void unlockForApp(Callback<void> done) { done(fail(ErrorCode::Locked)); }
    /// Tells what went wrong with something that was asked for outside the window. Plain text.
    virtual void tell(const QString& sentence) { Q_UNUSED(sentence) }
    /// Opens the address in the person's browser. False where there is no desktop.
    virtual bool openAddress(const QUrl& address)
    {
        Q_UNUSED(address)
        return false;
    }
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
