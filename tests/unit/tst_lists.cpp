// SPDX-License-Identifier: MIT
#include "core/nostr/Lists.h"
#include "tests/unit/WireStand.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::nostr;
using namespace hatstand::nostr::test;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray hexOf(int number)
{
    return QByteArray::number(number, 16).rightJustified(64, '0');
}

WireEvent profileWire(const QString& content)
{
    return wire(kProfileKind, "[]", quoted(content));
}

} // namespace

class TestLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void profileFieldsAreTakenAsWritten();
    void whatIsNoObjectGivesAnEmptyProfile_data();
    void whatIsNoObjectGivesAnEmptyProfile();
    void longFieldsAreCut();
    void titlesArePlainText_data();
    void titlesArePlainText();
    void followsAreReadOnceEachInOrder();
    void onlyHexDigitsMakeAKey();
    void textsAreKeptWithTheirEntries();
    void aLongFollowListStaysSmall();
    void mutesOfAllFourKindsAreRead();
    void privateMutesAreReadToo();
    void privateTagsOfAnotherFormAreRefused_data();
    void privateTagsOfAnotherFormAreRefused();
    void oldEncryptionIsTold();
    void relaysCompareEqual_data();
    void relaysCompareEqual();
    void whatIsNoRelayIsRefused_data();
    void whatIsNoRelayIsRefused();
    void relayListsHaveMarkers();
    void relayListsEndAtAHundred();
    void blockedRelaysAreNormalised();
};

void TestLists::profileFieldsAreTakenAsWritten()
{
    const Profile profile = profileOf(profileWire(
        uR"({"name":"al","display_name":"Alice","picture":"https://x/y.png","banner":"b","about":"a\nb","nip05":"_@x.example","lud16":"l@x","age":7})"_s));
    QCOMPARE(profile.name, u"al"_s);
    QCOMPARE(profile.about, u"a\nb"_s);
    QCOMPARE(profile.nip05, u"_@x.example"_s);
    QCOMPARE(profile.title(), u"Alice"_s);
    QCOMPARE(profile.toJson().size(), 7);
    QCOMPARE(profile.toJson()["display_name"_L1].toString(), u"Alice"_s);
    QCOMPARE(profileOf(profileWire(uR"({"name":["x"],"about":3})"_s)), Profile{});
}

void TestLists::whatIsNoObjectGivesAnEmptyProfile_data()
{
    QTest::addColumn<QString>("content");
    QTest::newRow("empty") << QString();
    QTest::newRow("text") << u"hello"_s;
    QTest::newRow("array") << u"[{\"name\":\"x\"}]"_s;
    QTest::newRow("cut short") << u"{\"name\":\"x\""_s;
}

void TestLists::whatIsNoObjectGivesAnEmptyProfile()
{
    QFETCH(QString, content);
    QCOMPARE(profileOf(profileWire(content)), Profile{});
}

void TestLists::longFieldsAreCut()
{
    const QString about = QString(4095, u'x') + u"🎩"_s;
    const Profile profile = profileOf(profileWire(u"{\"about\":\""_s + about + u"\"}"_s));
    QCOMPARE(profile.about, QString(4095, u'x'));
}

void TestLists::titlesArePlainText_data()
{
    QTest::addColumn<QString>("display");
    QTest::addColumn<QString>("title");
    QTest::newRow("direction") << u"a\u202eb\u2066c"_s << u"abc"_s;
    QTest::newRow("lines") << u" a\n\nb\u2028c\t"_s << u"a b c"_s;
    QTest::newRow("control") << u"a\u0007\u001b[1mb"_s << u"a[1mb"_s;
    QTest::newRow("invisible") << u"a\u200b\u2060\ufeff\u3164b"_s << u"ab"_s;
    QTest::newRow("emoji stays") << u"👩\u200d🚀"_s << u"👩\u200d🚀"_s;
    QTest::newRow("nothing to see") << u"\u200d\u3164\u2800 \ufe0f"_s << u"fallback"_s;
    QTest::newRow("long") << QString(70, u'x') << QString(63, u'x') + u'…';
    QTest::newRow("full") << QString(64, u'x') << QString(64, u'x');
}

void TestLists::titlesArePlainText()
{
    QFETCH(QString, display);
    QFETCH(QString, title);
    Profile profile;
    profile.displayName = display;
    profile.name = u"fallback"_s;
    QCOMPARE(profile.title(), title);
}

void TestLists::followsAreReadOnceEachInOrder()
{
    const QByteArray upper = QByteArray(62, '0') + "AB";
    const FollowList list = FollowList::fromEvent(wire(kFollowsKind,
        "[[\"p\",\"" + hexOf(2) + "\",\"wss://a.example\",\"B\\u202e\\nob\",\"4th\"],[\"p\",\"" + upper
            + "\"],[\"p\",\"" + hexOf(2) + "\",\"wss://later.example\"],[\"p\",\"short\"],[\"p\"],[\"e\",\""
            + hexOf(3) + "\"],[\"\\u0070\",\"" + hexOf(4) + "\",\"\",\"Dan\"],[\"p\",\"" + QByteArray(64, 'g')
            + "\"]]"));
    QCOMPARE(list.size(), 3);
    QCOMPARE(list.key(0)[31], 2);
    QCOMPARE(list.at(0).relay, u"wss://a.example"_s);
    QCOMPARE(list.at(0).petname, u"B ob"_s);
    QCOMPARE(list.key(1)[31], 0xab);
    QVERIFY(list.at(1).relay.isEmpty() && list.at(1).petname.isEmpty());
    QCOMPARE(list.at(2).petname, u"Dan"_s);
    QVERIFY(list.contains(list.key(2)));
    QVERIFY(!list.contains({}));
}

void TestLists::onlyHexDigitsMakeAKey()
{
    for (const char c : "0129:;/@ABFGZ`abfgoz _~\x7f") {
        for (const int place : {0, 7, 31, 32, 63}) {
            QByteArray key = hexOf(1);
            key[place] = c == '\0' ? '-' : c;
            const FollowList list = FollowList::fromEvent(wire(kFollowsKind, "[[\"p\",\"" + key + "\"]]"));
            const QByteArray bytes = QByteArray::fromHex(key);
            const bool isKey = bytes.toHex() == key.toLower();
            QCOMPARE(list.size(), isKey ? 1 : 0);
            QVERIFY(!isKey || toQByteArray(list.key(0)) == bytes);
        }
    }
    const QByteArray umlauts = QByteArray("\xc3\xa4").repeated(32); // 64 bytes
    QCOMPARE(FollowList::fromEvent(wire(kFollowsKind, "[[\"p\",\"" + umlauts + "\"]]")).size(), 0);
}

void TestLists::textsAreKeptWithTheirEntries()
{
    const auto tag
        = [](int number, const QByteArray& rest) { return "[\"p\",\"" + hexOf(number) + '"' + rest + ']'; };
    const FollowList list = FollowList::fromEvent(wire(kFollowsKind,
        '[' + tag(1, {}) + ',' + tag(2, ",\"wss://a.example\",\"Ann\"") + ','
            + tag(3, ",\"wss://a.example\",\"B\\u00f6\"") + ',' + tag(4, ",\"\",\"Ann\"") + ','
            + tag(5, ",\"\",\"\\u202e\"") + ',' + tag(6, ",\"wss://a.example\",\"Ann\"") + ','
            + tag(7, ",\"" + QByteArray(513, 'x') + "\",\"Cy\"") + ',' + tag(8, ",\"\",\"\"") + ']'));
    QStringList texts;
    for (qsizetype i = 0; i < list.size(); ++i)
        texts += list.at(i).relay + u'|' + list.at(i).petname;
    QCOMPARE(texts,
        (QStringList{u"|"_s, u"wss://a.example|Ann"_s, u"wss://a.example|Bö"_s, u"|Ann"_s, u"|"_s,
            u"wss://a.example|Ann"_s, u"|Cy"_s, u"|"_s}));
}

void TestLists::aLongFollowListStaysSmall()
{
    QByteArray tags;
    for (int i = 1; i <= 5000; ++i) {
        tags += (i > 1 ? ",[\"p\",\"" : "[\"p\",\"") + hexOf(i) + "\",\"wss://relay"
            + QByteArray::number(i % 10) + ".example\"]";
    }
    const FollowList list = FollowList::fromEvent(wire(kFollowsKind, '[' + tags + ']'));
    QCOMPARE(list.size(), 5000);
    QCOMPARE(list.at(4999).relay, u"wss://relay0.example"_s);
    QVERIFY2(list.bytes() <= 48 * list.size(), qPrintable(QString::number(list.bytes())));
}

void TestLists::mutesOfAllFourKindsAreRead()
{
    const MuteList list = muteListOf(wire(kMutesKind,
        "[[\"p\",\"" + hexOf(0xdead).toUpper() + "\"],[\"word\",\"SPAM\"],[\"t\",\"News\"],[\"e\",\""
            + hexOf(5) + "\"],[\"word\",\"spam\"],[\"word\",\" \"],[\"p\",\"x\"],[\"alt\",\"y\"]]",
        "\"abc?iv=def\""));
    using What = Muted::What;
    const QList<Muted> wanted{{What::Person, QString::fromLatin1(hexOf(0xdead)), false},
        {What::Word, u"spam"_s, false}, {What::Hashtag, u"news"_s, false},
        {What::Thread, QString::fromLatin1(hexOf(5)), false}};
    QCOMPARE(list.entries, wanted);
    QVERIFY(list.hasPrivate);
    QVERIFY(!list.isPrivateRead);
    QVERIFY(!muteListOf(wire(kMutesKind, "[]")).hasPrivate);
}

void TestLists::privateMutesAreReadToo()
{
    const auto list = muteListOf(
        wire(kMutesKind, "[[\"word\",\"spam\"]]", "\"abc\""), "[[\"t\",\"Ads\"],[\"word\",\"spam\"]]");
    QVERIFY(list);
    using What = Muted::What;
    const QList<Muted> wanted{
        {What::Word, u"spam"_s, false}, {What::Hashtag, u"ads"_s, true}, {What::Word, u"spam"_s, true}};
    QCOMPARE(list->entries, wanted);
    QVERIFY(list->hasPrivate && list->isPrivateRead);
}

void TestLists::privateTagsOfAnotherFormAreRefused_data()
{
    QTest::addColumn<QByteArray>("tags");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << "hello"_ba;
    QTest::newRow("object") << "{}"_ba;
    QTest::newRow("no tags") << "[\"word\",\"x\"]"_ba;
    QTest::newRow("numbers") << "[[\"word\",3]]"_ba;
    QTest::newRow("deeper") << "[[\"word\",[\"x\"]]]"_ba;
    QTest::newRow("cut short") << "[[\"word\",\"x\"]"_ba;
}

void TestLists::privateTagsOfAnotherFormAreRefused()
{
    QFETCH(QByteArray, tags);
    const auto list = muteListOf(wire(kMutesKind, "[]", "\"abc\""), tags);
    QVERIFY(!list);
    QCOMPARE(list.error().code, ErrorCode::InvalidInput);
}

void TestLists::oldEncryptionIsTold()
{
    QVERIFY(isNip04(u"YWJj?iv=ZGVm"));
    QVERIFY(!isNip04(u"AgAAYWJj"));
}

void TestLists::relaysCompareEqual_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("normal");
    QTest::newRow("case and slash") << u" WSS://Spam.Relay/ "_s << u"wss://spam.relay"_s;
    QTest::newRow("default port") << u"wss://spam.relay:443"_s << u"wss://spam.relay"_s;
    QTest::newRow("default port, plain") << u"ws://spam.relay:80/"_s << u"ws://spam.relay"_s;
    QTest::newRow("other port") << u"ws://127.0.0.1:443/"_s << u"ws://127.0.0.1:443"_s;
    QTest::newRow("path and query") << u"wss://a.example/Path/?b=C#d"_s << u"wss://a.example/Path/?b=C"_s;
    QTest::newRow("query alone") << u"wss://a.example/?b"_s << u"wss://a.example?b"_s;
    QTest::newRow("empty query") << u"wss://a.example/?"_s << u"wss://a.example"_s;
    QTest::newRow("other alphabet") << u"wss://Bücher.example"_s << u"wss://xn--bcher-kva.example"_s;
    QTest::newRow("IPv6") << u"ws://[::1]:80/"_s << u"ws://[::1]"_s;
    QTest::newRow("whole name") << u"wss://spam.relay./"_s << u"wss://spam.relay"_s;
    QTest::newRow("whole name and port") << u"wss://SPAM.relay.:443/a"_s << u"wss://spam.relay/a"_s;
    QTest::newRow("many slashes") << u"wss://spam.relay////a"_s << u"wss://spam.relay/a"_s;
    QTest::newRow("way round") << u"wss://spam.relay/x/.././"_s << u"wss://spam.relay"_s;
}

void TestLists::relaysCompareEqual()
{
    QFETCH(QString, url);
    QFETCH(QString, normal);
    const auto once = normaliseRelay(url);
    QVERIFY(once);
    QCOMPARE(*once, normal);
    QCOMPARE(normaliseRelay(*once).value(), normal);
}

void TestLists::whatIsNoRelayIsRefused_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("empty") << QString();
    QTest::newRow("web page") << u"https://a.example"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s;
    QTest::newRow("no scheme") << u"a.example"_s;
    QTest::newRow("dot alone") << u"wss://./"_s;
    QTest::newRow("two dots") << u"wss://a.example../"_s;
    QTest::newRow("no host") << u"wss:///path"_s;
    QTest::newRow("user") << u"wss://user@a.example"_s;
    QTest::newRow("password") << u"wss://user:secret@a.example"_s;
    QTest::newRow("port") << u"wss://a.example:99999"_s;
    QTest::newRow("port 0") << u"wss://a.example:0"_s;
    QTest::newRow("spaces") << u"wss://a.exa mple"_s;
    QTest::newRow("two") << u"wss://a.example wss://b.example"_s;
    QTest::newRow("line break") << u"wss://a.example/\nx"_s;
    QTest::newRow("long") << u"wss://a.example/"_s + QString(512, u'x');
}

void TestLists::whatIsNoRelayIsRefused()
{
    QFETCH(QString, url);
    const auto answer = normaliseRelay(url);
    QVERIFY2(!answer, qPrintable(answer.value_or(QString())));
    QCOMPARE(answer.error().why, Why::NotThisForm);
}

void TestLists::relayListsHaveMarkers()
{
    const auto list = relayListOf(wire(kRelaysKind,
        R"([["r","wss://Both.example/"],["r","wss://in.example","read"],["r","wss://out.example","write"],)"
        R"(["r","http://no.example"],["r"],["r","wss://both.example","read"],["p","wss://p.example"],)"
        R"(["r","wss://two.example","read"],["r","wss://two.example","write"]])"));
    const QList<Relay> wanted{{u"wss://both.example"_s, true, true}, {u"wss://in.example"_s, true, false},
        {u"wss://out.example"_s, false, true}, {u"wss://two.example"_s, true, true}};
    QCOMPARE(list, wanted);
}

void TestLists::relayListsEndAtAHundred()
{
    QByteArray tags = "[\"r\",\"no relay\"]";
    for (int i = 0; i < 120; ++i)
        tags += ",[\"r\",\"wss://r" + QByteArray::number(i) + ".example\"]";
    const auto list = relayListOf(wire(kRelaysKind, '[' + tags + ']'));
    QCOMPARE(list.size(), 100);
    QCOMPARE(list.last().url, u"wss://r99.example"_s);
}

void TestLists::blockedRelaysAreNormalised()
{
    const auto list = relayUrlsOf(wire(kBlockedRelaysKind,
        R"([["relay","wss://SPAM.relay:443/"],["relay","wss://spam.relay"],["relay","x"],["r","wss://r.example"]])"));
    QCOMPARE(list, QStringList{u"wss://spam.relay"_s});
    QVERIFY(!list.contains(normaliseRelay(u"wss://good.relay"_s).value()));
}

QTEST_GUILESS_MAIN(TestLists)
#include "tst_lists.moc"
