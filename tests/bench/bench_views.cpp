// SPDX-License-Identifier: MIT
// What a person waits for, on a real display with a panel and a window manager: until the quick switcher is
// painted, until it has followed a letter that was typed or a turn of the wheel, and from a switch until
// every view shows it: window, quick switcher, tray icon and menu. One line of JSON for each, in
// microseconds. Runs under with-desktop --panel xfce: bench_views TIMES N…
#include "tests/ui/WindowStand.h"
#include "ui/switcher/SwitcherWindow.h"
#include "ui/tray/TrayController.h"
#include "ui/windows/MainWindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QScrollBar>
#include <algorithm>
#include <cstdio>
#include <random>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Which of the windows has painted something since it was last asked.
class Painted final : public QObject
{
public:
    Painted() { qApp->installEventFilter(this); }

    void wait(const QList<QWidget*>& windows)
    {
        m_waiting = windows;
        QElapsedTimer patience;
        patience.start();
        while (!m_waiting.isEmpty()) {
            if (patience.elapsed() > 10'000)
                qFatal("a window is not painted");
            QCoreApplication::processEvents(QEventLoop::AllEvents);
        }
        // What they scheduled meanwhile belongs to it: the tray's menu, the icon.
        QCoreApplication::processEvents(QEventLoop::AllEvents);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            if (const auto* widget = qobject_cast<QWidget*>(watched))
                m_waiting.removeOne(widget->window());
        }
        return false;
    }

private:
    QList<QWidget*> m_waiting;
};

void tell(const char* operation, int sessions, std::vector<double> microseconds)
{
    std::sort(microseconds.begin(), microseconds.end());
    std::printf(R"({"operation":"%s","n":%d,"median":%.1f,"p95":%.1f})"
                "\n",
        operation, sessions, microseconds[microseconds.size() / 2],
        microseconds[microseconds.size() * 95 / 100]);
    std::fflush(stdout);
}

template <class Action>
double timed(const Action& action)
{
    QElapsedTimer timer;
    timer.start();
    action();
    return static_cast<double>(timer.nsecsElapsed()) / 1000;
}

void settle()
{
    QElapsedTimer quiet;
    quiet.start();
    while (quiet.elapsed() < 100)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

void measure(int sessions, int times)
{
    test::WindowStand stand;
    for (int i = 0; i < sessions; ++i)
        stand.add(test::SampleStand::nostrId(i + 1), u"Account %1"_s.arg(i), session::SignerKind::WatchOnly);
    Painted painted;
    ui::TrayController tray(stand.context, nullptr);
    while (!tray.isAvailable())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    ui::MainWindow window(stand.context);
    window.show();
    painted.wait({&window});
    settle();

    std::vector<double> open;
    std::vector<double> letters;
    std::vector<double> scrolls;
    for (int i = 0; i < times; ++i) {
        QPointer<ui::SwitcherWindow> switcher;
        open.push_back(timed([&] {
            switcher = new ui::SwitcherWindow(stand.context);
            switcher->showAt();
            painted.wait({switcher});
        }));
        settle();
        auto* search = switcher->findChild<QLineEdit*>();
        for (const auto& typed : {u"a"_s, u"ac"_s, u"acc"_s, u"acc 1"_s, u"acc 12"_s, u"acc 1"_s, u""_s}) {
            letters.push_back(timed([&] {
                search->setText(typed);
                painted.wait({switcher});
            }));
        }
        QScrollBar* bar = switcher->findChild<QListView*>()->verticalScrollBar();
        for (int step = 1; step <= 10 && bar->maximum() > 0; ++step) {
            scrolls.push_back(timed([&] {
                bar->setValue(bar->maximum() * step / 10);
                painted.wait({switcher});
            }));
        }
        delete switcher;
        settle();
    }
    tell("switcher open", sessions, open);
    tell("a letter typed", sessions, letters);
    if (!scrolls.empty())
        tell("scrolled", sessions, scrolls);

    ui::SwitcherWindow* switcher = new ui::SwitcherWindow(stand.context);
    switcher->showAt();
    painted.wait({switcher});
    settle();
    std::minstd_rand random(7); // NOLINT: the same in every run
    std::uniform_int_distribution<int> any(0, sessions - 1);
    std::vector<double> switches;
    while (switches.size() < static_cast<std::size_t>(times) * 10) {
        const session::SessionId id = stand.at(any(random));
        if (id == stand.sessions->active())
            continue;
        switches.push_back(timed([&] {
            if (!stand.sessions->activate(id))
                qFatal("a switch fails");
            painted.wait({&window, switcher});
        }));
        settle(); // what the panel asks for its menu
    }
    tell("switch to every view repainted", sessions, switches);
    delete switcher;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 3)
        qFatal("usage: bench_views TIMES N…");
    for (const QString& sessions : arguments.mid(2))
        measure(sessions.toInt(), arguments.at(1).toInt());
    return 0;
}
