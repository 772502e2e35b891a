// SPDX-License-Identifier: MIT
// How long the windows' thread is away while many accounts refresh at once, from a relay in a process of its
// own on this machine: window, quick switcher and tray are open, and a timer of 1 ms looks at how late it is.
// One line of JSON for the first refresh, when all is new, and one for the next. Runs under with-desktop
// --panel xfce: bench_refresh N FOLLOWS MUTES
#include "tests/bench/BenchAccounts.h"
#include "tests/ui/WindowStand.h"
#include "ui/switcher/SwitcherWindow.h"
#include "ui/tray/TrayController.h"
#include "ui/windows/MainWindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>
#include <QPointer>
#include <QProcess>
#include <QWebSocket>
#include <QWebSocketServer>
#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The other process: answers each question by what its author published.
int serve(const QStringList& sizes)
{
    QWebSocketServer server({}, QWebSocketServer::NonSecureMode);
    if (!server.listen(QHostAddress::LocalHost))
        return 1;
    const QString url = u"ws://127.0.0.1:%1"_s.arg(server.serverPort());
    QHash<QString, QStringList> published;
    for (int account = 0; account < sizes.at(0).toInt(); ++account) {
        for (const QByteArray& event :
            bench::publishedBy(account, sizes.at(1).toInt(), sizes.at(2).toInt(), url))
            published[bench::pubkeyOf(account)] += QString::fromUtf8(event);
    }
    QObject::connect(&server, &QWebSocketServer::newConnection, &server, [&server, &published] {
        QWebSocket* socket = server.nextPendingConnection();
        QObject::connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(
            socket, &QWebSocket::textMessageReceived, socket, [socket, &published](const QString& text) {
                const QJsonArray message = QJsonDocument::fromJson(text.toUtf8()).array();
                if (message[0] != "REQ"_L1)
                    return;
                const QString id = message[1].toString();
                for (const QString& event : published.value(message[2]["authors"_L1][0].toString()))
                    socket->sendTextMessage(u"[\"EVENT\",\"%1\",%2]"_s.arg(id, event));
                socket->sendTextMessage(u"[\"EOSE\",\"%1\"]"_s.arg(id));
            });
    });
    std::printf("%s\n", qPrintable(url));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

/// Draws no pauses between accounts, so that all come as fast as they can.
class Hurried final : public Random
{
public:
    void fill(MutableBytes out) override
    {
        if (out.size() == 4)
            std::fill(out.begin(), out.end(), std::uint8_t{0});
        else
            m_random.fill(out);
    }

private:
    SystemRandom m_random;
};

/// The processor's time of this thread, in µs: what else runs on the machine does not lengthen it.
double cpu()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e6 + double(now.tv_nsec) / 1e3;
}

/// Knows which of the events took the longest.
class Application final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_isInside)
            return QApplication::notify(receiver, event);
        const QByteArray name = QByteArray(receiver->metaObject()->className()) + ' '
            + QMetaEnum::fromType<QEvent::Type>().valueToKey(event->type());
        const double from = cpu();
        m_isInside = true;
        const bool done = QApplication::notify(receiver, event);
        m_isInside = false;
        if (const double took = cpu() - from; took > longest) {
            longest = took;
            longestName = name;
        }
        return done;
    }

    double longest = 0; ///< µs
    QByteArray longestName;

private:
    bool m_isInside = false;
};

/// How long the event loop stays away: by the clock, and of that its own work.
class Heartbeat final : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            gaps.push_back(double(m_since.nsecsElapsed()) / 1000 - 1000);
            busy.push_back(cpu() - m_cpu);
            m_since.start();
            m_cpu = cpu();
        });
        m_since.start();
        m_cpu = cpu();
        m_timer.start();
    }

    std::vector<double> gaps, busy; ///< µs

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    double m_cpu = 0;
};

template <class Start>
void measure(
    const char* operation, int accounts, const accounts::AccountDirectory& directory, const Start& start)
{
    QSet<session::SessionId> open;
    QSet<session::SessionId> done;
    QObject guard;
    QEventLoop loop;
    int changes = 0;
    QObject::connect(
        &directory, &accounts::AccountDirectory::changed, &guard, [&](const session::SessionId& id) {
            ++changes;
            if (directory.summary(id).isRefreshing)
                open.insert(id);
            else if (open.remove(id) && directory.summary(id).refreshedAt.isValid())
                done.insert(id);
            if (done.size() == accounts)
                loop.quit();
        });
    QTimer::singleShot(std::chrono::minutes(5), &loop,
        [&] { qFatal("only %d of %d refreshed", int(done.size()), accounts); });
    QElapsedTimer took;
    took.start();
    auto* application = static_cast<Application*>(qApp);
    application->longest = 0;
    Heartbeat heartbeat;
    start();
    loop.exec();
    const auto most
        = [](const std::vector<double>& all) { return *std::max_element(all.begin(), all.end()); };
    const auto over
        = std::count_if(heartbeat.busy.begin(), heartbeat.busy.end(), [](double us) { return us > 8000; });
    std::printf(
        R"({"operation":"%s","n":%d,"seconds":%.1f,"changes":%d,"longest":%.0f,"busiest":%.0f,"over":%d,"event":"%s","eventTime":%.0f})"
        "\n",
        operation, accounts, double(took.elapsed()) / 1000, changes, most(heartbeat.gaps),
        most(heartbeat.busy), int(over), application->longestName.constData(), application->longest);
    std::fflush(stdout);
}

void settle()
{
    QElapsedTimer quiet;
    quiet.start();
    while (quiet.elapsed() < 500)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

} // namespace

int main(int argc, char** argv)
{
    for (const char* name : {"ALL_PROXY", "all_proxy"})
        qunsetenv(name); // the relay is on this machine
    if (argc == 5 && qstrcmp(argv[1], "--serve") == 0) {
        const QCoreApplication application(argc, argv);
        return serve(QCoreApplication::arguments().mid(2));
    }
    const Application application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const QStringList sizes = QApplication::arguments().mid(1);
    if (sizes.size() != 3)
        qFatal("usage: bench_refresh N FOLLOWS MUTES");
    const int count = sizes.at(0).toInt();

    QProcess relay;
    relay.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    relay.start(QApplication::applicationFilePath(), QStringList{u"--serve"_s} + sizes);
    if (!relay.waitForReadyRead(120'000))
        qFatal("no relay");
    const QString url = QString::fromUtf8(relay.readLine()).trimmed();

    {
        test::WindowStand stand;
        for (int account = 0; account < count; ++account)
            stand.add("nostr:"_L1 + bench::pubkeyOf(account), {}, session::SignerKind::WatchOnly);
        if (!stand.settings.set(u"nostr.indexers"_s, url))
            qFatal("no indexer");
        Hurried hurried;
        accounts::AccountDirectory directory({*stand.sessions, stand.signer, stand.ownKeys, stand.settings,
            stand.clock, hurried, stand.dir.filePath(u"cache.db"_s)});
        stand.context.accounts = &directory;
        ui::TrayController tray(stand.context, nullptr);
        while (!tray.isAvailable())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        ui::MainWindow window(stand.context);
        window.show();
        auto* switcher = new ui::SwitcherWindow(stand.context);
        switcher->showAt();
        settle();
        measure("first", count, directory, [&] { directory.start(); });
        settle();
        measure("again", count, directory, [&] { directory.refreshAll(); });
        delete switcher;
    }
    relay.terminate();
    relay.waitForFinished();
    return 0;
}
