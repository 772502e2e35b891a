// SPDX-License-Identifier: MIT
#include "core/session/Network.h"

namespace hatstand::session {

Networks::Networks(std::vector<std::unique_ptr<Network>> families)
    : m_families(std::move(families))
{
}

const Network* Networks::of(const SessionId& id) const
{
    const QString family = id.family();
    for (const auto& network : m_families) {
        if (network->family() == family)
            return network.get();
    }
    return nullptr;
}

Result<SessionId> Networks::parseId(const QString& text) const
{
    const Network* network = of(SessionId(text));
    if (!network)
        return refuse(Why::NotThisForm);
    return network->parseId(text);
}

std::optional<Network::Matcher> Networks::matcherFor(const QString& text) const
{
    for (const auto& network : m_families) {
        if (auto matcher = network->matcherFor(text))
            return matcher;
    }
    return std::nullopt;
}

QString Networks::actor(const SessionId& id) const
{
    const Network* network = of(id);
    return network ? network->actor(id) : QString();
}

QString Networks::shortId(const SessionId& id) const
{
    const Network* network = of(id);
    return network ? network->shortId(id) : id.text();
}

QString Networks::networkName(const SessionId& id) const
{
    const Network* network = of(id);
    return network ? network->networkName(id) : id.network();
}

QVariantMap Networks::fields(const Session& session) const
{
    const Network* network = of(session.id);
    return network ? network->fields(session) : QVariantMap();
}

} // namespace hatstand::session
