// SPDX-License-Identifier: MIT
// What counts as a yes to a change of an account's data, and what takes it back: by real keys and clicks.
#include "core/codec/Bech32.h"
#include "tests/ui/DialogDriver.h"
#include "tests/ui/EditStage.h"
#include "ui/dialogs/EditProfileDialog.h"
#include "ui/dialogs/lists/AccountListDialog.h"
#include "ui/dialogs/parts/Dialog.h"

#include <QBoxLayout>
#include <QEventLoop>
#include <QPlainTextEdit>
#include <QScreen>
#include <QTest>
#include <QTimer>
#include <QWindow>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using List = AccountListDialog::List;
using test::DialogStage;
using test::EditStage;
using test::Kept;
using test::says;
using ListDialog = Kept<AccountListDialog>;

namespace {

const QString kAsking = u"Asking the relays for the newest version…"_s;

/// Near its end, where the button of the view that follows stands as well.
QPoint placeOf(QWidget* dialog, const QString& button)
{
    QAbstractButton* found = test::findButton(dialog, button);
    if (!found)
        qFatal("no button %s", qPrintable(button));
    return found->mapTo(dialog, QPoint(found->width() - 12, found->height() / 2));
}

/// Where the pointer is, whatever stands there by the time of each press.
void clickTwice(QWidget* dialog, const QString& button)
{
    QTest::mouseDClick(dialog->windowHandle(), Qt::LeftButton, {}, placeOf(dialog, button));
}

/// The button has been looked at by then.
bool clickUntilTaken(QWidget* dialog, const QString& button)
{
    return QTest::qWaitFor([&] {
        if (auto* found = test::findButton(dialog, button))
            QTest::mouseClick(found, Qt::LeftButton);
        return test::findButton(dialog, button) == nullptr;
    });
}

} // namespace

class TestEditQuestions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("ALL_PROXY"); // the relays are on this machine
        qunsetenv("all_proxy");
    }

    void enterInAFormLeadsToItsQuestion_data()
    {
        QTest::addColumn<bool>("follows");
        QTest::addColumn<QString>("field");
        QTest::newRow("follow, key") << true << u"Public key"_s;
        QTest::newRow("follow, name") << true << u"What to call them"_s;
        QTest::newRow("mute") << false << u"Which one"_s;
    }
    void enterInAFormLeadsToItsQuestion()
    {
        QFETCH(bool, follows);
        QFETCH(QString, field);
        DialogStage stage;
        const auto id = stage.addNostrKey(1, u"Mira Okafor"_s);
        ListDialog list(stage.context, id, follows ? List::Follows : List::Mutes);
        auto* dialog = list.dialog.get();
        QVERIFY(test::press(dialog, follows ? u"Follow…"_s : u"Mute…"_s));
        QVERIFY(test::type(
            dialog, follows ? u"Public key"_s : u"Which one"_s, QString::fromLatin1(DialogStage::kNpub)));
        QLineEdit* typed = test::findField(dialog, field);
        typed->setFocus();
        QTest::keyClick(typed, Qt::Key_Return);
        QVERIFY(test::findButton(dialog, follows ? u"Follow"_s : u"Mute"_s));
        QCOMPARE(dialog->focusWidget(), test::findButton(dialog, u"Cancel"_s));
    }

    void enterAfterAPassphraseIsTheYesAndNoCancelToo()
    {
        EditStage stage;
        stage.relay.isSlow = stage.other.isSlow = true;
        const auto id = stage.addEncrypted(u"Night Garden"_s);
        ListDialog list(stage.context, id, List::Follows);
        auto* dialog = list.dialog.get();
        QVERIFY(test::press(dialog, u"Follow…"_s));
        QVERIFY(test::type(dialog, u"Public key"_s, QString::fromLatin1(DialogStage::kNpub)));
        QVERIFY(test::press(dialog, u"Continue"_s));
        QLineEdit* passphrase = test::findField(dialog, u"Passphrase"_s);
        QVERIFY(passphrase);
        QCOMPARE(dialog->focusWidget(), passphrase);
        QTest::keyClicks(passphrase, u"nostr"_s);
        QTest::keyClick(passphrase, Qt::Key_Return);
        QVERIFY(says(dialog, kAsking));
    }

    void aDoubleClickIsNoYesToAQuestionThatNobodySaw()
    {
        EditStage stage;
        Kept<EditProfileDialog> profile(stage.context, stage.id);
        auto* dialog = profile.dialog.get();
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        QVERIFY(test::type(dialog, u"Display name"_s, u"Mira Okafor"_s));
        clickTwice(dialog, u"Continue"_s);
        QVERIFY(says(dialog, u"Change the profile of Mira Okafor?"_s));
        QVERIFY(test::findButton(dialog, u"Save"_s));
        // A moment later it is one, and the second half of a double click on it is no cancel.
        stage.relay.isSlow = stage.other.isSlow = true;
        QVERIFY(clickUntilTaken(dialog, u"Save"_s));
        QVERIFY(says(dialog, kAsking));
        QTest::mouseClick(test::findButton(dialog, u"Cancel"_s), Qt::LeftButton);
        QTest::keyClick(test::findButton(dialog, u"Cancel"_s), Qt::Key_Return);
        QTest::keyClick(test::findButton(dialog, u"Cancel"_s), Qt::Key_Space);
        QVERIFY(says(dialog, kAsking));
        QCOMPARE(stage.relay.taken, 0);
        stage.relay.wake();
        stage.other.wake();
        QTRY_VERIFY(says(dialog, u"2 of 2 relays took it"_s));
    }

    void aDoubleClickOnTryAgainIsNoYes()
    {
        EditStage stage;
        stage.stand.vault->failAlways = ErrorCode::KeychainDenied;
        ListDialog list(stage.context, stage.id, List::Follows);
        auto* dialog = list.dialog.get();
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        QTRY_COMPARE(list.list()->model()->rowCount(), 3);
        list.list()->setCurrentIndex(list.list()->model()->index(0, 0));
        QVERIFY(test::press(dialog, u"Unfollow…"_s));
        QVERIFY(test::press(dialog, u"Unfollow"_s));
        QTRY_VERIFY(says(dialog, u"Nothing was changed"_s));
        stage.stand.vault->failAlways.reset();
        clickTwice(dialog, u"Try again"_s);
        QVERIFY(says(dialog, u"Unfollow Tomas?"_s));
        QCOMPARE(stage.relay.taken, 0);
    }

    void escapeTakesTheYesBackAtOnce()
    {
        EditStage stage;
        ListDialog list(stage.context, stage.id, List::Follows);
        auto* dialog = list.dialog.get();
        QTRY_COMPARE(list.list()->model()->rowCount(), 3);
        list.list()->setCurrentIndex(list.list()->model()->index(0, 0));
        QVERIFY(test::press(dialog, u"Unfollow…"_s));
        stage.relay.isSlow = stage.other.isSlow = true;
        QVERIFY(test::press(dialog, u"Unfollow"_s));
        // Inside a loop of its own, as a menu's is: what was to be deleted later is still there.
        QEventLoop outer;
        QTimer::singleShot(0, &outer, [&] {
            QTest::keyClick(dialog, Qt::Key_Escape);
            stage.relay.wake();
            stage.other.wake();
            QEventLoop inner;
            for (int round = 0; round < 2; ++round) {
                stage.accounts.refresh(stage.id, [&inner](const Result<void>&) { inner.quit(); });
                inner.exec();
            }
            outer.quit();
        });
        outer.exec();
        QCOMPARE(stage.relay.taken, 0);
        QVERIFY(dialog->isVisible() && list.list()->isVisible());
    }

    void aProfileThatChangesElsewhereIsFollowed()
    {
        EditStage stage;
        Kept<EditProfileDialog> profile(stage.context, stage.id);
        auto* dialog = profile.dialog.get();
        auto* about = dialog->findChild<QPlainTextEdit*>();
        about->setPlainText(u"Hello there"_s);
        const auto elsewhere = [&stage](const QString& json, qint64 at) {
            stage.keep(nostr::kProfileKind, "[]", nostr::test::quoted(json), at);
            stage.refresh();
        };
        elsewhere(u"{\"name\":\"elsewhere\",\"about\":\"Newer\"}"_s, 1700000500);
        QTRY_COMPARE(test::findField(dialog, u"Name"_s)->text(), u"elsewhere"_s);
        QCOMPARE(about->toPlainText(), u"Hello there"_s); // what was typed stays
        QVERIFY(test::press(dialog, u"Continue"_s));
        QVERIFY(says(dialog, u"Now: Newer"_s));
        QVERIFY(!says(dialog, u"mira"_s)); // and what was not touched is not asked about

        elsewhere(u"{\"name\":\"elsewhere\",\"about\":\"Newest\"}"_s, 1700001000);
        QTRY_VERIFY(says(dialog, u"Now: Newest"_s));
        QVERIFY(test::findButton(dialog, u"Save"_s));
        elsewhere(u"{\"name\":\"elsewhere\",\"about\":\"Hello there\"}"_s, 1700001500);
        QTRY_VERIFY(!test::findButton(dialog, u"Save"_s)); // nothing is left to ask
        QVERIFY(!test::findButton(dialog, u"Continue"_s)->isEnabled());
    }

    void aQuestionNamesAllThatIsSigned()
    {
        const auto who = nostr::PublicKey::parse(QString::fromLatin1(DialogStage::kNpub)).value();
        const QString petname = QString(60, u'x') + u"end"_s;
        DialogStage stage;
        const auto id = stage.addNostrKey(1, u"Mira Okafor"_s);
        ListDialog list(stage.context, id, List::Follows);
        auto* dialog = list.dialog.get();
        QVERIFY(test::press(dialog, u"Follow…"_s));
        const QByteArray relay = "wss://hint.example";
        QByteArray tlv = QByteArray::fromHex("0020") + QByteArray::fromHex(who.hex().toLatin1());
        tlv += QByteArray(1, 1) + QByteArray(1, char(relay.size())) + relay;
        QVERIFY(test::type(dialog, u"Public key"_s, codec::toBech32("nprofile", bytesOf(tlv))));
        QVERIFY(test::type(dialog, u"What to call them"_s, petname));
        QVERIFY(test::press(dialog, u"Continue"_s));
        const QString said = test::textsIn(dialog).join(u'\n').remove(QChar(0x200b));
        for (const QString& part : {who.npub(), petname, QString::fromLatin1(relay)})
            QVERIFY2(said.contains(part), qPrintable(said));
    }

    void aDialogIsNoHigherThanItsScreen()
    {
        struct High : Dialog
        {
            High()
                : Dialog(u"High"_s, nullptr)
            {
                auto* body = new QWidget;
                column(body, 0, 0)->addWidget(new QPlainTextEdit);
                replaceView(body, footOf({}, {}), nullptr);
                growFrom({500, 4000});
            }
        };
        High dialog;
        const QSize room = dialog.screen()->availableSize();
        QVERIFY2(dialog.height() < room.height(), qPrintable(QString::number(dialog.height())));
        QVERIFY(dialog.height() > room.height() / 2);
        dialog.show();
        QVERIFY(dialog.height() < room.height());
    }
};

QTEST_MAIN(TestEditQuestions)
#include "tst_edit_questions.moc"
