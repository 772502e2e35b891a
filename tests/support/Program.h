// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>
#include <functional>
#include <memory>

namespace hatstand::test {

/// How a run of the program ended.
struct Outcome
{
    int exit = -1;
    QByteArray out;
    QByteArray err;
    QByteArray terminal; ///< what appeared on the terminal, if it had one
    /// The first line of output.
    [[nodiscard]] QString line() const { return QString::fromUtf8(out.left(out.indexOf('\n'))); }
};

/// The real program in a home of its own: no bus, no display, no terminal unless given.
class Program
{
public:
    Program();
    explicit Program(const QProcessEnvironment& environment); ///< with what this one says on top, e.g. a bus

    /// passphrases: what goes to descriptor 3; --passphrase-fd 3 is then added.
    [[nodiscard]] Outcome run(
        const QStringList& arguments, const QByteArray& input = {}, const QByteArray& passphrases = {});
    /// With a controlling terminal: waits for each prompt to appear and types what follows it.
    struct Typed
    {
        QByteArray prompt;
        QByteArray answer;
    };
    [[nodiscard]] Outcome runOnTerminal(
        const QStringList& arguments, const QList<Typed>& dialogue, const QByteArray& input = {});
    struct End
    {
        void operator()(QProcess* process) const;
    };
    using Running = std::unique_ptr<QProcess, End>;
    /// An instance without a window, ended with the object. Returns once its socket answers.
    [[nodiscard]] Running startHeadless(const QStringList& arguments = {});
    /// The same with these arguments alone: none start the window.
    [[nodiscard]] Running startInstance(const QStringList& arguments);
    /// Started and no more, its standard input left open; ended with the object, unless it ends before.
    [[nodiscard]] Running start(const QStringList& arguments, const QByteArray& passphrases = {});

    /// A Nostr account on the passphrase vault; its id.
    [[nodiscard]] QString addGenerated(const QStringList& more = {});
    [[nodiscard]] QString addKey(const QByteArray& nsec, const QStringList& more = {});

    [[nodiscard]] QString path(const QString& relative) const { return m_dir.filePath(relative); }
    [[nodiscard]] QString database() const { return path(QStringLiteral("data/hatstand/hatstand.db")); }
    [[nodiscard]] QString socket() const
    {
        if (!socketPath.isEmpty())
            return socketPath;
        const bool hasRuntimeDir = environment.contains(QStringLiteral("XDG_RUNTIME_DIR"));
        return path((hasRuntimeDir ? QStringLiteral("run/hatstand/") : QStringLiteral("cache/hatstand/run/"))
            + socketName);
    }
    QProcessEnvironment environment;
    QString socketName = QStringLiteral("default.sock");
    QString socketPath; ///< where it is, if not in the runtime directory
    QStringList wrapper; ///< a program and arguments that go before ours
    static constexpr char kPassphrase[] = "correct horse";

private:
    void prepare(QProcess& process, const QStringList& arguments) const;
    QTemporaryDir m_dir;
};

/// How it ended, waited for.
[[nodiscard]] Outcome outcomeOf(QProcess& process);
/// Rows of the store's tables and a digest of its content: what must not change when something is refused.
[[nodiscard]] QByteArray storeFingerprint(const QString& database);

} // namespace hatstand::test
