// SPDX-License-Identifier: MIT
// The Hatstand passphrase over the real keyring, looked at from outside by secret-tool.
#include "core/base/Random.h"
#include "core/secrets/KeychainVault.h"
#include "core/secrets/WrappedVault.h"
#include "tests/support/Keyring.h"

#include <QThreadPool>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kService = u"org.hatstand.Hatstand.ptest"_s;
constexpr const char* kNsec = R"({"v":1,"type":"nsec","data":"nsec1first"})";
constexpr const char* kPvt = R"({"v":1,"type":"pvt","data":"PVT_K1_second"})";

/// What another program of the session gets.
QByteArray seenOutside(const QString& key)
{
    QProcess tool;
    tool.start(u"secret-tool"_s, {u"lookup"_s, u"server"_s, kService, u"user"_s, key});
    if (!tool.waitForStarted() || !tool.waitForFinished())
        qFatal("secret-tool is not on this machine (libsecret-tools)");
    return tool.readAllStandardOutput();
}

SharedSecret secret(std::string_view text)
{
    return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
}

} // namespace

class TestWrapped : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void setRestartedUnlockedReplacedRemoved();
    void staysUnlockedNoLongerThanTheKeyring();
    void isFinishedAfterAKill();

private:
    void restart()
    {
        WrappedVault::Options options{.opsLimit = 1, .memLimit = 8192};
        m_vault = std::make_unique<WrappedVault>(
            std::make_unique<KeychainVault>(KeychainVault::Options{kService, 5s}), std::move(options),
            m_random, m_pool);
    }
    Result<void> change(const char* before, const char* after)
    {
        return answerOf<void>([&](auto done) {
            m_vault->changePassphrase(
                before ? secret(before) : nullptr, after ? secret(after) : nullptr, done);
        });
    }

    SystemRandom m_random;
    QThreadPool m_pool;
    std::unique_ptr<WrappedVault> m_vault;
};

void TestWrapped::init()
{
    QVERIFY(keyring::unlock());
    restart();
    QVERIFY(answerOf<void>([&](auto done) { m_vault->prepare(done); }));
    QVERIFY(test::write(*m_vault, u"nostr:aa"_s, kNsec));
    QVERIFY(test::write(*m_vault, u"antelope:bb"_s, kPvt));
    QCOMPARE(seenOutside(u"nostr:aa"_s), QByteArray(kNsec));
}

void TestWrapped::cleanup()
{
    QVERIFY(keyring::unlock());
    KeychainVault all({kService, 5s});
    const auto keys = test::keys(all);
    QVERIFY(keys.has_value());
    for (const QString& key : *keys)
        QVERIFY(test::remove(all, key));
}

void TestWrapped::setRestartedUnlockedReplacedRemoved()
{
    QVERIFY(change(nullptr, "open sesame"));
    QCOMPARE(m_vault->state(), VaultState::Unlocked);
    for (const QString& key : {u"nostr:aa"_s, u"antelope:bb"_s, u"profile"_s}) {
        const QByteArray seen = seenOutside(key);
        QVERIFY2(seen.startsWith(R"({"v":1,"type":"sealed","data":")"), seen.constData());
    }
    QVERIFY(seenOutside(u"lock"_s).startsWith(R"({"v":1,"type":"lock","data":")"));

    restart();
    QCOMPARE(test::refresh(*m_vault).value(), VaultState::Locked);
    QVERIFY(m_vault->takesPassphrase());
    QCOMPARE(test::read(*m_vault, u"nostr:aa"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::keys(*m_vault).value(), (QSet<QString>{u"nostr:aa"_s, u"antelope:bb"_s, u"profile"_s}));
    QCOMPARE(test::unlock(*m_vault, "open").error().code, ErrorCode::WrongPassphrase);
    QVERIFY(test::unlock(*m_vault, "open sesame"));
    QCOMPARE(test::read(*m_vault, u"nostr:aa"_s).value()->text(), std::string_view(kNsec));

    QVERIFY(change("open sesame", "another one"));
    restart();
    QCOMPARE(test::unlock(*m_vault, "open sesame").error().code, ErrorCode::WrongPassphrase);
    QVERIFY(test::unlock(*m_vault, "another one"));
    QCOMPARE(test::read(*m_vault, u"antelope:bb"_s).value()->text(), std::string_view(kPvt));

    QVERIFY(change("another one", nullptr));
    QCOMPARE(seenOutside(u"lock"_s), QByteArray());
    QCOMPARE(seenOutside(u"antelope:bb"_s), QByteArray(kPvt));
    restart();
    QCOMPARE(test::refresh(*m_vault).value(), VaultState::Unlocked);
    QVERIFY(!m_vault->takesPassphrase());
}

void TestWrapped::staysUnlockedNoLongerThanTheKeyring()
{
    QVERIFY(change(nullptr, "open sesame"));
    QVERIFY(keyring::lock());
    QTRY_COMPARE(m_vault->state(), VaultState::Locked);
    QCOMPARE(test::read(*m_vault, u"nostr:aa"_s).error().code, ErrorCode::Locked);
    restart();
    QCOMPARE(test::refresh(*m_vault).value(), VaultState::Locked);
    QVERIFY(m_vault->takesPassphrase()); // told by the names alone
    QVERIFY(keyring::unlock());
    QTRY_VERIFY(test::unlock(*m_vault, "open sesame"));
    QCOMPARE(test::read(*m_vault, u"nostr:aa"_s).value()->text(), std::string_view(kNsec));
}

void TestWrapped::isFinishedAfterAKill()
{
    m_vault->changePassphrase(nullptr, secret("open sesame"), [](const Result<void>&) {});
    QTRY_VERIFY(!seenOutside(u"lock"_s).isEmpty());
    restart();
    QVERIFY(test::unlock(*m_vault, "open sesame"));
    for (const QString& key : {u"nostr:aa"_s, u"antelope:bb"_s, u"profile"_s})
        QTRY_VERIFY(seenOutside(key).contains("sealed"));
    QCOMPARE(test::read(*m_vault, u"nostr:aa"_s).value()->text(), std::string_view(kNsec));
}

QTEST_GUILESS_MAIN(TestWrapped)
#include "tst_wrapped.moc"
