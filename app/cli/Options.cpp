// SPDX-License-Identifier: MIT
#include "app/cli/Options.h"

#include "app/cli/Grammar.h"
#include "app/cli/SecretGuard.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringDecoder>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

class Cli
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
public:
    static QString overview();
    static QString helpFor(const CommandSpec& spec);
    static QString helpForUri();
    static Error usage(const QString& text) { return {.code = ErrorCode::Usage, .detail = text}; }
};

QString optionLines(const QList<OptionSpec>& options)
{
    QString text;
    for (const OptionSpec& option : options) {
        const QString left
            = "--"_L1 + option.name + (option.valueName.isEmpty() ? QString() : u' ' + option.valueName);
        text += "  "_L1 + left.leftJustified(30) + u' ' + option.help + u'\n';
    }
    return text;
}

QString Cli::overview()
{
    QString text
        = tr("Usage: hatstand [OPTIONS]\n       hatstand COMMAND [OPTIONS]\n       hatstand URI [OPTIONS]\n\n"
             "Alone it starts Hatstand, or raises the window of the one that runs.\n\n");
    text += optionLines({{u"background"_s, {}, tr("Start in the tray.")},
        {u"switcher"_s, {}, tr("Open the quick switcher of the instance that runs, or start one.")},
        {u"headless"_s, {}, tr("Run without any window.")}, {u"version"_s, {}, tr("Say the version.")}});
    text += optionLines(commonOptions());
    text += tr("\nCommands (hatstand COMMAND --help says more):\n");
    for (const CommandSpec& spec : commandSpecs())
        text += "  "_L1 + (spec.name + u' ' + spec.arguments).leftJustified(30) + u' ' + spec.help + u'\n';
    text += tr(
        "\nSESSION is next, previous, last, an id, a public key, ACTOR@PERMISSION, an actor or a label.\n"
        "Keys and passphrases are never taken from the command line.\n");
    return text;
}

QString Cli::helpFor(const CommandSpec& spec)
{
    QString text = tr("Usage: hatstand %1 %2\n").arg(spec.name, spec.arguments);
    return text + u'\n' + spec.help + "\n\n"_L1 + optionLines(spec.options) + optionLines(commonOptions());
}

QString Cli::helpForUri()
{
    return tr("Usage: hatstand URI\n\nOpen a signing request (esr:…) of an Antelope app.\n\n")
        + optionLines(commonOptions());
}

void addOptions(QCommandLineParser& parser, const QList<OptionSpec>& options)
{
    for (const OptionSpec& option : options)
        parser.addOption({option.name, option.help, option.valueName});
}

/// The words before the first option, as far as they can be a command: "add nostr". Options that take a value
/// may stand in front.
QStringList leadingWords(const QStringList& arguments)
{
    QMap<QString, OptionSpec> withValue;
    for (const OptionSpec& option : commonOptions())
        withValue.insert(option.name, option);
    for (const CommandSpec& spec : commandSpecs()) {
        for (const OptionSpec& option : spec.options) {
            if (!option.valueName.isEmpty())
                withValue.insert(option.name, option);
        }
    }
    QCommandLineParser parser;
    addOptions(parser, withValue.values());
    parser.parse(QStringList{u"hatstand"_s} + arguments);
    return parser.positionalArguments();
}

/// The longest that fits: "chains add" is not "chains" with an argument.
const CommandSpec* findSpec(const QStringList& words)
{
    const CommandSpec* found = nullptr;
    for (const CommandSpec& spec : commandSpecs()) {
        const QStringList names = spec.name.split(u' ');
        if (words.mid(0, names.size()) == names && (!found || found->name.size() < spec.name.size()))
            found = &spec;
    }
    return found;
}

/// What the parser has against the arguments. It repeats names of options, which may be anything; only what
/// looks like one is said again.
Error complaint(const QCommandLineParser& parser)
{
    static const QRegularExpression word(u"\\A[a-z][a-z-]{0,30}\\z"_s);
    for (const QString& name : parser.unknownOptionNames()) {
        if (!word.match(name).hasMatch())
            return Cli::usage(Cli::tr("There is no such option. “--help” lists them."));
    }
    return Cli::usage(parser.errorText());
}

Result<void> takeCommon(const QCommandLineParser& parser, Options& options)
{
    options.home = parser.isSet(u"home"_s) ? parser.value(u"home"_s) : qEnvironmentVariable("HATSTAND_HOME");
    options.socket = qEnvironmentVariable("HATSTAND_SOCKET");
    if (parser.isSet(u"home"_s) && !options.socket.isEmpty())
        return fail(
            Cli::usage(Cli::tr("--home leads elsewhere than “hatstand run”, which this runs under.")));
    if (parser.isSet(u"home"_s) && options.home.isEmpty())
        return fail(Cli::usage(Cli::tr("--home needs a folder.")));
    if (parser.isSet(u"moved"_s) && parser.isSet(u"copied"_s))
        return fail(Cli::usage(Cli::tr("--moved and --copied exclude each other.")));
    options.relocation = parser.isSet(u"moved"_s) ? Relocation::Moved
        : parser.isSet(u"copied"_s)               ? Relocation::Copied
                                                  : Relocation::Ask;
    if (parser.isSet(u"passphrase-fd"_s)) {
        bool ok = false;
        options.passphraseFd = parser.value(u"passphrase-fd"_s).toInt(&ok);
        if (!ok || options.passphraseFd < 0)
            return fail(Cli::usage(Cli::tr("--passphrase-fd needs the number of a descriptor.")));
    }
    const QString vault = parser.value(u"vault"_s);
    if (parser.isSet(u"vault"_s) && vault != "keychain"_L1 && vault != "passphrase"_L1)
        return fail(Cli::usage(Cli::tr("--vault is keychain or passphrase.")));
    return {};
}

Result<Options> parseStart(const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, commonOptions());
    parser.addOptions({{u"background"_s, {}}, {u"switcher"_s, {}}, {u"headless"_s, {}}, {u"version"_s, {}}});
    if (!parser.parse(QStringList{u"hatstand"_s} + arguments))
        return fail(complaint(parser));
    Options options;
    if (parser.isSet(u"help"_s)) {
        options.mode = Mode::Help;
        options.help = Cli::overview();
        return options;
    }
    if (auto taken = takeCommon(parser, options); !taken)
        return fail(taken.error());
    if (parser.isSet(u"headless"_s) && parser.isSet(u"background"_s))
        return fail(Cli::usage(Cli::tr("--headless and --background exclude each other.")));
    if (parser.isSet(u"switcher"_s) && (parser.isSet(u"headless"_s) || parser.isSet(u"background"_s)))
        return fail(Cli::usage(Cli::tr("--switcher goes with neither --headless nor --background.")));
    if (parser.isSet(u"json"_s))
        options.request.options.insert(u"json"_s, {});
    options.mode = parser.isSet(u"version"_s) ? Mode::Version
        : parser.isSet(u"headless"_s)         ? Mode::Headless
        : parser.isSet(u"background"_s)       ? Mode::Background
        : parser.isSet(u"switcher"_s)         ? Mode::Switcher
                                              : Mode::Window;
    return options;
}

bool repeats(const CommandSpec& spec, const QString& name)
{
    return std::any_of(spec.options.cbegin(), spec.options.cend(),
        [&](const OptionSpec& option) { return option.repeats && option.name == name; });
}

/// "--endpoint A B" as "--endpoint A --endpoint B". No command that takes several addresses takes one as an
/// argument as well.
QStringList spread(const CommandSpec& spec, const QStringList& arguments)
{
    QStringList all;
    QString option; // whose addresses these are
    bool isValueNext = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& each = arguments[i];
        if (isValueNext) {
            isValueNext = false; // whatever it looks like: so the parser reads it
        } else if (each == "--"_L1) {
            return all + arguments.mid(i);
        } else if (each.startsWith(u'-')) {
            option = each.startsWith("--"_L1) ? each.mid(2).section(u'=', 0, 0) : QString();
            if (!repeats(spec, option))
                option.clear();
            isValueNext = !option.isEmpty() && !each.contains(u'=');
        } else if (!each.contains("://"_L1)) {
            option.clear();
        } else if (!option.isEmpty()) {
            all += "--"_L1 + option;
        }
        all += each;
    }
    return all;
}

/// hatstand URI: what a browser or a desktop hands over.
Result<Options> parseUri(const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, commonOptions());
    if (!parser.parse(QStringList{u"hatstand"_s} + arguments))
        return fail(complaint(parser));
    Options options;
    if (parser.isSet(u"help"_s)) {
        options.mode = Mode::Help;
        options.help = Cli::helpForUri();
        return options;
    }
    if (parser.positionalArguments().size() != 1)
        return fail(Cli::usage(Cli::tr("Usage: hatstand URI")));
    options.mode = Mode::Open;
    if (auto taken = takeCommon(parser, options); !taken)
        return fail(taken.error());
    options.request.command = u"open"_s;
    options.request.arguments = parser.positionalArguments();
    if (parser.isSet(u"json"_s))
        options.request.options.insert(u"json"_s, {});
    return options;
}

Result<Options> parseCommand(const CommandSpec& spec, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, commonOptions());
    addOptions(parser, spec.options);
    if (!parser.parse(QStringList{u"hatstand"_s} + spread(spec, arguments))) {
        for (const QString& later : spec.notYet) {
            if (parser.unknownOptionNames().contains(later))
                return fail(Error{ErrorCode::Usage, Why::NotInThisVersion});
        }
        return fail(complaint(parser));
    }
    Options options;
    options.mode = Mode::Command;
    if (parser.isSet(u"help"_s)) {
        options.mode = Mode::Help;
        options.help = Cli::helpFor(spec);
        return options;
    }
    if (auto taken = takeCommon(parser, options); !taken)
        return fail(taken.error());
    options.request.command = spec.name;
    options.request.arguments = parser.positionalArguments().mid(spec.name.count(u' ') + 1);
    for (const QString& name : parser.optionNames())
        options.request.options.insert(
            name, repeats(spec, name) ? parser.values(name).join(u'\n') : parser.value(name));
    for (QLatin1StringView local : {"home"_L1, "moved"_L1, "copied"_L1, "passphrase-fd"_L1})
        options.request.options.remove(QString(local));
    if (spec.name == "run"_L1) {
        options.mode = Mode::Run;
        if (!parser.isSet(u"as"_s))
            options.request.arguments.clear(); // said below how it is used
    }
    const qsizetype count = options.request.arguments.size();
    if (count < spec.fewest || count > spec.most)
        return fail(Cli::usage(Cli::tr("Usage: hatstand %1 %2").arg(spec.name, spec.arguments).trimmed()));
    return options;
}

bool wantsHelp(const QStringList& arguments)
{
    return arguments.mid(0, arguments.indexOf("--"_L1)).contains("--help"_L1);
}

/// For words that are no command by themselves: the beginning of several, or a later version's.
Options helpOn(const QString& word)
{
    Options options;
    options.mode = Mode::Help;
    for (const CommandSpec& spec : commandSpecs()) {
        if (spec.name.startsWith(word + u' '))
            options.help += "hatstand "_L1 + (spec.name + u' ' + spec.arguments).leftJustified(24) + u' '
                + spec.help + u'\n';
    }
    options.help = options.help.isEmpty() ? Cli::tr("hatstand %1 is not in this version.\n").arg(word)
                                          : Cli::tr("Usage, one of:\n") + options.help;
    return options;
}

} // namespace

Result<QStringList> textOf(int argc, const char* const* argv)
{
    QStringList texts;
    for (int i = 1; i < argc; ++i) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        texts += QString(decoder(argv[i]));
        if (decoder.hasError())
            return fail(Cli::usage(Cli::tr("Argument %1 is not valid UTF-8.").arg(i)));
    }
    return texts;
}

Result<Options> parseOptions(const QStringList& arguments)
{
    const QStringList words = leadingWords(arguments);
    if (holdsSecret(arguments, words))
        return fail(Error{ErrorCode::Usage, Why::SecretOnCommandLine});
    if (words.isEmpty())
        return parseStart(arguments);
    if (isRequestUri(words[0]))
        return parseUri(arguments);
    if (const CommandSpec* spec = findSpec(words); spec && !isForLater(words.mid(0, 2).join(u' ')))
        return parseCommand(*spec, arguments);
    const bool later = isForLater(words[0]) || isForLater(words.mid(0, 2).join(u' '));
    if (wantsHelp(arguments)
        && (later || words[0] == "add"_L1 || words[0] == "config"_L1 || words[0] == "passphrase"_L1
            || words[0] == "profile"_L1))
        return helpOn(isForLater(words[0]) ? words[0] : words.mid(0, later ? 2 : 1).join(u' '));
    if (later)
        return fail(Error{ErrorCode::Usage, Why::NotInThisVersion});
    if (words[0] == "add"_L1)
        return fail(Cli::usage(Cli::tr("Usage: hatstand add nostr|antelope …")));
    if (words[0] == "config"_L1)
        return fail(Cli::usage(Cli::tr("Usage: hatstand config list|get|set …")));
    if (words[0] == "passphrase"_L1)
        return fail(Cli::usage(Cli::tr("Usage: hatstand passphrase set|change|remove")));
    if (words[0] == "profile"_L1)
        return fail(Cli::usage(Cli::tr("Usage: hatstand profile set NAME=VALUE…")));
    return fail(Cli::usage(Cli::tr("There is no such command. “hatstand --help” lists them.")));
}

} // namespace hatstand::app
