// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Console.h"
#include "app/cli/Request.h"
#include "app/cli/Terminal.h"

#include <QMap>
#include <optional>
#include <vector>

namespace hatstand::app {

/// The streams and the terminal of this process. Answers at once: the command line has nothing else to do
/// meanwhile.
class LocalConsole final : public Console
{
public:
    /// passphraseFd: where passphrases are read, one a line, or -1.
    explicit LocalConsole(int passphraseFd);

    void out(const QByteArray& text) override;
    void err(const QByteArray& text) override;
    void readInput(Callback<SharedSecret> done) override;
    void passphrase(Passphrase which, const QString& sessionName, Callback<SharedSecret> done) override;
    void confirm(const QString& text, Callback<void> done) override;
    void checkDestination(const Destination& destination, Callback<void> done) override;
    void deliver(const Destination& destination, SharedSecret content, Callback<void> done) override;

    /// Reads what the command will ask for from standard input and the passphrases' descriptor, which may
    /// take as long as their writers like: nothing is to be held meanwhile. Terminals are left for their
    /// prompts.
    void readAhead(const Request& request);
    /// Somebody can be asked for a yes.
    [[nodiscard]] bool canAsk() const { return m_terminal.isThere(); }
    /// Something could not be written to standard output (a full disk, a closed pipe).
    [[nodiscard]] bool outputFailed() const { return m_outputFailed; }

private:
    [[nodiscard]] Result<SecretBuffer> input();
    [[nodiscard]] Result<void> readDescriptor();
    [[nodiscard]] Result<SecretBuffer> fromDescriptor(Passphrase which);
    [[nodiscard]] Result<SecretBuffer> fromTerminal(Passphrase which, const QString& sessionName);

    int m_passphraseFd;
    bool m_outputFailed = false;
    bool m_inputIsEvent = false;
    bool m_vaultAsked = false; ///< for the passphrase it has
    QMap<std::size_t, Passphrase> m_lineUsedFor;
    std::optional<Result<SecretBuffer>> m_input; ///< read ahead
    std::optional<std::vector<SecretBuffer>> m_lines; ///< of the descriptor, once read
    Terminal m_terminal;
};

} // namespace hatstand::app
