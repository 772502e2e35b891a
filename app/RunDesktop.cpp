// SPDX-License-Identifier: MIT
#include "app/Desktop.h"
#include "app/Display.h"
#include "app/Instance.h"
#include "app/InstanceOrLock.h"
#include "app/Launch.h"
#include "app/cli/Commands.h"
#include "app/cli/Report.h"
#include "app/cli/SilentConsole.h"
#include "app/control/ControlClient.h"
#include "app/control/Protocol.h"

#include <QApplication>
#include <QTimer>
#include <unistd.h>

namespace hatstand::app {
namespace {

/// Has the window or the switcher of the instance at the other end come to the front.
int raiseOther(int fd, const Options& options, LocalConsole& console, int& argc, char** argv)
{
    if (options.mode == Mode::Background) {
        ::close(fd);
        return 0;
    }
    const QCoreApplication application(argc, argv);
    ControlClient client(std::make_unique<Channel>(fd), console);
    QTimer::singleShot(0, &client, [&client, &options] {
        Request request = options.request;
        if (options.mode == Mode::Open)
            request.canAsk = false; // it is answered in the window
        else
            request.command
                = QString(options.mode == Mode::Switcher ? protocol::kShowSwitcher : protocol::kShowWindow);
        client.run(request, [](int code) { QCoreApplication::exit(code); });
    });
    return QCoreApplication::exec();
}

} // namespace

int runDesktop(const Options& options, LocalConsole& console, int& argc, char** argv)
{
    const bool background = options.mode == Mode::Background || options.mode == Mode::Open;
    const auto profile = openProfile(options.home, options.relocation);
    if (!profile)
        return report(fail(profile.error()), options.request.json(), console);
    auto lock = std::make_unique<InstanceLock>(profile->lockFile());
    const auto other = findInstanceOrLock(*profile, *lock);
    if (!other)
        return report(fail(other.error()), options.request.json(), console);
    if (*other >= 0)
        return raiseOther(*other, options, console, argc, argv);
    if (!hasDisplay())
        return report(fail(ErrorCode::NoDisplay), options.request.json(), console);
    QApplication application(argc, argv);
    quitOnSignals(qApp);
    Instance instance(*profile, std::move(lock));
    if (auto opened = instance.open(); !opened)
        return report(opened, options.request.json(), console);
    Desktop desktop(application, instance.services());
    if (auto serving = instance.serve(desktop); !serving)
        return report(serving, options.request.json(), console);
    desktop.start(!background);
    if (options.mode == Mode::Open)
        QTimer::singleShot(0, &desktop, [&] {
            runCommand(instance.services(), options.request, std::make_shared<SilentConsole>(), [](int) {});
        });
    return QCoreApplication::exec();
}

} // namespace hatstand::app
