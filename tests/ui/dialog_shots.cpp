// SPDX-License-Identifier: MIT
// Every state of every dialog as a picture, light and dark: dialog_shots DIR [POINTS]
#include "core/base/Settings.h"
#include "tests/ui/DialogScenes.h"
#include "ui/theme/ThemeManager.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QWidget>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QDir folder(application.arguments().value(1, QDir::tempPath()));
    QDir().mkpath(folder.path());
    if (const int points = application.arguments().value(2).toInt(); points > 0) {
        QFont larger = QApplication::font();
        larger.setPointSize(points);
        QApplication::setFont(larger);
    }
    for (const QString& theme : {u"light"_s, u"dark"_s}) {
        QTemporaryDir dir;
        Settings settings(dir.filePath(u"config.ini"_s));
        (void)settings.set(u"ui.theme"_s, theme);
        ui::ThemeManager themes(application, settings);
        themes.apply();
        const auto shoot = [&](QWidget* dialog, const QString& name) {
            dialog->grab().save(folder.filePath(u"%1-%2.png"_s.arg(name, theme)));
        };
        test::playDialogScenes(shoot);
        test::playApprovalScenes(shoot);
        test::playLinkScenes(shoot);
    }
    return 0;
}
