// SPDX-License-Identifier: MIT
#include "ui/clipboard/SecretClipboard.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QProcess>
#include <QSocketNotifier>
#include <QTest>
#include <QTextStream>
#include <memory>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray kSecret = "PVT_K1_a key that is none";

void say(const QString& line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/// Ends with its standard input.
int waitForInput()
{
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, qApp, [] { QCoreApplication::quit(); });
    return QCoreApplication::exec();
}

/// Puts the secret there, as Hatstand does.
int hold(int lifetime)
{
    SecretClipboard secret{std::chrono::milliseconds(lifetime)};
    QObject::connect(&secret, &SecretClipboard::expired, [] { say(u"expired"_s); });
    secret.put(bytesOf(kSecret));
    say(u"ready"_s);
    return waitForInput();
}

/// Another program that copies something.
int copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    say(u"ready"_s);
    return waitForInput();
}

/// Another program that looks.
int look()
{
    const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
    say(u"text: "_s + QGuiApplication::clipboard()->text());
    say(u"hint: "_s + QString::fromUtf8(mime ? mime->data(SecretClipboard::kHint) : QByteArray()));
    say(u"primary: "_s + QGuiApplication::clipboard()->text(QClipboard::Selection));
    return 0;
}

} // namespace

/// The clipboard of a real X server, with every program in a process of its own.
class TestClipboard : public QObject
{
    Q_OBJECT
private:
    using Other = std::unique_ptr<QProcess>;
    static Other start(const QStringList& role, const QByteArray& until = "ready\n")
    {
        Other process(new QProcess);
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QCoreApplication::applicationFilePath(), role);
        waitFor(*process, until);
        return process;
    }
    static bool waitFor(QProcess& process, const QByteArray& line)
    {
        while (process.canReadLine() || process.waitForReadyRead(60'000)) {
            while (process.canReadLine()) {
                if (process.readLine() == line)
                    return true;
            }
        }
        return false;
    }
    static void end(QProcess& process)
    {
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 0);
    }
    static QByteArray seen()
    {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {u"look"_s});
        process.waitForFinished(60'000);
        return process.readAllStandardOutput();
    }
    static QByteArray holding(const QByteArray& text, const QByteArray& hint)
    {
        return "text: " + text + "\nhint: " + hint + "\nprimary: \n";
    }

private Q_SLOTS:
    void othersSeeItAndTheHint()
    {
        const Other holder = start({u"hold"_s, u"600000"_s});
        QCOMPARE(seen(), holding(kSecret, "secret"));
        end(*holder);
        QCOMPARE(seen(), holding({}, {}));
    }

    void itIsGoneAfterItsTime()
    {
        const Other holder = start({u"hold"_s, u"1"_s});
        QVERIFY(waitFor(*holder, "expired\n"));
        QCOMPARE(holder->state(), QProcess::Running);
        QCOMPARE(seen(), holding({}, {}));
        end(*holder);
    }

    void whatAnotherCopiedSinceStays()
    {
        const Other holder = start({u"hold"_s, u"3000"_s});
        const Other copier = start({u"copy"_s, u"a shopping list"_s});
        QVERIFY(waitFor(*holder, "expired\n"));
        QCOMPARE(seen(), holding("a shopping list", {}));
        end(*holder);
        QCOMPARE(seen(), holding("a shopping list", {}));
        end(*copier);
    }

    /// A clipboard manager that minds no hint has made it its own, and lives on.
    void atTheEndItGoesFromOthersToo()
    {
        const Other holder = start({u"hold"_s, u"600000"_s});
        const Other manager = start({u"copy"_s, QString::fromUtf8(kSecret)});
        QCOMPARE(seen(), holding(kSecret, {}));
        end(*holder);
        QCOMPARE(manager->state(), QProcess::Running);
        QCOMPARE(seen(), holding({}, {}));
        end(*manager);
    }
};

int main(int argc, char** argv)
{
    QGuiApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    const QString role = words.value(1);
    if (role == "hold"_L1)
        return hold(words.value(2).toInt());
    if (role == "copy"_L1)
        return copy(words.value(2));
    if (role == "look"_L1)
        return look();
    TestClipboard test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_clipboard.moc"
