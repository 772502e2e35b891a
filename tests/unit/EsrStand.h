// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/EsrResolve.h"
#include "core/codec/Hex.h"

#include <QByteArray>
#include <QString>

namespace hatstand::antelope {

inline const QString kVaulta
    = QStringLiteral("aca376f206b8fc25a6ed44dbdc66547c36c6c33e3a119ffbeaef943642f0e906");
inline const QString kWax
    = QStringLiteral("1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4");
inline const QString kJungle4
    = QStringLiteral("73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d");

/// Requests of WharfKit's own tests: a transfer by whoever signs, the same with a signature, an identity.
inline const QString kTransfer = QStringLiteral(
    "esr://gmNgZGBY1mTC_MoglIGBIVzX5uxZRqAQGMBoExgDAjRi4fwAVz93ICUckpGYl12skJZfpFCSkaqQllmcwczAAAA");
inline const QString kSignedTransfer = QStringLiteral(
    "esr://gmNgZGBY1mTC_MoglIGBIVzX5uxZRqAQGMBoExgDAjRi4fwAVz93ICUckpGYl12skJZfpFCSkaqQllmcwQxREVOsEcsgX-9-"
    "jqsy1EhNQM_GM_FkQMIziUU1VU4PsmOn_3r5hUMumeN3PXvdSuWMm1o9u6-FmCwtPvR0haqt12fNKtlWzTuiNwA");
inline const QString kIdentity
    = QStringLiteral("esr://AgABAwACJWh0dHBzOi8vY2guYW5jaG9yLmxpbmsvMTIzNC00NTY3LTg5MDAA");
inline const QString kMultiChain
    = QStringLiteral("esr://AwAAAwAAAAAAAChdAAAVbXlhcHA6Ly9sb2dpbj17e2NpZH19AQljaGFpbl9pZHMFAgABAAo");

inline Name name(const char* text)
{
    return Name::parse(QString::fromLatin1(text)).value();
}

inline PermissionLevel level(const char* text)
{
    return PermissionLevel::parse(QString::fromLatin1(text)).value();
}

inline QByteArray fromHex(std::string_view text)
{
    return codec::fromHex(text).value();
}

inline QString hex(const QByteArray& data)
{
    return codec::toHex(bytesOf(data));
}

/// Of the token contract, as far as a transfer needs it.
inline Abi tokenAbi()
{
    return Abi::fromJson(R"({"version":"eosio::abi/1.1","structs":[{"name":"transfer","base":"","fields":[
        {"name":"from","type":"name"},{"name":"to","type":"name"},{"name":"quantity","type":"asset"},
        {"name":"memo","type":"string"}]}],"actions":[{"name":"transfer","type":"transfer"}]})")
        .value();
}

inline Abis tokenAbis()
{
    return {{name("eosio.token").value(), tokenAbi()}};
}

} // namespace hatstand::antelope
