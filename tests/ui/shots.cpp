// SPDX-License-Identifier: MIT
// Draws the window as it is, without a display: `tst shots DIR` leaves PNGs to look at beside the look's
// pictures.
#include "tests/ui/WindowStand.h"
#include "ui/theme/Avatar.h"
#include "ui/windows/MainWindow.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QListView>
#include <QPixmap>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

void shoot(QWidget& window, const QString& file)
{
    window.show();
    // What is scheduled for later is painted too: until two looks in a row, with all events between them, are
    // equal.
    QImage last;
    const bool rests = QTest::qWaitFor([&] {
        QImage now = window.grab().toImage();
        const bool same = now == last;
        last = std::move(now);
        return same;
    });
    if (!rests)
        qFatal("the window does not come to rest");
    if (!last.save(file))
        qFatal("can't write %s", qPrintable(file));
}

void shootTheme(const QDir& dir, const QString& theme)
{
    test::WindowStand stand;
    if (!stand.settings.set(u"ui.theme"_s, theme))
        qFatal("no settings");
    stand.themes.apply();
    ui::MainWindow empty(stand.context);
    shoot(empty, dir.filePath(u"empty-%1.png"_s.arg(theme)));
    empty.hide();
    stand.addSix();
    ui::MainWindow window(stand.context);
    shoot(window, dir.filePath(u"window-%1.png"_s.arg(theme)));
    if (!stand.sessions->markExported(session::SessionId(test::SampleStand::gallery)))
        qFatal("not exported");
    stand.vault->drop(test::SampleStand::treasury);
    stand.sessions->refreshStates();
    auto* list = window.findChild<QListView*>(u"accounts"_s);
    list->setCurrentIndex(list->model()->index(2, 0));
    shoot(window, dir.filePath(u"window-other-%1.png"_s.arg(theme)));
    list->edit(list->currentIndex());
    shoot(window, dir.filePath(u"window-rename-%1.png"_s.arg(theme)));
    list->setFocus();
    const auto boxes = window.findChildren<QComboBox*>();
    for (QComboBox* box : boxes) {
        box->showPopup();
        shoot(*box->view()->window(), dir.filePath(u"popup-%1-%2.png"_s.arg(boxes.indexOf(box)).arg(theme)));
        box->hidePopup();
    }
    window.resize(960, 640);
    shoot(window, dir.filePath(u"window-960-%1.png"_s.arg(theme)));
    window.resize(720, 480);
    shoot(window, dir.filePath(u"window-720-%1.png"_s.arg(theme)));
    window.resize(1200, 800);
    (void)stand.settings.set(u"signing.stopped"_s, u"true"_s);
    shoot(window, dir.filePath(u"window-stopped-%1.png"_s.arg(theme)));
    window.resize(720, 480);
    shoot(window, dir.filePath(u"window-stopped-720-%1.png"_s.arg(theme)));
    (void)stand.settings.set(u"signing.stopped"_s, u"false"_s);
    window.resize(1200, 800);
    stand.vault->setTakesPassphrase(true);
    stand.vault->setState(secrets::VaultState::Locked);
    shoot(window, dir.filePath(u"window-locked-%1.png"_s.arg(theme)));
    window.hide();
    const QColor ink = QApplication::palette().color(QPalette::WindowText);
    for (const auto& [state, name] :
        {std::pair(ui::HatState::Locked, u"locked"_s), std::pair(ui::HatState::Stopped, u"stopped"_s)}) {
        for (const int size : {16, 22, 96})
            ui::hatIcon(state, ink)
                .pixmap(size)
                .save(dir.filePath(u"tray-%1-%2-%3.png"_s.arg(name).arg(size).arg(theme)));
    }
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2)
        qFatal("usage: shots DIR [FONT [POINTS]]");
    app.setFont(QFont(arguments.value(2, u"sans"_s), arguments.value(3, u"10"_s).toInt()));
    QDir dir(arguments.at(1));
    if (!dir.mkpath(u"."_s))
        qFatal("can't make the directory");
    shootTheme(dir, u"light"_s);
    shootTheme(dir, u"dark"_s);
    return 0;
}
