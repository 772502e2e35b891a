// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QVariantMap>
#include <memory>
#include <optional>
#include <vector>

namespace hatstand::session {

/// One family of networks, as far as sessions need to know it. A third family is a new folder that implements
/// this and one line in the composition root.
class Network
{
public:
    virtual ~Network() = default;

    [[nodiscard]] virtual QString family() const = 0; ///< "nostr", "antelope"
    /// A full session id, checked and in its one written form.
    [[nodiscard]] virtual Result<SessionId> parseId(const QString& text) const = 0;
    /// Whether text has the form of an identity of this family (npub, nprofile, hex; actor@permission).
    /// nullopt: it does not. A predicate on sessions otherwise: actor@permission fits on any chain.
    using Matcher = std::function<bool(const SessionId&)>;
    [[nodiscard]] virtual std::optional<Matcher> matcherFor(const QString& text) const = 0;
    /// What a person may call the identity alone: the actor. Empty for Nostr.
    [[nodiscard]] virtual QString actor(const SessionId& id) const = 0;
    /// "9dcb7e19…e1ac30ec", "miragallery2@active".
    [[nodiscard]] virtual QString shortId(const SessionId& id) const = 0;
    /// "Nostr", "WAX".
    [[nodiscard]] virtual QString networkName(const SessionId& id) const = 0;
    /// The family's own fields of the session's JSON, in the contract's names.
    [[nodiscard]] virtual QVariantMap fields(const Session& session) const = 0;
};

/// All families there are. Owned by the composition root, passed to whoever names sessions.
class Networks
{
public:
    explicit Networks(std::vector<std::unique_ptr<Network>> families);
    [[nodiscard]] const Network* of(const SessionId& id) const; ///< nullptr for a family that is not known
    [[nodiscard]] Result<SessionId> parseId(const QString& text) const;
    [[nodiscard]] std::optional<Network::Matcher> matcherFor(const QString& text) const;
    [[nodiscard]] QString actor(const SessionId& id) const;
    [[nodiscard]] QString shortId(const SessionId& id) const;
    [[nodiscard]] QString networkName(const SessionId& id) const;
    [[nodiscard]] QVariantMap fields(const Session& session) const;

private:
    std::vector<std::unique_ptr<Network>> m_families;
};

} // namespace hatstand::session
