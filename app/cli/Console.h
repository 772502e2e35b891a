// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"

#include <QByteArray>
#include <QString>

namespace hatstand::app {

constexpr qint64 kMaxInput = qint64{512} * 1024; ///< bytes of standard input

/// The port from a command to whoever gave it: standard streams and terminal of the process that the person
/// typed into, be it this one or one at the other end of the control socket.
class Console
{
public:
    enum class Passphrase { Vault, NewVault, ExistingKey, NewKey };

    /// Where something is to be written.
    struct Destination
    {
        QString file; ///< a new file (0600), relative to the person's folder; empty: standard output
        bool secret = false; ///< standard output will do only if it is a terminal
    };

    virtual ~Console() = default;

    virtual void out(const QByteArray& text) = 0;
    virtual void err(const QByteArray& text) = 0;
    /// All of standard input (a terminal is asked: for a key with echo off). TooLarge over kMaxInput.
    virtual void readInput(Callback<SharedSecret> done) = 0;
    /// PassphraseRequired where there is neither descriptor nor terminal; InvalidInput for an empty or
    /// mistyped new one.
    virtual void passphrase(Passphrase which, const QString& sessionName, Callback<SharedSecret> done) = 0;
    /// Shows the text (escaped) and asks [y/N] on the terminal. Denied; ApprovalRequired where there is none.
    virtual void confirm(const QString& text, Callback<void> done) = 0;
    /// Before anything is asked: Usage where it can't be written to.
    virtual void checkDestination(const Destination& destination, Callback<void> done) = 0;
    /// content and a line end. Usage, Disk.
    virtual void deliver(const Destination& destination, SharedSecret content, Callback<void> done) = 0;
    /// Nobody waits at the other end any more.
    [[nodiscard]] virtual bool isGone() const { return false; }
};

} // namespace hatstand::app
