// SPDX-License-Identifier: MIT
#include "core/antelope/Keys.h"
#include "core/chain/ChainClient.h"
#include "tests/support/HttpServer.h"
#include "tests/ui/DialogDriver.h"
#include "tests/ui/DialogStage.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/add/AntelopeFindPage.h"

#include <QComboBox>
#include <QListWidget>
#include <QPointer>
#include <QProgressBar>

using namespace Qt::Literals::StringLiterals;
using namespace hatstand;
using namespace hatstand::test;
using ui::AddAccountDialog;
using ui::AntelopeFindPage;
using Page = ui::AddAccountDialog::Page;

namespace {

QByteArray json(const QByteArray& body)
{
    return ok(body, "application/json");
}

/// As nodes answer for a name that is nobody's.
QByteArray noSuchAccount()
{
    const QByteArray body = R"({"code":500,"message":"Internal Service Error","error":{"code":0,)"
                            R"("name":"exception","what":"unspecified",)"
                            R"("details":[{"message":"unknown key (eosio::chain::name): miragallery2"}]}})";
    return "HTTP/1.1 500 X\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// A stage whose chain WAX has one node, which answers what a test says.
struct Stage : DialogStage
{
    Stage()
        : wax(antelope::Chains::bundled().find(u"wax"_s)->id)
        , key(antelope::PrivateKey::parse(SecretBuffer::copyOf(kPvt))->publicKey().text())
    {
        (void)chains.setEndpoints(wax, {node.url({}).toString()});
        client.emplace(chains, stand.clock);
        context.chainClient = &*client;
        node.answers["/v1/chain/get_info"] = json(R"({"server_version":"1","chain_id":")" + wax.toLatin1()
            + R"(","head_block_num":100,"last_irreversible_block_num":90,"last_irreversible_block_id":")"
            + QByteArray(64, 'b') + R"(","head_block_id":")" + QByteArray(64, 'a')
            + R"(","head_block_time":"2026-06-13T09:30:00.000","head_block_producer":"x"})");
    }
    void knows(const QString& publicKey, int threshold = 1)
    {
        const QByteArray auth = R"({"threshold":)" + QByteArray::number(threshold) + R"(,"keys":[{"key":")"
            + publicKey.toLatin1() + R"(","weight":1}],"accounts":[],"waits":[]})";
        node.answers["/v1/chain/get_account"] = json(
            R"({"account_name":"miragallery2",)"
            R"("core_liquid_balance":"140.25000000 WAX","ram_quota":10000,"ram_usage":4000,)"
            R"("net_limit":{"used":1,"available":9,"max":10},"cpu_limit":{"used":1,"available":9,"max":10},)"
            R"("permissions":[{"perm_name":"active","parent":"owner","required_auth":)"
            + auth + R"(},{"perm_name":"owner","parent":"","required_auth":)" + auth + "}]}");
    }

    HttpServer node;
    QString wax;
    QString key;
    antelope::Chains chains = antelope::Chains::bundled();
    std::optional<chain::ChainClient> client;
};

class Shown
{
public:
    explicit Shown(DialogStage& stage)
        : dialog(new AddAccountDialog(stage.context))
    {
        dialog->open();
    }
    ~Shown() { delete dialog; }
    AddAccountDialog* operator->() const { return dialog; }
    /// The account on WAX, with its key.
    bool typeAccount()
    {
        dialog->openWith(std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(DialogStage::kPvt)));
        for (auto* box : dialog->findChildren<QComboBox*>()) {
            if (box->isVisibleTo(dialog))
                box->setCurrentText(u"WAX"_s);
        }
        return type(dialog, u"Account and permission"_s, u"miragallery2@active"_s);
    }
    /// The same account, only to be watched.
    bool typeWatched()
    {
        dialog->showPage(Page::AntelopeWatch);
        for (auto* box : dialog->findChildren<QComboBox*>()) {
            if (box->isVisibleTo(dialog))
                box->setCurrentText(u"WAX"_s);
        }
        return type(dialog, u"Account and permission"_s, u"miragallery2@active"_s);
    }
    [[nodiscard]] bool canAdd() const
    {
        const auto* button = findButton(dialog, u"Add account"_s);
        return button && button->isEnabled();
    }
    QPointer<AddAccountDialog> dialog;
};

/// "Find by key", with a key typed in.
AntelopeFindPage* findPage(const Shown& shown)
{
    shown->showPage(Page::AntelopeFind);
    auto* page = shown->findChild<AntelopeFindPage*>();
    if (!page)
        qFatal("no page to find accounts");
    page->fill(SecretBuffer::copyOf(DialogStage::kPvt));
    return page;
}

} // namespace

class TestChainAdd final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aKeyThatFitsIsSaidToAndAdded()
    {
        Stage stage;
        stage.knows(stage.key);
        Shown shown(stage);
        QVERIFY(shown.typeAccount());
        QVERIFY(!shown.canAdd()); // not before the chain has answered
        QTRY_VERIFY2(says(shown.dialog, u"This key fits miragallery2@active."_s),
            qPrintable(textsIn(shown.dialog).join(u" | "_s)));
        QVERIFY(shown.canAdd());
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
    }

    void aKeyThatDoesNotFitIsRefused_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<QString>("text");
        QTest::newRow("another key") << false << u"This key does not fit miragallery2@active."_s;
        QTest::newRow("too weak") << true << u"This key alone is not enough for miragallery2@active."_s;
    }
    void aKeyThatDoesNotFitIsRefused()
    {
        QFETCH(bool, isThere);
        QFETCH(QString, text);
        Stage stage;
        stage.knows(isThere ? stage.key : u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s,
            isThere ? 2 : 1);
        Shown shown(stage);
        QVERIFY(shown.typeAccount());
        QTRY_VERIFY2(says(shown.dialog, text), qPrintable(textsIn(shown.dialog).join(u" | "_s)));
        QVERIFY(!shown.canAdd());
        QVERIFY(press(shown.dialog, u"Add without asking the chain"_s));
        QVERIFY(shown.canAdd());
        QVERIFY(press(shown.dialog, u"Add without asking the chain"_s)); // and back
        QVERIFY(!shown.canAdd());
    }

    void aChainThatDoesNotAnswerIsNotTheEnd()
    {
        Stage stage;
        stage.node.close();
        Shown shown(stage);
        QVERIFY(shown.typeAccount());
        QTRY_VERIFY_WITH_TIMEOUT(says(shown.dialog, u"Not checked: "_s), 30'000);
        QVERIFY(!shown.canAdd());
        QVERIFY(press(shown.dialog, u"Add without asking the chain"_s));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
    }

    void withoutAClientNothingIsAskedNorOffered()
    {
        DialogStage stage;
        Shown shown(stage);
        QVERIFY(shown.typeAccount());
        QVERIFY(shown.canAdd());
        QVERIFY(!findButton(shown.dialog, u"Add without asking the chain"_s));
        QVERIFY(!shown->findChild<AntelopeFindPage*>());
    }

    void whatIsFoundAndTickedIsAdded()
    {
        Stage stage;
        Shown shown(stage);
        auto* page = findPage(shown);
        QVERIFY(!shown.canAdd());
        page->show({.chainId = stage.wax, .level = u"alice@active"_s, .isEnough = true});
        page->show({.chainId = stage.wax, .level = u"bob@owner"_s, .isEnough = true});
        page->show({.chainId = stage.wax, .level = u"carol@active"_s, .isEnough = false, .isRead = true});
        page->show({.chainId = stage.wax, .level = u"Not a name@active"_s, .isEnough = true});
        page->show({.chainId = stage.wax,
            .level = u"alice@active"_s,
            .balance = u"1.0000 WAX"_s,
            .isEnough = true,
            .isRead = true}); // the same once more
        auto* list = page->findChild<QListWidget*>();
        QCOMPARE(list->count(), 3);
        QVERIFY(list->item(0)->text().contains(u"1.0000 WAX"_s));
        QVERIFY(!(list->item(2)->flags() & Qt::ItemIsUserCheckable)); // it could sign nothing alone
        QVERIFY(press(shown.dialog, u"Add 2 accounts"_s));
        QTRY_COMPARE(stage.stand.sessions->count(), 2);
        QTRY_VERIFY(!shown.dialog);
        QCOMPARE(stage.stand.sessions->active().identity(), u"alice@active"_s); // the first
        for (const session::Session& added : stage.stand.sessions->sessions()) {
            QCOMPARE(added.publicKey, stage.key);
            QVERIFY(stage.stand.vault->contains(added.id.text()));
        }
    }

    void nothingMovesWhileChainsAreAsked()
    {
        Stage stage;
        Shown shown(stage);
        auto* page = findPage(shown);
        auto* chain = page->findChild<QComboBox*>();
        chain->setCurrentText(u"WAX"_s);
        auto* ask = findButton(page, u"Ask"_s);
        auto* list = page->findChild<QListWidget*>();
        QVERIFY(ask && list);
        const auto places = [&] {
            for (int i = 0; i < 5; ++i)
                QCoreApplication::processEvents();
            return QList<QRect>{chain->geometry(), ask->geometry(),
                list->isVisible() ? list->geometry() : QRect(), QRect(QPoint(), shown->size())};
        };
        const QList<QRect> before = places();
        QVERIFY(press(page, u"Ask"_s));
        QVERIFY(says(page, u"Asked 0 of 1 chains"_s));
        QVERIFY(page->findChild<QProgressBar*>()->isVisibleTo(page));
        QCOMPARE(places(), before); // the node does not answer such a question
        page->show({.chainId = stage.wax, .level = u"alice@active"_s, .isEnough = true});
        QList<QRect> found = places();
        QVERIFY(!found.at(2).isEmpty());
        const QRect listed = found.at(2);
        found[2] = {};
        QCOMPARE(found, before);
        page->cancel();
        found = places();
        QCOMPARE(found.at(2), listed);
        found[2] = {};
        QCOMPARE(found, before);
    }

    void whoIsOnlyWatchedHasToBeThere()
    {
        Stage stage;
        stage.node.answers["/v1/chain/get_account"] = noSuchAccount();
        Shown shown(stage);
        QVERIFY(shown.typeWatched());
        QVERIFY(!shown.canAdd()); // not before the chain has answered
        QTRY_VERIFY2(says(shown.dialog, u"There is no account miragallery2 on WAX."_s),
            qPrintable(textsIn(shown.dialog).join(u" | "_s)));
        QVERIFY(!shown.canAdd());
        QVERIFY(!findButton(shown.dialog, u"Add without asking the chain"_s));
        stage.knows(stage.key);
        QVERIFY(type(shown.dialog, u"Account and permission"_s, u"miragallery2@owner"_s));
        QTRY_VERIFY(says(shown.dialog, u"miragallery2 is an account on WAX."_s));
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
        QCOMPARE(stage.stand.sessions->sessions().first().signer, session::SignerKind::WatchOnly);
    }

    void whoCantBeAskedForIsWatchedUnchecked()
    {
        Stage stage;
        stage.node.close();
        Shown shown(stage);
        QVERIFY(shown.typeWatched());
        QTRY_VERIFY_WITH_TIMEOUT(says(shown.dialog, u"Not checked: "_s), 30'000);
        QVERIFY(says(shown.dialog, u"It can be watched all the same."_s));
        QVERIFY(shown.canAdd());
        QVERIFY(press(shown.dialog, u"Add account"_s));
        QCOMPARE(stage.stand.sessions->count(), 1);
    }

    void whoseChainDoesNotAnswerIsWatchedUnchecked()
    {
        Stage stage; // never answers for an account
        Shown shown(stage);
        QVERIFY(shown.typeWatched());
        QTRY_VERIFY_WITH_TIMEOUT(says(shown.dialog, u"Not checked: "_s), 30'000);
        QVERIFY(says(shown.dialog, u"It can be watched all the same."_s));
        QVERIFY(shown.canAdd());
    }

    void anotherKeyEmptiesTheList()
    {
        Stage stage;
        Shown shown(stage);
        auto* page = findPage(shown);
        page->show({.chainId = stage.wax, .level = u"alice@active"_s, .isEnough = true});
        QVERIFY(shown.canAdd());
        QVERIFY(type(shown.dialog, u"Private key"_s, u"5K"_s));
        QCOMPARE(page->findChild<QListWidget*>()->count(), 0);
        QVERIFY(!shown.canAdd());
    }
};

QTEST_MAIN(TestChainAdd)
#include "tst_chain_add.moc"
