// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountDirectory.h"
#include "core/antelope/Chains.h"
#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/signing/Accounts.h"
#include "core/signing/NetworkFamilies.h"
#include "core/signing/OwnKeys.h"
#include "core/signing/Signer.h"
#include "tests/support/FakePeople.h"
#include "tests/support/FakeRelay.h"
#include "tests/support/Stand.h"
#include "tests/unit/WireStand.h"

#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <atomic>

namespace hatstand::accounts::test {

/// Says what the test says, on every thread.
class SetClock final : public Clock
{
public:
    std::atomic<qint64> seconds = 1700000000;
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC); }
};

using hatstand::test::FakeRelay;
using nostr::test::keyOf;
using nostr::test::quoted;
using nostr::test::wire;

/// A directory with everything that it needs, real but for the vault, the person and the clock; every wait is
/// short. Relays are those of the test, in their own place.
class AccountStand : public hatstand::test::Stand
{
public:
    /// relays: the indexers, named by the person.
    explicit AccountStand(const QStringList& relays)
    {
        qunsetenv("ALL_PROXY");
        qunsetenv("all_proxy");
        stop();
        std::vector<std::unique_ptr<session::Network>> families;
        families.push_back(signing::makeNostrNetwork());
        networks = std::make_unique<session::Networks>(std::move(families));
        start();
        (void)settings.set(QStringLiteral("network.hosts"), QStringLiteral("127.0.0.1"));
        (void)settings.set(QStringLiteral("nostr.indexers"), relays.join(u','));
        signer = std::make_unique<signing::LocalSigner>(
            sessions(), vault, keys, time, antelope::Chains::bundled());
        ownKeys = std::make_unique<signing::OwnKeys>(sessions(), vault, keys, settings, time);
    }
    ~AccountStand()
    {
        directory.reset();
        ownKeys.reset();
        signer.reset();
        pool.waitForDone();
    }

    /// What is set in limits and patience counts from then on.
    AccountDirectory& open()
    {
        directory.reset();
        directory = std::make_unique<AccountDirectory>(AccountDirectory::Context{.sessions = sessions(),
            .signer = *signer,
            .ownKeys = *ownKeys,
            .settings = settings,
            .clock = time,
            .random = random,
            .cacheFile = cacheFile(),
            .limits = limits,
            .patience = patience});
        directory->load();
        return *directory;
    }
    [[nodiscard]] QString cacheFile() const { return Stand::directory() + QStringLiteral("/accounts.db"); }

    session::SessionId add(
        int key = 1, session::SignerKind kind = session::SignerKind::LocalKey, bool activate = true)
    {
        const QString hex = QStringLiteral("%1").arg(key, 64, 16, QChar(u'0'));
        session::NewSession account = signing::nostrFromKey(SecretBuffer::copyOf(hex.toStdString())).value();
        account.signer = kind;
        account.activate = activate;
        if (kind == session::SignerKind::WatchOnly)
            account.secret = {};
        const session::SessionId id = account.id;
        sessions().add(std::move(account), [](const Result<session::Added>& added) {
            if (!added)
                qFatal("the account was not added");
        });
        return id;
    }
    [[nodiscard]] Result<void> refresh(const session::SessionId& id)
    {
        return wait<void>([&](auto done) { directory->refresh(id, done); });
    }
    [[nodiscard]] Result<Published> edit(const session::SessionId& id, const Edit& edit)
    {
        return wait<Published>([&](auto done) { directory->edit(id, edit, approver, passphrases, done); });
    }
    [[nodiscard]] AccountLists lists(const session::SessionId& id)
    {
        return wait<AccountLists>([&](auto done) { directory->lists(id, directory.get(), done); }).value();
    }
    [[nodiscard]] relay::RelayStatus status(const session::SessionId& id, const FakeRelay& relay) const
    {
        for (const relay::RelayStatus& status : directory->relays(id)) {
            if (status.url == relay.url())
                return status;
        }
        return {};
    }

    SetClock time;
    SystemRandom random;
    QThreadPool pool;
    signing::LocalKeys keys{vault, pool};
    Settings settings{Stand::directory() + QStringLiteral("/hatstand.ini")};
    std::unique_ptr<signing::LocalSigner> signer;
    std::unique_ptr<signing::OwnKeys> ownKeys;
    hatstand::test::FakeApprover approver;
    hatstand::test::FakePassphrases passphrases;
    relay::RelayLimits limits{.connecting = std::chrono::seconds(2),
        .firstWait = std::chrono::milliseconds(10),
        .longestWait = std::chrono::milliseconds(50)};
    std::chrono::milliseconds patience = std::chrono::seconds(20);
    std::unique_ptr<AccountDirectory> directory;

private:
    template <class T>
    Result<T> wait(const std::function<void(Callback<T>)>& command)
    {
        int answers = 0;
        Result<T> answer = fail(ErrorCode::Failed, QStringLiteral("never answered"));
        command([&](Result<T> result) {
            ++answers;
            answer = std::move(result);
        });
        (void)QTest::qWaitFor([&] { return answers > 0; }, 30000);
        if (answers != 1)
            qFatal("answered %d times", answers);
        return answer;
    }
};

/// Kind 10002 of these.
inline QByteArray relayList(const QStringList& urls, qint64 at = 1700000000, std::uint8_t key = 1)
{
    QByteArray tags;
    for (const QString& url : urls)
        tags += (tags.isEmpty() ? "" : ",") + ("[\"r\",\"" + url.toUtf8() + "\"]");
    return wire(nostr::kRelaysKind, '[' + tags + ']', "\"\"", at, key).json;
}

inline QByteArray profile(const QString& name, qint64 at = 1700000000, std::uint8_t key = 1)
{
    return wire(nostr::kProfileKind, "[]", quoted(QStringLiteral("{\"name\":\"%1\"}").arg(name)), at, key)
        .json;
}

/// Kind 3 with so many.
inline QByteArray follows(int count, qint64 at = 1700000000, std::uint8_t key = 1)
{
    QByteArray tags;
    for (int i = 1; i <= count; ++i)
        tags += (tags.isEmpty() ? "" : ",")
            + ("[\"p\",\"" + QByteArray::number(i).rightJustified(64, '0') + "\"]");
    return wire(nostr::kFollowsKind, '[' + tags + ']', "\"\"", at, key).json;
}

} // namespace hatstand::accounts::test
