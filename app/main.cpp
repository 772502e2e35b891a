// SPDX-License-Identifier: MIT
#include "app/Descriptors.h"
#include "app/Hardening.h"
#include "app/Launch.h"
#include "app/cli/Report.h"
#include "app/cli/Scope.h"
#include "app/signer/RunSigner.h"

#include <QCoreApplication>

int main(int argc, char** argv)
{
    using namespace hatstand;
    using namespace Qt::Literals::StringLiterals;
    if (argc == 2 && qstrcmp(argv[1], app::kSignerArgument) == 0) {
        (void)app::harden();
        return app::runSigner(argc, argv);
    }
    const app::Descriptors descriptors; // before anything can take a number
    const app::Before before = app::harden();
    QCoreApplication::setApplicationName(u"hatstand"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(HATSTAND_VERSION));

    const auto arguments = app::textOf(argc, argv);
    auto options = arguments.and_then(&app::parseOptions);
    if (options && options->passphraseFd >= 0) {
        if (const auto own = descriptors.adopt(options->passphraseFd))
            options->passphraseFd = *own;
        else
            options = fail(own.error());
    }
    if (!options) {
        if (options.error().why == Why::SecretOnCommandLine)
            app::eraseArguments(argc, argv);
        app::LocalConsole console(-1);
        return app::report(fail(options.error()), arguments && arguments->contains("--json"_L1), console);
    }
    app::LocalConsole console(options->passphraseFd);
    const bool starts = options->mode == app::Mode::Headless || options->mode == app::Mode::Window
        || options->mode == app::Mode::Background || options->mode == app::Mode::Open;
    if (starts && !options->socket.isEmpty())
        return app::report(fail(app::onlyAsOneAccount()), options->request.json(), console);
    int own = 1; // Qt has options of its own; those are not ours to take
    switch (options->mode) {
    case app::Mode::Help:
        console.out(options->help.toUtf8());
        return app::reportOutput(0, console);
    case app::Mode::Version:
        console.out("hatstand " HATSTAND_VERSION "\n");
        return app::reportOutput(0, console);
    case app::Mode::Command:
        return app::runOnce(*options, console, own, argv);
    case app::Mode::Run:
        return app::runAs(*options, console, before, own, argv);
    case app::Mode::Headless:
        return app::runHeadless(*options, console, own, argv);
    case app::Mode::Window:
    case app::Mode::Switcher:
    case app::Mode::Background:
    case app::Mode::Open:
        return app::runDesktop(*options, console, own, argv);
    }
    return 1;
}
