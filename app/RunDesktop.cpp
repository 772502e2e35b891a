// SPDX-License-Identifier: MIT
#include "app/Desktop.h"
#include "app/Instance.h"
#include "app/InstanceOrLock.h"
#include "app/Launch.h"
#include "app/cli/Report.h"
#include "app/control/ControlClient.h"
#include "app/control/Protocol.h"

#include <QApplication>
#include <QTimer>
#include <unistd.h>

namespace hatstand::app {
namespace {

bool hasDisplay()
{
    // Qt aborts the program where it finds none, so this is looked at first. A platform named by hand is
    // believed.
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

/// Has the window of the instance at the other end come to the front.
int raiseOther(int fd, bool background, LocalConsole& console, int& argc, char** argv)
{
    if (background) {
        ::close(fd);
        return 0;
    }
    const QCoreApplication application(argc, argv);
    ControlClient client(std::make_unique<Channel>(fd), console);
    QTimer::singleShot(0, &client, [&client] {
        client.run(
            {.command = QString(protocol::kShowWindow)}, [](int code) { QCoreApplication::exit(code); });
    });
    return QCoreApplication::exec();
}

} // namespace

int runDesktop(const Options& options, LocalConsole& console, int& argc, char** argv)
{
    const bool background = options.mode == Mode::Background;
    const auto profile = openProfile(options.home, options.relocation);
    if (!profile)
        return report(fail(profile.error()), false, console);
    auto lock = std::make_unique<InstanceLock>(profile->lockFile());
    const auto other = findInstanceOrLock(*profile, *lock);
    if (!other)
        return report(fail(other.error()), false, console);
    if (*other >= 0)
        return raiseOther(*other, background, console, argc, argv);
    if (!hasDisplay())
        return report(fail(ErrorCode::NoDisplay), false, console);
    QApplication application(argc, argv);
    quitOnSignals(qApp);
    Instance instance(*profile, std::move(lock));
    if (auto opened = instance.open(); !opened)
        return report(opened, false, console);
    Desktop desktop(application, instance.services());
    if (auto serving = instance.serve(desktop); !serving)
        return report(serving, false, console);
    desktop.start(!background);
    return QCoreApplication::exec();
}

} // namespace hatstand::app
