// SPDX-License-Identifier: MIT
// The tray icon in a real panel (StatusNotifier), its menu read and clicked over com.canonical.dbusmenu as a
// panel does, and once by the mouse. Run under with-desktop --panel xfce.
#include "core/base/Settings.h"
#include "tests/integration/tray/TrayItem.h"
#include "tests/support/Stand.h"
#include "ui/models/SessionModel.h"
#include "ui/theme/Avatar.h"
#include "ui/tray/TrayController.h"
#include "ui/tray/TrayMenu.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using session::SignerKind;

class TestTrayMenu final : public QObject
{
    Q_OBJECT

    // One icon for the whole program, as in life: Qt's choice of a tray is made once a process.
    test::Stand m_stand;
    QTemporaryDir m_dir;
    Settings m_settings{m_dir.filePath(u"hatstand.ini"_s)};
    std::unique_ptr<SessionModel> m_model;
    std::unique_ptr<TrayController> m_tray;
    test::TrayItem m_item;

    void add(const QString& word, const QString& label = {}, bool activate = true)
    {
        QVERIFY(m_stand.add(u"nostr:"_s + word, SignerKind::WatchOnly, activate, label));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = std::make_unique<SessionModel>(m_stand.sessions());
        m_tray = std::make_unique<TrayController>(
            m_stand.sessions(), *m_model, m_stand.vault, m_settings, nullptr);
        QTRY_VERIFY(m_item.isRegistered());
        QVERIFY(m_tray->isAvailable());
    }

    void init() { QVERIFY(m_stand.logoutAll(true)); }

    void nobody()
    {
        QTRY_COMPARE(m_item.labels(),
            (QStringList{u"Add account…"_s, u"-"_s, u"Open Hatstand"_s, u"Preferences…"_s, u"Quit"_s}));
        QCOMPARE(m_item.toolTip(), u"Hatstand"_s);
        QVERIFY(!m_item.icon().isNull());
    }

    void oneAccountHasNoLogOutAll()
    {
        add(u"mira"_s, u"Mira Okafor"_s);
        QTRY_COMPARE(m_item.labels(),
            (QStringList{u"✓ Mira Okafor · mira"_s, u"-"_s, u"Add account…"_s, u"Log out Mira Okafor…"_s,
                u"-"_s, u"Open Hatstand"_s, u"Stop signing"_s, u"Preferences…"_s, u"Quit"_s}));
        // Also what has none gets an empty one, so that the texts stand in line.
        for (const test::MenuRow& row : m_item.rows())
            QVERIFY2(row.isSeparator() || row.hasIcon(), qPrintable(row.label()));
        QCOMPARE(m_item.toolTip(), u"Mira Okafor · 1 account"_s);
    }

    void orderAndCheckMarkFollow()
    {
        add(u"a"_s, u"Ada"_s);
        add(u"b"_s, u"Bo"_s);
        add(u"c"_s, u"Cleo"_s);
        add(u"d"_s, u"Dan"_s, false);
        const QStringList tail{u"-"_s, u"Add account…"_s, u"Log out Cleo…"_s, u"Log out all…"_s, u"-"_s,
            u"Open Hatstand"_s, u"Stop signing"_s, u"Preferences…"_s, u"Quit"_s};
        QTRY_COMPARE(m_item.labels(),
            (QStringList{u"✓ Cleo · c"_s, u"-"_s, u"Bo · b"_s, u"Ada · a"_s, u"Dan · d"_s} + tail));
        QCOMPARE(m_item.toolTip(), u"Cleo · 4 accounts"_s);
        const QImage cleo = m_item.icon();

        QVERIFY(m_item.click(u"Ada · a"_s));
        QTRY_COMPARE(m_stand.active(), u"nostr:a"_s);
        QTRY_COMPARE(m_item.labels().mid(0, 5),
            (QStringList{u"✓ Ada · a"_s, u"-"_s, u"Cleo · c"_s, u"Bo · b"_s, u"Dan · d"_s}));
        QVERIFY(m_item.labels().contains(u"Log out Ada…"_s));
        QCOMPARE(m_item.toolTip(), u"Ada · 4 accounts"_s);
        QVERIFY(m_item.icon() != cleo);
        for (const test::MenuRow& row : m_item.rows()) {
            if (row.label().contains(u'·'))
                QVERIFY2(row.hasIcon(), qPrintable(row.label()));
        }
    }

    void theActiveOneKeepsItsCheckWhenClicked()
    {
        add(u"a"_s, u"Ada"_s);
        add(u"b"_s, u"Bo"_s);
        QTRY_COMPARE(m_item.labels().value(0), u"✓ Bo · b"_s);
        QVERIFY(m_item.click(u"Bo · b"_s));
        QTRY_COMPARE(m_item.labels().value(0), u"✓ Bo · b"_s);
        QCOMPARE(m_stand.active(), u"nostr:b"_s);
    }

    void tenOthersThenAllAccounts()
    {
        for (int i = 0; i < 11; ++i)
            add(u"w%1"_s.arg(i), u"Name %1"_s.arg(i));
        QTRY_COMPARE(m_item.labels().indexOf(u"Name 0 · w0"_s), 11);
        QVERIFY(!m_item.labels().contains(u"All accounts…"_s));
        add(u"w11"_s, u"Name 11"_s);
        QTRY_COMPARE(m_item.labels().value(12), u"All accounts…"_s);
        QCOMPARE(m_item.labels().value(11), u"Name 1 · w1"_s);
        QVERIFY(!m_item.labels().contains(u"Name 0 · w0"_s));

        QSignalSpy window(m_tray.get(), &TrayController::showWindowRequested);
        QVERIFY(m_item.click(u"All accounts…"_s));
        QTRY_COMPARE(window.size(), 1);
    }

    void nobodyActiveAmongSeveral()
    {
        add(u"a"_s, u"Ada"_s);
        add(u"b"_s, u"Bo"_s);
        QVERIFY(m_stand.sessions().activateNobody());
        QTRY_COMPARE(m_item.labels(),
            (QStringList{u"Bo · b"_s, u"Ada · a"_s, u"-"_s, u"Add account…"_s, u"Log out all…"_s, u"-"_s,
                u"Open Hatstand"_s, u"Stop signing"_s, u"Preferences…"_s, u"Quit"_s}));
        QCOMPARE(m_item.toolTip(), u"Hatstand · 2 accounts"_s);
    }

    void commandsAreAskedFor()
    {
        add(u"a"_s, u"Ada"_s);
        add(u"b"_s, u"Bo"_s);
        QTRY_VERIFY(m_item.labels().contains(u"Log out Bo…"_s));
        QSignalSpy added(m_tray.get(), &TrayController::addRequested);
        QSignalSpy logout(m_tray.get(), &TrayController::logoutRequested);
        QSignalSpy all(m_tray.get(), &TrayController::logoutAllRequested);
        QSignalSpy preferences(m_tray.get(), &TrayController::preferencesRequested);
        QSignalSpy quit(m_tray.get(), &TrayController::quitRequested);
        QSignalSpy window(m_tray.get(), &TrayController::showWindowRequested);
        for (const QString& label : {u"Add account…"_s, u"Log out Bo…"_s, u"Log out all…"_s,
                 u"Open Hatstand"_s, u"Preferences…"_s, u"Quit"_s})
            QVERIFY2(m_item.click(label), qPrintable(label));
        QTRY_COMPARE(quit.size(), 1);
        QCOMPARE(added.size(), 1);
        QCOMPARE(window.size(), 1);
        QCOMPARE(all.size(), 1);
        QCOMPARE(preferences.size(), 1);
        QCOMPARE(logout.size(), 1);
        QCOMPARE(logout.constFirst().constFirst().value<SessionId>(), SessionId(u"nostr:b"_s));
        QCOMPARE(m_stand.sessions().count(), 2); // asked for, not done
    }

    void clicksOnTheIcon()
    {
        add(u"a"_s, u"Ada"_s);
        add(u"b"_s, u"Bo"_s);
        QSignalSpy switcher(m_tray.get(), &TrayController::switcherRequested);
        m_item.activate();
        QTRY_COMPARE(switcher.size(), 1);
        // A panel of this kind does not say where it is, so the switcher goes to its usual place.
        QVERIFY(switcher.constFirst().constFirst().toRect().isEmpty());
        QCOMPARE(m_stand.active(), u"nostr:b"_s);
        m_item.secondaryActivate();
        QTRY_COMPARE(m_stand.active(), u"nostr:a"_s);
        m_item.secondaryActivate();
        QTRY_COMPARE(m_stand.active(), u"nostr:b"_s);
        QCOMPARE(switcher.size(), 1);
    }

    void renamingIsSeen()
    {
        add(u"a"_s, u"Ada"_s);
        QTRY_COMPARE(m_item.labels().value(0), u"✓ Ada · a"_s);
        QVERIFY(m_stand.sessions().rename(SessionId(u"nostr:a"_s), u"Ada Lovelace"_s));
        QTRY_COMPARE(m_item.labels().value(0), u"✓ Ada Lovelace · a"_s);
        QTRY_COMPARE(m_item.toolTip(), u"Ada Lovelace · 1 account"_s);
        QVERIFY(m_stand.sessions().rename(SessionId(u"nostr:a"_s), {}));
        QTRY_COMPARE(m_item.labels().value(0), u"✓ a"_s);
    }

    // dbusmenu: "_" starts a mnemonic, "__" is the character. "_&" is the least that Qt can be brought to.
    void namesBringNoMnemonic()
    {
        add(u"a"_s, u"Q&A_desk & more"_s);
        QTRY_COMPARE(m_item.labels().value(0), u"✓ Q_&A__desk & more · a"_s);
        QVERIFY(m_item.labels().contains(u"Log out Q_&A__desk & more…"_s));
    }

    void plainNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("shown");
        QTest::newRow("as it is") << u"Mira Okafor"_s << u"Mira Okafor"_s;
        QTest::newRow("lines") << u"Mira\nQuit\tnow\u2028x"_s << u"MiraQuitnowx"_s;
        QTest::newRow("turned around") << u"\u202eMira\u2066 x\u200f"_s << u"Mira x"_s;
        QTest::newRow("markup stays text") << u"<b>x</b>"_s << u"<b>x</b>"_s;
        QTest::newRow("joined emoji") << u"\U0001F469\u200D\U0001F680"_s << u"\U0001F469\u200D\U0001F680"_s;
        QTest::newRow("long") << QString(60, u'n') << QString(47, u'n') + u'…';
    }
    void plainNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, shown);
        QCOMPARE(TrayMenu::plain(name), shown);
    }

    void lockedHatstand()
    {
        add(u"a"_s, u"Ada"_s);
        QTRY_COMPARE(m_item.toolTip(), u"Ada · 1 account"_s);
        const QImage open = m_item.icon();
        m_stand.vault.setKind(secrets::VaultKind::Passphrase);
        m_stand.vault.setState(secrets::VaultState::Locked);
        QTRY_COMPARE(m_item.toolTip(), u"Hatstand is locked · 1 account"_s);
        QVERIFY(m_item.icon() != open);
        QTRY_VERIFY(m_item.labels().contains(u"Unlock…"_s));
        QVERIFY(m_item.labels().contains(u"✓ Ada · a"_s)); // still there, still to be switched to
        QSignalSpy unlock(m_tray.get(), &TrayController::unlockRequested);
        QVERIFY(m_item.click(u"Unlock…"_s));
        QTRY_COMPARE(unlock.size(), 1);
        m_stand.vault.setState(secrets::VaultState::Unlocked);
        m_stand.vault.setKind(secrets::VaultKind::Keychain);
        QTRY_COMPARE(m_item.toolTip(), u"Ada · 1 account"_s);
    }

    void whatWaitsIsSeen()
    {
        add(u"a"_s, u"Ada"_s);
        QTRY_COMPARE(m_item.toolTip(), u"Ada · 1 account"_s);
        const QImage before = m_item.icon();
        m_tray->setWaiting(1);
        QTRY_COMPARE(m_item.toolTip(), u"A question waits for your answer · Ada · 1 account"_s);
        QVERIFY(m_item.icon() != before);
        m_tray->setWaiting(0);
        QTRY_COMPARE(m_item.toolTip(), u"Ada · 1 account"_s);
        QCOMPARE(m_item.icon(), before);
    }

    void lockingFromTheMenu()
    {
        add(u"a"_s, u"Ada"_s);
        m_stand.vault.setTakesPassphrase(true);
        QTRY_VERIFY(m_item.labels().contains(u"Lock"_s));
        QVERIFY(!m_item.labels().contains(u"Stop signing"_s));
        QVERIFY(m_item.click(u"Lock"_s));
        QTRY_COMPARE(m_stand.vault.state(), secrets::VaultState::Locked);
        m_stand.vault.setState(secrets::VaultState::Unlocked);
        m_stand.vault.setTakesPassphrase(false);
        QTRY_VERIFY(m_item.labels().contains(u"Stop signing"_s));
    }

    void stoppedSigning()
    {
        add(u"a"_s, u"Ada"_s);
        QTRY_COMPARE(m_item.toolTip(), u"Ada · 1 account"_s);
        const QImage signs = m_item.icon();
        QTRY_VERIFY(m_item.labels().contains(u"Stop signing"_s));
        QVERIFY(m_item.click(u"Stop signing"_s));
        QTRY_COMPARE(m_item.toolTip(), u"Ada · 1 account · signing is stopped"_s);
        QCOMPARE(m_settings.value(u"signing.stopped"_s), u"true"_s);
        QVERIFY(m_item.icon() != signs);
        QTRY_VERIFY(m_item.labels().contains(u"Start signing again"_s));
        QVERIFY(!m_item.labels().contains(u"Stop signing"_s));

        m_stand.vault.setTakesPassphrase(true); // both can be so; each has its way out
        QTRY_VERIFY(m_item.labels().contains(u"Lock"_s));
        QVERIFY(m_item.labels().contains(u"Start signing again"_s));
        QVERIFY(m_item.click(u"Start signing again"_s));
        QTRY_COMPARE(m_item.toolTip(), u"Ada · 1 account"_s);
        QCOMPARE(m_item.icon(), signs);
        QTRY_VERIFY(!m_item.labels().contains(u"Start signing again"_s));
        m_stand.vault.setTakesPassphrase(false);
    }

    void byMouse()
    {
        // Two whose colours differ, so that each can be found on the screen.
        add(u"a"_s, u"Ada"_s);
        QString other;
        for (int i = 0; other.isEmpty(); ++i) {
            const QString word = u"other%1"_s.arg(i);
            if (accountColour(u"nostr:"_s + word) != accountColour(u"nostr:a"_s))
                other = word;
        }
        add(other, u"Other"_s, false);
        const QColor here = accountColour(u"nostr:a"_s);
        const QColor there = accountColour(u"nostr:"_s + other);
        QTRY_COMPARE(m_item.labels().value(2), u"Other · "_s + other);

        std::optional<QPoint> icon;
        QTRY_VERIFY_WITH_TIMEOUT(icon = findColour(here), 10'000);
        QVERIFY(!test::findColour(there));
        // The panel opens our menu, or its own while it has not read ours yet: then once more, as a person
        // would.
        std::optional<QPoint> row;
        for (int attempt = 0; attempt < 10 && !row; ++attempt) {
            test::pressKey(u"Escape"_s);
            test::clickAt(*icon, 3);
            (void)QTest::qWaitFor([&] { return (row = findColour(there)).has_value(); }, 2'000);
        }
        QVERIFY(row);
        test::clickAt(*row, 1);
        QTRY_COMPARE(m_stand.active(), u"nostr:"_s + other);
        QTRY_VERIFY_WITH_TIMEOUT(
            !test::findColour(here), 10'000); // the menu is closed, the icon is the other's

        QSignalSpy switcher(m_tray.get(), &TrayController::switcherRequested);
        QTRY_VERIFY_WITH_TIMEOUT(icon = findColour(there), 10'000);
        test::clickAt(*icon, 1);
        QTRY_COMPARE(switcher.size(), 1);
        test::clickAt(*icon, 2);
        QTRY_COMPARE(m_stand.active(), u"nostr:a"_s);
    }

private:
    static std::optional<QPoint> findColour(const QColor& colour) { return test::findColour(colour); }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestTrayMenu test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_tray_menu.moc"
