// SPDX-License-Identifier: MIT
// The passphrase is set, replaced and removed, and after each step of it the program is killed, the keychain
// refuses, or the person locks. No secret may be lost, or stay in clear.
#include "tests/unit/WrappedStand.h"

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;

namespace {

enum class Interruption { Kill, Refusal, LostAnswer, Lock, StopWaiting };

constexpr const char* kOld = "open sesame";
constexpr const char* kNew = "another one";
const WrappedStand::Entries kSecrets{
    {u"nostr:aa"_s, R"({"v":1,"type":"nsec","data":"nsec1first"})"},
    {u"profile"_s, R"({"v":1,"type":"profile","data":"00ff"})"},
    {u"trash:nostr:bb"_s, R"({"v":1,"type":"ncryptsec","data":"ncryptsec1second"})"},
};

const char* cstr(const QByteArray& text)
{
    return text.isNull() ? nullptr : text.constData();
}

} // namespace

Q_DECLARE_METATYPE(Interruption)

class TestWrappedVaultKills : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void atEveryStep_data();
    void atEveryStep();
};

void TestWrappedVaultKills::atEveryStep_data()
{
    QTest::addColumn<Interruption>("interruption");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    using Pair = std::pair<const char*, Interruption>;
    for (const auto& [how, interruption] : {Pair{"killed", Interruption::Kill},
             Pair{"refused", Interruption::Refusal}, Pair{"answer lost", Interruption::LostAnswer},
             Pair{"locked", Interruption::Lock}, Pair{"given up", Interruption::StopWaiting}}) {
        QTest::addRow("setting, %s", how) << interruption << QByteArray() << QByteArray(kNew);
        QTest::addRow("replacing, %s", how) << interruption << QByteArray(kOld) << QByteArray(kNew);
        QTest::addRow("removing, %s", how) << interruption << QByteArray(kOld) << QByteArray();
    }
}

void TestWrappedVaultKills::atEveryStep()
{
    QFETCH(Interruption, interruption);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    bool wasInterrupted = true;
    for (int steps = 0; wasInterrupted; ++steps) {
        QVERIFY2(steps < 100, "never comes to an end");
        WrappedStand stand;
        for (auto entry = kSecrets.cbegin(); entry != kSecrets.cend(); ++entry)
            stand.inner->put(entry.key(), entry.value().toStdString());
        if (!before.isNull())
            QVERIFY(stand.change(nullptr, cstr(before)));
        QVERIFY(test::refresh(*stand.vault));

        // So many steps of the other vault, then what comes in between.
        stand.inner->hold();
        std::optional<Result<void>> answer;
        stand.vault->changePassphrase(before.isNull() ? nullptr : secret(before.toStdString()),
            after.isNull() ? nullptr : secret(after.toStdString()),
            [&answer](const Result<void>& result) { answer = result; });
        for (int step = 0; !answer; ++step) {
            QTRY_VERIFY(answer || stand.inner->held() > 0);
            if (answer || step == steps)
                break;
            stand.inner->releaseOne();
        }
        wasInterrupted = !answer;
        switch (interruption) {
        case Interruption::Kill:
            stand.restart();
            break;
        case Interruption::Refusal:
            stand.inner->failAlways = ErrorCode::KeychainDenied;
            stand.inner->release();
            stand.inner->failAlways.reset();
            break;
        case Interruption::LostAnswer:
            stand.inner->isNextWriteLate = true;
            stand.inner->release();
            stand.inner->isNextWriteLate = false;
            break;
        case Interruption::Lock: {
            QVERIFY(test::lock(*stand.vault) || before.isNull() || answer);
            const int writes = stand.inner->writes;
            stand.inner->release();
            QVERIFY(stand.inner->writes <= writes + 1); // it does not go on behind the lock
            break;
        }
        case Interruption::StopWaiting:
            stand.vault->stopWaiting();
            QVERIFY(answer);
            stand.inner->release();
            break;
        }
        if (interruption != Interruption::Kill) {
            QTRY_VERIFY(answer);
        }
        if (interruption == Interruption::LostAnswer)
            Q_EMIT stand.inner->answeredLate();
        const bool succeeded = answer && *answer;
        QVERIFY(test::refresh(*stand.vault));

        // Exactly one passphrase fits, or there is none; and it opens everything.
        const bool isSet = stand.vault->takesPassphrase();
        QCOMPARE(isSet, stand.inner->contains(u"lock"_s));
        if (succeeded)
            QCOMPARE(isSet, !after.isNull());
        QByteArray fits;
        if (isSet) {
            QVERIFY(test::lock(*stand.vault));
            QCOMPARE(stand.vault->state(), VaultState::Locked);
            QCOMPARE(test::read(*stand.vault, u"profile"_s).error().code, ErrorCode::Locked);
            QCOMPARE(test::write(*stand.vault, u"new"_s, "x").error().code, ErrorCode::Locked);
            QList<QByteArray> fitting;
            for (const char* passphrase : {kOld, kNew}) {
                // The right one may finish a removal, and then there is none any more.
                if (stand.vault->takesPassphrase() && test::unlock(*stand.vault, passphrase))
                    fitting.append(passphrase);
            }
            QCOMPARE(fitting.size(), 1);
            fits = fitting.first();
            QVERIFY(fits == before || fits == after);
            QVERIFY(!succeeded || fits == after);
        }
        QTRY_COMPARE(stand.inner->held(), 0);
        for (auto entry = kSecrets.cbegin(); entry != kSecrets.cend(); ++entry) {
            const auto value = test::read(*stand.vault, entry.key());
            QVERIFY2(value, qPrintable(entry.key()));
            QCOMPARE((*value)->text(), std::string_view(entry.value().constData()));
        }
        // What was interrupted has been finished by unlocking: all or nothing is sealed.
        QCOMPARE(stand.vault->takesPassphrase(), stand.inner->contains(u"lock"_s));
        if (stand.vault->takesPassphrase()) {
            QCOMPARE(stand.inClear(), QStringList());
            QCOMPARE(stand.lock()->state(), LockState::Done);
        } else {
            QCOMPARE(stand.entries(), kSecrets);
        }
        // The command again brings it to its end.
        const bool isAsWanted = stand.vault->takesPassphrase() ? fits == after : after.isNull();
        if (!isAsWanted)
            QVERIFY(stand.change(cstr(before), cstr(after)));
        QCOMPARE(stand.vault->takesPassphrase(), !after.isNull());
        QCOMPARE(stand.inClear().isEmpty(), !after.isNull());
        stand.restart();
        if (!after.isNull())
            QVERIFY(test::unlock(*stand.vault, after.toStdString()));
        for (auto entry = kSecrets.cbegin(); entry != kSecrets.cend(); ++entry)
            QCOMPARE(test::read(*stand.vault, entry.key()).value()->text(),
                std::string_view(entry.value().constData()));
    }
}

QTEST_GUILESS_MAIN(TestWrappedVaultKills)
#include "tst_wrappedvault_kills.moc"
