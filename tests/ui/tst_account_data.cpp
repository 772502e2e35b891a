// SPDX-License-Identifier: MIT
#include "tests/ui/AccountSeed.h"
#include "tests/ui/WindowStand.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using session::SignerKind;
using test::AccountSeed;
using test::SampleStand;

namespace {

/// A window's stand with the account that is seeded and, before and after it, two that nothing is known of.
struct Stand : test::WindowStand
{
    Stand()
        : seed(dir.filePath(u"accounts.db"_s))
        , id(AccountSeed::id())
    {
        add(SampleStand::mira, u"Mira Okafor"_s);
        add(id.text(), u"Seeded"_s);
        add(SampleStand::gallery, u"Gallery"_s);
        model->setAccounts(accounts);
    }

    /// The directory reads what was seeded, and says so of this account.
    void tell()
    {
        accounts.load();
        Q_EMIT accounts.changed(id);
    }

    AccountSeed seed;
    SessionId id;
};

} // namespace

class TestAccountData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsChangeWhenTheirAccountDoes()
    {
        Stand stand;
        QAbstractItemModelTester tester(
            stand.model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QModelIndex row = stand.model->indexOf(stand.id);
        QVERIFY(!row.data(SessionModel::FollowsRole).isValid());
        QVERIFY(!row.data(SessionModel::MutesRole).isValid());
        QCOMPARE(SessionModel::countsOf(row).text, QString());
        QSignalSpy changed(stand.model.get(), &QAbstractItemModel::dataChanged);
        stand.seed.follows(3);
        stand.seed.take(nostr::kMutesKind, "[[\"word\",\"gm\"]]");
        nostr::Profile profile;
        profile.nip05 = u"seed@Seeds.example"_s;
        profile.picture = u"https://seeds.example/a.png"_s;
        stand.seed.profile(profile);
        QCOMPARE(changed.size(), 0); // nobody has told yet
        stand.tell();
        QVERIFY(changed.size() >= 1);
        for (const QList<QVariant>& signal : changed) {
            QCOMPARE(signal.at(0).toModelIndex(), row);
            QCOMPARE(signal.at(1).toModelIndex(), row);
        }
        QCOMPARE(row.data(SessionModel::FollowsRole).toInt(), 3);
        QCOMPARE(row.data(SessionModel::MutesRole).toInt(), 1);
        QCOMPARE(row.data(SessionModel::PictureUrlRole).toString(), u"https://seeds.example/a.png"_s);
        QCOMPARE(row.data(SessionModel::Nip05Role).toInt(), static_cast<int>(accounts::Nip05State::Unknown));
        QCOMPARE(SessionModel::countsOf(row).text, u"Follows: 3 · Mutes: 1"_s);
        QVERIFY(!SessionModel::countsOf(row).isShrunk);
        for (const QString& other : {SampleStand::mira, SampleStand::gallery}) {
            const QModelIndex unknown = stand.model->indexOf(SessionId(other));
            QVERIFY(!unknown.data(SessionModel::FollowsRole).isValid());
            QVERIFY(unknown.data(SessionModel::PictureUrlRole).toString().isEmpty());
            QVERIFY(!unknown.data(SessionModel::RefreshingRole).toBool());
            QVERIFY(!unknown.data(SessionModel::ProgressRole).isValid());
        }
    }

    void oneIsFoundByItsAddress()
    {
        Stand stand;
        nostr::Profile profile;
        profile.nip05 = u"seed@Seeds.example"_s;
        stand.seed.profile(profile);
        stand.tell();
        SessionFilterModel filter;
        filter.setSourceModel(stand.model.get());
        filter.setSearch(u"@seeds.EXAMPLE"_s);
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(filter.index(0, 0).data(SessionModel::IdRole).toString(), stand.id.text());
    }

    void aListThatShrankSaysWhatItWas()
    {
        Stand stand;
        stand.seed.follows(30);
        stand.seed.follows(2, 1700000100);
        stand.tell();
        const auto counts = SessionModel::countsOf(stand.model->indexOf(stand.id));
        QCOMPARE(counts.text, u"Follows: 2 (was 30)"_s);
        QVERIFY(counts.isShrunk);
    }
};

QTEST_MAIN(TestAccountData)
#include "tst_account_data.moc"
