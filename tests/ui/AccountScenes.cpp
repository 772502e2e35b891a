// SPDX-License-Identifier: MIT
#include "tests/ui/AccountScenes.h"

#include "tests/ui/AccountSeed.h"
#include "tests/ui/DialogScenes.h"
#include "tests/ui/DialogStage.h"
#include "ui/dialogs/EditProfileDialog.h"
#include "ui/dialogs/edits/EditViews.h"
#include "ui/dialogs/lists/AccountListDialog.h"
#include "ui/dialogs/lists/ListForms.h"
#include "ui/dialogs/lists/ListQuestions.h"
#include "ui/dialogs/parts/Dialog.h"
#include "ui/text/Sentences.h"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace hatstand::ui;
using Look = std::function<void(QWidget*, const QString&)>;

/// A dialog of which any view can be shown.
class Frame final : public Dialog
{
public:
    Frame(const View& view, QWidget* focus)
        : Dialog(u"Hatstand"_s, nullptr)
    {
        replaceView(view.body, view.foot, focus);
        growFrom({560, 420});
        show();
    }
};

void waitForRows(QWidget* dialog)
{
    const auto* rows = dialog->findChild<QListView*>()->model();
    QElapsedTimer patience;
    patience.start();
    while (rows->rowCount() == 0 && patience.elapsed() < 20'000)
        QApplication::processEvents(QEventLoop::AllEvents, 10);
    if (rows->rowCount() == 0)
        qFatal("the list does not come");
}

void press(QWidget* dialog, const QString& text)
{
    for (auto* each : dialog->findChildren<QAbstractButton*>()) {
        if (each->isVisibleTo(dialog) && withoutMarks(each->text()) == text)
            return each->click();
    }
    qFatal("no button %s", qPrintable(text));
}

void lists(const Look& look)
{
    DialogStage stage;
    AccountSeed seed(stage.cacheFile());
    QByteArray tags = AccountSeed::people(40);
    tags.replace("\"Tomas\"", "\"Tomas Reyes\"");
    seed.take(nostr::kFollowsKind, tags);
    seed.take(nostr::kMutesKind,
        R"([["p",")" + QByteArray(64, 'a') + R"("],["t","gm"],["word","lunch"],["e",")" + QByteArray(64, 'b')
            + R"("]])");
    const auto id = stage.addNostrKey(1, u"Mira Okafor"_s);
    stage.accounts.load();
    AccountListDialog dialog(stage.context, id, AccountListDialog::List::Follows);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    look(&dialog, u"10-follows-loading"_s);
    waitForRows(&dialog);
    auto* view = dialog.findChild<QListView*>();
    view->setCurrentIndex(view->model()->index(1, 0));
    look(&dialog, u"10-follows"_s);
    dialog.findChild<QLineEdit*>()->setText(u"zebra"_s);
    look(&dialog, u"10-nothing-found"_s);
    dialog.findChild<QLineEdit*>()->clear();
    press(&dialog, u"Follow…"_s);
    look(&dialog, u"10-follow"_s);
    dialog.findChild<QLineEdit*>(u"key"_s)->setText(u"npub1lycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenv"_s);
    look(&dialog, u"10-follow-wrong"_s);
    press(&dialog, u"Cancel"_s);
    view->setCurrentIndex(view->model()->index(0, 0));
    press(&dialog, u"Unfollow…"_s);
    look(&dialog, u"10-unfollow"_s);
    press(&dialog, u"Cancel"_s);
    AccountListDialog mutes(stage.context, id, AccountListDialog::List::Mutes);
    mutes.setAttribute(Qt::WA_DeleteOnClose, false);
    mutes.show();
    waitForRows(&mutes);
    look(&mutes, u"10-mutes"_s);
    press(&mutes, u"Mute…"_s);
    look(&mutes, u"10-mute"_s);
}

void unknown(const Look& look)
{
    DialogStage stage;
    const auto watched = stage.watch(u"Tomas Reyes"_s);
    AccountListDialog dialog(stage.context, watched, AccountListDialog::List::Follows);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    look(&dialog, u"10-watched"_s);
    const auto id = stage.addNostrKey(1, u"Mira Okafor"_s);
    EditProfileDialog profile(stage.context, id);
    profile.setAttribute(Qt::WA_DeleteOnClose, false);
    profile.show();
    look(&profile, u"11-not-loaded"_s);
}

void edits(const Look& look)
{
    DialogStage stage;
    AccountSeed seed(stage.cacheFile());
    nostr::Profile profile;
    profile.name = u"Mira Okafor"_s;
    profile.about = u"12 May 2026"_s;
    seed.profile(profile);
    const auto id = stage.addNostrKey(1, u"Mira Okafor"_s);
    const auto locked = stage.addEncrypted(u"Night Garden"_s);
    stage.accounts.load();
    EditProfileDialog dialog(stage.context, id);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    look(&dialog, u"11-profile"_s);
    dialog.findChild<QLineEdit*>()->setText(u"Mira Okafor"_s);
    dialog.findChild<QPlainTextEdit*>()->clear();
    press(&dialog, u"Continue"_s);
    look(&dialog, u"11-profile-changes"_s);

    QObject owner;
    const auto show = [&look](const View& view, QWidget* focus, const QString& name) {
        Frame frame(view, focus);
        frame.setAttribute(Qt::WA_DeleteOnClose, false);
        look(&frame, name);
    };
    const EditQuestion question = unfollowQuestion(
        nostr::PublicKey::parse(QString::fromLatin1(DialogStage::kNpub)).value(), u"Lumen Press"_s);
    auto* encrypted = new EditQuestionView(stage.context, locked, question, &owner);
    encrypted->refuse(sentence({.code = ErrorCode::WrongPassphrase}));
    show(encrypted->view, encrypted->cancel, u"12-passphrase"_s);
    auto* wait = new EditWaitView(stage.context, id, &owner);
    show(wait->view, wait->leave, u"12-waiting"_s);
    accounts::Published published;
    for (const auto& [relay, taken, text] : {std::tuple(u"wss://relay.example"_s, true, QString()),
             std::tuple(u"wss://nos.example"_s, true, QString()),
             std::tuple(u"wss://paid.example"_s, false, u"402"_s),
             std::tuple(u"wss://gone.example"_s, false, QString())})
        published.answers += {relay, taken || !text.isEmpty(), taken, text};
    auto* end = new EditEndView(stage.context, id, published, {}, &owner);
    show(end->view, end->close, u"12-published"_s);
    auto* failed = new EditEndView(
        stage.context, id, Error{.code = ErrorCode::Network, .why = Why::NotLoadedYet}, &owner);
    show(failed->view, failed->again, u"12-failed"_s);
    auto* nothing = new EditEndView(
        stage.context, id, accounts::Published{.isChanged = false}, question.nothing, &owner);
    show(nothing->view, nothing->close, u"12-nothing"_s);
}

} // namespace

void playAccountScenes(const Look& look)
{
    for (const auto& scene : {lists, unknown, edits})
        scene(look);
}

} // namespace hatstand::test
