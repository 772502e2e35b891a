// SPDX-License-Identifier: MIT
#include "core/signing/ChainWords.h"
#include "tests/ui/DialogDriver.h"
#include "tests/ui/DialogStage.h"
#include "ui/dialogs/ApprovalDialog.h"
#include "ui/dialogs/Approvals.h"
#include "ui/dialogs/approval/ActionCard.h"

#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;
using namespace hatstand::test;
using signing::ActionWords;
using signing::SigningRequest;
using signing::TransactionWords;
using ui::ApprovalDialog;
using ui::Approvals;

namespace {

ActionWords transfer()
{
    return {.title = u"Transfer 25.0000 EOS to bob"_s,
        .contract = u"eosio.token"_s,
        .action = u"transfer"_s,
        .authorization = u"miragallery2@active"_s,
        .fields = {{u"to"_s, u"bob"_s}, {u"memo"_s, u"Order 4117"_s}}};
}

ActionWords unreadable()
{
    return {.title = u"shop::doit"_s,
        .contract = u"shop"_s,
        .action = u"doit"_s,
        .authorization = u"miragallery2@active"_s,
        .isUnreadable = true,
        .hex = u"00ff17aa"_s};
}

struct Stage : DialogStage
{
    Stage()
        : gallery(addAntelopeKey())
        , approvals(context, [this] { return parent.data(); })
    {
    }
    [[nodiscard]] QDateTime now() const { return stand.clock.now(); }
    [[nodiscard]] SigningRequest request(
        const TransactionWords& words, const QString& peer = u"Market"_s) const
    {
        SigningRequest made{
            .session = gallery, .sessionName = u"Gallery"_s, .peer = peer, .what = {}, .text = {}};
        made.chain = std::make_shared<const TransactionWords>(words);
        return made;
    }
    [[nodiscard]] SigningRequest request(const QString& peer = u"Market"_s) const
    {
        return request(words({transfer()}), peer);
    }
    [[nodiscard]] TransactionWords words(const QList<ActionWords>& actions) const
    {
        return {.chainName = u"WAX"_s, .account = u"miragallery2@active"_s, .actions = actions};
    }
    /// The dialog alone, shown.
    std::unique_ptr<ApprovalDialog> shown(const SigningRequest& made)
    {
        auto dialog = std::make_unique<ApprovalDialog>(context, made, now().addSecs(120));
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        return dialog;
    }
    void ask(const SigningRequest& made)
    {
        approvals.approve(made, [this, peer = made.peer](const Result<void>& answer) {
            answers += {peer, answer ? u"yes"_s : QString::fromLatin1(name(answer.error().code))};
        });
    }
    /// What the question that is shown says of who asks.
    [[nodiscard]] bool isAsked(const QString& peer) const
    {
        return approvals.shown() && says(approvals.shown(), peer + u" wants"_s);
    }
    [[nodiscard]] QString answerTo(const QString& peer) const
    {
        for (const auto& [who, answer] : answers) {
            if (who == peer)
                return answer;
        }
        return {};
    }

    session::SessionId gallery;
    QPointer<QWidget> parent;
    Approvals approvals;
    QList<std::pair<QString, QString>> answers; ///< who asked, and what was answered
};

/// What is in display size.
QStringList largeIn(const QWidget* in)
{
    QStringList all;
    const auto labels = in->findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (label->font().pointSizeF() >= ui::font(ui::TextStyle::Display).pointSizeF())
            all += label->text();
    }
    return all;
}

QString nameOf(ErrorCode code)
{
    return QString::fromLatin1(name(code));
}

} // namespace

class TestApproval final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void denyHasTheFocusAndNothingIsTheDefault()
    {
        Stage stage;
        const auto dialog = stage.shown(stage.request());
        QCOMPARE(dialog->focusWidget(), findButton(dialog.get(), u"Deny"_s));
        const auto buttons = dialog->findChildren<QPushButton*>();
        for (const QPushButton* button : buttons)
            QVERIFY2(!button->isDefault() && !button->autoDefault(), qPrintable(button->text()));
    }

    void whoAsksWhoSignsAndWhatAreSaid()
    {
        Stage stage;
        TransactionWords words = stage.words({transfer()});
        words.host = u"market.example"_s;
        words.isTestnet = true;
        words.actions[0].danger = u"This empties the account."_s;
        const auto dialog = stage.shown(stage.request(words));
        for (const QString& text : {u"Market wants"_s, u"market.example"_s, u"Transfer 25.0000 EOS to bob"_s,
                 u"eosio.token::transfer"_s, u"Order 4117"_s, u"miragallery2@active"_s,
                 u"This empties the account."_s, u"Testnet"_s, u"Denied in 2:00"_s})
            QVERIFY2(says(dialog.get(), text), qPrintable(text));
        const auto labels = dialog->findChildren<ui::ElidedLabel*>();
        QVERIFY(std::any_of(labels.cbegin(), labels.cend(),
            [](const ui::ElidedLabel* label) { return label->fullText() == u"Gallery"_s; }));
    }

    void onlyANameThatAStrangerChoseIsDoubted()
    {
        Stage stage;
        const QString doubt = u"The name is what it calls itself."_s;
        SigningRequest app = stage.request(u"hatstand transact"_s); // which an app may call itself
        QVERIFY(says(stage.shown(app).get(), doubt));
        SigningRequest command = app;
        command.isOwnName = true;
        QVERIFY(!says(stage.shown(command).get(), doubt));
        TransactionWords words = stage.words({transfer()});
        words.isIdentity = true;
        words.scope = u"shop"_s;
        SigningRequest link = stage.request(words, u"A link that was opened"_s);
        link.isOwnName = true;
        const auto dialog = stage.shown(link);
        QVERIFY(says(dialog.get(), u"It calls itself shop."_s));
        QVERIFY(says(dialog.get(), doubt));
    }

    void anAmountIsLargeAndAMemoThatLooksLikeOneIsNot()
    {
        Stage stage;
        ActionWords action = transfer();
        action.fields
            = {{u"from"_s, u"alice"_s}, {u"quantity"_s, u"25.0000 EOS"_s}, {u"memo"_s, u"5.0000 EOS"_s}};
        const auto dialog = stage.shown(stage.request(stage.words({action})));
        const auto sizeOf = [&dialog](const QString& text) {
            const auto labels = dialog->findChildren<QLabel*>();
            const auto found = std::find_if(labels.cbegin(), labels.cend(),
                [&text](const QLabel* label) { return label->text() == text; });
            return found == labels.cend() ? 0.0 : (*found)->font().pointSizeF();
        };
        QCOMPARE(textsIn(dialog.get()).count(u"25.0000 EOS"_s), 1); // once, and with its name
        QVERIFY(says(dialog.get(), u"quantity"_s));
        QVERIFY(sizeOf(u"25.0000 EOS"_s) > sizeOf(u"Transfer 25.0000 EOS to bob"_s));
        QCOMPARE(sizeOf(u"5.0000 EOS"_s), sizeOf(u"alice"_s));
        using ui::ActionCard;
        const QString title = u"Transfer 1,234.0000 EOS (of fake.token) to bob"_s;
        QVERIFY(ActionCard::isAmountOf(title, u"1,234.0000 EOS"_s));
        for (const QString& other : {u"234.0000 EOS"_s, u"1,234.0000 EOS "_s, u"1,234.0000"_s, u"bob"_s,
                 u"1,234.0000 EOS (of fake.token)"_s})
            QVERIFY2(!ActionCard::isAmountOf(title, other), qPrintable(other));
    }

    void aMemoThatRepeatsTheAmountStaysAMemo()
    {
        Stage stage;
        ActionWords action = transfer();
        action.fields = {{u"quantity"_s, u"25.0000 EOS"_s}, {u"memo"_s, u"25.0000 EOS"_s}};
        const auto dialog = stage.shown(stage.request(stage.words({action})));
        QCOMPARE(largeIn(dialog.get()), (QStringList{u"25.0000 EOS"_s}));
        QCOMPARE(textsIn(dialog.get()).count(u"25.0000 EOS"_s), 2); // and neither is missing
        QVERIFY(says(dialog.get(), u"memo"_s));
        action.title = u"Stake 25.0000 EOS for NET and 25.0000 EOS for CPU of bob"_s;
        action.fields
            = {{u"net"_s, u"25.0000 EOS"_s}, {u"cpu"_s, u"25.0000 EOS"_s}, {u"x"_s, u"25.0000 EOS"_s}};
        const auto staking = stage.shown(stage.request(stage.words({action})));
        QCOMPARE(largeIn(staking.get()).size(), 2); // both of those that it names
    }

    void aTokenOfAnotherContractSaysWhose()
    {
        Stage stage;
        ActionWords action = transfer();
        action.contract = u"fake.token"_s;
        action.title = u"Transfer 25.0000 EOS (of fake.token) to bob"_s;
        action.fields = {{u"quantity"_s, u"25.0000 EOS"_s}};
        const auto foreign = stage.shown(stage.request(stage.words({action})));
        QVERIFY(textsIn(foreign.get()).contains(u"quantity, of fake.token"_s));
        action.contract = u"eosio.token"_s;
        action.title = u"Transfer 25.0000 EOS to eosio.token"_s;
        const auto own = stage.shown(stage.request(stage.words({action})));
        QVERIFY(textsIn(own.get()).contains(u"quantity"_s));
    }

    void aLargerFontCutsNothing()
    {
        Stage stage;
        const auto dialog = stage.shown(stage.request());
        QCoreApplication::processEvents();
        const auto* scroll = dialog->findChild<QScrollArea*>();
        const int before = scroll->height();
        const auto labels = scroll->findChildren<QLabel*>();
        for (QLabel* label : labels) {
            QFont large = label->font();
            large.setPointSizeF(large.pointSizeF() * 1.5);
            label->setFont(large);
        }
        QEvent change(QEvent::FontChange);
        QCoreApplication::sendEvent(dialog.get(), &change);
        QTRY_VERIFY(scroll->height() > before);
        QTRY_VERIFY(scroll->verticalScrollBarPolicy() == Qt::ScrollBarAsNeeded
            || scroll->widget()->height() <= scroll->viewport()->height());
    }

    void theButtonSaysWhatItDoes_data()
    {
        QTest::addColumn<bool>("identity");
        QTest::addColumn<bool>("sent");
        QTest::addColumn<QString>("text");
        QTest::newRow("signature") << false << false << u"Sign"_s;
        QTest::newRow("sent") << false << true << u"Sign and send"_s;
        QTest::newRow("identity") << true << false << u"Prove identity"_s;
    }
    void theButtonSaysWhatItDoes()
    {
        QFETCH(bool, identity);
        QFETCH(bool, sent);
        QFETCH(QString, text);
        Stage stage;
        TransactionWords words = stage.words({transfer()});
        words.isIdentity = identity;
        words.willBeSent = sent;
        const auto dialog = stage.shown(stage.request(words));
        QVERIFY(findButton(dialog.get(), text));
        QVERIFY(!findButton(dialog.get(), u"Sign anyway"_s));
    }

    void whatIsNotOfAChainIsShownAsText()
    {
        Stage stage;
        const auto dialog = stage.shown({.session = stage.gallery,
            .sessionName = u"Mira"_s,
            .peer = u"Pixelboard"_s,
            .what = u"publish a note (kind 1)"_s,
            .text = u"Content:\n| Good morning"_s});
        QVERIFY(says(dialog.get(), u"Pixelboard wants to publish a note (kind 1)"_s));
        QVERIFY(says(dialog.get(), u"| Good morning"_s));
        QVERIFY(findButton(dialog.get(), u"Sign"_s));
    }

    void nothingIsTakenInTheFirstHalfSecond()
    {
        Stage stage;
        const auto dialog = stage.shown(stage.request());
        QSignalSpy answered(dialog.get(), &ApprovalDialog::answered);
        auto* sign = findButton(dialog.get(), u"Sign"_s);
        for (QAbstractButton* button : {sign, findButton(dialog.get(), u"Deny"_s)}) {
            QTest::mouseClick(button, Qt::LeftButton);
            for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter})
                QTest::keyClick(button, key);
        }
        QTest::keyClick(dialog.get(), Qt::Key_Escape);
        QCOMPARE(answered.size(), 0);
        QVERIFY(dialog->isVisible());
        QTRY_VERIFY((QTest::mouseClick(sign, Qt::LeftButton), answered.size() == 1));
        QCOMPARE(answered.first().first().value<ApprovalDialog::Answer>(), ApprovalDialog::Answer::Sign);
        QVERIFY(!dialog->isVisible());
    }

    void escapeDenies()
    {
        Stage stage;
        const auto dialog = stage.shown(stage.request());
        QSignalSpy answered(dialog.get(), &ApprovalDialog::answered);
        QTRY_VERIFY((QTest::keyClick(dialog.get(), Qt::Key_Escape), answered.size() == 1));
        QCOMPARE(answered.first().first().value<ApprovalDialog::Answer>(), ApprovalDialog::Answer::Deny);
    }

    void enterSaysYesToNothing()
    {
        Stage stage;
        SigningRequest request = stage.request();
        request.chain = nullptr;
        request.text = u"line\n"_s.repeated(200);
        const auto dialog = stage.shown(request);
        QSignalSpy answered(dialog.get(), &ApprovalDialog::answered);
        auto* scroll = dialog->findChild<QScrollArea*>();
        QVERIFY(scroll->focusPolicy() != Qt::NoFocus); // what scrolls can be scrolled with keys
        auto* deny = findButton(dialog.get(), u"Deny"_s);
        scroll->setFocus();
        QTest::keyClick(scroll, Qt::Key_Return);
        QTest::keyClick(scroll, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(answered.size(), 0);
        deny->setFocus();
        QTRY_VERIFY((QTest::keyClick(deny, Qt::Key_Return), answered.size() == 1));
        QCOMPARE(answered.first().first().value<ApprovalDialog::Answer>(), ApprovalDialog::Answer::Deny);
    }

    void whatCantBeReadNeedsASecondYes()
    {
        Stage stage;
        const auto dialog = stage.shown(stage.request(stage.words({transfer(), unreadable()})));
        QSignalSpy answered(dialog.get(), &ApprovalDialog::answered);
        QVERIFY(says(dialog.get(), u"00ff17aa"_s));
        QVERIFY(press(dialog.get(), u"Sign"_s));
        QCOMPARE(answered.size(), 0);
        QVERIFY(!findButton(dialog.get(), u"Sign"_s));
        auto* anyway = findButton(dialog.get(), u"Sign anyway"_s);
        QVERIFY(anyway);
        QVERIFY(says(dialog.get(), u"can't be read"_s));
        QCOMPARE(dialog->focusWidget(), findButton(dialog.get(), u"Deny"_s));
        QTest::mouseClick(anyway, Qt::LeftButton); // the second half of a double click
        QCOMPARE(answered.size(), 0);
        QTRY_VERIFY((QTest::mouseClick(anyway, Qt::LeftButton), answered.size() == 1));
        QCOMPARE(answered.first().first().value<ApprovalDialog::Answer>(), ApprovalDialog::Answer::Sign);
    }

    void whatIsNotShownNeedsASecondYesToo()
    {
        Stage stage;
        QList<ActionWords> many;
        for (int i = 0; i < 120; ++i)
            many += transfer();
        const auto dialog = stage.shown(stage.request(stage.words(many)));
        QSignalSpy answered(dialog.get(), &ApprovalDialog::answered);
        QVERIFY(says(dialog.get(), u"More actions, not shown: 70"_s));
        QVERIFY(press(dialog.get(), u"Sign"_s));
        QCOMPARE(answered.size(), 0);
        QVERIFY(findButton(dialog.get(), u"Sign anyway"_s));
    }

    void strangersTextsArePlainAndMakeNothingLarger()
    {
        Stage stage;
        const QString hostile = u"<b>x</b><img src='file:///etc/passwd'>\u202egnp.exe\u2066"_s;
        ActionWords action = transfer();
        action.title = hostile + QString(5000, u't');
        action.danger = hostile;
        action.fields = {{hostile, hostile + u"\n"_s + QString(50'000, u'w')}};
        for (int i = 0; i < 2000; ++i)
            action.fields += {u"field"_s, hostile};
        TransactionWords words = stage.words(QList<ActionWords>(30, action));
        words.host = words.scope = hostile + QString(5000, u'h');
        SigningRequest request = stage.request(words, hostile + QString(5000, u'p'));
        request.sessionName = QString(64, u'n');
        const auto dialog = stage.shown(request);
        const auto labels = dialog->findChildren<QLabel*>();
        for (const QLabel* label : labels) {
            QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
            QVERIFY(!label->text().contains(QChar(0x202e)) && !label->text().contains(QChar(0x2066)));
            QVERIFY(label->text().size() < 5000);
        }
        QVERIFY2(dialog->height() <= dialog->screen()->availableSize().height() * 9 / 10,
            qPrintable(QString::number(dialog->height())));
        const auto* scroll = dialog->findChild<QScrollArea*>();
        QTRY_VERIFY(scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width());
        for (const QString& text : {u"Deny"_s, u"Sign"_s}) {
            const auto* button = findButton(dialog.get(), text);
            QVERIFY(dialog->rect().contains(QRect(button->mapTo(dialog.get(), QPoint()), button->size())));
        }
    }

    void theyAreAskedOneAfterTheOther()
    {
        Stage stage;
        QSignalSpy changed(&stage.approvals, &Approvals::waitingChanged);
        for (const QString& peer : {u"One"_s, u"Two"_s, u"Three"_s})
            stage.ask(stage.request(peer));
        QVERIFY(stage.approvals.hasQuestions());
        QCOMPARE(stage.approvals.waiting(), 3);
        QTRY_VERIFY(stage.isAsked(u"One"_s));
        QVERIFY(says(stage.approvals.shown(), u"1 of 3 waiting"_s));
        QVERIFY(press(stage.approvals.shown(), u"Sign"_s));
        QCOMPARE(stage.answerTo(u"One"_s), u"yes"_s);
        QVERIFY(!stage.approvals.shown()); // not before this one is done with
        QTRY_VERIFY(stage.isAsked(u"Two"_s));
        QCOMPARE(stage.approvals.shown()->focusWidget(), findButton(stage.approvals.shown(), u"Deny"_s));
        stage.approvals.shown()->close();
        QCOMPARE(stage.answerTo(u"Two"_s), nameOf(ErrorCode::Denied));
        QTRY_VERIFY(stage.isAsked(u"Three"_s));
        QVERIFY(press(stage.approvals.shown(), u"Deny"_s));
        QCOMPARE(stage.answers.size(), 3);
        QVERIFY(!stage.approvals.hasQuestions());
        QCOMPARE(changed.last().first().toInt(), 0);
    }

    void noMoreThanSixtyFourWait()
    {
        Stage stage;
        for (int i = 0; i < 64; ++i)
            stage.ask(stage.request());
        QVERIFY(stage.answers.isEmpty());
        stage.ask(stage.request(u"Late"_s));
        QCOMPARE(stage.answerTo(u"Late"_s), nameOf(ErrorCode::Busy));
        QCOMPARE(stage.approvals.waiting(), 64);
    }

    void nobodyAnswersInTime()
    {
        Stage stage;
        stage.ask(stage.request(u"One"_s));
        stage.ask(stage.request(u"Two"_s));
        QTRY_VERIFY(stage.isAsked(u"One"_s));
        stage.stand.clock.time = stage.now().addSecs(119);
        stage.approvals.shown()->tick();
        QVERIFY(says(stage.approvals.shown(), u"Denied in 0:01"_s));
        stage.stand.clock.time = stage.now().addSecs(1);
        QTRY_COMPARE(stage.answers.size(), 2); // the one that was never shown, too
        QCOMPARE(stage.answerTo(u"One"_s), nameOf(ErrorCode::Expired));
        QCOMPARE(stage.answerTo(u"Two"_s), nameOf(ErrorCode::Expired));
        QVERIFY(!stage.approvals.shown());
    }

    void theEndOfTheTransactionIsTheEndOfTheQuestion()
    {
        Stage stage;
        TransactionWords words = stage.words({transfer()});
        words.expires = stage.now().addSecs(48);
        std::optional<Error> error;
        stage.approvals.approve(stage.request(words), [&error](const Result<void>& answer) {
            if (!answer)
                error = answer.error();
        });
        QTRY_VERIFY(stage.isAsked(u"Market"_s));
        QVERIFY(says(stage.approvals.shown(), u"Expires in 0:48"_s));
        stage.stand.clock.time = stage.now().addSecs(48);
        QVERIFY(press(stage.approvals.shown(), u"Sign"_s)); // between two seconds: too late all the same
        QVERIFY(error);
        QCOMPARE(error->code, ErrorCode::Expired);
        QCOMPARE(error->why, Why::RequestExpired);
    }

    void aQuestionThatNobodyWaitsForIsTakenBack()
    {
        Stage stage;
        bool isGone = false;
        SigningRequest one = stage.request(u"One"_s);
        SigningRequest two = stage.request(u"Two"_s);
        one.isGone = two.isGone = [&isGone] { return isGone; };
        stage.ask(one);
        stage.ask(two);
        stage.ask(stage.request(u"Three"_s));
        QTRY_VERIFY(stage.isAsked(u"One"_s));
        isGone = true;
        QTRY_VERIFY(stage.isAsked(u"Three"_s)); // the second was never shown
        QCOMPARE(stage.answerTo(u"One"_s), nameOf(ErrorCode::Cancelled));
        QCOMPARE(stage.answerTo(u"Two"_s), nameOf(ErrorCode::Cancelled));
        QCOMPARE(stage.approvals.waiting(), 1);
    }

    void anotherAccountIsAskedInItsPlace()
    {
        Stage stage;
        const auto other = stage.addAntelopeKey(u"lumenpressdo@active"_s, u"Tom & Jerry"_s);
        SigningRequest request = stage.request();
        request.others = {other};
        request.series = 7;
        session::SessionId asked;
        request.signAs = [&](const session::SessionId& id) { asked = id; };
        stage.ask(request);
        stage.ask(stage.request(u"Next"_s));
        QTRY_VERIFY(stage.isAsked(u"Market"_s));
        QVERIFY(findButton(stage.approvals.shown(), u"Change…"_s));
        const auto actions = stage.approvals.shown()->findChild<QMenu*>()->actions();
        QCOMPARE(actions.size(), 1);
        QVERIFY(actions.first()->text().startsWith(u"Tom && Jerry"_s)); // no mnemonic
        actions.first()->trigger();
        QCOMPARE(asked, other);
        QCOMPARE(stage.answerTo(u"Market"_s), nameOf(ErrorCode::Cancelled));
        // What it takes to ask again takes a while, and nobody else's question stands there meanwhile.
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QVERIFY(!stage.approvals.shown());
        SigningRequest again = stage.request(u"Again"_s);
        again.series = request.series;
        stage.ask(again);
        QTRY_VERIFY(stage.isAsked(u"Again"_s)); // before the one that waits
    }

    void nobodyElseMaySignMeansNoChoice()
    {
        Stage stage;
        const auto dialog = stage.shown(stage.request());
        QVERIFY(!findButton(dialog.get(), u"Change…"_s));
    }

    void aWindowThatGoesTakesNoQuestionWithIt()
    {
        Stage stage;
        auto* window = new QWidget;
        window->show();
        stage.parent = window;
        stage.ask(stage.request(u"One"_s));
        stage.ask(stage.request(u"Two"_s));
        QTRY_VERIFY(stage.isAsked(u"One"_s));
        QCOMPARE(stage.approvals.shown()->parentWidget(), window);
        delete window;
        QCOMPARE(stage.answerTo(u"One"_s), nameOf(ErrorCode::Denied));
        QTRY_VERIFY(stage.isAsked(u"Two"_s)); // alone
        QVERIFY(stage.approvals.shown()->isVisible());
        QVERIFY(!stage.approvals.shown()->parentWidget());
    }
};

QTEST_MAIN(TestApproval)
#include "tst_approval.moc"
