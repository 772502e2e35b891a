// SPDX-License-Identifier: MIT
#include "core/codec/Hex.h"
#include "core/crypto/Ciphers.h"
#include "core/crypto/Hash.h"
#include "core/crypto/Hkdf.h"
#include "core/nostr/Nip44.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hatstand;
using namespace hatstand::nostr;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray raw(const QJsonValue& hex)
{
    return QByteArray::fromHex(hex.toString().toLatin1());
}

SecretBuffer secret(const QByteArray& bytes)
{
    return SecretBuffer::copyOf(bytesOf(bytes));
}

QByteArray shown(const Result<SecretBuffer>& buffer)
{
    return toQByteArray(buffer.value().view());
}

/// Draws what the vector says was drawn.
class Drawn final : public Random
{
public:
    explicit Drawn(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
    }
    void fill(MutableBytes out) override { std::copy_n(m_bytes.begin(), out.size(), out.begin()); }

private:
    QByteArray m_bytes;
};

QJsonObject vectors(const QString& kind)
{
    QFile file(QFINDTESTDATA("../data/nip44.vectors.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("tests/data/nip44.vectors.json can't be read");
    return QJsonDocument::fromJson(file.readAll()).object()["v2"_L1].toObject()[kind].toObject();
}

const SecretBuffer& someKey()
{
    static const SecretBuffer key = secret(QByteArray(32, 'k'));
    return key;
}

QByteArray sealed(const QByteArray& plaintext)
{
    return nip44::encrypt(someKey(), bytesOf(plaintext), *std::make_unique<SystemRandom>()).value();
}

/// With a right MAC over whatever is inside, as only who has the key can make it.
QByteArray sealedAsIs(const QByteArray& padded, int version = 2)
{
    const QByteArray nonce(32, 'n');
    const SecretBuffer keys = crypto::hkdfExpand(someKey(), bytesOf(nonce), 76);
    QByteArray text = padded;
    const MutableBytes inPlace(reinterpret_cast<std::uint8_t*>(text.data()), std::size_t(text.size()));
    crypto::chacha20(keys.view().first(32), keys.view().subspan(32, 12), inPlace, inPlace);
    const auto mac = crypto::hmacSha256(keys.view().subspan(44, 32), {bytesOf(nonce), bytesOf(text)});
    return (QByteArray(1, char(version)) + nonce + text + toQByteArray(mac)).toBase64();
}

} // namespace

class TestNip44 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void conversationKeysAsPublished();
    void conversationKeysWithWhatIsNoKey();
    void paddingAsPublished();
    void messagesAsPublished();
    void longMessagesAsPublished();
    void messageKeysAsPublished();
    void lengthsThatCanNotBe();
    void payloadsThatMustBeRefused();
    void bothSidesReadTheSame();
    void aFreshNonceEachTime();
    void anyChangedBitIsNoticed();
    void refusals_data();
    void refusals();
    void paddingIsChecked();
};

void TestNip44::conversationKeysAsPublished()
{
    const QJsonArray cases = vectors(u"valid"_s)["get_conversation_key"_L1].toArray();
    QCOMPARE(cases.size(), 35);
    for (const QJsonValue& one : cases) {
        const auto key = nip44::conversationKey(SecretKey::fromBytes(secret(raw(one["sec1"_L1]))).value(),
            PublicKey::fromBytes(bytesOf(raw(one["pub2"_L1]))).value());
        QCOMPARE(shown(key).toHex(), one["conversation_key"_L1].toString().toLatin1());
    }
}

void TestNip44::conversationKeysWithWhatIsNoKey()
{
    const QJsonArray cases = vectors(u"invalid"_s)["get_conversation_key"_L1].toArray();
    QCOMPARE(cases.size(), 8);
    for (const QJsonValue& one : cases) {
        const bool bothAre = SecretKey::fromBytes(secret(raw(one["sec1"_L1])))
            && PublicKey::fromBytes(bytesOf(raw(one["pub2"_L1])));
        QVERIFY2(!bothAre, qPrintable(one["note"_L1].toString()));
    }
}

void TestNip44::paddingAsPublished()
{
    const QJsonArray cases = vectors(u"valid"_s)["calc_padded_len"_L1].toArray();
    QCOMPARE(cases.size(), 24);
    for (const QJsonValue& one : cases)
        QCOMPARE(nip44::paddedSize(std::size_t(one[0].toInt())), std::size_t(one[1].toInt()));
}

void TestNip44::messagesAsPublished()
{
    const QJsonArray cases = vectors(u"valid"_s)["encrypt_decrypt"_L1].toArray();
    QCOMPARE(cases.size(), 10);
    for (const QJsonValue& one : cases) {
        const auto first = SecretKey::fromBytes(secret(raw(one["sec1"_L1]))).value();
        const auto second = SecretKey::fromBytes(secret(raw(one["sec2"_L1]))).value();
        const auto key = nip44::conversationKey(first, second.publicKey()).value();
        QCOMPARE(toQByteArray(key.view()), raw(one["conversation_key"_L1]));
        const QByteArray plaintext = one["plaintext"_L1].toString().toUtf8();
        const QByteArray payload = one["payload"_L1].toString().toLatin1();
        Drawn nonce(raw(one["nonce"_L1]));
        QCOMPARE(nip44::encrypt(key, bytesOf(plaintext), nonce).value(), payload);
        QCOMPARE(shown(nip44::decrypt(key, payload)), plaintext);
    }
}

void TestNip44::longMessagesAsPublished()
{
    const QJsonArray cases = vectors(u"valid"_s)["encrypt_decrypt_long_msg"_L1].toArray();
    QCOMPARE(cases.size(), 3);
    for (const QJsonValue& one : cases) {
        const SecretBuffer key = secret(raw(one["conversation_key"_L1]));
        const QByteArray plaintext = one["pattern"_L1].toString().repeated(one["repeat"_L1].toInt()).toUtf8();
        QCOMPARE(toQByteArray(crypto::sha256(bytesOf(plaintext))), raw(one["plaintext_sha256"_L1]));
        Drawn nonce(raw(one["nonce"_L1]));
        const QByteArray payload = nip44::encrypt(key, bytesOf(plaintext), nonce).value();
        QCOMPARE(toQByteArray(crypto::sha256(bytesOf(payload))), raw(one["payload_sha256"_L1]));
        QCOMPARE(shown(nip44::decrypt(key, payload)), plaintext);
    }
}

void TestNip44::messageKeysAsPublished()
{
    const QJsonObject all = vectors(u"valid"_s)["get_message_keys"_L1].toObject();
    const SecretBuffer key = secret(raw(all["conversation_key"_L1]));
    const QJsonArray cases = all["keys"_L1].toArray();
    QCOMPARE(cases.size(), 32);
    for (const QJsonValue& one : cases) {
        const SecretBuffer keys = crypto::hkdfExpand(key, bytesOf(raw(one["nonce"_L1])), 76);
        QCOMPARE(toQByteArray(keys.view()),
            raw(one["chacha_key"_L1]) + raw(one["chacha_nonce"_L1]) + raw(one["hmac_key"_L1]));
    }
}

void TestNip44::lengthsThatCanNotBe()
{
    const QJsonArray cases = vectors(u"invalid"_s)["encrypt_msg_lengths"_L1].toArray();
    QCOMPARE(cases.size(), 4);
    for (const QJsonValue& one : cases) {
        SystemRandom random;
        const QByteArray plaintext(one.toInt(), 'x');
        const auto payload = nip44::encrypt(someKey(), bytesOf(plaintext), random);
        QVERIFY(!payload);
        QCOMPARE(payload.error().why, plaintext.isEmpty() ? Why::Empty : Why::TooLarge);
    }
}

void TestNip44::payloadsThatMustBeRefused()
{
    const QJsonArray cases = vectors(u"invalid"_s)["decrypt"_L1].toArray();
    QCOMPARE(cases.size(), 12);
    for (const QJsonValue& one : cases) {
        const QString note = one["note"_L1].toString();
        const auto text
            = nip44::decrypt(secret(raw(one["conversation_key"_L1])), one["payload"_L1].toString().toUtf8());
        QVERIFY2(!text, qPrintable(note));
        const Why why = text.error().why;
        QCOMPARE(text.error().code, ErrorCode::InvalidInput);
        if (note.startsWith("unknown encryption version"_L1))
            QCOMPARE(why, Why::UnsupportedVersion);
        else if (note == "invalid MAC"_L1)
            QCOMPARE(why, Why::ChecksumWrong);
        else if (note == "invalid base64"_L1 || note == "invalid padding"_L1)
            QCOMPARE(why, Why::NotThisForm);
        else
            QVERIFY2(why == Why::Empty || why == Why::CutShort, qPrintable(note));
    }
}

void TestNip44::bothSidesReadTheSame()
{
    SystemRandom random;
    const SecretKey one = SecretKey::generate(random);
    const SecretKey other = SecretKey::generate(random);
    const auto there = nip44::conversationKey(one, other.publicKey()).value();
    const auto back = nip44::conversationKey(other, one.publicKey()).value();
    QVERIFY(there.equals(back));
    for (const int size : {1, 2, 31, 32, 33, 64, 65, 255, 256, 257, 1024, 65534, 65535}) {
        const QByteArray plaintext(size, 'p');
        const QByteArray payload = nip44::encrypt(there, bytesOf(plaintext), random).value();
        QCOMPARE(shown(nip44::decrypt(back, payload)), plaintext);
    }
    const auto stranger = nip44::conversationKey(SecretKey::generate(random), one.publicKey()).value();
    QCOMPARE(nip44::decrypt(stranger, nip44::encrypt(there, bytesOf("hi"_ba), random).value()).error().why,
        Why::ChecksumWrong);
}

void TestNip44::aFreshNonceEachTime()
{
    QVERIFY(sealed("the same") != sealed("the same"));
}

void TestNip44::anyChangedBitIsNoticed()
{
    const QByteArray payload = QByteArray::fromBase64(sealed("attack at dawn"));
    for (int bit = 8; bit < payload.size() * 8; ++bit) { // the first byte is the version
        QByteArray changed = payload;
        changed[bit / 8] = char(changed[bit / 8] ^ (1 << bit % 8));
        QCOMPARE(nip44::decrypt(someKey(), changed.toBase64()).error().why, Why::ChecksumWrong);
    }
}

void TestNip44::refusals_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<Error>("expected");
    const auto row
        = [](const char* name, const QByteArray& payload, Why why, qint64 have = 0, qint64 want = 0) {
              QTest::newRow(name) << payload << Error{ErrorCode::InvalidInput, why, {}, have, want};
          };
    const QByteArray good = sealedAsIs(QByteArray::fromHex("0001") + QByteArray(32, 'x'));
    row("empty", "", Why::Empty);
    row("later version", "#anything at all", Why::UnsupportedVersion);
    row("131 characters", good.left(131), Why::CutShort, 131, 132);
    row("98 bytes", (QByteArray("\2") + QByteArray(97, 'x')).toBase64(), Why::CutShort, 98, 99);
    row("65604 bytes", (QByteArray("\2") + QByteArray(65603, 'x')).toBase64(), Why::TooLong, 65604, 65603);
    row("1 MiB", QByteArray(1024 * 1024, 'A'), Why::TooLong, 1024 * 1024, 87472);
    row("version 1", sealedAsIs(QByteArray(34, 'x'), 1), Why::UnsupportedVersion, 1);
    row("version 3", sealedAsIs(QByteArray(34, 'x'), 3), Why::UnsupportedVersion, 3);
    row("white space", good.left(66) + '\n' + good.mid(66), Why::NotThisForm);
    row("URL alphabet", '-' + good.mid(1), Why::NotThisForm);
    QByteArray odd = sealed(QByteArray(70, 'x')); // ends in "=="
    row("no padding where there should be", odd.chopped(2), Why::NotThisForm);
    odd[odd.size() - 3] = char(odd[odd.size() - 3] + 1); // bits that stand for nothing
    row("bits left over", odd, Why::NotThisForm);
    row("nul byte", good.left(50) + '\0' + good.mid(51), Why::NotThisForm);
}

void TestNip44::refusals()
{
    QFETCH(QByteArray, payload);
    QFETCH(Error, expected);
    const auto text = nip44::decrypt(someKey(), payload);
    QVERIFY(!text);
    QCOMPARE(text.error(), expected);
}

void TestNip44::paddingIsChecked()
{
    const auto inside = [](const QByteArray& lengthHex, int size) {
        return nip44::decrypt(someKey(), sealedAsIs(QByteArray::fromHex(lengthHex) + QByteArray(size, 'x')));
    };
    QCOMPARE(shown(inside("0003", 32)), "xxx"_ba);
    QCOMPARE(inside("0000", 32).error().why, Why::NotThisForm); // nothing in it
    QCOMPARE(inside("0021", 32).error().why, Why::NotThisForm); // more than there is
    QCOMPARE(inside("ffff", 32).error().why, Why::NotThisForm);
    QCOMPARE(inside("0003", 64).error().why, Why::NotThisForm); // more padding than NIP-44 says
    QCOMPARE(inside("0003", 33).error().why, Why::NotThisForm);
}

QTEST_GUILESS_MAIN(TestNip44)
#include "tst_nip44.moc"
