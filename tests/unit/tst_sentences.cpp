// SPDX-License-Identifier: MIT
#include "ui/text/Sentences.h"

#include <QSet>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

class TestSentences : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCodeHasItsOwnSentence();
    void everyReasonHasItsOwnSentence();
    void pastedTextCannotBreakTheLine();
    void ourOwnTextsAreNotShortened();
    void lengthsAreTold();
    void whatRelaysSaidIsTold();
    void anAppIsNoAccount();
};

void TestSentences::everyCodeHasItsOwnSentence()
{
    QSet<QString> seen;
    int count = 0;
    for (int code = 0; code <= int(ErrorCode::Cancelled); ++code) {
        if (ErrorCode(code) == ErrorCode::Usage) // told by its reason, like InvalidInput
            continue;
        const QString text = ui::sentence({.code = ErrorCode(code)});
        QVERIFY2(!text.isEmpty() && !text.contains(u'!') && !text.contains("please"_L1, Qt::CaseInsensitive),
            qPrintable(text));
        seen += text;
        ++count;
    }
    QCOMPARE(seen.size(), count);
}

void TestSentences::everyReasonHasItsOwnSentence()
{
    QSet<QString> seen;
    for (int why = 0; why <= int(Why::NotInThisVersion); ++why)
        seen += ui::sentence({ErrorCode::InvalidInput, Why(why)});
    QCOMPARE(seen.size(), int(Why::NotInThisVersion) + 1);
}

void TestSentences::pastedTextCannotBreakTheLine()
{
    const QString nasty = u"a\n\x1b[2J\u202e"_s + QString(100'000, u'x');
    const QString text = ui::sentence({ErrorCode::InvalidInput, Why::BadName, nasty});
    QVERIFY(text.size() < 250);
    for (const QChar c : text)
        QVERIFY(c.isPrint());
}

void TestSentences::ourOwnTextsAreNotShortened()
{
    const QString usage = u"Usage: hatstand add antelope --chain C --account ACTOR@PERMISSION "
                          "(--key-stdin | --watch) [--offline] [--label L] [--no-activate]"_s;
    for (ErrorCode code : {ErrorCode::Usage, ErrorCode::InvalidInput})
        QCOMPARE(ui::sentence({.code = code, .detail = usage}), usage);
}

void TestSentences::lengthsAreTold()
{
    QCOMPARE(ui::sentence({ErrorCode::InvalidInput, Why::CutShort, {}, 58, 63}),
        u"The key is cut short: 58 of 63 characters."_s);
}

void TestSentences::whatRelaysSaidIsTold()
{
    const QString nasty = u"wss://a.example blocked: \x1b[2J\nwss://b.example"_s;
    QCOMPARE(ui::sentence({.code = ErrorCode::Network, .detail = nasty}),
        u"No relay took it, so nothing was changed.\nwss://a.example refused: blocked: \ufffd[2J\n"
        "wss://b.example no answer"_s);
    QVERIFY(ui::sentence({ErrorCode::Network, Why::NotLoadedYet}).startsWith("Not loaded yet"_L1));
}

void TestSentences::anAppIsNoAccount()
{
    QCOMPARE(ui::sentence({ErrorCode::NotFound, Why::NoSuchApp, u"some:app"_s}),
        u"No connected app is “some:app”."_s);
    QCOMPARE(ui::sentence({.code = ErrorCode::NotFound, .detail = u"app:le"_s}), // whatever it is called
        u"No account on the stand is “app:le”."_s);
}

QTEST_APPLESS_MAIN(TestSentences)
#include "tst_sentences.moc"
