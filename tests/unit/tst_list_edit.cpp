// SPDX-License-Identifier: MIT
#include "core/nostr/ListEdit.h"
#include "tests/unit/WireStand.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::nostr;
using namespace hatstand::nostr::test;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kBaseAt = 1700000000;
constexpr qint64 kNow = kBaseAt + 100;

QByteArray made(int kind, qint64 at, const QByteArray& tags, const QByteArray& content)
{
    return "{\"kind\":" + QByteArray::number(kind) + ",\"created_at\":" + QByteArray::number(at)
        + ",\"tags\":" + tags + ",\"content\":" + content + '}';
}

QByteArray hexOf(const PublicKey& key)
{
    return key.hex().toLatin1();
}

const QByteArray kOther(64, 'a');
/// Everything that a rebuilt list would lose: spaces, hints, petnames, further items, escapes, other tags.
const QByteArray kRich = "[ [\"p\",\"" + kOther
    + "\",\"wss://hint.example/\",\"Pet \\u00e9\\/name\",\"4th\"] "
      ",\n[\"t\",\"News\"],[\"emoji\",\"x\",\"y\"],[\"word\",\"Foo\"],[] ";
const QByteArray kRelaysContent = "\"{\\\"wss:\\/\\/r.example\\\":{\\\"read\\\":true}}\\u0041\"";

} // namespace

class TestListEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followingAddsOneTagAndKeepsTheRest();
    void theFirstFollow();
    void followingAgainChangesNothing();
    void unfollowingCutsThatTagAlone_data();
    void unfollowingCutsThatTagAlone();
    void unfollowingAStrangerChangesNothing();
    void datedAfterTheBaseThoughTheClockIsBehind();
    void mutingKeepsWordsThreadsAndEncryptedContent();
    void unmutingTakesOutThatEntryAlone();
    void whatCannotBeMutedChangesNothing();
    void privateMutes();
    void contentAloneIsExchanged();
    void profilesKeepUnknownFields();
    void everyOtherByteOfAProfileStays_data();
    void everyOtherByteOfAProfileStays();
    void anEditOfTheSameChangesNothing();
    void aDamagedProfileIsNotWrittenOver();
    void restoringBringsTagsAndContentBack();
    void newAccounts();
    void whatIsMadeCanBeSigned();
};

void TestListEdit::followingAddsOneTagAndKeepsTheRest()
{
    const PublicKey who = keyOf(2).publicKey();
    const WireEvent base = wire(kFollowsKind, kRich + ']', kRelaysContent);
    const auto next = follow(&base, who, u"wss://r.example"_s, u"B\"ob"_s, kNow);
    QVERIFY(next);
    QCOMPARE(*next,
        made(kFollowsKind, kNow,
            kRich.chopped(1) + ",[\"p\",\"" + hexOf(who) + "\",\"wss://r.example\",\"B\\\"ob\"] ]",
            kRelaysContent));
}

void TestListEdit::theFirstFollow()
{
    const PublicKey who = keyOf(2).publicKey();
    const QByteArray tag = "[[\"p\",\"" + hexOf(who) + "\"]]";
    QCOMPARE(*follow(nullptr, who, {}, {}, kNow), made(kFollowsKind, kNow, tag, "\"\""));
    const WireEvent empty = wire(kFollowsKind, "[]");
    QCOMPARE(*follow(&empty, who, {}, {}, kNow), made(kFollowsKind, kNow, tag, "\"\""));
    QCOMPARE(*follow(nullptr, who, {}, u"Bob"_s, kNow),
        made(kFollowsKind, kNow, "[[\"p\",\"" + hexOf(who) + "\",\"\",\"Bob\"]]", "\"\""));
}

void TestListEdit::followingAgainChangesNothing()
{
    const PublicKey who = keyOf(2).publicKey();
    const WireEvent base = wire(kFollowsKind, "[[\"p\",\"" + hexOf(who).toUpper() + "\"]]");
    QVERIFY(!follow(&base, who, u"wss://other.example"_s, u"Bob"_s, kNow));
}

void TestListEdit::unfollowingCutsThatTagAlone_data()
{
    const QByteArray p = "[\"p\",\"" + hexOf(keyOf(2).publicKey()) + "\",\"wss://x.example\"]";
    const QByteArray e = "[\"e\",\"" + hexOf(keyOf(2).publicKey()) + "\"]";
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("last") << kRich + ',' + p + ']' << kRich.chopped(1) + ']';
    QTest::newRow("first") << '[' + p + ", " + e + ",[\"t\",\"x\"]]" << '[' + e + ",[\"t\",\"x\"]]";
    QTest::newRow("middle") << "[[\"t\",\"x\"] , " + p + ",  " + e + " ]"
                            << "[[\"t\",\"x\"],  " + e + " ]";
    QTest::newRow("only") << '[' + p + ']' << "[]"_ba;
    QTest::newRow("each of several") << '[' + p + ',' + p + ',' + e + ',' + p + ']' << '[' + e + ']';
}

void TestListEdit::unfollowingCutsThatTagAlone()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const WireEvent base = wire(kFollowsKind, before, kRelaysContent);
    const auto next = unfollow(&base, keyOf(2).publicKey(), kNow);
    QVERIFY(next);
    QCOMPARE(*next, made(kFollowsKind, kNow, after, kRelaysContent));
}

void TestListEdit::unfollowingAStrangerChangesNothing()
{
    const WireEvent base = wire(kFollowsKind, kRich + ']');
    QVERIFY(!unfollow(&base, keyOf(2).publicKey(), kNow));
    QVERIFY(!unfollow(nullptr, keyOf(2).publicKey(), kNow));
}

void TestListEdit::datedAfterTheBaseThoughTheClockIsBehind()
{
    const WireEvent base = wire(kFollowsKind, "[]");
    const QByteArray next = *follow(&base, keyOf(2).publicKey(), {}, {}, kBaseAt - 500);
    QVERIFY2(next.contains("\"created_at\":1700000001,"), next.constData());
}

void TestListEdit::mutingKeepsWordsThreadsAndEncryptedContent()
{
    const WireEvent base = wire(kMutesKind, kRich + ']', "\"AgAA\\/secret==\"");
    const auto next = mute(&base, {Muted::What::Word, u"SPAM"_s, false}, kNow);
    QVERIFY(next);
    QCOMPARE(
        *next, made(kMutesKind, kNow, kRich.chopped(1) + ",[\"word\",\"spam\"] ]", "\"AgAA\\/secret==\""));
    QVERIFY(!mute(&base, {Muted::What::Hashtag, u"nEWS"_s, false}, kNow));
    const QString other = QString::fromLatin1(kOther);
    QVERIFY(!mute(&base, {Muted::What::Person, other, false}, kNow));
    QVERIFY(
        mute(&base, {Muted::What::Thread, other, false}, kNow)->contains(",[\"e\",\"" + kOther + "\"] ]"));
}

void TestListEdit::unmutingTakesOutThatEntryAlone()
{
    const WireEvent base = wire(kMutesKind, kRich + ']', "\"AgAA\\/secret==\"");
    QByteArray tags = kRich + ']';
    tags.replace(",[\"word\",\"Foo\"]", "");
    QCOMPARE(*unmute(&base, {Muted::What::Word, u"fOO"_s, false}, kNow),
        made(kMutesKind, kNow, tags, "\"AgAA\\/secret==\""));
    QVERIFY(!unmute(&base, {Muted::What::Hashtag, u"foo"_s, false}, kNow));
    QVERIFY(!unmute(nullptr, {Muted::What::Word, u"foo"_s, false}, kNow));
}

void TestListEdit::whatCannotBeMutedChangesNothing()
{
    QVERIFY(!mute(nullptr, {Muted::What::Word, u" "_s, false}, kNow));
    QVERIFY(!mute(nullptr, {Muted::What::Person, u"abc"_s, false}, kNow));
}

void TestListEdit::privateMutes()
{
    const Muted spam{Muted::What::Word, u"Spam"_s, true};
    QCOMPARE(mutePrivately({}, spam).value().value(), "[[\"word\",\"spam\"]]"_ba);
    const QByteArray tags = " [[\"x\", \"\\u0041\"], [\"word\",\"SPAM\",\"3rd\"]] ";
    QVERIFY(!mutePrivately(tags, spam).value());
    QCOMPARE(unmutePrivately(tags, spam).value().value(), "[[\"x\", \"\\u0041\"]]"_ba);
    QCOMPARE(mutePrivately("{}", spam).error().code, ErrorCode::InvalidInput);
    QCOMPARE(unmutePrivately("[1]", spam).error().code, ErrorCode::InvalidInput);
}

void TestListEdit::contentAloneIsExchanged()
{
    const WireEvent base = wire(kMutesKind, kRich + ']', "\"old\"");
    QCOMPARE(
        withContent(kMutesKind, &base, u"n\"ew"_s, kNow), made(kMutesKind, kNow, kRich + ']', "\"n\\\"ew\""));
    QCOMPARE(withContent(kMutesKind, nullptr, u"x"_s, kNow), made(kMutesKind, kNow, "[]", "\"x\""));
}

void TestListEdit::profilesKeepUnknownFields()
{
    const WireEvent base = wire(kProfileKind, "[[\"i\",\"github:x\",\"proof\"]]",
        quoted(uR"({"name":"al","about":"old","pronouns":["they"],"n":9007199254740993,"bot":false})"_s));
    const auto next = editProfile(&base, {{u"name"_s, u"Al"_s}, {u"about"_s, QString()}}, kNow);
    QVERIFY(next && *next);
    QCOMPARE(**next,
        made(kProfileKind, kNow, "[[\"i\",\"github:x\",\"proof\"]]",
            quoted(uR"({"name":"Al","pronouns":["they"],"n":9007199254740993,"bot":false})"_s)));
    QCOMPARE(editProfile(nullptr, {{u"name"_s, u"Al"_s}}, kNow).value().value(),
        made(kProfileKind, kNow, "[]", quoted(uR"({"name":"Al"})"_s)));
}

void TestListEdit::everyOtherByteOfAProfileStays_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("after");
    const QString rest = uR"("z" : 123456789012345678901234567890.10e+5 ,)"
                         "\n\t"
                         uR"("a":{"name":"inner"},  "é":"\u00e9\/\ud83d\ude00","list":[1, 2])"_s;
    QTest::newRow("replaced") << u"{ \"name\" :\t\"al\" , "_s + rest + u" }\n"_s << u"A\"l"_s
                              << u"{ \"name\" :\t\"A\\\"l\" , "_s + rest + u" }\n"_s;
    QTest::newRow("added") << u"{"_s + rest + u" }"_s << u"Al"_s << u"{"_s + rest + u",\"name\":\"Al\" }"_s;
    QTest::newRow("added to none") << u" { } "_s << u"Al"_s << u" {\"name\":\"Al\" } "_s;
    QTest::newRow("first cut") << u"{\"name\":null, "_s + rest + u"}"_s << QString()
                               << u"{"_s + rest + u"}"_s;
    QTest::newRow("last cut") << u"{"_s + rest + u" , \"name\":\"al\" }"_s << QString()
                              << u"{"_s + rest + u" }"_s;
    QTest::newRow("alone cut") << u"{\"name\":\"al\"}"_s << QString() << u"{}"_s;
    QTest::newRow("no text") << u"{\"name\":{\"x\":[1]},"_s + rest + u"}"_s << u"Al"_s
                             << u"{\"name\":\"Al\","_s + rest + u"}"_s;
    QTest::newRow("escaped") << u"{\"n\\u0061me\":\"al\"}"_s << u"Al"_s << u"{\"n\\u0061me\":\"Al\"}"_s;
    QTest::newRow("twice") << u"{\"name\":\"a\",\"x\":1,\"name\":\"b\"}"_s << u"Al"_s
                           << u"{\"name\":\"Al\",\"x\":1,\"name\":\"Al\"}"_s;
    QTest::newRow("marked") << u"\ufeff{\"name\":\"a\"}"_s << u"Al"_s << u"\ufeff{\"name\":\"Al\"}"_s;
}

void TestListEdit::everyOtherByteOfAProfileStays()
{
    QFETCH(QString, before);
    QFETCH(QString, value);
    QFETCH(QString, after);
    const WireEvent base = wire(kProfileKind, "[]", quoted(before));
    const auto next = editProfile(&base, {{u"name"_s, value}}, kNow);
    QVERIFY(next && *next);
    QCOMPARE(QJsonDocument::fromJson(**next)[u"content"_s].toString(), after);
}

void TestListEdit::anEditOfTheSameChangesNothing()
{
    const WireEvent base = wire(kProfileKind, "[]", quoted(uR"({"name":"al"})"_s));
    QVERIFY(!editProfile(&base, {{u"name"_s, u"al"_s}, {u"about"_s, QString()}}, kNow).value());
}

void TestListEdit::aDamagedProfileIsNotWrittenOver()
{
    for (const QString& content : {u"[]"_s, u"{\"name\""_s, u"text"_s}) {
        const WireEvent base = wire(kProfileKind, "[]", quoted(content));
        const auto next = editProfile(&base, {{u"name"_s, u"al"_s}}, kNow);
        QVERIFY(!next);
        QCOMPARE(next.error().code, ErrorCode::Damaged);
    }
}

void TestListEdit::restoringBringsTagsAndContentBack()
{
    const WireEvent earlier = wire(kFollowsKind, kRich + ']', kRelaysContent, kBaseAt - 1000);
    const WireEvent base = wire(kFollowsKind, "[]");
    QCOMPARE(
        restore(earlier, base, kBaseAt - 500), made(kFollowsKind, kBaseAt + 1, kRich + ']', kRelaysContent));
}

void TestListEdit::newAccounts()
{
    QCOMPARE(emptyFollowList(kNow), made(kFollowsKind, kNow, "[]", "\"\""));
    QCOMPARE(relayListEvent({{u"wss://a.example"_s, true, true}, {u"wss://b.example"_s, true, false},
                                {u"wss://c.example"_s, false, true}, {u"wss://d.example"_s, false, false}},
                 kNow),
        made(kRelaysKind, kNow,
            R"([["r","wss://a.example"],["r","wss://b.example","read"],["r","wss://c.example","write"]])",
            "\"\""));
}

void TestListEdit::whatIsMadeCanBeSigned()
{
    const WireEvent base = wire(kFollowsKind, kRich + ']', kRelaysContent);
    const auto unsignedEvent = parseUnsigned(*follow(&base, keyOf(2).publicKey(), {}, {}, kNow));
    QVERIFY(unsignedEvent);
    SystemRandom random;
    const auto event = sign(*unsignedEvent, keyOf(1), kNow, random);
    QVERIFY(event);
    QCOMPARE(event->tags.first(), tagsOf(base.tags().toByteArray()).first());
    QCOMPARE(event->tags.size(), 6);
    QCOMPARE(event->content, base.content());
}

QTEST_GUILESS_MAIN(TestListEdit)
#include "tst_list_edit.moc"
