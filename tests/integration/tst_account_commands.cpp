// SPDX-License-Identifier: MIT
#include "core/nostr/Event.h"
#include "tests/support/Program.h"
#include "tests/support/RelayProcess.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hatstand;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// refresh, follow, mute, profile set, undo and config against a real relay; alone and through an instance.
class TestAccountCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEditIsPublishedAndUndone_data() { bothWays(); }
    void anEditIsPublishedAndUndone();
    void whatWasLearnedIsShownOffline_data() { bothWays(); }
    void whatWasLearnedIsShownOffline();
    void loggingOutRemovesWhatIsCached_data() { bothWays(); }
    void loggingOutRemovesWhatIsCached();
    void withoutAFreshListNothingIsAsked_data() { bothWays(); }
    void withoutAFreshListNothingIsAsked();
    void anEditGoesOnWhileOthersAreRefreshed();
    void eachRelaysAnswerIsReported_data() { bothWays(); }
    void eachRelaysAnswerIsReported();
    void aListOfAnotherProgramEndsTheUndo();
    void aListOverAMegabyteIsEdited();
    void whoCantSignIsToldAtOnce();
    void onlyTheActiveAccountIsMeant();
    void refreshAnswersWhenItIsOver();
    void settingsOfTheNetworkAreChecked_data();
    void settingsOfTheNetworkAreChecked();

private:
    static void bothWays();
};

namespace {

constexpr char kSecret[] = "92dd06c05b54f4f6d1e16975b6b644d07155e83d6b8e578f092b009ba0f3c497";
const QString kPubkey = u"c4beafd98c4482e3a615080c09ace2824741e98ba81a3b7bc8debbe7fc8082a3"_s;
const QString kFriend = u"3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"_s;
const QString kOther = u"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"_s;
const QString kStranger = u"c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"_s;
constexpr char kAsk[] = "[y/N] ";
const QString kNowhere = u"ws://127.0.0.1:9"_s; ///< nobody listens there

/// The account on the stand, with relays that the person named; with a running instance where that is wanted.
class Desk
{
public:
    Desk(bool served, const QStringList& relays)
    {
        program.environment.remove(u"ALL_PROXY"_s);
        name(relays);
        id = program.addKey(kSecret);
        if (served) {
            instance = program.startHeadless();
            unlock();
        }
    }
    void name(const QStringList& relays)
    {
        const auto outcome = program.run({u"config"_s, u"set"_s, u"nostr.indexers"_s, relays.join(u',')});
        QCOMPARE(outcome.exit, 0);
    }
    void unlock() { QCOMPARE(program.run({u"unlock"_s}, {}, passphrase()).exit, 0); }
    /// The person says yes, and types the passphrase where it is asked for.
    Outcome agree(const QStringList& arguments)
    {
        QList<Program::Typed> dialogue{{kAsk, "y\n"}};
        if (!instance)
            dialogue += {"Hatstand passphrase: ", passphrase()};
        return program.runOnTerminal(arguments, dialogue);
    }
    [[nodiscard]] QJsonObject shown()
    {
        const Outcome outcome = program.run({u"show"_s, id, u"--json"_s});
        return QJsonDocument::fromJson(outcome.out).object();
    }
    static QByteArray passphrase() { return QByteArray(Program::kPassphrase) + '\n'; }

    Program program;
    Program::Running instance;
    QString id;
};

/// A follow list of the account, signed.
QJsonObject followList(const QList<QStringList>& tags, qint64 at)
{
    const auto secret = nostr::SecretKey::parse(SecretBuffer::copyOf(std::string_view(kSecret)));
    SystemRandom random;
    const auto event
        = nostr::sign({.createdAt = at, .kind = 3, .tags = tags, .content = u"{}"_s}, *secret, at, random);
    return QJsonDocument::fromJson(nostr::toJson(*event)).object();
}

qint64 anHourAgo()
{
    return QDateTime::currentSecsSinceEpoch() - 3600;
}

QList<QStringList> tagsAt(RelayProcess& relay)
{
    QList<QStringList> tags;
    const auto list = relay.events({{u"kinds"_s, QJsonArray{3}}}).value(0).value("tags"_L1).toArray();
    for (const auto& tag : list)
        tags += tag.toVariant().toStringList();
    return tags;
}

/// Whether the text is anywhere in the files of the folder.
bool holds(const QString& folder, const QByteArray& text)
{
    const QDir dir(folder);
    for (const QString& name : dir.entryList(QDir::Files)) {
        QFile file(dir.filePath(name));
        if (file.open(QFile::ReadOnly) && file.readAll().contains(text))
            return true;
    }
    return false;
}

} // namespace

void TestAccountCommands::bothWays()
{
    QTest::addColumn<bool>("served");
    QTest::newRow("alone") << false;
    QTest::newRow("through an instance") << true;
}

void TestAccountCommands::anEditIsPublishedAndUndone()
{
    QFETCH(bool, served);
    RelayProcess relay;
    const QList<QStringList> before{{u"p"_s, kOther, u"wss://h.example"_s, u"Ada"_s, u"more"_s}, {u"x"_s}};
    relay.store(followList(before, anHourAgo()));
    Desk desk(served, {relay.url()});
    const Outcome followed = desk.agree({u"follow"_s, kFriend, u"--petname"_s, u"Zoë"_s});
    QVERIFY2(followed.exit == 0, followed.terminal);
    QVERIFY2(followed.terminal.startsWith("hatstand follow wants to replace"), followed.terminal);
    QCOMPARE(followed.out, relay.url().toUtf8() + "  accepted\n");
    const QList<QStringList> after = before + QList<QStringList>{{u"p"_s, kFriend, {}, u"Zoë"_s}};
    QCOMPARE(tagsAt(relay), after);
    QCOMPARE(desk.shown().value("follows"_L1).toInt(), 2);
    const Outcome again = desk.program.runOnTerminal({u"follow"_s, kFriend}, {});
    QCOMPARE(again.exit, 0);
    QCOMPARE(again.out, "Nothing to change.\n");
    const Outcome undone = desk.agree({u"undo"_s, u"follows"_s});
    QVERIFY2(undone.exit == 0, undone.terminal);
    QCOMPARE(tagsAt(relay), before);
}

void TestAccountCommands::whatWasLearnedIsShownOffline()
{
    QFETCH(bool, served);
    QJsonObject before;
    Desk desk(false, {kNowhere});
    {
        RelayProcess relay;
        relay.store(followList({{u"p"_s, kFriend, u"wss://h.example"_s, u"Zoë"_s}}, anHourAgo()));
        desk.name({relay.url()});
        QCOMPARE(desk.program.run({u"refresh"_s, u"--wait"_s}).exit, 0);
        before = desk.shown();
    }
    QVERIFY(!before.value("refreshedAt"_L1).isNull());
    QCOMPARE(before.value("followList"_L1).toArray().size(), 1);
    if (served) {
        desk.instance = desk.program.startHeadless();
        QCOMPARE(desk.program.run({u"refresh"_s, u"--wait"_s}).exit, 6);
    }
    const QJsonObject offline = desk.shown();
    for (const QString& key : {u"follows"_s, u"followList"_s, u"refreshedAt"_s})
        QCOMPARE(offline.value(key), before.value(key));
}

void TestAccountCommands::loggingOutRemovesWhatIsCached()
{
    QFETCH(bool, served);
    RelayProcess relay;
    relay.store(followList({{u"p"_s, kFriend}}, anHourAgo()));
    Desk desk(served, {relay.url()});
    QCOMPARE(desk.program.run({u"refresh"_s, u"--wait"_s}).exit, 0);
    const QString cache = desk.program.path(u"cache/hatstand"_s);
    QVERIFY(holds(cache, kPubkey.toLatin1()) && holds(cache, kFriend.toLatin1()));
    QCOMPARE(desk.program.run({u"logout"_s, u"--yes"_s}, {}, Desk::passphrase()).exit, 0);
    QTRY_VERIFY(!holds(cache, kPubkey.toLatin1()));
    QVERIFY(!holds(cache, kFriend.toLatin1()));
}

void TestAccountCommands::withoutAFreshListNothingIsAsked()
{
    QFETCH(bool, served);
    Desk desk(served, {kNowhere});
    for (const QStringList& edit : {QStringList{u"follow"_s, kFriend}, {u"mute"_s, u"--word"_s, u"x"_s},
             {u"profile"_s, u"set"_s, u"name=x"_s}, {u"undo"_s, u"follows"_s}}) {
        const Outcome outcome = desk.program.runOnTerminal(edit, {});
        QCOMPARE(outcome.exit, 6);
        QVERIFY2(outcome.err.contains("Not loaded yet"), outcome.err);
        QVERIFY2(!outcome.terminal.contains(kAsk), outcome.terminal);
        QVERIFY(outcome.out.isEmpty());
    }
}

void TestAccountCommands::anEditGoesOnWhileOthersAreRefreshed()
{
    RelayProcess relay;
    Desk desk(true, {relay.url()});
    for (const QString& other : {kOther, kFriend, kStranger})
        QCOMPARE(desk.program.run({u"add"_s, u"nostr"_s, u"--watch"_s, other, u"--no-activate"_s}).exit, 0);
    QCOMPARE(desk.program.run({u"refresh"_s, u"--all"_s}).exit, 0);
    const Outcome followed = desk.agree({u"follow"_s, kFriend});
    QVERIFY2(followed.exit == 0, followed.terminal + followed.err);
}

void TestAccountCommands::eachRelaysAnswerIsReported()
{
    QFETCH(bool, served);
    RelayProcess taking;
    RelayProcess refusing({u"--refuse"_s, u"blocked: not you"_s});
    Desk desk(served, {taking.url(), refusing.url()});
    const Outcome outcome = desk.agree({u"follow"_s, kFriend, u"--json"_s});
    QVERIFY2(outcome.exit == 0, outcome.terminal);
    const QJsonObject report = QJsonDocument::fromJson(outcome.out).object();
    QVERIFY(report.value("changed"_L1).toBool());
    QCOMPARE(report.value("event"_L1).toObject(), taking.events().value(0));
    QMap<QString, QString> answers;
    const QJsonArray relays = report.value("relays"_L1).toArray();
    for (const auto& answer : relays)
        answers.insert(answer["url"_L1].toString(),
            answer["result"_L1].toString() + u'/' + answer["text"_L1].toString());
    QCOMPARE(answers,
        (QMap<QString, QString>{
            {taking.url(), u"accepted/"_s}, {refusing.url(), u"refused/blocked: not you"_s}}));
    QVERIFY(refusing.events().isEmpty());

    // Nobody takes it: then nothing has changed here either.
    QCOMPARE(taking.tell({{u"refuse"_s, u"blocked: you\u001b[2J too"_s}}), "done");
    const Outcome refused = desk.agree({u"unfollow"_s, kFriend});
    QCOMPARE(refused.exit, 6);
    QVERIFY2(refused.err.contains("No relay took it"), refused.err);
    QVERIFY2(refused.err.contains(taking.url().toUtf8() + " refused: blocked: you"), refused.err);
    QVERIFY2(refused.err.contains(refusing.url().toUtf8() + " refused: blocked: not you"), refused.err);
    QVERIFY(!refused.err.contains('\x1b'));
    QCOMPARE(desk.shown().value("follows"_L1).toInt(), 1);
}

/// It would be taken back with the edit.
void TestAccountCommands::aListOfAnotherProgramEndsTheUndo()
{
    RelayProcess relay;
    relay.store(followList({{u"p"_s, kOther}}, anHourAgo()));
    Desk desk(false, {relay.url()});
    QCOMPARE(desk.agree({u"follow"_s, kFriend}).exit, 0);
    const QList<QStringList> theirs{{u"p"_s, kOther}, {u"p"_s, kFriend}, {u"p"_s, kPubkey}};
    relay.store(followList(theirs, QDateTime::currentSecsSinceEpoch() + 60));
    const Outcome undone = desk.program.runOnTerminal({u"undo"_s, u"follows"_s}, {});
    QCOMPARE(undone.exit, 0);
    QCOMPARE(undone.out, "Nothing to undo.\n");
    QCOMPARE(tagsAt(relay), theirs);
}

void TestAccountCommands::aListOverAMegabyteIsEdited()
{
    constexpr int kMany = 16'000;
    QList<QStringList> tags;
    for (int i = 1; i <= kMany; ++i)
        tags += {u"p"_s, QString::number(i, 16).rightJustified(64, u'0')};
    RelayProcess relay;
    relay.store(followList(tags, anHourAgo()));
    Desk desk(false, {relay.url()});
    const Outcome followed = desk.agree({u"follow"_s, kFriend});
    QVERIFY2(followed.exit == 0, followed.err);
    tags += {u"p"_s, kFriend};
    QCOMPARE(tagsAt(relay), tags);
}

void TestAccountCommands::whoCantSignIsToldAtOnce()
{
    Desk desk(false, {kNowhere});
    const QStringList follow{u"follow"_s, kFriend};
    QCOMPARE(desk.program.run(follow).exit, 5); // nobody there to say yes
    QVERIFY(desk.program.run(follow).err.contains("approval-required"));
    const QString watched
        = desk.program.run({u"add"_s, u"nostr"_s, u"--watch"_s, kOther, u"--no-activate"_s}).line();
    const Outcome watchOnly = desk.program.run(follow + QStringList{u"--session"_s, watched});
    QCOMPARE(watchOnly.exit, 5);
    QVERIFY(watchOnly.err.contains("watch-only"));
    QCOMPARE(desk.program.run(follow + QStringList{u"--session"_s, u"nobody"_s}).exit, 3);
    QCOMPARE(desk.program.run({u"follow"_s, u"nobody"_s}).exit, 2);
    QCOMPARE(desk.program.run({u"pause"_s}).exit, 0);
    QVERIFY(desk.program.runOnTerminal(follow, {}).err.contains("Signing is stopped"));
}

void TestAccountCommands::onlyTheActiveAccountIsMeant()
{
    RelayProcess relay;
    Desk desk(false, {relay.url()});
    const Outcome added = desk.program.run({u"add"_s, u"antelope"_s, u"--chain"_s, u"wax"_s, u"--account"_s,
        u"kuno@active"_s, u"--watch"_s, u"--offline"_s});
    QCOMPARE(added.exit, 0);
    const Outcome other = desk.program.runOnTerminal({u"follow"_s, kFriend}, {});
    QCOMPARE(other.exit, 2);
    QVERIFY2(other.err.contains("does not fit the network"), other.err);
    QCOMPARE(desk.program.run({u"refresh"_s}).exit, 6); // asks that account's chain, which is not there
    QCOMPARE(desk.program.run({u"switch"_s, u"--none"_s}).exit, 0);
    for (const QStringList& command : {QStringList{u"follow"_s, kFriend}, {u"refresh"_s}})
        QCOMPARE(desk.program.runOnTerminal(command, {}).exit, 3);
    QVERIFY(relay.events().isEmpty());
}

void TestAccountCommands::refreshAnswersWhenItIsOver()
{
    Desk desk(false, {kNowhere});
    QCOMPARE(desk.program.run({u"refresh"_s}).exit, 6); // nobody would go on with it
    QCOMPARE(desk.program.run({u"refresh"_s, u"--all"_s}).exit, 6);
    QCOMPARE(desk.program.run({u"refresh"_s, u"nobody"_s}).exit, 3);
    QCOMPARE(desk.program.run({u"refresh"_s, desk.id, u"--all"_s}).exit, 2);
    desk.instance = desk.program.startHeadless();
    QCOMPARE(desk.program.run({u"refresh"_s}).exit, 0);
    QCOMPARE(desk.program.run({u"refresh"_s, u"--all"_s}).exit, 0);
    QCOMPARE(desk.program.run({u"refresh"_s, u"--wait"_s}).exit, 6);
    RelayProcess relay;
    relay.store(followList({{u"p"_s, kFriend}}, anHourAgo()));
    desk.name({relay.url()});
    QCOMPARE(desk.program.run({u"refresh"_s, u"--all"_s, u"--wait"_s}).exit, 0);
    QCOMPARE(desk.shown().value("follows"_L1).toInt(), 1);
}

void TestAccountCommands::settingsOfTheNetworkAreChecked_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("good");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<QStringList>("bad");
    QTest::newRow("indexers") << u"nostr.indexers"_s
                              << u" WSS://A.Example/ , ws://b.example:8080,wss://a.example"_s
                              << u"wss://a.example,ws://b.example:8080"_s
                              << QStringList{u"https://a.example"_s, u"a.example"_s,
                                     u"wss://a.example,"
                                     "wss://user@b.example"_s,
                                     u"wss://"_s};
    QTest::newRow("no indexers") << u"nostr.indexers"_s << u"none"_s << u"none"_s
                                 << QStringList{u"none,wss://a.example"_s};
    QTest::newRow("proxy") << u"network.proxy"_s << u"socks5://127.0.0.1:9050"_s
                           << u"socks5://127.0.0.1:9050"_s
                           << QStringList{u"127.0.0.1:9050"_s, u"socks4://127.0.0.1:9050"_s,
                                  u"socks5://127.0.0.1"_s, u"http://user:secret@127.0.0.1:1"_s};
    QTest::newRow("hosts") << u"network.hosts"_s << u"relay.lan, ::1,10.0.0.7"_s
                           << u"relay.lan,::1,10.0.0.7"_s << QStringList{u"a b"_s, u"user@host"_s};
    QTest::newRow("pictures") << u"pictures.remote"_s << u"false"_s << u"false"_s
                              << QStringList{u"no"_s, u"0"_s};
}

void TestAccountCommands::settingsOfTheNetworkAreChecked()
{
    QFETCH(QString, key);
    QFETCH(QString, good);
    QFETCH(QString, kept);
    QFETCH(QStringList, bad);
    Program program;
    const QString byDefault = program.run({u"config"_s, u"get"_s, key}).line();
    QCOMPARE(program.run({u"config"_s, u"set"_s, key, good}).exit, 0);
    QCOMPARE(program.run({u"config"_s, u"get"_s, key}).line(), kept);
    for (const QString& value : bad) {
        const Outcome refused = program.run({u"config"_s, u"set"_s, key, value});
        QVERIFY2(refused.exit == 2, qPrintable(value));
        QCOMPARE(refused.err.count('\n'), 1);
        QCOMPARE(program.run({u"config"_s, u"get"_s, key}).line(), kept);
    }
    QCOMPARE(program.run({u"config"_s, u"set"_s, key, {}}).exit, 0);
    QCOMPARE(program.run({u"config"_s, u"get"_s, key}).line(), byDefault);
    QVERIFY(key != "nostr.indexers"_L1 || byDefault.startsWith("wss://"_L1));
}

QTEST_GUILESS_MAIN(TestAccountCommands)
#include "tst_account_commands.moc"
