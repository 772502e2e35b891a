// SPDX-License-Identifier: MIT
#include "tests/support/Program.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDBusVariant>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// Collects the signals of org.hatstand.Sessions1.
class Listener : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void onCurrent(const QString& id) { Q_EMIT current(id); }
    void onAdded(const QString& id) { Q_EMIT added(id); }
    void onRemoved(const QString& id) { Q_EMIT removed(id); }
    void onChanged(const QString& id, const QVariantMap& fields) { Q_EMIT changed(id, fields); }
    void onProperties(const QString&, const QVariantMap&, const QStringList& names)
    {
        Q_EMIT invalidated(names);
    }
Q_SIGNALS:
    void current(const QString& id);
    void added(const QString& id);
    void removed(const QString& id);
    void changed(const QString& id, const QVariantMap& fields);
    void invalidated(const QStringList& names);
};

/// org.hatstand.Sessions1 on a real bus, served by an instance without a window.
class TestSessions1 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void sessionsAsFields();
    void switchingIsAnnounced();
    void errorsHaveNames_data();
    void errorsHaveNames();
    void loggingOutNeedsAPerson();
    void addingAndLeavingAreAnnounced();
    void aProfileHasItsOwnName();

private:
    [[nodiscard]] QDBusMessage call(const QString& method, const QVariantList& arguments) const;
    [[nodiscard]] QVariant property(const QString& name) const;
    std::unique_ptr<Program> m_hatstand;
    Program::Running m_instance;
    QString m_service = u"org.hatstand.Hatstand"_s;
};

namespace {

constexpr char kId1[] = "nostr:79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
const QString kPath = u"/org/hatstand/Hatstand"_s;
const QString kInterface = u"org.hatstand.Sessions1"_s;

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

QProcessEnvironment withBus()
{
    QProcessEnvironment environment;
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"));
    return environment;
}

} // namespace

void TestSessions1::initTestCase()
{
    QVERIFY2(QDBusConnection::sessionBus().isConnected(), "this test needs a session bus");
    m_hatstand = std::make_unique<Program>(withBus());
    QVERIFY(!m_hatstand->addGenerated({u"--label"_s, u"Gallery"_s}).isEmpty());
    QCOMPARE(m_hatstand
                 ->run(words("add nostr --label Mira --watch "
                             "npub10xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqpkge6d"))
                 .exit,
        0);
    m_instance = m_hatstand->startHeadless();
    QTRY_VERIFY(QDBusConnection::sessionBus().interface()->isServiceRegistered(m_service));
}

QDBusMessage TestSessions1::call(const QString& method, const QVariantList& arguments) const
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_service, kPath, kInterface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

QVariant TestSessions1::property(const QString& name) const
{
    QDBusMessage message
        = QDBusMessage::createMethodCall(m_service, kPath, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message.setArguments({kInterface, name});
    const QDBusReply<QDBusVariant> reply = QDBusConnection::sessionBus().call(message);
    return reply.value().variant();
}

void TestSessions1::sessionsAsFields()
{
    const auto argument = property(u"Sessions"_s).value<QDBusArgument>();
    QCOMPARE(argument.currentSignature(), u"aa{sv}"_s);
    const auto sessions = qdbus_cast<QList<QVariantMap>>(argument);
    QCOMPARE(sessions.size(), 2);
    QCOMPARE(sessions[0].value(u"id"_s).toString(), QString::fromLatin1(kId1));
    QCOMPARE(sessions[0].value(u"name"_s).toString(), u"Mira"_s);
    QCOMPARE(sessions[0].value(u"active"_s).toBool(), true);
    QCOMPARE(sessions[0].value(u"addedAt"_s).typeId(), int(QMetaType::LongLong)); // milliseconds
    QVERIFY(!sessions[0].contains(u"follows"_s)); // not known
    QVERIFY(!sessions[0].contains(u"reason"_s));
    QCOMPARE(property(u"Current"_s).toString(), QString::fromLatin1(kId1));
}

void TestSessions1::switchingIsAnnounced()
{
    Listener listener;
    QDBusConnection bus = QDBusConnection::sessionBus();
    QVERIFY(
        bus.connect(m_service, kPath, kInterface, u"CurrentChanged"_s, &listener, SLOT(onCurrent(QString))));
    QVERIFY(bus.connect(m_service, kPath, u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s,
        &listener, SLOT(onProperties(QString, QVariantMap, QStringList))));
    QSignalSpy current(&listener, &Listener::current);
    QSignalSpy invalidated(&listener, &Listener::invalidated);
    const QDBusMessage nobody = call(u"Switch"_s, {QString()});
    QCOMPARE(nobody.type(), QDBusMessage::ReplyMessage);
    QTRY_COMPARE(current.size(), 1);
    QCOMPARE(current.takeFirst().value(0).toString(), QString());
    QTRY_VERIFY(!invalidated.isEmpty());
    QVERIFY(invalidated.first().value(0).toStringList().contains(u"Current"_s));
    QCOMPARE(m_hatstand->run(words("switch Mira")).exit, 0); // by another way in
    QTRY_COMPARE(current.size(), 1);
    QCOMPARE(current.takeFirst().value(0).toString(), QString::fromLatin1(kId1));
    QCOMPARE(call(u"Switch"_s, {u"Mira"_s}).type(), QDBusMessage::ReplyMessage); // already: nothing to tell
    QCOMPARE(call(u"Switch"_s, {u"Gallery"_s}).type(), QDBusMessage::ReplyMessage);
    QTRY_COMPARE(current.size(), 1);
    QCOMPARE(call(u"Switch"_s, {u"last"_s}).type(), QDBusMessage::ReplyMessage);
}

void TestSessions1::errorsHaveNames_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QVariantList>("arguments");
    QTest::addColumn<QString>("error");
    QTest::newRow("nobody of this name") << u"Switch"_s << QVariantList{u"nobody"_s} << u"NotFound"_s;
    QTest::newRow("a label that is an id")
        << u"Rename"_s << QVariantList{u"Mira"_s, QString::fromLatin1(kId1)} << u"InvalidArgument"_s;
    QTest::newRow("a label that is a key")
        << u"Rename"_s << QVariantList{u"Mira"_s, u"my nsec1qqqqqqqq"_s} << u"InvalidArgument"_s;
    QTest::newRow("no window") << u"ShowWindow"_s << QVariantList() << u"Unavailable"_s;
    QTest::newRow("no switcher") << u"ShowSwitcher"_s << QVariantList() << u"Unavailable"_s;
    QTest::newRow("log out whom") << u"Logout"_s << QVariantList{u"nobody"_s} << u"NotFound"_s;
}

void TestSessions1::errorsHaveNames()
{
    QFETCH(QString, method);
    QFETCH(QVariantList, arguments);
    const QDBusMessage answer = call(method, arguments);
    QCOMPARE(answer.type(), QDBusMessage::ErrorMessage);
    QTEST(answer.errorName().mid(u"org.hatstand.Error."_s.size()), "error");
    QVERIFY(!answer.errorMessage().isEmpty());
}

void TestSessions1::loggingOutNeedsAPerson()
{
    for (const auto& [method, arguments] :
        {std::pair{u"Logout"_s, QVariantList{u"Mira"_s}}, std::pair{u"LogoutAll"_s, QVariantList()}}) {
        const QDBusMessage answer = call(method, arguments);
        QCOMPARE(answer.errorName(), u"org.hatstand.Error.Denied"_s);
    }
    QCOMPARE(qdbus_cast<QList<QVariantMap>>(property(u"Sessions"_s).value<QDBusArgument>()).size(), 2);
}

void TestSessions1::addingAndLeavingAreAnnounced()
{
    Listener listener;
    QDBusConnection bus = QDBusConnection::sessionBus();
    QVERIFY(bus.connect(m_service, kPath, kInterface, u"SessionAdded"_s, &listener, SLOT(onAdded(QString))));
    QVERIFY(
        bus.connect(m_service, kPath, kInterface, u"SessionRemoved"_s, &listener, SLOT(onRemoved(QString))));
    QVERIFY(bus.connect(
        m_service, kPath, kInterface, u"SessionChanged"_s, &listener, SLOT(onChanged(QString, QVariantMap))));
    QSignalSpy added(&listener, &Listener::added);
    QSignalSpy removed(&listener, &Listener::removed);
    QSignalSpy changed(&listener, &Listener::changed);
    QCOMPARE(m_hatstand
                 ->run(words("add antelope --chain wax --account bob@active --watch --offline --no-activate"))
                 .exit,
        0);
    QTRY_COMPARE(added.size(), 1);
    const QString id = added.first().value(0).toString();
    changed.clear();
    QCOMPARE(call(u"Rename"_s, {id, u"Robert"_s}).type(), QDBusMessage::ReplyMessage);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(changed.first().value(1).toMap().value(u"label"_s).toString(), u"Robert"_s);
    QCOMPARE(m_hatstand->run(words("logout Robert --yes")).exit, 0);
    QTRY_COMPARE(removed.size(), 1);
    QCOMPARE(removed.first().value(0).toString(), id);
}

void TestSessions1::aProfileHasItsOwnName()
{
    Program other(withBus());
    const QString home = other.path(u"own"_s);
    QCOMPARE(other.run({u"--home"_s, home, u"list"_s}).exit, 0);
    QFile idFile(home + "/id"_L1);
    QVERIFY(idFile.open(QIODevice::ReadOnly));
    const QString uuid = QString::fromLatin1(idFile.readAll().trimmed()).remove(u'-');
    other.socketName = u'p' + uuid + ".sock"_L1;
    const auto instance = other.startHeadless({u"--home"_s, home});
    QTRY_VERIFY(
        QDBusConnection::sessionBus().interface()->isServiceRegistered(u"org.hatstand.Hatstand.p"_s + uuid));
    QVERIFY(QFile::exists(other.socket()));
}

QTEST_GUILESS_MAIN(TestSessions1)
#include "tst_sessions1.moc"
