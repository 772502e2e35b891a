// SPDX-License-Identifier: MIT
// The real program, killed right before each of its writes, syncs, renames and messages in turn. Whatever the
// step, the next start has the account and its secret together, or neither; every other account is as it was;
// and no secret is kept that nobody names.
#include "core/secrets/PassphraseVault.h"
#include "core/secrets/VaultFile.h"
#include "tests/support/Keyring.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostSteps = 500; // a command that takes more is a fault of its own

struct Ran
{
    bool killed = false;
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

/// A profile in a folder of its own and the program at work on it.
class Home
{
public:
    explicit Home(QString vault)
        : m_dir(u"/tmp/hat-XXXXXX"_s)
        , m_vault(std::move(vault))
    {
        // The loader takes a blank for the end of a name, and a checkout's path may have one.
        if (!QFile::link(QStringLiteral(KILLSTEP_LIBRARY), killer()))
            qFatal("no link to the library that kills");
        QFile file(passphrases());
        if (file.open(QIODevice::WriteOnly))
            file.write("correct horse\n");
    }

    /// A keychain with hundreds of entries is slow, to look through as to write.
    ~Home()
    {
        if (m_vault == "keychain"_L1)
            QProcess::execute(u"secret-tool"_s, {u"clear"_s, u"server"_s, service()});
    }
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;

    Ran run(const QStringList& arguments, const QByteArray& input = {}, int killAt = 0) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (killAt > 0) {
            environment.insert(u"LD_PRELOAD"_s, killer());
            environment.insert(u"HATSTAND_KILL_AT"_s, QString::number(killAt));
        }
        process.setProcessEnvironment(environment);
        QStringList all{u"--home"_s, m_dir.filePath(u"home"_s)};
        all += arguments;
        if (m_vault == "passphrase"_L1) {
            all += {u"--passphrase-fd"_s, u"3"_s};
            const QByteArray file = passphrases().toUtf8();
            process.setChildProcessModifier([file] {
                const int fd = open(file.constData(), O_RDONLY);
                if (fd != 3) {
                    dup2(fd, 3);
                    close(fd);
                }
            });
        }
        process.start(QStringLiteral(HATSTAND_BINARY), all);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000))
            qFatal("the program does not end (to be killed at %d): %s", killAt, qPrintable(all.join(u' ')));
        return {process.exitStatus() == QProcess::CrashExit, process.exitCode(),
            process.readAllStandardOutput(), process.readAllStandardError()};
    }

    Ran add(int number, int killAt = 0) const
    {
        return run({u"add"_s, u"nostr"_s, u"--nsec-stdin"_s, u"--vault"_s, m_vault}, secret(number), killAt);
    }

    QJsonArray json(const QString& command) const
    {
        const Ran ran = run({command, u"--json"_s});
        if (ran.exitCode != 0)
            qFatal("%s: %s", qPrintable(command), ran.err.constData());
        return QJsonDocument::fromJson(ran.out).array();
    }

    /// Has the passphrase vault ask for less work, which it does by what its file says: most of the time of
    /// this test would go there, and no step.
    void makeVaultCheap() const
    {
        if (m_vault != "passphrase"_L1)
            return;
        hatstand::SystemRandom random;
        QThreadPool pool;
        hatstand::secrets::PassphraseVault vault(
            {m_dir.filePath(u"home/data/vault.bin"_s), 1, 8192}, random, pool);
        const auto same = std::make_shared<const hatstand::SecretBuffer>(
            hatstand::SecretBuffer::copyOf(std::string_view("correct horse")));
        if (!hatstand::test::answerOf<void>([&](auto done) { vault.changePassphrase(same, same, done); }))
            qFatal("the vault keeps its parameters");
    }

    /// Keys of all entries in the vault of this profile; no passphrase is needed for them.
    QSet<QString> vaultKeys() const { return m_vault == "keychain"_L1 ? keychainKeys() : fileKeys(); }

private:
    /// Small numbers are keys as good as others: 64 hex digits.
    static QByteArray secret(int number)
    {
        return QByteArray::number(number, 16).rightJustified(64, '0') + '\n';
    }
    [[nodiscard]] QString passphrases() const { return m_dir.filePath(u"passphrases"_s); }
    [[nodiscard]] QString killer() const { return m_dir.filePath(u"killstep.so"_s); }

    [[nodiscard]] QString service() const
    {
        QFile id(m_dir.filePath(u"home/id"_s));
        if (!id.open(QIODevice::ReadOnly))
            qFatal("the profile has no id");
        return u"org.hatstand.Hatstand.p"_s
            + QString::fromLatin1(id.readLine()).trimmed().remove(u'-').remove(u'{').remove(u'}');
    }

    QSet<QString> keychainKeys() const
    {
        QProcess search;
        search.start(u"secret-tool"_s, {u"search"_s, u"--all"_s, u"server"_s, service()});
        search.waitForFinished();
        QSet<QString> keys;
        for (const QByteArray& line :
            (search.readAllStandardOutput() + search.readAllStandardError()).split('\n')) {
            if (line.startsWith("attribute.user = "))
                keys += QString::fromUtf8(line.mid(17));
        }
        return keys;
    }

    QSet<QString> fileKeys() const
    {
        QFile vault(m_dir.filePath(u"home/data/vault.bin"_s));
        if (!vault.open(QIODevice::ReadOnly))
            qFatal("there is no vault");
        const QByteArray content = vault.readAll();
        const auto file = hatstand::secrets::VaultFile::parse(hatstand::bytesOf(content));
        if (!file)
            qFatal("the vault is damaged");
        QSet<QString> keys;
        for (const QByteArray& key : file->keys())
            keys += QString::fromUtf8(key);
        return keys;
    }

    QTemporaryDir m_dir;
    QString m_vault;
};

QSet<QString> ids(const QJsonArray& rows)
{
    QSet<QString> all;
    for (const QJsonValue& row : rows)
        all += row[u"id"_s].toString();
    return all;
}

} // namespace

class TestKillSteps : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyStep_data();
    void everyStep();
};

void TestKillSteps::everyStep_data()
{
    QTest::addColumn<QString>("vault");
    QTest::addColumn<QString>("command");
    const auto row = [](const char* vault, const char* command) {
        QTest::addRow("%s, %s", vault, command) << QString::fromLatin1(vault) << QString::fromLatin1(command);
    };
    row("keychain", "add");
    row("keychain", "logout");
    row("passphrase", "add");
    row("passphrase", "logout");
    row("passphrase", "logout --forget");
}

void TestKillSteps::everyStep()
{
    QFETCH(QString, vault);
    QFETCH(QString, command);
    const bool adds = command == "add"_L1;
    const bool forgets = command.endsWith("--forget"_L1);
    std::unique_ptr<Home> home;
    int number = 0;
    QSet<QString> others; // accounts that are there and at rest, and stay so whatever becomes of another
    QSet<QString> rested;
    QString spare; // one more: what the next logout is tried on
    const auto addOne = [&] {
        const Ran added = home->add(++number);
        spare = QString::fromUtf8(added.out).trimmed();
        return added;
    };
    int kills = 0;

    for (int step = 1;; ++step) {
        QVERIFY2(step < kMostSteps, "the command never gets through");
        const QString where = u"step %1"_s.arg(step);
        if (step % 25 == 1) { // so that there are never many accounts
            home = std::make_unique<Home>(vault);
            number = 0;
            QCOMPARE(addOne().exitCode, 0); // the vault is chosen
            home->makeVaultCheap();
            others = {spare};
            rested.clear();
            QCOMPARE(addOne().exitCode, 0);
        }
        const QString victim = spare;
        if (adds)
            others += victim;
        QStringList arguments{u"logout"_s, victim, u"--yes"_s};
        if (forgets)
            arguments += u"--forget"_s;
        const Ran ran = adds ? home->add(++number, step) : home->run(arguments, {}, step);
        // the next command that opens the vault finishes what was begun, before it does its own
        const Ran next = addOne();
        QVERIFY2(next.exitCode == 0, qPrintable(where + u": "_s + QString::fromUtf8(next.err)));

        const QJsonArray rows = home->json(u"list"_s);
        for (const QJsonValue& row : rows) {
            const QString state = row[u"state"_s].toString();
            const bool good = vault == "keychain"_L1 ? state == "ready"_L1 : state == "locked"_L1;
            QVERIFY2(good, qPrintable(where + u": "_s + row[u"id"_s].toString() + u" is "_s + state));
        }
        const QSet<QString> listed = ids(rows);
        const QSet<QString> resting = adds ? QSet<QString>() : ids(home->json(u"trash"_s));
        if (adds) {
            const QSet<QString> made = listed - others - QSet{spare};
            QVERIFY2(made.size() <= 1 && (ran.killed || made.size() == 1), qPrintable(where));
            others += made;
        } else if (listed.contains(victim)) {
            QVERIFY2(ran.killed, qPrintable(where));
            others += victim; // as it was: the others say the rest
        } else if (!forgets) {
            rested += victim;
        }
        QVERIFY2(listed == others + QSet{spare}, qPrintable(where)); // nothing lost, nothing else touched
        QVERIFY2(resting == rested, qPrintable(where));
        // Every secret is there, and none that nobody names: in the keychain, or by the names in vault.bin.
        QSet<QString> named = listed + QSet{u"profile"_s};
        for (const QString& id : resting)
            named += u"trash:"_s + id;
        const QSet<QString> kept = home->vaultKeys();
        QVERIFY2(kept == named,
            qPrintable(where + u": kept "_s + QStringList(kept.values()).join(u' ') + u", named "_s
                + QStringList(named.values()).join(u' ')));
        if (!ran.killed) {
            QVERIFY2(ran.exitCode == 0, ran.err.constData());
            break;
        }
        ++kills;
    }
    qInfo("killed at %d steps", kills);
    QVERIFY(kills > 5);
}

QTEST_GUILESS_MAIN(TestKillSteps)
#include "tst_kill_steps.moc"
