// SPDX-License-Identifier: MIT
#include "tests/ui/SampleStand.h"

#include "core/antelope/Chains.h"
#include "core/signing/NetworkFamilies.h"

namespace hatstand::test {

using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using session::SignerKind;

const QString SampleStand::mira = u"nostr:9dcb7e196d400d3e0a2a8ad917f102a4244795d1ee6c99cecf17b7a2e1ac30ec"_s;
const QString SampleStand::lumen
    = u"nostr:53f4a3791085da182d031624f6eac2b625efb61f8f5b161366c2b653e9778594"_s;
const QString SampleStand::gallery
    = u"antelope:1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4:miragallery2@active"_s;
const QString SampleStand::garden
    = u"nostr:4e0af280933e20a8fdcaf59de431874ce952df939463995477d4cb1ff3335be6"_s;
const QString SampleStand::treasury
    = u"antelope:4667b205c6838ef70ff7988f6e8257e8be0e1284a2f59699054a018f743b1d11:lumenpressdo@active"_s;
const QString SampleStand::tomas
    = u"nostr:8dea87fb1df101730e9b0f9302f3d227dd748b65cc1e5fa60598d892c0bde8de"_s;

namespace {

session::Networks bothFamilies()
{
    std::vector<std::unique_ptr<session::Network>> families;
    families.push_back(signing::makeNostrNetwork());
    families.push_back(signing::makeAntelopeNetwork(antelope::Chains::bundled()));
    return session::Networks(std::move(families));
}

} // namespace

SampleStand::SampleStand()
    : vault(new FakeVault)
    , networks(bothFamilies())
{
    slot.set(std::unique_ptr<secrets::SecretVault>(vault));
    if (!store.open(dir.filePath(u"hatstand.db"_s)))
        qFatal("no store");
    sessions = std::make_unique<session::SessionManager>(store, slot, networks, clock);
    if (!sessions->load())
        qFatal("no sessions");
    model = std::make_unique<ui::SessionModel>(*sessions);
}

SessionId SampleStand::add(const QString& id, const QString& label, SignerKind signer, bool activate)
{
    session::NewSession wanted;
    wanted.id = SessionId(id);
    wanted.label = label;
    wanted.signer = signer;
    wanted.wallet = u"hatstand"_s;
    wanted.activate = activate;
    if (id.startsWith("antelope:"_L1))
        wanted.publicKey = u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s;
    if (signer != SignerKind::WatchOnly) {
        const bool encrypted = signer == SignerKind::EncryptedKey;
        wanted.secret = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(
            std::string_view(encrypted ? R"({"v":1,"type":"ncryptsec","data":"ncryptsec1x"})"
                                       : R"({"v":1,"type":"nsec","data":"nsec1x"})")));
    }
    bool answered = false;
    sessions->add(std::move(wanted), [&answered](const Result<session::Added>& done) {
        if (!done)
            qFatal("can't add: %s", name(done.error().code).data());
        answered = true;
    });
    if (!answered)
        qFatal("the vault kept its answer");
    return SessionId(id);
}

void SampleStand::addSix()
{
    add(mira, u"Mira Okafor"_s);
    clock.time = QDateTime(QDate(2026, 5, 20), QTime(14, 2), Qt::UTC);
    add(lumen, u"Lumen Press"_s, SignerKind::Remote, false);
    add(gallery, u"Gallery"_s);
    add(garden, u"Night Garden"_s, SignerKind::EncryptedKey, false);
    add(treasury, u"Press treasury"_s, SignerKind::LocalKey, false);
    add(tomas, u"Tomas Reyes"_s, SignerKind::WatchOnly, false);
    clock.time = QDateTime(QDate(2026, 6, 13), QTime(9, 30), Qt::UTC);
    if (!sessions->activate(SessionId(mira)))
        qFatal("can't switch");
}

SessionId SampleStand::at(qsizetype place) const
{
    return sessions->sessions().at(place).id;
}

QString SampleStand::nostrId(int number)
{
    return "nostr:"_L1 + u"%1"_s.arg(number, 64, 16, QLatin1Char('0'));
}

} // namespace hatstand::test
