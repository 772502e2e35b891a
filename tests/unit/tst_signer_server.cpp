// SPDX-License-Identifier: MIT
#include "app/signer/SignerServer.h"
#include "core/nostr/Event.h"
#include "tests/support/FakeVault.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <QThreadPool>
#include <array>
#include <unistd.h>

using namespace hatstand;
using namespace hatstand::app;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using secrets::VaultState;

namespace {

constexpr char kNsec[] = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsmhltgl"; // the number 1
const QString kOne = u"nostr:79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"_s;
const QString kTwo = u"nostr:c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"_s;

/// The server on a vault in memory, and what it said.
class Holder
{
public:
    explicit Holder(std::chrono::milliseconds idle = SignerServer::kIdle)
        : server(
            vault, keys, [this](const Message& said) { onSaid(said); }, idle)
    {
        vault.put(
            kOne, QByteArray(R"({"v":1,"type":"nsec","data":")").append(kNsec).append("\"}").toStdString());
    }
    ~Holder() { pool.waitForDone(); }

    Message ask(Message request)
    {
        request.head.insert("n"_L1, ++m_last);
        server.handle(std::make_shared<const Message>(std::move(request)));
        if (!QTest::qWaitFor([this] { return answers.contains(m_last); }))
            qFatal("no answer");
        return answers.value(m_last);
    }
    static QString code(const Message& answer)
    {
        return answer.head.value("error"_L1).toObject().value("code"_L1).toString();
    }

    QThreadPool pool;
    test::FakeVault vault;
    signing::LocalKeys keys{vault, pool};
    QMap<qint64, Message> answers;
    QList<QJsonObject> events;
    SignerServer server;

private:
    void onSaid(const Message& said)
    {
        if (said.head.contains("event"_L1))
            events += said.head;
        else
            answers.insert(said.head.value("n"_L1).toInteger(), said);
    }
    qint64 m_last = 0;
};

Message signEvent(const QString& id, const QByteArray& event)
{
    Message message{.head = {{u"do"_s, u"sign-event"_s}, {u"id"_s, id}, {u"createdAt"_s, 1700000000}}};
    message.add(u"event"_s, event);
    return message;
}

} // namespace

/// The commands of the process that holds keys, without the process.
class TestSignerServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itComputesTheIdItself();
    void onlyTheAccountsOwnKeySigns();
    void anEventOfAnotherIsRefused();
    void messagesAreReadByTheOtherSide();
    void derivedKeysComeFromTheProfile();
    void theKeyGoesOnlyIntoTheDescriptor();
    void unknownCommandsAreRefused_data();
    void unknownCommandsAreRefused();
    void itEndsWhenNothingIsAsked();
    void itStaysWhileItHoldsThePassphrasesKey();
    void itEndsWithTheLock();
    void itStaysWhileAVaultIsWaitedFor();
    void whatIsWrittenToAFileGoesToTheDescriptor();
    void messagesAreToldFromGarbage();
};

void TestSignerServer::itComputesTheIdItself()
{
    Holder holder;
    const Message answer = holder.ask(signEvent(kOne, R"({"kind":1,"content":"hi","id":"00","sig":"00"})"));
    const auto event = nostr::parseSigned(answer.bytes(u"text"_s)); // checks id and signature
    QVERIFY(event);
    QCOMPARE(event->createdAt, 1700000000);
    QCOMPARE(event->content, u"hi"_s);
    QVERIFY(!answer.head.contains("error"_L1));
}

void TestSignerServer::onlyTheAccountsOwnKeySigns()
{
    Holder holder;
    holder.vault.put(kTwo, holder.vault.peek(kOne).toStdString()); // somebody exchanged the entries
    QCOMPARE(Holder::code(holder.ask(signEvent(kTwo, R"({"kind":1,"content":""})"))), u"wrong-account"_s);
    Message digest{
        .head = {{u"do"_s, u"sign-digest"_s}, {u"id"_s, kOne}, {u"digest"_s, u"00"_s.repeated(32)}}};
    QCOMPARE(Holder::code(holder.ask(digest)), u"invalid-input"_s);
}

void TestSignerServer::anEventOfAnotherIsRefused()
{
    Holder holder;
    const QByteArray event = R"({"kind":1,"content":"","pubkey":")" + kTwo.mid(6).toLatin1() + "\"}";
    QCOMPARE(Holder::code(holder.ask(signEvent(kOne, event))), u"wrong-account"_s);
}

void TestSignerServer::messagesAreReadByTheOtherSide()
{
    Holder holder;
    holder.vault.put(kTwo,
        R"({"v":1,"type":"nsec","data":"nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqpqptcfk2"})");
    for (const QString& scheme : {u"nip44"_s, u"nip04"_s}) {
        Message write{.head
            = {{u"do"_s, u"encrypt"_s}, {u"id"_s, kOne}, {u"scheme"_s, scheme}, {u"peer"_s, kTwo.mid(6)}}};
        write.add(u"plain"_s, QByteArray("hello"));
        const Message written = holder.ask(std::move(write));
        QVERIFY(!written.bytes(u"text"_s).contains("hello"));
        Message read{.head
            = {{u"do"_s, u"decrypt"_s}, {u"id"_s, kTwo}, {u"scheme"_s, scheme}, {u"peer"_s, kOne.mid(6)}}};
        read.add(u"payload"_s, written.bytes(u"text"_s));
        QCOMPARE(holder.ask(std::move(read)).bytes(u"text"_s), "hello");
    }
    Message odd{.head = {{u"do"_s, u"encrypt"_s}, {u"id"_s, kOne}, {u"scheme"_s, u"rot13"_s}}};
    QCOMPARE(Holder::code(holder.ask(odd)), u"invalid-input"_s);
}

void TestSignerServer::derivedKeysComeFromTheProfile()
{
    Holder holder;
    const auto publicKeyFor = [&](const QString& use) {
        return holder.ask({.head = {{u"do"_s, u"public-key"_s}, {u"id"_s, QString()}, {u"derive"_s, use}}});
    };
    QCOMPARE(Holder::code(publicKeyFor(u"a"_s)), u"secret-missing"_s);
    QVERIFY(holder.ask({.head = {{u"do"_s, u"prepare"_s}}}).head.value("ok"_L1).toBool());
    const QString first = publicKeyFor(u"a"_s).head.value("publicKey"_L1).toString();
    QCOMPARE(first.size(), 64);
    QCOMPARE(publicKeyFor(u"a"_s).head.value("publicKey"_L1).toString(), first);
    QVERIFY(publicKeyFor(u"b"_s).head.value("publicKey"_L1).toString() != first);
    Message other = signEvent(QString(), R"({"kind":1,"content":""})");
    other.head.insert("derive"_L1, u"a"_s);
    other.head.insert("publicKey"_L1, kOne.mid(6)); // not the derived one's
    QCOMPARE(Holder::code(holder.ask(other)), u"wrong-account"_s);
}

void TestSignerServer::theKeyGoesOnlyIntoTheDescriptor()
{
    Holder holder;
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    const Descriptor out(ends[0]);
    Message request{.head = {{u"do"_s, u"export-key"_s}, {u"id"_s, kOne}}};
    request.descriptor = std::make_shared<const Descriptor>(ends[1]);
    const Message answer = holder.ask(std::move(request));
    QVERIFY(answer.head.value("ok"_L1).toBool());
    QVERIFY(answer.parts.isEmpty());
    QVERIFY(!QJsonDocument(answer.head).toJson().contains("nsec1"));
    std::array<char, 128> text{};
    const ssize_t got = ::read(out.get(), text.data(), text.size());
    QCOMPARE(QByteArray(text.data(), got), QByteArray(kNsec) + '\n');
    QCOMPARE(Holder::code(holder.ask({.head = {{u"do"_s, u"export-key"_s}, {u"id"_s, kOne}}})), u"disk"_s);
}

void TestSignerServer::unknownCommandsAreRefused_data()
{
    QTest::addColumn<QJsonObject>("head");
    QTest::newRow("none") << QJsonObject();
    QTest::newRow("read") << QJsonObject{{u"do"_s, u"read"_s}, {u"key"_s, kOne}};
    QTest::newRow("of a key") << QJsonObject{{u"do"_s, u"read"_s}, {u"id"_s, kOne}};
    QTest::newRow("another type") << QJsonObject{{u"do"_s, 7}};
}

void TestSignerServer::unknownCommandsAreRefused()
{
    QFETCH(QJsonObject, head);
    Holder holder;
    QCOMPARE(Holder::code(holder.ask({.head = head})), u"invalid-input"_s);
    QCOMPARE(holder.vault.reads, 0);
}

void TestSignerServer::itEndsWhenNothingIsAsked()
{
    Holder holder(1ms);
    QSignalSpy finished(&holder.server, &SignerServer::finished);
    QVERIFY(finished.wait());
}

void TestSignerServer::itStaysWhileItHoldsThePassphrasesKey()
{
    Holder holder(1ms);
    holder.vault.setTakesPassphrase(true);
    QSignalSpy finished(&holder.server, &SignerServer::finished);
    holder.vault.setState(VaultState::Locked);
    QVERIFY(finished.wait()); // locked by itself, it has nothing to stay for
    finished.clear();
    holder.vault.setState(VaultState::Unlocked);
    (void)holder.ask({.head = {{u"do"_s, u"idle"_s}, {u"ms"_s, 0}}});
    QVERIFY(!finished.wait(50)); // fifty times as long as it stays with nothing
}

void TestSignerServer::itEndsWithTheLock()
{
    Holder holder;
    holder.vault.setTakesPassphrase(true);
    QSignalSpy finished(&holder.server, &SignerServer::finished);
    QVERIFY(holder.ask({.head = {{u"do"_s, u"lock"_s}}}).head.value("ok"_L1).toBool());
    QCOMPARE(finished.size(), 1);
    QCOMPARE(holder.events.last().value("state"_L1).toInt(), int(VaultState::Locked));
}

void TestSignerServer::itStaysWhileAVaultIsWaitedFor()
{
    Holder holder(1ms);
    holder.vault.hold();
    QSignalSpy finished(&holder.server, &SignerServer::finished);
    holder.server.handle(std::make_shared<const Message>(
        Message{.head = {{u"n"_s, 1}, {u"do"_s, u"look"_s}, {u"key"_s, kOne}}}));
    QVERIFY(!finished.wait(50));
    holder.vault.release();
    QVERIFY(holder.answers.contains(1));
    QVERIFY(finished.size() == 1 || finished.wait());
}

void TestSignerServer::whatIsWrittenToAFileGoesToTheDescriptor()
{
    Holder holder;
    QCOMPARE(holder.server.save("nowhere").error().code, ErrorCode::Disk);
    QTemporaryFile file;
    QVERIFY(file.open());
    holder.vault.hold();
    Message request{.head = {{u"n"_s, 1}, {u"do"_s, u"remove"_s}, {u"key"_s, kOne}}};
    request.descriptor = std::make_shared<const Descriptor>(::dup(file.handle()));
    holder.server.handle(std::make_shared<const Message>(request));
    QVERIFY(holder.server.save("the whole"));
    QCOMPARE(holder.server.save("once more").error().code, ErrorCode::Disk);
    // Two at once would write over each other.
    request.head.insert("n"_L1, 2);
    holder.server.handle(std::make_shared<const Message>(request));
    QCOMPARE(Holder::code(holder.answers.value(2)), u"busy"_s);
    holder.vault.release();
    QVERIFY(holder.answers.value(1).head.value("saved"_L1).toBool());
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), "the whole");
}

void TestSignerServer::messagesAreToldFromGarbage()
{
    const auto json = [](const QJsonObject& object) { return Frame::json(object); };
    const auto secret = [] { return Frame::secret(SecretBuffer::copyOf(std::string_view("s"))); };
    const auto took = [](std::initializer_list<Frame*> frames) {
        MessageReader reader;
        Result<SharedMessage> last;
        for (Frame* frame : frames) {
            last = reader.took(*frame);
            if (!last)
                break;
        }
        return last;
    };
    Frame head = json({{u"do"_s, u"write"_s}, {u"parts"_s, QJsonArray{u"a"_s, u"b"_s}}});
    Frame one = secret();
    Frame two = secret();
    const auto whole = took({&head, &one, &two});
    QVERIFY(whole && *whole);
    QCOMPARE((*whole)->parts.keys(), (QStringList{u"a"_s, u"b"_s}));

    Frame part = secret();
    QVERIFY(!took({&part})); // no head
    Frame again = json({{u"parts"_s, QJsonArray{u"a"_s}}});
    Frame instead = json({});
    QVERIFY(!took({&again, &instead})); // a head where a part was promised
    Frame twice = json({{u"parts"_s, QJsonArray{u"a"_s, u"a"_s}}});
    QVERIFY(!took({&twice}));
    Frame many = json({{u"parts"_s, QJsonArray{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}}});
    QVERIFY(!took({&many}));
}

QTEST_GUILESS_MAIN(TestSignerServer)
#include "tst_signer_server.moc"
