// SPDX-License-Identifier: MIT
#include "core/base/Settings.h"
#include "tests/ui/SampleStand.h"
#include "ui/models/LockCommand.h"
#include "ui/tray/TrayController.h"
#include "ui/tray/TrayMenu.h"

#include <QTest>
#include <QTextDocument>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using test::SampleStand;

namespace {

QStringList labels(SampleStand& stand)
{
    Settings settings(stand.dir.filePath(u"hatstand.ini"_s));
    LockCommand lock(*stand.vault, settings);
    const TrayMenu menu(*stand.sessions, *stand.model, lock);
    QStringList texts;
    if (!QMetaObject::invokeMethod(const_cast<TrayMenu*>(&menu), "aboutToShow"))
        return texts;
    for (const QAction* action : menu.actions())
        texts += action->text();
    return texts;
}

} // namespace

class TestTrayLabels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNameFromRightToLeftKeepsToItself()
    {
        SampleStand stand;
        stand.add(SampleStand::mira, u"ליאת"_s);
        const QStringList shown = labels(stand);
        QVERIFY2(shown.value(0).startsWith(u"\u2068ליאת\u2069 · "_s), qPrintable(shown.join(u'|')));
        QVERIFY(shown.contains(u"Log out \u2068ליאת\u2069…"_s));
        SampleStand plain;
        plain.add(SampleStand::mira, u"Mira"_s);
        QVERIFY(!labels(plain).join(u'|').contains(QChar(0x2068)));
    }

    void aNameInTheTooltipIsNoMarkup()
    {
        using Host = TrayHostWatcher::Host;
        const QString name = u"<img src='file:///x'>&lt;b>"_s;
        const QString shownByQt = TrayController::toolTipFor(Host::XEmbed, name);
        QTextDocument document;
        document.setHtml(shownByQt);
        QVERIFY(Qt::mightBeRichText(shownByQt)); // or it would show its own escapes
        QCOMPARE(document.toPlainText(), name);
        const QString shownByPanel = TrayController::toolTipFor(Host::StatusNotifier, name);
        QVERIFY2(!shownByPanel.contains(u'<') && !shownByPanel.contains(u'&'), qPrintable(shownByPanel));
        QCOMPARE(
            TrayController::toolTipFor(Host::StatusNotifier, u"Mira · 6 accounts"_s), u"Mira · 6 accounts"_s);
    }

    void aLongNameEndsInOneEllipsis()
    {
        SampleStand stand;
        stand.add(SampleStand::mira, QString(64, u'x'));
        const QString all = labels(stand).join(u'|');
        QVERIFY2(all.contains(u"Log out "_s + QString(47, u'x') + u"…|"_s), qPrintable(all));
        QVERIFY(!all.contains(u"……"_s));
    }
};

QTEST_MAIN(TestTrayLabels)
#include "tst_tray_labels.moc"
