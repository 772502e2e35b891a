// SPDX-License-Identifier: MIT
// What signing for a chain costs, from a transaction's JSON to the signature's text; signing requests made,
// read and filled in; and requests of a stranger who wants that to take long.
// usage: bench_antelope [OPTIONS OF GOOGLE BENCHMARK] | bench_antelope --requests
// --requests prints those strangers' requests as JSON, for the peers' script.
#include "core/antelope/EsrResolve.h"
#include "core/antelope/Keys.h"
#include "core/antelope/Times.h"
#include "core/codec/Base64Url.h"
#include "core/codec/Deflate.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <malloc.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::antelope;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kRequests = 500; ///< of one turn, each with a memo of its own
constexpr qsizetype kLongest = qsizetype{64} * 1024; ///< characters of a stranger's request
constexpr qsizetype kNearlyAll = kLargestRequest - 256; ///< bytes, with room for the rest of the request

const QString kChain = u"73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d"_s;

void require(bool ok, const char* what)
{
    if (!ok)
        throw std::runtime_error(what);
}

Name nameOf(const QJsonValue& text)
{
    return Name::parse(text.toString()).value();
}

const Abi& tokenAbi()
{
    static const Abi abi = Abi::fromJson(R"({"version":"eosio::abi/1.1","types":[],"structs":[
        {"name":"transfer","base":"","fields":[{"name":"from","type":"name"},{"name":"to","type":"name"},
        {"name":"quantity","type":"asset"},{"name":"memo","type":"string"}]}],
        "actions":[{"name":"transfer","type":"transfer","ricardian_contract":""}],"tables":[]})"_ba)
                               .value();
    return abi;
}

const Abis& tokenAbis()
{
    static const Abis abis{{nameOf(u"eosio.token"_s).value(), tokenAbi()}};
    return abis;
}

const PrivateKey& key()
{
    static const PrivateKey made = [] {
        SecretBuffer bytes(32);
        bytes.edit()[31] = 1;
        return PrivateKey::fromBytes(Curve::K1, std::move(bytes)).value();
    }();
    return made;
}

/// from: a placeholder, where the request is for whoever signs.
QByteArray actionJson(const char* from, int number)
{
    return R"({"account":"eosio.token","name":"transfer","authorization":[{"actor":")"_ba + from
        + R"(","permission":"active"}],"data":{"from":")"_ba + from
        + R"(","to":"bench","quantity":"1.0000 EOS","memo":"memo )"_ba + QByteArray::number(number)
        + R"("}})"_ba;
}

QByteArray transactionJson(int number)
{
    return R"({"expiration":"2030-01-01T00:00:00","ref_block_num":1,"ref_block_prefix":2,"max_net_usage_words":0,)"
           R"("max_cpu_usage_ms":0,"delay_sec":0,"context_free_actions":[],"actions":[)"_ba
        + actionJson("alice", number) + R"(],"transaction_extensions":[]})"_ba;
}

Action readAction(const QJsonObject& json, const Abi& abi)
{
    Action action{nameOf(json["account"_L1]), nameOf(json["name"_L1]), {}, {}};
    const QJsonArray levels = json["authorization"_L1].toArray();
    for (const auto& level : levels)
        action.authorization += {nameOf(level["actor"_L1]), nameOf(level["permission"_L1])};
    action.data = abi.encode(abi.actionType(action.name).value(), json["data"_L1]).value();
    return action;
}

Transaction readTransaction(const QByteArray& text)
{
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    Transaction made;
    made.header = {.expiration = parseSeconds(json["expiration"_L1].toString()).value(),
        .refBlockNum = quint16(json["ref_block_num"_L1].toInteger()),
        .refBlockPrefix = quint32(json["ref_block_prefix"_L1].toInteger())};
    const QJsonArray actions = json["actions"_L1].toArray();
    for (const auto& action : actions)
        made.actions += readAction(action.toObject(), tokenAbi());
    return made;
}

void sign(benchmark::State& state)
{
    QList<QByteArray> texts;
    for (int i = 0; i < kRequests; ++i)
        texts += transactionJson(i);
    for (auto _ : state) {
        for (const QByteArray& text : std::as_const(texts)) {
            const auto digest = readTransaction(text).digest(kChain);
            require(digest && key().sign(*digest)->startsWith("SIG_K1_"_L1), "not signed");
        }
    }
    state.SetItemsProcessed(state.iterations() * kRequests);
}

void signDigest(benchmark::State& state)
{
    const auto digest = readTransaction(transactionJson(0)).digest(kChain).value();
    for (auto _ : state) {
        for (int i = 0; i < kRequests; ++i)
            require(key().sign(digest).has_value(), "not signed");
    }
    state.SetItemsProcessed(state.iterations() * kRequests);
}

EsrRequest actionRequest(const Action& action)
{
    EsrRequest request;
    request.chainId = kChain;
    request.what = EsrRequest::What::Action;
    request.actions = {action};
    return request;
}

/// An action's JSON to the request's address.
QStringList encodeAll()
{
    QStringList uris;
    for (int i = 0; i < kRequests; ++i) {
        const QJsonObject json = QJsonDocument::fromJson(actionJson("............1", i)).object();
        EsrRequest request = actionRequest(readAction(json, tokenAbi()));
        request.version = 2;
        request.broadcast = true;
        uris += request.encode();
    }
    return uris;
}

/// The address to what is to be signed.
Result<Transaction> decode(const QString& uri, const Abis& abis)
{
    static const PermissionLevel signer = PermissionLevel::parse(u"alice@active"_s).value();
    return EsrRequest::parse(uri).and_then([&](const EsrRequest& request) {
        return resolve(request, signer, abis, {.expiration = 1'893'456'000, .refBlockNum = 1});
    });
}

void decodeAll(const QStringList& uris)
{
    for (const QString& uri : uris)
        require(decode(uri, tokenAbis()).has_value(), "not read");
}

void encodeRequests(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(encodeAll());
    state.SetItemsProcessed(state.iterations() * kRequests);
}

void decodeRequests(benchmark::State& state)
{
    const QStringList uris = encodeAll();
    for (auto _ : state)
        decodeAll(uris);
    state.SetItemsProcessed(state.iterations() * kRequests);
}

void roundTrips(benchmark::State& state)
{
    for (auto _ : state)
        decodeAll(encodeAll());
    state.SetItemsProcessed(state.iterations() * kRequests);
}

/// A request of a stranger, who also has a contract whose ABI says whatever helps.
struct Stranger
{
    const char* name;
    QString uri;
    Abis abis = {};
};

/// An identity, which has room for the rest.
EsrRequest infoRequest(const QList<QPair<QString, QByteArray>>& info)
{
    EsrRequest request;
    request.chainId = kChain;
    request.what = EsrRequest::What::Identity;
    request.info = info;
    return request;
}

Abis abisOf(const QByteArray& structs)
{
    const QByteArray json = R"({"version":"eosio::abi/1.1","structs":[)"_ba + structs
        + R"(],"actions":[{"name":"act","type":"act","ricardian_contract":""}]})"_ba;
    return {{nameOf(u"stranger"_s).value(), Abi::fromJson(json).value()}};
}

/// The last of a struct named "act" whose first field may hold anything.
QByteArray actStruct(const QByteArray& type)
{
    return R"({"name":"act","base":"","fields":[{"name":"a","type":"name"},{"name":"pad","type":"bytes"},)"
           R"({"name":"list","type":")"_ba
        + type + R"("}]})"_ba;
}

Stranger listOf(const char* name, const QByteArray& type, quint32 count, const QByteArray& each,
    qsizetype pad, const QByteArray& others = {})
{
    codec::Packer data;
    data.u64(kSignerActor).sized(bytesOf(QByteArray(pad, '\0'))).varuint32(count);
    const QByteArray all = each.repeated(qsizetype(count));
    data.bytes(bytesOf(all));
    const Action action{nameOf(u"stranger"_s), nameOf(u"act"_s), {}, data.take()};
    return {name, actionRequest(action).encode(), abisOf(others + actStruct(type))};
}

QByteArray noise(qsizetype size)
{
    QByteArray bytes;
    for (quint32 state = 1; bytes.size() < size;) {
        state = state * 1664525 + 1013904223;
        bytes += static_cast<char>(state >> 24);
    }
    return bytes;
}

QList<Stranger> makeStrangers()
{
    const QByteArray placeholder = QByteArray("\1").append(7, '\0');
    const QList<QPair<QString, QByteArray>> pairs(kNearlyAll / 2);
    const QByteArray random = noise(kLongest / 4 * 3 - 256);
    const QByteArray zeros = codec::deflateRaw(bytesOf(QByteArray(qsizetype{32} * 1024 * 1024, '\0')));
    const QString bomb = "esr:"_L1 + codec::toBase64Url(bytesOf("\x83"_ba + zeros));
    const QByteArray nothing = R"({"name":"nothing","base":"","fields":[]},)"_ba;
    QList<Stranger> all{{"noise", infoRequest({{u"a"_s, random}}).encode()}, {"bomb", bomb},
        {"info pairs", infoRequest(pairs).encode()},
        listOf("names", "name[]", kNearlyAll / 8, placeholder, 0),
        listOf("numbers", "uint8[]", kNearlyAll, QByteArray(1, '\0'), 0),
        listOf("times", "time_point_sec[]", kNearlyAll / 4, QByteArray(4, '\1'), 0),
        // As many as the budget of data that size allows, of what takes no byte.
        listOf("nothings", "nothing[]", 4'000'000, {}, kNearlyAll, nothing)};
    for (const Stranger& stranger : std::as_const(all))
        require(stranger.uri.size() <= kLongest, stranger.name);
    return all;
}

const QList<Stranger>& strangers()
{
    static const QList<Stranger> made = makeStrangers();
    return made;
}

/// kB of a line of /proc/self/status.
qint64 statusOf(const QByteArray& field)
{
    QFile file(u"/proc/self/status"_s);
    require(file.open(QIODevice::ReadOnly), "no status");
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith(field + ':'))
            return line.mid(field.size() + 1).trimmed().split(' ').constFirst().toLongLong();
    }
    return 0;
}

/// How many MiB more this process has at the highest while it reads the request, in a copy of it.
double peakOf(const Stranger& stranger)
{
    int ends[2];
    require(pipe(ends) == 0, "no pipe");
    const pid_t child = fork();
    require(child >= 0, "no fork");
    if (child == 0) {
        malloc_trim(0);
        QFile peak(u"/proc/self/clear_refs"_s);
        qint64 more = -1;
        if (peak.open(QIODevice::WriteOnly) && peak.write("5") == 1 && peak.flush()) {
            const qint64 before = statusOf("VmRSS"_ba);
            benchmark::DoNotOptimize(decode(stranger.uri, stranger.abis));
            more = statusOf("VmHWM"_ba) - before;
        }
        _exit(write(ends[1], &more, sizeof more) == sizeof more ? 0 : 1);
    }
    close(ends[1]);
    qint64 more = -1;
    const bool isRead = read(ends[0], &more, sizeof more) == sizeof more;
    close(ends[0]);
    int status = 0;
    require(waitpid(child, &status, 0) == child && isRead && more >= 0, "the copy did not end well");
    return double(more) / 1024;
}

void stranger(benchmark::State& state, const Stranger& stranger)
{
    bool isTaken = false;
    for (auto _ : state)
        isTaken = decode(stranger.uri, stranger.abis).has_value();
    state.counters["characters"] = double(stranger.uri.size());
    state.counters["taken"] = isTaken;
    state.counters["peak MiB"] = peakOf(stranger);
}

benchmark::internal::Benchmark* set(benchmark::internal::Benchmark* benchmark)
{
    // The least of many short turns, taken in a drawn order: what others do on the machine only ever adds.
    return benchmark->Unit(benchmark::kMicrosecond)
        ->UseRealTime()
        ->MinTime(0.1)
        ->ReportAggregatesOnly()
        ->ComputeStatistics(
            "least", [](const std::vector<double>& all) { return *std::min_element(all.begin(), all.end()); })
        ->Repetitions(15);
}

void printRequests()
{
    QJsonObject all;
    for (const Stranger& stranger : strangers())
        all.insert(QString::fromLatin1(stranger.name), stranger.uri);
    std::puts(QJsonDocument(all).toJson(QJsonDocument::Compact).constData());
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 2 && std::string_view(argv[1]) == "--requests") {
        printRequests();
        return 0;
    }
    set(benchmark::RegisterBenchmark("sign", sign));
    set(benchmark::RegisterBenchmark("sign digest", signDigest));
    set(benchmark::RegisterBenchmark("encode", encodeRequests));
    set(benchmark::RegisterBenchmark("decode", decodeRequests));
    set(benchmark::RegisterBenchmark("round trip", roundTrips));
    for (const Stranger& each : strangers())
        set(benchmark::RegisterBenchmark((std::string("stranger, ") + each.name).c_str(),
                [&each](benchmark::State& state) { stranger(state, each); }))
            ->Repetitions(3);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
