// SPDX-License-Identifier: MIT
// Messages of the Anchor protocol by the keys of the vault.
#include "core/antelope/AnchorLink.h"
#include "core/antelope/Keys.h"
#include "core/secrets/StoredSecret.h"
#include "core/signing/AnchorKeys.h"
#include "core/signing/KeyHolder.h"
#include "tests/support/FakeVault.h"

#include <QTest>
#include <QThreadPool>
#include <optional>

using namespace hatstand;
using namespace hatstand::signing;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString kAccount
    = u"antelope:1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4:alice@active"_s;

SecretBuffer number(std::uint8_t value)
{
    SecretBuffer secret(32);
    secret.edit()[31] = value;
    return secret;
}

QString publicOf(std::uint8_t value)
{
    return antelope::PrivateKey::fromBytes(antelope::Curve::K1, number(value)).value().publicKey().text();
}

class Desk
{
public:
    Desk()
    {
        vault.prepare([](const Result<void>& made) {
            if (!made)
                qFatal("no profile");
        });
    }
    ~Desk() { pool.waitForDone(); }

    void keepAnchor(std::uint8_t own, std::uint8_t anchor, const QString& name = u"Phone"_s)
    {
        const AnchorEntry entry{.secret = number(own),
            .signerKey = publicOf(anchor),
            .channel = u"https://cb.anchor.link/1-2-3"_s,
            .name = name};
        vault.put(kAccount, secrets::encode({secrets::SecretType::Anchor, encodeAnchorEntry(entry)}).text());
    }
    QString linkKeyOf(const QString& use)
    {
        const auto answer
            = wait([&](auto done) { keys.publicKey({.id = {}, .derivation = use}, nullptr, done); });
        return linkKey(nostr::PublicKey::parse(answer.value().key.publicKey).value());
    }
    Result<KeyAnswer> open(const QString& use, const QString& from, const QByteArray& message)
    {
        return wait([&](auto done) {
            keys.decrypt({.id = {}, .derivation = use}, Encryption::Sealed, from, message, nullptr, done);
        });
    }
    Result<KeyAnswer> seal(const KeyRef& key, const QString& peer, const QByteArray& text)
    {
        const auto plain = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(bytesOf(text)));
        return wait([&](auto done) { keys.encrypt(key, Encryption::Sealed, peer, plain, nullptr, done); });
    }

    Result<KeyAnswer> wait(const std::function<void(Callback<KeyAnswer>)>& command)
    {
        std::optional<Result<KeyAnswer>> answer;
        command([&](Result<KeyAnswer> result) { answer = std::move(result); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }))
            qFatal("never answered");
        return *answer;
    }

    QThreadPool pool;
    test::FakeVault vault;
    LocalKeys keys{vault, pool};
};

} // namespace

class TestSealedKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDerivedKeyReadsAndWrites_data();
    void aDerivedKeyReadsAndWrites();
    void onlyTheNamedAppIsRead();
    void anAnchorsEntrySeals();
    void anAnchorsEntryDoesNothingElse();
    void anyNameOfADeviceIsKept_data();
    void anyNameOfADeviceIsKept();
    void whatIsNoEntryIsDamaged();
};

void TestSealedKeys::aDerivedKeyReadsAndWrites_data()
{
    QTest::addColumn<QString>("use");
    for (int i = 0; i < 12; ++i) // half of all keys have an odd y
        QTest::addRow("%d", i) << u"anchor-link/%1"_s.arg(i);
}

void TestSealedKeys::aDerivedKeyReadsAndWrites()
{
    QFETCH(QString, use);
    Desk desk;
    const QString link = desk.linkKeyOf(use);
    const QByteArray text = "esr:gmNg";
    const auto to = antelope::sealMessage(number(7).view(), link, 42, bytesOf(text));
    QVERIFY(to);
    const auto opened = desk.open(use, publicOf(7), to->pack());
    QVERIFY(opened);
    QCOMPARE(opened->text, text);

    const auto sealed = desk.seal({.id = {}, .derivation = use}, publicOf(7), text);
    QVERIFY(sealed);
    const auto from = antelope::SealedMessage::unpack(bytesOf(sealed->text));
    QVERIFY(from);
    QCOMPARE(from->from, link);
    const auto read = antelope::openMessage(number(7).view(), *from);
    QVERIFY(read);
    QCOMPARE(toQByteArray(read->view()), text);
}

void TestSealedKeys::onlyTheNamedAppIsRead()
{
    Desk desk;
    const QString use = u"anchor-link/a"_s;
    const auto message
        = antelope::sealMessage(number(7).view(), desk.linkKeyOf(use), 1, bytesOf("esr:gmNg"_ba));
    QVERIFY(message);
    const auto other = desk.open(use, publicOf(8), message->pack());
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::WrongAccount);
    auto renamed = *message; // whoever says to be somebody else can't have sealed it
    renamed.from = publicOf(8);
    QVERIFY(!desk.open(use, publicOf(8), renamed.pack()));
    QVERIFY(!desk.open(u"anchor-link/b"_s, publicOf(7), message->pack()));
    QVERIFY(!desk.open(use, publicOf(7), message->pack().chopped(1)));
}

void TestSealedKeys::anAnchorsEntrySeals()
{
    Desk desk;
    desk.keepAnchor(5, 9);
    const KeyRef key{.id = kAccount, .publicKey = publicOf(3)}; // the account's, which is not here
    for (const QString& peer : {publicOf(9), QString()}) {
        const auto sealed = desk.seal(key, peer, "esr:gmNg");
        QVERIFY(sealed);
        const auto message = antelope::SealedMessage::unpack(bytesOf(sealed->text));
        QVERIFY(message);
        QCOMPARE(message->from, publicOf(5));
        const auto read = antelope::openMessage(number(9).view(), *message);
        QVERIFY(read);
        QCOMPARE(toQByteArray(read->view()), "esr:gmNg");
    }
    const auto other = desk.seal(key, publicOf(8), "esr:gmNg");
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::WrongAccount);
}

void TestSealedKeys::anAnchorsEntryDoesNothingElse()
{
    Desk desk;
    desk.keepAnchor(5, 9);
    QVERIFY(!desk.wait([&](auto done) { desk.keys.signDigest({.id = kAccount}, {}, nullptr, done); }));
    QVERIFY(!desk.wait([&](auto done) {
        desk.keys.decrypt({.id = kAccount}, Encryption::Sealed, publicOf(9), "x", nullptr, done);
    }));
    const auto own = antelope::PrivateKey::fromBytes(antelope::Curve::K1, number(3));
    desk.vault.put(kAccount, secrets::encode({secrets::SecretType::Pvt, own->text()}).text());
    QVERIFY(!desk.seal({.id = kAccount}, publicOf(9), "esr:gmNg")); // an account's own key seals nothing
}

void TestSealedKeys::anyNameOfADeviceIsKept_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : {u"Phone"_s, u""_s, u"Zoë's \"old\" C:\\ 📱 %20"_s})
        QTest::addRow("%s", qPrintable(name)) << name;
}

void TestSealedKeys::anyNameOfADeviceIsKept()
{
    QFETCH(QString, name);
    Desk desk;
    desk.keepAnchor(5, 9, name);
    const auto stored = secrets::decodeStoredSecret(SecretBuffer::copyOf(bytesOf(desk.vault.peek(kAccount))));
    QVERIFY(stored);
    QCOMPARE(stored->type, secrets::SecretType::Anchor);
    const auto entry = decodeAnchorEntry(stored->data);
    QVERIFY(entry);
    QCOMPARE(entry->name, name);
    QCOMPARE(entry->signerKey, publicOf(9));
    QCOMPARE(entry->channel, u"https://cb.anchor.link/1-2-3"_s);
    QVERIFY(entry->secret.equals(number(5)));
}

void TestSealedKeys::whatIsNoEntryIsDamaged()
{
    const auto own = antelope::PrivateKey::fromBytes(antelope::Curve::K1, number(3));
    const QByteArray key = toQByteArray(own->text().view());
    const QByteArray peer = publicOf(9).toLatin1();
    for (const QByteArray& text : {QByteArray(), key, key + ' ' + peer, key + ' ' + peer + " nowhere x",
             key + " EOS " + "https://a.example/b x", peer + ' ' + peer + " https://a.example/b x",
             key + ' ' + peer + " https://a.example/b x y"}) {
        const auto entry = decodeAnchorEntry(SecretBuffer::copyOf(bytesOf(text)));
        QVERIFY(!entry);
        QCOMPARE(entry.error().code, ErrorCode::Damaged);
    }
}

QTEST_GUILESS_MAIN(TestSealedKeys)
#include "tst_sealed_keys.moc"
