// SPDX-License-Identifier: MIT
// Who signs, in which order things are asked, and that no other key than the session's ever does.
#include "core/antelope/Chains.h"
#include "core/antelope/Keys.h"
#include "core/nostr/Event.h"
#include "core/nostr/Nip49.h"
#include "core/signing/Accounts.h"
#include "core/signing/Describe.h"
#include "core/signing/NetworkFamilies.h"
#include "core/signing/Signer.h"
#include "tests/support/FakePeople.h"
#include "tests/support/Stand.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

using namespace hatstand;
using namespace hatstand::session;
using namespace hatstand::signing;
using namespace Qt::Literals::StringLiterals;
using test::FakeApprover;
using test::FakePassphrases;
using test::Stand;
using For = PassphraseSource::For;

namespace {

const QString kWax = u"1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4"_s;
const QString kPvt1 = u"PVT_K1_2be6BwD56MHeVD4P95bRLdnP3oB3P4QRAXAsSKh4N8Xu6d4Aux"_s;
const QString kPub1 = u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s;
const QString kPvtR1 = u"PVT_R1_2dSFGZnA4oFvMHwfjeYCtK2MLLPNYWgYRXrPTcnTaLZFkDSELm"_s;
const QString kPubR1 = u"PUB_R1_8E46r5HiQF84o6V8MWQQg1vPpgfjYA4XDqT6xbtaaebxw7XbLu"_s;
const QByteArray kNote = R"({"kind":1,"content":"hello"})";
constexpr ByteArray<32> kDigest{1, 2, 3};

SecretBuffer secret(const QString& text)
{
    return SecretBuffer::copyOf(text.toStdString());
}

SharedSecret shared(std::string_view text)
{
    return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
}

QString hexKey(int number)
{
    return u"%1"_s.arg(number, 64, 16, QChar(u'0'));
}

/// A store with real families, and a signer on it.
class Desk : public Stand
{
public:
    Desk()
    {
        stop();
        std::vector<std::unique_ptr<Network>> families;
        families.push_back(makeNostrNetwork());
        families.push_back(makeAntelopeNetwork(antelope::Chains::bundled()));
        networks = std::make_unique<Networks>(std::move(families));
        start();
        m_signer = std::make_unique<LocalSigner>(sessions(), vault, keys, clock, antelope::Chains::bundled());
    }
    ~Desk() { pool.waitForDone(); }

    SessionId put(NewSession session)
    {
        const SessionId id = session.id;
        bool added = false;
        sessions().add(std::move(session), [&](const Result<Added>& result) { added = result.has_value(); });
        if (!added)
            qFatal("the account was not added");
        vault.reads = 0;
        return id;
    }
    SessionId nostr(int key) { return put(nostrFromKey(secret(hexKey(key))).value()); }
    SessionId antelope(const QString& account, const QString& pvt = kPvt1)
    {
        return put(antelopeFromKey(*antelope::Chains::bundled().byId(kWax), account, secret(pvt)).value());
    }
    /// The account of key, stored as an ncryptsec under passphrase.
    SessionId encrypted(int key, std::string_view passphrase)
    {
        SystemRandom random;
        const auto own = nostr::SecretKey::parse(secret(hexKey(key)));
        const auto text = nostr::nip49::encrypt(*own, SecretBuffer::copyOf(passphrase), random, 4).value();
        std::optional<NewSession> made;
        QObject context;
        nostrFromNcryptsec(std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(bytesOf(text))),
            shared(passphrase), pool, &context, nullptr,
            [&](Result<NewSession> session) { made = std::move(session).value(); });
        if (!QTest::qWaitFor([&] { return made.has_value(); }))
            qFatal("the key was not decrypted");
        return put(*made);
    }

    Result<QByteArray> signEvent(const SessionId& id, const QByteArray& event = kNote)
    {
        return wait<QByteArray>(
            [&](auto done) { m_signer->signEvent(id, event, person, passphrases, done); });
    }
    Result<QString> signDigest(const SessionId& id)
    {
        return wait<QString>(
            [&](auto done) { m_signer->signDigest(id, kDigest, person, passphrases, done); });
    }
    Result<QByteArray> exportKey(const SessionId& id)
    {
        const auto key = wait<SharedSecret>([&](auto done) { m_signer->exportKey(id, passphrases, done); });
        return key.map([](const SharedSecret& text) { return toQByteArray(text->view()); });
    }
    Result<QByteArray> exportEncrypted(const SessionId& id, const SharedSecret& passphrase)
    {
        return wait<QByteArray>(
            [&](auto done) { m_signer->exportEncrypted(id, passphrase, passphrases, done); });
    }
    void dropSigner() { m_signer.reset(); }
    LocalSigner& signer() { return *m_signer; }

    QThreadPool pool;
    LocalKeys keys{vault, pool};
    FakeApprover person;
    FakePassphrases passphrases;

private:
    template <class T>
    Result<T> wait(const std::function<void(Callback<T>)>& command)
    {
        int answers = 0;
        Result<T> answer = fail(ErrorCode::Failed, u"never answered"_s);
        command([&](Result<T> result) {
            ++answers;
            answer = std::move(result);
        });
        (void)QTest::qWaitFor([&] { return answers > 0; });
        if (answers != 1)
            qFatal("answered %d times", answers);
        return answer;
    }

    std::unique_ptr<LocalSigner> m_signer;
};

ErrorCode codeOf(const auto& result)
{
    return result.has_value() ? ErrorCode::Usage : result.error().code;
}

} // namespace

class TestSigning : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEventIsSignedAsItsSession();
    void aDigestIsSignedByBothCurves();
    void whatIsShownIsWhatIsSigned();
    void contentCannotPassForTheQuestion();
    void longContentIsCutAndSaidToBe_data();
    void longContentIsCutAndSaidToBe();
    void nothingIsReadBeforeYes_data();
    void nothingIsReadBeforeYes();
    void refusedBeforeAnyQuestion_data();
    void refusedBeforeAnyQuestion();
    void aMissingSecretIsToldBeforeAnyQuestion();
    void whereNobodyIsToBeAskedAVaultIsNotWaitedFor();
    void anotherAccountsEventIsRefusedBeforeAnyQuestion();
    void aSwappedNostrKeySignsNothing();
    void aSwappedAntelopeKeySignsNothing();
    void aKeyOfTheOtherFamilySignsNothing();
    void anAccountLoggedOutWhileAskedSignsNothing();
    void anEntryThatIsNoKeyIsDamaged();
    void whatTheVaultSaysIsToldAndNoted_data();
    void whatTheVaultSaysIsToldAndNoted();
    void anEncryptedKeyAsksEachTime();
    void aWrongPassphraseSignsNothing();
    void anEncryptedKeyOfAnotherAccountSignsNothing();
    void theEntrysTypeCountsNotTheRows();
    void theLockedPassphraseVaultIsOpenedOnce();
    void anUnknownPublicKeyIsLearnedAtFirstUse();
    void exportsNameTheKeyItself();
    void encryptedExports();
    void anAnswerAfterTheSignerIsGoneIsDropped();
    void whoSignsWithoutASession();
};

void TestSigning::anEventIsSignedAsItsSession()
{
    Desk desk;
    const SessionId one = desk.nostr(1);
    const SessionId two = desk.nostr(2);
    for (const SessionId& id : {one, two, one}) {
        const auto json = desk.signEvent(id);
        QVERIFY(json.has_value());
        const auto event = nostr::parseSigned(*json);
        QVERIFY(event.has_value());
        QCOMPARE(event->pubkey.hex(), id.identity());
        QCOMPARE(event->content, u"hello"_s);
    }
    QCOMPARE(desk.vault.reads, 3); // one read a signature, nothing kept
    QVERIFY(desk.passphrases.asked.isEmpty());
}

void TestSigning::aDigestIsSignedByBothCurves()
{
    Desk desk;
    const SessionId k1 = desk.antelope(u"miragallery2@active"_s);
    const SessionId r1 = desk.antelope(u"otheraccount@active"_s, kPvtR1);
    QVERIFY(antelope::recover(desk.signDigest(k1).value(), kDigest) == antelope::PublicKey::parse(kPub1));
    QVERIFY(antelope::recover(desk.signDigest(r1).value(), kDigest) == antelope::PublicKey::parse(kPubR1));
}

void TestSigning::whatIsShownIsWhatIsSigned()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    QVERIFY(desk.sessions().rename(id, u"Mira"_s));
    desk.person.beforeAnswering = [&] { desk.clock.time = desk.clock.time.addDays(1); };
    const auto json = desk.signEvent(
        id, R"({"kind":1,"content":"two\nlines","tags":[["t","x"]],"id":"forged","sig":"forged"})");
    QVERIFY(json.has_value());
    QCOMPARE(desk.person.shown.size(), 1);
    const SigningRequest& shown = desk.person.shown.first();
    QVERIFY(shown.session == id);
    QCOMPARE(shown.sessionName, u"Mira"_s);
    QVERIFY(shown.what.contains(u"kind 1"_s));
    QVERIFY(shown.text.contains(u"\n| two\n| lines"_s));
    QVERIFY(shown.text.contains(u"\n| [\"t\",\"x\"]\n"_s));
    const auto event = nostr::parseSigned(*json);
    QVERIFY(event.has_value());
    const QDateTime signedAt = QDateTime::fromSecsSinceEpoch(event->createdAt, Qt::UTC);
    QVERIFY2(shown.text.contains(signedAt.toString(Qt::ISODate)), qPrintable(shown.text));

    const SessionId wax = desk.antelope(u"miragallery2@active"_s);
    QVERIFY(desk.signDigest(wax).has_value());
    QVERIFY(desk.person.shown.last().text.contains(u"010203"_s));
    QCOMPARE(desk.person.shown.last().sessionName, u"miragallery2@active"_s);
}

void TestSigning::contentCannotPassForTheQuestion()
{
    const QString fake
        = QString(60, u'\n') + u"hatstand sign-event wants to log in\nTime: now\n… 3 more lines"_s;
    const QStringList ours
        = describeEvent({.createdAt = 1, .kind = 1, .tags = {{u"a\nb"_s}}, .content = fake})
              .text.split(u'\n');
    QStringList unmarked;
    for (const QString& line : ours) {
        if (!line.startsWith("| "_L1))
            unmarked += line;
    }
    QCOMPARE(unmarked,
        (QStringList{u"Time: 1970-01-01T00:00:01Z"_s, u"Tags:"_s,
            u"Content, only its beginning of %1 characters:"_s.arg(fake.size()), u"… 23 more lines"_s}));
}

void TestSigning::longContentIsCutAndSaidToBe_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QList<QStringList>>("tags");
    QTest::addColumn<QString>("said");
    const QList<QStringList> none;
    QTest::newRow("many lines") << QString(500'000, u'\n') << none << u"of 500000 characters:"_s;
    QTest::newRow("one line") << QString(500'000, u'\u6f22') << none << u"of 500000 characters:"_s;
    QTest::newRow("astral") << QString(250'000, u' ').replace(u' ', u"\U0001f600"_s) << none
                            << u"of 500000 characters:"_s;
    QTest::newRow("many tags") << u"x"_s << QList<QStringList>(9000, {u"p"_s, QString(64, u'a')})
                               << u"… 8960 more tags"_s;
    QTest::newRow("a long tag") << u"x"_s << QList<QStringList>{{QString(400'000, u'"')}}
                                << u"… (800004 characters)"_s;
}

void TestSigning::longContentIsCutAndSaidToBe()
{
    QFETCH(QString, content);
    QFETCH(QList<QStringList>, tags);
    QFETCH(QString, said);
    const QString text = describeEvent({.createdAt = 1, .kind = 1, .tags = tags, .content = content}).text;
    QVERIFY(text.contains(said));
    QVERIFY(text.size() < 15'000 && text.count(u'\n') < 100);
    QVERIFY(text.isValidUtf16());
}

void TestSigning::nothingIsReadBeforeYes_data()
{
    QTest::addColumn<ErrorCode>("refusal");
    QTest::newRow("no") << ErrorCode::Denied;
    QTest::newRow("nobody to ask") << ErrorCode::ApprovalRequired;
    QTest::newRow("too late") << ErrorCode::Expired;
}

void TestSigning::nothingIsReadBeforeYes()
{
    QFETCH(ErrorCode, refusal);
    Desk desk;
    const SessionId plain = desk.nostr(1);
    const SessionId encrypted = desk.encrypted(2, "pass");
    const SessionId wax = desk.antelope(u"miragallery2@active"_s);
    desk.person.refusal = refusal;
    QCOMPARE(codeOf(desk.signEvent(plain)), refusal);
    QCOMPARE(codeOf(desk.signEvent(encrypted)), refusal);
    QCOMPARE(codeOf(desk.signDigest(wax)), refusal);
    QCOMPARE(desk.person.shown.size(), 3);
    QCOMPARE(desk.vault.reads, 0);
    QVERIFY(desk.passphrases.asked.isEmpty());

    desk.person.refusal.reset();
    desk.person.beforeAnswering = [&] { QCOMPARE(desk.vault.reads, 0); };
    QVERIFY(desk.signEvent(plain).has_value());
    QCOMPARE(desk.vault.reads, 1);
}

void TestSigning::refusedBeforeAnyQuestion_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<Why>("why");
    const QByteArray digest; // no event: a digest
    QTest::newRow("not logged in") << u"nobody"_s << kNote << ErrorCode::NotFound << Why::Unsaid;
    QTest::newRow("watched, event") << u"watched"_s << kNote << ErrorCode::WatchOnly << Why::Unsaid;
    QTest::newRow("watched, digest") << u"watchedWax"_s << digest << ErrorCode::WatchOnly << Why::Unsaid;
    QTest::newRow("event by an Antelope account")
        << u"wax"_s << kNote << ErrorCode::InvalidInput << Why::WrongNetwork;
    QTest::newRow("digest by a Nostr account")
        << u"nostr"_s << digest << ErrorCode::InvalidInput << Why::WrongNetwork;
    QTest::newRow("not JSON") << u"nostr"_s << QByteArray("kind 1") << ErrorCode::InvalidInput
                              << Why::BadEvent;
    QTest::newRow("no content") << u"nostr"_s << QByteArray(R"({"kind":1})") << ErrorCode::InvalidInput
                                << Why::BadEvent;
}

void TestSigning::refusedBeforeAnyQuestion()
{
    QFETCH(QString, who);
    QFETCH(QByteArray, event);
    QFETCH(ErrorCode, code);
    QFETCH(Why, why);
    Desk desk;
    const antelope::Chain& chain = *antelope::Chains::bundled().byId(kWax);
    const QMap<QString, SessionId> ids{
        {u"nostr"_s, desk.nostr(1)},
        {u"wax"_s, desk.antelope(u"miragallery2@active"_s)},
        {u"watched"_s, desk.put(watchNostr(nostrFromKey(secret(hexKey(3)))->id.identity()).value())},
        {u"watchedWax"_s, desk.put(watchAntelope(chain, u"watched@active"_s).value())},
        {u"nobody"_s, SessionId(u"nostr:"_s + hexKey(9))},
    };
    const auto answer = event.isNull()
        ? desk.signDigest(ids[who]).map([](const QString&) { return QByteArray(); })
        : desk.signEvent(ids[who], event);
    QVERIFY(!answer.has_value());
    QCOMPARE(answer.error().code, code);
    QCOMPARE(answer.error().why, why);
    QVERIFY(desk.person.shown.isEmpty());
    QVERIFY(desk.passphrases.asked.isEmpty());
    QCOMPARE(desk.vault.reads, 0);
}

void TestSigning::aMissingSecretIsToldBeforeAnyQuestion()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.vault.drop(id.text());
    desk.dropSigner();
    desk.stop();
    desk.start(); // no settle: what the vault has is not known yet
    LocalSigner signer(desk.sessions(), desk.vault, desk.keys, desk.clock, antelope::Chains::bundled());
    std::optional<ErrorCode> code;
    signer.signEvent(id, kNote, desk.person, desk.passphrases,
        [&](const Result<QByteArray>& result) { code = codeOf(result); });
    QTRY_COMPARE(code, ErrorCode::SecretMissing);
    QVERIFY(desk.person.shown.isEmpty());
    QCOMPARE(desk.vault.reads, 0);
}

void TestSigning::whereNobodyIsToBeAskedAVaultIsNotWaitedFor()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    const SessionId wax = desk.antelope(u"miragallery2@active"_s);
    desk.dropSigner();
    desk.stop();
    desk.start(); // no settle: what the vault has is not known yet
    LocalSigner signer(desk.sessions(), desk.vault, desk.keys, desk.clock, antelope::Chains::bundled());
    desk.person.there = false;
    desk.person.refusal = ErrorCode::ApprovalRequired;
    desk.vault.hold(); // it is there and does not answer
    QList<ErrorCode> codes;
    signer.signEvent(id, kNote, desk.person, desk.passphrases,
        [&](const Result<QByteArray>& result) { codes += codeOf(result); });
    signer.signDigest(wax, kDigest, desk.person, desk.passphrases,
        [&](const Result<QString>& result) { codes += codeOf(result); });
    QCOMPARE(codes, (QList{ErrorCode::ApprovalRequired, ErrorCode::ApprovalRequired}));
    signer.signEvent(wax, kNote, desk.person, desk.passphrases,
        [&](const Result<QByteArray>& result) { codes += codeOf(result); });
    QCOMPARE(codes.last(), ErrorCode::InvalidInput); // what is known without it is still told
    desk.vault.forgetHeld();
}

void TestSigning::anotherAccountsEventIsRefusedBeforeAnyQuestion()
{
    Desk desk;
    const SessionId one = desk.nostr(1);
    const SessionId two = desk.nostr(2);
    const QByteArray event = R"({"kind":1,"content":"x","pubkey":")" + two.identity().toLatin1() + "\"}";
    QCOMPARE(codeOf(desk.signEvent(one, event)), ErrorCode::WrongAccount);
    QVERIFY(desk.person.shown.isEmpty());
    QCOMPARE(desk.vault.reads, 0);
    QVERIFY(desk.signEvent(two, event).has_value());
}

void TestSigning::aSwappedNostrKeySignsNothing()
{
    Desk desk;
    const SessionId one = desk.nostr(1);
    const SessionId two = desk.nostr(2);
    desk.vault.put(one.text(), desk.vault.peek(two.text()).toStdString());
    QCOMPARE(codeOf(desk.signEvent(one)), ErrorCode::WrongAccount);
    QCOMPARE(codeOf(desk.exportKey(one)), ErrorCode::WrongAccount);
    QCOMPARE(codeOf(desk.exportEncrypted(one, shared("new"))), ErrorCode::WrongAccount);
    QVERIFY(desk.signEvent(two).has_value());
}

void TestSigning::aSwappedAntelopeKeySignsNothing()
{
    Desk desk;
    const SessionId alice = desk.antelope(u"alice@active"_s);
    const SessionId bob
        = desk.antelope(u"bob@active"_s, u"5Jtoxgny5tT7NiNFp1MLogviuPJ9NniWjnU4wKzaX4t7pL4kJ8s"_s);
    const SessionId carol = desk.antelope(u"carol@active"_s, kPvtR1);
    for (const SessionId& other : {bob, carol}) {
        desk.vault.put(alice.text(), desk.vault.peek(other.text()).toStdString());
        QCOMPARE(codeOf(desk.signDigest(alice)), ErrorCode::WrongAccount);
        QCOMPARE(codeOf(desk.exportKey(alice)), ErrorCode::WrongAccount);
    }
}

void TestSigning::aKeyOfTheOtherFamilySignsNothing()
{
    Desk desk;
    const SessionId nostrId = desk.nostr(1);
    const SessionId wax = desk.antelope(u"alice@active"_s);
    const std::string nostrEntry = desk.vault.peek(nostrId.text()).toStdString();
    desk.vault.put(nostrId.text(), desk.vault.peek(wax.text()).toStdString());
    desk.vault.put(wax.text(), nostrEntry);
    QCOMPARE(codeOf(desk.signEvent(nostrId)), ErrorCode::WrongAccount);
    QCOMPARE(codeOf(desk.signDigest(wax)), ErrorCode::WrongAccount);
}

void TestSigning::anAccountLoggedOutWhileAskedSignsNothing()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.person.beforeAnswering = [&] { QVERIFY(desk.logout(id.text())); };
    QCOMPARE(codeOf(desk.signEvent(id)), ErrorCode::NotFound);
}

void TestSigning::anEntryThatIsNoKeyIsDamaged()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    for (const char* value :
        {"", "nsec1", R"({"v":2,"type":"nsec","data":"x"})", R"({"v":1,"type":"anchor","data":"x"})"}) {
        desk.vault.put(id.text(), value);
        QCOMPARE(codeOf(desk.signEvent(id)), ErrorCode::Damaged);
    }
}

void TestSigning::whatTheVaultSaysIsToldAndNoted_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<SessionState>("state");
    QTest::newRow("missing") << ErrorCode::SecretMissing << SessionState::SecretMissing;
    QTest::newRow("locked") << ErrorCode::Locked << SessionState::Locked;
    QTest::newRow("absent") << ErrorCode::KeychainUnavailable << SessionState::Unknown;
    QTest::newRow("denied") << ErrorCode::KeychainDenied << SessionState::Ready;
}

void TestSigning::whatTheVaultSaysIsToldAndNoted()
{
    QFETCH(ErrorCode, code);
    QFETCH(SessionState, state);
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.settle();
    desk.vault.failNextRead = code;
    QCOMPARE(codeOf(desk.signEvent(id)), code);
    QCOMPARE(desk.at(id.text()).state, state);
    if (code != ErrorCode::SecretMissing) { // that one stays so until the vault is asked again
        QVERIFY(desk.signEvent(id).has_value());
        QCOMPARE(desk.at(id.text()).state, SessionState::Ready);
    }
}

void TestSigning::anEncryptedKeyAsksEachTime()
{
    Desk desk;
    const SessionId id = desk.encrypted(2, "pass");
    QVERIFY(!desk.vault.peek(id.text()).contains("nsec1\""));
    QVERIFY(desk.vault.peek(id.text()).contains("ncryptsec1"));
    desk.passphrases.answers = {"pass", "pass"};
    for (int i = 0; i < 2; ++i) {
        const auto json = desk.signEvent(id);
        QVERIFY(json.has_value());
        QVERIFY(nostr::parseSigned(*json).has_value());
    }
    QCOMPARE(desk.passphrases.asked, (QList<For>{For::ExistingKey, For::ExistingKey}));
    QCOMPARE(codeOf(desk.signEvent(id)), ErrorCode::PassphraseRequired);
    QCOMPARE(desk.vault.reads, 2); // without a passphrase nothing is read
}

void TestSigning::aWrongPassphraseSignsNothing()
{
    Desk desk;
    const SessionId id = desk.encrypted(2, "pass");
    desk.passphrases.answers = {"Pass"};
    QCOMPARE(codeOf(desk.signEvent(id)), ErrorCode::WrongPassphrase);
}

void TestSigning::anEncryptedKeyOfAnotherAccountSignsNothing()
{
    Desk desk;
    const SessionId two = desk.encrypted(2, "pass");
    const SessionId three = desk.encrypted(3, "pass");
    desk.vault.put(two.text(), desk.vault.peek(three.text()).toStdString());
    desk.passphrases.answers = {"pass"};
    QCOMPARE(codeOf(desk.signEvent(two)), ErrorCode::WrongAccount);
}

void TestSigning::theEntrysTypeCountsNotTheRows()
{
    Desk desk;
    const SessionId plain = desk.nostr(1);
    Desk other;
    const SessionId same = other.encrypted(1, "pass");
    QVERIFY(plain == same);
    desk.vault.put(plain.text(), other.vault.peek(same.text()).toStdString());
    desk.passphrases.answers = {"pass"};
    QVERIFY(desk.signEvent(plain).has_value());
    QCOMPARE(desk.passphrases.asked, QList<For>{For::ExistingKey});
}

void TestSigning::theLockedPassphraseVaultIsOpenedOnce()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.vault.setKind(secrets::VaultKind::Passphrase);
    desk.vault.setPassphrase("open");
    desk.vault.setState(secrets::VaultState::Locked);
    desk.passphrases.answers = {"wrong", "open"};
    QCOMPARE(codeOf(desk.signEvent(id)), ErrorCode::WrongPassphrase);
    QVERIFY(desk.signEvent(id).has_value());
    QVERIFY(desk.signEvent(id).has_value());
    QCOMPARE(desk.passphrases.asked, (QList<For>{For::Vault, For::Vault}));
    desk.vault.setKind(secrets::VaultKind::Keychain);
    desk.vault.setState(secrets::VaultState::Locked);
    QCOMPARE(codeOf(desk.signEvent(id)), ErrorCode::Locked); // the desktop asks for itself
    QCOMPARE(desk.passphrases.asked.size(), 2);
}

void TestSigning::anUnknownPublicKeyIsLearnedAtFirstUse()
{
    Desk desk;
    const antelope::Chain& chain = *antelope::Chains::bundled().byId(kWax);
    NewSession account = antelopeFromKey(chain, u"alice@active"_s, secret(kPvt1)).value();
    account.publicKey.clear();
    const SessionId id = desk.put(account);
    QVERIFY(desk.signDigest(id).has_value());
    QCOMPARE(desk.at(id.text()).publicKey, kPub1);
    const SessionId other = desk.antelope(u"bob@active"_s, kPvtR1);
    desk.vault.put(id.text(), desk.vault.peek(other.text()).toStdString());
    QCOMPARE(codeOf(desk.signDigest(id)), ErrorCode::WrongAccount);
}

void TestSigning::exportsNameTheKeyItself()
{
    Desk desk;
    const SessionId one = desk.nostr(1);
    const SessionId wax = desk.antelope(u"alice@active"_s);
    const SessionId encrypted = desk.encrypted(2, "pass");
    QCOMPARE(desk.exportKey(one).value(), "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl");
    QCOMPARE(desk.exportKey(wax).value(), kPvt1.toLatin1());
    desk.passphrases.answers = {"pass"};
    QVERIFY(desk.exportKey(encrypted).value().startsWith("nsec1"));
    const QString watched = nostrFromKey(secret(hexKey(3)))->id.identity();
    QCOMPARE(codeOf(desk.exportKey(desk.put(watchNostr(watched).value()))), ErrorCode::WatchOnly);
    QVERIFY(desk.person.shown.isEmpty());
}

void TestSigning::encryptedExports()
{
    Desk desk;
    const SessionId one = desk.nostr(1);
    const SessionId encrypted = desk.encrypted(2, "pass");
    const auto decrypts = [](const Result<QByteArray>& text, std::string_view passphrase) {
        const auto key = nostr::nip49::decrypt(
            SecretBuffer::copyOf(bytesOf(text.value())), SecretBuffer::copyOf(passphrase));
        return key ? key->publicKey().hex() : QString();
    };
    QCOMPARE(decrypts(desk.exportEncrypted(one, shared("new")), "new"), one.identity());
    QCOMPARE(codeOf(desk.exportEncrypted(one, nullptr)), ErrorCode::PassphraseRequired);
    QVERIFY(desk.passphrases.asked.isEmpty());

    const auto asItRests = desk.exportEncrypted(encrypted, nullptr);
    QVERIFY(desk.passphrases.asked.isEmpty());
    QCOMPARE(decrypts(asItRests, "pass"), encrypted.identity());
    desk.passphrases.answers = {"pass"};
    QCOMPARE(decrypts(desk.exportEncrypted(encrypted, shared("new")), "new"), encrypted.identity());

    const auto wax = desk.exportEncrypted(desk.antelope(u"alice@active"_s), shared("new"));
    QCOMPARE(wax.error().why, Why::WrongNetwork);
}

void TestSigning::anAnswerAfterTheSignerIsGoneIsDropped()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.vault.hold();
    bool answered = false;
    desk.signer().signEvent(id, kNote, desk.person, desk.passphrases, [&](const auto&) { answered = true; });
    QCOMPARE(desk.vault.held(), 1);
    desk.dropSigner();
    desk.vault.release();
    QVERIFY(!answered);
}

void TestSigning::whoSignsWithoutASession()
{
    Desk desk;
    const QByteArray unsaid = kNote;
    QCOMPARE(codeOf(whoSigns(desk.sessions(), unsaid)), ErrorCode::NoActive);
    const SessionId one = desk.nostr(1);
    const SessionId two = desk.nostr(2);
    const SessionId wax = desk.antelope(u"alice@active"_s);
    const auto named = [](const SessionId& id) {
        return QByteArray(R"({"kind":1,"content":"","pubkey":")" + id.identity().toLatin1() + "\"}");
    };
    QVERIFY(whoSigns(desk.sessions(), named(one)) == one); // although another is active
    QCOMPARE(desk.active(), wax.text());
    QVERIFY(whoSigns(desk.sessions(), unsaid) == two); // the Nostr default
    QVERIFY(desk.sessions().activate(one));
    QVERIFY(whoSigns(desk.sessions(), unsaid) == one);
    QVERIFY(desk.sessions().activateNobody());
    QVERIFY(whoSigns(desk.sessions(), unsaid) == one); // defaults stay
    const SessionId stranger = nostrFromKey(secret(hexKey(5)))->id;
    QCOMPARE(codeOf(whoSigns(desk.sessions(), named(stranger))), ErrorCode::NotFound);
    QCOMPARE(codeOf(whoSigns(desk.sessions(), "{}")), ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(TestSigning)
#include "tst_signing.moc"
