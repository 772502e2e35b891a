// SPDX-License-Identifier: MIT
#include "tests/integration/leaks/LeakStand.h"

#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// What passes over the session bus while keys are kept in the real keyring.
class TestLeaksBus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_stand.clearKeychain()); }
    void busTrafficHoldsNoKey();

private:
    LeakStand m_stand;
};

void TestLeaksBus::busTrafficHoldsNoKey()
{
    QVERIFY(m_stand.keychain);
    QProcess monitor;
    monitor.start(u"dbus-monitor"_s, {u"--session"_s, u"--binary"_s});
    QVERIFY(monitor.waitForReadyRead());
    Program hatstand = m_stand.program();
    const auto instance = hatstand.startHeadless();
    for (const LeakStand::Use& add : {m_stand.addNostr(), m_stand.addAntelope()})
        QCOMPARE(hatstand.run(add.arguments, add.input).exit, 0);
    for (const LeakStand::Use& sign : {LeakStand::signEvent(), LeakStand::signDigest()})
        QCOMPARE(hatstand.runOnTerminal(sign.arguments, {{LeakStand::kAsk, "y\n"}}, sign.input).exit, 0);
    QCOMPARE(hatstand.run(words("logout Gallery --yes")).exit, 0);
    QCOMPARE(hatstand.run(words("logout Mira --yes")).exit, 0);
    QByteArray traffic;
    QTRY_VERIFY((traffic += monitor.readAll()).count("SessionRemoved") >= 2);
    monitor.terminate();
    monitor.waitForFinished();
    QVERIFY(traffic.contains("org.freedesktop.Secret")); // they did pass here, sealed
    QCOMPARE(findForms(m_stand.forms, traffic), QStringList());
}

QTEST_GUILESS_MAIN(TestLeaksBus)
#include "tst_leaks_bus.moc"
