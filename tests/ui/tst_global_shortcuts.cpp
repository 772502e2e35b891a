// SPDX-License-Identifier: MIT
// The page of shortcuts where keys work everywhere, in each of the ways in which a desktop gives them out.
#include "tests/ui/DialogDriver.h"
#include "tests/ui/DialogStage.h"
#include "tests/ui/FakeGlobalKeys.h"
#include "ui/dialogs/PreferencesDialog.h"
#include "ui/dialogs/preferences/EverywhereNote.h"
#include "ui/dialogs/preferences/KeyRecorder.h"
#include "ui/shortcuts/global/KeyNames.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;
using namespace hatstand::test;
using namespace hatstand::ui;
using Way = GlobalKeys::Way;
using Hold = GlobalKeyState::Hold;

namespace {

/// The dialog on its page of shortcuts.
struct Page
{
    explicit Page(Way way)
        : everywhere(stage.settings, way)
    {
        stage.context.globalShortcuts = &everywhere.shortcuts;
        everywhere.shortcuts.start();
    }
    void open()
    {
        dialog = std::make_unique<PreferencesDialog>(stage.context);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->showPage(PreferencesDialog::Page::Shortcuts);
        dialog->show();
    }
    [[nodiscard]] KeyRecorder* recorder(const QString& name) const
    {
        for (auto* each : dialog->findChildren<KeyRecorder*>()) {
            if (each->accessibleName() == name && each->isVisibleTo(dialog.get()))
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] KeyRecorder* everywhereOf(const QString& title) const
    {
        return recorder(u"Keys that work everywhere for: "_s + title);
    }
    [[nodiscard]] bool shows(const QString& text) const
    {
        const auto labels = dialog->findChildren<ElidedLabel*>();
        return std::any_of(labels.cbegin(), labels.cend(), [&](const ElidedLabel* label) {
            return label->isVisibleTo(dialog.get()) && label->fullText() == text;
        });
    }
    static void record(KeyRecorder* recorder, int key, Qt::KeyboardModifiers modifiers)
    {
        QVERIFY(recorder);
        if (!recorder->isRecording())
            recorder->click();
        QKeyEvent event(QEvent::KeyPress, key, modifiers);
        QApplication::sendEvent(recorder, &event);
    }

    DialogStage stage;
    FakeEverywhere everywhere;
    std::unique_ptr<PreferencesDialog> dialog;
};

} // namespace

class TestGlobalShortcuts final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaults()
    {
        QTemporaryDir dir;
        Settings settings(dir.filePath(u"config.ini"_s));
        FakeEverywhere everywhere(settings, Way::Grabbed);
        GlobalShortcuts& shortcuts = everywhere.shortcuts;
        QVERIFY(everywhere.keys->bound.isEmpty()); // nothing before the start
        shortcuts.start();
        QCOMPARE(everywhere.keys->bound.size(), 11);
        QCOMPARE(shortcuts.keysText(GlobalAction::Account), u"Ctrl+Alt+1 … 9"_s);
        QCOMPARE(shortcuts.keysText(GlobalAction::Switcher), u"Ctrl+Alt+K"_s);
        QCOMPARE(shortcuts.keysText(GlobalAction::Last), u"Ctrl+Alt+0"_s);
        QCOMPARE(shortcuts.keysText(GlobalAction::Next), QString());
        for (const auto& row : GlobalShortcuts::rows())
            QVERIFY(Settings::keys().contains("shortcuts.global."_L1 + row.name));
        QVERIFY(settings.set(u"shortcuts.global.switcher"_s, u"none"_s));
        QCOMPARE(everywhere.keys->bound.size(), 10);
        // What can't work counts as the default: no key, too many, or one that others need.
        for (const auto& odd : {u"Banana+"_s, u"Ctrl+K, Ctrl+S"_s, u"Shift+K"_s, u"K"_s}) {
            QVERIFY(settings.set(u"shortcuts.global.switcher"_s, odd));
            QCOMPARE(shortcuts.keysText(GlobalAction::Switcher), u"Ctrl+Alt+K"_s);
        }
    }

    void aTakenKeyIsMarkedAndAnotherChosen()
    {
        Page page(Way::Grabbed);
        page.everywhere.keys->holds.insert(u"Ctrl+Alt+K"_s, Hold::Taken);
        page.open();
        QVERIFY(says(page.dialog.get(), u"Another program holds Ctrl+Alt+K, so it does nothing here."_s));
        QCOMPARE(textsIn(page.dialog.get()).filter(u"Another program"_s).size(), 1);
        QVERIFY(
            page.everywhereOf(u"Quick switcher"_s)->accessibleDescription().startsWith(u"Another program"_s));
        QVERIFY(press(page.dialog.get(), u"Choose another…"_s));
        KeyRecorder* recorder = page.everywhereOf(u"Quick switcher"_s);
        QVERIFY(recorder && recorder->isRecording());
        QVERIFY(page.everywhere.keys->paused); // so that the new keys arrive here
        Page::record(recorder, Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!page.everywhere.keys->paused);
        QCOMPARE(page.stage.settings.value(u"shortcuts.global.switcher"_s), u"Ctrl+Alt+J"_s);
        QVERIFY(!says(page.dialog.get(), u"Another program"_s));
        QVERIFY(press(page.dialog.get(), u"Reset all"_s));
        QVERIFY(says(page.dialog.get(), u"Another program holds Ctrl+Alt+K"_s));
        QCOMPARE(page.everywhere.keys->looks, 1); // when the page was opened
    }

    void someOfTheNineAreTaken()
    {
        Page page(Way::Grabbed);
        auto& holds = page.everywhere.keys->holds;
        holds.insert(u"Ctrl+Alt+3"_s, Hold::Taken);
        page.open();
        QVERIFY(says(page.dialog.get(), u"Another program holds Ctrl+Alt+3, so it does nothing here."_s));
        holds.insert(u"Ctrl+Alt+4"_s, Hold::Taken);
        page.everywhere.keys->become(Way::Grabbed);
        QVERIFY(says(
            page.dialog.get(), u"Another program holds 2 of Ctrl+Alt+1 … 9, so they do nothing here."_s));
        for (int i = 1; i <= 9; ++i)
            holds.insert(u"Ctrl+Alt+%1"_s.arg(i), Hold::Taken);
        page.everywhere.keys->become(Way::Grabbed);
        QVERIFY(says(page.dialog.get(), u"Another program holds Ctrl+Alt+1 … 9, so they do nothing here."_s));
    }

    void keysAreRefusedAndMoved()
    {
        Page page(Way::Grabbed);
        page.open();
        KeyRecorder* next = page.everywhereOf(u"Next account"_s);
        Page::record(next, Qt::Key_A, Qt::ShiftModifier);
        QVERIFY(says(page.dialog.get(), u"Other programs need these keys. Add Ctrl, Alt or Meta."_s));
        Page::record(next, Qt::Key_5, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(says(page.dialog.get(), u"Ctrl+Alt+5 already switches to an account."_s));
        Page::record(next, Qt::Key_F, Qt::ControlModifier); // would take it from our own window
        QVERIFY(says(page.dialog.get(), u"Ctrl+F already finds an account."_s));
        Page::record(next, Qt::Key_K, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(says(page.dialog.get(), u"Ctrl+Alt+K already opens the quick switcher."_s));
        QCOMPARE(page.everywhere.shortcuts.keysText(GlobalAction::Next), QString());
        QVERIFY(press(page.dialog.get(), u"Move it here"_s));
        QCOMPARE(page.everywhere.shortcuts.keysText(GlobalAction::Next), u"Ctrl+Alt+K"_s);
        QCOMPARE(page.everywhere.shortcuts.keysText(GlobalAction::Switcher), QString());
        // The same from the window's side.
        Page::record(page.recorder(u"Keys for: Rename"_s), Qt::Key_K, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(says(page.dialog.get(), u"Ctrl+Alt+K already goes to the next account."_s));
        Page::record(next, Qt::Key_Backspace, Qt::NoModifier);
        QCOMPARE(page.everywhere.shortcuts.keysText(GlobalAction::Next), QString());
        QVERIFY(!page.everywhereOf(u"Log out"_s));
        QVERIFY(says(page.dialog.get(), u"Not offered"_s));
    }

    void aRecordingThatIsLeftLetsTheKeysWorkAgain()
    {
        Page page(Way::Grabbed);
        page.open();
        page.everywhereOf(u"Next account"_s)->click();
        QVERIFY(page.everywhere.keys->paused);
        page.dialog.reset();
        QVERIFY(!page.everywhere.keys->paused);
    }

    void theDesktopsWordsAreShown()
    {
        Page page(Way::Portal);
        page.open();
        QVERIFY(says(page.dialog.get(), u"The desktop decides which keys work everywhere."_s));
        QVERIFY(page.shows(u"Ctrl+Alt+1 … 9"_s));
        QVERIFY(page.shows(u"Ctrl+Alt+K"_s));
        QVERIFY(!page.everywhereOf(u"Quick switcher"_s)); // nothing to record
        QVERIFY(!page.shows(u"hatstand switch last"_s));
    }

    void commandsAreCopied()
    {
        Page page(Way::None);
        page.open();
        QVERIFY(says(page.dialog.get(), u"Bind commands in its keyboard settings instead."_s));
        const auto* card = page.dialog->findChild<CommandCard*>();
        QVERIFY(card && card->isVisibleTo(page.dialog.get()));
        QVERIFY(press(page.dialog.get(), u"Show commands"_s));
        QVERIFY(!card->visibleRegion().isEmpty());
        const QList<std::pair<QString, QString>> expected{
            {u"Switch to account 2"_s, u"hatstand switch --position 2"_s},
            {u"Quick switcher"_s, u"hatstand --switcher"_s}, {u"Last account"_s, u"hatstand switch last"_s}};
        for (const auto& [title, line] : expected) {
            QAbstractButton* copy = nullptr;
            for (auto* each : card->findChildren<QAbstractButton*>()) {
                if (each->accessibleName() == u"Copy the command for: "_s + title)
                    copy = each;
            }
            QVERIFY2(copy, qPrintable(title));
            QVERIFY(page.shows(line));
            copy->click();
            QCOMPARE(QGuiApplication::clipboard()->text(), line);
        }
        page.everywhere.keys->become(Way::Portal); // one came after all
        QVERIFY(!card->isVisibleTo(page.dialog.get()));
    }

    void aNoCanBeTakenBack()
    {
        Page page(Way::None);
        Q_EMIT page.everywhere.keys->declined();
        QVERIFY(page.everywhere.keys->bound.isEmpty());
        page.open();
        QVERIFY(says(page.dialog.get(), u"You declined the keys that work everywhere"_s));
        QVERIFY(press(page.dialog.get(), u"Ask again"_s));
        QCOMPARE(page.everywhere.keys->bound.size(), 11);
        QVERIFY(!says(page.dialog.get(), u"You declined"_s));
    }

    void keysByName_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("portal");
        QTest::addColumn<quint32>("keysym");
        QTest::newRow("digit") << u"Ctrl+Alt+1"_s << u"CTRL+ALT+1"_s << 0x31U;
        QTest::newRow("letter") << u"Ctrl+Alt+K"_s << u"CTRL+ALT+k"_s << 0x6bU;
        QTest::newRow("umlaut") << u"Meta+Ä"_s << u"LOGO+U00E4"_s << 0xe4U;
        QTest::newRow("cyrillic") << u"Alt+К"_s << u"ALT+U043A"_s << 0x100043aU;
        QTest::newRow("function") << u"Shift+Alt+F12"_s << u"ALT+SHIFT+F12"_s << 0xffc9U;
        QTest::newRow("page") << u"Ctrl+PgDown"_s << u"CTRL+Next"_s << 0xff56U;
        QTest::newRow("symbol") << u"Ctrl+,"_s << u"CTRL+comma"_s << 0x2cU;
        QTest::newRow("plus") << u"Ctrl++"_s << u"CTRL+plus"_s << 0x2bU;
        QTest::newRow("none") << u"Ctrl+Media Play"_s << QString() << 0U;
    }
    void keysByName()
    {
        QFETCH(QString, keys);
        QFETCH(QString, portal);
        QFETCH(quint32, keysym);
        const QKeyCombination key = QKeySequence(keys)[0];
        QCOMPARE(portalTrigger(key), portal);
        QCOMPARE(keysymOf(key.key()), keysym);
    }
};

QTEST_MAIN(TestGlobalShortcuts)
#include "tst_global_shortcuts.moc"
