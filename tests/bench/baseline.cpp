// SPDX-License-Identifier: MIT
// The least that a program of Hatstand's kind can be: the same libraries, a tray icon, a window with an empty
// list. What start and memory of Hatstand are measured against.
#include <QApplication>
#include <QIcon>
#include <QListView>
#include <QMainWindow>
#include <QMenu>
#include <QStandardItemModel>
#include <QSystemTrayIcon>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("hatstand-baseline"));
    QApplication::setQuitOnLastWindowClosed(false);

    const QIcon icon(application.arguments().value(1));
    QMenu menu;
    menu.addAction(QStringLiteral("Quit"), &application, &QCoreApplication::quit);
    QSystemTrayIcon tray(icon);
    tray.setContextMenu(&menu);
    tray.show();

    QStandardItemModel model;
    QListView list;
    list.setModel(&model);
    QMainWindow window;
    window.setWindowIcon(icon);
    window.setCentralWidget(&list);
    window.resize(1200, 800);
    window.show();
    return QApplication::exec();
}
