// SPDX-License-Identifier: MIT
#pragma once

#include <QLatin1StringView>
#include <QString>

namespace hatstand {

/// What went wrong, to branch on. Each has one name and one exit code, both fixed for scripts.
enum class ErrorCode {
    // exit 1
    Failed,
    Busy,
    Disk,
    Damaged,
    NewerDatabase,
    NoDisplay,
    MovedOrCopied,
    // exit 2
    Usage,
    InvalidInput,
    UnknownChain,
    KeyMismatch,
    // exit 3
    NotFound,
    Ambiguous,
    NoActive,
    // exit 4
    KeychainUnavailable,
    KeychainDenied,
    Locked,
    PassphraseRequired,
    WrongPassphrase,
    SecretMissing,
    // exit 5
    Denied,
    ApprovalRequired,
    WrongAccount,
    WatchOnly,
    Expired,
    // exit 6
    Network,
    // never leaves the process: the person closed the dialog, the caller went away
    Cancelled,
};

/// Why an input was refused; the sentence a person reads is made from it (ui/text/Sentences.h).
enum class Why {
    Unsaid, ///< the code says it all
    Empty,
    TooLarge, ///< have = bytes read, want = the limit
    CutShort, ///< have and want are numbers of characters
    TooLong, ///< likewise
    ChecksumWrong,
    MixedCase, ///< upper and lower case in a form that takes only one of them
    BadCharacter, ///< have = the place, counted from 1, of a character that the form never has
    WrongPrefix, ///< detail = the prefix found
    NotThisForm, ///< nothing that is known looks like this
    PublicKeyGiven, ///< a public key where a private one was asked for
    PrivateKeyGiven, ///< a private key where a public one was asked for
    EncryptedKeyGiven, ///< an ncryptsec where a plain key was asked for
    ZeroKey,
    KeyOutOfRange, ///< at or above the group's order
    NotOnCurve,
    ScryptCostTooHigh, ///< have = log_n found, want = the highest taken
    UnsupportedVersion, ///< have = the version found
    BadName, ///< not an Antelope name; detail = the text
    BadLabel, ///< too long, or control or bidi characters
    LabelLooksLikeAnId, ///< would be taken for an id, a key or an account
    LabelIsAnotherActor,
    BadEvent, ///< detail = the field
    BadDigest,
    BadSetting, ///< detail = the key
    SecretOnCommandLine,
    MayStillHappen, ///< with Locked, Cancelled: the keychain was told to, did not answer yet, and may still
                    ///< do it
    AnotherKeyRests, ///< another key of this account waits for its end at the place where this one would rest
    AlreadyLoggedIn, ///< what rests can't come back: the account is there with a key of its own
    WrongNetwork, ///< e.g. an Antelope session asked to sign a Nostr event
    SignerEnded, ///< with Failed: the process that holds the keys went away before it had answered
    SigningStopped, ///< with Denied: the person stopped all signing
    ChangedMeanwhile, ///< with Network: another program changed it while this was being done
    NotLoadedYet, ///< with Network: an account's list was not found fresh, so nothing is built upon it
    AddressRefused, ///< with Network: not a public address, and no person named it; detail = the host
    Malformed, ///< bytes or text of a known format that break its rules; detail = the format, in its own
               ///< words
    TrailingBytes, ///< more than the format says; detail = the format
    TooDeep, ///< nested, or referring to itself, deeper than is followed
    BadCompression,
    UnknownType, ///< no ABI names this type; detail = the type
    NoAbi, ///< with Network: what an action says can't be known; detail = the contract
    NoSuchAccount, ///< the chain has no such account; detail = the account
    NoSuchPermission, ///< the account has no such permission; detail = actor@permission
    KeyTooWeak, ///< with KeyMismatch: the key is there but alone does not reach the threshold; detail =
                ///< actor@permission
    OtherChain, ///< an endpoint answers for another chain; detail = its host
    RequestForOtherChain, ///< a request that may not be signed on this chain; detail = the chains it may, if
                          ///< known
    RefusedByChain, ///< with Failed: a node read the transaction and said no; detail = its message
    RequestExpired, ///< with Expired: the transaction's own time is over
    IdentityIsNotSent, ///< an identity request that asks to be broadcast
    BadCallback, ///< an answer can't go there; detail = the address
    BadEndpoint, ///< no http or https address of a host; detail = the text
    ChainIsThere, ///< id or alias are taken; detail = the alias
    ChainIsBuiltIn, ///< can be changed, not removed; detail = the alias
    ChainIsUsed, ///< an account is on it; detail = the account
    NotAuthorised, ///< with WrongAccount: no action of the transaction names the account; detail =
                   ///< actor@permission
    NoCode, ///< a picture without a QR code that can be read
    NoSuchApp, ///< with NotFound: no app that is connected; detail = what it was called
    NotInThisVersion,
};

/// Never holds a secret, so it may be logged whole.
struct Error
{
    ErrorCode code = ErrorCode::Failed;
    Why why = Why::Unsaid;
    QString detail = {}; ///< for the log, and for a sentence's blank where Why says so
    qint64 have = 0;
    qint64 want = 0;

    friend bool operator==(const Error&, const Error&) = default;
};

/// The name scripts see, e.g. "keychain-unavailable".
[[nodiscard]] QLatin1StringView name(ErrorCode code);
[[nodiscard]] int exitCode(ErrorCode code);

} // namespace hatstand
