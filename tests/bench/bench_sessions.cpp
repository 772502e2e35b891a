// SPDX-License-Identifier: MIT
// Add, switch, restore and list at 10 to 10,000 sessions: SessionManager over a real SQLite file, on the
// disk, and a vault in memory (a keychain takes 20 ms a write, which says nothing about us).
#include "core/session/SessionFinder.h"
#include "core/session/SessionManager.h"
#include "core/session/SessionStore.h"
#include "core/signing/NetworkFamilies.h"
#include "tests/support/FakeVault.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QTemporaryDir>
#include <benchmark/benchmark.h>
#include <map>
#include <random>
#include <stdexcept>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

void require(bool ok, const char* what)
{
    if (!ok)
        throw std::runtime_error(what);
}

session::Networks nostrOnly()
{
    std::vector<std::unique_ptr<session::Network>> families;
    families.push_back(signing::makeNostrNetwork());
    return session::Networks(std::move(families));
}

session::SessionId idOf(int i)
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha256);
    return session::SessionId(u"nostr:"_s + QString::fromLatin1(hash.toHex()));
}

session::NewSession newSession(int i)
{
    session::NewSession fresh;
    fresh.id = idOf(i);
    fresh.signer = session::SignerKind::LocalKey;
    fresh.wallet = u"hatstand"_s;
    fresh.secret = std::make_shared<const SecretBuffer>(
        SecretBuffer::copyOf(R"({"v":1,"type":"nsec","data":"nsec1"})"));
    return fresh;
}

/// One profile: its file, and a manager that has loaded it.
struct Profile
{
    QTemporaryDir folder;
    SystemClock clock;
    test::FakeVault vault;
    session::Networks networks = nostrOnly();
    session::SessionStore store;
    session::SessionManager sessions{store, vault, networks, clock};

    [[nodiscard]] QString file() const { return folder.filePath(u"hatstand.db"_s); }

    void open()
    {
        require(store.open(file()).has_value(), "the store does not open");
        require(sessions.load().has_value(), "the sessions do not load");
    }

    void add(int count)
    {
        int answered = 0;
        for (int i = 0; i < count; ++i) {
            sessions.add(newSession(i), [&answered](const Result<session::Added>& done) {
                require(done.has_value(), "a session is not added");
                ++answered;
            });
            while (answered <= i) // the vault answers by the event loop
                QCoreApplication::processEvents();
        }
    }

    explicit Profile(int count)
    {
        open();
        add(count);
    }
};

/// Made once for each size, since a benchmark's function is called several times; gone before the application
/// is.
std::map<int, std::unique_ptr<Profile>> profiles;

Profile& profileOf(int count)
{
    auto& profile = profiles[count];
    if (!profile)
        profile = std::make_unique<Profile>(count);
    return *profile;
}

/// All of n, one after the other, each on the disk before the next.
void add(benchmark::State& state)
{
    const int count = static_cast<int>(state.range(0));
    for (auto _ : state) {
        state.PauseTiming();
        auto profile = std::make_unique<Profile>(0);
        state.ResumeTiming();
        profile->add(count);
        state.PauseTiming();
        profile.reset();
        state.ResumeTiming();
    }
}

/// From the command to its commit, to any of the n.
void switchTo(benchmark::State& state)
{
    const int count = static_cast<int>(state.range(0));
    Profile& profile = profileOf(count);
    std::minstd_rand random(7); // NOLINT: the same in every run
    std::uniform_int_distribution<int> any(0, count - 1);
    std::vector<session::SessionId> ids;
    for (int i = 0; i < count; ++i)
        ids.push_back(idOf(i));
    for (auto _ : state) {
        const auto& id = ids[static_cast<std::size_t>(any(random))];
        require(profile.sessions.activate(id).has_value(), "a switch fails");
    }
}

/// From a closed file to all of the n in memory, checked.
void restore(benchmark::State& state)
{
    const int count = static_cast<int>(state.range(0));
    const Profile& profile = profileOf(count);
    test::FakeVault vault;
    for (auto _ : state) {
        session::SessionStore store;
        session::SessionManager sessions(store, vault, profile.networks, profile.clock);
        require(store.open(profile.file()).has_value() && sessions.load().has_value(),
            "the sessions do not come back");
        require(sessions.count() == count, "sessions are missing");
    }
}

/// All of the n in the order of `list`.
void list(benchmark::State& state)
{
    const int count = static_cast<int>(state.range(0));
    const Profile& profile = profileOf(count);
    for (auto _ : state)
        benchmark::DoNotOptimize(profile.sessions.byRecency());
}

/// The same with every field of the JSON made.
void describeAll(benchmark::State& state)
{
    const int count = static_cast<int>(state.range(0));
    const Profile& profile = profileOf(count);
    for (auto _ : state) {
        for (const session::SessionId& id : profile.sessions.byRecency())
            benchmark::DoNotOptimize(session::describe(profile.sessions, *profile.sessions.find(id), {}));
    }
}

void sizes(benchmark::internal::Benchmark* benchmark)
{
    benchmark->RangeMultiplier(10)->Range(10, 10'000)->Unit(benchmark::kMicrosecond)->UseRealTime();
}

BENCHMARK(add)->Apply(sizes)->Iterations(1)->Repetitions(3)->ReportAggregatesOnly();
BENCHMARK(switchTo)->Name("switch")->Apply(sizes)->Repetitions(3)->ReportAggregatesOnly();
BENCHMARK(restore)->Apply(sizes)->Repetitions(3)->ReportAggregatesOnly();
BENCHMARK(list)->Apply(sizes)->Repetitions(3)->ReportAggregatesOnly();
BENCHMARK(describeAll)->Name("list as JSON")->Apply(sizes)->Repetitions(3)->ReportAggregatesOnly();

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    profiles.clear();
    return 0;
}
