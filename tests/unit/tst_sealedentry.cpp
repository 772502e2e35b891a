// SPDX-License-Identifier: MIT
#include "core/secrets/SealedEntry.h"

#include <QTest>
#include <sodium.h>

using namespace hatstand;
using namespace hatstand::secrets;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

SecretBuffer text(std::string_view value)
{
    return SecretBuffer::copyOf(value);
}

SecretBuffer keyOf(std::uint8_t byte)
{
    SecretBuffer key(kDataKeySize);
    for (std::uint8_t& each : key.edit())
        each = byte;
    return key;
}

/// 0, 1, 2 …
class Counting final : public Random
{
public:
    void fill(MutableBytes out) override
    {
        for (std::uint8_t& byte : out)
            byte = m_next++;
    }

private:
    std::uint8_t m_next = 0;
};

KeyParameters parameters()
{
    KeyParameters made{1, 8192, {}};
    made.salt.fill(7);
    return made;
}

QByteArray dataOf(const SecretBuffer& value)
{
    return QByteArray::fromBase64(toQByteArray(decodeStoredSecret(value)->data.view()), kBase64);
}

SecretBuffer lockOf(const QByteArray& data)
{
    return text("{\"v\":1,\"type\":\"lock\",\"data\":\"" + data.toBase64(kBase64).toStdString() + "\"}");
}

/// What an attacker does after a change, and an accident does not.
QByteArray withNewChecksum(QByteArray data)
{
    data.chop(32);
    ByteArray<32> hash;
    crypto_generichash(hash.data(), hash.size(), bytesOf(data).data(), bytesOf(data).size(), nullptr, 0);
    return data + toQByteArray(hash);
}

} // namespace

class TestSealedEntry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isWhatTheHeaderSays();
    void sealedComesBackOnlyUnderItsKeyAndName();
    void everyChangeOfASealedOneIsDamaged();
    void theLockComesBack();
    void everyDamageOfTheLockShows();
    void noForgedLockOpens();
    void limitsAreChecked_data();
    void limitsAreChecked();
    void foreignLocksAreDamaged_data();
    void foreignLocksAreDamaged();
};

/// Made here step by step, with nothing of ours but the layout.
void TestSealedEntry::isWhatTheHeaderSays()
{
    Counting random;
    const SecretBuffer dataKey = keyOf(1);
    const SecretBuffer master = deriveMasterKey(parameters(), text("open sesame"));
    const QByteArray lock
        = dataOf(LockEntry(LockState::Wrapping, parameters(), dataKey, master, random).encoded());
    QCOMPARE(lock.size(), 138);
    QCOMPARE(lock.first(18).toHex(),
        QByteArray("0102"
                   "0100000000000000"
                   "0020000000000000"));
    QCOMPARE(lock.mid(18, 16), QByteArray(16, '\7'));
    ByteArray<32> key;
    QCOMPARE(crypto_pwhash(key.data(), 32, "open sesame", 11, bytesOf(lock).data() + 18, 1, 8192,
                 crypto_pwhash_ALG_ARGON2ID13),
        0);
    ByteArray<32> opened;
    QCOMPARE(
        crypto_aead_xchacha20poly1305_ietf_decrypt(opened.data(), nullptr, nullptr, bytesOf(lock).data() + 58,
            48, bytesOf(lock).data(), 34, bytesOf(lock).data() + 34, key.data()),
        0);
    QCOMPARE(toQByteArray(opened), QByteArray(32, '\1'));

    const QByteArray sealed = dataOf(sealEntry(u"profil\u00e9"_s, text("value"), dataKey, random));
    QCOMPARE(sealed.size(), 24 + 5 + 16);
    ByteArray<5> value;
    const QByteArray name("profil\xc3\xa9");
    QCOMPARE(crypto_aead_xchacha20poly1305_ietf_decrypt(value.data(), nullptr, nullptr,
                 bytesOf(sealed).data() + 24, 21, bytesOf(name).data(), bytesOf(name).size(),
                 bytesOf(sealed).data(), opened.data()),
        0);
    QCOMPARE(toQByteArray(value), QByteArray("value"));
}

void TestSealedEntry::sealedComesBackOnlyUnderItsKeyAndName()
{
    SystemRandom random;
    const SecretBuffer sealed = sealEntry(u"a"_s, text("value"), keyOf(1), random);
    QVERIFY(
        !sealEntry(u"a"_s, text("value"), keyOf(1), random).equals(sealed)); // tells nothing of equal ones
    const auto stored = decodeStoredSecret(sealed);
    QCOMPARE(openEntry(u"a"_s, *stored, keyOf(1)).value().text(), std::string_view("value"));
    QCOMPARE(openEntry(u"b"_s, *stored, keyOf(1)).error().code, ErrorCode::Damaged);
    QCOMPARE(openEntry(u"a"_s, *stored, keyOf(2)).error().code, ErrorCode::Damaged);
    QCOMPARE(openEntry(u"a"_s, *stored, {}).error().code, ErrorCode::Damaged);
    QCOMPARE(openEntry(u"a"_s, {SecretType::Nsec, stored->data.clone()}, keyOf(1)).error().code,
        ErrorCode::Damaged);
}

void TestSealedEntry::everyChangeOfASealedOneIsDamaged()
{
    SystemRandom random;
    const auto stored = decodeStoredSecret(sealEntry(u"a"_s, text("value"), keyOf(1), random));
    const std::string whole(stored->data.text());
    const auto open = [](std::string_view data) {
        return openEntry(u"a"_s, {SecretType::Sealed, text(data)}, keyOf(1));
    };
    QVERIFY(open(whole));
    for (std::size_t at = 0; at < whole.size(); ++at) {
        QVERIFY(!open(whole.substr(0, at)));
        for (const char other : std::string_view("A+/=! \n")) {
            std::string changed = whole;
            changed[at] = other;
            QVERIFY(changed == whole || !open(changed));
        }
    }
    for (const char* more : {"=", "A", " "})
        QVERIFY(!open(whole + more));
}

void TestSealedEntry::theLockComesBack()
{
    SystemRandom random;
    const SecretBuffer master = keyOf(9);
    for (const LockState state : {LockState::Done, LockState::Wrapping, LockState::Unwrapping}) {
        const LockEntry entry(state, parameters(), keyOf(1), master, random);
        const auto back = LockEntry::parse(entry.encoded());
        QVERIFY(back.has_value());
        QVERIFY(*back == entry);
        QCOMPARE(back->state(), state);
        QCOMPARE(back->parameters(), parameters());
        QVERIFY(back->open(master).value()->equals(keyOf(1)));
        QCOMPARE(back->open(keyOf(8)).error().code, ErrorCode::WrongPassphrase);
    }
}

void TestSealedEntry::everyDamageOfTheLockShows()
{
    SystemRandom random;
    const QByteArray whole
        = dataOf(LockEntry(LockState::Done, parameters(), keyOf(1), keyOf(9), random).encoded());
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        QCOMPARE(LockEntry::parse(lockOf(flipped)).error().code, ErrorCode::Damaged);
        if (at > 0)
            QCOMPARE(LockEntry::parse(lockOf(whole.first(at))).error().code, ErrorCode::Damaged);
    }
    QVERIFY(LockEntry::parse(lockOf(whole)));
    QCOMPARE(LockEntry::parse(lockOf(whole + 'x')).error().code, ErrorCode::Damaged);
}

void TestSealedEntry::noForgedLockOpens()
{
    SystemRandom random;
    const QByteArray whole
        = dataOf(LockEntry(LockState::Done, parameters(), keyOf(1), keyOf(9), random).encoded());
    for (qsizetype at = 0; at < whole.size() - 32; ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
            const auto parsed = LockEntry::parse(lockOf(withNewChecksum(flipped)));
            QVERIFY(!parsed || !parsed->open(keyOf(9))); // not even another state is taken
        }
    }
}

void TestSealedEntry::limitsAreChecked_data()
{
    QTest::addColumn<quint64>("passes");
    QTest::addColumn<quint64>("memory");
    QTest::newRow("17 passes") << quint64{17} << quint64{8192};
    QTest::newRow("no pass") << quint64{0} << quint64{8192};
    QTest::newRow("all passes") << ~quint64{0} << quint64{8192};
    QTest::newRow("over 1 GiB") << quint64{1} << quint64{(1u << 30) + 1};
    QTest::newRow("all memory") << quint64{1} << ~quint64{0};
    QTest::newRow("next to no memory") << quint64{1} << quint64{8191};
}

void TestSealedEntry::limitsAreChecked()
{
    QFETCH(quint64, passes);
    QFETCH(quint64, memory);
    SystemRandom random;
    KeyParameters foreign = parameters();
    foreign.opsLimit = passes;
    foreign.memLimit = memory;
    const LockEntry entry(LockState::Done, foreign, keyOf(1), keyOf(9), random);
    QCOMPARE(LockEntry::parse(entry.encoded()).error().code, ErrorCode::Damaged);
}

void TestSealedEntry::foreignLocksAreDamaged_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("another type") << QByteArray(R"({"v":1,"type":"sealed","data":"AQ"})");
    QTest::newRow("another version") << QByteArray(R"({"v":2,"type":"lock","data":"AQ"})");
    QTest::newRow("another format") << QByteArray(R"({"v":1,"type":"lock","data":"Ag"})");
    QTest::newRow("cut short") << QByteArray(R"({"v":1,"type":"lock","data":"AQ"})");
    QTest::newRow("not base64url") << QByteArray(R"({"v":1,"type":"lock","data":"A+=="})");
}

void TestSealedEntry::foreignLocksAreDamaged()
{
    QFETCH(QByteArray, value);
    QCOMPARE(LockEntry::parse(text(value.toStdString())).error().code, ErrorCode::Damaged);
}

QTEST_GUILESS_MAIN(TestSealedEntry)
#include "tst_sealedentry.moc"
