// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Console.h"

namespace hatstand::app {

/// Of a command that nobody typed: there is neither a stream nor a terminal, and the window asks and tells.
class SilentConsole : public Console
{
public:
    void out(const QByteArray&) override { }
    void err(const QByteArray&) override { }
    void readInput(Callback<SharedSecret> done) override { done(fail(ErrorCode::Usage)); }
    void passphrase(Passphrase, const QString&, Callback<SharedSecret> done) override
    {
        done(fail(ErrorCode::PassphraseRequired));
    }
    void confirm(const QString&, Callback<void> done) override { done(fail(ErrorCode::ApprovalRequired)); }
    void checkDestination(const Destination&, Callback<void> done) override { done(fail(ErrorCode::Usage)); }
    void deliver(const Destination&, SharedSecret, Callback<void> done) override
    {
        done(fail(ErrorCode::Usage));
    }
};

} // namespace hatstand::app
