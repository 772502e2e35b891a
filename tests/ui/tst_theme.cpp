// SPDX-License-Identifier: MIT
#include "tests/ui/SampleStand.h"
#include "ui/theme/Avatar.h"
#include "ui/theme/LineIcon.h"
#include "ui/theme/StyleSheet.h"
#include "ui/theme/Theme.h"
#include "ui/theme/Widgets.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTest>
#include <cmath>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using test::SampleStand;

namespace {

/// WCAG 2: relative luminance.
double luminance(const QColor& colour)
{
    const auto linear
        = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double light = std::max(luminance(a), luminance(b));
    const double dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyTextCanBeRead()
    {
        for (const Theme* t : {&Theme::light(), &Theme::darkTheme()}) {
            const QList<std::pair<QColor, QColor>> pairs{{t->accentText, t->accent},
                {t->accentText, t->accentHover}, {t->accentText, t->accentPressed},
                {t->success, t->successGround}, {t->warning, t->warningGround}, {t->danger, t->dangerGround},
                {t->dangerButtonText, t->dangerButton}, {t->text, t->warningGround},
                {t->text, t->dangerGround}, {t->text, t->successGround}};
            for (const auto& [ink, ground] : pairs)
                QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(ink.name() + u" on "_s + ground.name()));
            for (const QColor& ground :
                {t->background, t->surface, t->raised, t->sunken, t->selection, t->hover}) {
                for (const QColor& ink :
                    {t->text, t->secondaryText, t->link, t->success, t->warning, t->danger, t->nostrText}) {
                    QVERIFY2(
                        contrast(ink, ground) >= 4.5, qPrintable(ink.name() + u" on "_s + ground.name()));
                }
            }
        }
    }

    void placeholdersCanBeRead()
    {
        for (const Theme* t : {&Theme::light(), &Theme::darkTheme()}) {
            qApp->setPalette(t->palette());
            qApp->setStyleSheet(styleSheet(*t));
            QLineEdit line;
            QPlainTextEdit lines;
            for (QWidget* field : {static_cast<QWidget*>(&line), static_cast<QWidget*>(&lines)}) {
                field->ensurePolished();
                const QColor ink = field->palette().color(QPalette::PlaceholderText);
                QCOMPARE(ink.alpha(), 255);
                QVERIFY2(contrast(ink, t->dark ? t->sunken : t->surface) >= 4.5, qPrintable(ink.name()));
                QCOMPARE(field->palette().color(QPalette::Text), t->text);
            }
        }
        qApp->setStyleSheet({});
        qApp->setPalette({});
    }

    void everyControlCanBeSeen()
    {
        for (const Theme* t : {&Theme::light(), &Theme::darkTheme()}) {
            for (const QColor& mark : {t->controlBorder, t->focusRing})
                QVERIFY2(contrast(mark, t->surface) >= 3, qPrintable(mark.name()));
            for (const QString& id : {SampleStand::mira, SampleStand::lumen, SampleStand::gallery,
                     SampleStand::garden, SampleStand::treasury, SampleStand::tomas}) {
                for (const QColor& ground : {t->surface, t->background, t->selection})
                    QVERIFY2(contrast(accountColour(id), ground) >= 3, qPrintable(accountColour(id).name()));
            }
        }
        for (const QString& network : {u"WAX"_s, u"Telos"_s, u"Vaulta"_s, u"XPR"_s, u"Libre"_s, u"UX"_s,
                 u"FIO"_s, u"Jungle 4"_s, u"Kylin"_s})
            QVERIFY2(contrast(Qt::white, badgeColour(u"antelope"_s, network)) >= 4.5, qPrintable(network));
        QVERIFY(contrast(Qt::white, badgeColour(u"nostr"_s, u"Nostr"_s)) >= 4.5);
    }

    void anAccountsColourComesFromItsIdAlone()
    {
        QCOMPARE(accountColour(SampleStand::mira), QColor(0xCC5B2A));
        QCOMPARE(accountColour(SampleStand::lumen), QColor(0xC8519C));
        QCOMPARE(accountColour(SampleStand::gallery), QColor(0x558B2E));
        QCOMPARE(accountColour(SampleStand::garden), QColor(0x2F8E56));
        QCOMPARE(accountColour(SampleStand::treasury), QColor(0x6575D9));
        QCOMPARE(accountColour(SampleStand::tomas), QColor(0x9766CF));
    }

    void blocksAreMirroredAndFollowTheDigest()
    {
        // SHA-256 of the id is 9480 48bc e666 2fe3 e846 965b d2ba 5a53 …: of its low bits from the second
        // byte on, five are set, fewer than seven, so that all are inverted.
        AvatarSpec spec = avatarSpec(SampleStand::gallery, u"WAX"_s);
        spec.badgeLetter.clear();
        const QByteArray bytes = QByteArray::fromHex("8048bce6622fe3e846965bd2ba5a53");
        const int cell = 8; // 64 px: inner circle 56, 70 % of it 39.2
        const QImage image = avatar(spec, 64, 1, Qt::white, Theme::light()).toImage();
        int set = 0;
        for (const char byte : bytes)
            set += byte & 1;
        const bool invert = set < 7;
        for (int y = 0; y < 5; ++y) {
            for (int x = 0; x < 5; ++x) {
                const int column = x < 3 ? x : 4 - x;
                const bool on = ((bytes[y * 3 + column] & 1) != 0) != invert;
                const QPoint middle(32 - 20 + x * cell + cell / 2, 32 - 20 + y * cell + cell / 2);
                QCOMPARE(image.pixelColor(middle).rgb() == accountColour(SampleStand::gallery).rgb(), on);
            }
        }
    }

    void aPictureReplacesTheBlocksAndKeepsTheRing()
    {
        AvatarSpec spec = avatarSpec(SampleStand::gallery, u"WAX"_s);
        spec.picture = [](int side) {
            QPixmap picture(side, side);
            picture.fill(Qt::cyan);
            return picture;
        };
        const QImage image = avatar(spec, 40, 2, Qt::white, Theme::light()).toImage();
        QCOMPARE(image.size(), QSize(80, 80));
        QCOMPARE(image.pixelColor(40, 40), QColor(Qt::cyan));
        QCOMPARE(image.pixelColor(40, 1).rgb(), accountColour(SampleStand::gallery).rgb());
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    }

    void everyLineIconDrawsInTheInkItIsGiven()
    {
        QVERIFY(!styleSheet(Theme::light()).isEmpty()); // brings the resources in
        const QStringList files = QDir(u":/hatstand/line"_s).entryList({u"*.svg"_s});
        QVERIFY(files.size() > 30);
        for (const QString& file : files) {
            const QImage image
                = lineIcon(file.chopped(4), QColor(Qt::red)).pixmap(QSize(16, 16), 1.0).toImage();
            int inked = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y);
                    if (pixel.alpha() > 200) {
                        ++inked;
                        QVERIFY2(pixel.red() > 200 && pixel.green() < 60, qPrintable(file));
                    }
                }
            }
            QVERIFY2(inked > 3, qPrintable(file));
        }
    }

    void theStyleSheetHasNoNameLeftAndStaysSmall()
    {
        for (const Theme* theme : {&Theme::light(), &Theme::darkTheme()}) {
            QString sheet = styleSheet(*theme);
            QVERIFY(sheet.count(u'\n') < 150);
            sheet.remove(
                QRegularExpression(u"/\\*.*?\\*/"_s, QRegularExpression::DotMatchesEverythingOption));
            QVERIFY(!sheet.contains(u'@'));
        }
    }

    void aPaletteIsKnownAgain()
    {
        QCOMPARE(&Theme::of(Theme::darkTheme().palette()), &Theme::darkTheme());
        QCOMPARE(&Theme::of(Theme::light().palette()), &Theme::light());
        QPalette loud; // a desktop in high contrast
        loud.setColor(QPalette::Window, Qt::black);
        loud.setColor(QPalette::WindowText, Qt::yellow);
        loud.setColor(QPalette::ButtonText, Qt::cyan);
        QVERIFY(Theme::of(loud).dark);
        QVERIFY(Theme::of(loud).highContrast); // what is chosen gets a line, since no ground may tell it
        QCOMPARE(Theme::of(loud).primaryInk, QColor(Qt::cyan)); // there it is a button like any other
        QVERIFY(contrastSheet(Theme::of(loud)).contains(u"#ffff00"_s));
        QCOMPARE(Theme::of(loud).text, QColor(Qt::yellow));
    }

    void namesAreNeverMarkup()
    {
        QWidget parent;
        QCOMPARE(makeLabel(u"<b>x</b>"_s, &parent)->textFormat(), Qt::PlainText);
        ElidedLabel label(&parent, Qt::ElideRight);
        label.setFullText(u"<img src=x>"_s);
        QVERIFY(!label.toolTip().contains(u"<img"_s));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
