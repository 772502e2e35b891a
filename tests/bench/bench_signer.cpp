// SPDX-License-Identifier: MIT
// What the process that holds the keys costs: the first signature, start of the process included, and the
// later ones beside the same done in one process, turn about. One line of JSON for each, in microseconds.
// The keyring is the real one: runs under with-keyring unlocked. bench_signer HATSTAND FIRST LATER
#include "app/signer/HelperKeys.h"
#include "core/base/Random.h"
#include "core/nostr/Keys.h"
#include "core/secrets/KeychainVault.h"
#include "core/secrets/PassphraseVault.h"
#include "core/secrets/WrappedVault.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThreadPool>
#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kCreatedAt = 1'700'000'000;
// The published example of NIP-19.
constexpr std::string_view kNsec = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";

/// Runs a command that answers through the callback it is given, to its answer.
template <class T, class Command>
void finish(const char* what, const Command& command)
{
    bool answered = false;
    QElapsedTimer patience;
    patience.start();
    command([&](const Result<T>& answer) {
        if (!answer)
            qFatal("%s fails: code %d", what, int(answer.error().code));
        answered = true;
    });
    while (!answered) {
        if (patience.elapsed() > 30'000)
            qFatal("%s: no answer", what);
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

template <class Action>
double timed(const Action& action)
{
    QElapsedTimer timer;
    timer.start();
    action();
    return static_cast<double>(timer.nsecsElapsed()) / 1000;
}

void tell(const char* vault, const char* operation, std::vector<double> microseconds)
{
    std::sort(microseconds.begin(), microseconds.end());
    std::printf(R"({"vault":"%s","operation":"%s","median":%.1f,"p95":%.1f})"
                "\n",
        vault, operation, microseconds[microseconds.size() / 2],
        microseconds[microseconds.size() * 95 / 100]);
    std::fflush(stdout);
}

SharedSecret secretOf(std::string_view text)
{
    return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
}

/// One key in one vault, used in this process and by the other.
class Bench
{
public:
    Bench(const char* name, secrets::SecretVault& vault, QString program, const QJsonObject& open,
        SharedSecret passphrase)
        : m_name(name)
        , m_link(std::move(program))
        , m_helper(m_link)
        , m_local(vault, m_pool)
        , m_passphrase(std::move(passphrase))
    {
        const auto key = nostr::SecretKey::parse(SecretBuffer::copyOf(kNsec));
        if (!key)
            qFatal("no key");
        m_key.id = u"nostr:"_s + key->publicKey().hex();
        finish<void>("writing the key", [&](Callback<void> done) {
            const secrets::StoredSecret stored{secrets::SecretType::Nsec, SecretBuffer::copyOf(kNsec)};
            vault.write(m_key.id, std::make_shared<const SecretBuffer>(encode(stored)), std::move(done));
        });
        m_link.setVault(open);
    }

    void measure(int first, int later)
    {
        std::vector<double> starts;
        for (int i = 0; i < first; ++i) {
            m_link.end();
            starts.push_back(timed([this] {
                unlock();
                sign(m_helper);
            }));
        }
        tell(m_name, "first", starts);

        sign(m_local); // what a process does once
        std::vector<double> process;
        std::vector<double> local;
        std::vector<double> more;
        for (int i = 0; i < later; ++i) {
            process.push_back(timed([this] { sign(m_helper); }));
            local.push_back(timed([this] { sign(m_local); }));
            more.push_back(process.back() - local.back());
        }
        tell(m_name, "later", process);
        tell(m_name, "in one process", local);
        tell(m_name, "more", more);
    }

private:
    /// Where there is something to unlock; with Argon2id at its least.
    void unlock()
    {
        if (!m_passphrase)
            return;
        finish<app::SharedMessage>("unlocking", [this](Callback<app::SharedMessage> done) {
            app::Message request{.head = {{u"do"_s, u"unlock"_s}}};
            request.add(u"passphrase"_s, m_passphrase);
            m_link.request(std::move(request), std::move(done));
        });
    }

    void sign(signing::KeyHolder& keys)
    {
        finish<signing::KeyAnswer>("signing", [&](Callback<signing::KeyAnswer> done) {
            keys.signEvent(m_key, R"({"kind":1,"tags":[],"content":"Good morning"})"_ba, kCreatedAt, {},
                std::move(done));
        });
    }

    const char* m_name;
    QThreadPool m_pool;
    app::SignerLink m_link;
    app::HelperKeys m_helper;
    signing::LocalKeys m_local;
    SharedSecret m_passphrase;
    signing::KeyRef m_key;
};

constexpr qint64 kNeverIdle = 3'600'000; // ms

void measureKeychain(const QString& program, int first, int later)
{
    const QString service = u"org.hatstand.Hatstand.bench"_s;
    SystemRandom random;
    QThreadPool pool;
    secrets::WrappedVault vault(
        std::make_unique<secrets::KeychainVault>(secrets::KeychainVault::Options{.service = service}), {},
        random, pool);
    Bench("keychain", vault, program, {{u"service"_s, service}, {u"idle"_s, kNeverIdle}}, {})
        .measure(first, later);
}

void measureFile(const QString& program, int first, int later)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"vault.bin"_s);
    const SharedSecret passphrase = secretOf("correct horse");
    SystemRandom random;
    QThreadPool pool;
    secrets::PassphraseVault vault({.file = file, .opsLimit = 1, .memLimit = 8192}, random, pool);
    finish<void>("making the file", [&](Callback<void> done) { vault.create(passphrase, std::move(done)); });
    Bench("file", vault, program, {{u"file"_s, file}, {u"idle"_s, kNeverIdle}}, passphrase)
        .measure(first, later);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4)
        qFatal("usage: bench_signer HATSTAND FIRST LATER");
    const int first = arguments.at(2).toInt();
    const int later = arguments.at(3).toInt();
    measureKeychain(arguments.at(1), first, later);
    measureFile(arguments.at(1), first, later);
    return 0;
}
