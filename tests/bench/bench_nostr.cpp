// SPDX-License-Identifier: MIT
// What strangers' events cost: checking a signature and an id beside what the libraries below take for the
// same alone, and a follow list from the bytes of a relay's message to the list that views show.
#include "core/base/Random.h"
#include "core/nostr/Event.h"
#include "core/nostr/Lists.h"
#include "core/nostr/RelayMessage.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QThreadPool>
#include <algorithm>
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <openssl/evp.h>
#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>
#include <stdexcept>
#include <thread>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kNotes = 1000;
constexpr int kEntries = 10'000;

void require(bool ok, const char* what)
{
    if (!ok)
        throw std::runtime_error(what);
}

QString keyOf(const QByteArray& text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

QByteArray signedJson(int author, nostr::UnsignedEvent event)
{
    SystemRandom random;
    SecretBuffer bytes(32);
    bytes.edit()[31] = std::uint8_t(author + 1);
    const auto key = nostr::SecretKey::fromBytes(std::move(bytes));
    const qint64 at = 1'700'000'000;
    return nostr::toJson(nostr::sign(event, *key, at, random).value());
}

/// Short notes as the peers' script makes them, from 50 authors.
const QList<QByteArray>& notes()
{
    static const QList<QByteArray> made = [] {
        QList<QByteArray> list;
        for (int i = 0; i < kNotes; ++i) {
            const QByteArray number = QByteArray::number(i);
            list += signedJson(i % 50,
                {.kind = 1,
                    .tags = {{u"p"_s, keyOf("p:" + number)}, {u"e"_s, keyOf("e:" + number)}},
                    .content = u"event %1 "_s.arg(i) + u"lorem ipsum dolor sit amet "_s.repeated(5)});
        }
        return list;
    }();
    return made;
}

QList<nostr::WireEvent> readNotes()
{
    QList<nostr::WireEvent> events;
    for (const QByteArray& json : notes())
        events += nostr::readEvent(json).value();
    return events;
}

const QByteArray& followsJson()
{
    static const QByteArray made = [] {
        QList<QStringList> tags;
        for (int i = 0; i < kEntries; ++i)
            tags += {u"p"_s, keyOf("f:" + QByteArray::number(i))};
        return signedJson(0, {.kind = nostr::kFollowsKind, .tags = tags});
    }();
    return made;
}

/// What the loop over libsecp256k1 is given: nothing is left but its own work.
struct Raw
{
    ByteArray<32> id, pubkey;
    ByteArray<64> signature;
};

std::vector<Raw> rawNotes()
{
    std::vector<Raw> raw;
    for (const nostr::WireEvent& event : readNotes())
        raw.push_back({event.id, event.pubkey, event.signature});
    return raw;
}

bool verifyRaw(const secp256k1_context* context, const Raw& event)
{
    secp256k1_xonly_pubkey key;
    return secp256k1_xonly_pubkey_parse(context, &key, event.pubkey.data()) == 1
        && secp256k1_schnorrsig_verify(context, event.signature.data(), event.id.data(), 32, &key) == 1;
}

void verify(benchmark::State& state)
{
    const auto events = readNotes();
    for (auto _ : state)
        for (const nostr::WireEvent& event : events)
            require(nostr::verify(event), "not verified");
    state.SetItemsProcessed(state.iterations() * kNotes);
}

/// From its bytes: read, id recomputed, signature checked.
void readAndVerify(benchmark::State& state)
{
    for (auto _ : state)
        for (const QByteArray& json : notes())
            require(nostr::verify(nostr::readEvent(json).value()), "not verified");
    state.SetItemsProcessed(state.iterations() * kNotes);
}

void verifyByLoop(benchmark::State& state)
{
    auto* const context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    const auto events = rawNotes();
    for (auto _ : state)
        for (const Raw& event : events)
            require(verifyRaw(context, event), "not verified");
    secp256k1_context_destroy(context);
    state.SetItemsProcessed(state.iterations() * kNotes);
}

void verifyOnAll(benchmark::State& state)
{
    const auto events = readNotes();
    QThreadPool pool;
    for (auto _ : state)
        require(!nostr::verifyAll(events, pool).contains(false), "not verified");
    state.SetItemsProcessed(state.iterations() * kNotes);
}

void verifyByLoopsOnAll(benchmark::State& state)
{
    auto* const context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    const auto events = rawNotes();
    const auto count = std::max(1U, std::thread::hardware_concurrency());
    for (auto _ : state) {
        std::vector<std::thread> threads;
        for (unsigned thread = 0; thread < count; ++thread) {
            threads.emplace_back([&, thread] {
                for (std::size_t i = thread; i < events.size(); i += count)
                    require(verifyRaw(context, events[i]), "not verified");
            });
        }
        for (std::thread& thread : threads)
            thread.join();
    }
    secp256k1_context_destroy(context);
    state.SetItemsProcessed(state.iterations() * kNotes);
}

/// Its form checked, every field read, the id recomputed.
void readList(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(nostr::readEvent(followsJson()).value());
}

void hashByOpenSsl(benchmark::State& state)
{
    const QByteArray& json = followsJson();
    ByteArray<32> digest;
    for (auto _ : state) {
        require(
            EVP_Digest(json.data(), std::size_t(json.size()), digest.data(), nullptr, EVP_sha256(), nullptr)
                == 1,
            "no digest");
        benchmark::DoNotOptimize(digest);
    }
}

void hashByQt(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(QCryptographicHash::hash(followsJson(), QCryptographicHash::Sha256));
}

void parseByQt(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(QJsonDocument::fromJson(followsJson()));
}

nostr::FollowList listOf(const QByteArray& message)
{
    const auto parsed = nostr::parseRelayMessage(message);
    require(parsed && parsed->event && nostr::verify(*parsed->event), "not believed");
    return nostr::FollowList::fromEvent(*parsed->event);
}

qint64 heap()
{
    const auto info = mallinfo2();
    return qint64(info.uordblks + info.hblkhd);
}

/// A relay's message, checked as any, to the list; and what the list takes of the heap.
void followList(benchmark::State& state)
{
    const QByteArray message = R"(["EVENT","account",)" + followsJson() + ']';
    for (auto _ : state)
        require(listOf(message).size() == kEntries, "not all");
    const qint64 before = heap();
    const nostr::FollowList list = listOf(message);
    state.counters["bytes an entry"] = double(heap() - before + qint64(sizeof list)) / kEntries;
}

void set(benchmark::internal::Benchmark* benchmark)
{
    // The least of many short turns, taken in a drawn order: what others do on the machine only ever adds.
    benchmark->Unit(benchmark::kMicrosecond)
        ->UseRealTime()
        ->MinTime(0.1)
        ->Repetitions(15)
        ->ReportAggregatesOnly();
    benchmark->ComputeStatistics(
        "least", [](const std::vector<double>& all) { return *std::min_element(all.begin(), all.end()); });
}

BENCHMARK(verify)->Apply(set);
BENCHMARK(readAndVerify)->Name("read and verify")->Apply(set);
BENCHMARK(verifyByLoop)->Name("verify, loop")->Apply(set);
BENCHMARK(verifyOnAll)->Name("verify, all cores")->Apply(set);
BENCHMARK(verifyByLoopsOnAll)->Name("verify, loops on all cores")->Apply(set);
BENCHMARK(readList)->Name("read list")->Apply(set);
BENCHMARK(hashByOpenSsl)->Name("SHA-256, OpenSSL")->Apply(set);
BENCHMARK(hashByQt)->Name("SHA-256, Qt")->Apply(set);
BENCHMARK(parseByQt)->Name("JSON, Qt")->Apply(set);
BENCHMARK(followList)->Name("follow list")->Apply(set);

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
