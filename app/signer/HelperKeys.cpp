// SPDX-License-Identifier: MIT
#include "app/signer/HelperKeys.h"

#include "core/codec/Hex.h"

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using signing::KeyAnswer;
using signing::KeyRef;

Message command(const QString& what, const KeyRef& key, const SharedSecret& passphrase)
{
    Message message{.head = {{u"do"_s, what}, {u"id"_s, key.id}, {u"publicKey"_s, key.publicKey}}};
    if (!key.derivation.isEmpty())
        message.head.insert("derive"_L1, key.derivation);
    message.add(u"passphrase"_s, passphrase);
    return message;
}

QString schemeOf(signing::Encryption how)
{
    switch (how) {
    case signing::Encryption::Nip44:
        return u"nip44"_s;
    case signing::Encryption::Nip04:
        return u"nip04"_s;
    case signing::Encryption::Sealed:
        break;
    }
    return u"sealed"_s;
}

Message command(const QString& what, const KeyRef& key, signing::Encryption how, const QString& peer,
    const SharedSecret& passphrase)
{
    Message message = command(what, key, passphrase);
    message.head.insert("scheme"_L1, schemeOf(how));
    message.head.insert("peer"_L1, peer);
    return message;
}

} // namespace

void HelperKeys::ask(Message request, Callback<KeyAnswer> done)
{
    m_link.request(std::move(request), [done = std::move(done)](const Result<SharedMessage>& answer) {
        done(answer.map([](const SharedMessage& message) {
            const QJsonObject& head = message->head;
            return KeyAnswer{message->bytes(u"text"_s),
                {secrets::SecretType(head.value("type"_L1).toInt()), head.value("publicKey"_L1).toString()}};
        }));
    });
}

void HelperKeys::publicKey(const KeyRef& key, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    ask(command(u"public-key"_s, key, passphrase), std::move(done));
}

void HelperKeys::signEvent(const KeyRef& key, const QByteArray& unsignedEvent, qint64 createdAt,
    SharedSecret passphrase, Callback<KeyAnswer> done)
{
    Message request = command(u"sign-event"_s, key, passphrase);
    request.head.insert("createdAt"_L1, createdAt);
    request.add(u"event"_s, unsignedEvent);
    ask(std::move(request), std::move(done));
}

void HelperKeys::signDigest(
    const KeyRef& key, const ByteArray<32>& digest, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    Message request = command(u"sign-digest"_s, key, passphrase);
    request.head.insert("digest"_L1, codec::toHex(digest));
    ask(std::move(request), std::move(done));
}

void HelperKeys::exportKey(
    const KeyRef& key, SharedDescriptor to, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    Message request = command(u"export-key"_s, key, passphrase);
    request.descriptor = std::move(to);
    ask(std::move(request), std::move(done));
}

void HelperKeys::exportEncrypted(
    const KeyRef& key, SharedSecret newPassphrase, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    Message request = command(u"export-encrypted"_s, key, passphrase);
    request.add(u"new"_s, newPassphrase);
    ask(std::move(request), std::move(done));
}

void HelperKeys::encrypt(const KeyRef& key, signing::Encryption how, const QString& peer,
    SharedSecret plaintext, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    Message request = command(u"encrypt"_s, key, how, peer, passphrase);
    request.add(u"plain"_s, plaintext);
    ask(std::move(request), std::move(done));
}

void HelperKeys::decrypt(const KeyRef& key, signing::Encryption how, const QString& peer,
    const QByteArray& payload, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    Message request = command(u"decrypt"_s, key, how, peer, passphrase);
    request.add(u"payload"_s, payload);
    ask(std::move(request), std::move(done));
}

void HelperKeys::openNcryptsec(SharedSecret ncryptsec, SharedSecret passphrase, Callback<KeyAnswer> done)
{
    Message request{.head = {{u"do"_s, u"open-ncryptsec"_s}}};
    request.add(u"ncryptsec"_s, ncryptsec);
    request.add(u"passphrase"_s, passphrase);
    ask(std::move(request), std::move(done));
}

} // namespace hatstand::app
