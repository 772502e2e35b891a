// SPDX-License-Identifier: MIT
// What a person sees of Stop signing, Lock and the Hatstand passphrase.
#include "tests/ui/DialogDriver.h"
#include "tests/ui/WindowStand.h"
#include "ui/dialogs/PreferencesDialog.h"
#include "ui/dialogs/UnlockDialog.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/SessionListView.h"
#include "ui/windows/StatusLine.h"
#include "ui/windows/WindowDialogs.h"

#include <QCheckBox>
#include <QSignalSpy>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using secrets::VaultState;
using session::SessionId;
using test::SampleStand;

namespace {

struct Shown
{
    explicit Shown(bool passphrase)
    {
        stand.addSix();
        if (passphrase) {
            stand.vault->setPassphrase("open sesame");
            stand.vault->setTakesPassphrase(true);
        }
        window = std::make_unique<MainWindow>(stand.context);
        dialogs = std::make_unique<WindowDialogs>(stand.context, *window);
        window->show();
        window->activateWindow();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window is not active");
    }
    [[nodiscard]] QPushButton* button(const QString& name) const
    {
        const auto all = window->findChildren<QPushButton*>();
        for (QPushButton* one : all) {
            if (one->isVisible() && (one->accessibleName() == name || one->text() == name))
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] bool hasBanner() const { return window->findChild<QWidget*>(u"stopped"_s)->isVisible(); }
    void pressLock() const
    {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : window.get(), Qt::Key_L, Qt::ControlModifier);
    }
    [[nodiscard]] QString setting() const { return stand.settings.value(u"signing.stopped"_s); }

    test::WindowStand stand;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<WindowDialogs> dialogs;
};

/// The security page of the preferences.
struct Security
{
    explicit Security(test::WindowStand& stand)
        : dialog(stand.context)
    {
        dialog.showPage(PreferencesDialog::Page::Security);
        dialog.show();
    }
    bool typeNew(const QString& passphrase)
    {
        return test::type(&dialog, u"Passphrase"_s, passphrase)
            && test::type(&dialog, u"Repeat passphrase"_s, passphrase);
    }
    PreferencesDialog dialog;
};

} // namespace

class TestLock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stoppedIsSaidAndEndedInTheWindow()
    {
        Shown shown(false);
        QVERIFY(!shown.hasBanner());
        QVERIFY(!shown.button(u"Lock"_s));
        QTest::mouseClick(shown.button(u"Stop signing"_s), Qt::LeftButton);
        QCOMPARE(shown.setting(), u"true"_s);
        QVERIFY(shown.hasBanner());
        QVERIFY(test::says(shown.window.get(), u"Signing is stopped. Every request is denied."_s));
        QVERIFY(shown.button(u"Start signing again"_s));
        QTest::mouseClick(shown.button(u"Start again"_s), Qt::LeftButton);
        QCOMPARE(shown.setting(), u"false"_s);
        QVERIFY(!shown.hasBanner());
    }

    void stoppedElsewhereIsSeenAtOnce()
    {
        Shown shown(false);
        QVERIFY(shown.stand.settings.set(u"signing.stopped"_s, u"true"_s)); // as the command line does
        QVERIFY(shown.hasBanner());
        MainWindow later(shown.stand.context);
        QVERIFY(!later.findChild<QWidget*>(u"stopped"_s)->isHidden());
        QVERIFY(shown.stand.settings.set(u"signing.stopped"_s, u"false"_s));
        QVERIFY(!shown.hasBanner());
    }

    void theKeyStopsWhereNothingLocks()
    {
        Shown shown(false);
        shown.pressLock();
        QVERIFY(shown.hasBanner());
        QCOMPARE(
            shown.stand.vault->state(), VaultState::Unlocked); // the desktop's keychain is not ours to lock
        shown.pressLock();
        QVERIFY(!shown.hasBanner());
        QVERIFY(shown.stand.settings.set(u"shortcuts.lock"_s, u"Ctrl+Shift+L"_s));
        shown.pressLock();
        QVERIFY(!shown.hasBanner());
    }

    void lockedShowsAndSwitchesAccounts()
    {
        Shown shown(true);
        QVERIFY(!shown.button(u"Stop signing"_s));
        QVERIFY(shown.button(u"Lock"_s)->toolTip().contains(u"Ctrl+L"_s));
        shown.pressLock();
        QCOMPARE(shown.stand.vault->state(), VaultState::Locked);
        QVERIFY(!shown.hasBanner());
        auto* status = shown.window->findChild<StatusLine*>();
        QTRY_COMPARE(status->shownText(), u"Hatstand is locked"_s);
        auto* list = shown.window->findChild<SessionListView*>();
        QCOMPARE(list->model()->rowCount(), 6);
        QTRY_COMPARE(list->model()->index(0, 0).data(SessionModel::ReasonRole).toString(), u"Locked"_s);
        QTRY_VERIFY(shown.button(u"Switch to Gallery"_s));
        QTest::mouseClick(shown.button(u"Switch to Gallery"_s), Qt::LeftButton);
        QCOMPARE(shown.stand.sessions->active(), SessionId(SampleStand::gallery));
        QCOMPARE(shown.stand.vault->state(), VaultState::Locked);
    }

    void unlockingIsOfferedAndAsksForThePassphrase()
    {
        Shown shown(true);
        shown.stand.vault->setState(VaultState::Locked);
        shown.pressLock();
        QTRY_VERIFY(qobject_cast<UnlockDialog*>(shown.dialogs->opened()));
        QDialog* dialog = shown.dialogs->opened();
        QVERIFY(test::type(dialog, u"Passphrase"_s, u"open sesame"_s));
        QVERIFY(test::press(dialog, u"Unlock"_s));
        QTRY_COMPARE(shown.stand.vault->state(), VaultState::Unlocked);
        QTRY_VERIFY(shown.button(u"Lock"_s));
        auto* list = shown.window->findChild<SessionListView*>();
        QTRY_COMPARE(list->model()->index(0, 0).data(SessionModel::ReasonRole).toString(), QString());
    }

    void whatWasTypedIsWipedByTheLock()
    {
        Shown shown(true);
        Q_EMIT shown.window->addPrivateKeyRequested();
        QDialog* dialog = shown.dialogs->opened();
        QVERIFY(dialog);
        QVERIFY(test::type(dialog, u"Private key"_s, u"nsec1half"_s));
        shown.stand.vault->lock([](const Result<void>&) {}); // the screen went dark
        for (const auto* field : dialog->findChildren<SecretField*>())
            QCOMPARE(field->text(), QString());
        QVERIFY(dialog->isVisible());
    }

    void aPassphraseIsSetInThePreferences()
    {
        test::WindowStand stand;
        Security page(stand);
        QVERIFY(!test::findField(&page.dialog, u"Passphrase now"_s));
        QVERIFY(!test::findButton(&page.dialog, u"Remove passphrase"_s));
        QVERIFY(test::says(&page.dialog, u"Without it the keys are lost"_s));
        QVERIFY(!test::findButton(&page.dialog, u"Set passphrase"_s)->isEnabled());
        QVERIFY(page.typeNew(u"short"_s));
        QVERIFY(!test::findButton(&page.dialog, u"Set passphrase"_s)->isEnabled());
        QVERIFY(page.typeNew(u"maple ribbon quiet harbour"_s));
        stand.vault->hold(); // every key is read and written
        QVERIFY(test::press(&page.dialog, u"Set passphrase"_s));
        QVERIFY(test::says(&page.dialog, u"Encrypting every key anew…"_s));
        QVERIFY(!test::findButton(&page.dialog, u"Set passphrase"_s)->isEnabled()); // not twice
        stand.vault->release();
        QVERIFY(stand.vault->takesPassphrase());
        QVERIFY(test::says(&page.dialog, u"The keys are protected."_s));
        QVERIFY(!test::says(&page.dialog, u"Encrypting"_s));
        QVERIFY(test::findField(&page.dialog, u"Passphrase now"_s));
        for (const auto* field : page.dialog.findChildren<SecretField*>())
            QCOMPARE(field->text(), QString());
    }

    void aPassphraseIsChangedAndRemoved()
    {
        test::WindowStand stand;
        stand.vault->setPassphrase("open sesame");
        stand.vault->setTakesPassphrase(true);
        Security page(stand);
        QVERIFY(test::type(&page.dialog, u"Passphrase now"_s, u"wrong"_s));
        QVERIFY(page.typeNew(u"maple ribbon quiet harbour"_s));
        QVERIFY(test::press(&page.dialog, u"Change passphrase"_s));
        QVERIFY(test::says(&page.dialog, u"Wrong passphrase."_s));
        QVERIFY(test::type(&page.dialog, u"Passphrase now"_s, u"open sesame"_s));
        QVERIFY(test::press(&page.dialog, u"Change passphrase"_s));
        QVERIFY(test::says(&page.dialog, u"The passphrase is changed."_s));

        QVERIFY(test::type(&page.dialog, u"Passphrase now"_s, u"open sesame"_s));
        QVERIFY(test::press(&page.dialog, u"Remove passphrase"_s));
        QVERIFY(stand.vault->takesPassphrase()); // that one opens nothing any more
        QVERIFY(test::type(&page.dialog, u"Passphrase now"_s, u"maple ribbon quiet harbour"_s));
        QVERIFY(test::press(&page.dialog, u"Remove passphrase"_s));
        QVERIFY(!stand.vault->takesPassphrase());
        QVERIFY(test::says(&page.dialog, u"The passphrase is gone."_s));
        QVERIFY(test::findButton(&page.dialog, u"Set passphrase"_s));
    }

    void aFileIsNeverWithoutAPassphrase()
    {
        test::WindowStand stand;
        stand.vault->setKind(secrets::VaultKind::Passphrase);
        Security page(stand);
        QVERIFY(test::findButton(&page.dialog, u"Change passphrase"_s));
        QVERIFY(!test::findButton(&page.dialog, u"Remove passphrase"_s));
    }

    void whenToLockIsChosen()
    {
        test::WindowStand stand;
        Security page(stand);
        const auto box = [&page](const QString& text) {
            return qobject_cast<QCheckBox*>(test::findButton(&page.dialog, text));
        };
        QVERIFY(!box(u"When the screen locks"_s)); // nothing to lock
        stand.vault->setTakesPassphrase(true);
        for (const auto& [text, setting] : {std::pair(u"When the screen locks"_s, u"lock.onScreenLock"_s),
                 std::pair(u"When the computer sleeps"_s, u"lock.onSuspend"_s),
                 std::pair(u"When another user takes over"_s, u"lock.onUserSwitch"_s)}) {
            QVERIFY(box(text)->isChecked());
            box(text)->click();
            QCOMPARE(stand.settings.value(setting), u"false"_s);
            box(text)->click();
            QCOMPARE(stand.settings.value(setting), u"true"_s);
        }
    }
};

QTEST_MAIN(TestLock)
#include "tst_lock.moc"
