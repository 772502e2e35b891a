// SPDX-License-Identifier: MIT
#include "tests/integration/leaks/LastMoment.h"
#include "tests/integration/leaks/LeakStand.h"

#include <QTest>

using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

/// What is left of a key in a process's memory after it was used: of an instance, and of the command line
/// where none runs. Run like leaks, once on each vault; not with a sanitizer, whose allocator does not wipe.
class TestLeaksMemory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_stand.clearKeychain()); }
    void memoryOfAnInstance();
    void memoryOfTheCommandLine_data();
    void memoryOfTheCommandLine();

private:
    LeakStand m_stand;
};

void TestLeaksMemory::memoryOfAnInstance()
{
    Program hatstand = m_stand.program();
    const auto instance = hatstand.startHeadless();
    for (const LeakStand::Use& add : {m_stand.addNostr(), m_stand.addAntelope()})
        QCOMPARE(hatstand.run(add.arguments, add.input, m_stand.passphrases()).exit, 0);
    for (const LeakStand::Use& sign : {LeakStand::signEvent(), LeakStand::signDigest()})
        QCOMPARE(hatstand.runOnTerminal(sign.arguments, {{LeakStand::kAsk, "y\n"}}, sign.input).exit, 0);
    QCOMPARE(hatstand.run(words("list")).exit, 0); // what was deleted later is deleted now
    const QStringList found = findInMemory(m_stand.forms, pid_t(instance->processId()));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestLeaksMemory::memoryOfTheCommandLine_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command : {"add nostr", "add antelope", "sign-event", "sign-digest"})
        QTest::newRow(command) << QString::fromLatin1(command);
}

void TestLeaksMemory::memoryOfTheCommandLine()
{
    QFETCH(QString, command);
    Program hatstand = m_stand.program();
    const bool signs = command.startsWith("sign"_L1);
    const bool isNostr = command == "add nostr"_L1 || command == "sign-event"_L1;
    const LeakStand::Use add = isNostr ? m_stand.addNostr() : m_stand.addAntelope();
    LeakStand::Use use = add;
    QByteArray passphrases = m_stand.passphrases();
    QList<Program::Typed> dialogue;
    if (signs) {
        QCOMPARE(hatstand.run(add.arguments, add.input, passphrases).exit, 0);
        use = isNostr ? LeakStand::signEvent() : LeakStand::signDigest();
        dialogue += Program::Typed{LeakStand::kAsk, "y\n"};
        if (!m_stand.keychain) // typed, as a person does it
            dialogue += Program::Typed{"Hatstand passphrase: ", passphrases};
        passphrases.clear();
    }
    QStringList found{u"not looked"_s};
    const Outcome outcome = runToItsLastMoment(hatstand, use.arguments, use.input, passphrases, dialogue,
        [&](pid_t process) { found = findInMemory(m_stand.forms, process); });
    QVERIFY2(outcome.exit == 0, (outcome.err + outcome.terminal).constData());
    if (signs)
        QVERIFY(outcome.out.contains(isNostr ? "\"sig\"" : "SIG_K1_"));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLeaksMemory)
#include "tst_leaks_memory.moc"
