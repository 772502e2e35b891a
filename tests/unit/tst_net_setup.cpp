// SPDX-License-Identifier: MIT
#include "core/accounts/NetSetup.h"
#include "core/base/Settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hatstand;
using namespace hatstand::accounts;
using namespace Qt::Literals::StringLiterals;

namespace {

const QUrl kLocal(u"ws://127.0.0.1:7777"_s);
const QStringList kSchemes{u"ws"_s, u"wss"_s};

} // namespace

class TestNetSetup : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void onlyWhatThePersonNamedIsNamed();
    void whatThePersonDidNotChooseIsNotNamed();
    void indexersOnceEach();
    void theEnvironmentsProxy_data();
    void theEnvironmentsProxy();
    void thePersonsProxyComesFirst();
    void aProxyThatIsNotUnderstoodLetsNothingOut();
    void whichSettingsMatter();

private:
    QTemporaryDir m_dir;
    std::unique_ptr<Settings> m_settings;
};

void TestNetSetup::init()
{
    qunsetenv("ALL_PROXY");
    qunsetenv("all_proxy");
    const QString file = m_dir.filePath(u"hatstand.ini"_s);
    QFile::remove(file);
    m_settings = std::make_unique<Settings>(file);
}

void TestNetSetup::onlyWhatThePersonNamedIsNamed()
{
    QVERIFY(!netPolicy(*m_settings).check(kLocal, kSchemes));
    QVERIFY(m_settings->set(u"network.hosts"_s, u"box.local, 127.0.0.1"_s));
    QVERIFY(netPolicy(*m_settings).check(kLocal, kSchemes));
    QVERIFY(netPolicy(*m_settings).isNamed(u"Box.local."_s));
    QVERIFY(!netPolicy(*m_settings).isNamed(u"127.0.0.2"_s));
    QVERIFY(m_settings->set(u"network.hosts"_s, {}));
    QVERIFY(m_settings->set(u"nostr.indexers"_s, u"ws://127.0.0.1:7777"_s));
    QVERIFY(netPolicy(*m_settings).check(kLocal, kSchemes));
}

void TestNetSetup::whatThePersonDidNotChooseIsNotNamed()
{
    const QStringList preset = indexers(*m_settings);
    for (const QString& indexer : preset)
        QVERIFY(!netPolicy(*m_settings).isNamed(QUrl(indexer).host()));
}

void TestNetSetup::indexersOnceEach()
{
    QVERIFY(m_settings->set(
        u"nostr.indexers"_s, u"wss://one.example, wss://ONE.example./,wss://two.example:443"_s));
    QCOMPARE(indexers(*m_settings), (QStringList{u"wss://one.example"_s, u"wss://two.example"_s}));
}

void TestNetSetup::theEnvironmentsProxy_data()
{
    QTest::addColumn<QByteArray>("proxy");
    QTest::newRow("socks5") << "socks5://127.0.0.1:9050"_ba;
    QTest::newRow("socks5h") << "socks5h://127.0.0.1:9050/"_ba;
    QTest::newRow("socks") << "socks://127.0.0.1:9050"_ba;
}

void TestNetSetup::theEnvironmentsProxy()
{
    QFETCH(QByteArray, proxy);
    for (const char* name : {"ALL_PROXY", "all_proxy"}) {
        init();
        qputenv(name, proxy);
        const QNetworkProxy taken = netPolicy(*m_settings).proxy(u"circuit"_s);
        QCOMPARE(taken.type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(taken.port(), quint16(9050));
        QVERIFY(!taken.user().isEmpty());
    }
}

void TestNetSetup::thePersonsProxyComesFirst()
{
    qputenv("ALL_PROXY", "socks5://127.0.0.1:9050");
    QVERIFY(m_settings->set(u"network.proxy"_s, u"http://127.0.0.1:8080"_s));
    const QNetworkProxy taken = netPolicy(*m_settings).proxy(u"circuit"_s);
    QCOMPARE(taken.type(), QNetworkProxy::HttpProxy);
    QCOMPARE(taken.port(), quint16(8080));
}

void TestNetSetup::aProxyThatIsNotUnderstoodLetsNothingOut()
{
    qputenv("ALL_PROXY", "gopher://127.0.0.1:70");
    const auto checked = netPolicy(*m_settings).check(QUrl(u"wss://relay.damus.io"_s), kSchemes);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::Network);
}

void TestNetSetup::whichSettingsMatter()
{
    for (const QString& key :
        {u"network.hosts"_s, u"network.proxy"_s, u"nostr.indexers"_s, u"links.service"_s})
        QVERIFY(isNetSetting(key));
    QVERIFY(!isNetSetting(u"ui.theme"_s));
}

QTEST_GUILESS_MAIN(TestNetSetup)
#include "tst_net_setup.moc"
