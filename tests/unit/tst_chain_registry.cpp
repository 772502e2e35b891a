// SPDX-License-Identifier: MIT
#include "core/chain/ChainRegistry.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hatstand;
using namespace hatstand::chain;
using antelope::Chain;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString kId = QString(64, u'c');

Chain mine()
{
    Chain chain;
    chain.id = kId;
    chain.alias = u"mine"_s;
    chain.name = u"Mine"_s;
    chain.endpoints = QStringList{u"http://localhost:8888/"_s};
    chain.token = u"4,MINE"_s;
    chain.testnet = true;
    return chain;
}

QByteArray contents(const QString& file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

void write(const QString& file, const QByteArray& bytes)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
}

} // namespace

class TestChainRegistry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = m_dir->filePath(u"deeper/chains.json"_s);
    }
    void withoutAFile();
    void keepsWhatIsAdded();
    void endpointsOfABuiltInOne();
    void removes();
    void refuses_data();
    void refuses();
    void damaged_data();
    void damaged();
    void cantBeWritten();
    void builtInSince();
    void endpointForms_data();
    void endpointForms();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
};

void TestChainRegistry::withoutAFile()
{
    ChainRegistry registry(m_file);
    QVERIFY(registry.load());
    QVERIFY(registry.chains().find(u"wax"_s));
    QVERIFY(!QFile::exists(m_file));
}

void TestChainRegistry::keepsWhatIsAdded()
{
    ChainRegistry registry(m_file);
    QVERIFY(registry.load());
    const antelope::Chains* same = &registry.chains();
    QSignalSpy changed(&registry, &ChainRegistry::changed);
    QVERIFY(registry.add(mine()));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(&registry.chains(), same);
    QCOMPARE(QFile::permissions(m_file) & ~(QFile::ReadUser | QFile::WriteUser),
        QFile::ReadOwner | QFile::WriteOwner);
    ChainRegistry next(m_file);
    QVERIFY(next.load());
    const auto found = next.chains().find(u"MINE"_s);
    QVERIFY(found.has_value());
    QCOMPARE(found->endpoints, QStringList{u"http://localhost:8888"_s});
    QCOMPARE(found->token, u"4,MINE"_s);
    QVERIFY(found->isCustom && found->testnet);
}

void TestChainRegistry::endpointsOfABuiltInOne()
{
    ChainRegistry registry(m_file);
    QVERIFY(registry.load());
    const Chain before = *registry.chains().find(u"wax"_s);
    QVERIFY(registry.add(mine()));
    QVERIFY(
        registry.setEndpoints(before.id, {u"https://Wax.Example.org:443/"_s, u"https://wax.example.org"_s}));
    ChainRegistry next(m_file);
    QVERIFY(next.load());
    const Chain after = *next.chains().find(u"wax"_s);
    QCOMPARE(after.endpoints, QStringList{u"https://wax.example.org"_s});
    QVERIFY(after.isChanged && !after.isCustom);
    QVERIFY(next.setEndpoints(before.id, {})); // as they were
    QCOMPARE(*next.chains().find(u"wax"_s), before);
    QVERIFY(next.chains().byId(kId));
    QVERIFY(!contents(m_file).contains("example.org"));
}

void TestChainRegistry::removes()
{
    ChainRegistry registry(m_file);
    QVERIFY(registry.load());
    QVERIFY(registry.add(mine()));
    QVERIFY(registry.remove(kId));
    QVERIFY(!registry.chains().byId(kId));
    QVERIFY(!contents(m_file).contains("mine"));
    QCOMPARE(registry.remove(kId).error().code, ErrorCode::UnknownChain);
    QCOMPARE(registry.remove(registry.chains().find(u"wax"_s)->id).error().why, Why::ChainIsBuiltIn);
}

void TestChainRegistry::refuses_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<Why>("why");
    QTest::newRow("an alias that is taken") << u"alias"_s << u"wax"_s << Why::ChainIsThere;
    QTest::newRow("another one's alias") << u"alias"_s << u"proton"_s << Why::ChainIsThere;
    QTest::newRow("no alias") << u"alias"_s << u"My Chain"_s << Why::NotThisForm;
    QTest::newRow("no id") << u"id"_s << u"abc"_s << Why::NotThisForm;
    QTest::newRow("no endpoint") << u"endpoint"_s << u""_s << Why::BadEndpoint;
    QTest::newRow("a file") << u"endpoint"_s << u"file:///etc/passwd"_s << Why::BadEndpoint;
    QTest::newRow("a name that turns around") << u"name"_s << u"Mine\u202e"_s << Why::NotThisForm;
    QTest::newRow("a token that is none") << u"token"_s << u"MINE"_s << Why::NotThisForm;
    QTest::newRow("a page that is a script")
        << u"explorer"_s << u"javascript:alert(%1)"_s << Why::NotThisForm;
}
void TestChainRegistry::refuses()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(Why, why);
    Chain chain = mine();
    QString* texts[] = {&chain.alias, &chain.id, &chain.name, &chain.token, &chain.explorer};
    const QStringList names{u"alias"_s, u"id"_s, u"name"_s, u"token"_s, u"explorer"_s};
    if (const auto at = names.indexOf(field); at >= 0)
        *texts[at] = value;
    else
        chain.endpoints = value.isEmpty() ? QStringList() : QStringList{value};
    ChainRegistry registry(m_file);
    QVERIFY(registry.load());
    QCOMPARE(registry.add(chain).error().why, why);
    QVERIFY(!QFile::exists(m_file));
}

void TestChainRegistry::damaged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("chains");
    QTest::newRow("of a later version") << QByteArray(R"({"v":2,"chains":[],"endpoints":{}})");
    QTest::newRow("no list") << QByteArray(R"({"v":1,"chains":{},"endpoints":{}})");
    QTest::newRow("a chain that is none") << QByteArray(R"({"v":1,"chains":[{"id":"x"}],"endpoints":{}})");
    QTest::newRow("an endpoint that is none")
        << QByteArray(R"({"v":1,"chains":[],"endpoints":{"x":["ftp://x"]}})");
    QTest::newRow("huge") << QByteArray(2'000'000, ' ') + R"({"v":1,"chains":[],"endpoints":{}})";
}
void TestChainRegistry::damaged()
{
    QFETCH(QByteArray, bytes);
    m_file = m_dir->filePath(u"chains.json"_s);
    write(m_file, bytes);
    ChainRegistry registry(m_file);
    QCOMPARE(registry.load().error().code, ErrorCode::Damaged);
    QVERIFY(registry.chains().find(u"wax"_s)); // those that are built in, all the same
    QCOMPARE(registry.add(mine()).error().code, ErrorCode::Damaged);
    QVERIFY(!registry.chains().byId(kId));
    QCOMPARE(contents(m_file), bytes);
}

void TestChainRegistry::cantBeWritten()
{
    write(m_dir->filePath(u"deeper"_s), "a file where the folder should be");
    ChainRegistry registry(m_file);
    QVERIFY(registry.load());
    QSignalSpy changed(&registry, &ChainRegistry::changed);
    QCOMPARE(registry.add(mine()).error().code, ErrorCode::Disk);
    QVERIFY(!registry.chains().byId(kId));
    QCOMPARE(changed.size(), 0);
}

/// A later version of the program may know a chain, or use an alias, that the person added before.
void TestChainRegistry::builtInSince()
{
    const QString wax = antelope::Chains::bundled().find(u"wax"_s)->id;
    m_file = m_dir->filePath(u"chains.json"_s);
    QByteArray json = R"({"v":1,"endpoints":{},"chains":[
        {"id":"%1","alias":"mywax","name":"My WAX","endpoints":["https://wax.example.org"]},
        {"id":"%2","alias":"telos","name":"Mine","endpoints":["https://mine.example.org"]}]})";
    json.replace("%1", wax.toLatin1()).replace("%2", kId.toLatin1());
    write(m_file, json);
    ChainRegistry registry(m_file);
    QVERIFY(registry.load());
    QCOMPARE(registry.chains().find(u"wax"_s)->endpoints, QStringList{u"https://wax.example.org"_s});
    QVERIFY(registry.chains().find(u"telos"_s)->id != kId);
    QVERIFY(registry.chains().byId(kId)->isCustom);
}

void TestChainRegistry::endpointForms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("becomes");
    QTest::newRow("as it is") << u"https://eos.greymass.com"_s << u"https://eos.greymass.com"_s;
    QTest::newRow("slashes") << u" https://a.org// "_s << u"https://a.org"_s;
    QTest::newRow("its own port") << u"https://a.org:443"_s << u"https://a.org"_s;
    QTest::newRow("another port") << u"http://A.org:8888"_s << u"http://a.org:8888"_s;
    QTest::newRow("a path") << u"https://a.org/eos/"_s << u"https://a.org/eos"_s;
    QTest::newRow("http") << u"http://192.168.1.7:8888"_s << u"http://192.168.1.7:8888"_s;
    QTest::newRow("v6") << u"http://[::1]:8888/"_s << u"http://[::1]:8888"_s;
    for (const QString& text :
        {u""_s, u"eos.greymass.com"_s, u"localhost:8888"_s, u"https://"_s, u"https:///x"_s, u"ftp://a.org"_s,
            u"https://me:pw@a.org"_s, u"https://a.org?x=1"_s, u"https://a.org/#x"_s, u"https://a b.org"_s,
            u"https://a.org:99999"_s, u"https://"_s + QString(400, u'a')})
        QTest::newRow(qPrintable(u"none: "_s + text.left(40))) << text << QString();
}
void TestChainRegistry::endpointForms()
{
    QFETCH(QString, text);
    QFETCH(QString, becomes);
    const auto plain = normaliseEndpoint(text);
    QCOMPARE(plain.value_or(QString()), becomes);
    if (plain)
        QCOMPARE(normaliseEndpoint(*plain), plain);
    else
        QCOMPARE(plain.error().why, Why::BadEndpoint);
}

QTEST_GUILESS_MAIN(TestChainRegistry)
#include "tst_chain_registry.moc"
