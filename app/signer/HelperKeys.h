// SPDX-License-Identifier: MIT
#pragma once

#include "app/signer/SignerLink.h"
#include "core/signing/KeyHolder.h"

namespace hatstand::app {

/// Has the signer process use the keys.
class HelperKeys final : public signing::KeyHolder
{
public:
    explicit HelperKeys(SignerLink& link)
        : m_link(link)
    {
    }

    void publicKey(
        const signing::KeyRef& key, SharedSecret passphrase, Callback<signing::KeyAnswer> done) override;
    void signEvent(const signing::KeyRef& key, const QByteArray& unsignedEvent, qint64 createdAt,
        SharedSecret passphrase, Callback<signing::KeyAnswer> done) override;
    void signDigest(const signing::KeyRef& key, const ByteArray<32>& digest, SharedSecret passphrase,
        Callback<signing::KeyAnswer> done) override;
    void exportKey(const signing::KeyRef& key, SharedDescriptor to, SharedSecret passphrase,
        Callback<signing::KeyAnswer> done) override;
    void exportEncrypted(const signing::KeyRef& key, SharedSecret newPassphrase, SharedSecret passphrase,
        Callback<signing::KeyAnswer> done) override;
    void encrypt(const signing::KeyRef& key, signing::Encryption how, const QString& peer,
        SharedSecret plaintext, SharedSecret passphrase, Callback<signing::KeyAnswer> done) override;
    void decrypt(const signing::KeyRef& key, signing::Encryption how, const QString& peer,
        const QByteArray& payload, SharedSecret passphrase, Callback<signing::KeyAnswer> done) override;
    void openNcryptsec(
        SharedSecret ncryptsec, SharedSecret passphrase, Callback<signing::KeyAnswer> done) override;

private:
    void ask(Message request, Callback<signing::KeyAnswer> done);
    SignerLink& m_link;
};

} // namespace hatstand::app
