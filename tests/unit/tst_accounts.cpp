// SPDX-License-Identifier: MIT
// From what a person types or pastes to an account, and what an account is called.
#include "core/nostr/Nip49.h"
#include "core/secrets/StoredSecret.h"
#include "core/signing/Accounts.h"
#include "core/signing/NetworkFamilies.h"

#include <QSet>
#include <QTest>

using namespace hatstand;
using namespace hatstand::session;
using namespace hatstand::signing;
using namespace Qt::Literals::StringLiterals;
using secrets::SecretType;

namespace {

const QString kNsec = u"nsec1jtwsdszm2n60d50pd96mddjy6pc4t6padw890rcf9vqfhg8ncjtsqg8msz"_s;
const QString kSecretHex = u"92dd06c05b54f4f6d1e16975b6b644d07155e83d6b8e578f092b009ba0f3c497"_s;
const QString kPubkey = u"c4beafd98c4482e3a615080c09ace2824741e98ba81a3b7bc8debbe7fc8082a3"_s;
const QString kNcryptsec = u"ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57lspw"
                           u"8gsq6yphnm8623nsl8xn9j4jdzz84zm"
                           u"3frztj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p"_s;
const QString kWax = u"1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4"_s;
const QString kWif = u"5KQvfsPJ9YvGuVbLRLXVWPNubed6FWvV8yax6cNSJEzB4co3zFu"_s;
const QString kPvt = u"PVT_K1_2be6BwD56MHeVD4P95bRLdnP3oB3P4QRAXAsSKh4N8Xu6d4Aux"_s;
const QString kPub = u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s;

SecretBuffer secret(const QString& text)
{
    return SecretBuffer::copyOf(text.toStdString());
}

const antelope::Chain& wax()
{
    return *antelope::Chains::bundled().byId(kWax);
}

/// What rests of an account: type and text.
std::pair<SecretType, QString> stored(const NewSession& session)
{
    const auto entry = secrets::decodeStoredSecret(*session.secret).value();
    return {
        entry.type, QString::fromLatin1(entry.data.text().data(), static_cast<qsizetype>(entry.data.size()))};
}

class CountingRandom final : public Random
{
public:
    void fill(MutableBytes out) override { std::fill(out.begin(), out.end(), ++m_next); }

private:
    std::uint8_t m_next = 0;
};

} // namespace

class TestAccounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nostrKeys_data();
    void nostrKeys();
    void refusedNostrKeys_data();
    void refusedNostrKeys();
    void generatedKeysDiffer();
    void encryptedKeysAreStoredAsTheyCame();
    void encryptedKeysThatCantBeOpened();
    void watchedNostrAccounts();
    void antelopeKeys_data();
    void antelopeKeys();
    void refusedAntelopeAccounts_data();
    void refusedAntelopeAccounts();
    void watchedAntelopeAccounts();
    void pastedTexts_data();
    void pastedTexts();

    void idsAreStrict_data();
    void idsAreStrict();
    void matchersFitEveryForm();
    void whatAccountsAreCalled();
    void fieldsOfTheJson();
};

void TestAccounts::nostrKeys_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nsec") << kNsec;
    QTest::newRow("hex") << kSecretHex;
    QTest::newRow("hex in upper case") << kSecretHex.toUpper();
    QTest::newRow("with a line end") << QString(kNsec + u'\n');
}

void TestAccounts::nostrKeys()
{
    QFETCH(QString, text);
    const auto made = nostrFromKey(secret(text));
    QVERIFY(made.has_value());
    QCOMPARE(made->id.text(), u"nostr:"_s + kPubkey);
    QCOMPARE(made->signer, SignerKind::LocalKey);
    QCOMPARE(made->wallet, u"hatstand"_s);
    QCOMPARE(stored(*made), std::pair(SecretType::Nsec, kNsec)); // whatever it came as
}

void TestAccounts::refusedNostrKeys_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Why>("why");
    QTest::newRow("npub") << u"npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"_s
                          << Why::PublicKeyGiven;
    QTest::newRow("ncryptsec") << kNcryptsec << Why::EncryptedKeyGiven;
    QTest::newRow("wrong checksum") << QString(kNsec.chopped(1) + u'q') << Why::ChecksumWrong;
    QTest::newRow("cut short") << kNsec.left(40) << Why::CutShort;
    QTest::newRow("empty") << QString() << Why::Empty;
    QTest::newRow("zero") << QString(64, u'0') << Why::ZeroKey;
    QTest::newRow("too high") << QString(64, u'f') << Why::KeyOutOfRange;
}

void TestAccounts::refusedNostrKeys()
{
    QFETCH(QString, text);
    QFETCH(Why, why);
    const auto made = nostrFromKey(secret(text));
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().why, why);
}

void TestAccounts::generatedKeysDiffer()
{
    SystemRandom random;
    QSet<QString> ids;
    for (int i = 0; i < 50; ++i) {
        const NewSession made = generateNostr(random);
        const auto [type, text] = stored(made);
        QCOMPARE(type, SecretType::Nsec);
        QVERIFY(nostrFromKey(secret(text))->id == made.id);
        ids.insert(made.id.text());
    }
    QCOMPARE(ids.size(), 50);
    CountingRandom known;
    QCOMPARE(stored(generateNostr(known)).second,
        stored(nostrFromKey(secret(u"01"_s.repeated(32))).value()).second);
}

void TestAccounts::encryptedKeysAreStoredAsTheyCame()
{
    QThreadPool pool;
    std::optional<Result<NewSession>> answer;
    QVERIFY(checkNcryptsec(secret(kNcryptsec)).has_value());
    nostrFromNcryptsec(std::make_shared<const SecretBuffer>(secret(u' ' + kNcryptsec + u'\n')),
        std::make_shared<const SecretBuffer>(secret(u"nostr"_s)), pool, this, nullptr,
        [&](Result<NewSession> result) {
            QCOMPARE(QThread::currentThread(), qApp->thread());
            answer = std::move(result);
        });
    QVERIFY(!answer); // off the event loop
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 60'000);
    QVERIFY(answer->has_value());
    const NewSession& made = **answer;
    QVERIFY(made.id
        == nostrFromKey(secret(u"3501454135014541350145413501453fefb02227e449e57cf4d3a3ce05378683"_s))->id);
    QCOMPARE(made.signer, SignerKind::EncryptedKey);
    QCOMPARE(stored(made), std::pair(SecretType::Ncryptsec, kNcryptsec));
}

void TestAccounts::encryptedKeysThatCantBeOpened()
{
    SystemRandom random;
    const auto key = nostr::SecretKey::parse(secret(kNsec));
    const QByteArray cheap = nostr::nip49::encrypt(*key, secret(u"right"_s), random, 4).value();
    QThreadPool pool;
    const auto open = [&](const QString& text, const QString& passphrase, bool cancelled) {
        std::optional<Result<NewSession>> answer;
        nostrFromNcryptsec(std::make_shared<const SecretBuffer>(secret(text)),
            std::make_shared<const SecretBuffer>(secret(passphrase)), pool, this,
            std::make_shared<std::atomic_bool>(cancelled),
            [&](Result<NewSession> result) { answer = std::move(result); });
        (void)QTest::qWaitFor([&] { return answer.has_value(); });
        return answer.value_or(fail(ErrorCode::Failed));
    };
    const QString text = QString::fromLatin1(cheap);
    QVERIFY(open(text, u"right"_s, false).has_value());
    QCOMPARE(open(text, u"wrong"_s, false).error().code, ErrorCode::WrongPassphrase);
    QCOMPARE(open(text, u"right"_s, true).error().code, ErrorCode::Cancelled);
    QCOMPARE(open(kNsec, u"right"_s, false).error().code, ErrorCode::InvalidInput);
    QVERIFY(!checkNcryptsec(secret(kNsec)).has_value());
    QCOMPARE(checkNcryptsec(secret(text.chopped(1) + (text.back() == u'q' ? u'p' : u'q'))).error().why,
        Why::ChecksumWrong);
}

void TestAccounts::watchedNostrAccounts()
{
    for (const QString& text : {kPubkey, kPubkey.toUpper(), QString(u' ' + kPubkey + u'\n')}) {
        const auto made = watchNostr(text);
        QVERIFY2(made.has_value(), qPrintable(text));
        QCOMPARE(made->id.text(), u"nostr:"_s + kPubkey);
        QCOMPARE(made->signer, SignerKind::WatchOnly);
        QVERIFY(!made->secret);
    }
    QCOMPARE(watchNostr(kNsec).error().why, Why::PrivateKeyGiven);
    QVERIFY(!watchNostr(QString(64, u'f')).has_value());
}

void TestAccounts::antelopeKeys_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rests");
    QTest::addColumn<QString>("publicKey");
    QTest::newRow("PVT_K1") << kPvt << kPvt << kPub;
    QTest::newRow("WIF, never written") << kWif << kPvt << kPub;
    const QString r1 = u"PVT_R1_2dSFGZnA4oFvMHwfjeYCtK2MLLPNYWgYRXrPTcnTaLZFkDSELm"_s;
    QTest::newRow("PVT_R1") << r1 << r1 << u"PUB_R1_8E46r5HiQF84o6V8MWQQg1vPpgfjYA4XDqT6xbtaaebxw7XbLu"_s;
}

void TestAccounts::antelopeKeys()
{
    QFETCH(QString, text);
    QFETCH(QString, rests);
    QFETCH(QString, publicKey);
    const auto made = antelopeFromKey(wax(), u"miragallery2@active"_s, secret(text));
    QVERIFY(made.has_value());
    QCOMPARE(made->id.text(), u"antelope:%1:miragallery2@active"_s.arg(kWax));
    QCOMPARE(made->signer, SignerKind::LocalKey);
    QCOMPARE(made->wallet, u"wallet-plugin-privatekey"_s);
    QCOMPARE(made->publicKey, publicKey);
    QCOMPARE(stored(*made), std::pair(SecretType::Pvt, rests));
}

void TestAccounts::refusedAntelopeAccounts_data()
{
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("key");
    QTest::addColumn<Why>("why");
    QTest::newRow("upper case") << u"Mira@active"_s << kPvt << Why::BadName;
    QTest::newRow("no permission") << u"mira"_s << kPvt << Why::NotThisForm;
    QTest::newRow("public key") << u"mira@active"_s << kPub << Why::PublicKeyGiven;
    QTest::newRow("Nostr key") << u"mira@active"_s << kNsec << Why::WrongPrefix;
    QTest::newRow("no key") << u"mira@active"_s << QString() << Why::Empty;
}

void TestAccounts::refusedAntelopeAccounts()
{
    QFETCH(QString, account);
    QFETCH(QString, key);
    QFETCH(Why, why);
    const auto made = antelopeFromKey(wax(), account, secret(key));
    QVERIFY(!made.has_value());
    QCOMPARE(made.error().why, why);
}

void TestAccounts::watchedAntelopeAccounts()
{
    const auto made = watchAntelope(wax(), u" miragallery2@active\n"_s);
    QVERIFY(made.has_value());
    QCOMPARE(made->id.text(), u"antelope:%1:miragallery2@active"_s.arg(kWax));
    QCOMPARE(made->signer, SignerKind::WatchOnly);
    QVERIFY(!made->secret);
    QCOMPARE(watchAntelope(wax(), u"miragallery2@"_s).error().why, Why::BadName);
}

void TestAccounts::pastedTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Pasted>("what");
    QTest::newRow("nsec") << kNsec << Pasted::NostrKey;
    QTest::newRow("nsec in upper case, with white space")
        << QString(u"\n "_s + kNsec.toUpper() + u' ') << Pasted::NostrKey;
    QTest::newRow("a mistyped nsec") << kNsec.chopped(3) << Pasted::NostrKey;
    QTest::newRow("ncryptsec") << kNcryptsec << Pasted::NostrEncryptedKey;
    QTest::newRow("npub") << u"npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"_s
                          << Pasted::NostrPublicKey;
    QTest::newRow("nprofile") << u"nprofile1qqs"_s << Pasted::NostrPublicKey;
    QTest::newRow("PVT_K1") << kPvt << Pasted::AntelopeKey;
    QTest::newRow("PVT_R1") << u"PVT_R1_x"_s << Pasted::AntelopeKey;
    QTest::newRow("WIF") << kWif << Pasted::AntelopeKey;
    QTest::newRow("account") << u"miragallery2@active"_s << Pasted::AntelopeAccount;
    QTest::newRow("PUB_K1") << kPub << Pasted::None;
    QTest::newRow("64 hex could be either key") << kPubkey << Pasted::None;
    QTest::newRow("mail address") << u"mira@okafor.example"_s << Pasted::None;
    QTest::newRow("51 characters that start with 5")
        << u"5 is the number of all the things that I like today."_s.left(51) << Pasted::None;
    QTest::newRow("a sentence") << u"hello there"_s << Pasted::None;
    QTest::newRow("empty") << QString() << Pasted::None;
    QTest::newRow("1 MB") << QString(kNsec + QString(1 << 20, u'q')) << Pasted::None;
}

void TestAccounts::pastedTexts()
{
    QFETCH(QString, text);
    QFETCH(Pasted, what);
    QCOMPARE(recognise(secret(text)), what);
}

void TestAccounts::idsAreStrict_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("ok");
    QTest::newRow("Nostr") << u"nostr:"_s + kPubkey << true;
    QTest::newRow("Antelope") << u"antelope:%1:mira@active"_s.arg(kWax) << true;
    QTest::newRow("a chain that is not known") << u"antelope:%1:mira@active"_s.arg(QString(64, u'a')) << true;
    QTest::newRow("upper-case key") << u"nostr:"_s + kPubkey.toUpper() << false;
    QTest::newRow("short key") << u"nostr:"_s + kPubkey.chopped(1) << false;
    QTest::newRow("not on the curve") << u"nostr:"_s + QString(64, u'f') << false;
    QTest::newRow("npub as identity")
        << u"nostr:npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"_s << false;
    QTest::newRow("trash") << u"trash:nostr:"_s + kPubkey << false;
    QTest::newRow("family in upper case") << u"Nostr:"_s + kPubkey << false;
    QTest::newRow("family alone") << u"nostr:"_s << false;
    QTest::newRow("alias instead of id") << u"antelope:wax:mira@active"_s << false;
    QTest::newRow("upper-case chain") << u"antelope:%1:mira@active"_s.arg(kWax.toUpper()) << false;
    QTest::newRow("no permission") << u"antelope:%1:mira"_s.arg(kWax) << false;
    QTest::newRow("upper-case actor") << u"antelope:%1:Mira@active"_s.arg(kWax) << false;
    QTest::newRow("one colon more") << u"antelope:%1::mira@active"_s.arg(kWax) << false;
    QTest::newRow("another family") << u"bitcoin:"_s + kPubkey << false;
    QTest::newRow("white space") << u" nostr:"_s + kPubkey << false;
    QTest::newRow("empty") << QString() << false;
}

namespace {

Networks families()
{
    std::vector<std::unique_ptr<Network>> both;
    both.push_back(makeNostrNetwork());
    both.push_back(makeAntelopeNetwork(antelope::Chains::bundled()));
    return Networks(std::move(both));
}

} // namespace

void TestAccounts::idsAreStrict()
{
    QFETCH(QString, text);
    QFETCH(bool, ok);
    const auto id = families().parseId(text);
    QCOMPARE(id.has_value(), ok);
    if (ok)
        QCOMPARE(id->text(), text);
}

void TestAccounts::matchersFitEveryForm()
{
    const Networks networks = families();
    const SessionId one
        = watchNostr(u"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"_s)->id;
    const SessionId onWax = watchAntelope(wax(), u"mira@active"_s)->id;
    const SessionId onTelos
        = watchAntelope(*antelope::Chains::bundled().find(u"telos"_s), u"mira@active"_s)->id;
    for (const QString& text : {u"npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"_s,
             one.identity(), one.identity().toUpper()}) {
        const auto matches = networks.matcherFor(text);
        QVERIFY2(matches, qPrintable(text));
        QVERIFY((*matches)(one));
        QVERIFY(!(*matches)(onWax));
    }
    const auto matches = networks.matcherFor(u"mira@active"_s);
    QVERIFY(matches);
    QVERIFY((*matches)(onWax) && (*matches)(onTelos) && !(*matches)(one));
    for (const QString& text : {u"mira"_s, u"Mira Okafor"_s, u"mira@Active"_s, kNsec, QString()})
        QVERIFY2(!networks.matcherFor(text), qPrintable(text));
}

void TestAccounts::whatAccountsAreCalled()
{
    const Networks networks = families();
    const SessionId key(u"nostr:9dcb7e1900000000000000000000000000000000000000000000000ae1ac30ec"_s);
    QCOMPARE(networks.shortId(key), u"9dcb7e19…e1ac30ec"_s);
    QCOMPARE(networks.networkName(key), u"Nostr"_s);
    QCOMPARE(networks.actor(key), QString());
    const SessionId account(u"antelope:%1:miragallery2@active"_s.arg(kWax));
    QCOMPARE(networks.shortId(account), u"miragallery2@active"_s);
    QCOMPARE(networks.networkName(account), u"WAX"_s);
    QCOMPARE(networks.actor(account), u"miragallery2"_s);
    const SessionId elsewhere(u"antelope:abcdef0123%1:mira@active"_s.arg(QString(54, u'0')));
    QCOMPARE(networks.networkName(elsewhere), u"abcdef01"_s);
}

void TestAccounts::fieldsOfTheJson()
{
    const Networks networks = families();
    Session session;
    session.id = SessionId(u"nostr:79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"_s);
    const QVariantMap nostrFields = networks.fields(session);
    QCOMPARE(
        nostrFields.keys(), (QStringList{u"follows"_s, u"mutes"_s, u"npub"_s, u"profile"_s, u"pubkey"_s}));
    QCOMPARE(nostrFields[u"npub"_s], u"npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"_s);
    QCOMPARE(nostrFields[u"pubkey"_s], session.id.identity());
    QVERIFY(nostrFields[u"follows"_s].isNull() && nostrFields[u"mutes"_s].isNull());
    QCOMPARE(nostrFields[u"profile"_s].toMap(), QVariantMap());

    session.id = SessionId(u"antelope:%1:miragallery2@active"_s.arg(kWax));
    session.publicKey = kPub;
    QCOMPARE(networks.fields(session),
        (QVariantMap{{u"chain"_s, kWax}, {u"chainName"_s, u"WAX"_s}, {u"actor"_s, u"miragallery2"_s},
            {u"permission"_s, u"active"_s}, {u"publicKey"_s, kPub}}));
    session.publicKey.clear();
    QVERIFY(networks.fields(session)[u"publicKey"_s].isNull());
}

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
