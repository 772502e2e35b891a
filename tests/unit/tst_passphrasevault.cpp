// SPDX-License-Identifier: MIT
#include "core/secrets/PassphraseVault.h"
#include "core/secrets/VaultFile.h"
#include "tests/support/Keyring.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QTimer>
#include <QtEndian>
#include <csignal>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kHeader = 60;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

/// What an attacker does after a change, and an accident does not.
QByteArray withNewChecksum(QByteArray content)
{
    content.chop(32);
    QByteArray hash(32, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), 32,
        reinterpret_cast<const unsigned char*>(content.constData()),
        static_cast<unsigned long long>(content.size()), nullptr, 0);
    return content + hash;
}

SharedSecret secret(std::string_view text)
{
    return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
}

} // namespace

class TestPassphraseVault : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void valuesSurviveARestart();
    void theFileHoldsNoSecretAndIsPrivate();
    void lockedAnswersLockedAndStillListsKeys();
    void wrongPassphraseOpensNothing();
    void absentIsUnavailable();
    void creatingNeverReplacesAFile();
    void changingThePassphraseKeepsEveryEntry();
    void changingWithAWrongOneChangesNothing();
    void everyTruncationIsDamaged();
    void everyFlippedBitIsDamaged();
    void noFlippedBitWithAFreshChecksumOpens();
    void entriesCantBeDroppedSwappedOrBroughtBack();
    void limitsOfAForeignFileAreChecked_data();
    void limitsOfAForeignFileAreChecked();
    void foreignFilesAreDamaged_data();
    void foreignFilesAreDamaged();
    void aDirectoryThatCantBeWrittenKeepsTheOldFile();
    void aFileThatCantBeWrittenWholeKeepsTheOldOne();
    void aWriteReplacesTheFileInsteadOfChangingIt();
    void idleLocks();
    void readingTheProfileDoesNotKeepItAwake();
    void lockingWhileTheKeyIsDerivedStands();
    void mayGoWhileTheKeyIsDerived();
    void valuesThatDoNotFitAreRefused();
    void wrongOnesAreSlowedAndOtherCommandsGoOn();
    void stopWaitingEndsTheWait();

private:
    [[nodiscard]] std::unique_ptr<PassphraseVault> open(std::chrono::milliseconds idle = 15min)
    {
        Tries::Ports tries{[this] { return m_wrong; }, [this](int count) { m_wrong = count; },
            [this](std::chrono::milliseconds, std::function<void()> go) { m_later = std::move(go); }};
        return std::make_unique<PassphraseVault>(
            PassphraseVault::Options{m_file, 1, 8192, idle, std::move(tries)}, m_random, m_pool);
    }
    std::unique_ptr<PassphraseVault> made(); ///< and unlocked, with the entries a and b

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
    SystemRandom m_random;
    QThreadPool m_pool;
    int m_wrong = 0; ///< passphrases, as kept over restarts
    std::function<void()> m_later; ///< the try that waits for its time
};

void TestPassphraseVault::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_file = m_dir->filePath(u"deep/er/vault.bin"_s);
    m_wrong = 0;
    m_later = nullptr;
}

std::unique_ptr<PassphraseVault> TestPassphraseVault::made()
{
    auto vault = open();
    const auto created = answerOf<void>([&](auto done) { vault->create(secret("open sesame"), done); });
    if (!created || !test::write(*vault, u"a"_s, "first") || !test::write(*vault, u"b"_s, "second"))
        qFatal("no vault could be made");
    return vault;
}

void TestPassphraseVault::valuesSurviveARestart()
{
    made();
    auto vault = open();
    QCOMPARE(vault->state(), VaultState::Locked);
    QSignalSpy states(vault.get(), &Vault::stateChanged);
    QVERIFY(test::unlock(*vault, "open sesame"));
    QCOMPARE(vault->state(), VaultState::Unlocked);
    QCOMPARE(states.size(), 1);
    QCOMPARE(test::read(*vault, u"a"_s).value()->text(), std::string_view("first"));
    QCOMPARE(test::read(*vault, u"b"_s).value()->text(), std::string_view("second"));
    QCOMPARE(test::read(*vault, u"c"_s).error().code, ErrorCode::SecretMissing);
    QVERIFY(test::write(*vault, u"a"_s, "third"));
    QCOMPARE(test::read(*vault, u"a"_s).value()->text(), std::string_view("third"));
    QVERIFY(test::remove(*vault, u"a"_s));
    QVERIFY(test::remove(*vault, u"a"_s));
    QCOMPARE(test::read(*vault, u"a"_s).error().code, ErrorCode::SecretMissing);
    QCOMPARE(test::keys(*vault).value(), QSet<QString>{u"b"_s});
}

void TestPassphraseVault::theFileHoldsNoSecretAndIsPrivate()
{
    made();
    const QByteArray content = contentOf(m_file);
    QVERIFY(!content.contains("first") && !content.contains("second") && !content.contains("sesame"));
    struct stat status
    {
    };
    QCOMPARE(::stat(QFile::encodeName(m_file).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600u);
}

void TestPassphraseVault::lockedAnswersLockedAndStillListsKeys()
{
    auto vault = made();
    QVERIFY(test::lock(*vault));
    QCOMPARE(test::read(*vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::read(*vault, u"nothing"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::write(*vault, u"a"_s, "x").error().code, ErrorCode::Locked);
    QCOMPARE(test::remove(*vault, u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::keys(*vault).value(), (QSet<QString>{u"a"_s, u"b"_s}));
    QCOMPARE(test::refresh(*vault).value(), VaultState::Locked);
}

void TestPassphraseVault::wrongPassphraseOpensNothing()
{
    made();
    const QByteArray before = contentOf(m_file);
    auto vault = open();
    for (const char* wrong : {"", "open sesam", "open sesame ", "Open sesame"})
        QCOMPARE(test::unlock(*vault, wrong).error().code, ErrorCode::WrongPassphrase);
    QCOMPARE(vault->state(), VaultState::Locked);
    QCOMPARE(contentOf(m_file), before);
}

void TestPassphraseVault::absentIsUnavailable()
{
    auto vault = open();
    QVERIFY(!vault->exists());
    QCOMPARE(vault->state(), VaultState::Unavailable);
    QCOMPARE(test::unlock(*vault, "x").error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::read(*vault, u"a"_s).error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(test::keys(*vault).error().code, ErrorCode::KeychainUnavailable);
    QVERIFY(!vault->exists());
}

void TestPassphraseVault::creatingNeverReplacesAFile()
{
    made();
    const QByteArray before = contentOf(m_file);
    auto vault = open();
    QCOMPARE(
        answerOf<void>([&](auto done) { vault->create(secret("x"), done); }).error().code, ErrorCode::Failed);
    QCOMPARE(contentOf(m_file), before);
}

void TestPassphraseVault::changingThePassphraseKeepsEveryEntry()
{
    auto vault = made();
    const auto change = [&] {
        return answerOf<void>(
            [&](auto done) { vault->changePassphrase(secret("open sesame"), secret("new"), done); });
    };
    QVERIFY(change());
    QCOMPARE(vault->state(), VaultState::Unlocked);
    QCOMPARE(test::read(*vault, u"a"_s).value()->text(), std::string_view("first"));
    auto again = open();
    QCOMPARE(test::unlock(*again, "open sesame").error().code, ErrorCode::WrongPassphrase);
    QVERIFY(test::unlock(*again, "new"));
    QCOMPARE(test::read(*again, u"b"_s).value()->text(), std::string_view("second"));
}

void TestPassphraseVault::changingWithAWrongOneChangesNothing()
{
    auto vault = made();
    const QByteArray before = contentOf(m_file);
    const auto changed
        = answerOf<void>([&](auto done) { vault->changePassphrase(secret("wrong"), secret("new"), done); });
    QCOMPARE(changed.error().code, ErrorCode::WrongPassphrase);
    QCOMPARE(contentOf(m_file), before);
    QCOMPARE(test::read(*vault, u"a"_s).value()->text(), std::string_view("first"));
}

void TestPassphraseVault::everyTruncationIsDamaged()
{
    made();
    const QByteArray whole = contentOf(m_file);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const QByteArray part = whole.first(size);
        const auto parsed = VaultFile::parse(bytesOf(part));
        QVERIFY(!parsed && parsed.error().code == ErrorCode::Damaged);
    }
    put(m_file, whole.chopped(1));
    auto vault = open();
    QCOMPARE(test::unlock(*vault, "open sesame").error().code, ErrorCode::Damaged);
    QCOMPARE(test::keys(*vault).error().code, ErrorCode::Damaged);
    QCOMPARE(contentOf(m_file), whole.chopped(1));
    QVERIFY(VaultFile::parse(bytesOf(whole)));
}

void TestPassphraseVault::everyFlippedBitIsDamaged()
{
    auto vault = made();
    const QByteArray whole = contentOf(m_file);
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        const auto parsed = VaultFile::parse(bytesOf(flipped));
        QVERIFY(!parsed && parsed.error().code == ErrorCode::Damaged);
    }
    // A vault that is unlocked already writes nothing over it either.
    QByteArray flipped = whole;
    flipped[kHeader + 20] = static_cast<char>(flipped[kHeader + 20] ^ 1);
    put(m_file, flipped);
    QCOMPARE(test::write(*vault, u"c"_s, "x").error().code, ErrorCode::Damaged);
    QCOMPARE(contentOf(m_file), flipped);
}

void TestPassphraseVault::noFlippedBitWithAFreshChecksumOpens()
{
    made();
    const QByteArray whole = contentOf(m_file);
    const auto original = VaultFile::parse(bytesOf(whole));
    const auto passphrase = secret("open sesame");
    const SecretBuffer master = deriveMasterKey(original->parameters(), *passphrase);
    QVERIFY(original->verify(master));
    for (qsizetype at = 0; at < whole.size() - 32; ++at) {
        QByteArray flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        flipped = withNewChecksum(flipped);
        const auto parsed = VaultFile::parse(bytesOf(flipped));
        if (!parsed)
            continue;
        // The attacker's header may make the key's derivation costly; that the header is bound to the key is
        // enough.
        const auto verified = parsed->verify(master);
        QVERIFY(!verified);
        QCOMPARE(verified.error().code, at < kHeader ? ErrorCode::WrongPassphrase : ErrorCode::Damaged);
    }
}

void TestPassphraseVault::entriesCantBeDroppedSwappedOrBroughtBack()
{
    auto vault = made();
    const QByteArray older = contentOf(m_file);
    QVERIFY(test::write(*vault, u"a"_s, "FIRST"));
    const QByteArray newer = contentOf(m_file);
    QCOMPARE(older.size(), newer.size());
    const qsizetype entry = 2 + 1 + 4 + 24 + 5 + 16; // "a", five bytes
    const qsizetype entries = kHeader + 4;

    QByteArray broughtBack = newer;
    broughtBack.replace(entries, entry, older.mid(entries, entry));
    QByteArray dropped = newer;
    dropped.remove(entries, entry);
    dropped[kHeader] = 1;
    for (const QByteArray& forged : {broughtBack, dropped}) {
        put(m_file, withNewChecksum(forged));
        auto again = open();
        QCOMPARE(test::keys(*again).has_value(), true); // it looks whole as long as there is no key
        QCOMPARE(test::unlock(*again, "open sesame").error().code, ErrorCode::Damaged);
        QCOMPARE(again->state(), VaultState::Locked);
        QCOMPARE(test::read(*vault, u"b"_s).error().code, ErrorCode::Damaged);
    }
}

void TestPassphraseVault::limitsOfAForeignFileAreChecked_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<quint64>("value");
    QTest::newRow("17 passes") << 12 << quint64{17};
    QTest::newRow("no pass") << 12 << quint64{0};
    QTest::newRow("all passes") << 12 << ~quint64{0};
    QTest::newRow("over 1 GiB") << 20 << quint64{(1u << 30) + 1};
    QTest::newRow("all memory") << 20 << ~quint64{0};
    QTest::newRow("next to no memory") << 20 << quint64{8191};
}

void TestPassphraseVault::limitsOfAForeignFileAreChecked()
{
    QFETCH(int, at);
    QFETCH(quint64, value);
    made();
    QByteArray content = contentOf(m_file);
    const quint64 little = qToLittleEndian(value);
    content.replace(at, 8, reinterpret_cast<const char*>(&little), 8);
    put(m_file, withNewChecksum(content));
    auto vault = open();
    QCOMPARE(test::unlock(*vault, "open sesame").error().code, ErrorCode::Damaged);
}

void TestPassphraseVault::foreignFilesAreDamaged_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("this is a text and not a vault\n").repeated(10);
    QTest::newRow("zeros") << QByteArray(1000, '\0');
    QTest::newRow("magic alone") << QByteArray("HATVAULT");
    QTest::newRow("magic and noise") << "HATVAULT" + QByteArray(200, '\x01');
    QTest::newRow("version 2") << "HATVAULT" + QByteArray("\x02\0\0\0", 4) + QByteArray(200, '\x01');
}

void TestPassphraseVault::foreignFilesAreDamaged()
{
    QFETCH(QByteArray, content);
    QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
    put(m_file, content);
    auto vault = open();
    QCOMPARE(test::unlock(*vault, "open sesame").error().code, ErrorCode::Damaged);
    QCOMPARE(test::keys(*vault).error().code, ErrorCode::Damaged);
    QCOMPARE(
        answerOf<void>([&](auto done) { vault->create(secret("x"), done); }).error().code, ErrorCode::Failed);
    QCOMPARE(contentOf(m_file), content);
}

void TestPassphraseVault::aDirectoryThatCantBeWrittenKeepsTheOldFile()
{
    auto vault = made();
    const QByteArray before = contentOf(m_file);
    const QByteArray directory = QFile::encodeName(QFileInfo(m_file).path());
    // First it goes away under the vault's path, then it is closed.
    const QByteArray aside = directory + ".aside";
    QCOMPARE(::rename(directory.constData(), aside.constData()), 0);
    QCOMPARE(::symlink("/proc/self", directory.constData()), 0);
    const auto created = answerOf<void>([&](auto done) { vault->create(secret("x"), done); });
    QCOMPARE(created.error().code, ErrorCode::Disk);
    QCOMPARE(::unlink(directory.constData()), 0);
    QCOMPARE(::rename(aside.constData(), directory.constData()), 0);
    QCOMPARE(contentOf(m_file), before);
    const bool isRoot = ::geteuid() == 0; // who writes anywhere, so somebody else tries
    constexpr uid_t nobody = 65534;
    if (isRoot) {
        for (QString path = QFileInfo(m_file).path(); path.size() >= m_dir->path().size();
             path = QFileInfo(path).path())
            QCOMPARE(::chmod(qPrintable(path), 0755), 0);
        QCOMPARE(::chown(qPrintable(m_file), nobody, nobody), 0);
    }
    QCOMPARE(::chmod(directory.constData(), 0555), 0);
    QVERIFY(!isRoot || ::seteuid(nobody) == 0);
    const auto written = test::write(*vault, u"a"_s, "x");
    QVERIFY(!isRoot || ::seteuid(0) == 0);
    QCOMPARE(::chmod(directory.constData(), 0700), 0);
    QCOMPARE(written.error().code, ErrorCode::Disk);
    QCOMPARE(contentOf(m_file), before);
    QCOMPARE(test::read(*vault, u"a"_s).value()->text(), std::string_view("first"));
}

void TestPassphraseVault::aFileThatCantBeWrittenWholeKeepsTheOldOne()
{
    auto vault = made();
    const QByteArray before = contentOf(m_file);
    rlimit was{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &was), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{100, was.rlim_max}; // as a disk that fills up in the middle
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto written = test::write(*vault, u"a"_s, "x");
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &was), 0);
    QCOMPARE(written.error().code, ErrorCode::Disk);
    QCOMPARE(contentOf(m_file), before);
    QCOMPARE(
        QDir(QFileInfo(m_file).path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"vault.bin"_s});
    QCOMPARE(test::read(*vault, u"a"_s).value()->text(), std::string_view("first"));
}

void TestPassphraseVault::aWriteReplacesTheFileInsteadOfChangingIt()
{
    auto vault = made();
    QFile old(m_file);
    QVERIFY(old.open(QIODevice::ReadOnly));
    const QByteArray before = contentOf(m_file);
    QVERIFY(test::write(*vault, u"a"_s, "x"));
    // Who had the old file open still reads all of it: a kill in between can't leave a mixture of the two.
    QCOMPARE(old.readAll(), before);
    QVERIFY(contentOf(m_file) != before);
    QCOMPARE(
        QDir(QFileInfo(m_file).path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"vault.bin"_s});
}

void TestPassphraseVault::idleLocks()
{
    made();
    auto vault = open(50ms);
    QVERIFY(test::unlock(*vault, "open sesame"));
    QTRY_COMPARE(vault->state(), VaultState::Locked);
    QCOMPARE(test::read(*vault, u"a"_s).error().code, ErrorCode::Locked);
    vault->setIdleLimit(15min);
    QVERIFY(test::unlock(*vault, "open sesame"));
    vault->setIdleLimit(10ms);
    QTRY_COMPARE(vault->state(), VaultState::Locked);
}

/// Opening messages from outside, as often as they come, is no use by the person.
void TestPassphraseVault::readingTheProfileDoesNotKeepItAwake()
{
    QVERIFY(test::write(*made(), u"profile"_s, "of the profile"));
    auto vault = open(100ms);
    QVERIFY(test::unlock(*vault, "open sesame"));
    QVERIFY(test::read(*vault, u"profile"_s));
    QTimer others;
    connect(&others, &QTimer::timeout, this, [&] { (void)test::read(*vault, u"profile"_s); });
    others.start(1ms);
    QTRY_COMPARE(vault->state(), VaultState::Locked);
    QCOMPARE(test::read(*vault, u"profile"_s).error().code, ErrorCode::Locked);
}

void TestPassphraseVault::lockingWhileTheKeyIsDerivedStands()
{
    made();
    auto vault = open();
    const auto answer = answerOf<void>([&](auto done) {
        vault->unlock(secret("open sesame"), done);
        vault->lock([](const Result<void>&) {});
    });
    QCOMPARE(answer.error().code, ErrorCode::Cancelled);
    QCOMPARE(vault->state(), VaultState::Locked);
}

void TestPassphraseVault::mayGoWhileTheKeyIsDerived()
{
    made();
    auto vault = open();
    bool answered = false;
    vault->unlock(secret("open sesame"), [&answered](const Result<void>&) { answered = true; });
    vault.reset();
    m_pool.waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!answered);
}

void TestPassphraseVault::valuesThatDoNotFitAreRefused()
{
    auto vault = made();
    QCOMPARE(test::write(*vault, u"c"_s, "").error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::write(*vault, {}, "x").error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::write(*vault, u"x"_s.repeated(1025), "x").error().code, ErrorCode::InvalidInput);
    QCOMPARE(
        test::write(*vault, u"c"_s, std::string((1u << 20) + 1, 'x')).error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::keys(*vault).value(), (QSet<QString>{u"a"_s, u"b"_s}));
}

void TestPassphraseVault::wrongOnesAreSlowedAndOtherCommandsGoOn()
{
    made();
    const auto change = [this] { // the other way to try one
        auto vault = open();
        return answerOf<void>([&](auto done) { vault->changePassphrase(secret("x"), secret("new"), done); });
    };
    QCOMPARE(change().error().code, ErrorCode::WrongPassphrase);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(test::unlock(*open(), "wrong").error().code, ErrorCode::WrongPassphrase);
    QCOMPARE(m_wrong, 3);
    auto vault = open(); // starting again gains nothing
    std::optional<Result<void>> answer;
    vault->unlock(secret("open sesame"), [&answer](const Result<void>& result) { answer = result; });
    QVERIFY(m_later);
    QVERIFY(test::keys(*vault));
    m_pool.waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!answer); // the right one waits too: otherwise the wait would tell
    m_later();
    QTRY_VERIFY(answer);
    QVERIFY(*answer);
    QCOMPARE(m_wrong, 0);
}

void TestPassphraseVault::stopWaitingEndsTheWait()
{
    made();
    m_wrong = 3;
    auto vault = open();
    QSignalSpy waits(vault.get(), &Vault::waitingChanged);
    std::optional<Result<void>> answer;
    const auto take = [&answer](const Result<void>& result) { answer = result; };
    vault->unlock(secret("open sesame"), take);
    QVERIFY(waits.wait());
    vault->stopWaiting();
    QCOMPARE(answer->error().code, ErrorCode::Cancelled);
    m_later(); // too late
    m_wrong = 0;
    auto other = open();
    other->unlock(secret("open sesame"), take);
    other->stopWaiting(); // while it is derived
    QCOMPARE(answer->error().code, ErrorCode::Cancelled);
    m_pool.waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(vault->state(), VaultState::Locked);
    QCOMPARE(other->state(), VaultState::Locked);
}

QTEST_GUILESS_MAIN(TestPassphraseVault)
#include "tst_passphrasevault.moc"
