// SPDX-License-Identifier: MIT
// The real program, killed right before each of its writes, syncs, renames and messages in turn. Whatever the
// step, the next start has the account and its secret together, or neither; and no secret that nobody names.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
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
        : m_vault(std::move(vault))
    {
        QFile file(passphrases());
        if (file.open(QIODevice::WriteOnly))
            file.write("correct horse\n");
    }

    Ran run(const QStringList& arguments, const QByteArray& input = {}, int killAt = 0) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (killAt > 0) {
            environment.insert(u"LD_PRELOAD"_s, QStringLiteral(KILLSTEP_LIBRARY));
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

    /// Keys of all entries in the keychain of this profile.
    QSet<QString> keychainKeys() const
    {
        QFile id(m_dir.filePath(u"home/id"_s));
        if (!id.open(QIODevice::ReadOnly))
            qFatal("the profile has no id");
        const QString hex
            = QString::fromLatin1(id.readLine()).trimmed().remove(u'-').remove(u'{').remove(u'}');
        QProcess search;
        search.start(
            u"secret-tool"_s, {u"search"_s, u"--all"_s, u"server"_s, u"org.hatstand.Hatstand.p"_s + hex});
        search.waitForFinished();
        QSet<QString> keys;
        for (const QByteArray& line :
            (search.readAllStandardOutput() + search.readAllStandardError()).split('\n')) {
            if (line.startsWith("attribute.user = "))
                keys += QString::fromUtf8(line.mid(17));
        }
        return keys;
    }

private:
    /// Small numbers are keys as good as others: 64 hex digits.
    static QByteArray secret(int number)
    {
        return QByteArray::number(number, 16).rightJustified(64, '0') + '\n';
    }
    [[nodiscard]] QString passphrases() const { return m_dir.filePath(u"passphrases"_s); }

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
    std::unique_ptr<Home> home;
    int number = 0;
    QString spare; // an account that is there: what the next logout is tried on
    const auto addOne = [&] {
        const Ran added = home->add(++number);
        spare = QString::fromUtf8(added.out).trimmed();
        return added;
    };
    int kills = 0;

    for (int step = 1;; ++step) {
        QVERIFY2(step < kMostSteps, "the command never gets through");
        if (step % 25 == 1) { // a keychain with hundreds of entries is slow to look through
            home = std::make_unique<Home>(vault);
            number = 0;
            QCOMPARE(addOne().exitCode, 0); // the vault is chosen
        }
        const QString victim = spare;
        QStringList arguments{u"logout"_s, victim, u"--yes"_s};
        if (command.endsWith("--forget"_L1))
            arguments += u"--forget"_s;
        const Ran ran = command == "add"_L1 ? home->add(++number, step) : home->run(arguments, {}, step);
        // the next command that opens the vault finishes what was begun, before it does its own
        const Ran next = addOne();
        QVERIFY2(
            next.exitCode == 0, qPrintable(u"after step %1: "_s.arg(step) + QString::fromUtf8(next.err)));

        const QJsonArray listed = home->json(u"list"_s);
        const QSet<QString> resting = ids(home->json(u"trash"_s));
        for (const QJsonValue& row : listed) {
            const QString state = row[u"state"_s].toString();
            const bool good = vault == "keychain"_L1 ? state == "ready"_L1 : state == "locked"_L1;
            QVERIFY2(good, qPrintable(u"step %1: %2 is %3"_s.arg(step).arg(row[u"id"_s].toString(), state)));
        }
        if (command == "logout"_L1) // nothing lost: on the stand or at rest
            QVERIFY2(
                ids(listed).contains(victim) != resting.contains(victim), qPrintable(u"step %1"_s.arg(step)));
        if (vault == "keychain"_L1) { // nothing orphaned
            QSet<QString> named = ids(listed) + QSet<QString>{u"profile"_s};
            for (const QString& id : resting)
                named += u"trash:"_s + id;
            const QSet<QString> kept = home->keychainKeys();
            QVERIFY2(kept == named,
                qPrintable(u"step %1: kept %2, named %3"_s.arg(step).arg(
                    QStringList(kept.values()).join(u' '), QStringList(named.values()).join(u' '))));
        }
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
