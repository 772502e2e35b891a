// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Keys.h"
#include "tests/support/ChainProcess.h"
#include "tests/support/Program.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace hatstand::test {

/// The real program, and the node of the one chain that it was told of, "test".
class ChainProgram
{
protected:
    static constexpr char kAsk[] = "[y/N] ";
    static constexpr char kVaultAsk[] = "Hatstand passphrase: ";
    static constexpr char kTransfer[] = R"({"actions":[{"account":"eosio.token","name":"transfer",
    "authorization":[{"actor":"alice","permission":"active"}],
    "data":{"from":"alice","to":"bob","quantity":"%1 EOS","memo":"thanks"}}]})";

    static QByteArray passphrase() { return QByteArray(Program::kPassphrase) + '\n'; }

    /// The test chain's keys are small numbers.
    static QByteArray key(int number, antelope::Curve curve = antelope::Curve::K1)
    {
        SecretBuffer bytes(32);
        bytes.edit().back() = static_cast<std::uint8_t>(number);
        return toQByteArray(antelope::PrivateKey::fromBytes(curve, std::move(bytes))->text().view());
    }

    static QString publicKey(int number)
    {
        return antelope::PrivateKey::parse(SecretBuffer::copyOf(std::string_view(key(number).constData())))
            ->publicKey()
            .text();
    }

    static QJsonObject object(const Outcome& outcome)
    {
        return QJsonDocument::fromJson(outcome.out).object();
    }

    /// Both anew; how telling the program of the chain ended.
    [[nodiscard]] Outcome begin()
    {
        using namespace Qt::Literals::StringLiterals;
        m_chain = std::make_unique<ChainProcess>();
        m_hatstand = std::make_unique<Program>();
        m_hatstand->environment.remove(u"ALL_PROXY"_s);
        return m_hatstand->run({u"chains"_s, u"add"_s, m_chain->chainId(), u"--alias"_s, u"test"_s,
            u"--name"_s, u"Test chain"_s, u"--token"_s, u"4,EOS"_s, u"--endpoint"_s, m_chain->url()});
    }

    Outcome add(const QString& account, int number, antelope::Curve curve = antelope::Curve::K1)
    {
        using namespace Qt::Literals::StringLiterals;
        return m_hatstand->run({u"add"_s, u"antelope"_s, u"--chain"_s, u"test"_s, u"--account"_s, account,
                                   u"--key-stdin"_s, u"--vault"_s, u"passphrase"_s},
            key(number, curve), passphrase());
    }

    Outcome onTerminal(const QStringList& arguments, const char* answer = "y\n")
    {
        QList<Program::Typed> dialogue{{kAsk, answer}};
        if (QByteArray(answer).startsWith('y'))
            dialogue += {kVaultAsk, passphrase()};
        return m_hatstand->runOnTerminal(arguments, dialogue);
    }

    QStringList file(const QByteArray& json)
    {
        using namespace Qt::Literals::StringLiterals;
        QFile file(m_hatstand->path(u"transaction.json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
            qFatal("no file");
        return {u"transact"_s, file.fileName()};
    }

    [[nodiscard]] QString balanceOf(const QString& account)
    {
        using namespace Qt::Literals::StringLiterals;
        const Outcome shown = m_hatstand->run({u"refresh"_s, account + u"@active"_s});
        if (shown.exit != 0)
            return QString::fromUtf8(shown.err);
        return object(m_hatstand->run({u"show"_s, account + u"@active"_s, u"--json"_s}))["balance"_L1]
            .toString();
    }

    std::unique_ptr<ChainProcess> m_chain;
    std::unique_ptr<Program> m_hatstand;
};

} // namespace hatstand::test
