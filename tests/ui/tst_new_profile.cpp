// SPDX-License-Identifier: MIT
// The last step after a new key: its profile, published to relays of this test.
#include "tests/ui/DialogDriver.h"
#include "tests/ui/RelayStandIn.h"
#include "tests/ui/WindowStand.h"
#include "ui/dialogs/AddAccountDialog.h"
#include "ui/dialogs/parts/ButtonConsent.h"

#include <QPlainTextEdit>
#include <QPointer>

using namespace hatstand;
using namespace hatstand::test;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using Mood = RelayStandIn::Mood;

namespace {

const QStringList kSuggested{u"wss://nos.lol"_s, u"wss://relay.damus.io"_s, u"wss://relay.primal.net"_s};

/// The dialog at its last step, for an account that was just made.
struct LastStep : WindowStand
{
    LastStep()
    {
        if (!settings.set(u"vault.kind"_s, u"keychain"_s) || !settings.set(u"network.hosts"_s, u"127.0.0.1"_s)
            || !settings.set(u"nostr.indexers"_s, u"none"_s))
            qFatal("no settings");
        dialog = new AddAccountDialog(context);
        dialog->show();
        if (!type(dialog, u"Label"_s, u"Sketchbook"_s) || !press(dialog, u"Generate and add"_s)
            || !press(dialog, u"Not now"_s) || !says(dialog, u"A profile for Sketchbook"_s))
            qFatal("the dialog does not come so far");
        id = sessions->active();
    }
    ~LastStep()
    {
        delete dialog.data();
        pool.waitForDone();
    }
    LastStep(const LastStep&) = delete;
    LastStep& operator=(const LastStep&) = delete;

    [[nodiscard]] QAbstractButton* named(const QString& name) const
    {
        for (auto* each : dialog->findChildren<QAbstractButton*>()) {
            if (each->isVisibleTo(dialog) && each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    void pressNamed(const QString& name) const
    {
        QAbstractButton* button = named(name);
        if (!button)
            qFatal("no button %s", qPrintable(name));
        button->click();
    }
    void addRelay(const QString& url) const
    {
        if (!type(dialog, u"Address of a relay to add"_s, url) || !press(dialog, u"Add relay"_s))
            qFatal("no place for a relay");
    }
    void useOnly(const QList<RelayStandIn*>& relays) const
    {
        for (const QString& url : kSuggested)
            pressNamed(u"Remove "_s + url);
        for (const RelayStandIn* relay : relays)
            addRelay(relay->url());
    }

    QPointer<AddAccountDialog> dialog;
    session::SessionId id;
};

} // namespace

class TestNewProfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void canBeLeft()
    {
        LastStep step;
        RelayStandIn relay;
        step.useOnly({&relay});
        QVERIFY(type(step.dialog, u"Name"_s, u"Sketch"_s));
        QTest::keyClick(findField(step.dialog, u"Name"_s), Qt::Key_Return); // is no yes
        QVERIFY(press(step.dialog, u"Not now"_s));
        QTRY_VERIFY(!step.dialog);
        QVERIFY(step.sessions->find(step.id));
        QVERIFY(relay.events.isEmpty());
    }

    void suggestsRelaysAndNoName() // the label is nobody else's business
    {
        LastStep step;
        for (const QString& url : kSuggested)
            QVERIFY(step.named(u"Remove "_s + url));
        QVERIFY(findField(step.dialog, u"Name"_s)->text().isEmpty());
    }

    void publishes()
    {
        LastStep step;
        RelayStandIn takes;
        RelayStandIn refuses(Mood::Refuses);
        RelayStandIn onlyRead;
        step.useOnly({&takes, &refuses, &onlyRead});
        step.pressNamed(u"Write: "_s + onlyRead.url());
        QVERIFY(type(step.dialog, u"Name"_s, u" Sketch "_s));
        QVERIFY(type(step.dialog, u"Address of a picture"_s, u"https://sketch.example/a.png"_s));
        step.dialog->findChild<QPlainTextEdit*>()->setPlainText(u"Drawings,\nmostly"_s);
        QVERIFY(press(step.dialog, u"Publish"_s));
        QTRY_VERIFY(says(step.dialog, u"1 of 2 relays took the profile"_s));
        QVERIFY(says(step.dialog, takes.url()));
        QVERIFY(says(step.dialog, refuses.url() + u" refused: blocked: members only"_s));
        QVERIFY(onlyRead.events.isEmpty());
        QCOMPARE(takes.kinds(), QList<int>({0, 10002, 3}));
        const QJsonObject profile
            = QJsonDocument::fromJson(takes.events[0].value(u"content"_s).toString().toUtf8()).object();
        QCOMPARE(profile,
            QJsonObject({{u"name"_s, u"Sketch"_s}, {u"picture"_s, u"https://sketch.example/a.png"_s},
                {u"about"_s, u"Drawings,\nmostly"_s}}));
        QCOMPARE(takes.events[0].value(u"pubkey"_s).toString(), step.id.identity());
        QCOMPARE(takes.events[1].value(u"tags"_s).toArray(),
            QJsonArray({QJsonArray{u"r"_s, takes.url()}, QJsonArray{u"r"_s, refuses.url()},
                QJsonArray{u"r"_s, onlyRead.url(), u"read"_s}}));
        QVERIFY(takes.events[2].value(u"tags"_s).toArray().isEmpty());
        QVERIFY(press(step.dialog, u"Done"_s));
        QTRY_VERIFY(!step.dialog);
    }

    void noRelayTakesIt() // then the account is there all the same, and it can be tried again
    {
        LastStep step;
        RelayStandIn relay(Mood::Refuses);
        step.useOnly({&relay});
        QVERIFY(press(step.dialog, u"Publish"_s));
        QTRY_VERIFY(says(step.dialog, u"No relay took the profile"_s));
        QVERIFY(says(step.dialog, relay.url() + u" says: blocked: members only"_s));
        QVERIFY(says(step.dialog, u"Sketchbook is on the stand all the same."_s));
        QVERIFY(step.sessions->find(step.id));
        QVERIFY(step.vault->contains(step.id.text()));
        relay.mood = Mood::Takes;
        relay.events.clear();
        QVERIFY(press(step.dialog, u"Try again"_s));
        QTRY_VERIFY(says(step.dialog, u"The profile is published"_s));
        QCOMPARE(relay.kinds(), QList<int>({10002, 3})); // nothing was said of the person
    }

    void whatIsWrongIsSaidAndNotPublished_data()
    {
        QTest::addColumn<QString>("picture");
        QTest::addColumn<QString>("relay");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("file") << u"file:///home/me.png"_s << QString()
                              << u"A picture's address begins with https:// or http://."_s;
        QTest::newRow("no host") << u"https://"_s << QString()
                                 << u"A picture's address begins with https:// or http://."_s;
        QTest::newRow("no relay") << QString() << u"https://relay.example"_s
                                  << u"This is no relay's address: it begins with wss:// or ws://."_s;
        QTest::newRow("two in one") << QString() << u"wss://a.example,wss://b.example"_s
                                    << u"This is no relay's address: it begins with wss:// or ws://."_s;
        QTest::newRow("none") << QString() << QString() << u"One relay at least has to be written to."_s;
    }
    void whatIsWrongIsSaidAndNotPublished()
    {
        QFETCH(QString, picture);
        QFETCH(QString, relay);
        QFETCH(QString, sentence);
        LastStep step;
        RelayStandIn listens;
        step.useOnly({&listens});
        QVERIFY(type(step.dialog, u"Address of a picture"_s, picture));
        if (!relay.isEmpty())
            step.addRelay(relay);
        else if (picture.isEmpty())
            step.pressNamed(u"Write: "_s + listens.url());
        if (relay.isEmpty())
            QVERIFY(press(step.dialog, u"Publish"_s));
        QVERIFY(says(step.dialog, sentence));
        QVERIFY(findButton(step.dialog, u"Publish"_s)->isEnabled());
        QVERIFY(listens.events.isEmpty());
    }

    void isUnlockedFirst()
    {
        LastStep step;
        RelayStandIn relay;
        step.useOnly({&relay});
        step.vault->setTakesPassphrase(true);
        step.vault->setState(secrets::VaultState::Locked); // by the clock, meanwhile
        QVERIFY(press(step.dialog, u"Publish"_s));
        QVERIFY(says(step.dialog, u"Unlock Hatstand"_s));
        QVERIFY(relay.events.isEmpty());
        QVERIFY(type(step.dialog, u"Passphrase"_s, u"maple ribbon"_s));
        QVERIFY(press(step.dialog, u"Unlock"_s));
        QTRY_VERIFY(says(step.dialog, u"The profile is published"_s));
    }

    void cancellingWhileItIsUnlockedPublishesNothing_data()
    {
        QTest::addColumn<bool>("byEscape");
        QTest::newRow("cancel") << false;
        QTest::newRow("escape") << true;
    }
    void cancellingWhileItIsUnlockedPublishesNothing()
    {
        QFETCH(bool, byEscape);
        LastStep step;
        RelayStandIn relay;
        step.useOnly({&relay});
        step.vault->setTakesPassphrase(true);
        step.vault->setState(secrets::VaultState::Locked);
        QVERIFY(press(step.dialog, u"Publish"_s));
        QVERIFY(type(step.dialog, u"Passphrase"_s, u"maple ribbon"_s));
        step.vault->hold();
        QVERIFY(press(step.dialog, u"Unlock"_s));
        if (byEscape)
            QTest::keyClick(step.dialog, Qt::Key_Escape);
        else
            QVERIFY(press(step.dialog, u"Cancel"_s));
        step.vault->release(); // it is open now, and nobody waits for it any more
        QVERIFY(!says(step.dialog, u"Publishing…"_s));
        if (byEscape) {
            QTRY_VERIFY(!step.dialog);
        } else {
            QVERIFY(findButton(step.dialog, u"Publish"_s)->isEnabled());
            QVERIFY(press(step.dialog, u"Publish"_s));
            QTRY_VERIFY(says(step.dialog, u"The profile is published"_s));
        }
    }

    void leavingOnTheWaySignsNoMore_data()
    {
        QTest::addColumn<bool>("byEscape");
        QTest::newRow("not now") << false;
        QTest::newRow("escape") << true;
    }
    void leavingOnTheWaySignsNoMore()
    {
        QFETCH(bool, byEscape);
        LastStep step;
        RelayStandIn relay;
        step.useOnly({&relay});
        QVERIFY(type(step.dialog, u"Name"_s, u"Sketch"_s));
        step.vault->hold(); // the first key is on its way
        QVERIFY(press(step.dialog, u"Publish"_s));
        QTRY_VERIFY(step.vault->held() > 0);
        if (byEscape)
            QTest::keyClick(step.dialog, Qt::Key_Escape);
        else
            QVERIFY(press(step.dialog, u"Not now"_s));
        step.vault->release();
        QTRY_VERIFY(!step.dialog);
        QTRY_COMPARE(relay.kinds(), QList<int>{0}); // had its yes
        // What is published after it goes the same way, and is not overtaken.
        step.clock.time = step.clock.time.addSecs(60);
        ButtonConsent another(step.id, 3);
        bool isOver = false;
        step.accounts.publishNew(step.id, {{u"name"_s, u"Later"_s}}, {{.url = relay.url()}}, another, another,
            [&isOver](const Result<accounts::Published>&) { isOver = true; });
        QTRY_VERIFY(isOver);
        QCOMPARE(relay.kinds(), QList<int>({0, 0, 10002, 3}));
    }

    void aYesIsForSoManySignatures()
    {
        const session::SessionId id(u"nostr:a"_s);
        signing::SigningRequest request;
        request.session = id;
        QList<Result<void>> answers;
        const auto keep = [&answers](const Result<void>& answer) { answers += answer; };
        ButtonConsent consent(id, 2);
        for (int i = 0; i < 3; ++i)
            consent.approve(request, keep);
        QVERIFY(answers.at(0).has_value() && answers.at(1).has_value());
        QCOMPARE(answers.at(2).error().code, ErrorCode::Denied);
        ButtonConsent withdrawn(id, 2);
        withdrawn.approve(request, keep);
        withdrawn.withdraw();
        withdrawn.approve(request, keep);
        QVERIFY(answers.at(3).has_value());
        QCOMPARE(answers.at(4).error().code, ErrorCode::Cancelled);
    }

    void mayBeLeftOnTheWay()
    {
        LastStep step;
        RelayStandIn relay(Mood::IsSilent);
        step.useOnly({&relay});
        QVERIFY(press(step.dialog, u"Publish"_s));
        QTRY_COMPARE(relay.events.size(), 1);
        QVERIFY(says(step.dialog, u"Publishing…"_s));
        QVERIFY(press(step.dialog, u"Not now"_s));
        QTRY_VERIFY(!step.dialog);
        QVERIFY(step.sessions->find(step.id));
    }
};

QTEST_MAIN(TestNewProfile)
#include "tst_new_profile.moc"
