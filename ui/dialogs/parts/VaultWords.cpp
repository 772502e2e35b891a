// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/VaultWords.h"

#include "ui/text/Sentences.h"

#include <QCoreApplication>

namespace hatstand::ui {
namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(VaultWords)
};

} // namespace

QString vaultName(secrets::VaultKind kind)
{
    return kind == secrets::VaultKind::Passphrase ? Words::tr("the passphrase vault")
                                                  : Words::tr("the system keychain");
}

QString waitingText(secrets::VaultKind kind)
{
    return kind == secrets::VaultKind::Passphrase ? Words::tr("Waiting for the passphrase vault…")
                                                  : Words::tr("Waiting for the system keychain…");
}

VaultProblem vaultProblem(const Error& error, secrets::VaultKind kind)
{
    const bool passphrase = kind == secrets::VaultKind::Passphrase;
    switch (error.code) {
    case ErrorCode::Locked:
        return {passphrase ? Words::tr("The passphrase vault is locked.")
                           : Words::tr("The system keychain is locked."),
            Words::tr("Unlock it and try again.")};
    case ErrorCode::KeychainDenied:
        return {Words::tr("The system keychain refused."),
            Words::tr("Allow Hatstand in the keychain and try again.")};
    case ErrorCode::KeychainUnavailable:
        return {Words::tr("The system keychain does not answer."), Words::tr("Start it and try again.")};
    case ErrorCode::Disk:
        return {sentence(error), Words::tr("Make room and try again.")};
    default:
        return {sentence(error), {}};
    }
}

} // namespace hatstand::ui
