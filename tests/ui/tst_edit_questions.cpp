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
};

QTEST_MAIN(TestEditQuestions)
#include "tst_edit_questions.moc"
