// SPDX-License-Identifier: MIT
#include "core/chain/ChainClient.h"
#include "core/links/Channels.h"
#include "tests/support/FakeBuoy.h"
#include "tests/ui/DialogScenes.h"
#include "tests/ui/LinkStage.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/PreferencesDialog.h"

#include <QAbstractButton>
#include <QApplication>

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace hatstand::ui;
using Look = std::function<void(QWidget*, const QString&)>;

void settle()
{
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
}

void press(QWidget* dialog, const QString& text)
{
    for (auto* each : dialog->findChildren<QAbstractButton*>()) {
        if (each->isVisibleTo(dialog) && withoutMarks(each->text()) == text)
            return each->click();
    }
    qFatal("no button %s", qPrintable(text));
}

void apps(const Look& look)
{
    LinkStage stage;
    const auto gallery = stage.addAntelopeKey();
    const auto treasury = stage.addAntelopeKey(u"lumenpressdo@active"_s, u"Press treasury"_s);
    PreferencesDialog dialog(stage.context);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.showPage(PreferencesDialog::Page::Apps);
    dialog.show();
    settle();
    look(&dialog, u"09-apps-empty"_s);
    const QString market = stage.connectApp(gallery, u"Print Market"_s, u"market.example"_s);
    stage.connectApp(treasury, u"<b>An app</b> with a very long name that says more of itself than fits"_s,
        {}, u"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"_s);
    stage.connectApp(gallery, u"gm"_s);
    (void)stage.links.noteUse(market, stage.stand.clock.now().addSecs(-1800));
    settle();
    look(&dialog, u"09-apps"_s);
    press(&dialog, u"Revoke"_s); // the first
    settle();
    look(&dialog, u"09-apps-revoke"_s);
}

void anchor(const Look& look)
{
    LinkStage stage;
    (void)stage.settings.set(u"links.service"_s, u"http://127.0.0.1:9"_s); // where nobody is
    Online online;
    const links::LinkNet net{stage.settings, online, stage.random};
    chain::ChainClient client(antelope::Chains::bundled(), stage.stand.clock); // asked nothing here
    stage.context.chainClient = &client;
    stage.context.linkNet = &net;
    {
        AddAccountDialog dialog(stage.context);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.showPage(AddAccountDialog::Page::AntelopeAnchor);
        dialog.show();
        settle();
        look(&dialog, u"05-anchor"_s);
        press(&dialog, u"Show code"_s);
        settle();
        look(&dialog, u"05-anchor-waiting"_s);
        press(&dialog, u"Copy link"_s);
        settle();
        look(&dialog, u"05-anchor-copied"_s);
    }
    stage.context.chainClient = nullptr;
    stage.context.linkNet = nullptr;
}

} // namespace

void playLinkScenes(const Look& look)
{
    apps(look);
    anchor(look);
}

} // namespace hatstand::test
