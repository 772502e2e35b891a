// SPDX-License-Identifier: MIT
#include "core/base/Settings.h"
#include "tests/ui/SampleStand.h"
#include "ui/models/LockCommand.h"
#include "ui/theme/Avatar.h"
#include "ui/tray/TrayController.h"
#include "ui/tray/TrayMenu.h"

#include <QSignalSpy>
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

QIcon avatarIcons()
{
    const AvatarSpec spec = avatarSpec(SampleStand::mira, u"Nostr"_s);
    QIcon icon;
    for (const int size : {16, 22, 24, 48})
        icon.addPixmap(avatar(spec, size, 1, Qt::transparent, Theme::of(QPalette())));
    return icon;
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

    void whatWaitsIsADotAtTheTopRight_data()
    {
        QTest::addColumn<QIcon>("icon");
        QTest::newRow("account") << avatarIcons();
        QTest::newRow("nobody") << hatIcon(HatState::NoAccount, Qt::black);
        QTest::newRow("locked") << hatIcon(HatState::Locked, Qt::black);
        QTest::newRow("stopped") << hatIcon(HatState::Stopped, Qt::white);
    }
    void whatWaitsIsADotAtTheTopRight()
    {
        QFETCH(QIcon, icon);
        const QColor orange(0xD4, 0x70, 0x1A);
        const QIcon dotted = TrayController::withDot(icon);
        QCOMPARE(dotted.availableSizes(), icon.availableSizes());
        const QList<QSize> sizes = icon.availableSizes();
        QVERIFY(!sizes.isEmpty());
        for (const QSize& size : sizes) {
            const QImage before = icon.pixmap(size, 1.0).toImage().convertToFormat(QImage::Format_ARGB32);
            const QImage after = dotted.pixmap(size, 1.0).toImage().convertToFormat(QImage::Format_ARGB32);
            QCOMPARE(after.size(), before.size());
            const int middle = after.width() / 5; // of the dot, from the corner
            QCOMPARE(after.pixelColor(after.width() - 1 - middle, middle), orange);
            // The left half, which says whose it is, is as it was.
            QCOMPARE(after.copy(0, 0, after.width() / 2, after.height()),
                before.copy(0, 0, before.width() / 2, before.height()));
        }
    }

    void whatWaitsIsTheFirstRowAndLeadsThere()
    {
        SampleStand stand;
        stand.add(SampleStand::mira, u"Mira"_s);
        Settings settings(stand.dir.filePath(u"hatstand.ini"_s));
        LockCommand lock(*stand.vault, settings);
        TrayMenu menu(*stand.sessions, *stand.model, lock);
        QTRY_VERIFY(!menu.actions().isEmpty());
        const auto first = [&menu] { return menu.actions().constFirst()->text(); };
        const QString account = first();
        menu.setAsked(true);
        QTRY_COMPARE(first(), u"Show the question"_s);
        QVERIFY(menu.actions().at(1)->isSeparator());
        QCOMPARE(menu.actions().at(2)->text(), account);
        QSignalSpy wanted(&menu, &TrayMenu::questionWanted);
        menu.actions().constFirst()->trigger();
        QCOMPARE(wanted.size(), 1);
        menu.setAsked(false);
        QTRY_COMPARE(first(), account);
    }

    void howManyWaitIsSaid()
    {
        QCOMPARE(TrayController::waitingText(0), QString());
        QCOMPARE(TrayController::waitingText(1), u"A question waits for your answer"_s);
        QVERIFY(TrayController::waitingText(3).startsWith(u'3'));
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
