// SPDX-License-Identifier: MIT
// Hatstand's keys, names, events and signatures behind a pipe: a JSON object a line in, one a line out. For
// tests with made-up keys only, since secrets pass through it as plain text.
#include "tests/interop/Probe.h"

#include "core/antelope/Keys.h"
#include "core/antelope/Name.h"
#include "core/codec/Hex.h"
#include "core/nostr/Event.h"
#include "core/nostr/Nip04.h"
#include "core/nostr/Nip44.h"
#include "core/nostr/Nip49.h"

#include <QJsonDocument>
#include <iostream>
#include <string>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

namespace {

using probe::Answer;

SecretBuffer secretOf(const QJsonObject& args, QLatin1StringView field)
{
    return SecretBuffer::copyOf(args[field].toString().toStdString());
}

QString shown(const SecretBuffer& text)
{
    return QString::fromUtf8(text.text().data(), static_cast<qsizetype>(text.size()));
}

Result<ByteArray<32>> digestOf(const QJsonObject& args)
{
    const auto raw = codec::fromHex(args["digest"_L1].toString().toStdString());
    if (!raw || raw->size() != 32)
        return refuse(Why::BadDigest);
    ByteArray<32> digest{};
    std::copy(raw->begin(), raw->end(), digest.begin());
    return digest;
}

QJsonObject describe(const nostr::SecretKey& key)
{
    return {{u"nsec"_s, shown(key.nsec())}, {u"pubkey"_s, key.publicKey().hex()},
        {u"npub"_s, key.publicKey().npub()}};
}

Answer nostrKey(const QJsonObject& args)
{
    return nostr::SecretKey::parse(secretOf(args, "text"_L1)).map(describe);
}

Answer nostrPublic(const QJsonObject& args)
{
    return nostr::PublicKey::parse(args["text"_L1].toString()).map([](const nostr::PublicKey& key) {
        return QJsonObject{{u"hex"_s, key.hex()}, {u"npub"_s, key.npub()}};
    });
}

Answer nostrSign(const QJsonObject& args)
{
    const auto key = nostr::SecretKey::parse(secretOf(args, "text"_L1));
    const auto event = nostr::parseUnsigned(args["event"_L1].toString().toUtf8());
    if (!key || !event)
        return fail(key ? event.error() : key.error());
    SystemRandom random;
    return nostr::sign(*event, *key, 0, random).map([](const nostr::Event& made) {
        return QJsonObject{{u"event"_s, QString::fromUtf8(nostr::toJson(made))}};
    });
}

Answer nostrVerify(const QJsonObject& args)
{
    return nostr::parseSigned(args["event"_L1].toString().toUtf8()).map([](const nostr::Event&) {
        return QJsonObject();
    });
}

Answer nostrEncrypt(const QJsonObject& args)
{
    const auto key = nostr::SecretKey::parse(secretOf(args, "text"_L1));
    if (!key)
        return fail(key.error());
    SystemRandom random;
    return nostr::nip49::encrypt(*key, secretOf(args, "passphrase"_L1), random, args["logN"_L1].toInt())
        .map([](const QByteArray& text) {
            return QJsonObject{{u"ncryptsec"_s, QString::fromLatin1(text)}};
        });
}

Answer nostrDecrypt(const QJsonObject& args)
{
    return nostr::nip49::decrypt(secretOf(args, "text"_L1), secretOf(args, "passphrase"_L1)).map(describe);
}

using MakeKey = Result<SecretBuffer> (*)(const nostr::SecretKey&, const nostr::PublicKey&);
using Encrypt = Result<QByteArray> (*)(const SecretBuffer&, Bytes, Random&);
using Decrypt = Result<SecretBuffer> (*)(const SecretBuffer&, const QByteArray&);

/// args: the own key as "text", the other's as "pubkey".
Result<SecretBuffer> sharedBy(MakeKey make, const QJsonObject& args)
{
    const auto mine = nostr::SecretKey::parse(secretOf(args, "text"_L1));
    const auto theirs = nostr::PublicKey::parse(args["pubkey"_L1].toString());
    if (!mine || !theirs)
        return fail(mine ? theirs.error() : mine.error());
    return make(*mine, *theirs);
}

template <MakeKey make, Encrypt encrypt>
Answer messageEncrypt(const QJsonObject& args)
{
    return sharedBy(make, args).and_then([&](const SecretBuffer& key) {
        SystemRandom random;
        return encrypt(key, secretOf(args, "plaintext"_L1).view(), random).map([](const QByteArray& made) {
            return QJsonObject{{u"payload"_s, QString::fromLatin1(made)}};
        });
    });
}

template <MakeKey make, Decrypt decrypt>
Answer messageDecrypt(const QJsonObject& args)
{
    return sharedBy(make, args).and_then([&](const SecretBuffer& key) {
        return decrypt(key, args["payload"_L1].toString().toUtf8()).map([](const SecretBuffer& text) {
            return QJsonObject{{u"plaintext"_s, shown(text)}};
        });
    });
}

Answer antelopeKey(const QJsonObject& args)
{
    return antelope::PrivateKey::parse(secretOf(args, "text"_L1)).map([](const antelope::PrivateKey& key) {
        const antelope::PublicKey own = key.publicKey();
        return QJsonObject{{u"text"_s, shown(key.text())}, {u"public"_s, own.text()},
            {u"legacyEos"_s, own.legacyText(u"EOS"_s)}, {u"legacyFio"_s, own.legacyText(u"FIO"_s)}};
    });
}

Answer antelopePublic(const QJsonObject& args)
{
    return antelope::PublicKey::parse(args["text"_L1].toString()).map([](const antelope::PublicKey& key) {
        return QJsonObject{{u"text"_s, key.text()}};
    });
}

Answer antelopeSign(const QJsonObject& args)
{
    const auto key = antelope::PrivateKey::parse(secretOf(args, "text"_L1));
    const auto digest = digestOf(args);
    if (!key || !digest)
        return fail(key ? digest.error() : key.error());
    return key->sign(*digest).map([](const QString& text) { return QJsonObject{{u"signature"_s, text}}; });
}

Answer antelopeRecover(const QJsonObject& args)
{
    const auto digest = digestOf(args);
    if (!digest)
        return fail(digest.error());
    return antelope::recover(args["signature"_L1].toString(), *digest)
        .map([](const antelope::PublicKey& key) {
            return QJsonObject{{u"public"_s, key.text()}};
        });
}

Answer antelopeName(const QJsonObject& args)
{
    return antelope::Name::parse(args["text"_L1].toString()).map([](const antelope::Name& name) {
        return QJsonObject{{u"value"_s, QString::number(name.value())}, {u"text"_s, name.text()}};
    });
}

Answer antelopeNameText(const QJsonObject& args)
{
    const quint64 value = args["value"_L1].toString().toULongLong();
    return QJsonObject{{u"text"_s, antelope::Name::fromValue(value).text()}};
}

} // namespace

int main()
{
    probe::Operations operations{
        {u"nostr.key"_s, nostrKey},
        {u"nostr.public"_s, nostrPublic},
        {u"nostr.sign"_s, nostrSign},
        {u"nostr.verify"_s, nostrVerify},
        {u"nostr.encrypt"_s, nostrEncrypt},
        {u"nostr.decrypt"_s, nostrDecrypt},
        {u"nip04.encrypt"_s, messageEncrypt<nostr::nip04::sharedKey, nostr::nip04::encrypt>},
        {u"nip04.decrypt"_s, messageDecrypt<nostr::nip04::sharedKey, nostr::nip04::decrypt>},
        {u"nip44.encrypt"_s, messageEncrypt<nostr::nip44::conversationKey, nostr::nip44::encrypt>},
        {u"nip44.decrypt"_s, messageDecrypt<nostr::nip44::conversationKey, nostr::nip44::decrypt>},
        {u"antelope.key"_s, antelopeKey},
        {u"antelope.public"_s, antelopePublic},
        {u"antelope.sign"_s, antelopeSign},
        {u"antelope.recover"_s, antelopeRecover},
        {u"antelope.name"_s, antelopeName},
        {u"antelope.nameText"_s, antelopeNameText},
    };
    operations.insert(probe::antelopeOperations());
    for (std::string line; std::getline(std::cin, line);) {
        const QJsonObject args = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        const auto operation = operations.value(args["op"_L1].toString());
        const Answer answer = operation ? operation(args) : fail(ErrorCode::Usage);
        const QJsonObject out = answer ? *answer
                                       : QJsonObject{{u"error"_s, QString(name(answer.error().code))},
                                           {u"why"_s, int(answer.error().why)}};
        std::cout << QJsonDocument(out).toJson(QJsonDocument::Compact).toStdString() << std::endl;
    }
    return 0;
}
