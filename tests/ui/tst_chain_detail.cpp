// SPDX-License-Identifier: MIT
#include "core/accounts/ChainAccountFile.h"
#include "core/chain/ChainRegistry.h"
#include "tests/ui/WindowStand.h"
#include "ui/theme/QrCode.h"
#include "ui/theme/Widgets.h"
#include "ui/windows/DetailHeader.h"
#include "ui/windows/DetailPane.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/detail/ChainSection.h"
#include "ui/windows/detail/KeyRow.h"
#include "ui/windows/detail/PermissionsSection.h"

#include <QProgressBar>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using accounts::ChainSummary;
using session::Session;
using session::SessionId;
using test::SampleStand;
using Standing = ChainSummary::Standing;

namespace {

const QString kOwnKey = u"PUB_K1_6RrvujLQN1x5Tacbep1KAk8zzKpSThAQXBCKYFfGUYeACcSRFs"_s;
const QString kOtherKey = u"PUB_K1_5hpVpnpMcVELRUKyMf6trpbCUKsdiFBJZWrBa9fAvQTpqTBEHp"_s;

QStringList textsOf(const QWidget& in)
{
    QStringList all;
    const auto labels = in.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        const auto* elided = qobject_cast<const ElidedLabel*>(label);
        if (label->isVisibleTo(&in))
            all += elided ? elided->fullText() : label->text();
    }
    return all;
}

bool says(const QWidget& in, const QString& text)
{
    return textsOf(in).join(u'\n').contains(text);
}

struct Stand : test::WindowStand
{
    Stand()
    {
        (void)add(SampleStand::gallery, u"Gallery"_s);
        summary.isKnown = true;
        summary.refreshedAt = clock.now().addSecs(-150);
        summary.account = {.name = u"miragallery2"_s,
            .balance = u"140.25000000 WAX"_s,
            .cpu = {.used = 1250, .available = 35'000},
            .net = {.used = 95, .available = 100},
            .ram = {.used = 4000, .available = -1},
            .permissions = {{.name = u"active"_s,
                                .parent = u"owner"_s,
                                .threshold = 2,
                                .keys = {{kOwnKey, 1}, {kOtherKey, 1}},
                                .accounts = {{u"bob@active"_s, 1}}},
                {.name = u"owner"_s, .parent = {}, .keys = {{kOtherKey, 1}}}}};
        summary.standing = Standing::Good;
    }
    [[nodiscard]] Session session() const
    {
        Session made = *sessions->find(SessionId(SampleStand::gallery));
        made.publicKey = kOwnKey;
        return made;
    }

    ChainSummary summary;
};

/// A window over an account with names, keys and permissions as long as a chain takes them.
struct LongStand : Stand
{
    explicit LongStand(const QString& name)
        : id(add(SampleStand::gallery.section(u':', 0, 1) + u":mmmmmmmmmmmm@wwwwwwwwwwww"_s, name))
        , file(dir.filePath(u"chain-accounts.json"_s))
        , registry(dir.filePath(u"chains.json"_s))
        , client(registry.chains(), clock)
        , chains(*sessions, client, registry, settings, clock, file)
    {
        const QString longest = u"wwwwwwwwwwww"_s;
        summary.account.name = u"mmmmmmmmmmmm"_s;
        summary.account.balance = u"461168601842738.0000 WWWWWWW"_s;
        summary.account.ram = {.used = 461'168'601'842, .available = 461'168'601'843};
        summary.account.permissions = {{.name = longest,
                                           .parent = u"active"_s,
                                           .threshold = 4'000'000'000,
                                           .keys = {{kOwnKey, 65535}, {kOtherKey, 65535}},
                                           .accounts = {{longest + u'@' + longest, 65535}}},
            {.name = u"active"_s, .parent = u"owner"_s, .keys = {{kOtherKey, 1}}},
            {.name = u"owner"_s, .parent = {}, .keys = {{kOtherKey, 1}}}};
        isWritten = accounts::ChainAccountFile(file).write({{id, summary}});
        chains.load();
        context.chainAccounts = &chains;
    }

    SessionId id;
    QString file;
    bool isWritten = false;
    chain::ChainRegistry registry;
    chain::ChainClient client; ///< asked nothing here
    accounts::ChainAccounts chains;
};

QTreeWidgetItem* itemOf(const QTreeWidget* tree, const QString& text)
{
    const auto found = tree->findItems(text, Qt::MatchStartsWith | Qt::MatchRecursive);
    return found.isEmpty() ? nullptr : found.first();
}

} // namespace

class TestChainDetail final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatTheChainToldIsSaid()
    {
        Stand stand;
        ChainSection section(stand.context, nullptr);
        section.show(stand.session(), stand.summary);
        for (const QString& text : {u"140.25000000 WAX"_s, u"1.25 ms of 35.00 ms"_s,
                 u"95 bytes of 100 bytes"_s, u"no limit"_s, u"Last refreshed: 2 min ago"_s})
            QVERIFY2(says(section, text), qPrintable(text + u" is not in "_s + textsOf(section).join(u'|')));
        const auto bars = section.findChildren<QProgressBar*>();
        QCOMPARE(bars.size(), 3);
        QCOMPARE(bars.at(0)->value() * 100 / bars.at(0)->maximum(), 3);
        QCOMPARE(bars.at(1)->value() * 100 / bars.at(1)->maximum(), 95);
        QVERIFY(!bars.at(2)->isVisibleTo(&section)); // there is nothing that it could be full of
        for (const QProgressBar* bar : bars)
            QVERIFY(!bar->accessibleName().isEmpty());
    }

    void whatWasNeverToldIsNotNothing()
    {
        Stand stand;
        ChainSection section(stand.context, nullptr);
        section.show(stand.session(), {});
        QVERIFY(says(section, u"Not known yet"_s));
        QVERIFY(says(section, u"Not loaded yet"_s));
        QVERIFY(!says(section, u" of "_s));
        PermissionsSection permissions(stand.context, nullptr);
        permissions.show(stand.session(), {});
        QVERIFY(permissions.isHidden());
    }

    void olderDataSaysThatItIs()
    {
        Stand stand;
        stand.summary.hasFailed = true;
        stand.summary.failure = {.code = ErrorCode::Network};
        stand.summary.refreshedAt = stand.clock.now().addSecs(qint64{-3} * 3600);
        ChainSection section(stand.context, nullptr);
        section.show(stand.session(), stand.summary);
        QVERIFY(says(section, u"Offline · Last refreshed: 3 h ago"_s));
        QVERIFY(says(section, u"140.25000000 WAX"_s));
        auto* refresh = section.findChild<QPushButton*>();
        QVERIFY(refresh->isEnabled());
        stand.summary.isRefreshing = true;
        section.show(stand.session(), stand.summary);
        QVERIFY(says(section, u"Refreshing…"_s));
    }

    void aKeyThatIsNotTakenIsSaid_data()
    {
        QTest::addColumn<int>("standing");
        QTest::addColumn<QString>("text");
        QTest::newRow("good") << int(Standing::Good) << QString();
        QTest::newRow("unknown") << int(Standing::Unknown) << QString();
        QTest::newRow("no account") << int(Standing::NoAccount) << u"The chain has no account"_s;
        QTest::newRow("no permission") << int(Standing::NoPermission) << u"no permission “active” any more"_s;
        QTest::newRow("gone") << int(Standing::KeyGone) << u"The chain does not take this key any more."_s;
        QTest::newRow("weak") << int(Standing::KeyTooWeak) << u"This key alone is not enough"_s;
    }
    void aKeyThatIsNotTakenIsSaid()
    {
        QFETCH(int, standing);
        QFETCH(QString, text);
        Stand stand;
        stand.summary.standing = Standing(standing);
        ChainSection section(stand.context, nullptr);
        section.show(stand.session(), stand.summary);
        const QStringList all = textsOf(section);
        QCOMPARE(
            says(section, u"The chain"_s) || says(section, u"permission"_s) || says(section, u"This key"_s),
            !text.isEmpty());
        QVERIFY2(says(section, text), qPrintable(all.join(u'|')));
    }

    void permissionsAreATree()
    {
        Stand stand;
        PermissionsSection section(stand.context, nullptr);
        section.show(stand.session(), stand.summary);
        const auto* tree = section.findChild<QTreeWidget*>();
        QVERIFY(!tree->accessibleName().isEmpty());
        QCOMPARE(tree->topLevelItemCount(), 1);
        const auto* owner = tree->topLevelItem(0);
        QCOMPARE(owner->text(0), u"owner"_s);
        const auto* active = itemOf(tree, u"active"_s);
        QVERIFY(active && active->parent() == owner);
        QVERIFY(active->text(1).startsWith(u"threshold 2"_s));
        QVERIFY(active->text(1).contains(u"this session"_s));
        QVERIFY(!owner->text(1).contains(u"this session"_s));
        const auto* own = itemOf(tree, kOwnKey.left(12));
        QVERIFY(own && own->parent() == active && own->text(0).size() < kOwnKey.size());
        QVERIFY(own->text(1).contains(u"this session"_s));
        QCOMPARE(own->toolTip(0), plainToolTip(kOwnKey));
        QVERIFY(itemOf(tree, u"bob@active"_s));
    }

    void permissionsThatGoInACircleEnd()
    {
        Stand stand;
        stand.summary.account.permissions = {{.name = u"a"_s, .parent = u"b"_s, .keys = {}},
            {.name = u"b"_s, .parent = u"a"_s, .keys = {}}, {.name = u"c"_s, .parent = u"c"_s, .keys = {}},
            {.name = u"<b>\u202eevil"_s, .parent = u"nowhere"_s, .keys = {}}};
        PermissionsSection section(stand.context, nullptr);
        section.show(stand.session(), stand.summary);
        const auto* tree = section.findChild<QTreeWidget*>();
        for (const QString& name : {u"a"_s, u"b"_s, u"c"_s, u"<b>evil"_s})
            QVERIFY2(itemOf(tree, name), qPrintable(name));
    }

    void nothingIsWiderThanTheDetailSide_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("active");
        QTest::addColumn<int>("points"); // of the font; 0: the usual one
        QTest::addColumn<QString>("name");
        const QString keeper = u"The keeper of the gallery by the old harbour"_s;
        for (const int width : {1400, 1200, 1100, 1040, 960}) {
            for (const bool active : {true, false})
                QTest::addRow("%d, %s", width, active ? "active" : "default of its network")
                    << width << active << 0 << keeper;
        }
        QTest::newRow("wide name") << 960 << false << 0 << QString(20, u'W');
        QTest::newRow("larger font") << 960 << false << 16 << keeper;
        QTest::newRow("largest font") << 1110 << false << 20 << keeper;
    }
    void nothingIsWiderThanTheDetailSide()
    {
        QFETCH(int, width);
        QFETCH(bool, active);
        QFETCH(int, points);
        QFETCH(QString, name);
        const QFont usual = QApplication::font();
        const auto restore = qScopeGuard([usual] { QApplication::setFont(usual); });
        if (points > 0) {
            QFont large = usual;
            large.setPointSize(points);
            QApplication::setFont(large);
        }
        LongStand stand(name);
        QVERIFY(stand.isWritten);
        const SessionId other = stand.add(SampleStand::mira, u"Mira Okafor"_s);
        QVERIFY(stand.sessions->activate(stand.id));
        MainWindow window(stand.context);
        window.resize(1400, 1000);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCoreApplication::processEvents(); // laid out while there is room, and then made narrower
        if (!active)
            QVERIFY(stand.sessions->activate(other)); // the row that is shown is another than the active one
        window.resize(width, 1000);
        auto* pane = window.findChild<DetailPane*>();
        QVERIFY(pane);
        pane->show(stand.id);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        const auto* scroll = pane->findChild<QScrollArea*>();
        QVERIFY(scroll && scroll->widget());
        const QWidget* content = scroll->widget();
        QTRY_VERIFY2(content->minimumSizeHint().width() <= scroll->viewport()->width(),
            qPrintable(
                u"%1 > %2"_s.arg(content->minimumSizeHint().width()).arg(scroll->viewport()->width())));
        QTRY_COMPARE(content->width(), scroll->viewport()->width());
        // Whole in its card, and nothing lies on it: no camera reads a part of it.
        const auto* code = content->findChild<QrCode*>();
        QVERIFY(code);
        const QWidget* card = code->parentWidget()->parentWidget();
        const QRect shown(code->mapTo(card, QPoint()), code->size());
        QCOMPARE(code->size(), code->sizeHint());
        QVERIFY(card->rect().contains(shown));
        QVERIFY(card->height() >= card->minimumSizeHint().height()); // its rows are as high as any
        const auto labels = card->findChildren<QLabel*>();
        QList<QRect> places;
        for (const QLabel* label : labels) {
            if (!label->isVisibleTo(card))
                continue;
            const QRect place(label->mapTo(card, QPoint()), label->size());
            QVERIFY2(!place.intersects(shown), qPrintable(label->text()));
            QVERIFY2(card->rect().contains(place), qPrintable(label->text()));
            for (const QRect& placed : std::as_const(places)) // nor does one on another
                QVERIFY2(!place.intersects(placed), qPrintable(label->text()));
            places += place;
        }
        // Whatever it shows of the name, whoever hears it is told the whole.
        const auto buttons = content->findChildren<QPushButton*>();
        QVERIFY(active || std::any_of(buttons.cbegin(), buttons.cend(), [&name](const QPushButton* button) {
            return button->isVisible() && button->accessibleName() == u"Switch to "_s + name;
        }));
    }

    void whatFitsBesideTheNameStaysThere()
    {
        Stand stand;
        QVERIFY(stand.sessions->activate(SessionId(SampleStand::gallery)));
        QWidget window; // or the header's own layout would hold its width
        DetailHeader header(stand.shortcuts, &window);
        header.show(stand.session(), *stand.sessions, *stand.model);
        header.resize(900, 100);
        window.resize(1000, 100);
        window.show();
        const auto texts = header.findChildren<ElidedLabel*>();
        const auto* avatar = header.findChild<AvatarLabel*>();
        QPushButton* rename = nullptr;
        int least = avatar->sizeHint().width() + 16;
        const auto buttons = header.findChildren<QPushButton*>();
        for (QPushButton* button : buttons) {
            if (button->isHidden())
                continue;
            setIconOnly(button, true, u"x"_s);
            least += button->sizeHint().width() + 16;
            rename = rename ? rename : button;
        }
        QVERIFY(rename);
        // The badge stands beside the name, and the longer line below it goes on under the badge.
        QCOMPARE(texts.size(), 2);
        const auto pills = header.findChildren<QLabel*>();
        const auto pill = std::find_if(
            pills.cbegin(), pills.cend(), [](const QLabel* label) { return label->text() == u"ACTIVE"_s; });
        QVERIFY(pill != pills.cend());
        const int title = texts.at(0)->sizeHint().width() + 8 + (*pill)->sizeHint().width();
        header.resize(least + std::max({150, title, texts.at(1)->sizeHint().width()}), 100);
        QTRY_VERIFY(rename->x() > avatar->geometry().right());
    }

    void aLinkStartsWhereTheOtherValuesDo()
    {
        Stand stand;
        ChainSection section(stand.context, nullptr);
        section.show(stand.session(), stand.summary);
        section.resize(700, 500);
        section.setVisible(true);
        QLabel* balance = nullptr;
        const auto labels = section.findChildren<QLabel*>();
        for (QLabel* label : labels) {
            if (label->text() == u"140.25000000 WAX"_s)
                balance = label;
        }
        QPushButton* explorer = nullptr;
        const auto buttons = section.findChildren<QPushButton*>();
        for (QPushButton* button : buttons) {
            if (button->text() == u"Open in explorer"_s)
                explorer = button;
        }
        QVERIFY(balance && explorer && explorer->isVisible());
        const int text
            = (explorer->width() - explorer->fontMetrics().horizontalAdvance(explorer->text())) / 2;
        QTRY_VERIFY(
            std::abs(explorer->mapTo(&section, QPoint(text, 0)).x() - balance->mapTo(&section, QPoint()).x())
            <= 1);
    }

    void aShortenedPillIsReadWhole()
    {
        Card card(40, nullptr);
        KeyRow row(&card);
        const QString whole = QString(22, u'x') + u"🎩🎩 chain"_s;
        row.show({.what = u"Chain"_s, .text = u"abc"_s, .pill = whole});
        const auto labels = card.findChildren<QLabel*>();
        const auto pill = std::find_if(labels.cbegin(), labels.cend(),
            [&whole](const QLabel* label) { return label->accessibleName() == whole; });
        QVERIFY(pill != labels.cend());
        QCOMPARE((*pill)->text(), QString(22, u'x') + u'…'); // no half of a character
        row.show({.what = u"Chain"_s, .text = u"abc"_s, .pill = u"WAX"_s});
        QCOMPARE((*pill)->text(), u"WAX"_s);
        QVERIFY((*pill)->accessibleName().isEmpty());
    }

    void manyChangesAreOneRefreshAndAChosenAccountShowsAtOnce()
    {
        Stand stand;
        const SessionId gallery(SampleStand::gallery);
        const SessionId mira = stand.add(SampleStand::mira, u"Mira Okafor"_s);
        DetailPane pane(stand.context);
        pane.resize(800, 800);
        pane.setVisible(true);
        pane.show(gallery);
        QVERIFY(textsOf(pane).contains(u"Gallery"_s));
        for (const QString& name : {u"One"_s, u"Two"_s, u"Three"_s})
            QVERIFY(stand.sessions->rename(gallery, name));
        QVERIFY(textsOf(pane).contains(u"Gallery"_s)); // not yet
        QTRY_VERIFY(textsOf(pane).contains(u"Three"_s));
        pane.show(mira);
        QVERIFY(textsOf(pane).contains(u"Mira Okafor"_s)); // before the event is over
    }

    void nothingMovesUnderAButtonThatIsPressed()
    {
        Stand stand;
        const SessionId gallery(SampleStand::gallery);
        (void)stand.add(SampleStand::mira, u"Mira Okafor"_s);
        DetailPane pane(stand.context);
        pane.resize(800, 800);
        pane.setVisible(true);
        pane.show(gallery);
        QPushButton* button = nullptr;
        const auto buttons = pane.findChildren<QPushButton*>();
        for (QPushButton* one : buttons) {
            if (one->accessibleName() == u"Switch to Gallery"_s)
                button = one;
        }
        if (!button)
            QFAIL("no button");
        QVERIFY(button->isVisible());
        QTRY_VERIFY(button->width() >= button->sizeHint().width()); // laid out
        QTest::mousePress(button, Qt::LeftButton);
        QVERIFY(stand.sessions->rename(gallery, u"A much longer name for the gallery"_s));
        const QRect before = button->geometry();
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(button->geometry(), before);
        QCOMPARE(button->accessibleName(), u"Switch to Gallery"_s);
        QSignalSpy switched(&pane, &DetailPane::switchRequested);
        QTest::mouseRelease(button, Qt::LeftButton);
        QCOMPARE(switched.size(), 1);
        QTRY_COMPARE(button->accessibleName(), u"Switch to A much longer name for the gallery"_s);
    }
};

QTEST_MAIN(TestChainDetail)
#include "tst_chain_detail.moc"
