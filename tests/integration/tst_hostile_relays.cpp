// SPDX-License-Identifier: MIT
// The real program against relays of other processes that do all they can: what is shown stays as it was,
// what was refused is told, and neither memory nor the control socket suffers.
#include "core/nostr/Lists.h"
#include "tests/integration/RelayProcess.h"
#include "tests/support/Program.h"
#include "tests/unit/WireStand.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace hatstand;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using nostr::test::wire;

namespace {

constexpr char kKey[] = "0000000000000000000000000000000000000000000000000000000000000001";
constexpr qint64 kMostMemory = 96 * 1024; ///< kB that an attack may cost; a message may have 4 MiB
constexpr int kPatience = 60000;

QByteArray give(const QByteArray& event)
{
    return "[\"EVENT\",\"@\"," + event + "]\n";
}
const QByteArray kEnd = "[\"EOSE\",\"@\"]\n";

/// What a sound relay has: a name, three follows, one mute.
QByteArray soundData()
{
    const auto tag = [](char name, char digit) {
        return QByteArray("[\"") + name + "\",\"" + QByteArray(64, digit) + "\"]";
    };
    return give(wire(nostr::kProfileKind, "[]", R"("{\"name\":\"al\"}")").json)
        + give(
            wire(nostr::kFollowsKind, '[' + tag('p', '1') + ',' + tag('p', '2') + ',' + tag('p', '3') + ']')
                .json)
        + give(wire(nostr::kMutesKind, '[' + tag('p', '4') + ']').json) + kEnd;
}

/// Everything that must not be taken, and how it is told.
struct Attack
{
    QByteArray messages;
    QMap<QString, int> refusals;
};

Attack attack()
{
    const qint64 soon = QDateTime::currentSecsSinceEpoch();
    const QByteArray good = wire(nostr::kFollowsKind, "[]", "\"\"", soon).json;
    const QByteArray theirs = wire(nostr::kFollowsKind, "[]", "\"\"", soon, 2).json;
    const QByteArray mine = nostr::test::keyOf(1).publicKey().hex().toLatin1();
    QByteArray inMyName = theirs;
    inMyName.replace(nostr::test::keyOf(2).publicKey().hex().toLatin1(), mine);
    QByteArray badSignature = good;
    const qsizetype at = badSignature.indexOf("\"sig\":\"") + 30;
    badSignature[at] = badSignature[at] == '0' ? '1' : '0';
    QByteArray nested = good;
    nested.replace("\"tags\":[", "\"tags\":[[[\"p\"]]");
    const QByteArray large = wire(nostr::kProfileKind, "[]", '"' + QByteArray(1200000, 'a') + '"', soon).json;
    return {.messages = give(inMyName) + give(badSignature) + give(theirs)
            + give(wire(1, "[]", "\"hello\"", soon).json)
            + give(wire(nostr::kFollowsKind, "[]", "\"\"", soon + 7200).json) + give(nested) + give(large)
            + give(QByteArray(100000, '[')) + "hello\n" + "[\"EVENT\",\"other\"," + good + "]\n" + kEnd
            + give(QByteArray(good).replace("\"content\":\"\"", "\"content\":\"\xff\xfe\"")),
        .refusals
        = {{u"wrong-id"_s, 1}, {u"wrong-signature"_s, 1}, {u"wrong-author"_s, 1}, {u"wrong-kind"_s, 1},
            {u"from-the-future"_s, 1}, {u"bad-event"_s, 1}, {u"too-large"_s, 1}, {u"not-a-message"_s, 4}}};
}

struct Desk
{
    Program program;
    QString id;

    explicit Desk(const QStringList& relays)
    {
        for (const QString& name : {u"ALL_PROXY"_s, u"all_proxy"_s})
            program.environment.remove(name);
        id = program.addKey(kKey);
        (void)program.run({u"config"_s, u"set"_s, u"nostr.indexers"_s, relays.join(u',')});
    }
    [[nodiscard]] QJsonObject show()
    {
        const Outcome outcome = program.run({u"show"_s, id, u"--json"_s});
        return outcome.exit == 0 ? QJsonDocument::fromJson(outcome.out).object() : QJsonObject();
    }
    /// Without what is meant to change: how it goes with the relays, and when they answered.
    [[nodiscard]] QJsonObject shown()
    {
        QJsonObject object = show();
        for (const QString& key : {u"relays"_s, u"refreshedAt"_s, u"lastUsedAt"_s})
            object.remove(key);
        return object;
    }
    [[nodiscard]] QJsonObject refusals(const RelayProcess& relay)
    {
        for (const QJsonValue& status : show()[u"relays"_s].toArray()) {
            if (status[u"url"_s].toString() == relay.url())
                return status[u"refused"_s].toObject();
        }
        return {};
    }
};

/// The most memory that the process ever had, in kB.
qint64 peakOf(const QProcess& process)
{
    QFile status(u"/proc/%1/status"_s.arg(process.processId()));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    static const QRegularExpression peak(u"VmHWM:\\s+(\\d+)"_s);
    return peak.match(QString::fromLatin1(status.readAll())).captured(1).toLongLong();
}

} // namespace

class TestHostileRelays : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsShownStays();
    void noAttackCostsMemoryOrTheSocket_data();
    void noAttackCostsMemoryOrTheSocket();

private:
    QTemporaryDir m_dir;
};

void TestHostileRelays::whatIsShownStays()
{
    RelayProcess sound(m_dir.filePath(u"sound"_s), soundData());
    Desk desk({sound.url()});
    QJsonObject before;
    {
        const auto instance = desk.program.startHeadless();
        QTRY_COMPARE_WITH_TIMEOUT(desk.show()[u"muteList"_s].toArray().size(), 1, kPatience);
        before = desk.shown();
    }
    QCOMPARE(before[u"profile"_s].toObject(), (QJsonObject{{u"name"_s, u"al"_s}}));
    QCOMPARE(before[u"followList"_s].toArray().size(), 3);

    const Attack evil = attack();
    RelayProcess hostile(m_dir.filePath(u"hostile"_s), evil.messages);
    QCOMPARE(
        desk.program.run({u"config"_s, u"set"_s, u"nostr.indexers"_s, sound.url() + u',' + hostile.url()})
            .exit,
        0);
    const auto instance = desk.program.startHeadless();
    QJsonObject expected;
    for (auto refusal = evil.refusals.cbegin(); refusal != evil.refusals.cend(); ++refusal)
        expected.insert(refusal.key(), refusal.value());
    // At the end it is cut off, and may be asked again: as often as it has been, it was refused.
    const auto isEach = [&](const QJsonObject& refusals) {
        return refusals.size() == expected.size()
            && std::all_of(evil.refusals.keyBegin(), evil.refusals.keyEnd(), [&](const QString& name) {
                   const int count = refusals[name].toInt();
                   return count > 0 && count % evil.refusals[name] == 0;
               });
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isEach(desk.refusals(hostile)),
        QJsonDocument(desk.refusals(hostile)).toJson().constData(), kPatience);
    QCOMPARE(desk.shown(), before);
    QCOMPARE(desk.refusals(sound), QJsonObject());
}

void TestHostileRelays::noAttackCostsMemoryOrTheSocket_data()
{
    QTest::addColumn<QString>("then");
    QTest::newRow("notices") << u"notices"_s;
    QTest::newRow("pings") << u"pings"_s;
    QTest::newRow("a message without an end") << u"fragments"_s;
}

void TestHostileRelays::noAttackCostsMemoryOrTheSocket()
{
    QFETCH(QString, then);
    RelayProcess sound(m_dir.filePath(u"sound"_s), soundData());
    RelayProcess hostile(m_dir.filePath(u"hostile"_s), kEnd, {.then = then});
    Desk desk({sound.url()});
    const auto instance = desk.program.startHeadless();
    QTRY_COMPARE_WITH_TIMEOUT(desk.show()[u"muteList"_s].toArray().size(), 1, kPatience);
    const QJsonObject before = desk.shown();
    const qint64 peak = peakOf(*instance);
    QVERIFY(peak > 0);
    QCOMPARE(
        desk.program.run({u"config"_s, u"set"_s, u"nostr.indexers"_s, sound.url() + u',' + hostile.url()})
            .exit,
        0);
    QTRY_VERIFY_WITH_TIMEOUT(hostile.asked() >= 1, kPatience);
    const QString why = then == "notices"_L1 || then == "pings"_L1 ? u"too-many"_s : u"too-large"_s;
    QTRY_VERIFY_WITH_TIMEOUT(desk.refusals(hostile)[why].toInt() > 0, kPatience);
    QCOMPARE(desk.shown(), before);
    const qint64 cost = peakOf(*instance) - peak;
    QVERIFY2(cost < kMostMemory, qPrintable(u"%1 kB"_s.arg(cost)));
    qInfo("%s: %lld kB", qPrintable(then), static_cast<long long>(cost));
}

QTEST_GUILESS_MAIN(TestHostileRelays)
#include "tst_hostile_relays.moc"
