// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Random.h"
#include "core/secrets/SealedEntry.h"
#include "core/secrets/WrappedVault.h"
#include "tests/support/FakeVault.h"
#include "tests/support/Keyring.h"

#include <QThreadPool>

namespace hatstand::test {

inline SharedSecret secret(std::string_view text)
{
    return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
}

/// A vault under a Hatstand passphrase over one in memory, and what a kill leaves of it.
class WrappedStand
{
public:
    using Entries = QMap<QString, QByteArray>;

    WrappedStand() { restart(); }

    /// A new program on what the other vault holds now: held commands are never carried out.
    void restart(std::chrono::milliseconds idle = std::chrono::minutes(15))
    {
        Entries kept;
        if (vault)
            kept = entries();
        vault.reset();
        auto made = std::make_unique<FakeVault>();
        inner = made.get();
        for (auto entry = kept.cbegin(); entry != kept.cend(); ++entry)
            inner->put(entry.key(), entry.value().toStdString());
        secrets::WrappedVault::Options options{.opsLimit = 1, .memLimit = 8192, .idleLimit = idle};
        options.tries.load = [this] { return wrong; };
        options.tries.store = [this](int count) { wrong = count; };
        options.tries.after = [this](std::chrono::milliseconds, std::function<void()> go) { later = go; };
        vault = std::make_unique<secrets::WrappedVault>(std::move(made), std::move(options), random, pool);
    }

    Result<void> change(const char* before, const char* after)
    {
        return answerOf<void>([&](auto done) {
            vault->changePassphrase(before ? secret(before) : nullptr, after ? secret(after) : nullptr, done);
        });
    }

    [[nodiscard]] Entries entries() const
    {
        Entries all;
        for (const QString& key : inner->storedKeys())
            all.insert(key, inner->peek(key));
        return all;
    }

    [[nodiscard]] secrets::SecretType typeAt(const QString& key) const
    {
        return secrets::decodeStoredSecret(*secret(inner->peek(key).toStdString()))->type;
    }

    /// Entries, but the lock, whose value is not sealed.
    [[nodiscard]] QStringList inClear() const
    {
        QStringList clear;
        for (const QString& key : inner->storedKeys()) {
            if (key != QStringLiteral("lock") && typeAt(key) != secrets::SecretType::Sealed)
                clear.append(key);
        }
        return clear;
    }

    [[nodiscard]] Result<secrets::LockEntry> lock() const
    {
        return secrets::LockEntry::parse(*secret(inner->peek(QStringLiteral("lock")).toStdString()));
    }

    QThreadPool pool;
    SystemRandom random;
    FakeVault* inner = nullptr;
    std::unique_ptr<secrets::WrappedVault> vault;
    int wrong = 0; ///< passphrases, as kept over restarts
    std::function<void()> later; ///< the try that waits for its time
};

} // namespace hatstand::test
