// SPDX-License-Identifier: MIT
#include "tests/ui/AccountSeed.h"
#include "tests/ui/WindowStand.h"
#include "ui/theme/Widgets.h"
#include "ui/windows/Card.h"
#include "ui/windows/DetailPane.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/detail/RelayRow.h"

#include <QCheckBox>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using accounts::AccountSummary;
using accounts::Nip05State;
using session::SessionId;
using session::SignerKind;
using test::AccountSeed;
using test::SampleStand;

namespace {

/// A window that shows one account, and what its detail side says.
struct Shown : test::WindowStand
{
    explicit Shown(const AccountSummary& summary, SignerKind kind = SignerKind::LocalKey)
        : seed(dir.filePath(u"accounts.db"_s))
    {
        know(summary);
        add(SampleStand::mira, u"Mira Okafor"_s, kind);
        accounts.load();
        window.emplace(context);
        window->resize(1200, 1600);
        window->show();
    }
    void know(const AccountSummary& summary) { seed.summary(SampleStand::mira, summary); }

    [[nodiscard]] const DetailPane& pane() const { return window->detail(); }
    [[nodiscard]] QStringList texts() const
    {
        QStringList all;
        for (const QLabel* label : pane().findChildren<QLabel*>()) {
            const auto* elided = qobject_cast<const ElidedLabel*>(label);
            if (label->isVisible())
                all += elided ? elided->fullText() : label->text();
        }
        return all;
    }
    [[nodiscard]] QPushButton* button(const QString& name) const
    {
        for (QPushButton* one : pane().findChildren<QPushButton*>()) {
            if (one->isVisible() && one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }

    AccountSeed seed;
    std::optional<MainWindow> window;
};

AccountSummary known()
{
    AccountSummary summary;
    summary.isKnown = true;
    summary.profile.name = u"mira"_s;
    summary.profile.displayName = u"Mira of the Press"_s;
    summary.profile.about = u"Printmaker.\n\nSlow mornings."_s;
    summary.profile.nip05 = u"_@okafor.example"_s;
    summary.profile.lud16 = u"mira@pay.example"_s;
    summary.nip05 = Nip05State::Verified;
    summary.follows = 412;
    summary.mutes = 18;
    summary.refreshedAt = QDateTime(QDate(2026, 6, 12), QTime(18, 42), Qt::UTC);
    return summary;
}

bool hasPart(const QStringList& texts, const QString& part)
{
    return texts.join(u'\n').contains(part);
}

} // namespace

class TestAccountDetail : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aProfileIsSaid()
    {
        Shown shown(known());
        const QStringList texts = shown.texts();
        for (const QString& text : {u"Mira of the Press"_s, u"mira"_s, u"okafor.example"_s, u"Verified"_s,
                 u"mira@pay.example"_s, u"412"_s, u"18"_s})
            QVERIFY2(texts.contains(text), qPrintable(text + u" is not in "_s + texts.join(u'|')));
        QVERIFY(hasPart(texts, u"Printmaker.\n\nSlow mornings."_s));
        QVERIFY(hasPart(texts, u"Last refreshed: Yesterday"_s));
        QVERIFY(shown.button(u"Edit profile of Mira Okafor"_s));
        QVERIFY(shown.button(u"Refresh Mira Okafor"_s)->isEnabled());
    }

    void anAddressIsBelievedOnlyWhereItsDomainSaysSo_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("said");
        QTest::newRow("verified") << int(Nip05State::Verified) << u"Verified"_s;
        QTest::newRow("unknown") << int(Nip05State::Unknown) << u"Not verified"_s;
        QTest::newRow("refuted") << int(Nip05State::Refuted) << u"Refuted"_s;
    }
    void anAddressIsBelievedOnlyWhereItsDomainSaysSo()
    {
        QFETCH(int, state);
        QFETCH(QString, said);
        AccountSummary summary = known();
        summary.nip05 = Nip05State(state);
        Shown shown(summary);
        const QStringList all{u"Verified"_s, u"Not verified"_s, u"Refuted"_s};
        for (const QString& one : all)
            QCOMPARE(shown.texts().contains(one), one == said);
    }

    void whatIsNotLoadedIsNotZero()
    {
        Shown shown(AccountSummary{});
        const QStringList texts = shown.texts();
        QCOMPARE(texts.count(u"Not loaded yet"_s), 4); // freshness, name, both lists
        QVERIFY(!texts.contains(u"0"_s));
        QVERIFY(!shown.button(u"Show whom Mira Okafor follows"_s)->isEnabled());
        QVERIFY(texts.contains(u"No relay was asked since Hatstand started."_s));
        QVERIFY(!shown.pane().findChild<QProgressBar*>()->isVisible());
    }

    void aListThatShrankAndPrivateMutesThatAreClosedAreSaid()
    {
        AccountSummary summary = known();
        summary.follows = 2;
        summary.followsBefore = 30;
        summary.hasUnreadMutes = true;
        Shown shown(summary);
        QVERIFY(shown.texts().contains(u"was 30"_s));
        QVERIFY(shown.texts().contains(u"18 · private ones could not be read"_s));
        QVERIFY(!shown.texts().contains(u"was 0"_s)); // the other did not shrink
    }

    void aWatchedAccountHasNothingToEdit()
    {
        Shown shown(known(), SignerKind::WatchOnly);
        QVERIFY(!shown.button(u"Edit profile of Mira Okafor"_s));
        QVERIFY(shown.button(u"Show whom Mira Okafor follows"_s)->isEnabled());
    }

    void anAccountOfAChainHasNoneOfIt()
    {
        Shown shown(known());
        const SessionId gallery = shown.add(SampleStand::gallery, u"Gallery"_s);
        QTRY_COMPARE(shown.pane().shown(), gallery);
        QVERIFY(!hasPart(shown.texts(), u"Not loaded yet"_s));
        QVERIFY(!shown.texts().contains(u"Relays"_s));
        QVERIFY(!shown.texts().contains(u"Profile"_s));
    }

    void aSwitchMakesNoWidgets()
    {
        Shown shown(known());
        (void)shown.add(SampleStand::gallery, u"Gallery"_s);
        (void)shown.add(SampleStand::tomas, u"Tomas Reyes"_s, SignerKind::WatchOnly);
        const auto widgets = [&shown] { return shown.pane().findChildren<QWidget*>(); };
        for (const QString& id : {SampleStand::mira, SampleStand::gallery, SampleStand::tomas})
            QVERIFY(shown.sessions->activate(SessionId(id)));
        const QList<QWidget*> before = widgets();
        for (const QString& id : {SampleStand::mira, SampleStand::gallery, SampleStand::tomas}) {
            QVERIFY(shown.sessions->activate(SessionId(id)));
            QCoreApplication::processEvents();
            QCOMPARE(widgets(), before);
        }
    }

    void nothingIsSquashedWhereItGetsNarrowAndWideAgain()
    {
        Shown shown(known());
        (void)shown.add(SampleStand::gallery, u"Gallery"_s);
        const auto* view = shown.pane().findChild<QScrollArea*>()->viewport();
        for (const int width : {1200, 960, 1200, 960}) {
            shown.window->resize(width, 800);
            for (const Card* card : shown.pane().findChildren<Card*>()) {
                if (!card->isVisible())
                    continue;
                QTRY_VERIFY(card->height() >= card->minimumSizeHint().height());
                QTRY_VERIFY(card->width() <= view->width());
            }
        }
    }

    void nothingIsCutOffAtItsEdge()
    {
        AccountSummary summary = known();
        summary.profile.nip05 = QString(80, u'm') + u"@okafor.example"_s;
        summary.hasUnreadMutes = true;
        summary.followsBefore = 123'456;
        summary.refreshedAt = QDateTime(QDate(2024, 9, 3), QTime(18, 42), Qt::UTC);
        Shown shown(summary);
        shown.window->resize(960, 800);
        shown.button(u"Refresh Mira Okafor"_s)->click();
        QTRY_VERIFY(hasPart(shown.texts(), u"No relay answered · Last refreshed: 3 September 2024"_s));
        const auto* scroll = shown.pane().findChild<QScrollArea*>();
        QTRY_VERIFY2(scroll->widget()->width() <= scroll->viewport()->width(),
            qPrintable(u"%1 > %2"_s.arg(scroll->widget()->width()).arg(scroll->viewport()->width())));
        for (const QWidget* each : scroll->widget()->findChildren<QWidget*>()) {
            const int right = each->mapTo(scroll->widget(), QPoint(each->width(), 0)).x();
            QVERIFY2(!each->isVisible() || right <= scroll->viewport()->width(),
                qPrintable(each->accessibleName()));
        }
        auto* box = shown.pane().findChild<QCheckBox*>();
        QVERIFY(box->width() >= box->sizeHint().width());
        QVERIFY(hasPart(shown.texts(), u"Its relays are asked only while it is active"_s));
    }

    void theDomainOfAnAddressIsAlwaysSeen_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("end");
        QTest::newRow("long name") << QString(200, u'm') + u"@evil.example"_s << u"@evil.example"_s;
        QTest::newRow("longer than is kept")
            << QString(4000, u'm') + u"@evil.example"_s << u"@evil.example"_s;
        QTest::newRow("long domain") << u"mira@okafor.example."_s + QString(60, u'x') + u".evil.example"_s
                                     << u".evil.example"_s;
        // U+043E, which looks like an o
        QTest::newRow("look-alike") << u"mira@\u043ekafor.example:8443"_s << u"@xn--kafor-iye.example:8443"_s;
        QTest::newRow("own name") << u"_@okafor.example"_s << u"okafor.example"_s;
        QTest::newRow("no host") << u"mira@<b>\u202eokafor"_s << u"@<b>okafor"_s;
    }
    void theDomainOfAnAddressIsAlwaysSeen()
    {
        QFETCH(QString, address);
        QFETCH(QString, end);
        AccountSummary summary = known();
        summary.profile.nip05 = address;
        Shown shown(summary);
        shown.window->resize(960, 800);
        const ElidedLabel* found = nullptr;
        for (const auto* label : shown.pane().findChildren<ElidedLabel*>()) {
            if (label->isVisible() && label->fullText().endsWith(end))
                found = label;
        }
        QVERIFY(found);
        QTRY_VERIFY2(found->shownText().endsWith(end), qPrintable(found->shownText()));
    }

    void whatStrangersWroteIsPlainText()
    {
        AccountSummary summary = known();
        summary.profile.displayName = u"<b>x</b>\u202egnp.exe\nsecond\u2066"_s;
        summary.profile.name = QString(10'000, u'n');
        summary.profile.about = u"<img src='file:///etc/passwd'>\u202e"_s + QString(10'000, u'm');
        summary.profile.nip05 = u"<i>a</i>@evil.example\u202e"_s;
        Shown shown(summary);
        const QStringList texts = shown.texts();
        QVERIFY(texts.contains(u"<b>x</b>gnp.exesecond"_s));
        for (const QString& text : texts) {
            QVERIFY2(!text.contains(QChar(0x202e)) && !text.contains(QChar(0x2066)), qPrintable(text));
            QVERIFY2(text.size() < 800, qPrintable(QString::number(text.size())));
        }
        for (const QLabel* label : shown.pane().findChildren<QLabel*>())
            QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
        // Neither makes the side wider than it is.
        const auto* scroll = shown.pane().findChild<QScrollArea*>();
        QTRY_VERIFY(scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width());
    }

    void theButtonsOfTheSideAreNamedAndAsk()
    {
        Shown shown(known());
        QSignalSpy follows(&shown.pane(), &DetailPane::followsRequested);
        QSignalSpy mutes(&shown.pane(), &DetailPane::mutesRequested);
        QSignalSpy profile(&shown.pane(), &DetailPane::profileRequested);
        shown.button(u"Show whom Mira Okafor follows"_s)->click();
        shown.button(u"Show what Mira Okafor mutes"_s)->click();
        shown.button(u"Edit profile of Mira Okafor"_s)->click();
        QCOMPARE(follows.size() + mutes.size() + profile.size(), 3);
        QCOMPARE(follows.first().first().value<SessionId>(), SessionId(SampleStand::mira));
    }

    void anAccountIsMadePrivate()
    {
        Shown shown(known());
        auto* box = shown.pane().findChild<QCheckBox*>();
        QVERIFY(box && box->isVisible() && !box->isChecked());
        box->click();
        QVERIFY(shown.sessions->find(SessionId(SampleStand::mira))->isPrivate);
        QVERIFY(shown.sessions->setPrivate(SessionId(SampleStand::mira), false)); // elsewhere
        QTRY_VERIFY(!box->isChecked());
    }

    void aRelayTellsWhatItRefused()
    {
        relay::RelayStatus status;
        status.url = u"wss://relay.example"_s;
        status.state = relay::RelayState::Connected;
        status.read = status.write = true;
        status.answeredAt = QDateTime(QDate(2026, 6, 12), QTime(18, 42), Qt::UTC);
        status.refusals = {{relay::Refusal::TooLarge, 1}, {relay::Refusal::WrongSignature, 2}};
        status.text = u"\u202eslow <b>down</b>"_s;
        const QString line = relayLine(status, QDateTime(QDate(2026, 6, 13), QTime(9, 30), Qt::UTC));
        QVERIFY(line.startsWith(u"read and write · last answer: Yesterday"_s));
        QVERIFY2(line.contains(u"3 refused: 1 too large, 2 wrong signature"_s), qPrintable(line));
        QVERIFY(line.endsWith(u"“slow <b>down</b>”"_s));
        status = {};
        status.isIndexer = true;
        QCOMPARE(relayLine(status, {}), u"to look accounts up · no answer yet"_s);
    }
};

QTEST_MAIN(TestAccountDetail)
#include "tst_account_detail.moc"
