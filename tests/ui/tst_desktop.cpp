// SPDX-License-Identifier: MIT
#include "app/Desktop.h"
#include "core/antelope/Chains.h"
#include "tests/ui/ChainStand.h"
#include "tests/ui/DialogDriver.h"
#include "tests/ui/WindowStand.h"
#include "ui/dialogs/LogoutDialog.h"
#include "ui/dialogs/UnlockDialog.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/switcher/SwitcherWindow.h"

#include <QPointer>

#include <optional>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using session::SessionId;
using test::SampleStand;
using test::WindowStand;

namespace {

/// A desktop over a stand with six accounts, and the one question that a program asks it.
struct Asked
{
    Asked()
    {
        stand.addSix();
        desktop = std::make_unique<app::Desktop>(*qApp, services);
    }
    void logOut(const SessionId& id, std::chrono::milliseconds limit)
    {
        answer.reset();
        desktop->askLogout(id, limit, [this](const Result<void>& done) {
            QVERIFY(!answer); // once
            answer = done;
        });
    }
    void lock()
    {
        stand.vault->setKind(secrets::VaultKind::Passphrase);
        stand.vault->setPassphrase("open sesame");
        stand.vault->setState(secrets::VaultState::Locked);
    }
    /// What whoever asks for it to be unlocked is told.
    Callback<void> noting()
    {
        return [this](const Result<void>& done) { opened += done ? u"open"_s : name(done.error().code); };
    }
    [[nodiscard]] static qsizetype unlockDialogs()
    {
        qsizetype count = 0;
        const auto widgets = QApplication::topLevelWidgets();
        for (QWidget* widget : widgets)
            count += qobject_cast<ui::UnlockDialog*>(widget) && widget->isVisible() ? 1 : 0;
        return count;
    }
    [[nodiscard]] static QDialog* dialog()
    {
        const auto widgets = QApplication::topLevelWidgets();
        for (QWidget* widget : widgets) {
            if (auto* found = qobject_cast<QDialog*>(widget); found && found->isVisible())
                return found;
        }
        return nullptr;
    }
    [[nodiscard]] static bool press(const QString& text) { return dialog() && test::press(dialog(), text); }

    WindowStand stand;
    test::ChainStand chain{*stand.sessions, stand.signer, stand.settings, stand.clock};
    app::Services services{*stand.sessions, stand.signer, stand.accounts, stand.slot, stand.setup,
        stand.settings, chain.registry, chain.registry.chains(), chain.client, chain.accounts, chain.requests,
        stand.random, stand.clock, stand.pool,
        [](std::chrono::milliseconds, const std::function<void()>& then) { then(); }};
    std::unique_ptr<app::Desktop> desktop;
    std::optional<Result<void>> answer;
    QStringList opened;
};

SessionId mira()
{
    return SessionId(SampleStand::mira);
}

} // namespace

/// The person at the window, as programs on the bus meet them.
class TestDesktop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void yesAndNo()
    {
        Asked asked;
        asked.logOut(mira(), 1h);
        QVERIFY(asked.press(u"Cancel"_s));
        QTRY_VERIFY(asked.answer);
        QCOMPARE(asked.answer->error().code, ErrorCode::Denied);
        asked.logOut(mira(), 1h);
        QVERIFY(asked.press(u"Log out"_s));
        QTRY_VERIFY(asked.answer);
        QVERIFY(*asked.answer);
        QVERIFY(!asked.stand.sessions->find(mira()));
    }

    void theSwitcherIsOneAndItsKeyClosesIt()
    {
        Asked asked;
        QVERIFY(asked.desktop->showSwitcher());
        const QPointer<QDialog> switcher = asked.dialog();
        QVERIFY(qobject_cast<ui::SwitcherWindow*>(switcher));
        QVERIFY(asked.desktop->showSwitcher());
        QCOMPARE(asked.dialog(), switcher.data());
        asked.desktop->toggleSwitcher();
        QTRY_VERIFY(!switcher);
        asked.desktop->toggleSwitcher();
        QVERIFY(qobject_cast<ui::SwitcherWindow*>(asked.dialog()));
    }

    void ctrlKInTheWindowOpensIt()
    {
        Asked asked;
        QVERIFY(asked.desktop->showWindow());
        QTRY_VERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u"gall"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Home);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_K, Qt::ControlModifier); // not the field's
        QVERIFY(qobject_cast<ui::SwitcherWindow*>(asked.dialog()));
    }

    void whatTheSwitcherAsksForOpensOverTheWindow()
    {
        Asked asked;
        QVERIFY(asked.desktop->showSwitcher());
        QVERIFY(asked.press(u"Log out Mira Okafor…"_s));
        QTRY_VERIFY(qobject_cast<ui::LogoutDialog*>(asked.dialog()));
        QVERIFY(test::press(asked.dialog(), u"Cancel"_s));
        QTRY_VERIFY(!asked.dialog());
        QVERIFY(asked.desktop->showSwitcher());
        QVERIFY(asked.press(u"Add account…"_s));
        QTRY_VERIFY(asked.dialog() && asked.dialog()->windowTitle() == u"Add account"_s);
    }

    void aQuestionIsTakenBackInTime()
    {
        Asked asked;
        asked.logOut({}, 1ms);
        QVERIFY(asked.dialog());
        QTRY_VERIFY(asked.answer);
        QCOMPARE(asked.answer->error().code, ErrorCode::Denied);
        QCOMPARE(asked.dialog(), nullptr);
        QCOMPARE(asked.stand.sessions->count(), 6);
    }

    void whatTheVaultRefusedIsTheAnswer()
    {
        Asked asked;
        asked.stand.vault->failAlways = ErrorCode::KeychainDenied;
        asked.logOut(mira(), 1h);
        QVERIFY(asked.press(u"Log out"_s));
        QVERIFY(asked.press(u"Close"_s)); // the vault has answered already
        QTRY_VERIFY(asked.answer);
        QCOMPARE(asked.answer->error().code, ErrorCode::KeychainDenied);
        QVERIFY(asked.stand.sessions->find(mira()));
    }

    void oneDialogUnlocksForAllWhoAsk()
    {
        Asked asked;
        asked.lock();
        asked.desktop->unlockForApp(asked.noting());
        const QPointer<QDialog> dialog = asked.dialog();
        QVERIFY(qobject_cast<ui::UnlockDialog*>(dialog));
        QVERIFY(test::says(dialog, u"An app that you connected asks for something."_s));
        asked.desktop->unlockForApp(asked.noting());
        asked.desktop->unlock(asked.noting());
        QCOMPARE(asked.unlockDialogs(), 1);
        QVERIFY(test::type(dialog, u"Passphrase"_s, u"open sesame"_s));
        QVERIFY(test::press(dialog, u"Unlock"_s));
        QTRY_COMPARE(asked.opened, (QStringList{u"open"_s, u"open"_s, u"open"_s}));
        QTRY_VERIFY(!dialog);
        asked.desktop->unlockForApp(asked.noting()); // it was opened while this was on its way
        QCOMPARE(asked.opened.size(), 4);
        QCOMPARE(asked.unlockDialogs(), 0);
    }

    /// What is typed into another program must not land in it.
    void onlyWhoBeganSomethingGetsTheFocus()
    {
        Asked asked;
        asked.lock();
        asked.desktop->unlockForApp(asked.noting());
        QVERIFY(asked.dialog()->testAttribute(Qt::WA_ShowWithoutActivating));
        QVERIFY(asked.press(u"Cancel"_s));
        QCOMPARE(asked.opened, QStringList{u"locked"_s});
        QTRY_COMPARE(asked.unlockDialogs(), 0);
        asked.desktop->unlock(asked.noting());
        QVERIFY(!asked.dialog()->testAttribute(Qt::WA_ShowWithoutActivating));
        QVERIFY(!test::says(asked.dialog(), u"An app"_s));
        QVERIFY(asked.press(u"Cancel"_s));
        QCOMPARE(asked.opened.size(), 2);
    }

    void whatIsUnlockedElsewhereIsNotAskedFor()
    {
        Asked asked;
        asked.lock();
        asked.desktop->unlockForApp(asked.noting());
        const QPointer<QDialog> dialog = asked.dialog();
        QVERIFY(dialog);
        QVERIFY(test::type(dialog, u"Passphrase"_s, u"open ses"_s));
        asked.stand.vault->setState(secrets::VaultState::Unlocked);
        asked.stand.vault->setState(secrets::VaultState::Locked); // before anybody looked
        QCOMPARE(dialog->findChild<ui::SecretField*>()->text(), QString());
        QCoreApplication::processEvents();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(asked.opened.isEmpty());
        asked.stand.vault->setState(secrets::VaultState::Unlocked);
        QTRY_COMPARE(asked.opened, QStringList{u"open"_s});
        QTRY_VERIFY(!dialog);
    }

    /// Nobody is told no while the vault is still at it.
    void aLogoutUnderWayIsWaitedFor()
    {
        Asked asked;
        asked.stand.vault->hold();
        asked.logOut(mira(), 1ms);
        QVERIFY(asked.press(u"Log out"_s));
        QTRY_COMPARE(asked.dialog(), nullptr); // the limit has passed
        QVERIFY(!asked.answer);
        asked.stand.vault->release();
        QTRY_VERIFY(asked.answer);
        QVERIFY(*asked.answer);
    }

    void aLogoutThatFailsTooLateIsToldToBoth()
    {
        Asked asked;
        asked.stand.vault->hold();
        asked.logOut(mira(), 1ms);
        QVERIFY(asked.press(u"Log out"_s));
        QTRY_COMPARE(asked.dialog(), nullptr);
        asked.stand.vault->failAlways = ErrorCode::KeychainDenied;
        asked.stand.vault->release();
        QTRY_VERIFY(asked.answer);
        QCOMPARE(asked.answer->error().code, ErrorCode::KeychainDenied);
        QVERIFY(asked.dialog());
    }
};

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
