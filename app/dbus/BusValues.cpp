// SPDX-License-Identifier: MIT
#include "app/dbus/BusValues.h"

#include "ui/text/Sentences.h"

#include <QDateTime>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

QLatin1StringView busName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound:
    case ErrorCode::NoActive:
        return "NotFound"_L1;
    case ErrorCode::Ambiguous:
        return "Ambiguous"_L1;
    case ErrorCode::Locked:
    case ErrorCode::PassphraseRequired:
    case ErrorCode::WrongPassphrase:
        return "Locked"_L1;
    case ErrorCode::Denied:
    case ErrorCode::KeychainDenied:
    case ErrorCode::ApprovalRequired:
    case ErrorCode::Expired:
    case ErrorCode::Cancelled:
        return "Denied"_L1;
    case ErrorCode::WrongAccount:
        return "WrongAccount"_L1;
    case ErrorCode::Usage:
    case ErrorCode::InvalidInput:
    case ErrorCode::UnknownChain:
    case ErrorCode::KeyMismatch:
        return "InvalidArgument"_L1;
    case ErrorCode::KeychainUnavailable:
    case ErrorCode::SecretMissing:
    case ErrorCode::WatchOnly:
    case ErrorCode::NoDisplay:
        return "Unavailable"_L1;
    case ErrorCode::Network:
        return "Network"_L1;
    case ErrorCode::Busy:
        return "Busy"_L1;
    case ErrorCode::Failed:
    case ErrorCode::Disk:
    case ErrorCode::Damaged:
    case ErrorCode::NewerDatabase:
    case ErrorCode::MovedOrCopied:
        return "Failed"_L1;
    }
    return "Failed"_L1;
}

} // namespace

QVariantMap toBus(const QVariantMap& fields)
{
    QVariantMap map;
    for (auto it = fields.cbegin(); it != fields.cend(); ++it) {
        if (!it->isValid() || it->isNull() || it->typeId() == QMetaType::Nullptr)
            continue;
        switch (it->typeId()) {
        case QMetaType::QDateTime:
            map.insert(it.key(), it->toDateTime().toMSecsSinceEpoch());
            break;
        case QMetaType::QVariantMap:
            map.insert(it.key(), toBus(it->toMap()));
            break;
        default:
            map.insert(it.key(), *it);
        }
    }
    return map;
}

QDBusMessage errorReply(const QDBusMessage& call, const Error& error)
{
    return call.createErrorReply("org.hatstand.Error."_L1 + busName(error.code), ui::sentence(error));
}

} // namespace hatstand::app
