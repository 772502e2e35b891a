// SPDX-License-Identifier: MIT
#include "app/signer/RunSigner.h"

#include "app/signer/Sandbox.h"
#include "app/signer/SignerServer.h"
#include "core/base/Log.h"
#include "core/base/Random.h"
#include "core/secrets/KeychainVault.h"
#include "core/secrets/PassphraseVault.h"
#include "core/secrets/WrappedVault.h"

#include <QCoreApplication>
#include <QThreadPool>
#include <cstdio>
#include <unistd.h>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

/// What the process is made of once it was told which vault to open.
class Signer final : public QObject
{
public:
    explicit Signer(MessagePort& port)
        : m_port(port)
    {
        connect(&port, &MessagePort::received, this, &Signer::onMessage);
        connect(&port, &MessagePort::closed, this, [] { QCoreApplication::quit(); });
    }

private:
    void onMessage(const SharedMessage& message)
    {
        if (m_server)
            return m_server->handle(message);
        m_vault = makeVault(message->head);
        m_vault->setIdleLimit(std::chrono::milliseconds(message->head.value("idle"_L1).toInteger()));
        m_keys = std::make_unique<signing::LocalKeys>(*m_vault, m_pool);
        m_server = std::make_unique<SignerServer>(
            *m_vault, *m_keys, [this](const Message& answer) { m_port.send(answer); });
        connect(m_server.get(), &SignerServer::finished, this, [this] { m_port.close(); });
        m_vault->refresh([this](const Result<secrets::VaultState>&) { m_server->tellState(); });
    }

    std::unique_ptr<secrets::SecretVault> makeVault(const QJsonObject& open)
    {
        secrets::Tries::Ports tries;
        tries.load = [count = open.value("tries"_L1).toInt()] { return count; };
        tries.store = [this](int count) {
            m_port.send({.head = {{u"event"_s, u"tries"_s}, {u"count"_s, count}}});
        };
        const QString file = open.value("file"_L1).toString();
        if (file.isEmpty()) {
            auto keychain = std::make_unique<secrets::KeychainVault>(
                secrets::KeychainVault::Options{.service = open.value("service"_L1).toString()});
            secrets::WrappedVault::Options options;
            options.tries = tries;
            return std::make_unique<secrets::WrappedVault>(
                std::move(keychain), std::move(options), m_random, m_pool);
        }
        secrets::PassphraseVault::Options options{.file = file};
        options.tries = tries;
        options.replace = [this](const QByteArray& content) { return m_server->save(content); };
        return std::make_unique<secrets::PassphraseVault>(std::move(options), m_random, m_pool);
    }

    MessagePort& m_port;
    SystemRandom m_random;
    QThreadPool m_pool;
    std::unique_ptr<secrets::SecretVault> m_vault;
    std::unique_ptr<signing::LocalKeys> m_keys;
    std::unique_ptr<SignerServer> m_server;
};

} // namespace

int runSigner(int& argc, char** argv)
{
    closeOthers(kSignerDescriptor);
    if (!giveUpPrivileges())
        return 1;
    const QCoreApplication application(argc, argv);
    auto channel = std::make_unique<Channel>(kSignerDescriptor, kPartLimit);
    // A socketpair names its maker at the other end, which has to be whoever started this.
    const auto peer = channel->peerProcess();
    if (!peer || *peer != ::getppid() || channel->peerUser() != ::getuid()) {
        std::fputs("hatstand: --signer is started by Hatstand itself (usage)\n", stderr);
        return 2;
    }
    lockMemory();
    if (!enterSandbox())
        qCWarning(lcVault, "this system can't confine the process that holds the keys (no seccomp)");
    MessagePort port(std::move(channel));
    const Signer signer(port);
    (void)QCoreApplication::exec();
    ::_exit(0); // what it leaves is wiped by its end; nothing is to be written any more
}

} // namespace hatstand::app
