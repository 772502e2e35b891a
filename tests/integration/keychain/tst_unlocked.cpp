// SPDX-License-Identifier: MIT
#include "core/secrets/KeychainVault.h"
#include "tests/support/Keyring.h"

#include <QSignalSpy>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kService = u"org.hatstand.Hatstand.ptest"_s;

} // namespace

class TestUnlocked : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void valuesComeBack_data();
    void valuesComeBack();
    void writingAgainReplaces();
    void notATextIsRefused_data();
    void notATextIsRefused();
    void missingIsMissing();
    void removingTwiceIsASuccess();
    void listsOnlyThisProfile();
    void manyAtOnceAllAnswer();
    void listsMoreThanABusAnswersAtOnce();
    void lockingByHandShows();
    void lockingByTheVaultShows();
    void lockedNeverLooksMissing();
    void lockedIsNeverOverwritten();
    void killedAndStartedAgainIsLocked();
    void stoppedIsUnavailable();
    void whoWaitsNoLongerIsAnsweredAndWritesNothingLater();

private:
    std::unique_ptr<KeychainVault> m_vault;
};

void TestUnlocked::init()
{
    QVERIFY(keyring::unlock());
    m_vault = std::make_unique<KeychainVault>(KeychainVault::Options{kService, 5s});
}

void TestUnlocked::cleanup()
{
    QVERIFY(keyring::unlock());
    const auto all = test::keys(*m_vault);
    QVERIFY(all.has_value());
    for (const QString& key : *all)
        QVERIFY(test::remove(*m_vault, key));
    QCOMPARE(test::keys(*m_vault).value(), QSet<QString>());
}

void TestUnlocked::valuesComeBack_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("nostr") << u"nostr:"_s + u"ab"_s.repeated(32)
                           << QByteArray(R"({"v":1,"type":"nsec","data":"n"})");
    QTest::newRow("antelope") << u"antelope:"_s + u"cd"_s.repeated(32) + u":bob@active"_s << QByteArray("x");
    QTest::newRow("resting") << u"trash:nostr:00"_s << QByteArray("y");
    QTest::newRow("unicode") << u"schl\u00fcssel\n\U0001f511"_s
                             << QByteArray("geheim \xc3\xbc \xf0\x9f\x94\x91 \"\\ \n");
    QTest::newRow("10 kB") << u"large"_s << QByteArray(10'000, 'z');
}

void TestUnlocked::valuesComeBack()
{
    QFETCH(QString, key);
    QFETCH(QByteArray, value);
    QVERIFY(test::write(*m_vault, key, value.toStdString()));
    QCOMPARE(m_vault->state(), VaultState::Unlocked);
    const auto back = test::read(*m_vault, key);
    QVERIFY(back.has_value());
    QCOMPARE((*back)->text(), std::string_view(value.constData(), static_cast<std::size_t>(value.size())));
    QCOMPARE(test::keys(*m_vault).value(), QSet<QString>{key});
}

void TestUnlocked::writingAgainReplaces()
{
    QVERIFY(test::write(*m_vault, u"a"_s, "first"));
    QVERIFY(test::write(*m_vault, u"a"_s, "second"));
    QCOMPARE(test::read(*m_vault, u"a"_s).value()->text(), std::string_view("second"));
    QVERIFY(test::remove(*m_vault, u"a"_s));
    QCOMPARE(test::read(*m_vault, u"a"_s).error().code, ErrorCode::SecretMissing);
}

void TestUnlocked::notATextIsRefused_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("zero byte") << QByteArray("a\0b", 3);
    QTest::newRow("not UTF-8") << QByteArray("\xff\xfe");
}

void TestUnlocked::notATextIsRefused()
{
    QFETCH(QByteArray, value);
    QCOMPARE(test::write(*m_vault, u"a"_s, value.toStdString()).error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::keys(*m_vault).value(), QSet<QString>());
}

void TestUnlocked::missingIsMissing()
{
    QCOMPARE(test::read(*m_vault, u"nothing"_s).error().code, ErrorCode::SecretMissing);
}

void TestUnlocked::removingTwiceIsASuccess()
{
    QVERIFY(test::write(*m_vault, u"a"_s, "x"));
    QVERIFY(test::remove(*m_vault, u"a"_s));
    QVERIFY(test::remove(*m_vault, u"a"_s));
}

void TestUnlocked::listsOnlyThisProfile()
{
    KeychainVault other({kService + u"2"_s, 5s});
    QVERIFY(test::write(*m_vault, u"a"_s, "mine"));
    QVERIFY(test::write(other, u"a"_s, "theirs"));
    QVERIFY(test::write(other, u"b"_s, "theirs"));
    QCOMPARE(test::keys(*m_vault).value(), QSet<QString>{u"a"_s});
    QVERIFY(test::remove(*m_vault, u"a"_s));
    QCOMPARE(test::read(other, u"a"_s).value()->text(), std::string_view("theirs"));
    QVERIFY(test::remove(other, u"a"_s));
    QVERIFY(test::remove(other, u"b"_s));
}

void TestUnlocked::manyAtOnceAllAnswer()
{
    QStringList answers;
    for (int i = 0; i < 20; ++i) {
        const auto value = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(std::to_string(i)));
        m_vault->write(QString::number(i), value, [&answers, i](const Result<void>& written) {
            answers.append(written ? QString::number(i) : u"failed"_s);
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 20, 20'000);
    QVERIFY(!answers.contains(u"failed"_s));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(
            test::read(*m_vault, QString::number(i)).value()->text(), std::string_view(std::to_string(i)));
}

void TestUnlocked::listsMoreThanABusAnswersAtOnce()
{
    QSet<QString> written; // by the test's bus one connection may wait for 128 replies
    for (int i = 0; i < 140; ++i) {
        const auto value = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(std::string_view("x")));
        m_vault->write(QString::number(i), value, [&written, i](const Result<void>& done) {
            if (done)
                written.insert(QString::number(i));
        });
        if (i % 20 == 19)
            QTRY_COMPARE_WITH_TIMEOUT(written.size(), i + 1, 30'000);
    }
    QCOMPARE(test::keys(*m_vault).value(), written);
}

void TestUnlocked::lockingByHandShows()
{
    QCOMPARE(test::refresh(*m_vault).value(), VaultState::Unlocked);
    QSignalSpy states(m_vault.get(), &Vault::stateChanged);
    QVERIFY(keyring::lock());
    QTRY_COMPARE(m_vault->state(), VaultState::Locked);
    QVERIFY(keyring::unlock());
    QTRY_COMPARE(m_vault->state(), VaultState::Unlocked);
    QCOMPARE(states.size(), 2);
}

void TestUnlocked::lockingByTheVaultShows()
{
    QVERIFY(test::lock(*m_vault));
    QCOMPARE(m_vault->state(), VaultState::Locked);
    QCOMPARE(test::unlock(*m_vault).error().code, ErrorCode::Locked); // no display: the prompt can't open
    QVERIFY(keyring::unlock());
    QVERIFY(test::unlock(*m_vault)); // nothing to ask
}

void TestUnlocked::lockedNeverLooksMissing()
{
    QVERIFY(test::write(*m_vault, u"a"_s, "x"));
    QVERIFY(keyring::lock());
    QCOMPARE(test::read(*m_vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::read(*m_vault, u"nothing"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::keys(*m_vault).value(), QSet<QString>{u"a"_s});
    QVERIFY(keyring::unlock());
    QCOMPARE(test::read(*m_vault, u"a"_s).value()->text(), std::string_view("x"));
}

void TestUnlocked::lockedIsNeverOverwritten()
{
    QVERIFY(test::write(*m_vault, u"a"_s, "old"));
    QVERIFY(keyring::lock());
    QCOMPARE(test::write(*m_vault, u"a"_s, "new").error().code, ErrorCode::Locked);
    QCOMPARE(test::write(*m_vault, u"b"_s, "new").error().code, ErrorCode::Locked);
    QCOMPARE(test::remove(*m_vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::remove(*m_vault, u"nothing"_s).error().code, ErrorCode::Locked);
    QVERIFY(keyring::unlock());
    QCOMPARE(test::read(*m_vault, u"a"_s).value()->text(), std::string_view("old"));
    QCOMPARE(test::keys(*m_vault).value(), QSet<QString>{u"a"_s});
}

void TestUnlocked::killedAndStartedAgainIsLocked()
{
    QVERIFY(test::write(*m_vault, u"a"_s, "x"));
    QVERIFY(keyring::kill());
    QTRY_COMPARE(m_vault->state(), VaultState::Unavailable);
    // The bus starts it again, locked, and it knows the names of its entries only as hashes until it is
    // unlocked.
    QCOMPARE(test::read(*m_vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::keys(*m_vault).error().code, ErrorCode::Locked);
    QCOMPARE(test::write(*m_vault, u"a"_s, "new").error().code, ErrorCode::Locked);
    QVERIFY(keyring::unlock());
    const auto back = test::read(*m_vault, u"a"_s);
    QVERIFY2(back.has_value(), qPrintable(back ? QString() : name(back.error().code) + back.error().detail));
    QCOMPARE((*back)->text(), std::string_view("x"));
    QVERIFY(test::write(*m_vault, u"b"_s, "y"));
    QCOMPARE(test::keys(*m_vault).value(), (QSet<QString>{u"a"_s, u"b"_s}));
}

void TestUnlocked::stoppedIsUnavailable()
{
    KeychainVault impatient({kService, 500ms});
    QSignalSpy waits(&impatient, &Vault::waitingChanged);
    QVERIFY(keyring::stop());
    const auto answer = test::read(impatient, u"a"_s);
    keyring::resume();
    QCOMPARE(answer.error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(waits.size(), 2);
    QCOMPARE(waits.first().first().toBool(), true);
    QCOMPARE(waits.last().first().toBool(), false);
}

void TestUnlocked::whoWaitsNoLongerIsAnsweredAndWritesNothingLater()
{
    QSignalSpy waits(m_vault.get(), &Vault::waitingChanged);
    QVERIFY(keyring::stop());
    std::optional<Result<void>> answer;
    m_vault->write(u"a"_s, std::make_shared<const SecretBuffer>(SecretBuffer::copyOf("x")),
        [&answer](const Result<void>& result) { answer = result; });
    QVERIFY(waits.wait());
    m_vault->stopWaiting();
    QVERIFY(answer.has_value());
    QCOMPARE(answer->error().code, ErrorCode::Cancelled);
    QCOMPARE(waits.last().first().toBool(), false);
    keyring::resume();
    // The keyring now answers what was asked first, and the write that would have followed is not made.
    QCOMPARE(test::keys(*m_vault).value(), QSet<QString>());
    QCOMPARE(test::read(*m_vault, u"a"_s).error().code, ErrorCode::SecretMissing);
}

QTEST_GUILESS_MAIN(TestUnlocked)
#include "tst_unlocked.moc"
