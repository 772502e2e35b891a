// SPDX-License-Identifier: MIT
#include "core/base/Error.h"

namespace hatstand {
namespace {

struct Row
{
    QLatin1StringView name;
    int exit;
};

Row row(ErrorCode code)
{
    using namespace Qt::Literals::StringLiterals;
    switch (code) {
    case ErrorCode::Failed:
        return {"failed"_L1, 1};
    case ErrorCode::Busy:
        return {"busy"_L1, 1};
    case ErrorCode::Disk:
        return {"disk"_L1, 1};
    case ErrorCode::Damaged:
        return {"damaged"_L1, 1};
    case ErrorCode::NewerDatabase:
        return {"newer-database"_L1, 1};
    case ErrorCode::NoDisplay:
        return {"no-display"_L1, 1};
    case ErrorCode::MovedOrCopied:
        return {"moved-or-copied"_L1, 1};
    case ErrorCode::Usage:
        return {"usage"_L1, 2};
    case ErrorCode::InvalidInput:
        return {"invalid-input"_L1, 2};
    case ErrorCode::UnknownChain:
        return {"unknown-chain"_L1, 2};
    case ErrorCode::KeyMismatch:
        return {"key-mismatch"_L1, 2};
    case ErrorCode::NotFound:
        return {"not-found"_L1, 3};
    case ErrorCode::Ambiguous:
        return {"ambiguous"_L1, 3};
    case ErrorCode::NoActive:
        return {"no-active"_L1, 3};
    case ErrorCode::KeychainUnavailable:
        return {"keychain-unavailable"_L1, 4};
    case ErrorCode::KeychainDenied:
        return {"keychain-denied"_L1, 4};
    case ErrorCode::Locked:
        return {"locked"_L1, 4};
    case ErrorCode::PassphraseRequired:
        return {"passphrase-required"_L1, 4};
    case ErrorCode::WrongPassphrase:
        return {"wrong-passphrase"_L1, 4};
    case ErrorCode::SecretMissing:
        return {"secret-missing"_L1, 4};
    case ErrorCode::Denied:
        return {"denied"_L1, 5};
    case ErrorCode::ApprovalRequired:
        return {"approval-required"_L1, 5};
    case ErrorCode::WrongAccount:
        return {"wrong-account"_L1, 5};
    case ErrorCode::WatchOnly:
        return {"watch-only"_L1, 5};
    case ErrorCode::Expired:
        return {"expired"_L1, 5};
    case ErrorCode::Network:
        return {"network"_L1, 6};
    case ErrorCode::Cancelled:
        return {"cancelled"_L1, 1};
    }
    return {"failed"_L1, 1};
}

} // namespace

QLatin1StringView name(ErrorCode code)
{
    return row(code).name;
}

int exitCode(ErrorCode code)
{
    return row(code).exit;
}

} // namespace hatstand
