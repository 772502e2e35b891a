// SPDX-License-Identifier: MIT
// Draws accounts' pictures in every view, without a display and without a network: picture_shots DIR leaves
// PNGs to look at, light and dark. QT_SCALE_FACTOR=2 for 200 %.
#include "core/cache/PictureFiles.h"
#include "tests/ui/WindowStand.h"
#include "ui/models/LockCommand.h"
#include "ui/models/RowAvatar.h"
#include "ui/pictures/PictureStore.h"
#include "ui/switcher/SwitcherWindow.h"
#include "ui/theme/AvatarPainter.h"
#include "ui/tray/TrayController.h"
#include "ui/tray/TrayMenu.h"
#include "ui/windows/AccountCombo.h"
#include "ui/windows/MainWindow.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QBuffer>
#include <QDir>
#include <QPainter>
#include <QPainterPath>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using test::SampleStand;

namespace {

/// Hills before a sun, with fine lines that show whether it was scaled well; the third has holes.
QByteArray painted(const QColor& sky, const QColor& hills, bool hasHoles)
{
    QImage image(256, 256, QImage::Format_ARGB32);
    image.fill(hasHoles ? QColor(Qt::transparent) : sky);
    QPainter p(&image);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(QColor(0xFF, 0xE0, 0x90));
    p.drawEllipse(QPointF(160, 96), 36, 36);
    QPainterPath path({0, 200});
    path.lineTo(80, 90);
    path.lineTo(150, 190);
    path.lineTo(190, 140);
    path.lineTo(256, 210);
    path.lineTo(256, 256);
    path.lineTo(0, 256);
    p.fillPath(path, hills);
    p.setPen(QPen(Qt::white, 2));
    for (int y = 216; y < 256; y += 8)
        p.drawLine(0, y, 256, y);
    p.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "png");
    return buffer.data();
}

void shootTheme(const QDir& dir, const QString& theme)
{
    const auto file
        = [&](const char* what) { return dir.filePath(u"%1-%2.png"_s.arg(QLatin1StringView(what), theme)); };
    test::WindowStand stand;
    if (!stand.settings.set(u"ui.theme"_s, theme))
        qFatal("no settings");
    stand.themes.apply();
    const QString folder = stand.dir.filePath(u"pictures"_s);
    const cache::PictureFiles files(folder);
    const QStringList known{SampleStand::mira, SampleStand::lumen, SampleStand::tomas};
    const QList<std::pair<QColor, QColor>> colours{
        {0xF28B7A, 0x51325F}, {0x24405A, 0x0F2233}, {Qt::transparent, 0x2C7A55}};
    stand.addSix();
    ui::PictureStore store(
        {*stand.sessions, stand.settings, stand.clock, stand.pool, folder, [&](const SessionId& id) {
             return known.contains(id.text()) ? u"https://a.example/"_s : QString();
         }});
    for (qsizetype i = 0; i < known.size(); ++i) {
        const QByteArray png = painted(colours[i].first, colours[i].second, i == 2);
        if (!files.put(known[i].section(u':', 1), u"https://a.example/"_s, png))
            qFatal("no disk");
    }
    stand.model->setPictures(store);

    ui::MainWindow window(stand.context);
    window.show();
    const auto rest = [&](QWidget& widget) {
        QImage last;
        if (!QTest::qWaitFor([&] {
                QImage now = widget.grab().toImage();
                return std::exchange(last, now) == now && store.isIdle();
            }))
            qFatal("it does not come to rest");
        return last;
    };
    rest(window).save(file("window"));
    auto* combo = window.findChild<ui::AccountCombo*>();
    combo->showPopup();
    rest(*combo->view()->window()).save(file("popup"));
    combo->hidePopup();
    ui::SwitcherWindow switcher(stand.context);
    switcher.setAttribute(Qt::WA_DeleteOnClose, false);
    switcher.showAt();
    rest(switcher).save(file("switcher"));
    ui::LockCommand lock(stand.slot, stand.settings);
    ui::TrayMenu menu(*stand.sessions, *stand.model, lock);
    menu.setDrawn(ui::TrayMenu::Drawn::ByQt);
    menu.popup({0, 0});
    rest(menu).save(file("tray-menu"));

    QWidget sizes;
    QPixmap sheet(QSize(420, 100) * sizes.devicePixelRatio());
    sheet.setDevicePixelRatio(sizes.devicePixelRatio());
    const ui::Theme& look = ui::Theme::of(&window);
    for (int pass = 0; pass < 2; ++pass) { // the first asks for them
        sheet.fill(look.background);
        QPainter painter(&sheet);
        int x = 8;
        for (const int size : {72, 56, 48, 40, 32, 24, 22, 16}) {
            paintAvatar(
                painter, QPointF(x, 12), ui::avatarOf(stand.model->index(0)), size, look.background, look);
            x += size + 12;
        }
    }
    sheet.save(file("sizes"));

    ui::AvatarSpec asked = ui::avatarOf(stand.model->index(0));
    asked.badgeLetter.clear();
    QIcon icon;
    for (const int size : {16, 22, 48})
        icon.addPixmap(ui::avatar(asked, size, 1, Qt::transparent, look));
    const QIcon waiting = ui::TrayController::withDot(icon);
    for (const int size : {16, 22, 48})
        waiting.pixmap(QSize(size, size), 1.0)
            .save(dir.filePath(u"tray-waiting-%1-%2.png"_s.arg(size).arg(theme)));
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QDir dir(QApplication::arguments().value(1));
    if (QApplication::arguments().size() < 2 || !dir.mkpath(u"."_s))
        qFatal("usage: picture_shots DIR");
    app.setFont(QFont(u"sans"_s, 10));
    shootTheme(dir, u"light"_s);
    shootTheme(dir, u"dark"_s);
    return 0;
}
