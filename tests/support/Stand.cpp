// SPDX-License-Identifier: MIT
#include "tests/support/Stand.h"

namespace hatstand::test {
namespace {

using namespace session;
using namespace Qt::Literals::StringLiterals;

class PlainNetwork final : public Network
{
public:
    explicit PlainNetwork(QString family)
        : m_family(std::move(family))
    {
    }
    [[nodiscard]] QString family() const override { return m_family; }
    [[nodiscard]] Result<SessionId> parseId(const QString& text) const override
    {
        const SessionId id(text);
        if (id.family() != m_family || id.identity().isEmpty())
            return refuse(Why::NotThisForm);
        return id;
    }
    [[nodiscard]] std::optional<Matcher> matcherFor(const QString& text) const override
    {
        if (m_family == "nostr"_L1 ? !text.startsWith("npub"_L1) : !text.contains(u'@'))
            return std::nullopt;
        return [text, family = m_family](
                   const SessionId& id) { return id.family() == family && id.identity() == text; };
    }
    [[nodiscard]] QString actor(const SessionId& id) const override
    {
        return m_family == "nostr"_L1 ? QString() : id.identity().section(u'@', 0, 0);
    }
    [[nodiscard]] QString shortId(const SessionId& id) const override { return id.identity(); }
    [[nodiscard]] QString networkName(const SessionId& id) const override { return id.network(); }
    [[nodiscard]] QVariantMap fields(const Session&) const override { return {}; }

private:
    QString m_family;
};

template <class T>
Result<T> answerOf(const std::function<void(Callback<T>)>& command)
{
    std::optional<Result<T>> answer;
    command([&](Result<T> result) { answer = std::move(result); });
    if (!answer)
        qFatal("the command was not answered");
    return *answer;
}

} // namespace

std::unique_ptr<Networks> plainNetworks()
{
    std::vector<std::unique_ptr<Network>> families;
    families.push_back(std::make_unique<PlainNetwork>(u"nostr"_s));
    families.push_back(std::make_unique<PlainNetwork>(u"antelope"_s));
    return std::make_unique<Networks>(std::move(families));
}

Stand::Stand()
{
    start();
}

Stand::~Stand() = default;

void Stand::stop()
{
    m_sessions.reset();
    m_store.reset();
}

void Stand::start()
{
    m_store = std::make_unique<SessionStore>();
    if (auto opened = m_store->open(file()); !opened)
        qFatal("the store does not open: %s", qPrintable(opened.error().detail));
    m_sessions = std::make_unique<SessionManager>(*m_store, vault, *networks, clock);
    if (auto loaded = m_sessions->load(); !loaded)
        qFatal("the store does not load: %s", qPrintable(loaded.error().detail));
}

void Stand::restart()
{
    stop();
    start();
    settle();
}

void Stand::kill()
{
    vault.forgetHeld();
    stop();
    start();
}

NewSession Stand::account(const QString& id, SignerKind signer)
{
    NewSession account{.id = SessionId(id),
        .signer = signer,
        .wallet = u"hatstand"_s,
        .publicKey = {},
        .label = {},
        .secret = {}};
    if (signer != SignerKind::WatchOnly) {
        const QByteArray type = signer == SignerKind::EncryptedKey ? "ncryptsec" : "nsec";
        const QByteArray value = R"({"v":1,"type":")" + type + R"(","data":"of-)" + id.toUtf8() + R"("})";
        account.secret = std::make_shared<SecretBuffer>(SecretBuffer::copyOf(bytesOf(value)));
    }
    return account;
}

Result<Added> Stand::add(const QString& id, SignerKind signer, bool activate, const QString& label)
{
    NewSession wanted = account(id, signer);
    wanted.activate = activate;
    wanted.label = label;
    return answerOf<Added>(
        [&](Callback<Added> done) { m_sessions->add(std::move(wanted), std::move(done)); });
}

Result<void> Stand::logout(const QString& id, bool forget)
{
    return answerOf<void>(
        [&](Callback<void> done) { m_sessions->logout(SessionId(id), {forget}, std::move(done)); });
}

Result<void> Stand::logoutAll(bool forget)
{
    return answerOf<void>([&](Callback<void> done) { m_sessions->logoutAll({forget}, std::move(done)); });
}

Result<void> Stand::untrash(const QString& id)
{
    return answerOf<void>([&](Callback<void> done) { m_sessions->untrash(SessionId(id), std::move(done)); });
}

void Stand::settle()
{
    (void)answerOf<void>([&](Callback<void> done) { m_sessions->settle(std::move(done)); });
}

QStringList Stand::order() const
{
    QStringList ids;
    for (const Session& session : m_sessions->sessions())
        ids += session.id.text();
    return ids;
}

Session Stand::at(const QString& id) const
{
    const Session* session = m_sessions->find(SessionId(id));
    return session ? *session : Session();
}

} // namespace hatstand::test
