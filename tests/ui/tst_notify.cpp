// SPDX-License-Identifier: MIT
// What a notification server of the desktop is told of switches; it is played on a private bus by an object
// of this test. Run under with-desktop.
#include "core/base/Settings.h"
#include "tests/ui/SampleStand.h"
#include "ui/notify/SwitchNotifier.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QImage>
#include <QTest>

using namespace hatstand;
using namespace hatstand::ui;
using namespace Qt::Literals::StringLiterals;
using session::SessionId;
using test::SampleStand;

namespace {

/// org.freedesktop.Notifications as the specification has it: a new id for each, or the one that is replaced.
class Server final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown
    {
        uint id = 0;
        uint replaced = 0;
        QString summary;
        QString body;
        QStringList actions;
        QVariantMap hints;
    };
    QList<Shown> shown;

public Q_SLOTS:
    uint Notify(const QString&, uint replaces, const QString&, const QString& summary, const QString& body,
        const QStringList& actions, const QVariantMap& hints, int)
    {
        const uint id = replaces != 0 ? replaces : ++m_last;
        shown += Shown{id, replaces, summary, body, actions, hints};
        return id;
    }

private:
    uint m_last = 40;
};

// Not constants: those they would be made from are another file's.
SessionId gallery()
{
    return SessionId(SampleStand::gallery);
}

SessionId lumen()
{
    return SessionId(SampleStand::lumen);
}

} // namespace

class TestNotify final : public QObject
{
    Q_OBJECT

    std::unique_ptr<SampleStand> m_stand;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<SwitchNotifier> m_notifier;
    QDBusConnection m_theirs = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"server"_s);

private Q_SLOTS:
    void init()
    {
        m_stand = std::make_unique<SampleStand>();
        m_stand->addSix();
        m_settings = std::make_unique<Settings>(m_stand->dir.filePath(u"settings.ini"_s));
        m_server = std::make_unique<Server>();
        QVERIFY(m_theirs.registerService(u"org.freedesktop.Notifications"_s));
        QVERIFY(m_theirs.registerObject(
            u"/org/freedesktop/Notifications"_s, m_server.get(), QDBusConnection::ExportAllSlots));
        m_notifier = std::make_unique<SwitchNotifier>(*m_stand->sessions, *m_settings);
    }
    void cleanup() { m_theirs.unregisterObject(u"/org/freedesktop/Notifications"_s); }

    void tellsOfASwitchByShortcut()
    {
        m_notifier->switched(gallery(), SwitchOrigin::GlobalShortcut);
        QTRY_COMPARE(m_server->shown.size(), 1);
        const Server::Shown& shown = m_server->shown.constFirst();
        QCOMPARE(shown.summary, u"Now signing as Gallery"_s);
        QCOMPARE(shown.body, u"WAX · miragallery2@active"_s);
        QCOMPARE(shown.replaced, 0U);
        QVERIFY(shown.actions.isEmpty());
        QCOMPARE(shown.hints.value(u"urgency"_s), QVariant::fromValue(uchar(0)));
        QCOMPARE(shown.hints.value(u"transient"_s), QVariant(true));
    }

    void showsWho()
    {
        QImage face(2, 2, QImage::Format_RGB32);
        face.fill(Qt::red);
        m_notifier->setIcons([&face](const SessionId& id) { return id == gallery() ? face : QImage(); });
        m_notifier->switched(gallery(), SwitchOrigin::GlobalShortcut);
        QTRY_COMPARE(m_server->shown.size(), 1);
        const auto data = m_server->shown[0].hints.value(u"image-data"_s).value<QDBusArgument>();
        QCOMPARE(data.currentSignature(), u"(iiibiiay)"_s);
        int width = 0, height = 0, stride = 0, bits = 0, channels = 0;
        bool hasAlpha = false;
        QByteArray pixels;
        data.beginStructure();
        data >> width >> height >> stride >> hasAlpha >> bits >> channels >> pixels;
        data.endStructure();
        QCOMPARE(QList<int>({width, height, stride, bits, channels}), QList<int>({2, 2, 8, 8, 4}));
        QVERIFY(hasAlpha);
        QCOMPARE(pixels, QByteArray::fromHex("ff0000ff").repeated(4));
        m_notifier->switched(lumen(), SwitchOrigin::GlobalShortcut);
        QTRY_COMPARE(m_server->shown.size(), 2);
        QVERIFY(!m_server->shown[1].hints.contains(u"image-data"_s));
    }

    void replacesItsOwn()
    {
        m_notifier->switched(gallery(), SwitchOrigin::GlobalShortcut);
        QTRY_COMPARE(m_server->shown.size(), 1);
        m_notifier->switched(lumen(), SwitchOrigin::GlobalShortcut);
        QTRY_COMPARE(m_server->shown.size(), 2);
        QCOMPARE(m_server->shown.constLast().replaced, m_server->shown.constFirst().id);
        QCOMPARE(m_server->shown.constLast().summary, u"Now signing as Lumen Press"_s);
    }

    // Faster than the server answers: one is shown, and then the last.
    void aQuickSeriesEndsWithTheLast()
    {
        for (const QString& id : {SampleStand::gallery, SampleStand::tomas, SampleStand::lumen})
            m_notifier->switched(SessionId(id), SwitchOrigin::GlobalShortcut);
        QTRY_COMPARE(m_server->shown.size(), 2);
        QCOMPARE(m_server->shown.constLast().summary, u"Now signing as Lumen Press"_s);
        QCOMPARE(m_server->shown.constLast().replaced, m_server->shown.constFirst().id);
    }

    void onlyWhenItIsWanted_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<bool>("byShortcut");
        QTest::addColumn<bool>("otherwise");
        QTest::newRow("by default") << QString() << true << false;
        QTest::newRow("shortcut") << u"shortcut"_s << true << false;
        QTest::newRow("always") << u"always"_s << true << true;
        QTest::newRow("never") << u"never"_s << false << false;
    }
    void onlyWhenItIsWanted()
    {
        QFETCH(QString, setting);
        QFETCH(bool, byShortcut);
        QFETCH(bool, otherwise);
        QVERIFY(m_settings->set(u"notify.switch"_s, setting));
        m_notifier->switched(gallery(), SwitchOrigin::Elsewhere);
        m_notifier->switched(lumen(), SwitchOrigin::GlobalShortcut);
        // One that is always told of, so that there is something to wait for.
        QVERIFY(m_settings->set(u"notify.switch"_s, u"always"_s));
        m_notifier->switched({}, SwitchOrigin::Elsewhere);
        QTRY_VERIFY(!m_server->shown.isEmpty()
            && m_server->shown.constLast().summary == u"No account is active now"_s);
        const auto told = [this](const QString& summary) {
            return std::any_of(m_server->shown.cbegin(), m_server->shown.cend(),
                [&](const Server::Shown& shown) { return shown.summary == summary; });
        };
        // Where both are wanted only the first is certain: what waits for an answer may be overtaken.
        QCOMPARE(told(u"Now signing as Gallery"_s), otherwise);
        if (!otherwise)
            QCOMPARE(told(u"Now signing as Lumen Press"_s), byShortcut);
    }

    void otherValuesAreRefused()
    {
        QVERIFY(!m_settings->set(u"notify.switch"_s, u"sometimes"_s));
        QCOMPARE(m_settings->value(u"notify.switch"_s), u"shortcut"_s);
    }

    // The summary is plain text by the specification, so a name shows as it is; the body is markup.
    void namesAreNoMarkup()
    {
        QVERIFY(m_stand->sessions->rename(gallery(), u"<b>Q&A</b>"_s));
        m_notifier->switched(gallery(), SwitchOrigin::GlobalShortcut);
        QTRY_COMPARE(m_server->shown.size(), 1);
        QCOMPARE(m_server->shown.constFirst().summary, u"Now signing as <b>Q&A</b>"_s);
        QVERIFY(!m_server->shown.constFirst().body.contains(u'<'));
    }

    void withoutAServerNothingHappens()
    {
        QVERIFY(m_theirs.unregisterService(u"org.freedesktop.Notifications"_s));
        m_notifier->switched(gallery(), SwitchOrigin::GlobalShortcut);
        m_notifier->switched(lumen(), SwitchOrigin::GlobalShortcut);
        QVERIFY(m_theirs.registerService(u"org.freedesktop.Notifications"_s));
        m_notifier->switched(gallery(), SwitchOrigin::GlobalShortcut);
        QTRY_VERIFY(!m_server->shown.isEmpty());
        QTRY_COMPARE(m_server->shown.constLast().summary, u"Now signing as Gallery"_s);
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    TestNotify test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_notify.moc"
