// SPDX-License-Identifier: MIT
// The page of the preferences with the apps that keep a channel, and how one is revoked.
#include "tests/ui/DialogDriver.h"
#include "tests/ui/LinkStage.h"
#include "ui/dialogs/PreferencesDialog.h"
#include "ui/dialogs/preferences/AppsPage.h"

#include <QAccessible>
#include <QDir>
#include <QFile>
#include <QListWidget>

using namespace hatstand;
using namespace hatstand::test;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString kEmpty = u"No app keeps a channel to an account."_s;

struct Page
{
    Page()
        : gallery(stage.addAntelopeKey())
        , dialog(stage.context)
    {
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.showPage(PreferencesDialog::Page::Apps);
        dialog.show();
    }
    /// By what a screen reader says of it, since each app has one.
    [[nodiscard]] QAbstractButton* named(const QString& name)
    {
        for (auto* each : dialog.findChildren<QAbstractButton*>()) {
            if (each->isVisibleTo(&dialog) && each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    /// Also in the lines that are shortened to fit.
    [[nodiscard]] bool tells(const QString& text)
    {
        QStringList all = textsIn(&dialog);
        for (const auto* each : dialog.findChildren<ElidedLabel*>()) {
            if (each->isVisibleTo(&dialog))
                all += each->fullText();
        }
        return all.join(u'\n').contains(text);
    }
    bool pressNamed(const QString& name)
    {
        QAbstractButton* found = named(name);
        if (found)
            found->click();
        return found != nullptr;
    }

    LinkStage stage;
    session::SessionId gallery;
    PreferencesDialog dialog;
};

} // namespace

class TestAppsPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void appsAreToldWithTheirAccount()
    {
        Page page;
        QVERIFY(page.tells(kEmpty));
        const QString market
            = page.stage.connectApp(page.gallery, u"Print Market"_s, u"market.example"_s, u"an agent"_s);
        QVERIFY(!page.tells(kEmpty));
        QVERIFY(page.tells(u"Print Market"_s));
        QVERIFY(page.tells(u"Signs as Gallery · miragallery2@active · WAX"_s));
        QVERIFY(page.tells(u"Says that it runs at market.example"_s));
        QVERIFY(page.tells(u"Connected since 4 May 2026 · Never used"_s));
        QVERIFY(!page.tells(u"Connected now"_s)); // nothing listens here
        QVERIFY(page.stage.links.noteUse(market, page.stage.stand.clock.now()));
        QVERIFY(page.tells(u"Last used: Today"_s));
        page.stage.connectApp(page.gallery, u"gm"_s, {}, u"an agent"_s);
        QVERIFY(page.tells(u"Says that it is an agent"_s));
    }

    void nothingIsRevokedBeforeItIsSaidTwice()
    {
        Page page;
        const QString market = page.stage.connectApp(page.gallery, u"Print Market"_s);
        const QString gm = page.stage.connectApp(page.gallery, u"gm"_s);
        QVERIFY(page.pressNamed(u"Revoke Print Market"_s));
        QCOMPARE(page.stage.links.apps().size(), 2);
        QVERIFY(!page.named(u"Revoke Print Market"_s));
        QVERIFY(page.pressNamed(u"Keep Print Market"_s));
        QVERIFY(!page.named(u"Revoke Print Market now"_s));
        QVERIFY(page.pressNamed(u"Revoke Print Market"_s));
        QVERIFY(page.pressNamed(u"Revoke gm"_s)); // one question at a time
        QVERIFY(!page.named(u"Revoke Print Market now"_s));
        QVERIFY(page.pressNamed(u"Revoke Print Market"_s));
        QVERIFY(page.pressNamed(u"Revoke Print Market now"_s));
        QVERIFY(!page.stage.links.find(market));
        QVERIFY(page.stage.links.find(gm));
        QVERIFY(!page.tells(u"Print Market"_s));
        QVERIFY(page.pressNamed(u"Revoke gm"_s));
        QVERIFY(page.pressNamed(u"Revoke gm now"_s));
        QVERIFY(page.tells(kEmpty));
        QVERIFY(!findButton(&page.dialog, u"Revoke"_s));
    }

    /// The second half of a double click on the first button, and Enter that was held.
    void aHastyPressIsNoYes()
    {
        Page page;
        page.stage.connectApp(page.gallery, u"Print Market"_s);
        QVERIFY(page.pressNamed(u"Revoke Print Market"_s));
        QAbstractButton* yes = page.named(u"Revoke Print Market now"_s);
        QVERIFY(yes);
        QTest::mouseClick(yes, Qt::LeftButton);
        QTest::keyClick(yes, Qt::Key_Space);
        QCOMPARE(page.stage.links.apps().size(), 1);
    }

    void aQuestionOutlivesWhatOtherAppsDo()
    {
        Page page;
        page.stage.connectApp(page.gallery, u"Print Market"_s);
        const QString gm = page.stage.connectApp(page.gallery, u"gm"_s);
        QVERIFY(page.pressNamed(u"Revoke Print Market"_s));
        QVERIFY(page.stage.links.noteUse(gm, page.stage.stand.clock.now()));
        QVERIFY(page.named(u"Revoke Print Market now"_s));
        QCOMPARE(page.dialog.focusWidget(), page.named(u"Keep Print Market"_s));
        QVERIFY(page.stage.links.revoke(page.stage.links.apps().constFirst().channel)); // elsewhere
        QVERIFY(!page.named(u"Revoke Print Market now"_s));
        QVERIFY(page.named(u"Revoke gm"_s));
    }

    void whatAnAppSaysIsPlainText()
    {
        Page page;
        const QString evil = u"<b>Hatstand</b>\u202e\nverified"_s;
        page.stage.connectApp(page.gallery, evil, u"<img src=x>"_s);
        page.stage.connectApp(page.gallery, u"%1 %2"_s);
        page.stage.connectApp(page.gallery, u"\u200b"_s);
        const auto all = page.dialog.findChild<AppsPage*>()->findChildren<QLabel*>();
        for (const QLabel* label : all) {
            const auto* elided = qobject_cast<const ElidedLabel*>(label);
            const QString text = elided ? elided->fullText() : label->text();
            if (text.isEmpty())
                continue; // an icon
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY(!text.contains(QChar(0x202e)) && !label->toolTip().contains("<b>"_L1)
                && !label->toolTip().contains("<img"_L1));
        }
        QVERIFY(page.tells(u"<b>Hatstand</b>verified"_s));
        QVERIFY(page.tells(u"%1 %2"_s));
        QVERIFY(page.tells(u"An app without a name"_s));
        QVERIFY(page.pressNamed(u"Revoke %1 %2"_s));
    }

    void aFileThatCannotBeWrittenIsSaid()
    {
        Page page;
        const QString market = page.stage.connectApp(page.gallery, u"Print Market"_s);
        QVERIFY(QFile::remove(page.stage.file()));
        QVERIFY(QDir().mkpath(page.stage.file())); // in its place
        QVERIFY(page.pressNamed(u"Revoke Print Market"_s));
        QVERIFY(page.pressNamed(u"Revoke Print Market now"_s));
        QVERIFY(page.tells(u"Print Market was not revoked"_s));
        QVERIFY(page.stage.links.find(market));
        QVERIFY(page.pressNamed(u"Keep Print Market"_s));
        QVERIFY(!page.tells(u"was not revoked"_s));
    }

    void everyControlHasAName()
    {
        Page page;
        page.stage.connectApp(page.gallery, u"Print Market"_s);
        page.stage.connectApp(page.gallery, u"gm"_s);
        QVERIFY(page.pressNamed(u"Revoke gm"_s));
        QStringList names;
        const auto all = page.dialog.findChild<AppsPage*>()->findChildren<QWidget*>();
        for (QWidget* widget : all) {
            if (!widget->isVisibleTo(&page.dialog) || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            const QAccessibleInterface* told = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(told && !told->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
            names += told->text(QAccessible::Name);
        }
        QCOMPARE(names.removeDuplicates(), 0); // each app's own
    }

    void withoutLinksThereIsNoPage()
    {
        DialogStage stage;
        PreferencesDialog dialog(stage.context);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QVERIFY(!dialog.findChild<AppsPage*>());
        QCOMPARE(dialog.findChild<QListWidget*>()->count(), 4);
    }
};

QTEST_MAIN(TestAppsPage)
#include "tst_apps_page.moc"
