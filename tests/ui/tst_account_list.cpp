// SPDX-License-Identifier: MIT
#include "core/nostr/Nip19.h"
#include "tests/ui/AccountSeed.h"
#include "tests/ui/DialogDriver.h"
#include "tests/ui/DialogStage.h"
#include "ui/dialogs/lists/AccountListDialog.h"
#include "ui/dialogs/lists/AccountListPage.h"
#include "ui/models/AccountListModel.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using List = AccountListDialog::List;
using nostr::Muted;
using test::AccountSeed;
using test::DialogStage;

namespace {

std::shared_ptr<const nostr::FollowList> people(int count)
{
    return std::make_shared<nostr::FollowList>(
        nostr::FollowList::fromEvent(nostr::test::wire(nostr::kFollowsKind, AccountSeed::people(count))));
}

QStringList titles(const AccountListModel& model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += model.index(row).data().toString();
    return all;
}

/// A dialog over a seeded account.
struct Opened
{
    explicit Opened(int follows, List list = List::Follows)
        : seed(stage.cacheFile())
    {
        seed.follows(follows);
        seed.take(nostr::kMutesKind,
            "[[\"p\",\"" + QByteArray(64, 'a') + "\"],[\"t\",\"gm\"],[\"word\",\"<b>spam</b>\"]]");
        id = stage.addNostrKey(1, u"Mira Okafor"_s);
        stage.accounts.load();
        dialog = new AccountListDialog(stage.context, id, list);
        dialog->open();
        view = dialog->findChild<QListView*>();
        if (!QTest::qWaitFor([this] { return view->model()->rowCount() > 0; }))
            qFatal("the list does not come");
    }
    ~Opened() { delete dialog; }

    DialogStage stage;
    AccountSeed seed;
    session::SessionId id;
    QPointer<AccountListDialog> dialog;
    QListView* view;
};

} // namespace

class TestAccountList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEntryIsFoundByAllThatIsKnownOfIt_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("found");
        const QString npub = nostr::PublicKey::parse(QString(63, u'0') + u'2')->npub();
        QTest::newRow("petname") << u"tOMas"_s << 1;
        QTest::newRow("hint") << u"hint.example"_s << 1;
        QTest::newRow("both") << u"tomas hint"_s << 1;
        QTest::newRow("npub") << npub << 1;
        QTest::newRow("end of the npub") << npub.right(12) << 1;
        QTest::newRow("link") << u"nostr:"_s + npub << 1;
        QTest::newRow("hex") << QString(63, u'0') + u'2' << 1;
        QTest::newRow("all") << u"npub1"_s << 3;
        QTest::newRow("nobody") << u"zebra"_s << 0;
        QTest::newRow("one word of two") << u"tomas zebra"_s << 0;
    }
    void anEntryIsFoundByAllThatIsKnownOfIt()
    {
        QFETCH(QString, typed);
        QFETCH(int, found);
        AccountListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setFollows(people(3));
        model.setSearch(typed);
        QCOMPARE(model.rowCount(), found);
        QCOMPARE(model.total(), 3);
        model.setSearch({});
        QCOMPARE(model.rowCount(), 3);
    }

    void mutesAreToldApart()
    {
        nostr::MuteList list;
        list.entries = {{Muted::What::Person, QString(64, u'a'), false},
            {Muted::What::Hashtag, u"gm"_s, false}, {Muted::What::Word, u"spam\u202e and\nmore"_s, true},
            {Muted::What::Thread, QString(64, u'b'), false}};
        AccountListModel model;
        model.setMutes(std::make_shared<const nostr::MuteList>(list));
        const QStringList all = titles(model);
        QVERIFY(all.at(0).startsWith(u"npub1"_s));
        QCOMPARE(all.at(1), u"#gm"_s);
        QCOMPARE(all.at(2), u"spam andmore"_s);
        QVERIFY(all.at(3).startsWith(u"note1"_s));
        QVERIFY(model.index(2).data(AccountListModel::PrivateRole).toBool());
        QCOMPARE(model.entry(model.index(2)), list.entries.at(2)); // as it stands in the list
        QVERIFY(model.index(2).data(Qt::AccessibleTextRole).toString().contains(u"private"_s));
        model.setSearch(u"#GM"_s);
        QCOMPARE(titles(model), QStringList{u"#gm"_s});
        QCOMPARE(model.find(list.entries.at(1)), model.index(0));
    }

    void whatStrangersWroteIsPlainText()
    {
        const QByteArray name = "<b>x</b>\\u202e" + QByteArray(10'000, 'n');
        const auto list = nostr::FollowList::fromEvent(nostr::test::wire(nostr::kFollowsKind,
            "[[\"p\",\"" + QByteArray(64, 'a') + "\",\"wss://\\u202ehint\",\"" + name + "\"]]"));
        AccountListModel model;
        model.setFollows(std::make_shared<const nostr::FollowList>(list));
        for (const int role : {int(Qt::DisplayRole), int(AccountListModel::DetailRole), int(Qt::ToolTipRole),
                 int(Qt::AccessibleTextRole)}) {
            const QString text = model.index(0).data(role).toString();
            QVERIFY2(!text.contains(QChar(0x202e)) && text.size() < 400, qPrintable(text));
        }
        QVERIFY(!Qt::mightBeRichText(model.index(0).data(Qt::ToolTipRole).toString()));
    }

    void fiftyThousandAreSearchedAndScrolledWithoutWidgets()
    {
        Opened opened(50'000);
        QCOMPARE(opened.view->model()->rowCount(), 50'000);
        const qsizetype widgets = opened.dialog->findChildren<QWidget*>().size();
        QVERIFY(opened.view->uniformItemSizes());
        QScrollBar* bar = opened.view->verticalScrollBar();
        for (int step = 0; step <= 20; ++step) {
            bar->setValue(bar->maximum() * step / 20);
            (void)opened.view->grab();
        }
        QVERIFY(test::type(opened.dialog, u"Search the list"_s, u"Tomas"_s));
        QCOMPARE(opened.view->model()->rowCount(), 1);
        QVERIFY(test::type(opened.dialog, u"Search the list"_s, QString()));
        QCOMPARE(opened.view->model()->rowCount(), 50'000);
        QCOMPARE(opened.dialog->findChildren<QWidget*>().size(), widgets);
        QVERIFY(test::findButton(opened.dialog, u"Follows (50,000)"_s));
    }

    void theKeyboardLeadsThroughIt()
    {
        Opened opened(3);
        auto* search = test::findField(opened.dialog, u"Search the list"_s);
        QVERIFY(QTest::qWaitForWindowActive(opened.dialog));
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, u"tomas"_s);
        QTest::keyClick(search, Qt::Key_Down);
        QVERIFY(opened.view->hasFocus());
        QCOMPARE(opened.view->currentIndex().data().toString(), u"Tomas"_s);
        QTest::keyClick(opened.view, Qt::Key_Delete);
        QVERIFY(test::says(opened.dialog, u"Unfollow Tomas?"_s));
        QCOMPARE(opened.dialog->focusWidget(), test::findButton(opened.dialog, u"Cancel"_s));
        QTest::keyClick(opened.dialog->focusWidget(), Qt::Key_Escape);
        QVERIFY(opened.dialog->isVisible()); // back to the list
        QVERIFY(opened.view->hasFocus());
        search->setFocus();
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(search->text().isEmpty());
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(!opened.dialog || !opened.dialog->isVisible());
    }

    void whatIsFoundIsToldAndWhatIsNotToo()
    {
        Opened opened(3);
        const auto* told = QAccessible::queryAccessibleInterface(opened.view);
        QCOMPARE(told->text(QAccessible::Name), u"Follows"_s);
        QVERIFY(test::type(opened.dialog, u"Search the list"_s, u"zebra<b>"_s));
        QVERIFY(test::says(opened.dialog, u"Nothing matches “zebra<b>”"_s));
        QVERIFY(test::press(opened.dialog, u"Mutes (3)"_s));
        QCOMPARE(opened.view->model()->rowCount(), 3);
        QCOMPARE(told->text(QAccessible::Name), u"Mutes"_s);
        QVERIFY(!test::findButton(opened.dialog, u"Unmute…"_s)->isEnabled());
        opened.view->setCurrentIndex(opened.view->model()->index(2, 0));
        QVERIFY(test::press(opened.dialog, u"Unmute…"_s));
        QVERIFY(test::says(opened.dialog, u"Unmute <b>spam</b>?"_s));
    }

    void whatIsNobodysKeyIsSaidToStay()
    {
        Opened opened(3);
        // No x of a point of the curve: a list can hold it, a signature of it there is none.
        const QString nobody(64, u'f');
        QVERIFY(!nostr::PublicKey::parse(nobody));
        opened.seed.take(nostr::kFollowsKind, "[[\"p\",\"" + nobody.toLatin1() + "\"]]", "\"\"", 1700000900);
        Q_EMIT opened.stage.accounts.listsChanged(opened.id);
        QTRY_COMPARE(opened.view->model()->rowCount(), 1);
        opened.view->setCurrentIndex(opened.view->model()->index(0, 0));
        QAbstractButton* unfollow = test::findButton(opened.dialog, u"Unfollow…"_s);
        QVERIFY(unfollow && !unfollow->isEnabled());
        QVERIFY(unfollow->toolTip().contains(u"no key of anybody"_s));
        QCOMPARE(unfollow->accessibleDescription().isEmpty(), false);
    }

    void aListStaysWhereItIsRead()
    {
        Opened opened(300);
        opened.view->setCurrentIndex(opened.view->model()->index(2, 0));
        QScrollBar* bar = opened.view->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 1000);
        bar->setValue(1000);
        QSignalSpy reset(opened.view->model(), &QAbstractItemModel::modelReset);
        QSignalSpy told(opened.dialog->findChild<AccountListPage*>(), &AccountListPage::changed);
        Q_EMIT opened.stage.accounts.listsChanged(opened.id); // read again, and nothing has changed
        QTRY_VERIFY(!told.isEmpty());
        QCOMPARE(reset.size(), 0);
        QCOMPARE(bar->value(), 1000);
        opened.seed.follows(301, 1700000900);
        Q_EMIT opened.stage.accounts.listsChanged(opened.id);
        QTRY_COMPARE(opened.view->model()->rowCount(), 301);
        QCoreApplication::processEvents();
        QCOMPARE(bar->value(), 1000);
        QCOMPARE(opened.view->currentIndex().row(), 2);
    }

    void loggingOutClosesIt()
    {
        Opened opened(3);
        opened.stage.stand.sessions->logout(opened.id, {}, [](const Result<void>&) {});
        QTRY_VERIFY(!opened.dialog || !opened.dialog->isVisible());
    }
};

QTEST_MAIN(TestAccountList)
#include "tst_account_list.moc"
