// SPDX-License-Identifier: MIT
#include "core/signing/NetworkFamilies.h"

#include "core/antelope/Name.h"
#include "core/codec/Hex.h"
#include "core/nostr/Keys.h"

#include <algorithm>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

constexpr qsizetype kShortPart = 8;

bool isLowerHex64(QStringView text)
{
    const auto isDigit = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
    return text.size() == 64 && std::all_of(text.begin(), text.end(), isDigit);
}

Result<nostr::PublicKey> nostrKey(const QString& hex)
{
    if (!isLowerHex64(hex))
        return refuse(Why::NotThisForm);
    const auto bytes = codec::fromHex(hex.toStdString());
    if (!bytes)
        return fail(bytes.error());
    return nostr::PublicKey::fromBytes(bytesOf(*bytes));
}

class NostrNetwork final : public session::Network
{
public:
    QString family() const override { return u"nostr"_s; }

    Result<SessionId> parseId(const QString& text) const override
    {
        if (!text.startsWith("nostr:"_L1))
            return refuse(Why::NotThisForm);
        return nostrKey(text.mid(6)).map([&](const nostr::PublicKey&) { return SessionId(text); });
    }

    std::optional<Matcher> matcherFor(const QString& text) const override
    {
        const auto key = nostr::PublicKey::parse(text);
        if (!key)
            return std::nullopt;
        return [wanted = SessionId("nostr:"_L1 + key->hex())](const SessionId& id) { return id == wanted; };
    }

    QString actor(const SessionId&) const override { return {}; }

    QString shortId(const SessionId& id) const override
    {
        const QString hex = id.identity();
        return hex.size() <= 2 * kShortPart ? hex : hex.left(kShortPart) + u'…' + hex.right(kShortPart);
    }

    QString networkName(const SessionId&) const override { return u"Nostr"_s; }

    QVariantMap fields(const Session& session) const override
    {
        const QString hex = session.id.identity();
        const auto key = nostrKey(hex);
        const QVariant unknown = QVariant::fromValue(nullptr);
        return {
            {u"pubkey"_s, hex},
            {u"npub"_s, key ? QVariant(key->npub()) : unknown},
            {u"follows"_s, unknown},
            {u"mutes"_s, unknown},
            {u"profile"_s, QVariantMap()},
        };
    }
};

class AntelopeNetwork final : public session::Network
{
public:
    explicit AntelopeNetwork(const antelope::Chains& chains)
        : m_chains(chains)
    {
    }

    QString family() const override { return u"antelope"_s; }

    Result<SessionId> parseId(const QString& text) const override
    {
        SessionId id(text);
        if (id.family() != "antelope"_L1 || text.count(u':') != 2 || !isLowerHex64(id.chain()))
            return refuse(Why::NotThisForm);
        return antelope::PermissionLevel::parse(id.identity()).map([&](const antelope::PermissionLevel&) {
            return id;
        });
    }

    std::optional<Matcher> matcherFor(const QString& text) const override
    {
        if (!antelope::PermissionLevel::parse(text))
            return std::nullopt;
        return [text](const SessionId& id) { return id.family() == "antelope"_L1 && id.identity() == text; };
    }

    QString actor(const SessionId& id) const override { return id.identity().section(u'@', 0, 0); }
    QString shortId(const SessionId& id) const override { return id.identity(); }

    QString networkName(const SessionId& id) const override
    {
        const antelope::Chain* chain = m_chains.byId(id.chain());
        return chain ? chain->name : id.chain().left(kShortPart);
    }

    QVariantMap fields(const Session& session) const override
    {
        const bool isKnown = !session.publicKey.isEmpty();
        return {
            {u"chain"_s, session.id.chain()},
            {u"chainName"_s, networkName(session.id)},
            {u"actor"_s, actor(session.id)},
            {u"permission"_s, session.id.identity().section(u'@', 1)},
            {u"publicKey"_s, isKnown ? QVariant(session.publicKey) : QVariant::fromValue(nullptr)},
        };
    }

private:
    const antelope::Chains& m_chains;
};

} // namespace

std::unique_ptr<session::Network> makeNostrNetwork()
{
    return std::make_unique<NostrNetwork>();
}

std::unique_ptr<session::Network> makeAntelopeNetwork(const antelope::Chains& chains)
{
    return std::make_unique<AntelopeNetwork>(chains);
}

} // namespace hatstand::signing
