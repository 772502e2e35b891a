// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/Approver.h"

#include <QStringList>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace hatstand::test {

/// A person who answers every question as the test says, and remembers what was shown.
class FakeApprover final : public signing::Approver
{
public:
    std::optional<ErrorCode> refusal; ///< nullopt: yes
    std::function<void()> beforeAnswering; ///< what happens while they read
    QList<signing::SigningRequest> shown;
    bool there = true;

    [[nodiscard]] bool isThere() const override { return there; }
    void approve(const signing::SigningRequest& request, Callback<void> done) override
    {
        shown += request;
        if (beforeAnswering)
            beforeAnswering();
        if (refusal)
            done(fail(*refusal));
        else
            done({});
    }
};

/// Types these passphrases one after another; where they end, there is nobody to ask.
class FakePassphrases final : public signing::PassphraseSource
{
public:
    std::deque<std::string> answers;
    QList<For> asked;
    QStringList names; ///< whose passphrase was asked for

    void ask(For what, const QString& sessionName, Callback<SharedSecret> done) override
    {
        asked += what;
        names += sessionName;
        if (answers.empty())
            return done(fail(ErrorCode::PassphraseRequired));
        const std::string answer = answers.front();
        answers.pop_front();
        done(std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(answer)));
    }
};

} // namespace hatstand::test
