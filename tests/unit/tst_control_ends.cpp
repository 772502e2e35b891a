// SPDX-License-Identifier: MIT
#include "app/Composition.h"
#include "app/control/ControlClient.h"
#include "app/control/ControlServer.h"
#include "app/control/ErrorNames.h"
#include "app/control/Protocol.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <sys/socket.h>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::app;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// Both ends of a control connection, where the other one keeps still.
class TestControlEnds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anInstanceThatTakesNothingIsBusy();
    void anInstanceThatTookItMayTakeItsTime();
    void aQuestionThatNobodyAnswersExpires();
    void aPlaceIsFreeAgain();
    void errorsGoByName();
    void errorsOfAnotherVersion();
};

namespace {

/// Nobody is there: remembers what was printed, and leaves questions open.
class SilentConsole final : public Console
{
public:
    QByteArray printed;
    QByteArray said;
    int asked = 0;
    void out(const QByteArray& text) override { printed += text; }
    void err(const QByteArray& text) override { said += text; }
    void readInput(Callback<SharedSecret>) override { ++asked; }
    void passphrase(Passphrase, const QString&, Callback<SharedSecret>) override { ++asked; }
    void confirm(const QString&, Callback<void>) override { ++asked; }
    void checkDestination(const Destination&, Callback<void>) override { ++asked; }
    void deliver(const Destination&, SharedSecret, Callback<void>) override { ++asked; }
};

struct Pair
{
    Pair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            qFatal("no sockets");
    }
    std::array<int, 2> ends{};
};

/// A server over a profile of its own.
struct Served
{
    explicit Served(ControlServer::Limits limits)
    {
        const auto profile = openProfile(dir.filePath(u"home"_s), Relocation::Ask);
        composition = std::make_unique<Composition>(*profile);
        if (!composition->open())
            qFatal("no store");
        server = std::make_unique<ControlServer>(composition->services(), limits);
        if (!server->listen(path()))
            qFatal("no socket");
    }
    [[nodiscard]] QString path() const { return dir.filePath(u"s"_s); }
    [[nodiscard]] std::unique_ptr<Channel> connect() const
    {
        return std::make_unique<Channel>(Channel::connectTo(path()));
    }
    QTemporaryDir dir;
    std::unique_ptr<Composition> composition;
    std::unique_ptr<ControlServer> server;
};

const Request kAdd{.command = u"add nostr"_s, .options = {{u"nsec-stdin"_s, {}}}};

} // namespace

void TestControlEnds::anInstanceThatTakesNothingIsBusy()
{
    const Pair pair;
    SilentConsole console;
    ControlClient client(std::make_unique<Channel>(pair.ends[0]), console, 1ms);
    std::optional<int> exit;
    client.run({.command = u"list"_s, .options = {{u"json"_s, {}}}}, [&](int code) { exit = code; });
    QTRY_VERIFY(exit);
    QCOMPARE(*exit, 1);
    QVERIFY2(console.said.contains("process " + QByteArray::number(::getpid())), console.said);
    QVERIFY(console.said.contains("(busy)"));
    QVERIFY(console.printed.contains(R"("code":"busy")"));
    ::close(pair.ends[1]);
}

void TestControlEnds::anInstanceThatTookItMayTakeItsTime()
{
    const Pair pair;
    SilentConsole console;
    Channel instance(pair.ends[1]);
    instance.send(Frame::json({{u"more"_s, true}, {u"out"_s, QString()}}));
    instance.send(Frame::json({{u"more"_s, true}, {u"err"_s, u"heard"_s}}));
    ControlClient client(std::make_unique<Channel>(pair.ends[0]), console, 500ms);
    std::optional<int> exit;
    client.run({.command = u"list"_s}, [&](int code) { exit = code; });
    QTRY_COMPARE(console.said, QByteArray("heard"));
    QTimer longer; // due after the client's, which was started before
    QSignalSpy due(&longer, &QTimer::timeout);
    longer.start(600ms);
    QVERIFY(due.wait());
    QVERIFY(!exit);
    instance.send(Frame::json({{u"more"_s, false}, {u"exit"_s, 3}}));
    QTRY_VERIFY(exit);
    QCOMPARE(*exit, 3);
    QCOMPARE(console.said, QByteArray("heard"));
}

void TestControlEnds::aQuestionThatNobodyAnswersExpires()
{
    const Served served({.toAnswer = 1ms});
    SilentConsole console;
    ControlClient client(served.connect(), console);
    std::optional<int> exit;
    client.run(kAdd, [&](int code) { exit = code; });
    QTRY_VERIFY(exit);
    QCOMPARE(console.asked, 1);
    QCOMPARE(*exit, exitCode(ErrorCode::Expired));
    QVERIFY2(console.said.contains("(expired)"), console.said);
}

void TestControlEnds::aPlaceIsFreeAgain()
{
    const Served served({.connections = 1, .toAnswer = 500ms});
    SilentConsole silent;
    ControlClient first(served.connect(), silent);
    first.run(kAdd, [](int) {});
    QTRY_COMPARE(silent.asked, 1);
    const auto list = [&] {
        SilentConsole console;
        ControlClient client(served.connect(), console);
        std::optional<int> exit;
        client.run({.command = u"list"_s}, [&](int code) { exit = code; });
        if (!QTest::qWaitFor([&] { return exit.has_value(); }))
            return -1;
        return *exit;
    };
    QCOMPARE(list(), 1);
    QTRY_COMPARE(list(), 0);
}

void TestControlEnds::errorsGoByName()
{
    for (int code = 0; code <= int(ErrorCode::Cancelled); ++code) {
        for (int why = 0; why <= int(Why::NotInThisVersion); ++why) {
            const Error error{ErrorCode(code), Why(why), u"detail"_s, 7, 8};
            const QJsonObject sent = protocol::toJson(error);
            QVERIFY(sent.value(u"code"_s).isString() && sent.value(u"why"_s).isString());
            QCOMPARE(protocol::errorFromJson(sent), error);
        }
    }
    QCOMPARE(protocol::toJson({.code = ErrorCode::WrongPassphrase}).value(u"code"_s).toString(),
        u"wrong-passphrase"_s);
}

void TestControlEnds::errorsOfAnotherVersion()
{
    const auto read
        = [](const char* json) { return protocol::errorFromJson(QJsonDocument::fromJson(json).object()); };
    const Error unknown = read(R"({"code":"on-fire","why":"smoke","detail":"3rd floor"})");
    QCOMPARE(unknown, (Error{.code = ErrorCode::Failed, .detail = u"3rd floor"_s}));
    QCOMPARE(read(R"({"code":"locked","why":"smoke"})"), Error{.code = ErrorCode::Locked});
    QCOMPARE(
        read(R"({"code":18,"why":3,"detail":"x"})"), (Error{.code = ErrorCode::Failed, .detail = u"x"_s}));
}

QTEST_GUILESS_MAIN(TestControlEnds)
#include "tst_control_ends.moc"
