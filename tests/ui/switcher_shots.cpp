// SPDX-License-Identifier: MIT
// Draws the quick switcher without a display: switcher_shots DIR [FONT [POINTS]] leaves PNGs to look at
// beside the look's picture: 3, 6 and 300 accounts, no match, none at all, light and dark. QT_SCALE_FACTOR=2
// for 200 %.
#include "tests/ui/WindowStand.h"
#include "ui/switcher/SwitcherWindow.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

void shoot(test::WindowStand& stand, const QString& file, const QString& typed = {}, int down = 0)
{
    ui::SwitcherWindow window(stand.context);
    window.setAttribute(Qt::WA_DeleteOnClose, false);
    window.showAt();
    if (!QTest::qWaitForWindowActive(&window))
        qFatal("the switcher is not active");
    QTest::keyClicks(window.findChild<QLineEdit*>(), typed);
    for (int i = 0; i < down; ++i)
        QTest::keyClick(window.findChild<QLineEdit*>(), Qt::Key_Down);
    QCoreApplication::processEvents();
    if (!window.grab().save(file))
        qFatal("can't write %s", qPrintable(file));
}

void shootTheme(const QDir& dir, const QString& theme)
{
    const auto file = [&](const char* what) {
        return dir.filePath(u"switcher-%1-%2.png"_s.arg(QLatin1StringView(what), theme));
    };
    test::WindowStand stand;
    if (!stand.settings.set(u"ui.theme"_s, theme))
        qFatal("no settings");
    stand.themes.apply();
    shoot(stand, file("none"));
    stand.add(test::SampleStand::mira, u"Mira Okafor"_s);
    shoot(stand, file("one"));
    stand.add(test::SampleStand::gallery, u"<b>Gallery</b> & more"_s);
    stand.add(test::SampleStand::tomas, u"The very long name of somebody who is watched, and then more"_s,
        session::SignerKind::WatchOnly);
    shoot(stand, file("three"));
    shoot(stand, file("no-match"), u"zebra"_s);

    test::WindowStand six;
    six.addSix();
    shoot(six, file("six"));
    six.vault->drop(test::SampleStand::treasury);
    six.sessions->refreshStates();
    shoot(six, file("missing"), {}, 2);
    shoot(six, file("filtered"), u"press"_s, 1);
    for (int i = 1; i <= 294; ++i)
        six.add(test::SampleStand::nostrId(i), u"Account %1"_s.arg(i), session::SignerKind::WatchOnly, false);
    shoot(six, file("300"), {}, 9);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2)
        qFatal("usage: switcher_shots DIR [FONT [POINTS]]");
    app.setFont(QFont(arguments.value(2, u"sans"_s), arguments.value(3, u"10"_s).toInt()));
    QDir dir(arguments.at(1));
    if (!dir.mkpath(u"."_s))
        qFatal("can't make the directory");
    shootTheme(dir, u"light"_s);
    shootTheme(dir, u"dark"_s);
    return 0;
}
