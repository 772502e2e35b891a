// SPDX-License-Identifier: MIT
#include "tests/ui/WindowStand.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/SessionListView.h"

#include <QProcess>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using test::WindowStand;

/// A row of the list, dragged with a real mouse on a real display.
class TestDrag final : public QObject
{
    Q_OBJECT

    /// xdotool's commands one after the other: each is begun when the one before has ended, from within the
    /// drag's own event loop as well.
    static void play(QProcess& mouse, QList<QStringList>& steps)
    {
        if (steps.isEmpty())
            return;
        mouse.start(u"xdotool"_s, steps.takeFirst());
    }

private Q_SLOTS:
    void aRowIsDroppedWhereTheMouseLetsItGo_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::newRow("down") << 0 << 2;
        QTest::newRow("up") << 4 << 1;
    }

    void aRowIsDroppedWhereTheMouseLetsItGo()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        WindowStand stand;
        stand.addSix();
        MainWindow window(stand.context);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto* list = window.findChild<SessionListView*>();
        const SessionId dragged = stand.at(from);
        // The right end of a row is its button's; its left half only shows the account.
        const auto at = [list](int row, int fromTop) {
            const QRect rect = list->visualRect(list->model()->index(row, 0));
            const QPoint point
                = list->viewport()->mapToGlobal(QPoint(rect.left() + 120, rect.top() + fromTop));
            return QStringList{
                u"mousemove"_s, u"--sync"_s, QString::number(point.x()), QString::number(point.y())};
        };
        const int height = list->visualRect(list->model()->index(0, 0)).height();
        const int fall
            = to > from ? height - 3 : 3; // near the edge that faces the place behind, or before, it
        QList<QStringList> steps{at(from, height / 2), {u"mousedown"_s, u"1"_s}, at(from, height / 2 + 12),
            at(from, height / 2 + 20), at(to, height / 2), at(to, fall > height / 2 ? fall - 2 : fall + 2),
            at(to, fall), {u"mouseup"_s, u"1"_s}};
        QProcess mouse;
        connect(&mouse, &QProcess::finished, &mouse, [&] { play(mouse, steps); });
        play(mouse, steps);
        QTRY_COMPARE_WITH_TIMEOUT(stand.sessions->positionOf(dragged), to + 1, 20'000);
        QTRY_COMPARE(mouse.state(), QProcess::NotRunning);
        QVERIFY(steps.isEmpty());
        QCOMPARE(list->model()->index(to, 0).data().toString(),
            stand.sessions->nameOf(*stand.sessions->find(dragged)));
    }
};

QTEST_MAIN(TestDrag)
#include "tst_drag.moc"
