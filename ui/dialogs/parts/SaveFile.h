// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace hatstand::ui {

/// The desktop's file dialog, not blocking; chosen is not called when it is dismissed or parent goes. It asks
/// nothing about files that exist, since none is ever replaced.
void askWhereToSave(QWidget* parent, const QString& title, const QString& suggested,
    std::function<void(const QString& path)> chosen);
/// Likewise for a file that is there. filter: "Pictures (*.png *.jpg)".
void askForFile(QWidget* parent, const QString& title, const QString& filter,
    std::function<void(const QString& path)> chosen);
/// Likewise for a folder.
void askForFolder(QWidget* parent, const QString& title, std::function<void(const QString& path)> chosen);

} // namespace hatstand::ui
