// SPDX-License-Identifier: MIT
#include "app/control/ErrorNames.h"

namespace hatstand::app {

using namespace Qt::Literals::StringLiterals;

QLatin1StringView name(Why why)
{
    switch (why) {
    case Why::Unsaid:
        return "unsaid"_L1;
    case Why::Empty:
        return "empty"_L1;
    case Why::TooLarge:
        return "too-large"_L1;
    case Why::CutShort:
        return "cut-short"_L1;
    case Why::TooLong:
        return "too-long"_L1;
    case Why::ChecksumWrong:
        return "checksum-wrong"_L1;
    case Why::MixedCase:
        return "mixed-case"_L1;
    case Why::BadCharacter:
        return "bad-character"_L1;
    case Why::WrongPrefix:
        return "wrong-prefix"_L1;
    case Why::NotThisForm:
        return "not-this-form"_L1;
    case Why::PublicKeyGiven:
        return "public-key-given"_L1;
    case Why::PrivateKeyGiven:
        return "private-key-given"_L1;
    case Why::EncryptedKeyGiven:
        return "encrypted-key-given"_L1;
    case Why::ZeroKey:
        return "zero-key"_L1;
    case Why::KeyOutOfRange:
        return "key-out-of-range"_L1;
    case Why::NotOnCurve:
        return "not-on-curve"_L1;
    case Why::ScryptCostTooHigh:
        return "scrypt-cost-too-high"_L1;
    case Why::UnsupportedVersion:
        return "unsupported-version"_L1;
    case Why::BadName:
        return "bad-name"_L1;
    case Why::BadLabel:
        return "bad-label"_L1;
    case Why::LabelLooksLikeAnId:
        return "label-looks-like-an-id"_L1;
    case Why::LabelIsAnotherActor:
        return "label-is-another-actor"_L1;
    case Why::BadEvent:
        return "bad-event"_L1;
    case Why::BadDigest:
        return "bad-digest"_L1;
    case Why::BadSetting:
        return "bad-setting"_L1;
    case Why::SecretOnCommandLine:
        return "secret-on-command-line"_L1;
    case Why::MayStillHappen:
        return "may-still-happen"_L1;
    case Why::AnotherKeyRests:
        return "another-key-rests"_L1;
    case Why::AlreadyLoggedIn:
        return "already-logged-in"_L1;
    case Why::WrongNetwork:
        return "wrong-network"_L1;
    case Why::SignerEnded:
        return "signer-ended"_L1;
    case Why::SigningStopped:
        return "signing-stopped"_L1;
    case Why::ChangedMeanwhile:
        return "changed-meanwhile"_L1;
    case Why::NotLoadedYet:
        return "not-loaded-yet"_L1;
    case Why::AddressRefused:
        return "address-refused"_L1;
    case Why::Malformed:
        return "malformed"_L1;
    case Why::TrailingBytes:
        return "trailing-bytes"_L1;
    case Why::TooDeep:
        return "too-deep"_L1;
    case Why::BadCompression:
        return "bad-compression"_L1;
    case Why::UnknownType:
        return "unknown-type"_L1;
    case Why::NoAbi:
        return "no-abi"_L1;
    case Why::NoSuchAccount:
        return "no-such-account"_L1;
    case Why::NoSuchPermission:
        return "no-such-permission"_L1;
    case Why::KeyTooWeak:
        return "key-too-weak"_L1;
    case Why::OtherChain:
        return "other-chain"_L1;
    case Why::RequestForOtherChain:
        return "request-for-other-chain"_L1;
    case Why::RefusedByChain:
        return "refused-by-chain"_L1;
    case Why::RequestExpired:
        return "request-expired"_L1;
    case Why::IdentityIsNotSent:
        return "identity-is-not-sent"_L1;
    case Why::BadCallback:
        return "bad-callback"_L1;
    case Why::BadEndpoint:
        return "bad-endpoint"_L1;
    case Why::ChainIsThere:
        return "chain-is-there"_L1;
    case Why::ChainIsBuiltIn:
        return "chain-is-built-in"_L1;
    case Why::ChainIsUsed:
        return "chain-is-used"_L1;
    case Why::NotAuthorised:
        return "not-authorised"_L1;
    case Why::NoCode:
        return "no-code"_L1;
    case Why::NoSuchApp:
        return "no-such-app"_L1;
    case Why::NotInThisVersion:
        return "not-in-this-version"_L1;
    }
    return "unsaid"_L1;
}

std::optional<ErrorCode> errorCodeFromName(const QString& text)
{
    for (int i = 0; i <= int(ErrorCode::Cancelled); ++i) {
        if (text == hatstand::name(ErrorCode(i)))
            return ErrorCode(i);
    }
    return std::nullopt;
}

Why whyFromName(const QString& text)
{
    for (int i = 0; i <= int(Why::NotInThisVersion); ++i) {
        if (text == name(Why(i)))
            return Why(i);
    }
    return Why::Unsaid;
}

} // namespace hatstand::app
