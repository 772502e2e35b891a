// SPDX-License-Identifier: MIT
// While signing is stopped nobody is asked, no secret is read and no signature leaves.
#include "core/base/Settings.h"
#include "core/signing/ChainWords.h"
#include "core/signing/StoppableSigner.h"
#include "tests/support/FakePeople.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hatstand;
using namespace hatstand::signing;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

/// Asks the person, then signs when the test says so.
class SlowSigner final : public Signer
{
public:
    int begun = 0;
    int exported = 0;
    bool holds = false;
    std::function<void()> finish;

    void signEvent(const SessionId& id, const QByteArray&, Approver& approver, PassphraseSource&,
        Callback<QByteArray> done) override
    {
        sign<QByteArray>(id, approver, "{}", std::move(done));
    }
    void signDigest(const SessionId& id, const ByteArray<32>&, Approver& approver, PassphraseSource&,
        Callback<QString> done) override
    {
        sign<QString>(id, approver, u"SIG_K1_x"_s, std::move(done));
    }
    void signTransaction(const SessionId& id, const TransactionRequest&, Approver& approver,
        PassphraseSource&, Callback<QString> done) override
    {
        sign<QString>(id, approver, u"SIG_K1_x"_s, std::move(done));
    }
    void exportKey(const SessionId&, PassphraseSource&, Callback<SharedSecret> done) override
    {
        ++exported;
        done(SharedSecret());
    }
    void exportKeyTo(const SessionId&, SharedDescriptor, PassphraseSource&, Callback<void> done) override
    {
        ++exported;
        done({});
    }
    void exportEncrypted(
        const SessionId&, SharedSecret, PassphraseSource&, Callback<QByteArray> done) override
    {
        ++exported;
        done(QByteArray());
    }

private:
    template <class T>
    void sign(const SessionId& id, Approver& approver, T signature, Callback<T> done)
    {
        ++begun;
        approver.approve(SigningRequest{.session = id, .sessionName = {}, .peer = {}, .what = {}, .text = {}},
            [this, signature, done](const Result<void>& yes) {
                if (!yes)
                    return done(fail(yes.error()));
                finish = [signature, done] { done(signature); };
                if (!holds)
                    finish();
            });
    }
};

const Error kStopped{.code = ErrorCode::Denied, .why = Why::SigningStopped};

} // namespace

class TestStoppableSigner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void signsWhileNotStopped();
    void nobodyIsAskedWhileStopped();
    void aQuestionThatIsOpenIsNoWayRound();
    void aSignatureThatIsUnderWayDoesNotLeave();
    void exportsGoOn();
    void itOutlivesTheProgram();

private:
    void signEvent();
    void signDigest();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<SlowSigner> m_inner;
    std::unique_ptr<StoppableSigner> m_signer;
    test::FakeApprover m_person;
    test::FakePassphrases m_passphrases;
    std::optional<Result<QByteArray>> m_event;
    std::optional<Result<QString>> m_digest;
};

void TestStoppableSigner::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_dir->filePath(u"hatstand.ini"_s));
    m_inner = std::make_unique<SlowSigner>();
    m_signer = std::make_unique<StoppableSigner>(*m_inner, *m_settings);
    m_person = {};
    m_event.reset();
    m_digest.reset();
}

void TestStoppableSigner::signEvent()
{
    m_signer->signEvent(SessionId(u"nostr:1"_s), "{}", m_person, m_passphrases,
        [this](Result<QByteArray> event) { m_event = std::move(event); });
}

void TestStoppableSigner::signDigest()
{
    m_signer->signDigest(SessionId(u"antelope:1"_s), {}, m_person, m_passphrases,
        [this](Result<QString> signature) { m_digest = std::move(signature); });
}

void TestStoppableSigner::signsWhileNotStopped()
{
    QVERIFY(!isSigningStopped(*m_settings));
    signEvent();
    signDigest();
    QCOMPARE(m_event->value(), QByteArray("{}"));
    QCOMPARE(m_digest->value(), u"SIG_K1_x"_s);
    QCOMPARE(m_person.shown.size(), 2);

    m_person.refusal = ErrorCode::Denied;
    signEvent();
    QCOMPARE(m_event->error(), (Error{.code = ErrorCode::Denied})); // a person's no is no stop
}

void TestStoppableSigner::nobodyIsAskedWhileStopped()
{
    QVERIFY(setSigningStopped(*m_settings, true));
    signEvent();
    signDigest();
    QCOMPARE(m_event->error(), kStopped);
    QCOMPARE(m_digest->error(), kStopped);
    QCOMPARE(m_person.shown.size(), 0);
    QCOMPARE(m_inner->begun, 0);

    QVERIFY(setSigningStopped(*m_settings, false));
    signEvent();
    QVERIFY(m_event->has_value());
}

void TestStoppableSigner::aQuestionThatIsOpenIsNoWayRound()
{
    m_person.beforeAnswering = [this] { QVERIFY(setSigningStopped(*m_settings, true)); };
    signEvent();
    QCOMPARE(m_event->error(), kStopped);
    QVERIFY(!m_inner->finish); // not even begun to read the key
    QVERIFY(setSigningStopped(*m_settings, false));
    signDigest();
    QCOMPARE(m_digest->error(), kStopped);
}

void TestStoppableSigner::aSignatureThatIsUnderWayDoesNotLeave()
{
    m_inner->holds = true;
    signEvent();
    QVERIFY(!m_event);
    QVERIFY(setSigningStopped(*m_settings, true));
    m_inner->finish();
    QCOMPARE(m_event->error(), kStopped);
}

void TestStoppableSigner::exportsGoOn()
{
    QVERIFY(setSigningStopped(*m_settings, true));
    bool key = false;
    bool encrypted = false;
    m_signer->exportKey(SessionId(u"nostr:1"_s), m_passphrases,
        [&](const Result<SharedSecret>& done) { key = done.has_value(); });
    m_signer->exportEncrypted(SessionId(u"nostr:1"_s), {}, m_passphrases,
        [&](const Result<QByteArray>& done) { encrypted = done.has_value(); });
    QVERIFY(key && encrypted);
    QCOMPARE(m_inner->exported, 2);
}

void TestStoppableSigner::itOutlivesTheProgram()
{
    QVERIFY(setSigningStopped(*m_settings, true));
    QVERIFY(setSigningStopped(*m_settings, true)); // twice is as good as once
    m_settings = std::make_unique<Settings>(m_dir->filePath(u"hatstand.ini"_s));
    m_signer = std::make_unique<StoppableSigner>(*m_inner, *m_settings);
    signEvent();
    QCOMPARE(m_event->error(), kStopped);
}

QTEST_GUILESS_MAIN(TestStoppableSigner)
#include "tst_stoppable_signer.moc"
