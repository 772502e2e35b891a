// SPDX-License-Identifier: MIT
#include "core/secrets/KeychainJobs.h"
#include "core/secrets/KeychainVault.h"
#include "tests/support/Keyring.h"

#include <QProcess>
#include <QSignalSpy>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kService = u"org.hatstand.Hatstand"_s;

/// Runs to its end.
int xdotool(const QStringList& arguments)
{
    QProcess process;
    process.start(u"xdotool"_s, arguments);
    process.closeWriteChannel();
    return process.waitForFinished(10'000) ? process.exitCode() : -1;
}

const QStringList kFindPrompt{u"search"_s, u"--onlyvisible"_s, u"--class"_s, u"gcr-prompter"_s};

bool isPromptOpen()
{
    return xdotool(kFindPrompt) == 0;
}

/// Answers the desktop's prompt as a person does, once more as long as it stays: it does not take keys at
/// once.
bool answerPrompt(const QStringList& keys)
{
    const auto tryOnce = [&keys] {
        xdotool(kFindPrompt + QStringList{u"windowfocus"_s, u"--sync"_s} + keys);
        // The window may go before xdotool lets the key go, which then would repeat into the next prompt.
        xdotool({u"keyup"_s, u"Escape"_s, u"Return"_s});
        return QTest::qWaitFor([] { return !isPromptOpen(); }, 1'000);
    };
    return QTest::qWaitFor(isPromptOpen, 20'000) && QTest::qWaitFor(tryOnce, 20'000);
}

const QStringList kEscape{u"key"_s, u"Escape"_s};

QStringList password()
{
    return {u"key"_s, u"ctrl+a"_s, u"type"_s, u"--args"_s, u"1"_s,
        qEnvironmentVariable("HATSTAND_TEST_KEYRING_PASSWORD"), u"key"_s, u"Return"_s};
}

} // namespace

class TestPrompt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void unansweredIsLockedAndTheAnswerStillCounts();
    void answeredUnlocks();
    void aJobBehindAPromptAnswersAndMayEndLater();
    void whoWaitsNoLongerIsAnsweredAtOnce();
    void aVaultMayGoWhileAJobWaits();
    void theProcessMayEndWhileAJobWaits();
    void dismissedIsLocked();
    void askingTwiceShowsOnePrompt();
};

void TestPrompt::init()
{
    QVERIFY(keyring::unlock());
    KeychainVault vault({kService, 5s});
    QVERIFY(test::write(vault, u"a"_s, "x"));
    QVERIFY(keyring::lock());
}

void TestPrompt::unansweredIsLockedAndTheAnswerStillCounts()
{
    KeychainVault vault({kService, 1s});
    QSignalSpy waits(&vault, &Vault::waitingChanged);
    QCOMPARE(test::unlock(vault).error().code, ErrorCode::Locked);
    QCOMPARE(waits.size(), 2);
    QVERIFY(answerPrompt(password()));
    QTRY_COMPARE_WITH_TIMEOUT(vault.state(), VaultState::Unlocked, 20'000);
    QCOMPARE(test::read(vault, u"a"_s).value()->text(), std::string_view("x"));
}

void TestPrompt::dismissedIsLocked()
{
    KeychainVault vault({kService, 20s});
    std::optional<Result<void>> answer;
    vault.unlock({}, [&answer](const Result<void>& result) { answer = result; });
    QVERIFY(answerPrompt(kEscape));
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 15'000);
    QCOMPARE(answer->error().code, ErrorCode::Locked);
    QCOMPARE(vault.state(), VaultState::Locked);
}

void TestPrompt::answeredUnlocks()
{
    KeychainVault vault({kService, 20s});
    std::optional<Result<void>> answer;
    vault.unlock({}, [&answer](const Result<void>& result) { answer = result; });
    QVERIFY(answerPrompt(password()));
    QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 15'000);
    QVERIFY(answer->has_value());
    QCOMPARE(vault.state(), VaultState::Unlocked);
}

void TestPrompt::askingTwiceShowsOnePrompt()
{
    KeychainVault vault({kService, 1s});
    QCOMPARE(test::unlock(vault).error().code, ErrorCode::Locked);
    QCOMPARE(test::unlock(vault).error().code, ErrorCode::Locked);
    // One dismissal ends it: a second prompt would open once the first is gone.
    QVERIFY(answerPrompt(kEscape));
    KeychainVault patient({kService, 20s});
    QCOMPARE(test::refresh(patient).value(), VaultState::Locked);
    QVERIFY(!isPromptOpen());
}

void TestPrompt::aJobBehindAPromptAnswersAndMayEndLater()
{
    KeychainJobs jobs(kService, 1s);
    const auto read = [&jobs] { return answerOf<SharedSecret>([&](auto done) { jobs.read(u"a"_s, done); }); };
    QCOMPARE(read().error().code, ErrorCode::Locked);
    QCOMPARE(read().error().code, ErrorCode::Locked); // behind the first, and never started
    QVERIFY(answerPrompt(password()));
    KeychainVault vault({kService, 10s});
    QTRY_COMPARE_WITH_TIMEOUT(test::refresh(vault).value(), VaultState::Unlocked, 20'000);
    QCOMPARE(read().value()->text(), std::string_view("x"));
}

void TestPrompt::whoWaitsNoLongerIsAnsweredAtOnce()
{
    KeychainJobs jobs(kService, 60s);
    QList<ErrorCode> answers;
    const auto note = [&answers](const Result<SharedSecret>& result) {
        answers += result ? ErrorCode::Failed : result.error().code;
    };
    jobs.read(u"a"_s, note); // runs, behind the prompt
    jobs.read(u"a"_s, note);
    QVERIFY(QTest::qWaitFor(isPromptOpen, 20'000));
    jobs.stopWaiting();
    QCOMPARE(answers, (QList<ErrorCode>{ErrorCode::Cancelled, ErrorCode::Cancelled}));
    QVERIFY(answerPrompt(password()));
    // What ran ends unheard, and the next is served.
    QCOMPARE(answerOf<SharedSecret>([&](auto done) { jobs.read(u"a"_s, done); }).value()->text(),
        std::string_view("x"));
    QCOMPARE(answers.size(), 2);
}

void TestPrompt::aVaultMayGoWhileAJobWaits()
{
    {
        KeychainJobs jobs(kService, 500ms);
        const auto answer = answerOf<SharedSecret>([&](auto done) { jobs.read(u"a"_s, done); });
        QCOMPARE(answer.error().code, ErrorCode::Locked);
    }
    QVERIFY(answerPrompt(password())); // ends the job, whose owner is gone
    KeychainVault vault({kService, 10s});
    QTRY_COMPARE_WITH_TIMEOUT(test::refresh(vault).value(), VaultState::Unlocked, 20'000);
    KeychainJobs jobs(kService, 10s);
    QCOMPARE(answerOf<SharedSecret>([&](auto done) { jobs.read(u"a"_s, done); }).value()->text(),
        std::string_view("x"));
}

void TestPrompt::theProcessMayEndWhileAJobWaits()
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {u"--end-behind-a-prompt"_s});
    QVERIFY(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 42);
    QVERIFY(answerPrompt(kEscape)); // the keyring keeps it open
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 2 && QByteArrayView(argv[1]) == "--end-behind-a-prompt") {
        KeychainJobs jobs(kService, 500ms);
        const auto answer = answerOf<SharedSecret>([&](auto done) { jobs.read(u"a"_s, done); });
        return !answer && answer.error().code == ErrorCode::Locked ? 42 : 1;
    }
    TestPrompt test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_prompt.moc"
