// SPDX-License-Identifier: MIT
#include "app/cli/EditRequest.h"
#include "app/cli/Options.h"

#include <QTest>

using namespace hatstand;
using namespace hatstand::app;
using namespace Qt::Literals::StringLiterals;
using accounts::Edit;
using nostr::Muted;

/// From a line that was typed to the change that is meant.
class TestEditRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void follows();
    void theFirstRelayOfAnNprofileIsTheHint();
    void mutes_data();
    void mutes();
    void profiles();
    void undoes();
    void refusals_data();
    void refusals();
};

namespace {

// NIP-19's own examples.
const QString kHex = u"3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"_s;
const QString kNprofile
    = u"nprofile1qqsrhuxx8l9ex335q7he0f09aej04zpazpl0ne2cgukyawd24mayt8gpp4mhxue69uhhytnc9e3k7mgpz4mhxue69u"
      "hkg6nzv9ejuumpv34kytnrdaksjlyr9p"_s;
const QString kNpub = u"npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6"_s;

Result<Edit> editFrom(const QStringList& words)
{
    const auto options = parseOptions(words);
    return options ? editOf(options->request) : fail(options.error());
}

} // namespace

void TestEditRequest::follows()
{
    for (const QString& who : {kHex, kNpub, kNprofile}) {
        const auto edit = editFrom(
            {u"follow"_s, who, u"--relay"_s, u"WSS://Relay.Example/"_s, u"--petname"_s, u" Zoë "_s});
        QVERIFY(edit.has_value());
        QCOMPARE(edit->what, Edit::What::Follow);
        QCOMPARE(edit->who.hex(), kHex);
        QCOMPARE(edit->relay, u"wss://relay.example"_s);
        QCOMPARE(edit->petname, u"Zoë"_s);
    }
    const auto edit = editFrom({u"unfollow"_s, kNpub});
    QVERIFY(edit.has_value());
    QCOMPARE(edit->what, Edit::What::Unfollow);
    QCOMPARE(edit->who.hex(), kHex);
}

void TestEditRequest::theFirstRelayOfAnNprofileIsTheHint()
{
    const auto edit = editFrom({u"follow"_s, kNprofile});
    QVERIFY(edit.has_value());
    QCOMPARE(edit->relay, u"wss://r.x.com"_s);
    QVERIFY(editFrom({u"follow"_s, kNpub})->relay.isEmpty());
}

void TestEditRequest::mutes_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<Muted::What>("what");
    QTest::addColumn<QString>("value");
    QTest::newRow("person") << QStringList{kNpub} << Muted::What::Person << kHex;
    QTest::newRow("hashtag") << QStringList{u"--hashtag"_s, u"#Ads"_s} << Muted::What::Hashtag << u"ads"_s;
    QTest::newRow("word") << QStringList{u"--word"_s, u" Two Words "_s} << Muted::What::Word
                          << u"two words"_s;
    QTest::newRow("thread") << QStringList{u"--thread"_s, kHex.toUpper()} << Muted::What::Thread << kHex;
    QTest::newRow("thread as a note")
        << QStringList{u"--thread"_s, u"note1gmtnz6q2m55epmlpe3semjdcq987av3jvx4emmjsa8g3s9x7tg4sclreky"_s}
        << Muted::What::Thread << u"46d731680add2990efe1cc619dc9b8014feeb23261ab9dee50e9d11814de5a2b"_s;
}

void TestEditRequest::mutes()
{
    QFETCH(QStringList, words);
    for (const bool isPrivate : {false, true}) {
        const auto edit = editFrom(
            QStringList{u"mute"_s} + words + (isPrivate ? QStringList{u"--private"_s} : QStringList()));
        QVERIFY(edit.has_value());
        QCOMPARE(edit->what, Edit::What::Mute);
        QTEST(edit->muted.what, "what");
        QTEST(edit->muted.value, "value");
        QCOMPARE(edit->muted.isPrivate, isPrivate);
    }
    QCOMPARE(editFrom(QStringList{u"unmute"_s} + words)->what, Edit::What::Unmute);
}

void TestEditRequest::profiles()
{
    const auto edit = editFrom({u"profile"_s, u"set"_s, u"name=a=b"_s, u"about=two\nlines"_s, u"website="_s});
    QVERIFY(edit.has_value());
    QCOMPARE(edit->what, Edit::What::Profile);
    const QMap<QString, QString> fields{
        {u"name"_s, u"a=b"_s}, {u"about"_s, u"two\nlines"_s}, {u"website"_s, QString()}};
    QCOMPARE(edit->fields, fields);
}

void TestEditRequest::undoes()
{
    QCOMPARE(editFrom({u"undo"_s, u"follows"_s})->kind, 3);
    QCOMPARE(editFrom({u"undo"_s, u"mutes"_s})->kind, 10000);
    QCOMPARE(editFrom({u"undo"_s, u"profile"_s})->kind, 0);
}

void TestEditRequest::refusals_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nobody to follow") << QStringList{u"follow"_s};
    QTest::newRow("no key") << QStringList{u"follow"_s, u"mira"_s};
    QTest::newRow("a mistyped npub") << QStringList{u"follow"_s, QString(kNpub).replace(10, 1, u'q')};
    QTest::newRow("no relay") << QStringList{u"follow"_s, kHex, u"--relay"_s, u"https://relay.example"_s};
    QTest::newRow("petname with a line end") << QStringList{u"follow"_s, kHex, u"--petname"_s, u"a\nb"_s};
    QTest::newRow("long petname") << QStringList{u"follow"_s, kHex, u"--petname"_s, QString(65, u'x')};
    QTest::newRow("nothing to mute") << QStringList{u"mute"_s, u"--private"_s};
    QTest::newRow("two at once") << QStringList{u"mute"_s, kHex, u"--word"_s, u"x"_s};
    QTest::newRow("an empty word") << QStringList{u"mute"_s, u"--word"_s, u" "_s};
    QTest::newRow("an empty hashtag") << QStringList{u"mute"_s, u"--hashtag"_s, u"#"_s};
    QTest::newRow("no thread") << QStringList{u"mute"_s, u"--thread"_s, kHex.chopped(1)};
    QTest::newRow("no field") << QStringList{u"profile"_s, u"set"_s, u"name"_s};
    QTest::newRow("a field without a name") << QStringList{u"profile"_s, u"set"_s, u"=x"_s};
    QTest::newRow("a field twice") << QStringList{u"profile"_s, u"set"_s, u"name=x"_s, u"name=y"_s};
    QTest::newRow("a field with controls") << QStringList{u"profile"_s, u"set"_s, u"about=\u001b[2J"_s};
    QTest::newRow("a long field") << QStringList{u"profile"_s, u"set"_s, u"about="_s + QString(4097, u'x')};
    QTest::newRow("profile alone") << QStringList{u"profile"_s};
    QTest::newRow("undo of what") << QStringList{u"undo"_s, u"notes"_s};
    QTest::newRow("a private key") << QStringList{
        u"follow"_s, u"nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"_s};
}

void TestEditRequest::refusals()
{
    QFETCH(QStringList, words);
    const auto edit = editFrom(words);
    QVERIFY(!edit.has_value());
    QCOMPARE(exitCode(edit.error().code), 2);
}

QTEST_APPLESS_MAIN(TestEditRequest)
#include "tst_edit_request.moc"
