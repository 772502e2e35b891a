// SPDX-License-Identifier: MIT
#include "app/Composition.h"
#include "app/Dispatcher.h"
#include "app/InstanceOrLock.h"
#include "app/Launch.h"
#include "app/cli/Commands.h"
#include "app/cli/Report.h"
#include "app/control/ControlClient.h"

#include <QCoreApplication>
#include <QTimer>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

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

/// Under `hatstand run`: what it serves, and never anything else instead.
int runScoped(const Options& options, LocalConsole& console)
{
    Request request = options.request;
    request.canAsk = console.canAsk();
    console.readAhead(request);
    const auto fd = connectToScope(options.socket);
    if (!fd)
        return report(fail(fd.error()), request.json(), console);
    return runThere(std::make_unique<Channel>(*fd), request, console);
}

} // namespace

int runOnce(const Options& options, LocalConsole& console, int& argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (!options.socket.isEmpty())
        return reportOutput(runScoped(options, console), console);
    const auto profile = openProfile(options.home, options.relocation);
    if (!profile)
        return report(fail(profile.error()), options.request.json(), console);
    Request request = options.request;
    request.canAsk = console.canAsk();
    console.readAhead(request);
    InstanceLock lock(profile->lockFile());
    const auto instance = findInstanceOrLock(*profile, lock);
    if (!instance)
        return report(fail(instance.error()), options.request.json(), console);
    const int code = *instance >= 0
        ? runThere(std::make_unique<Channel>(*instance), request, console)
        : runHere(*profile, request, std::shared_ptr<Console>(&console, [](Console*) {}));
    return reportOutput(code, console);
}

} // namespace hatstand::app
