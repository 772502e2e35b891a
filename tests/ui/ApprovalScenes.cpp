// SPDX-License-Identifier: MIT
#include "core/signing/ChainWords.h"
#include "tests/ui/DialogScenes.h"
#include "tests/ui/DialogStage.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/ApprovalDialog.h"
#include "ui/dialogs/add/AntelopeFindPage.h"

#include <QAbstractButton>
#include <QApplication>

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace hatstand::ui;
using signing::ActionWords;
using signing::SigningRequest;
using signing::TransactionWords;
using Look = std::function<void(QWidget*, const QString&)>;

void settle()
{
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
}

ActionWords transfer()
{
    return {.title = u"Transfer 25.00000000 WAX to printmarket1"_s,
        .contract = u"eosio.token"_s,
        .action = u"transfer"_s,
        .authorization = u"miragallery2@active"_s,
        .fields = {{u"from"_s, u"miragallery2"_s}, {u"to"_s, u"printmarket1"_s},
            {u"quantity"_s, u"25.00000000 WAX"_s}, {u"memo"_s, u"Order 4117, one A3 print"_s}}};
}

ActionWords updateAuth()
{
    return {.title = u"Change who controls miragallery2@owner"_s,
        .contract = u"eosio"_s,
        .action = u"updateauth"_s,
        .authorization = u"miragallery2@owner"_s,
        .fields = {{u"account"_s, u"miragallery2"_s}, {u"permission"_s, u"owner"_s}, {u"parent"_s, u"none"_s},
            {u"auth"_s, u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s}},
        .danger = u"Whoever has the new keys takes the account over."_s};
}

ActionWords unreadable()
{
    return {.title = u"strange.shop::doit"_s,
        .contract = u"strange.shop"_s,
        .action = u"doit"_s,
        .authorization = u"miragallery2@active"_s,
        .isUnreadable = true,
        .hex = u"a0d8340d7585a0f9c4e35a1f2b6677889900aabb"_s.repeated(8)};
}

TransactionWords words(const QList<ActionWords>& actions, const QDateTime& now)
{
    return {.chainName = u"WAX"_s,
        .account = u"miragallery2@active"_s,
        .actions = actions,
        .expires = now.addSecs(48),
        .host = u"market.example"_s,
        .willBeSent = true};
}

} // namespace

void playApprovalScenes(const std::function<void(QWidget* dialog, const QString& name)>& look)
{
    DialogStage stage;
    const session::SessionId gallery = stage.addAntelopeKey();
    const session::SessionId other = stage.addAntelopeKey(u"lumenpressdo@active"_s, u"Press treasury"_s);
    const session::SessionId mira = stage.addNostrKey(3, u"Mira Okafor"_s);
    const QDateTime now = stage.stand.clock.now();
    const auto shown = [&](const SigningRequest& request, const QString& name, int waiting = 1) {
        auto* dialog = new ApprovalDialog(stage.context, request, now.addSecs(112));
        dialog->setWaiting(waiting);
        dialog->show();
        settle();
        look(dialog, name);
        const auto buttons = dialog->findChildren<QAbstractButton*>();
        for (QAbstractButton* button : buttons) {
            if (name != u"07-unreadable"_s || !button->isVisible()
                || withoutMarks(button->text()) != u"Sign and send"_s)
                continue;
            button->click();
            settle();
            look(dialog, name + u"-again"_s);
        }
        delete dialog;
    };
    const auto chain = [&](TransactionWords said) {
        SigningRequest request{.session = gallery,
            .sessionName = u"Gallery"_s,
            .peer = u"Print Market"_s,
            .what = {},
            .text = {}};
        request.chain = std::make_shared<const TransactionWords>(std::move(said));
        request.others = {other};
        request.signAs = [](const session::SessionId&) {};
        return request;
    };
    shown(chain(words({transfer()}, now)), u"07-transfer"_s, 3);
    shown(chain(words({transfer(), updateAuth()}, now)), u"07-danger"_s);
    shown(chain(words({updateAuth()}, now)), u"07-updateauth"_s);
    shown(chain(words({unreadable()}, now)), u"07-unreadable"_s);
    TransactionWords identity = words({}, now);
    identity.isIdentity = true;
    identity.willBeSent = false;
    identity.scope = u"printmarket"_s;
    shown(chain(identity), u"07-identity"_s);
    shown({.session = mira,
              .sessionName = u"Mira Okafor"_s,
              .peer = u"hatstand sign-event"_s,
              .what = u"publish a note (kind 1)"_s,
              .text = u"Kind: 1, a note\nContent:\n| Good morning from the print room."_s,
              .isOwnName = true},
        u"07-note"_s);

    chain::ChainClient client(antelope::Chains::bundled(), stage.stand.clock);
    stage.context.chainClient = &client; // asked nothing here
    AddAccountDialog add(stage.context);
    add.setAttribute(Qt::WA_DeleteOnClose, false);
    add.showPage(AddAccountDialog::Page::AntelopeFind);
    add.show();
    auto* find = add.findChild<AntelopeFindPage*>();
    find->fill(SecretBuffer::copyOf(DialogStage::kPvt));
    settle();
    look(&add, u"05-find-empty"_s);
    const QString wax = antelope::Chains::bundled().find(u"wax"_s)->id;
    const QString telos = antelope::Chains::bundled().find(u"telos"_s)->id;
    find->show({.chainId = wax,
        .level = u"miragallery2@active"_s,
        .balance = u"140.25000000 WAX"_s,
        .isEnough = true,
        .isRead = true});
    find->show({.chainId = wax,
        .level = u"printroom.gm@owner"_s,
        .balance = u"2.00000000 WAX"_s,
        .isEnough = true,
        .isRead = true});
    find->show(
        {.chainId = telos, .level = u"pressguild11@active"_s, .balance = u"0.5000 TLOS"_s, .isRead = true});
    settle();
    look(&add, u"05-find"_s);
    stage.context.chainClient = nullptr;
}

} // namespace hatstand::test
