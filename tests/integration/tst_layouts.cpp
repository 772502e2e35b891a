// SPDX-License-Identifier: MIT
// Real key presses by a real X server under three layouts: what Qt makes of them reaches the right command.
#include "ui/shortcuts/ShortcutMap.h"

#include <QLineEdit>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;
using namespace hatstand::ui;

class TestLayouts final : public QObject
{
    Q_OBJECT
private:
    static void run(const QString& program, const QStringList& arguments)
    {
        QProcess process;
        process.start(program, arguments);
        QVERIFY2(process.waitForFinished() && process.exitCode() == 0, qPrintable(program));
    }

private Q_SLOTS:
    void initTestCase() { QCOMPARE(QGuiApplication::platformName(), u"xcb"_s); }

    void keysMeanTheSame_data()
    {
        QTest::addColumn<QString>("layout");
        for (const char* layout : {"us", "de", "fr"})
            QTest::newRow(layout) << QString::fromLatin1(layout);
    }
    void keysMeanTheSame()
    {
        QFETCH(QString, layout);
        run(u"setxkbmap"_s, {layout});
        QTemporaryDir dir;
        Settings settings(dir.filePath(u"config.ini"_s));
        ShortcutMap map(settings);
        QLineEdit window;
        QStringList called;
        for (const auto& row : ShortcutMap::rows())
            map.install(&window, row.command, [&called, name = row.name](int digit) {
                called += digit ? u"%1:%2"_s.arg(name).arg(digit) : name;
            });
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));

        // Numbers are key codes: places on the keyboard, whatever the layout prints there.
        const QList<std::pair<QString, QString>> presses{
            {u"ctrl+10"_s, u"accounts:1"_s},
            {u"ctrl+11"_s, u"accounts:2"_s},
            {u"ctrl+15"_s, u"accounts:6"_s},
            {u"ctrl+18"_s, u"accounts:9"_s},
            {u"ctrl+19"_s, u"last"_s},
            {u"ctrl+KP_4"_s, u"accounts:4"_s},
            {u"ctrl+Tab"_s, u"next"_s},
            {u"ctrl+shift+Tab"_s, u"previous"_s},
            {u"ctrl+n"_s, u"add"_s},
            {u"ctrl+f"_s, u"search"_s},
            {u"ctrl+comma"_s, u"preferences"_s},
            {u"ctrl+slash"_s, u"help"_s},
            {u"F2"_s, u"rename"_s},
            {u"alt+Down"_s, u"moveDown"_s},
            {u"ctrl+q"_s, u"quit"_s},
        };
        for (const auto& [keys, command] : presses) {
            called.clear();
            run(u"xdotool"_s, {u"key"_s, keys});
            QTRY_COMPARE(called, QStringList{command});
        }
        QCOMPARE(window.text(), QString());
        // Delete edits the text that has the focus; without a field it would ask to log out.
        called.clear();
        window.setText(u"xy"_s);
        window.setCursorPosition(0);
        run(u"xdotool"_s, {u"key"_s, u"Delete"_s});
        QTRY_COMPARE(window.text(), u"y"_s);
        QCOMPARE(called, QStringList());
    }
};

QTEST_MAIN(TestLayouts)
#include "tst_layouts.moc"
