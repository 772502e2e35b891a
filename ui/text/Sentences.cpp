// SPDX-License-Identifier: MIT
#include "ui/text/Sentences.h"

#include <QCoreApplication>

namespace hatstand::ui {
namespace {

/// For lupdate: the context that translators see.
class Sentences
{
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

QString onOneLine(const QString& text, qsizetype longest)
{
    QString line;
    for (const QChar c : text.left(longest))
        line += c.isPrint() ? c : QChar(u'\ufffd');
    return text.size() > longest ? line + QChar(u'…') : line;
}

/// A blank filled with what the error found, shortened and on one line: it may be pasted text of any size.
QString quoted(const QString& detail)
{
    constexpr qsizetype kLongest = 80;
    return onOneLine(detail, kLongest);
}

/// Said by whoever found the error, in words of ours; a file's name may be in it.
QString said(const QString& sentence)
{
    constexpr qsizetype kLongest = 400;
    return onOneLine(sentence, kLongest);
}

QString withDetail(const QString& with, const QString& without, const QString& detail)
{
    return detail.isEmpty() ? without : with.arg(quoted(detail));
}

QString counted(const QString& with, const QString& without, const Error& error)
{
    return error.want == 0 ? without : with.arg(error.have).arg(error.want);
}

/// detail: each relay's address and what it said, one a line.
QString notPublished(const QString& detail)
{
    QString text = Sentences::tr("No relay took it, so nothing was changed.");
    for (const QString& line : detail.split(QChar(u'\n'), Qt::SkipEmptyParts)) {
        const QString said = line.section(QChar(u' '), 1);
        text += QChar(u'\n') + quoted(line.section(QChar(u' '), 0, 0)) + QChar(u' ')
            + (said.isEmpty() ? Sentences::tr("no answer") : Sentences::tr("refused: %1").arg(quoted(said)));
    }
    return text;
}

QString refusal(const Error& error)
{
    switch (error.why) {
    case Why::Unsaid:
        return Sentences::tr("This input can't be used.");
    case Why::Empty:
        return Sentences::tr("Nothing was given.");
    case Why::TooLarge:
        return Sentences::tr("This is too large.");
    case Why::CutShort:
        return counted(Sentences::tr("The key is cut short: %1 of %2 characters."),
            Sentences::tr("The key is cut short."), error);
    case Why::TooLong:
        return counted(Sentences::tr("The key is too long: %1 instead of %2 characters."),
            Sentences::tr("The key is too long."), error);
    case Why::ChecksumWrong:
        return Sentences::tr("The checksum is wrong. One or more characters were mistyped.");
    case Why::MixedCase:
        return Sentences::tr("Upper and lower case are mixed. This form has only one of them.");
    case Why::BadCharacter:
        return Sentences::tr("Character %1 can't be in it. It was mistyped.").arg(error.have);
    case Why::WrongPrefix:
        return withDetail(Sentences::tr("“%1” is not the start of a key that fits here."),
            Sentences::tr("This does not start like a key that fits here."), error.detail);
    case Why::NotThisForm:
        return Sentences::tr("This has no form that Hatstand knows.");
    case Why::PublicKeyGiven:
        return Sentences::tr("This is a public key. It can only be watched.");
    case Why::PrivateKeyGiven:
        return Sentences::tr("This is a private key. Only a public key belongs here.");
    case Why::EncryptedKeyGiven:
        return Sentences::tr("This key is encrypted. Add it as an encrypted key, with its passphrase.");
    case Why::ZeroKey:
        return Sentences::tr("A key of zeros is no key.");
    case Why::KeyOutOfRange:
        return Sentences::tr("This number is too high to be a private key.");
    case Why::NotOnCurve:
        return Sentences::tr("No private key can belong to this public key.");
    case Why::ScryptCostTooHigh:
        return counted(
            Sentences::tr("This key asks for too much memory to decrypt: cost %1, the highest taken is %2."),
            Sentences::tr("This key asks for too much memory to decrypt."), error);
    case Why::UnsupportedVersion:
        return Sentences::tr("This is in version %1 of its format, which Hatstand does not know.")
            .arg(error.have);
    case Why::BadName:
        return withDetail(
            Sentences::tr(
                "“%1” is not an account or permission name: a to z, 1 to 5 and dots, at most 13 characters."),
            Sentences::tr(
                "This is not an account or permission name: a to z, 1 to 5 and dots, at most 13 characters."),
            error.detail);
    case Why::BadLabel:
        return Sentences::tr(
            "A label has at most 64 characters, one that can be seen among them, and no control characters.");
    case Why::LabelLooksLikeAnId:
        return Sentences::tr("This label would be taken for a key or an account.");
    case Why::LabelIsAnotherActor:
        return Sentences::tr("This label is the name of another account.");
    case Why::BadEvent:
        return withDetail(Sentences::tr("This is not a Nostr event: “%1” is missing or wrong."),
            Sentences::tr("This is not a Nostr event."), error.detail);
    case Why::BadDigest:
        return Sentences::tr("A digest is 64 hexadecimal digits.");
    case Why::BadSetting:
        return withDetail(Sentences::tr("“%1” is not a setting, or does not take this value."),
            Sentences::tr("This setting does not take this value."), error.detail);
    case Why::SecretOnCommandLine:
        return Sentences::tr(
            "A private key was given on the command line, where other programs and the shell's history "
            "can see it. "
            "Consider it exposed. Give keys on standard input.");
    case Why::WrongNetwork:
        return Sentences::tr("This does not fit the network of the account.");
    case Why::AlreadyLoggedIn:
        return Sentences::tr("This account is logged in already, with a key of its own.");
    case Why::AnotherKeyRests:
        return withDetail(
            Sentences::tr("An earlier key of %1 still rests. Export this one first, or have it deleted now."),
            Sentences::tr(
                "An earlier key of this account still rests. Export this one first, or have it deleted now."),
            error.detail);
    case Why::MayStillHappen:
        return error.code == ErrorCode::Network
            ? Sentences::tr("It was sent, and nobody said whether it arrived. It may still happen.")
            : Sentences::tr("The keychain did not answer in time, and may still do it.");
    case Why::SignerEnded:
        return Sentences::tr("The process that holds the keys ended before it had answered. Try again.");
    case Why::SigningStopped:
        return Sentences::tr("Signing is stopped. Every request is denied.");
    case Why::ChangedMeanwhile:
        return Sentences::tr(
            "Another program changed it at the same time, so this change is not in it. Try again.");
    case Why::NotLoadedYet:
        return Sentences::tr(
            "Not loaded yet: no relay of this account gave its newest list, so nothing was changed.");
    case Why::AddressRefused:
        return withDetail(Sentences::tr("%1 is not a public address, so it was not reached. Name the host in "
                                        "network.hosts to allow it."),
            Sentences::tr("This is not a public address, so it was not reached."), error.detail);
    case Why::Malformed:
        return withDetail(
            Sentences::tr("This is not a valid %1."), Sentences::tr("This is not valid."), error.detail);
    case Why::TrailingBytes:
        return withDetail(Sentences::tr("There is more in this %1 than its format has room for."),
            Sentences::tr("There is more in this than its format has room for."), error.detail);
    case Why::TooDeep:
        return Sentences::tr("This refers to itself, or is nested too deeply.");
    case Why::BadCompression:
        return Sentences::tr("The compressed part of this is damaged, or grows too large.");
    case Why::UnknownType:
        return withDetail(Sentences::tr("No type is called “%1” there."),
            Sentences::tr("A type is not known there."), error.detail);
    case Why::NoAbi:
        return withDetail(Sentences::tr("What %1 does can't be known: its ABI was not found."),
            Sentences::tr("The contract's ABI was not found."), error.detail);
    case Why::NoSuchAccount:
        return withDetail(Sentences::tr("The chain has no account “%1”."),
            Sentences::tr("The chain has no such account."), error.detail);
    case Why::NoSuchPermission:
        return withDetail(Sentences::tr("The chain knows no permission %1."),
            Sentences::tr("The account has no such permission."), error.detail);
    case Why::KeyTooWeak:
        return withDetail(Sentences::tr("This key alone is not enough for %1."),
            Sentences::tr("This key alone is not enough for the account."), error.detail);
    case Why::OtherChain:
        return withDetail(Sentences::tr("%1 answers for another chain, so it is not used."),
            Sentences::tr("The endpoint answers for another chain, so it is not used."), error.detail);
    case Why::RequestForOtherChain:
        return withDetail(Sentences::tr("This request is for %1, and no account on the stand is there."),
            Sentences::tr("This request is for another chain than the account's."), error.detail);
    case Why::RefusedByChain:
        return error.detail.isEmpty() ? Sentences::tr("The chain refused it.")
                                      : Sentences::tr("The chain refused it: %1").arg(said(error.detail));
    case Why::RequestExpired:
        return Sentences::tr("The time in which this could be signed is over.");
    case Why::IdentityIsNotSent:
        return Sentences::tr(
            "An identity request has no transaction to send, yet this one asks for it to be sent.");
    case Why::BadCallback:
        return withDetail(Sentences::tr("The answer can't be given to “%1”."),
            Sentences::tr("The answer can't be given to where the request says."), error.detail);
    case Why::BadEndpoint:
        return withDetail(Sentences::tr("“%1” is not the address of a host: https://HOST or http://HOST."),
            Sentences::tr("This is not the https address of a host."), error.detail);
    case Why::ChainIsThere:
        return withDetail(Sentences::tr("There is a chain %1 already."),
            Sentences::tr("This chain is there already."), error.detail);
    case Why::ChainIsBuiltIn:
        return withDetail(Sentences::tr("%1 is built in. It can be set, not removed."),
            Sentences::tr("This chain is built in. It can be set, not removed."), error.detail);
    case Why::ChainIsUsed:
        return withDetail(Sentences::tr("%1 is on this chain. Log it out first."),
            Sentences::tr("An account is on this chain. Log it out first."), error.detail);
    case Why::NotAuthorised:
        return withDetail(Sentences::tr("No action of this transaction is authorised by %1."),
            Sentences::tr("No action of this transaction is authorised by the account."), error.detail);
    case Why::NoCode:
        return Sentences::tr("No QR code can be read in this picture.");
    case Why::NoSuchApp:
        return withDetail(Sentences::tr("No connected app is “%1”."),
            Sentences::tr("This app is not connected."), error.detail);
    case Why::NotInThisVersion:
        return Sentences::tr("This is not in this version.");
    }
    return Sentences::tr("This input can't be used.");
}

QString ambiguous(const QString& candidates)
{
    return candidates.isEmpty() ? Sentences::tr("More than one account fits.")
                                : Sentences::tr("More than one account fits:") + QChar(u'\n') + candidates;
}

} // namespace

QString sentence(const Error& error)
{
    switch (error.code) {
    case ErrorCode::Failed:
        if (error.why == Why::SignerEnded || error.why == Why::MayStillHappen
            || error.why == Why::RefusedByChain)
            return refusal(error);
        return withDetail(
            Sentences::tr("It did not work: %1"), Sentences::tr("It did not work."), error.detail);
    case ErrorCode::Busy:
        return withDetail(Sentences::tr("Another Hatstand is at work on this profile: %1."),
            Sentences::tr("Another Hatstand is at work on this profile."), error.detail);
    case ErrorCode::Disk:
        return withDetail(Sentences::tr("The disk is full or can't be written: %1"),
            Sentences::tr("The disk is full or can't be written."), error.detail);
    case ErrorCode::Damaged:
        return Sentences::tr("The stored data is damaged.");
    case ErrorCode::NewerDatabase:
        return Sentences::tr("The accounts were stored by a newer Hatstand. This one leaves them alone.");
    case ErrorCode::NoDisplay:
        return Sentences::tr("There is no display. “hatstand --headless” runs without one.");
    case ErrorCode::MovedOrCopied:
        return withDetail(
            Sentences::tr(
                "This profile was at %1 before. Say --moved if it was moved, or --copied if this is a copy."),
            Sentences::tr("This profile was elsewhere before. Say --moved if it was moved, or --copied if "
                          "this is a copy."),
            error.detail);
    case ErrorCode::Usage:
    case ErrorCode::InvalidInput:
        if (error.why == Why::Unsaid && !error.detail.isEmpty())
            return said(error.detail);
        return refusal(error);
    case ErrorCode::UnknownChain:
        if (error.why != Why::Unsaid)
            return refusal(error);
        return withDetail(Sentences::tr("No chain is called “%1”."),
            Sentences::tr("This chain is not known."), error.detail);
    case ErrorCode::KeyMismatch:
        if (error.why != Why::Unsaid)
            return refusal(error);
        return withDetail(Sentences::tr("This key does not fit %1."),
            Sentences::tr("This key does not fit the account."), error.detail);
    case ErrorCode::NotFound:
        if (error.why != Why::Unsaid)
            return refusal(error);
        return withDetail(Sentences::tr("No account on the stand is “%1”."),
            Sentences::tr("This account is not on the stand."), error.detail);
    case ErrorCode::Ambiguous:
        return ambiguous(error.detail);
    case ErrorCode::NoActive:
        return Sentences::tr("No account is active.");
    case ErrorCode::KeychainUnavailable:
        return Sentences::tr("No system keychain was found.");
    case ErrorCode::KeychainDenied:
        return Sentences::tr("The system keychain refused.");
    case ErrorCode::Locked:
        return Sentences::tr("The keys are locked. Unlock them and try again.");
    case ErrorCode::PassphraseRequired:
        return Sentences::tr("A passphrase is needed and there is nobody to ask.");
    case ErrorCode::WrongPassphrase:
        return Sentences::tr("Wrong passphrase.");
    case ErrorCode::SecretMissing:
        return Sentences::tr("The keychain has no key for this account.");
    case ErrorCode::Denied:
        if (error.why == Why::SigningStopped)
            return refusal(error);
        return error.detail.isEmpty() ? Sentences::tr("The request was denied.") : said(error.detail);
    case ErrorCode::ApprovalRequired:
        return Sentences::tr("This needs a yes, and there is nobody to ask.");
    case ErrorCode::WrongAccount:
        if (error.why != Why::Unsaid)
            return refusal(error);
        return Sentences::tr("This belongs to another account than the one named.");
    case ErrorCode::WatchOnly:
        return Sentences::tr("This account is only watched. It has no key to sign with.");
    case ErrorCode::Expired:
        if (error.why != Why::Unsaid)
            return refusal(error);
        return Sentences::tr("The request waited too long.");
    case ErrorCode::Network:
        if (error.why != Why::Unsaid)
            return refusal(error);
        if (error.detail.startsWith(QLatin1StringView("ws")))
            return notPublished(error.detail);
        return withDetail(Sentences::tr("The network did not answer: %1"),
            Sentences::tr("The network did not answer."), error.detail);
    case ErrorCode::Cancelled:
        return Sentences::tr("Cancelled.");
    }
    return Sentences::tr("It did not work.");
}

} // namespace hatstand::ui
