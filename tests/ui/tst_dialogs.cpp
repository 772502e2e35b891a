// SPDX-License-Identifier: MIT
#include "tests/ui/DialogDriver.h"
#include "tests/ui/DialogStage.h"
#include "ui/clipboard/SecretClipboard.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/ExportDialog.h"
#include "ui/dialogs/LogoutDialog.h"
#include "ui/dialogs/PreferencesDialog.h"
#include "ui/dialogs/RepairDialog.h"
#include "ui/dialogs/ShortcutsDialog.h"
#include "ui/dialogs/UnlockDialog.h"
#include "ui/dialogs/parts/NewFile.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/Strength.h"
#include "ui/dialogs/preferences/KeyRecorder.h"
#include "ui/theme/ThemeManager.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QVBoxLayout>
#include <QVariantAnimation>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;
using namespace hatstand::test;
using namespace hatstand::ui;

namespace {

const QString kTyped = u"correct horse battery staple"_s;

/// A dialog that is open; deleted with the test unless it has closed itself.
template <class T>
class Opened
{
public:
    template <class... Arguments>
    explicit Opened(Arguments&&... arguments)
        : dialog(new T(std::forward<Arguments>(arguments)...))
        , accepted(dialog, &QDialog::accepted)
    {
        dialog->open();
    }
    ~Opened() { delete dialog; }
    T* operator->() const { return dialog; }
    operator QWidget*() const { return dialog; }
    QPointer<T> dialog;
    QSignalSpy accepted;
};

QString texts(QWidget* in)
{
    return textsIn(in).join(u" | "_s);
}

} // namespace

class TestDialogs final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // --- log out ---
    void anUnsavedKeyIsWarnedOfAndRests()
    {
        DialogStage stage;
        const auto id = stage.addNostrKey(3, u"Mira"_s);
        Opened<LogoutDialog> shown(stage.context, QList{id});
        QVERIFY(says(shown, u"Log out Mira?"_s));
        QVERIFY(says(shown, u"This key exists nowhere else that Hatstand knows."_s));
        QVERIFY(says(
            shown, u"Hatstand keeps it for 30 days; after that, without a backup, Mira is lost for good."_s));
        const auto* save = qobject_cast<QPushButton*>(findButton(shown, u"Export backup…"_s));
        QVERIFY(save && save->isDefault() && shown->focusWidget() == save);
        QVERIFY(!qobject_cast<QPushButton*>(findButton(shown, u"Log out"_s))->isDefault());
        QVERIFY(!shown->findChild<QCheckBox*>()->isChecked());
        QVERIFY(press(shown, u"Log out"_s));
        QTRY_VERIFY(!shown.dialog);
        QCOMPARE(stage.stand.sessions->count(), 0);
        QVERIFY(stage.stand.vault->contains(u"trash:"_s + id.text()));
    }

    void theKeyCanBeDeletedNow()
    {
        DialogStage stage;
        const auto id = stage.addNostrKey(3, u"Mira"_s);
        Opened<LogoutDialog> shown(stage.context, QList{id});
        QVERIFY(says(shown, u"rests for 30 days, then it is deleted from the system keychain"_s));
        QVERIFY(press(shown, u"Delete the key now"_s));
        QVERIFY(!says(shown, u"rests for 30 days"_s));
        QTRY_VERIFY(says(shown, u"The private key is deleted from the system keychain"_s));
        QVERIFY(press(shown, u"Log out"_s));
        QTRY_VERIFY(!shown.dialog);
        QCOMPARE(stage.stand.vault->storedKeys(), QStringList());
    }

    void aSavedKeyIsAskedForWithCancelFirst()
    {
        DialogStage stage;
        const auto id = stage.addAntelopeKey();
        QVERIFY(stage.stand.sessions->markExported(id));
        Opened<LogoutDialog> shown(stage.context, QList{id});
        QVERIFY2(says(shown, u"Your backup of 13 June 2026 can bring it back"_s), qPrintable(texts(shown)));
        QVERIFY(!says(shown, u"nowhere else"_s));
        const auto* cancel = qobject_cast<QPushButton*>(findButton(shown, u"Cancel"_s));
        QVERIFY(cancel->isDefault() && shown->focusWidget() == cancel);
        QTest::keyClick(shown.dialog, Qt::Key_Return);
        QTRY_VERIFY(!shown.dialog);
        QCOMPARE(stage.stand.sessions->count(), 1);
    }

    void watchingIsLeftSimply()
    {
        DialogStage stage;
        const auto id = stage.watch(u"Tomas"_s);
        Opened<LogoutDialog> shown(stage.context, QList{id});
        QVERIFY(says(shown, u"No private key is here, so none is lost"_s));
        QVERIFY(!findButton(shown, u"Export backup…"_s) && !shown->findChild<QCheckBox*>());
        QVERIFY(press(shown, u"Log out"_s));
        QTRY_COMPARE(stage.stand.sessions->count(), 0);
    }

    void aRefusalIsSaidAndTriedAgain()
    {
        DialogStage stage;
        const auto id = stage.addNostrKey(3, u"Night Garden"_s);
        Opened<LogoutDialog> shown(stage.context, QList{id});
        stage.stand.vault->failAlways = ErrorCode::KeychainDenied;
        QVERIFY(press(shown, u"Log out"_s));
        QVERIFY2(says(shown, u"Night Garden is still logged in"_s), qPrintable(texts(shown)));
        QVERIFY(says(shown, u"Nothing was deleted."_s));
        QVERIFY(says(shown, u"The system keychain refused."_s));
        QVERIFY(!says(shown, u"keychain-denied"_s));
        QVERIFY(press(shown, u"Details"_s));
        QVERIFY(says(shown, u"keychain-denied"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
        stage.stand.vault->failAlways.reset();
        QVERIFY(press(shown, u"Try again"_s));
        QTRY_VERIFY(!shown.dialog);
        QCOMPARE(stage.stand.sessions->count(), 0);
    }

    void waitingCanBeEndedAndLogsNobodyOut()
    {
        DialogStage stage;
        const auto id = stage.addNostrKey(3, u"Night Garden"_s);
        Opened<LogoutDialog> shown(stage.context, QList{id});
        stage.stand.vault->hold();
        QVERIFY(press(shown, u"Log out"_s));
        QTRY_VERIFY(says(shown, u"Waiting for the system keychain…"_s));
        QVERIFY(!findButton(shown, u"Export backup…"_s)); // which would leave no room for these words
        QCOMPARE(shown->focusWidget(), findButton(shown, u"Cancel"_s));
        QTest::keyClick(shown->focusWidget(), Qt::Key_Return);
        QVERIFY(shown.dialog && shown->isVisible());
        QVERIFY2(says(shown, u"Night Garden is still logged in"_s), qPrintable(texts(shown)));
        QVERIFY(says(shown, u"You stopped waiting. The key stays where it is."_s));
        stage.stand.vault->release();
        QVERIFY(stage.stand.sessions->find(id));
        QVERIFY(stage.stand.vault->contains(id.text()));
        QVERIFY(press(shown, u"Try again"_s));
        QTRY_VERIFY(!shown.dialog);
        QCOMPARE(stage.stand.sessions->count(), 0);
    }

    void aNameWithoutASpaceStaysInside()
    {
        DialogStage stage;
        const auto id = stage.addNostrKey(3, QString(64, u'W'));
        Opened<LogoutDialog> shown(stage.context, QList{id});
        QCOMPARE(shown->width(), 500);
        for (const QLabel* label : shown->findChildren<QLabel*>()) {
            if (!label->isVisible() || label->text().isEmpty())
                continue;
            QVERIFY2(label->mapTo(shown.dialog, label->rect().topRight()).x() < shown->width(),
                qPrintable(label->text()));
            QVERIFY2(label->minimumSizeHint().width() <= label->width(), qPrintable(label->text()));
        }
    }

    // --- keys ---
    void enterPressesTheButtonThatHasTheFocus()
    {
        DialogStage stage;
        const auto id = stage.addNostrKey(3, u"Mira"_s);
        {
            Opened<AddAccountDialog> adding(stage.context);
            findButton(adding, u"Cancel"_s)->setFocus(Qt::TabFocusReason);
            QTest::keyClick(adding->focusWidget(), Qt::Key_Return);
            QTRY_VERIFY(!adding.dialog);
            QCOMPARE(stage.stand.sessions->count(), 1);
        }
        Opened<LogoutDialog> leaving(stage.context, QList{id});
        findButton(leaving, u"Log out"_s)->setFocus(Qt::TabFocusReason);
        QTest::keyClick(leaving->focusWidget(), Qt::Key_Enter, Qt::KeypadModifier);
        QTRY_VERIFY(!leaving.dialog);
        QCOMPARE(stage.stand.sessions->count(), 0);
    }

    void enterInAFieldPressesTheDefault()
    {
        DialogStage stage;
        Opened<AddAccountDialog> adding(stage.context);
        auto* pages = adding->findChild<QListWidget*>();
        pages->setFocus(Qt::TabFocusReason);
        QTest::keyClick(pages, Qt::Key_Return); // leads to the page, and makes nothing yet
        QCOMPARE(stage.stand.sessions->count(), 0);
        QCOMPARE(adding->focusWidget(), findField(adding, u"Label"_s));
        QTest::keyClick(adding->focusWidget(), Qt::Key_Return);
        QCOMPARE(stage.stand.sessions->count(), 1);
    }

    void theDetailsFoldOpen()
    {
        DialogStage stage;
        ThemeManager themes(*qApp, stage.settings);
        themes.apply();
        const auto id = stage.addNostrKey(3, u"Night Garden"_s);
        Opened<LogoutDialog> shown(stage.context, QList{id});
        stage.stand.vault->failAlways = ErrorCode::KeychainDenied;
        QVERIFY(press(shown, u"Log out"_s));
        const auto details = [&]() -> QLabel* {
            for (QLabel* label : shown->findChildren<QLabel*>()) {
                if (label->text() == "keychain-denied"_L1)
                    return label;
            }
            return nullptr;
        };
        themes.setReducedMotion(false);
        const int closed = shown->height();
        QVERIFY(press(shown, u"Details"_s));
        QVERIFY(details() && details()->isVisible());
        auto* unfolding = details()->findChild<QVariantAnimation*>();
        QVERIFY(unfolding);
        QVERIFY(details()->maximumHeight() < 10);
        QSignalSpy ended(unfolding, &QVariantAnimation::finished);
        QVERIFY(ended.wait());
        QCOMPARE(details()->maximumHeight(), QWIDGETSIZE_MAX);
        QTRY_VERIFY(shown->height() > closed + 10);
        QVERIFY(press(shown, u"Details"_s));
        QTRY_COMPARE(shown->height(), closed);
        themes.setReducedMotion(true);
        QVERIFY(press(shown, u"Details"_s));
        QVERIFY(shown->height() > closed + 10); // at once
    }

    void loggingOutAllListsThem()
    {
        DialogStage stage;
        QList<session::SessionId> all{
            stage.addNostrKey(3, u"Mira"_s), stage.addAntelopeKey(), stage.watch(u"Tomas"_s)};
        QVERIFY(stage.stand.sessions->markExported(all[1]));
        Opened<LogoutDialog> shown(stage.context, all);
        QVERIFY(says(shown, u"Log out all 3 accounts?"_s));
        QVERIFY(says(shown, u"Never exported"_s));
        QVERIFY(says(shown, u"Backed up"_s));
        QVERIFY(says(shown, u"No key here"_s));
        QVERIFY(qobject_cast<QPushButton*>(findButton(shown, u"Cancel"_s))->isDefault());
        QVERIFY(press(shown, u"Log out all"_s));
        QTRY_VERIFY(!shown.dialog);
        QCOMPARE(stage.stand.sessions->count(), 0);
    }

    void allCanBeBackedUpAtOnce()
    {
        DialogStage stage;
        QList<session::SessionId> all{
            stage.addNostrKey(3, u"Mira"_s), stage.addNostrKey(4, u"Mira"_s), stage.addAntelopeKey()};
        Opened<LogoutDialog> shown(stage.context, all);
        QVERIFY(press(shown, u"Back up all…"_s));
        QVERIFY(says(shown, u"not saved here (1)"_s));
        QVERIFY(type(shown, u"Passphrase"_s, kTyped));
        QVERIFY(type(shown, u"Repeat passphrase"_s, kTyped));
        QVERIFY(press(shown, u"Save backups…"_s));
        QTemporaryDir folder;
        QVERIFY(chooseFile(shown, folder.path()));
        QTRY_VERIFY_WITH_TIMEOUT(says(shown, u"The backups are saved (2)"_s), 60'000);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files),
            (QStringList{u"Mira 2.ncryptsec"_s, u"Mira.ncryptsec"_s}));
        QVERIFY(press(shown, u"Done"_s));
        QVERIFY(says(shown, u"Backed up"_s));
        QVERIFY(!stage.stand.sessions->find(all[2])->exportedAt.isValid());
    }

    // --- export ---
    void antelopeKeysAreSavedInClearWithAWarning()
    {
        DialogStage stage;
        const auto id = stage.addAntelopeKey();
        Opened<ExportDialog> shown(stage.context, id);
        QVERIFY(says(shown, u"This file is not encrypted."_s));
        const QString path = stage.stand.dir.filePath(u"gallery.key"_s);
        QVERIFY(press(shown, u"Save key file…"_s));
        QVERIFY(chooseFile(shown, path));
        QTRY_VERIFY(says(shown, u"The backup is saved"_s));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("PVT_K1_"));
        QCOMPARE(
            file.permissions() & ~(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser),
            QFile::Permissions());
        QVERIFY(stage.stand.sessions->find(id)->exportedAt.isValid());
        QVERIFY(press(shown, u"Done"_s));
        QTRY_COMPARE(shown.accepted.count(), 1);
    }

    void aKeyIsCopiedForAWhile_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("encrypted under a new passphrase") << u"nostr"_s;
        QTest::newRow("as it is stored") << u"encrypted"_s;
        QTest::newRow("in clear") << u"antelope"_s;
    }

    void aKeyIsCopiedForAWhile()
    {
        QFETCH(QString, kind);
        DialogStage stage;
        const auto id = kind == u"nostr"_s ? stage.addNostrKey(3)
            : kind == u"encrypted"_s       ? stage.addEncrypted()
                                           : stage.addAntelopeKey();
        Opened<ExportDialog> shown(stage.context, id);
        QGuiApplication::clipboard()->clear();
        if (kind == u"nostr"_s) {
            QVERIFY(!press(shown, u"Copy"_s)); // without a passphrase
            QVERIFY(type(shown, u"Passphrase"_s, kTyped));
            QVERIFY(type(shown, u"Repeat passphrase"_s, kTyped));
        }
        QVERIFY(press(shown, u"Copy"_s));
        QTRY_VERIFY_WITH_TIMEOUT(says(shown, u"Copied. The clipboard is cleared in 30 s."_s), 60'000);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(kind == u"antelope"_s ? "PVT_K1_"_L1 : "ncryptsec1"_L1));
        QVERIFY(!copied.contains(u'\n'));
        QVERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(SecretClipboard::kHint));
        QVERIFY(!texts(shown).contains(copied)); // no view shows it
        QVERIFY(stage.stand.sessions->find(id)->exportedAt.isValid());
        QVERIFY(press(shown, u"Done"_s));
        QTRY_COMPARE(shown.accepted.count(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), copied); // for as long as it was said
    }

    void whatIsTypedIsHiddenWhenLeft()
    {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* field = new SecretField;
        auto* other = new QLineEdit;
        layout->addWidget(field);
        layout->addWidget(other);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        other->setFocus();
        const auto show = [field] {
            field->actions().first()->trigger(); // the eye
            return field->isRevealed();
        };
        QVERIFY(show());
        QVERIFY(field->hasFocus());
        other->setFocus();
        QVERIFY(!field->isRevealed());
        // Another window.
        QVERIFY(show());
        QWidget another;
        another.show();
        another.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&another));
        QVERIFY(!field->isRevealed());
        // Though it never had the focus.
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        other->setFocus();
        field->reveal(true);
        another.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&another));
        QVERIFY(!field->isRevealed());
        field->reveal(true);
        window.hide();
        QVERIFY(!field->isRevealed());
    }

    void noFileIsEverReplaced()
    {
        DialogStage stage;
        const auto id = stage.addAntelopeKey();
        const QString path = stage.stand.dir.filePath(u"gallery.key"_s);
        QFile before(path);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("precious") == 8);
        before.close();
        Opened<ExportDialog> shown(stage.context, id);
        QVERIFY(press(shown, u"Save key file…"_s));
        QVERIFY(chooseFile(shown, path));
        QTRY_VERIFY2(says(shown, u"There is a file of this name already."_s), qPrintable(texts(shown)));
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("precious"));
        QVERIFY(!stage.stand.sessions->find(id)->exportedAt.isValid());
        QVERIFY(!writeNewFile(u"/nonexistent/folder/key"_s, {}));
    }

    void anEncryptedKeyIsSavedAsItIs()
    {
        DialogStage stage;
        const auto id = stage.addEncrypted(u"Locked"_s);
        Opened<ExportDialog> shown(stage.context, id);
        QVERIFY(!findField(shown, u"Passphrase"_s));
        const QString path = stage.stand.dir.filePath(u"locked.ncryptsec"_s);
        QVERIFY(press(shown, u"Save backup…"_s));
        QVERIFY(chooseFile(shown, path));
        QTRY_VERIFY2(says(shown, u"The backup is saved"_s), qPrintable(texts(shown)));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().trimmed(), QByteArray(DialogStage::kNcryptsec));
    }

    // --- unlock and repair ---
    void unlockTakesThePassphrase()
    {
        DialogStage stage;
        stage.stand.vault->setKind(secrets::VaultKind::Passphrase);
        stage.stand.vault->setState(secrets::VaultState::Locked);
        stage.stand.vault->setPassphrase("open sesame");
        Opened<UnlockDialog> shown(stage.context);
        QVERIFY(type(shown, u"Passphrase"_s, u"wrong"_s));
        QVERIFY(press(shown, u"Unlock"_s));
        QVERIFY(says(shown, u"Wrong passphrase."_s));
        QVERIFY(type(shown, u"Passphrase"_s, u"open sesame"_s));
        QVERIFY(press(shown, u"Unlock"_s));
        QTRY_COMPARE(shown.accepted.count(), 1);
        QCOMPARE(stage.stand.vault->state(), secrets::VaultState::Unlocked);
    }

    void unlockWaitsForTheDesktopsPrompt()
    {
        DialogStage stage;
        stage.stand.vault->setState(secrets::VaultState::Locked);
        stage.stand.vault->hold();
        stage.stand.vault->failNextUnlock = ErrorCode::Locked;
        Opened<UnlockDialog> shown(stage.context);
        QVERIFY(says(shown, u"Waiting for the system keychain…"_s));
        stage.stand.vault->release();
        QVERIFY(says(shown, u"The system keychain is locked."_s));
        QVERIFY(press(shown, u"Try again"_s));
        QTRY_COMPARE(shown.accepted.count(), 1);
    }

    void unlockingCanBeLeft()
    {
        DialogStage stage;
        stage.stand.vault->setState(secrets::VaultState::Locked);
        stage.stand.vault->hold();
        Opened<UnlockDialog> shown(stage.context);
        QCOMPARE(stage.stand.vault->held(), 1);
        QVERIFY(press(shown, u"Cancel"_s));
        QCOMPARE(stage.stand.vault->held(), 0);
        QTRY_VERIFY(!shown.dialog);
    }

    void repairLeadsOn()
    {
        DialogStage stage;
        const auto id = stage.addNostrKey(3, u"Mira"_s);
        stage.stand.sessions->noteUse(id, ErrorCode::Locked);
        QWidget window;
        Opened<RepairDialog> shown(stage.context, id, &window);
        QVERIFY2(says(shown, u"The keychain is locked."_s), qPrintable(texts(shown)));
        QVERIFY(findButton(shown, u"Unlock…"_s));
        stage.stand.sessions->noteUse(id, ErrorCode::SecretMissing);
        QVERIFY2(says(shown, u"The keychain has no key for it."_s), qPrintable(texts(shown)));
        QVERIFY(press(shown, u"Add it again…"_s));
        auto* add = window.findChild<AddAccountDialog*>();
        QVERIFY(add);
        QCOMPARE(add->page(), AddAccountDialog::Page::NostrKey);
    }

    // --- preferences ---
    void theThemeIsChosen()
    {
        DialogStage stage;
        Opened<PreferencesDialog> shown(stage.context);
        QVERIFY(press(shown, u"Dark"_s));
        QCOMPARE(stage.settings.value(u"ui.theme"_s), u"dark"_s);
    }

    void whenASwitchIsNotifiedIsChosen()
    {
        DialogStage stage;
        Opened<PreferencesDialog> shown(stage.context);
        const auto* usual
            = qobject_cast<QRadioButton*>(findButton(shown, u"When it came from a global shortcut"_s));
        QVERIFY(usual && usual->isChecked());
        QVERIFY(press(shown, u"Never"_s));
        QCOMPARE(stage.settings.value(u"notify.switch"_s), u"never"_s);
        QVERIFY(press(shown, u"Always"_s));
        QCOMPARE(stage.settings.value(u"notify.switch"_s), u"always"_s);
    }

    void shortcutsAreRecordedRefusedMovedAndReset()
    {
        DialogStage stage;
        Opened<PreferencesDialog> shown(stage.context);
        shown->showPage(PreferencesDialog::Page::Shortcuts);
        const auto recorder = [&](Command command) {
            const auto rows = ShortcutMap::rows();
            const auto at = std::find_if(
                rows.cbegin(), rows.cend(), [&](const auto& row) { return row.command == command; });
            return shown->findChildren<KeyRecorder*>().at(at - rows.cbegin());
        };
        const auto record
            = [&](Command command, int key, Qt::KeyboardModifiers modifiers, const QString& text = {}) {
                  recorder(command)->click();
                  QKeyEvent event(QEvent::KeyPress, key, modifiers, text);
                  QApplication::sendEvent(recorder(command), &event);
              };
        record(Command::Add, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stage.shortcuts.keysText(Command::Add), u"Ctrl+Shift+A"_s);
        record(Command::Previous, Qt::Key_Backtab, Qt::ControlModifier | Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(stage.shortcuts.keysText(Command::Previous), u"Ctrl+Alt+Shift+Tab"_s);
        record(Command::SwitchToAccount, Qt::Key_3, Qt::AltModifier);
        QCOMPARE(stage.shortcuts.keysText(Command::SwitchToAccount), u"Alt+1 … Alt+9"_s);

        record(Command::Add, Qt::Key_B, Qt::NoModifier, u"b"_s);
        QVERIFY(says(shown, u"These keys type text. Add Ctrl, Alt or Meta."_s));
        QVERIFY(!findButton(shown, u"Move it here"_s));
        record(Command::Add, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(says(shown, u"Ctrl+F already finds an account."_s));
        QCOMPARE(stage.shortcuts.keysText(Command::Add), u"Ctrl+Shift+A"_s);
        QVERIFY(press(shown, u"Move it here"_s));
        QCOMPARE(stage.shortcuts.keysText(Command::Add), u"Ctrl+F"_s);
        QCOMPARE(stage.shortcuts.keysText(Command::Search), QString());
        QVERIFY(!says(shown, u"already"_s));

        record(Command::Add, Qt::Key_Escape, Qt::NoModifier);
        QCOMPARE(stage.shortcuts.keysText(Command::Add), u"Ctrl+F"_s);
        record(Command::Add, Qt::Key_Backspace, Qt::NoModifier);
        QCOMPARE(stage.shortcuts.keysText(Command::Add), QString());
        QVERIFY(press(shown, u"Reset all"_s));
        QCOMPARE(stage.shortcuts.keysText(Command::Add), u"Ctrl+N"_s);
        QCOMPARE(stage.shortcuts.keysText(Command::Search), u"Ctrl+F"_s);
    }

    void aShortcutIsFound()
    {
        DialogStage stage;
        Opened<PreferencesDialog> shown(stage.context);
        shown->showPage(PreferencesDialog::Page::Shortcuts);
        QVERIFY(type(shown, u"Find a shortcut"_s, u"quit"_s));
        QVERIFY(says(shown, u"Quit"_s));
        QVERIFY(!says(shown, u"Next account"_s));
        QVERIFY(type(shown, u"Find a shortcut"_s, u"zebra"_s));
        QVERIFY(says(shown, u"Nothing matches \"zebra\""_s));
    }

    void theListOfKeysIsWhatThePersonSet()
    {
        DialogStage stage;
        QVERIFY(stage.shortcuts.set(Command::Add, QKeySequence(u"Ctrl+Shift+A"_s)));
        QVERIFY(stage.shortcuts.set(Command::Rename, {}));
        Opened<ShortcutsDialog> shown(stage.context);
        QVERIFY(says(shown, u"Ctrl+Shift+A"_s));
        QVERIFY(says(shown, u"Ctrl+1 … Ctrl+9"_s));
        QVERIFY(!says(shown, u"Rename"_s)); // only keys that exist
    }

    // --- parts ---
    void aSecretFieldForgetsAndTellsNobody()
    {
        const QString secret = u"nsec1mysecret"_s;
        SecretField field;
        QLineEdit elsewhere;
        field.show();
        QString typed(secret.constData(), secret.size());
        field.setText(typed);
        typed.clear();
        QAccessibleInterface* told = QAccessible::queryAccessibleInterface(&field);
        const auto isTold = [&] {
            for (const auto kind : {QAccessible::Value, QAccessible::Name, QAccessible::Description})
                if (told->text(kind).contains(secret))
                    return true;
            return told->textInterface() && told->textInterface()->text(0, 99).contains(secret);
        };
        QVERIFY(!isTold());
        field.reveal(true);
        QVERIFY(field.displayText() == secret);
        QVERIFY(!isTold());
        QVERIFY(told->state().passwordEdit);

        QGuiApplication::clipboard()->clear();
        field.selectAll();
        QTest::keyClick(&field, Qt::Key_C, Qt::ControlModifier);
        QTest::keyClick(&field, Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QString());
        QCOMPARE(field.peek().text(), secret.toStdString());

        QFocusEvent leave(QEvent::FocusOut);
        QApplication::sendEvent(&field, &leave);
        QVERIFY(!field.isRevealed());

        const QString storage = field.text(); // shares the field's own
        const SecretBuffer taken = field.take();
        QCOMPARE(taken.text(), secret.toStdString());
        QVERIFY(field.text().isEmpty());
        QCOMPARE(storage, QString(secret.size(), QChar(0)));
        QTest::keyClick(&field, Qt::Key_Z, Qt::ControlModifier);
        field.undo();
        QVERIFY(!field.text().contains(u"nsec"_s));
    }

    void whatIsTypedCanBeShownByKeysAlone()
    {
        SecretField field;
        field.show();
        field.setText(u"typed"_s);
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(5, 5), field.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&field, &asked);
        auto* menu = field.findChild<QMenu*>();
        QVERIFY(menu);
        QFocusEvent toMenu(QEvent::FocusOut, Qt::PopupFocusReason);
        for (QAction* action : menu->actions()) {
            if (action->text() == u"Show what is typed"_s)
                action->trigger();
        }
        QVERIFY(field.isRevealed());
        QApplication::sendEvent(&field, &toMenu);
        QVERIFY(field.isRevealed());
        menu->close();
    }

    void strengthIsToldInWords_data()
    {
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << u"a1b2"_s << u"At least 8 characters."_s;
        QTest::newRow("eight") << u"password"_s << u"Weak: 8 characters"_s;
        QTest::newRow("repeated") << QString(40, u'a') << u"Weak: 40 characters"_s;
        QTest::newRow("the same word") << u"tree tree tree tree tree tree"_s << u"Weak: 29 characters"_s;
        QTest::newRow("four words") << kTyped << u"Fair: 4 words"_s;
        QTest::newRow("five words") << u"maple ribbon quiet harbour stove"_s << u"Strong: 5 words"_s;
        QTest::newRow("mixed") << u"kW7#pq2!Lm9$xZ4%"_s << u"Strong: 16 characters"_s;
    }
    void strengthIsToldInWords()
    {
        QFETCH(QString, passphrase);
        QFETCH(QString, text);
        const QByteArray utf8 = passphrase.toUtf8();
        QCOMPARE(strengthText(strengthOf(SecretBuffer::copyOf(bytesOf(utf8)))), text);
    }
};

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
