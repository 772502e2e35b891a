// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/SaveFile.h"

#include <QFileDialog>
#include <QStandardPaths>

namespace hatstand::ui {
namespace {

void openDialog(QFileDialog* dialog, std::function<void(const QString&)> chosen)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, std::move(chosen));
    dialog->open();
}

/// A button's text says with its ellipsis that a window follows; this is the window.
QString titleOf(const QString& text)
{
    return text.endsWith(QChar(u'…')) ? text.chopped(1) : text;
}

QString home()
{
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

} // namespace

void askWhereToSave(QWidget* parent, const QString& title, const QString& suggested,
    std::function<void(const QString& path)> chosen)
{
    auto* dialog = new QFileDialog(parent, titleOf(title), home());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->selectFile(suggested);
    openDialog(dialog, std::move(chosen));
}

void askForFile(QWidget* parent, const QString& title, const QString& filter,
    std::function<void(const QString& path)> chosen)
{
    auto* dialog = new QFileDialog(
        parent, titleOf(title), QStandardPaths::writableLocation(QStandardPaths::PicturesLocation), filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    openDialog(dialog, std::move(chosen));
}

void askForFolder(QWidget* parent, const QString& title, std::function<void(const QString& path)> chosen)
{
    auto* dialog = new QFileDialog(parent, title, home());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    openDialog(dialog, std::move(chosen));
}

} // namespace hatstand::ui
