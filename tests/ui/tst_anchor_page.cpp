// SPDX-License-Identifier: MIT
// Adding an account that an Anchor signs for, by the dialog.
#include "core/antelope/EsrResolve.h"
#include "core/antelope/Times.h"
#include "core/chain/ChainClient.h"
#include "tests/support/FakeBuoy.h"
#include "tests/support/HttpServer.h"
#include "tests/ui/DialogDriver.h"
#include "tests/ui/LinkStage.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/add/AnchorPage.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListWidget>
#include <QPointer>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;
using namespace hatstand::test;
using antelope::EsrRequest;
using ui::AddAccountDialog;

namespace {

/// miragallery2@active on WAX is of the key of DialogStage::kPvt, which is in that Anchor.
class Stage : public LinkStage
{
public:
    Stage()
        : wax(antelope::Chains::bundled().find(u"wax"_s)->id)
        , key(antelope::PrivateKey::parse(SecretBuffer::copyOf(kPvt)).value())
    {
        if (!settings.set(u"links.service"_s, buoy.url()))
            qFatal("no settings");
        (void)chains.setEndpoints(wax, {node.url({}).toString()});
        client.emplace(chains, stand.clock);
        context.chainClient = &*client;
        context.linkNet = &net;
        const auto json = [](const QByteArray& body) { return ok(body, "application/json"); };
        node.answers["/v1/chain/get_info"] = json(R"({"server_version":"1","chain_id":")" + wax.toLatin1()
            + R"(","head_block_num":100,"last_irreversible_block_num":90,"last_irreversible_block_id":")"
            + QByteArray(64, 'b') + R"(","head_block_id":")" + QByteArray(64, 'a')
            + R"(","head_block_time":"2026-06-13T09:30:00.000","head_block_producer":"x"})");
        const QByteArray auth = R"({"threshold":1,"keys":[{"key":")" + key.publicKey().text().toLatin1()
            + R"(","weight":1}],"accounts":[],"waits":[]})";
        node.answers["/v1/chain/get_account"] = json(
            R"({"account_name":"miragallery2",)"
            R"("core_liquid_balance":"140.25000000 WAX","ram_quota":10000,"ram_usage":4000,)"
            R"("net_limit":{"used":1,"available":9,"max":10},"cpu_limit":{"used":1,"available":9,"max":10},)"
            R"("permissions":[{"perm_name":"active","parent":"owner","required_auth":)"
            + auth + R"(},{"perm_name":"owner","parent":"","required_auth":)" + auth + "}]}");
        id = session::SessionId("antelope:"_L1 + wax + ":miragallery2@active"_L1);
        dialog = new AddAccountDialog(context);
        dialog->open();
        dialog->showPage(AddAccountDialog::Page::AntelopeAnchor);
        for (auto* box : dialog->findChildren<QComboBox*>()) {
            if (box->isVisibleTo(dialog))
                box->setCurrentText(u"WAX"_s);
        }
    }
    ~Stage() { delete dialog; }

    /// As a person hands it to an Anchor on another computer.
    bool ask()
    {
        if (!press(dialog, u"Show code"_s) || !press(dialog, u"Copy link"_s))
            return false;
        const auto parsed = EsrRequest::parse(QGuiApplication::clipboard()->text());
        if (!parsed)
            return false;
        request = *parsed;
        return request.isIdentity() && request.chainId == wax;
    }
    void answer(const QJsonObject& object)
    {
        buoy.deliver(request.callback.section(u'/', -1), QJsonDocument(object).toJson());
    }
    void sayYes()
    {
        const auto account = antelope::PermissionLevel::parse(u"miragallery2@active"_s).value();
        const auto end = quint32(stand.clock.time.toSecsSinceEpoch() + 60);
        const auto identity = antelope::resolve(request, account, {}, {.expiration = end}).value();
        answer({{u"sig"_s, key.sign(identity.digest(wax).value()).value()}, {u"tx"_s, identity.id()},
            {u"ex"_s, antelope::secondsText(end)}, {u"sa"_s, account.actor.text()},
            {u"sp"_s, account.permission.text()}, {u"cid"_s, wax}, {u"rbn"_s, 0},
            {u"link_ch"_s, u"https://cb.anchor.link/1-2-3-4-5"_s}, {u"link_key"_s, someKey(9)},
            {u"link_name"_s, u"Phone"_s}});
    }

    FakeBuoy buoy;
    Online online;
    HttpServer node;
    QString wax;
    antelope::PrivateKey key;
    antelope::Chains chains = antelope::Chains::bundled();
    std::optional<chain::ChainClient> client;
    links::LinkNet net{settings, online, random};
    session::SessionId id;
    QPointer<AddAccountDialog> dialog;
    EsrRequest request;
};

} // namespace

class TestAnchorPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anAccountOfAnAnchorIsAdded()
    {
        Stage stage;
        QVERIFY(stage.ask());
        QVERIFY(says(stage.dialog, u"Waiting for Anchor…"_s));
        QVERIFY(!findButton(stage.dialog, u"Add account"_s)
            || !findButton(stage.dialog, u"Add account"_s)->isEnabled());
        stage.sayYes();
        QTRY_VERIFY(!stage.dialog);
        const session::Session* added = stage.stand.sessions->find(stage.id);
        QVERIFY(added);
        QCOMPARE(added->signer, session::SignerKind::Remote);
        QCOMPARE(added->wallet, u"anchor"_s);
        QVERIFY(stage.stand.vault->contains(stage.id.text()));
        const auto wallet = stage.links.wallet(stage.id);
        QVERIFY(wallet);
        QCOMPARE(wallet->name, u"Phone"_s);
        QCOMPARE(wallet->signerKey, LinkStage::someKey(9));
    }

    void anAccountThatIsThereIsNotReplacedUnasked()
    {
        Stage stage;
        QCOMPARE(stage.addAntelopeKey(), stage.id);
        QVERIFY(stage.ask());
        stage.sayYes();
        QTRY_VERIFY(says(stage.dialog, u"Already on the stand as Gallery."_s));
        QCOMPARE(stage.stand.sessions->find(stage.id)->signer, session::SignerKind::LocalKey);
        QVERIFY(!stage.links.wallet(stage.id));
        QVERIFY(press(stage.dialog, u"Add account"_s));
        QTRY_VERIFY(!stage.dialog);
        QCOMPARE(stage.stand.sessions->find(stage.id)->signer, session::SignerKind::Remote);
        QVERIFY(stage.links.wallet(stage.id));
    }

    void theOtherPersonsNoIsSaid()
    {
        Stage stage;
        QVERIFY(stage.ask());
        stage.answer({{u"rejected"_s, u"no"_s}});
        QTRY_VERIFY2(says(stage.dialog, u"The request was denied."_s),
            qPrintable(textsIn(stage.dialog).join(u" | "_s)));
        QCOMPARE(stage.stand.sessions->count(), 0);
        QVERIFY(stage.ask()); // and again
    }

    void cancelEndsTheLoginAndNotTheDialog()
    {
        Stage stage;
        QVERIFY(stage.ask());
        QTRY_COMPARE(stage.buoy.listeners(stage.request.callback.section(u'/', -1)), 1);
        QVERIFY(press(stage.dialog, u"Cancel"_s));
        QVERIFY(stage.dialog && stage.dialog->isVisible());
        QVERIFY(findButton(stage.dialog, u"Show code"_s)->isEnabled());
        QVERIFY(!says(stage.dialog, u"Cancelled"_s)); // the person knows
        QTRY_COMPARE(stage.buoy.listeners(stage.request.callback.section(u'/', -1)), 0);
        QVERIFY(press(stage.dialog, u"Cancel"_s));
        QTRY_VERIFY(!stage.dialog);
    }

    void whatCannotBeKeptIsSaid()
    {
        Stage stage;
        QVERIFY(QDir().mkpath(stage.file())); // in the place of the file
        QVERIFY(stage.ask());
        stage.sayYes();
        QTRY_COMPARE(stage.stand.sessions->count(), 1);
        QVERIFY(stage.dialog && stage.dialog->isVisible());
        QVERIFY(says(stage.dialog, u"Add it again."_s));
        QVERIFY(QDir().rmdir(stage.file()));
        QVERIFY(press(stage.dialog, u"Add account"_s));
        QTRY_VERIFY(!stage.dialog);
        QVERIFY(stage.links.wallet(stage.id));
    }

    void theWaysFollowTheNetwork()
    {
        Stage stage;
        auto* ways = stage.dialog->findChild<QListWidget*>();
        QCOMPARE(ways->currentItem()->text(), u"Anchor wallet"_s);
        stage.dialog->showPage(AddAccountDialog::Page::NostrKey); // which has as many
        QCOMPARE(ways->currentItem()->text(), u"Private key"_s);
        QCOMPARE(ways->item(0)->text(), u"Generate new"_s);
    }

    void withoutLinksItIsNotOffered()
    {
        DialogStage stage;
        AddAccountDialog dialog(stage.context);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.showPage(AddAccountDialog::Page::AntelopeKey);
        QCOMPARE(dialog.findChild<QListWidget*>()->count(), 2);
        QVERIFY(!dialog.findChild<ui::AnchorPage*>());
    }
};

QTEST_MAIN(TestAnchorPage)
#include "tst_anchor_page.moc"
