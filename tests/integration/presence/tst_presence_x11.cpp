// SPDX-License-Identifier: MIT
// Time without input as the X server has it. Runs on a virtual one.
#include "app/presence/X11IdleTime.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

using namespace hatstand::presence;
using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

class TestPresenceX11 final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyIsInput()
    {
        X11IdleTime x11;
        QVERIFY2(x11.now(), "the X server has no MIT-SCREEN-SAVER extension");
        QTRY_VERIFY(*x11.now() >= milliseconds(500));
        QElapsedTimer sinceThen;
        sinceThen.start();
        QCOMPARE(QProcess::execute(u"xdotool"_s, {u"key"_s, u"a"_s}), 0);
        const auto idle = x11.now();
        QVERIFY(idle);
        QVERIFY2(*idle <= milliseconds(sinceThen.elapsed()), "the key was not counted as input");
    }

    void noServer()
    {
        const QByteArray display = qgetenv("DISPLAY");
        qputenv("DISPLAY", ":nowhere");
        QVERIFY(!X11IdleTime().now());
        qunsetenv("DISPLAY");
        QVERIFY(!X11IdleTime().now());
        qputenv("DISPLAY", display);
        qputenv("WAYLAND_DISPLAY", "wayland-0");
        QVERIFY(!X11IdleTime().now());
        qunsetenv("WAYLAND_DISPLAY");
    }
};

QTEST_GUILESS_MAIN(TestPresenceX11)

#include "tst_presence_x11.moc"
