// SPDX-License-Identifier: MIT
// How scripts see an account's public data.
#include "app/cli/AccountFields.h"
#include "tests/unit/WireStand.h"

#include <QJsonArray>
#include <QTest>

using namespace hatstand;
using namespace hatstand::app;
using namespace Qt::Literals::StringLiterals;

class TestAccountFields : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsNotKnownIsNull();
    void summariesAreTold();
    void followsKeepOrderHintsAndPetnames();
    void mutesSayTheirKindAndWhetherTheyArePrivate();
    void relaysSayWhatTheySentInVain();
};

namespace {

constexpr char kHex1[] = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
constexpr char kNpub1[] = "npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d";
constexpr char kHex2[] = "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5";

QJsonObject at(const QJsonValue& array, qsizetype index)
{
    return array.toArray().at(index).toObject();
}

} // namespace

void TestAccountFields::whatIsNotKnownIsNull()
{
    const QJsonObject fields = QJsonObject::fromVariantMap(summaryFields({}));
    for (const char* name : {"follows", "mutes", "nip05", "refreshedAt"})
        QVERIFY2(fields.contains(QLatin1StringView(name)) && fields[QLatin1StringView(name)].isNull(), name);
    QCOMPARE(fields["profile"_L1], QJsonValue(QJsonObject()));
    QVERIFY(followListJson({}).isNull());
    QVERIFY(muteListJson({}, true).isNull());
    QVERIFY(relaysJson({}).isNull());
}

void TestAccountFields::summariesAreTold()
{
    accounts::AccountSummary summary;
    summary.profile.name = u"mira"_s;
    summary.profile.about = u"two\nlines"_s;
    summary.nip05 = accounts::Nip05State::Refuted;
    summary.follows = 0; // known to be none
    summary.mutes = 7;
    summary.refreshedAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    const QJsonObject fields = QJsonObject::fromVariantMap(summaryFields(summary));
    QVERIFY(fields["follows"_L1].isDouble());
    QCOMPARE(fields["follows"_L1].toInt(), 0);
    QCOMPARE(fields["mutes"_L1].toInt(), 7);
    QCOMPARE(fields["nip05"_L1].toString(), u"refuted"_s);
    QCOMPARE(fields["refreshedAt"_L1].toString(), u"2026-01-02T03:04:05.000Z"_s);
    QCOMPARE(fields["profile"_L1].toObject(),
        (QJsonObject{{u"name"_s, u"mira"_s}, {u"about"_s, u"two\nlines"_s}}));
}

void TestAccountFields::followsKeepOrderHintsAndPetnames()
{
    const auto event = nostr::test::wire(3,
        QByteArray("[[\"p\",\"") + kHex2 + "\"],[\"p\",\"" + kHex1
            + "\",\"wss://relay.example\",\"Mi ra\"]]");
    accounts::AccountLists lists;
    lists.follows = std::make_shared<const nostr::FollowList>(nostr::FollowList::fromEvent(event));
    const QJsonValue all = followListJson(lists);
    QCOMPARE(all.toArray().size(), 2);
    QCOMPARE(at(all, 0)["pubkey"_L1].toString(), QString::fromLatin1(kHex2));
    QCOMPARE(at(all, 0)["relay"_L1].toString(), QString());
    QCOMPARE(at(all, 1),
        (QJsonObject{{u"pubkey"_s, QString::fromLatin1(kHex1)}, {u"npub"_s, QString::fromLatin1(kNpub1)},
            {u"relay"_s, u"wss://relay.example"_s}, {u"petname"_s, u"Mi ra"_s}}));
}

void TestAccountFields::mutesSayTheirKindAndWhetherTheyArePrivate()
{
    using nostr::Muted;
    accounts::AccountLists lists;
    lists.mutes = std::make_shared<const nostr::MuteList>(nostr::MuteList{
        .entries = {{Muted::What::Person, QString::fromLatin1(kHex1)}, {Muted::What::Hashtag, u"art"_s},
            {Muted::What::Word, u"buy now"_s}, {Muted::What::Thread, QString::fromLatin1(kHex2), true}},
        .hasPrivate = true,
        .isPrivateRead = true});
    const QJsonValue all = muteListJson(lists, true);
    QStringList types;
    for (const QJsonValue& entry : all.toArray())
        types += entry["type"_L1].toString();
    QCOMPARE(types, (QStringList{u"person"_s, u"hashtag"_s, u"word"_s, u"thread"_s}));
    QCOMPARE(
        at(all, 2), (QJsonObject{{u"type"_s, u"word"_s}, {u"value"_s, u"buy now"_s}, {u"private"_s, false}}));
    QVERIFY(at(all, 3)["private"_L1].toBool());
    QCOMPARE(muteListJson(lists, false).toArray().size(), 3); // for whom it is not
}

void TestAccountFields::relaysSayWhatTheySentInVain()
{
    relay::RelayStatus good{.url = u"wss://good.example"_s, .state = relay::RelayState::Connected};
    good.read = true;
    good.answeredAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    relay::RelayStatus bad{.url = u"wss://bad.example"_s, .state = relay::RelayState::NotAllowed};
    bad.write = true;
    bad.refusals = {{relay::Refusal::WrongSignature, 2}, {relay::Refusal::TooLarge, 1}};
    bad.text = u"rate-limited"_s;
    const QJsonValue all = relaysJson({good, bad});
    QCOMPARE(at(all, 0),
        (QJsonObject{{u"url"_s, u"wss://good.example"_s}, {u"read"_s, true}, {u"write"_s, false},
            {u"state"_s, u"connected"_s}, {u"refused"_s, QJsonObject()},
            {u"answeredAt"_s, u"2026-01-02T03:04:05.000Z"_s}, {u"text"_s, QString()}}));
    QCOMPARE(at(all, 1)["state"_L1].toString(), u"not-allowed"_s);
    QCOMPARE(
        at(all, 1)["refused"_L1].toObject(), (QJsonObject{{u"wrong-signature"_s, 2}, {u"too-large"_s, 1}}));
    QVERIFY(at(all, 1)["answeredAt"_L1].isNull());
}

QTEST_GUILESS_MAIN(TestAccountFields)
#include "tst_account_fields.moc"
