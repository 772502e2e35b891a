// SPDX-License-Identifier: MIT
#pragma once

#include "core/chain/ChainClient.h"
#include "core/chain/Endpoints.h"
#include "core/net/Fetcher.h"

namespace hatstand::chain {

/// What is sent where: a POST of JSON, or a GET.
struct Way
{
    QString path; ///< behind the endpoint's address
    QJsonObject body = {};
    bool isGet = false;
};

/// What is made of an answer.
struct Verdict
{
    enum class Next {
        End, ///< it was what was asked for, also a no
        Endpoint, ///< this one does not work: it rests, and the next is asked
        Way, ///< it works, but not like this: asked another way if there is one
    };
    Next next = Next::Endpoint;
    Error error = {}; ///< why, unless End
    std::function<void()> end = {}; ///< tells whoever asked; the last thing that is done

    [[nodiscard]] static Verdict ends(std::function<void()> end)
    {
        return {.next = Next::End, .error = {}, .end = std::move(end)};
    }
    [[nodiscard]] static Verdict fails(const QString& what)
    {
        return {.next = Next::Endpoint, .error = {.code = ErrorCode::Network, .detail = what}, .end = {}};
    }
    [[nodiscard]] static Verdict lacks(const QString& what)
    {
        return {.next = Next::Way, .error = {.code = ErrorCode::Network, .detail = what}, .end = {}};
    }
};

struct Question
{
    QString chainId;
    QString circuit;
    QPointer<QObject> context;
    QList<Way> ways;
    bool isInfo = false; ///< the answer itself says of which chain it is, and take() looks
    std::function<Verdict(qsizetype way, const net::Fetcher::Posted& answer)> take;
    std::function<void(const Error& error)> none; ///< nobody answered; instead of Verdict::end
    std::function<void(const Error& error)> lost = {}; ///< no answer came to what was asked
};

/// Asks the endpoints of a chain in turn, each after it was compared with the chain's id.
class ChainAsking
{
public:
    ChainAsking(const antelope::Chains& chains, const Clock& clock, const ChainClient::Limits& limits);
    void setPolicy(const net::NetPolicy& policy) { m_policy = policy; }
    void ask(Question question);
    /// One address, whatever is known of it.
    void askInfo(const QString& url, const QString& chainId, QObject* context, Callback<ChainInfo> done);

private:
    struct Round;
    using Shared = std::shared_ptr<Round>;
    void next(const Shared& round);
    void compare(const Shared& round);
    void send(const Shared& round);
    void follow(const Shared& round, const Verdict& verdict);

    const antelope::Chains& m_chains;
    const Clock& m_clock;
    net::FetchLimits m_limits;
    Endpoints m_endpoints;
    net::NetPolicy m_policy;
    net::Fetcher m_fetcher; ///< what is under way ends with it
};

/// Network: OtherChain or AddressRefused where all say that, with the hosts; otherwise each with what it did.
struct Failure
{
    QString host;
    Error error;
};
[[nodiscard]] Error errorOf(const QList<Failure>& failures);

} // namespace hatstand::chain
