// SPDX-License-Identifier: MIT
#include "ui/text/Dates.h"

#include <QCoreApplication>
#include <QLocale>

namespace hatstand::ui {

QString dayText(const QDateTime& time)
{
    //: the form of a date: day, month in letters, year
    return QLocale().toString(
        time.toLocalTime().date(), QCoreApplication::translate("hatstand::ui::Dates", "d MMMM yyyy"));
}

QString whenText(const QDateTime& time, const QDateTime& now)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = QLocale().toString(local.time(), QLocale::ShortFormat);
    switch (local.date().daysTo(now.toLocalTime().date())) {
    case 0:
        return QCoreApplication::translate("hatstand::ui::Dates", "Today, %1").arg(clock);
    case 1:
        return QCoreApplication::translate("hatstand::ui::Dates", "Yesterday, %1").arg(clock);
    default:
        return dayText(time);
    }
}

} // namespace hatstand::ui
