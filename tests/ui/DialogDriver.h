// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/parts/Field.h"

#include <QAbstractButton>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QTest>

namespace hatstand::test {

/// Finds things in a dialog as a person does: by what they say, among those that are shown.

inline QAbstractButton* findButton(QWidget* in, const QString& text)
{
    for (auto* each : in->findChildren<QAbstractButton*>()) {
        if (each->isVisibleTo(in) && each->text() == text)
            return each;
    }
    return nullptr;
}

inline bool press(QWidget* in, const QString& text)
{
    QAbstractButton* found = findButton(in, text);
    if (!found || !found->isEnabled())
        return false;
    found->click();
    return true;
}

inline QLineEdit* findField(QWidget* in, const QString& name)
{
    for (auto* each : in->findChildren<QLineEdit*>()) {
        if (each->isVisibleTo(in) && each->accessibleName() == name)
            return each;
    }
    return nullptr;
}

inline bool type(QWidget* in, const QString& name, const QString& text)
{
    QLineEdit* found = findField(in, name);
    if (found)
        found->setText(text);
    return found != nullptr;
}

/// Everything that can be read in it now, one line each; what is typed into fields is not part of it.
inline QStringList textsIn(QWidget* in)
{
    QStringList texts;
    for (auto* each : in->findChildren<QLabel*>()) {
        if (each->isVisibleTo(in) && !each->text().isEmpty())
            texts += each->text();
    }
    return texts;
}

inline bool says(QWidget* in, const QString& text)
{
    return textsIn(in).join(QLatin1Char('\n')).contains(text);
}

/// Answers the file dialog that is open over it.
inline bool chooseFile(QWidget* over, const QString& path)
{
    auto* files = over->findChild<QFileDialog*>();
    if (!files)
        return false;
    files->selectFile(path);
    return QMetaObject::invokeMethod(files, "accept");
}

} // namespace hatstand::test
