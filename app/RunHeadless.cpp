// SPDX-License-Identifier: MIT
#include "app/Instance.h"
#include "app/InstanceOrLock.h"
#include "app/Launch.h"
#include "app/cli/Report.h"

#include <QCoreApplication>

namespace hatstand::app {

int runHeadless(const Options& options, LocalConsole& console, int& argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    quitOnSignals(qApp);
    const auto profile = openProfile(options.home, options.relocation);
    if (!profile)
        return report(fail(profile.error()), options.request.json(), console);
    Nobody nobody;
    auto lock = std::make_unique<InstanceLock>(profile->lockFile());
    if (auto taken = lock->take(kLongestWait); !taken)
        return report(taken, options.request.json(), console);
    Instance instance(*profile, std::move(lock));
    if (auto opened = instance.open(); !opened)
        return report(opened, options.request.json(), console);
    if (auto serving = instance.serve(nobody); !serving)
        return report(serving, options.request.json(), console);
    return QCoreApplication::exec();
}

} // namespace hatstand::app
