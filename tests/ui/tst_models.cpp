// SPDX-License-Identifier: MIT
#include "tests/ui/SampleStand.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using session::SignerKind;
using test::SampleStand;

namespace {

QStringList names(const QAbstractItemModel& model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += model.index(row, 0).data(SessionModel::NameRole).toString();
    return all;
}

struct Watched
{
    explicit Watched(SampleStand& stand)
        : source(stand.model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal)
        , filtered(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        filter.setSourceModel(stand.model.get());
    }
    QAbstractItemModelTester source;
    SessionFilterModel filter;
    QAbstractItemModelTester filtered;
};

} // namespace

class TestModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsEveryChange()
    {
        SampleStand stand;
        Watched watched(stand);
        stand.addSix();
        QCOMPARE(stand.model->rowCount(), 6);
        QCOMPARE(watched.filter.rowCount(), 6);
        QVERIFY(stand.sessions->move(SessionId(SampleStand::tomas), 1));
        QVERIFY(stand.sessions->rename(SessionId(SampleStand::mira), u"Mira"_s));
        QVERIFY(stand.sessions->activateNobody());
        bool gone = false;
        stand.sessions->logout(
            SessionId(SampleStand::gallery), {}, [&gone](const Result<void>& r) { gone = r.has_value(); });
        QTRY_VERIFY(gone);
        QCOMPARE(names(*stand.model),
            QStringList(
                {u"Tomas Reyes"_s, u"Mira"_s, u"Lumen Press"_s, u"Night Garden"_s, u"Press treasury"_s}));
        bool all = false;
        stand.sessions->logoutAll({}, [&all](const Result<void>& r) { all = r.has_value(); });
        QTRY_VERIFY(all);
        QCOMPARE(stand.model->rowCount(), 0);
        QCOMPARE(watched.filter.rowCount(), 0);
    }

    void aKeptIndexFollowsItsAccountWhenTheOrderChanges()
    {
        SampleStand stand;
        Watched watched(stand);
        stand.addSix();
        const QPersistentModelIndex gallery = stand.model->indexOf(SessionId(SampleStand::gallery));
        QVERIFY(stand.sessions->move(SessionId(SampleStand::gallery), 1));
        QCOMPARE(gallery.row(), 0);
        QCOMPARE(gallery.data(SessionModel::IdRole).toString(), SampleStand::gallery);
    }

    void saysWhatARowIs()
    {
        SampleStand stand;
        stand.addSix();
        const QModelIndex mira = stand.model->indexOf(SessionId(SampleStand::mira));
        QCOMPARE(mira.data(Qt::AccessibleTextRole).toString(), u"Mira Okafor, Nostr, active, 1 of 6"_s);
        QCOMPARE(mira.data(SessionModel::ShortIdRole).toString(), u"9dcb7e19…e1ac30ec"_s);
        QVERIFY(mira.data(SessionModel::ActiveRole).toBool());
        QVERIFY(!mira.data(SessionModel::FollowsRole).isValid());
        const QModelIndex gallery = stand.model->indexOf(SessionId(SampleStand::gallery));
        QCOMPARE(gallery.data(SessionModel::NetworkNameRole).toString(), u"WAX"_s);
        QVERIFY(gallery.data(SessionModel::DefaultRole).toBool());
        QVERIFY(!gallery.data(SessionModel::ActiveRole).toBool());
    }

    void onlyTheTwoRowsOfASwitchChange()
    {
        SampleStand stand;
        stand.addSix();
        QSignalSpy changed(stand.model.get(), &QAbstractItemModel::dataChanged);
        QVERIFY(stand.sessions->activate(SessionId(SampleStand::tomas)));
        QSet<int> rows;
        for (const auto& signal : std::as_const(changed))
            rows += signal.at(0).toModelIndex().row();
        QCOMPARE(rows, QSet<int>({0, 5}));
        QVERIFY(stand.model->index(5).data(SessionModel::ActiveRole).toBool());
    }

    void findsByAnyForm_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("name, any case") << u"gALL"_s << QStringList{u"Gallery"_s};
        QTest::newRow("hex") << u"53f4a379"_s << QStringList{u"Lumen Press"_s};
        QTest::newRow("npub") << u"npub1fc909"_s << QStringList{u"Night Garden"_s};
        QTest::newRow("actor") << u"lumenpressdo"_s << QStringList{u"Press treasury"_s};
        QTest::newRow("chain") << u"telos"_s << QStringList{u"Press treasury"_s};
        QTest::newRow("two words") << u"press telos"_s << QStringList{u"Press treasury"_s};
        QTest::newRow("nothing") << u"zebra"_s << QStringList{};
        QTest::newRow("not a pattern") << u".*"_s << QStringList{};
    }

    void findsByAnyForm()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, found);
        SampleStand stand;
        Watched watched(stand);
        stand.addSix();
        watched.filter.setSearch(text);
        QCOMPARE(names(watched.filter), found);
        QVERIFY(watched.filter.isFiltering());
    }

    void filtersNarrowTogetherAndClear()
    {
        SampleStand stand;
        Watched watched(stand);
        stand.addSix();
        watched.filter.setFamily(u"antelope"_s);
        QCOMPARE(names(watched.filter), QStringList({u"Gallery"_s, u"Press treasury"_s}));
        watched.filter.setNetwork(SessionId(SampleStand::gallery).network());
        QCOMPARE(names(watched.filter), QStringList({u"Gallery"_s}));
        watched.filter.setSigner(SignerKind::WatchOnly);
        QCOMPARE(watched.filter.rowCount(), 0);
        watched.filter.clearFilters();
        QVERIFY(!watched.filter.isFiltering());
        QCOMPARE(watched.filter.rowCount(), 6);
        watched.filter.setSigner(SignerKind::WatchOnly);
        QCOMPARE(names(watched.filter), QStringList({u"Tomas Reyes"_s}));
    }

    void ordersAreMineLastUsedAndName()
    {
        SampleStand stand;
        Watched watched(stand);
        stand.addSix();
        watched.filter.setOrder(SessionFilterModel::Order::Recent);
        QCOMPARE(
            names(watched.filter).mid(0, 3), QStringList({u"Mira Okafor"_s, u"Gallery"_s, u"Lumen Press"_s}));
        QVERIFY(stand.sessions->activate(SessionId(SampleStand::tomas)));
        QCOMPARE(names(watched.filter).first(), u"Tomas Reyes"_s);
        watched.filter.setOrder(SessionFilterModel::Order::Name);
        QCOMPARE(names(watched.filter),
            QStringList({u"Gallery"_s, u"Lumen Press"_s, u"Mira Okafor"_s, u"Night Garden"_s,
                u"Press treasury"_s, u"Tomas Reyes"_s}));
        watched.filter.setOrder(SessionFilterModel::Order::Mine);
        QVERIFY(stand.sessions->move(SessionId(SampleStand::garden), 1));
        QCOMPARE(names(watched.filter).first(), u"Night Garden"_s);
    }

    void droppingARowMovesTheAccount_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("lands");
        QTest::newRow("up") << 4 << 1 << 1;
        QTest::newRow("down") << 1 << 4 << 3;
        QTest::newRow("to the end") << 0 << 6 << 5;
        QTest::newRow("to the front") << 5 << 0 << 0;
        QTest::newRow("nowhere") << 2 << 2 << 2;
    }

    void droppingARowMovesTheAccount()
    {
        QFETCH(int, from);
        QFETCH(int, before);
        QFETCH(int, lands);
        SampleStand stand;
        Watched watched(stand);
        stand.addSix();
        const SessionId id = stand.at(from);
        const std::unique_ptr<QMimeData> data(watched.filter.mimeData({watched.filter.index(from, 0)}));
        QVERIFY(watched.filter.dropMimeData(data.get(), Qt::MoveAction, before, 0, {}));
        QCOMPARE(stand.sessions->positionOf(id), lands + 1);
    }

    void aForeignDropIsRefused()
    {
        SampleStand stand;
        stand.addSix();
        QMimeData data;
        data.setText(SampleStand::tomas);
        QVERIFY(!stand.model->dropMimeData(&data, Qt::MoveAction, 0, 0, {}));
        QMimeData gone;
        gone.setData(stand.model->mimeTypes().first(), "nostr:gone");
        QVERIFY(!stand.model->dropMimeData(&gone, Qt::MoveAction, 0, 0, {}));
    }

    void aRefusedNameIsToldAndChangesNothing()
    {
        SampleStand stand;
        stand.addSix();
        QSignalSpy refused(stand.model.get(), &SessionModel::renameRefused);
        const QModelIndex mira = stand.model->indexOf(SessionId(SampleStand::mira));
        QVERIFY(!stand.model->setData(mira, u"next"_s, Qt::EditRole));
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused.first().first().value<Error>().why, Why::LabelLooksLikeAnId);
        QCOMPARE(mira.data().toString(), u"Mira Okafor"_s);
        QVERIFY(stand.model->setData(mira, u"Mira at home"_s, Qt::EditRole));
        QCOMPARE(mira.data().toString(), u"Mira at home"_s);
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
