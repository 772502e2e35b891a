// SPDX-License-Identifier: MIT
#include "app/Composition.h"
#include "app/InstanceLock.h"
#include "app/Launch.h"
#include "app/cli/Commands.h"
#include "app/cli/Report.h"
#include "app/control/ControlClient.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace hatstand::app {
namespace {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

constexpr auto kLongestWait = 3s;
constexpr auto kLook = 100ms;

/// A channel to the instance that runs, or null and the lock: whichever comes first.
Result<std::unique_ptr<Channel>> findInstanceOrLock(const Profile& profile, InstanceLock& lock)
{
    const QDeadlineTimer deadline(kLongestWait);
    for (;;) {
        if (const int fd = Channel::connectTo(profile.socketPath); fd >= 0)
            return std::make_unique<Channel>(fd);
        const auto taken = lock.take(kLook);
        if (taken)
            return nullptr;
        if (taken.error().code != ErrorCode::Busy || deadline.hasExpired())
            return fail(taken.error());
    }
}

int runThere(std::unique_ptr<Channel> channel, const Request& request, Console& console)
{
    ControlClient client(std::move(channel), console);
    QTimer::singleShot(
        0, &client, [&] { client.run(request, [](int code) { QCoreApplication::exit(code); }); });
    return QCoreApplication::exec();
}

int runHere(const Profile& profile, const Request& request, const std::shared_ptr<Console>& console)
{
    Composition composition(profile);
    if (auto opened = composition.open(); !opened)
        return report(opened, request.json(), *console);
    if (const QString aside = composition.setAside(); !aside.isEmpty()) {
        const QString note = QCoreApplication::translate(
            "RunOnce", "The stored accounts were damaged. The file is kept as %1");
        console->err(("hatstand: "_L1 + note.arg(aside) + u'\n').toUtf8());
    }
    QTimer::singleShot(0, &composition, [&] {
        runCommand(composition.services(), request, console, [](int code) {
            // From the event loop, since a command may answer before the loop runs.
            QTimer::singleShot(0, qApp, [code] { QCoreApplication::exit(code); });
        });
    });
    return QCoreApplication::exec();
}

} // namespace

int runOnce(const Options& options, LocalConsole& console, int& argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto profile = openProfile(options.home, options.relocation);
    if (!profile)
        return report(fail(profile.error()), options.request.json(), console);
    InstanceLock lock(profile->lockFile());
    auto channel = findInstanceOrLock(*profile, lock);
    if (!channel)
        return report(fail(channel.error()), options.request.json(), console);
    const int code = *channel
        ? runThere(std::move(*channel), options.request, console)
        : runHere(*profile, options.request, std::shared_ptr<Console>(&console, [](Console*) {}));
    return code == 0 && console.outputFailed() ? report(fail(ErrorCode::Disk), false, console) : code;
}

} // namespace hatstand::app
