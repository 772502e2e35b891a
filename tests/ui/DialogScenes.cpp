// SPDX-License-Identifier: MIT
#include "tests/ui/DialogScenes.h"

#include "core/signing/Accounts.h"
#include "tests/ui/AccountScenes.h"
#include "tests/ui/DialogStage.h"
#include "tests/ui/FakeGlobalKeys.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/dialogs/LogoutDialog.h"
#include "ui/dialogs/PreferencesDialog.h"
#include "ui/dialogs/RepairDialog.h"
#include "ui/dialogs/ShortcutsDialog.h"
#include "ui/dialogs/UnlockDialog.h"
#include "ui/dialogs/VaultViews.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/PassphrasePair.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/preferences/KeyRecorder.h"
#include "ui/windows/RestingDialog.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace hatstand::ui;
using Look = std::function<void(QWidget*, const QString&)>;

void settle(QWidget* dialog)
{
    for (Field* field : dialog->findChildren<Field*>())
        field->showNow();
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
}

void press(QWidget* dialog, const QString& text)
{
    for (auto* each : dialog->findChildren<QAbstractButton*>()) {
        if (each->isVisibleTo(dialog) && withoutMarks(each->text()) == text)
            return each->click();
    }
    qFatal("no button %s", qPrintable(text));
}

QLineEdit* field(QWidget* dialog, const QString& name)
{
    for (auto* each : dialog->findChildren<QLineEdit*>()) {
        if (each->isVisibleTo(dialog) && withoutMarks(each->accessibleName()) == name)
            return each;
    }
    qFatal("no field %s", qPrintable(name));
}

SharedSecret secret(const char* text)
{
    return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text));
}

void typeTwice(QWidget* dialog, const QString& passphrase)
{
    field(dialog, u"Passphrase"_s)->setText(passphrase);
    field(dialog, u"Repeat passphrase"_s)->setText(passphrase);
}

void add(const Look& look)
{
    using Page = AddAccountDialog::Page;
    DialogStage stage;
    AddAccountDialog dialog(stage.context);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    field(&dialog, u"Label"_s)->setText(u"Sketchbook"_s);
    look(&dialog, u"05-generate"_s);
    dialog.showPage(Page::NostrKey);
    look(&dialog, u"05-key-empty"_s);
    QString wrong = QString::fromLatin1(DialogStage::kNsec);
    wrong[20] = u'x';
    field(&dialog, u"Private key"_s)->setText(wrong);
    look(&dialog, u"05-key-wrong"_s);
    field(&dialog, u"Private key"_s)->setText(QString::fromLatin1(DialogStage::kNpub));
    look(&dialog, u"05-key-public"_s);
    dialog.openWith(secret(DialogStage::kNcryptsec));
    field(&dialog, u"Passphrase"_s)->setText(u"twelve chars"_s);
    look(&dialog, u"05-encrypted"_s);
    dialog.openWith(secret(DialogStage::kNpub));
    look(&dialog, u"05-watch"_s);
    dialog.openWith(secret(DialogStage::kPvt));
    field(&dialog, u"Account and permission"_s)->setText(u"miragallery2@active"_s);
    field(&dialog, u"Label"_s)->setText(u"Gallery"_s);
    look(&dialog, u"05-antelope"_s);
    dialog.showPage(Page::AntelopeWatch);
    field(&dialog, u"Account and permission"_s)->setText(u"miragallery2"_s);
    look(&dialog, u"05-antelope-watch"_s);

    dialog.showPage(Page::Generate);
    field(&dialog, u"Label"_s)->setText(u"Sketchbook"_s);
    press(&dialog, u"Generate and add"_s);
    look(&dialog, u"05-backup-empty"_s);
    typeTwice(&dialog, u"maple ribbon quiet harbour stove"_s);
    look(&dialog, u"05-backup"_s);
}

void addTroubles(const Look& look)
{
    DialogStage stage;
    stage.addNostrKey(3, u"Gallery"_s);
    AddAccountDialog dialog(stage.context);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.openWith(secret(DialogStage::kNsec));
    look(&dialog, u"05-again"_s);
    stage.stand.vault->failNextWrite = ErrorCode::KeychainDenied;
    press(&dialog, u"Add account"_s);
    look(&dialog, u"05-denied"_s);

    DialogStage fresh(DialogStage::Vault::Undecided);
    NoKeychainView none(nullptr);
    none.view.body->resize(640, 200);
    none.view.body->show();
    look(none.view.body, u"05-no-keychain"_s);
    NewPassphraseView pass(nullptr);
    pass.view.body->resize(640, 380);
    pass.view.body->show();
    look(pass.view.body, u"05-new-passphrase"_s);
    delete none.view.body;
    delete none.view.foot;
    delete pass.view.body;
    delete pass.view.foot;
}

void newProfile(const Look& look)
{
    DialogStage stage;
    AddAccountDialog dialog(stage.context);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    field(&dialog, u"Label"_s)->setText(u"Sketchbook"_s);
    press(&dialog, u"Generate and add"_s);
    press(&dialog, u"Not now"_s);
    look(&dialog, u"05-profile"_s);
    field(&dialog, u"Address of a picture"_s)->setText(u"ftp://pictures.example/sketch.png"_s);
    field(&dialog, u"Address of a relay to add"_s)->setText(u"https://relay.example"_s);
    press(&dialog, u"Add relay"_s);
    look(&dialog, u"05-profile-wrong"_s);
}

void network(const Look& look)
{
    DialogStage stage;
    const auto shown = [&](const QString& name, const QString& wrong) {
        PreferencesDialog dialog(stage.context);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.showPage(PreferencesDialog::Page::Network);
        dialog.show();
        if (!wrong.isEmpty()) {
            field(&dialog, u"Proxy"_s)->setText(wrong);
            field(&dialog, u"Address of a relay to add"_s)->setText(wrong);
            press(&dialog, u"Add relay"_s);
        }
        look(&dialog, name);
    };
    shown(u"09-network-empty"_s, {});
    QStringList relays;
    for (int i = 1; i <= 6; ++i)
        relays += u"wss://indexer-%1.example"_s.arg(i);
    (void)stage.settings.set(u"nostr.indexers"_s, relays.join(u','));
    (void)stage.settings.set(u"network.hosts"_s, u"nas.local, 192.168.1.5"_s);
    shown(u"09-network"_s, {});
    shown(u"09-network-wrong"_s, u"http://proxy.example"_s);
}

void logOut(const Look& look)
{
    DialogStage stage;
    const auto id = stage.addNostrKey(3, u"Mira Okafor"_s);
    const auto wax = stage.addAntelopeKey();
    (void)stage.stand.sessions->markExported(wax);
    const auto watched = stage.watch(u"Tomas Reyes"_s);
    const auto one = [&](const session::SessionId& which, const QString& name) {
        LogoutDialog dialog(stage.context, {which});
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        look(&dialog, name);
    };
    one(id, u"06-never-exported"_s);
    one(wax, u"06-backed-up"_s);
    one(watched, u"06-watch-only"_s);
    {
        LogoutDialog dialog(stage.context, {id});
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        press(&dialog, u"Delete the key now"_s);
        look(&dialog, u"06-delete-now"_s);
        stage.stand.vault->failAlways = ErrorCode::Locked;
        press(&dialog, u"Log out"_s);
        look(&dialog, u"06-failed"_s);
        press(&dialog, u"Details"_s);
        look(&dialog, u"06-failed-details"_s);
        stage.stand.vault->failAlways.reset();
    }
    QList<session::SessionId> all;
    for (int i = 4; i < 7; ++i)
        stage.addNostrKey(i, u"Account %1"_s.arg(i));
    const auto every = [&] {
        all.clear();
        for (const auto& session : stage.stand.sessions->sessions())
            all += session.id;
    };
    every();
    {
        LogoutDialog dialog(stage.context, all);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        look(&dialog, u"06-all"_s);
        press(&dialog, u"Back up all…"_s);
        typeTwice(&dialog, u"short"_s);
        look(&dialog, u"06-back-up-all"_s);
    }
    for (int i = 7; i < 14; ++i)
        stage.addNostrKey(
            i, i == 9 ? u"An account with a very long name that does not fit on one line"_s : QString());
    every();
    LogoutDialog many(stage.context, all);
    many.setAttribute(Qt::WA_DeleteOnClose, false);
    many.show();
    look(&many, u"06-all-many"_s);
}

void others(const Look& look)
{
    DialogStage stage;
    const auto id = stage.addNostrKey(3, u"Mira Okafor"_s);
    const auto wax = stage.addAntelopeKey();
    const auto shown = [&look](Dialog* dialog, const QString& name) {
        dialog->show();
        look(dialog, name);
        delete dialog;
    };
    shown(new ExportDialog(stage.context, id), u"export-nostr"_s);
    shown(new ExportDialog(stage.context, wax), u"export-antelope"_s);
    auto* copied = new ExportDialog(stage.context, wax);
    press(copied, u"Copy"_s);
    shown(copied, u"export-copied"_s);
    shown(new ShortcutsDialog(stage.context), u"shortcuts"_s);
    stage.stand.vault->hold();
    shown(new UnlockDialog(stage.context), u"unlock-keychain"_s);
    stage.stand.vault->forgetHeld();
    stage.stand.vault->release();
    stage.stand.vault->failNextUnlock = ErrorCode::Locked;
    shown(new UnlockDialog(stage.context), u"unlock-dismissed"_s);
    auto* unprotected = new PreferencesDialog(stage.context);
    unprotected->showPage(PreferencesDialog::Page::Security);
    unprotected->show();
    typeTwice(unprotected, u"maple ribbon quiet harbour"_s);
    shown(unprotected, u"09-security-keychain"_s);
    stage.stand.vault->setTakesPassphrase(true);
    auto* protectedPage = new PreferencesDialog(stage.context);
    protectedPage->showPage(PreferencesDialog::Page::Security);
    shown(protectedPage, u"09-security-protected"_s);
    stage.stand.vault->setKind(secrets::VaultKind::Passphrase);
    shown(new UnlockDialog(stage.context), u"unlock-passphrase"_s);
    auto* security = new PreferencesDialog(stage.context);
    security->showPage(PreferencesDialog::Page::Security);
    shown(security, u"09-security"_s);
    shown(new PreferencesDialog(stage.context), u"09-appearance"_s);

    stage.stand.vault->setKind(secrets::VaultKind::Keychain);
    stage.stand.sessions->logout(wax, {}, [](const Result<void>&) {});
    shown(new RestingDialog(stage.context), u"resting"_s);
    stage.stand.sessions->noteUse(id, ErrorCode::SecretMissing);
    shown(new RepairDialog(stage.context, id), u"repair-missing"_s);
    stage.stand.sessions->noteUse(id, ErrorCode::Locked);
    shown(new RepairDialog(stage.context, id), u"repair-locked"_s);

    (void)stage.shortcuts.set(Command::Quit, QKeySequence(u"Ctrl+Shift+L"_s));
    auto* shortcuts = new PreferencesDialog(stage.context);
    shortcuts->showPage(PreferencesDialog::Page::Shortcuts);
    shortcuts->show();
    const auto recorders = shortcuts->findChildren<KeyRecorder*>();
    recorders[1]->click();
    QKeyEvent clash(QEvent::KeyPress, Qt::Key_F, Qt::ControlModifier);
    QApplication::sendEvent(recorders[1], &clash);
    recorders[3]->setFocus();
    recorders[3]->click();
    shown(shortcuts, u"09-shortcuts"_s);
}

/// The page of shortcuts in each way in which a desktop gives out keys that work everywhere.
void everywhere(const Look& look)
{
    using Way = GlobalKeys::Way;
    const QList<std::pair<Way, QString>> ways{{Way::Grabbed, u"09-everywhere-taken"_s},
        {Way::Portal, u"09-everywhere-portal"_s}, {Way::None, u"09-everywhere-commands"_s}};
    for (const auto& [way, name] : ways) {
        DialogStage stage;
        FakeEverywhere everywhere(stage.settings, way);
        stage.context.globalShortcuts = &everywhere.shortcuts;
        everywhere.keys->holds.insert(
            ShortcutMap::textOf(QKeySequence(u"Ctrl+Alt+K"_s)), FakeGlobalKeys::Hold::Taken);
        everywhere.shortcuts.start();
        (void)everywhere.shortcuts.set(GlobalAction::Next, QKeySequence(u"Meta+Right"_s));
        PreferencesDialog dialog(stage.context);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.showPage(PreferencesDialog::Page::Shortcuts);
        dialog.show();
        look(&dialog, name);
        if (way != Way::None)
            continue;
        press(&dialog, u"Show commands"_s);
        look(&dialog, name + u"-below"_s);
    }
}

} // namespace

QString withoutMarks(QString text)
{
    return text.remove(kMark).remove(kEndOfMark);
}

void playDialogScenes(const std::function<void(QWidget* dialog, const QString& name)>& look)
{
    const auto settled = [&look](QWidget* dialog, const QString& name) {
        settle(dialog);
        look(dialog, name);
    };
    for (const auto& scene : {add, addTroubles, newProfile, network, logOut, others, everywhere})
        scene(settled);
    playAccountScenes(settled);
    playOpenScenes(settled);
}

} // namespace hatstand::test
