// SPDX-License-Identifier: MIT
#include "tests/unit/WrappedStand.h"

#include <QSignalSpy>
#include <QTimer>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace hatstand::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr const char* kNsec = R"({"v":1,"type":"nsec","data":"nsec1first"})";
constexpr const char* kPvt = R"({"v":1,"type":"pvt","data":"PVT_K1_second"})";

} // namespace

class TestWrappedVault : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void withoutAPassphraseNothingChanges();
    void withOneEveryValueIsSealed();
    void lockedAnswersLockedAndStillListsAndRemoves();
    void whetherThereIsOneIsLearned();
    void nothingIsWrittenBeforeItIsKnown();
    void aLockedKeychainIsUnlockedFirst();
    void statesAreTold();
    void theLockIsNobodysEntry();
    void typesOfOursAreNotTaken();
    void lookTellsWhatIsInside();
    void copiesAreSealedForTheirName();
    void swappedEntriesAreDamaged();
    void anEntryPutThereInClearIsDamaged();
    void aDamagedLockIsDamagedAndNothingIsOverwritten();
    void aLostLockIsDamagedAndNothingIsWrittenInClear();
    void aWrongOneChangesNothing();
    void whatCantBeIsRefused();
    void replacingIsOneWrite();
    void eachSettingHasAKeyOfItsOwn();
    void entriesThatCantBeListedAreLearnedFirst();
    void whatCantBeOpenedKeepsThePassphrase();
    void writesMeanwhileAreKept_data();
    void writesMeanwhileAreKept();
    void replacingFinishesWhatWasBegun();
    void twoChangesAtOnceAreRefused();
    void aLateWriteIsWaitedFor();
    void idleLocks();
    void readingTheProfileDoesNotKeepItAwake();
    void lockingWhileTheKeyIsDerivedStands();
    void mayGoWhileTheKeyIsDerived();
    void wrongOnesAreSlowedAndOtherCommandsGoOn();
    void stopWaitingEndsTheWait();

private:
    /// With the entries a, b and profile, under the passphrase "open sesame".
    void setUp()
    {
        for (const auto& [key, value] : {std::pair{u"a"_s, kNsec}, std::pair{u"b"_s, kPvt}})
            QVERIFY(test::write(vault(), key, value));
        QVERIFY(answerOf<void>([this](auto done) { vault().prepare(done); }));
        QVERIFY(m_stand->change(nullptr, "open sesame"));
    }
    WrappedVault& vault() { return *m_stand->vault; }
    FakeVault& inner() { return *m_stand->inner; }

    std::unique_ptr<WrappedStand> m_stand;
};

void TestWrappedVault::init()
{
    m_stand = std::make_unique<WrappedStand>();
}

void TestWrappedVault::withoutAPassphraseNothingChanges()
{
    QCOMPARE(test::refresh(vault()).value(), VaultState::Unlocked);
    QVERIFY(!vault().takesPassphrase());
    QCOMPARE(vault().kind(), VaultKind::Keychain);
    QVERIFY(test::write(vault(), u"a"_s, kNsec));
    QCOMPARE(inner().peek(u"a"_s), QByteArray(kNsec));
    QCOMPARE(test::read(vault(), u"a"_s).value()->text(), std::string_view(kNsec));
    QCOMPARE(test::read(vault(), u"b"_s).error().code, ErrorCode::SecretMissing);
    QVERIFY(test::unlock(vault()));
    QCOMPARE(test::lock(vault()).error().code, ErrorCode::PassphraseRequired);
    QCOMPARE(inner().state(), VaultState::Unlocked); // the desktop's keyring is not ours to lock
    QVERIFY(test::remove(vault(), u"a"_s));
    QCOMPARE(inner().storedKeys(), QStringList());
}

void TestWrappedVault::withOneEveryValueIsSealed()
{
    setUp();
    QVERIFY(vault().takesPassphrase());
    QCOMPARE(vault().state(), VaultState::Unlocked);
    QVERIFY(test::write(vault(), u"c"_s, "anything"));
    for (const QByteArray& value : m_stand->entries())
        QVERIFY(!value.contains("nsec1") && !value.contains("PVT") && !value.contains("anything"));
    QCOMPARE(m_stand->inClear(), QStringList());
    m_stand->restart();
    QVERIFY(test::unlock(vault(), "open sesame"));
    QCOMPARE(test::read(vault(), u"a"_s).value()->text(), std::string_view(kNsec));
    QCOMPARE(test::read(vault(), u"c"_s).value()->text(), std::string_view("anything"));
    QCOMPARE(test::read(vault(), u"d"_s).error().code, ErrorCode::SecretMissing);
}

void TestWrappedVault::lockedAnswersLockedAndStillListsAndRemoves()
{
    setUp();
    QVERIFY(test::lock(vault()));
    QCOMPARE(inner().state(), VaultState::Unlocked);
    QCOMPARE(test::refresh(vault()).value(), VaultState::Locked);
    QCOMPARE(test::read(vault(), u"a"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::read(vault(), u"nothing"_s).error().code, ErrorCode::Locked);
    QCOMPARE(test::write(vault(), u"a"_s, "x").error().code, ErrorCode::Locked);
    QCOMPARE(answerOf<void>([&](auto done) { vault().copy(u"a"_s, u"c"_s, done); }).error().code,
        ErrorCode::Locked);
    QCOMPARE(answerOf<std::optional<SecretType>>([&](auto done) { vault().look(u"a"_s, done); }).error().code,
        ErrorCode::Locked);
    QCOMPARE(answerOf<void>([&](auto done) { vault().prepare(done); }).error().code, ErrorCode::Locked);
    QCOMPARE(test::keys(vault()).value(), (QSet<QString>{u"a"_s, u"b"_s, u"profile"_s}));
    QVERIFY(test::remove(vault(), u"a"_s));
    QCOMPARE(test::keys(vault()).value(), (QSet<QString>{u"b"_s, u"profile"_s}));
}

void TestWrappedVault::whetherThereIsOneIsLearned()
{
    setUp();
    const auto learnedBy = [this](auto command) {
        m_stand->restart();
        const bool before = vault().takesPassphrase();
        command();
        return !before && vault().takesPassphrase() && vault().state() == VaultState::Locked;
    };
    QVERIFY(learnedBy([this] { (void)test::refresh(vault()); }));
    QVERIFY(learnedBy([this] { (void)test::keys(vault()); }));
    QVERIFY(learnedBy([this] { (void)test::read(vault(), u"a"_s); }));
    QVERIFY(learnedBy([this] { (void)test::write(vault(), u"a"_s, "x"); }));
    QVERIFY(learnedBy([this] { (void)test::unlock(vault(), "wrong"); }));
    QVERIFY(learnedBy([this] { // the desktop's keyring is unlocked by hand
        inner().setState(VaultState::Locked);
        inner().setState(VaultState::Unlocked);
    }));
    m_stand->restart();
    inner().setState(VaultState::Locked); // its names can be read all the same
    QCOMPARE(test::refresh(vault()).value(), VaultState::Locked);
    QVERIFY(vault().takesPassphrase());
}

void TestWrappedVault::nothingIsWrittenBeforeItIsKnown()
{
    setUp();
    const auto entries = m_stand->entries();
    m_stand->restart();
    inner().failNextRead = ErrorCode::KeychainDenied;
    QCOMPARE(test::write(vault(), u"c"_s, "x").error().code, ErrorCode::KeychainDenied);
    QCOMPARE(test::write(vault(), u"c"_s, "x").error().code, ErrorCode::Locked);
    QCOMPARE(inner().writes, 0);
    QCOMPARE(m_stand->entries(), entries);
}

void TestWrappedVault::aLockedKeychainIsUnlockedFirst()
{
    setUp();
    m_stand->restart();
    inner().setState(VaultState::Locked);
    inner().failNextUnlock = ErrorCode::Locked; // the desktop's prompt is dismissed
    QCOMPARE(test::unlock(vault(), "open sesame").error().code, ErrorCode::Locked);
    QVERIFY(test::unlock(vault(), "open sesame"));
    QCOMPARE(inner().state(), VaultState::Unlocked);
    QCOMPARE(test::read(vault(), u"a"_s).value()->text(), std::string_view(kNsec));
    inner().setState(VaultState::Locked);
    QCOMPARE(vault().state(), VaultState::Locked);
    const auto without = answerOf<void>([&](auto done) { vault().unlock(nullptr, done); });
    QVERIFY(without); // the passphrase was given before
    QVERIFY(test::lock(vault()));
    const auto needed = answerOf<void>([&](auto done) { vault().unlock(nullptr, done); });
    QCOMPARE(needed.error().code, ErrorCode::PassphraseRequired);
}

void TestWrappedVault::statesAreTold()
{
    QSignalSpy states(&vault(), &Vault::stateChanged);
    const auto told = [&states] {
        QList<VaultState> all;
        for (const auto& each : std::exchange(static_cast<QList<QList<QVariant>>&>(states), {}))
            all.append(each.first().value<VaultState>());
        return all;
    };
    QCOMPARE(vault().state(), VaultState::Unknown);
    (void)test::refresh(vault());
    QCOMPARE(told(), QList<VaultState>{VaultState::Unlocked});
    setUp();
    QCOMPARE(told(), QList<VaultState>{}); // who sets one has given it
    (void)test::lock(vault());
    QCOMPARE(told(), QList<VaultState>{VaultState::Locked});
    (void)test::unlock(vault(), "open sesame");
    QCOMPARE(told(), QList<VaultState>{VaultState::Unlocked});
    (void)m_stand->change("open sesame", "new");
    (void)m_stand->change("new", nullptr);
    QCOMPARE(told(), QList<VaultState>{});
    QVERIFY(!vault().takesPassphrase());
    inner().setState(VaultState::Unavailable);
    QCOMPARE(told(), QList<VaultState>{VaultState::Unavailable});
}

void TestWrappedVault::theLockIsNobodysEntry()
{
    setUp();
    const QByteArray lock = inner().peek(u"lock"_s);
    QVERIFY(!lock.isEmpty());
    QVERIFY(!test::keys(vault())->contains(u"lock"_s));
    QCOMPARE(test::read(vault(), u"lock"_s).error().code, ErrorCode::SecretMissing);
    QCOMPARE(
        answerOf<std::optional<SecretType>>([&](auto done) { vault().look(u"lock"_s, done); }).error().code,
        ErrorCode::SecretMissing);
    QCOMPARE(test::write(vault(), u"lock"_s, kNsec).error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::remove(vault(), u"lock"_s).error().code, ErrorCode::InvalidInput);
    QCOMPARE(answerOf<void>([&](auto done) { vault().copy(u"a"_s, u"lock"_s, done); }).error().code,
        ErrorCode::InvalidInput);
    QCOMPARE(inner().peek(u"lock"_s), lock);
}

void TestWrappedVault::typesOfOursAreNotTaken()
{
    for (const char* value :
        {R"({"v":1,"type":"sealed","data":"AAAA"})", R"({"v":1,"type":"lock","data":"AA"})", ""})
        QCOMPARE(test::write(vault(), u"a"_s, value).error().code, ErrorCode::InvalidInput);
    QCOMPARE(inner().storedKeys(), QStringList());
    inner().put(u"a"_s, R"({"v":1,"type":"sealed","data":"AAAA"})"); // left over, say
    QCOMPARE(test::read(vault(), u"a"_s).error().code, ErrorCode::Damaged);
}

void TestWrappedVault::lookTellsWhatIsInside()
{
    setUp();
    const auto look = [this](const QString& key) {
        return answerOf<std::optional<SecretType>>([&](auto done) { vault().look(key, done); });
    };
    QCOMPARE(look(u"a"_s).value(), std::optional(SecretType::Nsec));
    QCOMPARE(look(u"b"_s).value(), std::optional(SecretType::Pvt));
    QCOMPARE(look(u"profile"_s).value(), std::optional(SecretType::ProfileKey));
    QCOMPARE(look(u"nothing"_s).error().code, ErrorCode::SecretMissing);
}

void TestWrappedVault::copiesAreSealedForTheirName()
{
    setUp();
    QVERIFY(answerOf<void>([&](auto done) { vault().copy(u"a"_s, u"trash:a"_s, done); }));
    QVERIFY(test::remove(vault(), u"a"_s));
    QCOMPARE(m_stand->typeAt(u"trash:a"_s), SecretType::Sealed);
    QCOMPARE(test::read(vault(), u"trash:a"_s).value()->text(), std::string_view(kNsec));
}

void TestWrappedVault::swappedEntriesAreDamaged()
{
    setUp();
    inner().put(u"a"_s, inner().peek(u"b"_s).toStdString());
    QCOMPARE(test::read(vault(), u"a"_s).error().code, ErrorCode::Damaged);
    QCOMPARE(test::read(vault(), u"b"_s).value()->text(), std::string_view(kPvt));
}

void TestWrappedVault::anEntryPutThereInClearIsDamaged()
{
    setUp();
    inner().put(u"profile"_s, R"({"v":1,"type":"profile","data":"00"})"); // by somebody who would know it
    QCOMPARE(test::read(vault(), u"profile"_s).error().code, ErrorCode::Damaged);
}

void TestWrappedVault::aDamagedLockIsDamagedAndNothingIsOverwritten()
{
    setUp();
    QByteArray lock = inner().peek(u"lock"_s);
    lock[60] = lock[60] == 'A' ? 'B' : 'A';
    inner().put(u"lock"_s, lock.toStdString());
    m_stand->restart();
    const auto entries = m_stand->entries();
    (void)test::refresh(vault());
    QVERIFY(vault().takesPassphrase());
    QCOMPARE(vault().state(), VaultState::Locked);
    QCOMPARE(test::read(vault(), u"a"_s).error().code, ErrorCode::Damaged);
    QCOMPARE(test::write(vault(), u"c"_s, "x").error().code, ErrorCode::Damaged);
    QCOMPARE(test::unlock(vault(), "open sesame").error().code, ErrorCode::Damaged);
    for (const auto& [before, after] : {std::pair<const char*, const char*>{nullptr, "new"},
             {"open sesame", "new"}, {"open sesame", nullptr}})
        QCOMPARE(m_stand->change(before, after).error().code, ErrorCode::Damaged);
    QCOMPARE(m_stand->entries(), entries);
    QCOMPARE(m_stand->wrong, 0);
}

void TestWrappedVault::aLostLockIsDamagedAndNothingIsWrittenInClear()
{
    setUp();
    const QByteArray lock = inner().peek(u"lock"_s);
    inner().drop(u"lock"_s);
    m_stand->restart();
    const auto entries = m_stand->entries();
    QCOMPARE(test::write(vault(), u"c"_s, "x").error().code, ErrorCode::Damaged);
    QCOMPARE(m_stand->change(nullptr, "new").error().code, ErrorCode::Damaged);
    QCOMPARE(m_stand->entries(), entries);
    inner().put(u"lock"_s, lock.toStdString()); // from a copy
    QVERIFY(test::unlock(vault(), "open sesame"));
    QCOMPARE(test::read(vault(), u"a"_s).value()->text(), std::string_view(kNsec));
}

void TestWrappedVault::aWrongOneChangesNothing()
{
    setUp();
    const auto entries = m_stand->entries();
    for (const char* wrong : {"", "open sesam"}) {
        m_stand->restart();
        QCOMPARE(test::unlock(vault(), wrong).error().code, ErrorCode::WrongPassphrase);
        QCOMPARE(vault().state(), VaultState::Locked);
    }
    m_stand->restart();
    QCOMPARE(m_stand->change("wrong", "new").error().code, ErrorCode::WrongPassphrase);
    QCOMPARE(m_stand->wrong, 2); // nobody's passphrase is empty
    QCOMPARE(m_stand->change("wrong", nullptr).error().code, ErrorCode::WrongPassphrase);
    QCOMPARE(m_stand->change(nullptr, "new").error().code, ErrorCode::PassphraseRequired);
    QCOMPARE(m_stand->entries(), entries);
}

void TestWrappedVault::whatCantBeIsRefused()
{
    QCOMPARE(m_stand->change(nullptr, "").error().code, ErrorCode::InvalidInput);
    QCOMPARE(m_stand->change("none is set", "new").error().code, ErrorCode::WrongPassphrase);
    QVERIFY(m_stand->change(nullptr, nullptr));
    QCOMPARE(inner().writes, 0);
    inner().setState(VaultState::Locked);
    QCOMPARE(m_stand->change(nullptr, "new").error().code, ErrorCode::Locked);
    QCOMPARE(inner().writes, 0);
}

void TestWrappedVault::replacingIsOneWrite()
{
    setUp();
    const auto entries = m_stand->entries();
    inner().writes = 0;
    QVERIFY(m_stand->change("open sesame", "new"));
    QCOMPARE(inner().writes, 1);
    auto now = m_stand->entries();
    QVERIFY(now.value(u"lock"_s) != entries.value(u"lock"_s));
    now.insert(u"lock"_s, entries.value(u"lock"_s));
    QCOMPARE(now, entries);
    QVERIFY(test::lock(vault()));
    QVERIFY(m_stand->change("new", "newer")); // and does not unlock
    QCOMPARE(vault().state(), VaultState::Locked);
    QCOMPARE(test::unlock(vault(), "new").error().code, ErrorCode::WrongPassphrase);
    QVERIFY(test::unlock(vault(), "newer"));
}

void TestWrappedVault::eachSettingHasAKeyOfItsOwn()
{
    setUp();
    const auto first = m_stand->entries();
    QVERIFY(m_stand->change("open sesame", nullptr));
    QVERIFY(!vault().takesPassphrase() && !inner().contains(u"lock"_s));
    QCOMPARE(inner().peek(u"a"_s), QByteArray(kNsec));
    QVERIFY(m_stand->change(nullptr, "open sesame"));
    inner().put(u"a"_s, first.value(u"a"_s).toStdString()); // a copy from before is worth nothing
    QCOMPARE(test::read(vault(), u"a"_s).error().code, ErrorCode::Damaged);
}

void TestWrappedVault::entriesThatCantBeListedAreLearnedFirst()
{
    QVERIFY(test::write(vault(), u"a"_s, kNsec));
    const auto entries = m_stand->entries();
    inner().failNextKeys = ErrorCode::KeychainUnavailable; // as KWallet
    QCOMPARE(m_stand->change(nullptr, "new").error().code, ErrorCode::KeychainUnavailable);
    QCOMPARE(m_stand->entries(), entries);
    QVERIFY(!vault().takesPassphrase());
}

void TestWrappedVault::whatCantBeOpenedKeepsThePassphrase()
{
    setUp();
    inner().put(u"a"_s, inner().peek(u"b"_s).toStdString());
    const auto removed = m_stand->change("open sesame", nullptr);
    QCOMPARE(removed.error().code, ErrorCode::Damaged);
    QCOMPARE(removed.error().detail, u"a"_s);
    QVERIFY(vault().takesPassphrase() && inner().contains(u"lock"_s));
    QVERIFY(test::remove(vault(), u"a"_s)); // the account is logged out
    QVERIFY(m_stand->change("open sesame", nullptr));
    QCOMPARE(inner().peek(u"b"_s), QByteArray(kPvt));
}

void TestWrappedVault::writesMeanwhileAreKept_data()
{
    QTest::addColumn<bool>("isSet");
    QTest::newRow("setting") << true;
    QTest::newRow("removing") << false;
}

/// After each step an entry is replaced, another added and one removed.
void TestWrappedVault::writesMeanwhileAreKept()
{
    QFETCH(bool, isSet);
    bool isOver = false;
    for (int steps = 0; !isOver; ++steps) {
        QVERIFY(steps < 100);
        init();
        for (const char* key : {"a", "b", "c"})
            QVERIFY(test::write(vault(), QString::fromLatin1(key), kNsec));
        if (!isSet)
            QVERIFY(m_stand->change(nullptr, "new"));
        inner().hold();
        std::optional<Result<void>> done;
        vault().changePassphrase(isSet ? nullptr : secret("new"), isSet ? secret("new") : nullptr,
            [&done](const Result<void>& result) { done = result; });
        for (int step = 0; step < steps && !done; ++step) {
            QTRY_VERIFY(done || inner().held() > 0);
            inner().releaseOne();
        }
        isOver = done.has_value();
        int written = 0;
        const auto count = [&written](const Result<void>& result) { written += result ? 1 : 0; };
        vault().write(u"a"_s, secret(kPvt), count);
        vault().write(u"d"_s, secret(kPvt), count);
        vault().remove(u"b"_s, count);
        inner().release();
        QTRY_VERIFY(done && written == 3);
        QVERIFY(*done);
        m_stand->restart();
        QVERIFY(test::unlock(vault(), "new"));
        QCOMPARE(vault().takesPassphrase(), isSet);
        QCOMPARE(m_stand->inClear().isEmpty(), isSet);
        QCOMPARE(test::keys(vault()).value(), (QSet<QString>{u"a"_s, u"c"_s, u"d"_s}));
        QCOMPARE(test::read(vault(), u"a"_s).value()->text(), std::string_view(kPvt));
        QCOMPARE(test::read(vault(), u"d"_s).value()->text(), std::string_view(kPvt));
        QCOMPARE(test::read(vault(), u"c"_s).value()->text(), std::string_view(kNsec));
    }
}

void TestWrappedVault::replacingFinishesWhatWasBegun()
{
    for (const bool wasRemoving : {false, true}) {
        init();
        for (const char* key : {"a", "b", "c"})
            QVERIFY(test::write(vault(), QString::fromLatin1(key), kNsec));
        if (wasRemoving)
            QVERIFY(m_stand->change(nullptr, "old"));
        inner().hold();
        vault().changePassphrase(wasRemoving ? secret("old") : nullptr, wasRemoving ? nullptr : secret("old"),
            [](const Result<void>&) {});
        while (m_stand->inClear().isEmpty() == wasRemoving || m_stand->inClear().size() == 3) {
            QTRY_VERIFY(inner().held() > 0);
            inner().releaseOne();
        }
        m_stand->restart();
        QVERIFY(m_stand->change("old", "new"));
        QCOMPARE(m_stand->inClear(), QStringList());
        QCOMPARE(m_stand->lock()->state(), LockState::Done);
        QVERIFY(test::unlock(vault(), "new"));
        for (const char* key : {"a", "b", "c"})
            QCOMPARE(test::read(vault(), QString::fromLatin1(key)).value()->text(), std::string_view(kNsec));
    }
}

void TestWrappedVault::twoChangesAtOnceAreRefused()
{
    setUp();
    std::optional<Result<void>> second;
    const auto first = answerOf<void>([&](auto done) {
        vault().changePassphrase(secret("open sesame"), secret("new"), done);
        vault().changePassphrase(
            secret("open sesame"), nullptr, [&second](const Result<void>& result) { second = result; });
    });
    QVERIFY(first);
    QCOMPARE(second->error().code, ErrorCode::Busy);
}

void TestWrappedVault::aLateWriteIsWaitedFor()
{
    inner().isNextWriteLate = true;
    QCOMPARE(test::write(vault(), u"a"_s, kNsec).error().why, Why::MayStillHappen);
    QCOMPARE(m_stand->change(nullptr, "new").error().code, ErrorCode::Busy); // or it would end in clear
    Q_EMIT inner().answeredLate();
    QVERIFY(m_stand->change(nullptr, "new"));
    QCOMPARE(m_stand->inClear(), QStringList());
}

void TestWrappedVault::idleLocks()
{
    setUp();
    m_stand->restart(50ms);
    QVERIFY(test::unlock(vault(), "open sesame"));
    QTRY_COMPARE(vault().state(), VaultState::Locked);
    QCOMPARE(test::read(vault(), u"a"_s).error().code, ErrorCode::Locked);
    vault().setIdleLimit(15min);
    QVERIFY(test::unlock(vault(), "open sesame"));
    vault().setIdleLimit(10ms);
    QTRY_COMPARE(vault().state(), VaultState::Locked);
}

/// Opening messages from outside, as often as they come, is no use by the person.
void TestWrappedVault::readingTheProfileDoesNotKeepItAwake()
{
    setUp();
    m_stand->restart(100ms);
    QVERIFY(test::unlock(vault(), "open sesame"));
    QVERIFY(test::read(vault(), u"profile"_s));
    QTimer others;
    connect(&others, &QTimer::timeout, this, [&] { (void)test::read(vault(), u"profile"_s); });
    others.start(1ms);
    QTRY_COMPARE(vault().state(), VaultState::Locked);
    QCOMPARE(test::read(vault(), u"profile"_s).error().code, ErrorCode::Locked);
}

void TestWrappedVault::lockingWhileTheKeyIsDerivedStands()
{
    setUp();
    QVERIFY(test::lock(vault()));
    const auto answer = answerOf<void>([&](auto done) {
        vault().unlock(secret("open sesame"), done);
        vault().lock([](const Result<void>&) {});
    });
    QCOMPARE(answer.error().code, ErrorCode::Cancelled);
    QCOMPARE(vault().state(), VaultState::Locked);
}

void TestWrappedVault::mayGoWhileTheKeyIsDerived()
{
    setUp();
    bool answered = false;
    vault().unlock(secret("open sesame"), [&answered](const Result<void>&) { answered = true; });
    m_stand->vault.reset();
    m_stand->pool.waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!answered);
}

void TestWrappedVault::wrongOnesAreSlowedAndOtherCommandsGoOn()
{
    setUp();
    for (int i = 0; i < 3; ++i) {
        m_stand->restart(); // starting again gains nothing
        QCOMPARE(test::unlock(vault(), "wrong").error().code, ErrorCode::WrongPassphrase);
    }
    QCOMPARE(m_stand->wrong, 3);
    std::optional<Result<void>> answer;
    vault().unlock(secret("open sesame"), [&answer](const Result<void>& result) { answer = result; });
    QVERIFY(m_stand->later);
    QVERIFY(test::keys(vault()));
    QVERIFY(test::remove(vault(), u"b"_s));
    m_stand->pool.waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!answer); // the right one waits too: otherwise the wait would tell
    m_stand->later();
    QTRY_VERIFY(answer);
    QVERIFY(*answer);
    QCOMPARE(m_stand->wrong, 0);
}

void TestWrappedVault::stopWaitingEndsTheWait()
{
    setUp();
    m_stand->wrong = 5;
    m_stand->restart();
    QSignalSpy waits(&vault(), &Vault::waitingChanged);
    std::optional<Result<void>> answer;
    vault().unlock(secret("open sesame"), [&answer](const Result<void>& result) { answer = result; });
    QVERIFY(waits.wait());
    vault().stopWaiting();
    QCOMPARE(answer->error().code, ErrorCode::Cancelled);
    QCOMPARE(waits.last().first().toBool(), false);
    m_stand->later(); // too late
    m_stand->pool.waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(vault().state(), VaultState::Locked);
    QCOMPARE(m_stand->wrong, 5);

    m_stand->wrong = 0;
    m_stand->restart();
    answer.reset();
    vault().unlock(secret("open sesame"), [&answer](const Result<void>& result) { answer = result; });
    vault().stopWaiting(); // while it is derived
    QCOMPARE(answer->error().code, ErrorCode::Cancelled);
    m_stand->pool.waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(vault().state(), VaultState::Locked);
}

QTEST_GUILESS_MAIN(TestWrappedVault)
#include "tst_wrappedvault.moc"
