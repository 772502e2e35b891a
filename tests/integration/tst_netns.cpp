// SPDX-License-Identifier: MIT
// A link that goes down and up, and a router that is exchanged: what was published meanwhile comes, with
// nobody asking. The program and the relay each have a network namespace of their own, which needs root.
#include "core/nostr/Lists.h"
#include "tests/integration/RelayProcess.h"
#include "tests/support/Program.h"
#include "tests/unit/WireStand.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using nostr::test::quoted;
using nostr::test::wire;

namespace {

constexpr char kKey[] = "0000000000000000000000000000000000000000000000000000000000000001";
constexpr int kPort = 7777;
constexpr int kPatience = 120000; ///< a ping after 30 s, 10 s for its answer, and a wait before the next try
const QString kNear = u"10.213.0.1"_s;
const QString kFar = u"10.213.0.2"_s;

bool ip(const QString& arguments)
{
    return QProcess::execute(u"ip"_s, arguments.split(u' ')) == 0;
}

QByteArray named(const QString& name, qint64 at)
{
    const QByteArray event
        = wire(nostr::kProfileKind, "[]", quoted(u"{\"name\":\"%1\"}"_s.arg(name)), at).json;
    return "[\"EVENT\",\"@\"," + event + "]\n[\"EOSE\",\"@\"]\n";
}

/// Two namespaces with one cable between them. All of it goes with the object.
class Cable
{
public:
    Cable() { isThere = ip(u"netns add "_s + near) && ip(u"-n %1 link set lo up"_s.arg(near)) && layFar(); }
    ~Cable()
    {
        ip(u"netns del "_s + near);
        ip(u"netns del "_s + far);
    }
    /// The far end, whole: what ran there is to have ended.
    [[nodiscard]] bool layFar()
    {
        return ip(u"netns add "_s + far) && ip(u"-n %1 link set lo up"_s.arg(far))
            && ip(u"-n %1 link add cable type veth peer name cable netns %2"_s.arg(near, far))
            && ip(u"-n %1 address add %2/24 dev cable"_s.arg(near, kNear))
            && ip(u"-n %1 address add %2/24 dev cable"_s.arg(far, kFar))
            && ip(u"-n %1 link set cable up"_s.arg(near)) && pull(false)
            && ip(u"-n %1 route add default via %2"_s.arg(near, kFar));
    }
    /// The cable is cut first, so that what ends at the far end is told to nobody, now or later.
    [[nodiscard]] bool cut() const { return ip(u"-n %1 link del cable"_s.arg(near)); }
    [[nodiscard]] bool destroyFar() const { return ip(u"netns del "_s + far); }
    [[nodiscard]] bool pull(bool isPulled) const
    {
        return ip(u"-n %1 link set cable %2"_s.arg(far, isPulled ? u"down"_s : u"up"_s));
    }
    [[nodiscard]] RelayProcess::Setup relay() const
    {
        return {.host = kFar, .port = kPort, .wrapper = {u"ip"_s, u"netns"_s, u"exec"_s, far}};
    }

    const QString near = u"hatstand-near-%1"_s.arg(::getpid());
    const QString far = u"hatstand-far-%1"_s.arg(::getpid());
    bool isThere = false;
};

} // namespace

class TestNetns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatWasMissedComesByItself();

private:
    QTemporaryDir m_dir;
};

void TestNetns::initTestCase()
{
    if (::geteuid() != 0)
        QSKIP("network namespaces need root");
}

void TestNetns::whatWasMissedComesByItself()
{
    Cable cable;
    QVERIFY(cable.isThere);
    const QString file = m_dir.filePath(u"events"_s);
    auto relay = std::make_unique<RelayProcess>(file, named(u"first"_s, 1700000000), cable.relay());
    Program program;
    for (const QString& name : {u"ALL_PROXY"_s, u"all_proxy"_s})
        program.environment.remove(name);
    program.wrapper = QStringList{u"ip"_s, u"netns"_s, u"exec"_s, cable.near};
    const QString id = program.addKey(kKey);
    QCOMPARE(program.run({u"config"_s, u"set"_s, u"network.hosts"_s, kFar}).exit, 0);
    QCOMPARE(program.run({u"config"_s, u"set"_s, u"nostr.indexers"_s, relay->url()}).exit, 0);
    const auto instance = program.startHeadless();
    const auto name = [&] {
        const Outcome outcome = program.run({u"show"_s, id, u"--json"_s});
        return QJsonDocument::fromJson(outcome.out)[u"profile"_s][u"name"_s].toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(name(), u"first"_s, kPatience);

    // The cable is pulled, and the relay begins anew meanwhile.
    QVERIFY(cable.pull(true));
    relay.reset();
    relay = std::make_unique<RelayProcess>(file, named(u"second"_s, 1700000001), cable.relay());
    QCOMPARE(name(), u"first"_s);
    QVERIFY(cable.pull(false));
    QTRY_COMPARE_WITH_TIMEOUT(name(), u"second"_s, kPatience);

    // The other end is gone, and nobody says that the connection is.
    QVERIFY(cable.cut());
    relay.reset();
    QVERIFY(cable.destroyFar());
    QVERIFY(cable.layFar());
    relay = std::make_unique<RelayProcess>(file, named(u"third"_s, 1700000002), cable.relay());
    QTRY_COMPARE_WITH_TIMEOUT(name(), u"third"_s, kPatience);
}

QTEST_GUILESS_MAIN(TestNetns)
#include "tst_netns.moc"
