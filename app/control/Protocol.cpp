// SPDX-License-Identifier: MIT
#include "app/control/Protocol.h"

#include "app/control/ErrorNames.h"

#include <array>

namespace hatstand::app::protocol {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr std::array kPassphrases{Console::Passphrase::Vault, Console::Passphrase::NewVault,
    Console::Passphrase::ExistingKey, Console::Passphrase::NewKey};

} // namespace

QJsonObject toJson(const Error& error)
{
    return {{u"code"_s, QString(hatstand::name(error.code))}, {u"why"_s, QString(app::name(error.why))},
        {u"detail"_s, error.detail}, {u"have"_s, error.have}, {u"want"_s, error.want}};
}

Error errorFromJson(const QJsonObject& object)
{
    Error error;
    // A code that only the other version has is Failed, the first of all.
    error.code = errorCodeFromName(object.value("code"_L1).toString()).value_or(ErrorCode::Failed);
    error.why = whyFromName(object.value("why"_L1).toString());
    error.detail = object.value("detail"_L1).toString();
    error.have = object.value("have"_L1).toInteger();
    error.want = object.value("want"_L1).toInteger();
    return error;
}

QString name(Console::Passphrase which)
{
    switch (which) {
    case Console::Passphrase::Vault:
        return u"vault"_s;
    case Console::Passphrase::NewVault:
        return u"new-vault"_s;
    case Console::Passphrase::ExistingKey:
        return u"existing-key"_s;
    case Console::Passphrase::NewKey:
        return u"new-key"_s;
    }
    return {};
}

std::optional<Console::Passphrase> passphraseFromName(const QString& text)
{
    for (Console::Passphrase which : kPassphrases) {
        if (text == name(which))
            return which;
    }
    return std::nullopt;
}

} // namespace hatstand::app::protocol
