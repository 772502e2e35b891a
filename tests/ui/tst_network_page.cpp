// SPDX-License-Identifier: MIT
// The page of the preferences about what goes out, and what it refuses.
#include "tests/ui/DialogDriver.h"
#include "tests/ui/DialogStage.h"
#include "ui/dialogs/PreferencesDialog.h"

#include <QCheckBox>

using namespace hatstand;
using namespace hatstand::test;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString kIndexers = u"nostr.indexers"_s;
const QString kAddress = u"Address of a relay to add"_s;

struct Page
{
    Page()
        : dialog(stage.context)
    {
        if (!stage.settings.set(kIndexers, u"none"_s))
            qFatal("no settings");
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.showPage(PreferencesDialog::Page::Network);
        dialog.show();
    }
    [[nodiscard]] QString value(const QString& key) const { return stage.settings.value(key); }
    bool add(const QString& relay)
    {
        return type(&dialog, kAddress, relay) && press(&dialog, u"Add relay"_s);
    }
    bool takeOut(const QString& relay)
    {
        for (auto* each : dialog.findChildren<QAbstractButton*>()) {
            if (each->isVisibleTo(&dialog) && each->accessibleName() == u"Remove "_s + relay) {
                each->click();
                return true;
            }
        }
        return false;
    }
    /// As a person does: types, and goes on.
    void enter(const QString& field, const QString& text)
    {
        QLineEdit* line = findField(&dialog, field);
        QVERIFY(line);
        line->setFocus();
        line->setText(text);
        QTest::keyClick(line, Qt::Key_Return);
    }

    DialogStage stage;
    PreferencesDialog dialog;
};

} // namespace

class TestNetworkPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void relaysAreKeptAsTheyAreCompared()
    {
        Page page;
        QVERIFY(says(&page.dialog, u"None. Without one"_s));
        QVERIFY(page.add(u"  wss://Indexer.Example:443/  "_s));
        QCOMPARE(page.value(kIndexers), u"wss://indexer.example"_s);
        QVERIFY(findField(&page.dialog, kAddress)->text().isEmpty());
        QVERIFY(page.add(u"second.example/path"_s)); // as people write it
        QCOMPARE(page.value(kIndexers), u"wss://indexer.example,wss://second.example/path"_s);
        QVERIFY(page.takeOut(u"wss://indexer.example"_s));
        QCOMPARE(page.value(kIndexers), u"wss://second.example/path"_s);
        QVERIFY(page.takeOut(u"wss://second.example/path"_s));
        QCOMPARE(page.value(kIndexers), u"none"_s); // not the defaults again
        QVERIFY(press(&page.dialog, u"Restore defaults"_s));
        QVERIFY(!page.stage.settings.isChanged(kIndexers));
        QVERIFY(!findButton(&page.dialog, u"Restore defaults"_s)->isEnabled());
        const QStringList defaults = Settings::defaultOf(kIndexers).split(u',');
        QVERIFY(page.takeOut(defaults.constFirst()));
        QCOMPARE(page.value(kIndexers), defaults.sliced(1).join(u','));
    }

    void enterAdds()
    {
        Page page;
        page.enter(kAddress, u"wss://indexer.example"_s);
        QCOMPARE(page.value(kIndexers), u"wss://indexer.example"_s);
        QVERIFY(page.dialog.isVisible()); // and closes nothing
    }

    void whatIsNoRelayIsRefused_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("sentence");
        const QString form = u"This is no relay's address: it begins with wss:// or ws://."_s;
        QTest::newRow("web") << u"https://relay.example"_s << form;
        QTest::newRow("two") << u"wss://a.example,wss://b.example"_s << form;
        QTest::newRow("words") << u"my relay"_s << form;
        QTest::newRow("no host") << u"wss://"_s << form;
        QTest::newRow("there") << u"WSS://there.example/"_s
                               << u"wss://there.example is in the list already."_s;
    }
    void whatIsNoRelayIsRefused()
    {
        QFETCH(QString, typed);
        QFETCH(QString, sentence);
        Page page;
        QVERIFY(page.add(u"wss://there.example"_s));
        QVERIFY(page.add(typed));
        QVERIFY(says(&page.dialog, sentence));
        QCOMPARE(page.value(kIndexers), u"wss://there.example"_s);
        QCOMPARE(findField(&page.dialog, kAddress)->text(), typed); // to be mended
        QTest::keyClick(findField(&page.dialog, kAddress), Qt::Key_End);
        QTest::keyClick(findField(&page.dialog, kAddress), Qt::Key_Backspace);
        QTRY_VERIFY(!says(&page.dialog, sentence));
    }

    void lines_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("good");
        QTest::addColumn<QString>("bad");
        QTest::addColumn<QString>("sentence");
        const QString proxy
            = u"A proxy is socks5:// or http://, a host and a port: socks5://127.0.0.1:9050."_s;
        QTest::newRow("Tor") << u"Proxy"_s << u"network.proxy"_s << u"socks5://127.0.0.1:9050"_s << u"tor"_s
                             << proxy;
        QTest::newRow("http proxy") << u"Proxy"_s << u"network.proxy"_s << u"http://proxy.example:3128"_s
                                    << u"http://proxy.example"_s << proxy;
        QTest::newRow("hosts") << u"Hosts of your own network"_s << u"network.hosts"_s
                               << u"nas.local,192.168.1.5,fd00::1"_s << u"nas.local, my server"_s
                               << u"“my server” is not the name or address of a host."_s;
        QTest::newRow("user") << u"Hosts of your own network"_s << u"network.hosts"_s << u"nas:80"_s
                              << u"me@nas"_s << u"“me@nas” is not the name or address of a host."_s;
    }
    void lines()
    {
        QFETCH(QString, field);
        QFETCH(QString, key);
        QFETCH(QString, good);
        QFETCH(QString, bad);
        QFETCH(QString, sentence);
        Page page;
        page.enter(field, good);
        QCOMPARE(page.value(key), good);
        QVERIFY(!says(&page.dialog, sentence));
        page.enter(field, bad);
        QVERIFY(says(&page.dialog, sentence));
        QCOMPARE(page.value(key), good);
        page.enter(field, QString());
        QCOMPARE(page.value(key), QString());
        QVERIFY(!says(&page.dialog, sentence));
    }

    void picturesAreSwitchedOff()
    {
        Page page;
        QAbstractButton* box = findButton(&page.dialog, u"Show accounts' pictures"_s);
        QVERIFY(box && box->isChecked());
        QVERIFY(box->accessibleDescription().contains(u"this computer's address"_s));
        box->click();
        QCOMPARE(page.value(u"pictures.remote"_s), u"false"_s);
        box->click();
        QCOMPARE(page.value(u"pictures.remote"_s), u"true"_s);
    }

    void followsWhatIsSetElsewhere()
    {
        Page page;
        QVERIFY(page.stage.settings.set(u"pictures.remote"_s, u"false"_s));
        QVERIFY(!findButton(&page.dialog, u"Show accounts' pictures"_s)->isChecked());
        QVERIFY(page.stage.settings.set(kIndexers, u"wss://a.example"_s));
        QVERIFY(page.takeOut(u"wss://a.example"_s));
        QVERIFY(page.stage.settings.set(u"network.proxy"_s, u"socks5://127.0.0.1:9050"_s));
        QCOMPARE(findField(&page.dialog, u"Proxy"_s)->text(), u"socks5://127.0.0.1:9050"_s);
    }
};

QTEST_MAIN(TestNetworkPage)
#include "tst_network_page.moc"
