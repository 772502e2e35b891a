// SPDX-License-Identifier: MIT
// What is done with a key unasked is only what it may be, and never waits for anybody.
#include "core/antelope/Chains.h"
#include "core/base/Settings.h"
#include "core/nostr/Event.h"
#include "core/signing/Accounts.h"
#include "core/signing/NetworkFamilies.h"
#include "core/signing/OwnKeys.h"
#include "core/signing/StoppableSigner.h"
#include "tests/support/Stand.h"

#include <QTest>
#include <QThreadPool>

using namespace hatstand;
using namespace hatstand::session;
using namespace hatstand::signing;
using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;
using test::Stand;

namespace {

const QByteArray kAuth
    = R"({"kind":22242,"content":"","tags":[["relay","wss://relay.example/"],["challenge","abc"]]})";
const QString kWaxAccount = u"antelope:1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4:"
                            "alice.wam@active"_s;
const Error kStopped{.code = ErrorCode::Denied, .why = Why::SigningStopped};

SecretBuffer secret(int number)
{
    return SecretBuffer::copyOf(u"%1"_s.arg(number, 64, 16, QChar(u'0')).toStdString());
}

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
        own = std::make_unique<OwnKeys>(sessions(), vault, keys, settings, clock);
    }
    ~Desk() { pool.waitForDone(); }

    SessionId nostr(int key, SignerKind signer = SignerKind::LocalKey)
    {
        NewSession session = nostrFromKey(secret(key)).value();
        session.signer = signer;
        if (signer == SignerKind::WatchOnly || signer == SignerKind::Remote)
            session.secret = {};
        const SessionId id = session.id;
        bool added = false;
        sessions().add(std::move(session), [&](const Result<Added>& result) { added = result.has_value(); });
        if (!added)
            qFatal("the account was not added");
        vault.reads = 0;
        return id;
    }
    Result<QByteArray> authenticate(const SessionId& id, const QByteArray& event = kAuth)
    {
        return wait<QByteArray>([&](auto done) { own->authenticate(id, event, done); });
    }
    Result<QByteArray> open(const SessionId& id, const QString& content)
    {
        return wait<QByteArray>([&](auto done) { own->openPrivate(id, content, done); });
    }
    Result<QString> seal(const SessionId& id, const QByteArray& plaintext)
    {
        return wait<QString>([&](auto done) { own->sealPrivate(id, plaintext, done); });
    }
    /// What all three say, where they say the same and read nothing.
    Error refusal(const SessionId& id)
    {
        vault.reads = 0;
        vault.log.clear();
        const auto signature = authenticate(id);
        const auto opened = open(id, u"AAAA?iv=AAAA"_s);
        const auto sealed = seal(id, "[]");
        if (signature || opened || sealed || vault.reads != 0 || !vault.log.isEmpty())
            return Error{.code = ErrorCode::Usage, .detail = u"the key was used"_s};
        const bool same = signature.error() == opened.error() && opened.error() == sealed.error();
        return same ? signature.error() : Error{.code = ErrorCode::Usage, .detail = u"not the same"_s};
    }

    QThreadPool pool;
    LocalKeys keys{vault, pool};
    Settings settings{directory() + u"/hatstand.ini"_s};
    std::unique_ptr<OwnKeys> own;

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
};

} // namespace

class TestOwnKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRelayIsAnsweredAsTheAccount();
    void nothingButAuthenticationIsSigned_data();
    void nothingButAuthenticationIsSigned();
    void anotherAccountsEventIsNotSigned();
    void whatIsSealedOpens();
    void theOlderFormOpens();
    void refusedBeforeASecretIsRead_data();
    void refusedBeforeASecretIsRead();
    void whoIsNotThereOrOfAnotherNetwork();
    void aMissingSecretIsTold();
    void aLockedVaultIsNotUnlocked();
    void aVaultOfUnknownStateIsAskedFirst();
    void nothingWhileStopped();
    void anAnswerUnderWayDoesNotLeaveOnceStopped();
};

void TestOwnKeys::aRelayIsAnsweredAsTheAccount()
{
    Desk desk;
    for (const SessionId& id : {desk.nostr(1), desk.nostr(2)}) {
        const auto json = desk.authenticate(id);
        QVERIFY(json.has_value());
        const auto event = nostr::parseSigned(*json);
        QVERIFY(event.has_value());
        QCOMPARE(event->pubkey.hex(), id.identity());
        QCOMPARE(event->kind, 22242);
        QCOMPARE(event->tags.at(1), (QStringList{u"challenge"_s, u"abc"_s}));
        QVERIFY(qAbs(event->createdAt - desk.clock.time.toSecsSinceEpoch()) < 60);
    }
}

void TestOwnKeys::nothingButAuthenticationIsSigned_data()
{
    QTest::addColumn<int>("kind");
    for (const int kind : {0, 1, 3, 5, 4, 10002, 22241, 22243, 24133, 27235, 65535})
        QTest::addRow("%d", kind) << kind;
}

void TestOwnKeys::nothingButAuthenticationIsSigned()
{
    QFETCH(int, kind);
    Desk desk;
    const SessionId id = desk.nostr(1);
    const auto answer = desk.authenticate(id, R"({"kind":)" + QByteArray::number(kind) + R"(,"content":""})");
    QVERIFY(!answer.has_value());
    QCOMPARE(answer.error(), (Error{ErrorCode::InvalidInput, Why::BadEvent, u"kind"_s}));
    QCOMPARE(desk.vault.reads, 0);
}

void TestOwnKeys::anotherAccountsEventIsNotSigned()
{
    Desk desk;
    const SessionId one = desk.nostr(1);
    const SessionId two = desk.nostr(2);
    const QByteArray event = R"({"kind":22242,"content":"","pubkey":")" + two.identity().toLatin1() + R"("})";
    const auto answer = desk.authenticate(one, event);
    QVERIFY(!answer.has_value());
    QCOMPARE(answer.error().code, ErrorCode::WrongAccount);
    QCOMPARE(desk.vault.reads, 0);
    QVERIFY(desk.authenticate(two, event).has_value());
}

void TestOwnKeys::whatIsSealedOpens()
{
    Desk desk;
    const SessionId one = desk.nostr(1);
    const SessionId two = desk.nostr(2);
    const QByteArray list = QByteArray(R"([["p","00"],["word","grüße"]])");
    const auto sealed = desk.seal(one, list);
    QVERIFY(sealed.has_value());
    QVERIFY(!sealed->contains("?iv="_L1));
    const auto opened = desk.open(one, *sealed);
    QVERIFY(opened.has_value());
    QCOMPARE(*opened, list);
    QVERIFY(!desk.open(two, *sealed).has_value()); // nobody else's key opens it
}

void TestOwnKeys::theOlderFormOpens()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    QByteArray payload;
    desk.keys.encrypt(KeyRef{.id = id.text()}, Encryption::Nip04, id.identity(),
        std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(R"([["p","00"]])")), nullptr,
        [&](const Result<KeyAnswer>& answer) { payload = answer.value().text; });
    QTRY_VERIFY(payload.contains("?iv="));
    const auto opened = desk.open(id, QString::fromLatin1(payload));
    QVERIFY(opened.has_value());
    QCOMPARE(*opened, QByteArray(R"([["p","00"]])"));
}

void TestOwnKeys::refusedBeforeASecretIsRead_data()
{
    QTest::addColumn<SignerKind>("signer");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("watch-only") << SignerKind::WatchOnly << ErrorCode::WatchOnly;
    QTest::newRow("encrypted") << SignerKind::EncryptedKey << ErrorCode::PassphraseRequired;
    QTest::newRow("remote") << SignerKind::Remote << ErrorCode::PassphraseRequired;
}

void TestOwnKeys::refusedBeforeASecretIsRead()
{
    QFETCH(SignerKind, signer);
    QFETCH(ErrorCode, code);
    Desk desk;
    QCOMPARE(desk.refusal(desk.nostr(1, signer)).code, code);
}

void TestOwnKeys::whoIsNotThereOrOfAnotherNetwork()
{
    Desk desk;
    QCOMPARE(desk.refusal(SessionId(u"nostr:"_s + QString(64, u'1'))).code, ErrorCode::NotFound);
    QVERIFY(desk.add(kWaxAccount).has_value());
    QCOMPARE(desk.refusal(SessionId(kWaxAccount)).why, Why::WrongNetwork);
}

void TestOwnKeys::aMissingSecretIsTold()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.vault.drop(id.text());
    bool refreshed = false;
    desk.sessions().refreshStates([&](const Result<void>&) { refreshed = true; });
    QTRY_VERIFY(refreshed);
    QCOMPARE(desk.refusal(id).code, ErrorCode::SecretMissing);
}

void TestOwnKeys::aLockedVaultIsNotUnlocked()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.vault.setState(VaultState::Locked);
    QCOMPARE(desk.refusal(id).code, ErrorCode::Locked);
    QCOMPARE(desk.vault.state(), VaultState::Locked);
}

void TestOwnKeys::aVaultOfUnknownStateIsAskedFirst()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.vault.setState(VaultState::Unknown);
    desk.vault.hold();
    std::optional<Result<QByteArray>> answer;
    desk.own->authenticate(id, kAuth, [&](Result<QByteArray> event) { answer = std::move(event); });
    desk.vault.setState(VaultState::Locked); // as the vault learns it by being asked
    desk.vault.release();
    QTRY_VERIFY(answer.has_value());
    QVERIFY(!answer->has_value());
    QCOMPARE(answer->error().code, ErrorCode::Locked);
    QCOMPARE(desk.vault.reads, 0);
}

void TestOwnKeys::nothingWhileStopped()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    QVERIFY(setSigningStopped(desk.settings, true));
    QCOMPARE(desk.refusal(id), kStopped);
    QVERIFY(setSigningStopped(desk.settings, false));
    QVERIFY(desk.authenticate(id).has_value());
}

void TestOwnKeys::anAnswerUnderWayDoesNotLeaveOnceStopped()
{
    Desk desk;
    const SessionId id = desk.nostr(1);
    desk.vault.hold();
    std::optional<Result<QByteArray>> answer;
    desk.own->authenticate(id, kAuth, [&](Result<QByteArray> event) { answer = std::move(event); });
    QCOMPARE(desk.vault.held(), 1);
    QVERIFY(setSigningStopped(desk.settings, true));
    desk.vault.release();
    QTRY_VERIFY(answer.has_value());
    QVERIFY(!answer->has_value());
    QCOMPARE(answer->error(), kStopped);
}

QTEST_GUILESS_MAIN(TestOwnKeys)
#include "tst_own_keys.moc"
