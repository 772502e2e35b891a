// SPDX-License-Identifier: MIT
// Changes of an account's data from the window, over relays of this machine.
#include "tests/ui/DialogDriver.h"
#include "tests/ui/EditStage.h"
#include "ui/dialogs/EditProfileDialog.h"
#include "ui/dialogs/edits/EditConsent.h"
#include "ui/dialogs/edits/EditViews.h"
#include "ui/dialogs/lists/AccountListDialog.h"
#include "ui/dialogs/parts/SecretField.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using List = AccountListDialog::List;
using test::DialogStage;
using test::Kept;
using ListDialog = Kept<AccountListDialog>;
using Stage = test::EditStage;

namespace {

QStringList keysIn(const QJsonObject& event)
{
    QStringList keys;
    for (const QJsonValue& tag : event[u"tags"_s].toArray())
        keys += tag.toArray().at(1).toString();
    return keys;
}

} // namespace

class TestAccountEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("ALL_PROXY"); // the relays are on this machine
        qunsetenv("all_proxy");
    }

    void oneIsUnfollowedAndTheChangeUndone()
    {
        Stage stage;
        ListDialog dialog(stage.context, stage.id, List::Follows);
        QTRY_COMPARE(dialog.list()->model()->rowCount(), 3);
        dialog.list()->setCurrentIndex(dialog.list()->model()->index(0, 0));
        QVERIFY(test::press(dialog.dialog.get(), u"Unfollow…"_s));
        QVERIFY(test::says(dialog.dialog.get(), u"Unfollow Tomas?"_s));
        QVERIFY(test::says(dialog.dialog.get(), u"Signed as Mira Okafor"_s));
        QCOMPARE(stage.relay.taken, 0); // nothing without the yes
        QVERIFY(test::press(dialog.dialog.get(), u"Unfollow"_s));
        QTRY_VERIFY(test::says(dialog.dialog.get(), u"2 of 2 relays took it"_s));
        QCOMPARE(keysIn(stage.relay.newest(nostr::kFollowsKind)).size(), 2);
        QCOMPARE(keysIn(stage.other.newest(nostr::kFollowsKind)).size(), 2);
        QVERIFY(test::press(dialog.dialog.get(), u"Done"_s));
        QTRY_COMPARE(dialog.list()->model()->rowCount(), 2);

        QTRY_VERIFY(test::findButton(dialog.dialog.get(), u"Undo…"_s)->isEnabled());
        QVERIFY(test::press(dialog.dialog.get(), u"Undo…"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Undo"_s));
        QTRY_VERIFY(test::says(dialog.dialog.get(), u"2 of 2 relays took it"_s));
        QCOMPARE(keysIn(stage.relay.newest(nostr::kFollowsKind)).size(), 3);
    }

    void whatARelayRefusesIsSaidInItsWords()
    {
        Stage stage;
        stage.other.refusal = u"blocked: <b>pay</b> first\u202e"_s;
        ListDialog dialog(stage.context, stage.id, List::Follows);
        QTRY_COMPARE(dialog.list()->model()->rowCount(), 3);
        QVERIFY(test::press(dialog.dialog.get(), u"Follow…"_s));
        QVERIFY(test::type(dialog.dialog.get(), u"Public key"_s, u"npub1"_s));
        QVERIFY(!test::findButton(dialog.dialog.get(), u"Continue"_s)->isEnabled());
        QVERIFY(test::type(dialog.dialog.get(), u"Public key"_s, QString::fromLatin1(DialogStage::kNpub)));
        QVERIFY(test::type(dialog.dialog.get(), u"What to call them"_s, u"Lumen Press"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Continue"_s));
        QVERIFY(test::says(dialog.dialog.get(), u"Follow Lumen Press?"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Follow"_s));
        QTRY_VERIFY(test::says(dialog.dialog.get(), u"1 of 2 relays took it"_s));
        const QString said = test::textsIn(dialog.dialog.get()).join(u'\n').remove(QChar(0x200b));
        QVERIFY2(
            said.contains(stage.other.url() + u" refused: blocked: <b>pay</b> first"_s), qPrintable(said));
        QVERIFY(!said.contains(QChar(0x202e)));
        const QJsonArray tag = stage.relay.newest(nostr::kFollowsKind)[u"tags"_s].toArray().last().toArray();
        QCOMPARE(tag.at(3).toString(), u"Lumen Press"_s);
        QCOMPARE(keysIn(stage.other.newest(nostr::kFollowsKind)).size(), 3); // as it was
    }

    void somethingIsMutedForOneselfAlone()
    {
        Stage stage;
        ListDialog dialog(stage.context, stage.id, List::Mutes);
        QTRY_VERIFY(test::findButton(dialog.dialog.get(), u"Mute…"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Mute…"_s));
        auto* what = dialog->findChild<QComboBox*>();
        what->setCurrentIndex(what->findText(u"A word"_s));
        QVERIFY(test::type(dialog.dialog.get(), u"Which one"_s, u"SPAM"_s));
        QVERIFY(dialog->findChild<QCheckBox*>()->isChecked());
        QVERIFY(test::press(dialog.dialog.get(), u"Continue"_s));
        QVERIFY(test::says(dialog.dialog.get(), u"which only this account can read"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Mute"_s));
        QTRY_VERIFY(test::says(dialog.dialog.get(), u"2 of 2 relays took it"_s));
        const QJsonObject event = stage.relay.newest(nostr::kMutesKind);
        QVERIFY(event[u"tags"_s].toArray().isEmpty());
        QVERIFY(!event[u"content"_s].toString().isEmpty());
        QVERIFY(!event[u"content"_s].toString().contains(u"spam"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Done"_s));
        QTRY_COMPARE(dialog.list()->model()->rowCount(), 1);
        QCOMPARE(dialog.list()->model()->index(0, 0).data().toString(), u"spam"_s);
    }

    void onlyWhatWasChangedInAProfileIsSent()
    {
        Stage stage;
        Kept<EditProfileDialog> dialog(stage.context, stage.id);
        QVERIFY(!test::findButton(dialog.dialog.get(), u"Continue"_s)->isEnabled());
        QVERIFY(test::type(dialog.dialog.get(), u"Display name"_s, u"Mira Okafor"_s));
        dialog->findChild<QPlainTextEdit*>()->setPlainText(QString());
        // Meanwhile another program changes another field.
        stage.relay.keep(nostr::test::wire(nostr::kProfileKind, "[]",
            nostr::test::quoted(u"{\"name\":\"elsewhere\",\"about\":\"Hello\",\"website\":\"kept\"}"_s),
            1700000500)
                             .json);
        QVERIFY(test::press(dialog.dialog.get(), u"Continue"_s));
        QVERIFY(test::says(dialog.dialog.get(), u"Now: Hello"_s));
        QVERIFY(test::says(dialog.dialog.get(), u"Removed"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Save"_s));
        QTRY_VERIFY(test::says(dialog.dialog.get(), u"relays took it"_s));
        const QJsonObject profile = QJsonDocument::fromJson(
            stage.relay.newest(nostr::kProfileKind)[u"content"_s].toString().toUtf8())
                                        .object();
        QCOMPARE(profile,
            (QJsonObject{{u"name"_s, u"elsewhere"_s}, {u"website"_s, u"kept"_s},
                {u"display_name"_s, u"Mira Okafor"_s}}));
        QVERIFY(test::press(dialog.dialog.get(), u"Done"_s));
        QVERIFY(!dialog->isVisible());
    }

    void whatIsNotLoadedIsNotEdited()
    {
        DialogStage stage;
        const auto id = stage.addNostrKey(1);
        Kept<EditProfileDialog> dialog(stage.context, id);
        QVERIFY(test::says(dialog.dialog.get(), u"Not loaded yet"_s));
        QVERIFY(!test::findButton(dialog.dialog.get(), u"Continue"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Close"_s));
        QVERIFY(!dialog->isVisible());
    }

    void anErrorIsASentenceAndChangesNothing()
    {
        Stage stage;
        stage.stand.vault->failAlways = ErrorCode::KeychainDenied;
        ListDialog dialog(stage.context, stage.id, List::Follows);
        QTRY_COMPARE(dialog.list()->model()->rowCount(), 3);
        dialog.list()->setCurrentIndex(dialog.list()->model()->index(0, 0));
        QVERIFY(test::press(dialog.dialog.get(), u"Unfollow…"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Unfollow"_s));
        QTRY_VERIFY(test::says(dialog.dialog.get(), u"Nothing was changed"_s));
        QVERIFY(test::says(dialog.dialog.get(), u"The system keychain refused."_s));
        QCOMPARE(stage.relay.taken, 0);
        stage.stand.vault->failAlways.reset();
        QVERIFY(test::press(dialog.dialog.get(), u"Try again"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Unfollow"_s));
        QTRY_VERIFY(test::says(dialog.dialog.get(), u"2 of 2 relays took it"_s));
    }

    void cancellingBeforeItIsSignedSignsNothing()
    {
        Stage stage;
        ListDialog dialog(stage.context, stage.id, List::Follows);
        QTRY_COMPARE(dialog.list()->model()->rowCount(), 3);
        dialog.list()->setCurrentIndex(dialog.list()->model()->index(0, 0));
        QVERIFY(test::press(dialog.dialog.get(), u"Unfollow…"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Unfollow"_s));
        QVERIFY(test::press(dialog.dialog.get(), u"Cancel"_s)); // the relays have not answered yet
        bool isRefreshed = false;
        stage.accounts.refresh(stage.id, [&isRefreshed](const Result<void>&) { isRefreshed = true; });
        QTRY_VERIFY(isRefreshed);
        QCOMPARE(stage.relay.taken, 0);
        QVERIFY(dialog->isVisible());
    }

    void aYesIsForOneSignatureOfOneAccount()
    {
        const session::SessionId id(u"nostr:a"_s);
        const auto from = [](const session::SessionId& who) {
            signing::SigningRequest request;
            request.session = who;
            return request;
        };
        QList<Result<void>> answers;
        const auto keep = [&answers](const Result<void>& answer) { answers += answer; };
        EditConsent other(id, nullptr);
        other.approve(from(session::SessionId(u"nostr:b"_s)), keep);
        QCOMPARE(answers.takeLast().error().code, ErrorCode::Denied);
        EditConsent once(id, nullptr);
        once.approve(from(id), keep);
        QVERIFY(answers.takeLast().has_value());
        QVERIFY(!once.withdraw());
        once.approve(from(id), keep);
        QCOMPARE(answers.takeLast().error().code, ErrorCode::Denied);
        EditConsent withdrawn(id, nullptr);
        QVERIFY(withdrawn.withdraw());
        withdrawn.approve(from(id), keep);
        QCOMPARE(answers.takeLast().error().code, ErrorCode::Cancelled);
        std::optional<Result<SharedSecret>> typed;
        withdrawn.ask(signing::PassphraseSource::For::ExistingKey, {},
            [&typed](const Result<SharedSecret>& answer) { typed = answer; });
        QCOMPARE(typed->error().code, ErrorCode::PassphraseRequired);
    }

    void anEncryptedKeyAsksForItsPassphraseInTheQuestion()
    {
        DialogStage stage;
        const auto id = stage.addEncrypted(u"Night Garden"_s);
        EditQuestion question{.edit = {}, .title = u"Title?"_s, .verb = u"Do it"_s, .nothing = {}};
        EditQuestionView view(stage.context, id, question, nullptr);
        QVERIFY(view.passphrase && !view.go->isEnabled());
        view.passphrase->put(SecretBuffer::copyOf("nostr"));
        QVERIFY(view.go->isEnabled());
        delete view.view.body;
        delete view.view.foot;
    }
};

QTEST_MAIN(TestAccountEdits)
#include "tst_account_edits.moc"
