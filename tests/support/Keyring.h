// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/StoredSecret.h"
#include "core/secrets/Vault.h"

#include <QProcess>
#include <QTest>
#include <optional>

namespace hatstand::test {

/// The command's answer, waited for. A command that never answers fails the test by its time limit.
template <class T, class Command>
Result<T> answerOf(Command command)
{
    std::optional<Result<T>> answer;
    command([&answer](Result<T> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 30'000))
        qFatal("a command did not answer");
    return std::move(*answer);
}

Result<SharedSecret> read(secrets::SecretVault& vault, const QString& key);
Result<void> write(secrets::Vault& vault, const QString& key, std::string_view value);
Result<void> remove(secrets::Vault& vault, const QString& key);
Result<std::optional<secrets::SecretType>> look(secrets::Vault& vault, const QString& key);
Result<secrets::VaultState> refresh(secrets::Vault& vault);
Result<QSet<QString>> keys(secrets::Vault& vault);
Result<void> unlock(secrets::Vault& vault, std::string_view passphrase = {});
Result<void> lock(secrets::Vault& vault);

/// Plays the person (and the accidents) at the real keyring that tests/support/with-keyring has brought up.
namespace keyring {

bool lock(); ///< as with a lock button of the desktop
bool unlock(); ///< with the right password, without a prompt
qint64 pid(); ///< of the process that provides org.freedesktop.secrets, or 0
bool kill(); ///< -9; true when its name is gone from the bus
bool stop(); ///< SIGSTOP: it is there and answers nothing
void resume();

} // namespace keyring

/// Sees whether anybody on the bus asks the desktop to prompt the person.
class PromptWatch
{
public:
    PromptWatch();
    ~PromptWatch();
    PromptWatch(const PromptWatch&) = delete;
    PromptWatch& operator=(const PromptWatch&) = delete;
    /// Of all that was on the bus until now.
    [[nodiscard]] bool sawPrompt();

private:
    QProcess m_monitor;
    QByteArray m_seen;
    int m_marks = 0;
};

} // namespace hatstand::test
