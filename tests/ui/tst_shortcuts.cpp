// SPDX-License-Identifier: MIT
#include "ui/shortcuts/ShortcutMap.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;
using namespace hatstand::ui;

namespace {

/// A window as the program has it: a list, a search field, every command installed and written down.
class Stage
{
public:
    Stage()
        : settings(dir.filePath(u"config.ini"_s))
        , map(settings)
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&field);
        layout->addWidget(&list);
        list.addItems({u"1 first"_s, u"2 second"_s});
        for (const auto& row : ShortcutMap::rows())
            map.install(&window, row.command, [this, name = row.name](int digit) {
                called += digit ? u"%1:%2"_s.arg(name).arg(digit) : name;
            });
        window.show();
        window.activateWindow();
    }

    bool isReady() { return QTest::qWaitForWindowActive(&window); }

    /// What the platform does with a key: offers it as a shortcut, and types it if nobody took it.
    void press(
        QWidget* to, int key, Qt::KeyboardModifiers modifiers, quint32 scanCode, const QString& text = {})
    {
        QKeyEvent offer(QEvent::ShortcutOverride, key, modifiers, scanCode, 0, 0, text);
        offer.ignore();
        QCoreApplication::sendEvent(to, &offer);
        QKeyEvent down(QEvent::KeyPress, key, modifiers, scanCode, 0, 0, text);
        QCoreApplication::sendEvent(to, &down);
    }

    QTemporaryDir dir;
    Settings settings;
    ShortcutMap map;
    QWidget window;
    QLineEdit field;
    QListWidget list;
    QStringList called;
};

} // namespace

class TestShortcuts final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCommandHasASettingAndATitle()
    {
        QTemporaryDir dir;
        Settings settings(dir.filePath(u"config.ini"_s));
        const ShortcutMap map(settings);
        for (const auto& row : ShortcutMap::rows()) {
            QVERIFY2(Settings::keys().contains("shortcuts."_L1 + row.name), qPrintable(row.name));
            QVERIFY(!row.title.isEmpty());
            QVERIFY2(!map.keys(row.command).isEmpty(), qPrintable(row.name));
            QCOMPARE(map.holder(map.keys(row.command), row.command), std::nullopt);
        }
        QCOMPARE(map.keysText(Command::SwitchToAccount), u"Ctrl+1 … Ctrl+9"_s);
        QCOMPARE(map.keysText(Command::Previous), u"Ctrl+Shift+Tab"_s);
        QCOMPARE(map.keysText(Command::LogOut), u"Delete"_s);
    }

    void plainKeysReachTheirCommand_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("command");
        QTest::newRow("next") << int(Qt::Key_Tab) << int(Qt::ControlModifier) << u"next"_s;
        QTest::newRow("previous") << int(Qt::Key_Backtab) << int(Qt::ControlModifier | Qt::ShiftModifier)
                                  << u"previous"_s;
        QTest::newRow("add") << int(Qt::Key_N) << int(Qt::ControlModifier) << u"add"_s;
        QTest::newRow("preferences") << int(Qt::Key_Comma) << int(Qt::ControlModifier) << u"preferences"_s;
        QTest::newRow("help") << int(Qt::Key_Slash) << int(Qt::ControlModifier) << u"help"_s;
        QTest::newRow("rename") << int(Qt::Key_F2) << int(Qt::NoModifier) << u"rename"_s;
        QTest::newRow("log out") << int(Qt::Key_Delete) << int(Qt::NoModifier) << u"logout"_s;
        QTest::newRow("up") << int(Qt::Key_Up) << int(Qt::AltModifier) << u"moveUp"_s;
        QTest::newRow("last") << int(Qt::Key_0) << int(Qt::ControlModifier) << u"last"_s;
        QTest::newRow("fifth") << int(Qt::Key_5) << int(Qt::ControlModifier) << u"accounts:5"_s;
        QTest::newRow("keypad") << int(Qt::Key_3) << int(Qt::ControlModifier | Qt::KeypadModifier)
                                << u"accounts:3"_s;
    }
    void plainKeysReachTheirCommand()
    {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(QString, command);
        Stage stage;
        QVERIFY(stage.isReady());
        stage.list.setFocus();
        QTest::keyClick(&stage.list, static_cast<Qt::Key>(key), Qt::KeyboardModifiers(modifiers));
        QCOMPARE(stage.called, QStringList{command});
    }

    void digitsAreTakenByTheirPlace()
    {
        Stage stage;
        QVERIFY(stage.isReady());
        // French: the key of "1" types "&", that of "0" types "à"; Shift reaches the digit.
        stage.press(&stage.list, Qt::Key_Ampersand, Qt::ControlModifier, 10, u"&"_s);
        stage.press(&stage.list, Qt::Key_Ccedilla, Qt::ControlModifier, 18, u"ç"_s);
        stage.press(&stage.list, Qt::Key_Agrave, Qt::ControlModifier, 19, u"à"_s);
        stage.press(&stage.list, Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier, 10, u"1"_s);
        QCOMPARE(stage.called, (QStringList{u"accounts:1"_s, u"accounts:9"_s, u"last"_s, u"accounts:1"_s}));
        QCOMPARE(stage.list.currentRow(), -1); // the list did not take the digit as a search

        stage.called.clear();
        stage.press(&stage.list, Qt::Key_Ampersand, Qt::NoModifier, 10, u"&"_s);
        stage.press(&stage.list, Qt::Key_Exclam, Qt::ControlModifier | Qt::ShiftModifier, 10, u"!"_s);
        stage.press(&stage.list, Qt::Key_1, Qt::ControlModifier | Qt::AltModifier, 10, u"1"_s);
        stage.press(&stage.list, Qt::Key_1, Qt::ControlModifier, 24, u"1"_s); // a digit typed by another key
        QCOMPARE(stage.called, QStringList());
    }

    void digitsOfAnotherWindowAreLeftAlone()
    {
        Stage stage;
        QVERIFY(stage.isReady());
        QLineEdit elsewhere;
        elsewhere.show();
        stage.press(&elsewhere, Qt::Key_1, Qt::ControlModifier, 10);
        QCOMPARE(stage.called, QStringList());
    }

    void textFieldsKeepTheirEditingKeys()
    {
        Stage stage;
        QVERIFY(stage.isReady());
        stage.field.setFocus();
        stage.field.setText(u"abc"_s);
        stage.field.setCursorPosition(0);
        QTest::keyClick(&stage.field, Qt::Key_Delete);
        QCOMPARE(stage.field.text(), u"bc"_s);
        QCOMPARE(stage.called, QStringList());
        QVERIFY(stage.map.set(Command::Add, QKeySequence(u"Ctrl+Z"_s)));
        QTest::keyClick(&stage.field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(stage.field.text(), u"abc"_s);
        QCOMPARE(stage.called, QStringList());
        QTest::keyClick(&stage.field, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(stage.called, QStringList{u"accounts:2"_s});
        QCOMPARE(stage.field.text(), u"abc"_s);
    }

    void changesAreKeptAndFollowedAtOnce()
    {
        Stage stage;
        QVERIFY(stage.isReady());
        QSignalSpy changed(&stage.map, &ShortcutMap::changed);
        QVERIFY(stage.map.set(Command::Add, QKeySequence(u"Ctrl+Shift+A"_s)));
        QVERIFY(stage.map.set(Command::SwitchToAccount, QKeySequence(u"Alt+4"_s)));
        QVERIFY(stage.map.set(Command::Last, QKeySequence(u"F7"_s)));
        QVERIFY(stage.map.set(Command::Rename, {}));
        QCOMPARE(changed.count(), 4);
        QVERIFY(stage.map.isChanged(Command::Rename));
        QCOMPARE(stage.map.keysText(Command::SwitchToAccount), u"Alt+1 … Alt+9"_s);
        QCOMPARE(stage.map.keysText(Command::Rename), QString());

        QTest::keyClick(&stage.list, Qt::Key_N, Qt::ControlModifier);
        QTest::keyClick(&stage.list, Qt::Key_1, Qt::ControlModifier);
        QTest::keyClick(&stage.list, Qt::Key_0, Qt::ControlModifier);
        QTest::keyClick(&stage.list, Qt::Key_F2);
        QCOMPARE(stage.called, QStringList());
        QTest::keyClick(&stage.list, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(&stage.list, Qt::Key_2, Qt::AltModifier);
        QTest::keyClick(&stage.list, Qt::Key_F7);
        QCOMPARE(stage.called, (QStringList{u"add"_s, u"accounts:2"_s, u"last"_s}));

        Settings again(stage.dir.filePath(u"config.ini"_s));
        const ShortcutMap restored(again);
        QCOMPARE(restored.keys(Command::Add), QKeySequence(u"Ctrl+Shift+A"_s));
        QVERIFY(restored.keys(Command::Rename).isEmpty());

        QVERIFY(stage.map.resetAll());
        QVERIFY(!stage.map.isChanged(Command::Rename));
        QCOMPARE(stage.map.keysText(Command::Add), u"Ctrl+N"_s);
    }

    void clashesAndUnfitKeysAreRefused()
    {
        QTemporaryDir dir;
        Settings settings(dir.filePath(u"config.ini"_s));
        ShortcutMap map(settings);
        QCOMPARE(map.holder(QKeySequence(u"Ctrl+F"_s), Command::Add), Command::Search);
        QCOMPARE(map.holder(QKeySequence(u"Ctrl+7"_s), Command::Add), Command::SwitchToAccount);
        QVERIFY(!map.set(Command::Add, QKeySequence(u"Ctrl+F"_s)));
        QVERIFY(!map.set(Command::Add, QKeySequence(u"Ctrl+7"_s)));
        QVERIFY(!map.set(Command::Add, QKeySequence(u"a"_s)));
        QVERIFY(!map.set(Command::Add, QKeySequence(u"Shift+A"_s)));
        QVERIFY(!map.set(Command::SwitchToAccount, QKeySequence(u"Ctrl+P"_s)));
        QVERIFY(!map.set(Command::SwitchToAccount, QKeySequence(u"4"_s)));
        QCOMPARE(map.keysText(Command::Add), u"Ctrl+N"_s);
        // Alt+5 for another command, then the nine can't have Alt.
        QVERIFY(map.set(Command::Add, QKeySequence(u"Alt+5"_s)));
        QCOMPARE(map.holder(QKeySequence(u"Alt+1"_s), Command::SwitchToAccount), Command::Add);
    }

    void aMangledSettingFallsBackToTheDefault()
    {
        QTemporaryDir dir;
        Settings settings(dir.filePath(u"config.ini"_s));
        QVERIFY(settings.set(u"shortcuts.add"_s, u"Ctrl+Nonsense"_s));
        QVERIFY(settings.set(u"shortcuts.accounts"_s, u"Banana"_s));
        const ShortcutMap map(settings);
        QCOMPARE(map.keysText(Command::Add), u"Ctrl+N"_s);
        QCOMPARE(map.keysText(Command::SwitchToAccount), u"Ctrl+1 … Ctrl+9"_s);
    }
};

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
