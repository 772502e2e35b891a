// SPDX-License-Identifier: MIT
#include "app/cli/Report.h"

#include "app/cli/Terminal.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

class Advice
{
    Q_DECLARE_TR_FUNCTIONS(Advice)
public:
    /// What helps on the command line and would not be said in a window.
    static QString of(const Error& error)
    {
        switch (error.code) {
        case ErrorCode::KeychainUnavailable:
            return tr(" A new profile can keep its keys in a file under a passphrase: --vault passphrase.");
        case ErrorCode::PassphraseRequired:
            return tr(" Give it with --passphrase-fd, or run this in a terminal.");
        case ErrorCode::ApprovalRequired:
            return tr(" Run this in a terminal.");
        default:
            return {};
        }
    }
};

} // namespace

int report(const Result<void>& result, bool json, Console& console)
{
    if (result)
        return 0;
    Error error = result.error();
    if (error.code == ErrorCode::Cancelled) // a word of this process's own; for scripts it is a no
        error.code = ErrorCode::Denied;
    const QString code(name(error.code));
    const QString message = ui::sentence(error) + Advice::of(error);
    if (json) {
        const QJsonObject object{{u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, message}}}};
        console.out(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
    }
    console.err("hatstand: %1 (%2)\n"_L1.arg(Terminal::escaped(message), code).toUtf8());
    return exitCode(error.code);
}

int reportOutput(int code, LocalConsole& console)
{
    return code == 0 && console.outputFailed() ? report(fail(ErrorCode::Disk), false, console) : code;
}

} // namespace hatstand::app
