// SPDX-License-Identifier: MIT
#include "ui/text/Sentences.h"

#include <QCoreApplication>

namespace hatstand::ui {
namespace {

/// For lupdate: the same context as in Sentences.cpp.
class Sentences
{
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

} // namespace

QString stateSentence(const session::Session& session, secrets::VaultKind vault, bool takesPassphrase)
{
    const bool passphrase = vault == secrets::VaultKind::Passphrase;
    switch (session.state) {
    case session::SessionState::Ready:
        return {};
    case session::SessionState::Locked:
        return takesPassphrase ? Sentences::tr("Hatstand is locked")
                               : Sentences::tr("The keychain is locked");
    case session::SessionState::SecretMissing:
        return passphrase ? Sentences::tr("The passphrase vault has no key for it")
                          : Sentences::tr("The keychain has no key for it");
    case session::SessionState::Damaged:
        return Sentences::tr("The stored data is damaged");
    case session::SessionState::NeedsLogin:
        return session.reason == ErrorCode::KeyMismatch
            ? Sentences::tr("The chain does not take this key any more")
            : Sentences::tr("The remote signer asks for a new login");
    case session::SessionState::Unknown:
        break;
    }
    switch (session.reason) {
    case ErrorCode::KeychainUnavailable:
        return Sentences::tr("No system keychain was found");
    case ErrorCode::KeychainDenied:
        return Sentences::tr("The system keychain refused");
    default:
        return passphrase ? Sentences::tr("The passphrase vault has not been asked yet")
                          : Sentences::tr("The keychain has not been asked yet");
    }
}

QString stateAdvice(const session::Session& session)
{
    switch (session.state) {
    case session::SessionState::Ready:
        return {};
    case session::SessionState::Locked:
        return Sentences::tr("Unlock it");
    case session::SessionState::SecretMissing:
        return Sentences::tr("Add it again with its key");
    case session::SessionState::Damaged:
        return Sentences::tr("Log it out and add it again");
    case session::SessionState::NeedsLogin:
        return session.reason == ErrorCode::KeyMismatch ? Sentences::tr("Add it again with its key")
                                                        : Sentences::tr("Connect it again");
    case session::SessionState::Unknown:
        break;
    }
    switch (session.reason) {
    case ErrorCode::KeychainUnavailable:
        return Sentences::tr("Start the desktop's keychain");
    case ErrorCode::KeychainDenied:
        return Sentences::tr("Allow Hatstand in the keychain");
    default:
        return {};
    }
}

QString signerSentence(session::SignerKind kind)
{
    switch (kind) {
    case session::SignerKind::LocalKey:
        return Sentences::tr("Key on this computer");
    case session::SignerKind::EncryptedKey:
        return Sentences::tr("Encrypted key, passphrase at each use");
    case session::SignerKind::Remote:
        return Sentences::tr("Remote signer");
    case session::SignerKind::WatchOnly:
        return Sentences::tr("Nothing: watch-only");
    }
    return {};
}

QString signerPill(session::SignerKind kind)
{
    switch (kind) {
    case session::SignerKind::Remote:
        return Sentences::tr("Remote");
    case session::SignerKind::EncryptedKey:
        return Sentences::tr("Encrypted");
    case session::SignerKind::WatchOnly:
        return Sentences::tr("Watch-only");
    case session::SignerKind::LocalKey:
        break;
    }
    return {};
}

} // namespace hatstand::ui
