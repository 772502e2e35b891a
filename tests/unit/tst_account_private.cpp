// SPDX-License-Identifier: MIT
#include "tests/unit/AccountStand.h"

using namespace hatstand;
using namespace hatstand::accounts;
using namespace hatstand::accounts::test;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;

namespace {

constexpr qint64 kNow = 1700000000;

/// How often a relay was asked for the account.
qsizetype asked(const FakeRelay& relay, const SessionId& id)
{
    return std::count_if(relay.got.cbegin(), relay.got.cend(), [&](const FakeRelay::Said& said) {
        return said.message.at(0).toString() == "REQ"_L1
            && said.message.at(2).toObject().value("authors"_L1).toArray().contains(id.identity());
    });
}

} // namespace

class TestAccountPrivate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsAskedOfItUnlessItIsActive();
    void leavingItEndsWhatIsAsked();
    void madePrivateItIsLeftAtOnce();
    void askedForByNameItIsRefreshed();
};

void TestAccountPrivate::nothingIsAskedOfItUnlessItIsActive()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId hidden = stand.add(1);
    const SessionId open = stand.add(2);
    QVERIFY(stand.sessions().setPrivate(hidden, true));
    AccountDirectory& directory = stand.open();
    directory.start();
    QTRY_VERIFY(directory.summary(open).refreshedAt.isValid());
    int answers = 0;
    directory.refreshAll([&](const Result<void>& done) { answers += done ? 1 : 0; });
    QTRY_COMPARE(answers, 1);
    QCOMPARE(asked(relay, hidden), 0);
    QVERIFY(stand.sessions().activate(hidden));
    QTRY_VERIFY(directory.summary(hidden).refreshedAt.isValid());
    QVERIFY(asked(relay, hidden) > 0);
}

void TestAccountPrivate::leavingItEndsWhatIsAsked()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId open = stand.add(2);
    const SessionId hidden = stand.add(1);
    QVERIFY(stand.sessions().setPrivate(hidden, true));
    relay.endsStored = false; // so that it is still being asked when it is left
    AccountDirectory& directory = stand.open();
    directory.start();
    QTRY_VERIFY(asked(relay, hidden) > 0);
    int answers = 0;
    directory.refresh(hidden, [&](const Result<void>& done) {
        ++answers;
        QCOMPARE(done.error().code, ErrorCode::Network);
    });
    QVERIFY(stand.sessions().activate(open));
    QTRY_COMPARE(answers, 1);
    QTRY_VERIFY(asked(relay, open) > 0);
    relay.hold(profile(u"unseen"_s, kNow, 1)); // whoever follows is told
    relay.hold(profile(u"seen"_s, kNow, 2));
    QTRY_COMPARE(directory.summary(open).profile.name, u"seen"_s);
    QVERIFY(directory.summary(hidden).profile.name.isEmpty());
}

void TestAccountPrivate::madePrivateItIsLeftAtOnce()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId hidden = stand.add(1);
    const SessionId open = stand.add(2);
    relay.endsStored = false;
    AccountDirectory& directory = stand.open();
    directory.start();
    QTRY_VERIFY(asked(relay, hidden) > 0);
    QVERIFY(stand.sessions().setPrivate(hidden, true));
    QTRY_VERIFY(!directory.summary(hidden).isRefreshing);
    relay.hold(profile(u"unseen"_s, kNow, 1));
    relay.hold(profile(u"seen"_s, kNow, 2));
    QTRY_COMPARE(directory.summary(open).profile.name, u"seen"_s);
    QVERIFY(directory.summary(hidden).profile.name.isEmpty());
}

void TestAccountPrivate::askedForByNameItIsRefreshed()
{
    FakeRelay relay;
    AccountStand stand({relay.url()});
    const SessionId hidden = stand.add(1);
    stand.add(2);
    QVERIFY(stand.sessions().setPrivate(hidden, true));
    relay.hold(profile(u"asked"_s, kNow, 1));
    AccountDirectory& directory = stand.open();
    directory.start();
    QVERIFY(stand.refresh(hidden));
    QCOMPARE(directory.summary(hidden).profile.name, u"asked"_s);
}

QTEST_GUILESS_MAIN(TestAccountPrivate)
#include "tst_account_private.moc"
