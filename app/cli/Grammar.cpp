// SPDX-License-Identifier: MIT
#include "app/cli/Grammar.h"

#include <QCoreApplication>
#include <QSet>
#include <limits>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

class Grammar
{
    Q_DECLARE_TR_FUNCTIONS(Grammar)
public:
    static QList<CommandSpec> commands();
    static QList<OptionSpec> common();
};

QList<OptionSpec> Grammar::common()
{
    return {
        {u"home"_s, u"DIR"_s, tr("Keep everything under DIR: a profile of its own.")},
        {u"moved"_s, {}, tr("The profile's folder was moved here.")},
        {u"copied"_s, {}, tr("The profile's folder is a copy: give it a name of its own.")},
        {u"vault"_s, u"keychain|passphrase"_s, tr("Where a new profile keeps its keys.")},
        {u"passphrase-fd"_s, u"N"_s, tr("Read passphrases from descriptor N, one a line.")},
        {u"json"_s, {}, tr("Answer in JSON.")},
        {u"help"_s, {}, tr("Say how to use it.")},
    };
}

QList<CommandSpec> Grammar::commands()
{
    const OptionSpec session{u"session"_s, u"SESSION"_s, tr("Which account signs.")};
    const QList<OptionSpec> mutes{session, {u"hashtag"_s, u"TAG"_s, tr("A hashtag.")},
        {u"word"_s, u"WORD"_s, tr("A word.")},
        {u"thread"_s, u"ID"_s, tr("A thread: note1… or 64 hex digits.")},
        {u"private"_s, {}, tr("In the part of the list that only the account itself can read.")}};
    const OptionSpec noBroadcast{u"no-broadcast"_s, {}, tr("Print what was signed instead of sending it.")};
    const OptionSpec endpoint{u"endpoint"_s, u"URL"_s, tr("A node's address; several may follow."), true};
    const OptionSpec offline{u"offline"_s, {}, tr("Do not ask the chain.")};
    const OptionSpec yes{u"yes"_s, {}, tr("Do not ask.")};
    const OptionSpec label{u"label"_s, u"LABEL"_s, tr("Its label.")};
    const OptionSpec noActivate{u"no-activate"_s, {}, tr("Do not switch to it.")};
    const OptionSpec hidden{u"private"_s, {}, tr("Ask the network about it only while it is active.")};
    const OptionSpec chain{u"chain"_s, u"CHAIN"_s, tr("An Antelope chain, by alias or id.")};
    const OptionSpec network{u"network"_s, u"nostr|antelope"_s, tr("Only of this network.")};
    return {
        {u"list"_s, {}, 0, 0,
            {network, chain, {u"signer"_s, u"KIND"_s, tr("local-key, encrypted-key, remote or watch-only.")},
                {u"wallet"_s, u"ID"_s, tr("Only with this wallet.")}},
            tr("List all accounts, most recently active first.")},
        {u"current"_s, {}, 0, 0, {network, chain}, tr("Say who is active, or a network's default.")},
        {u"switch"_s, u"SESSION"_s, 0, 1,
            {{u"none"_s, {}, tr("Nobody is active.")},
                {u"position"_s, u"N"_s, tr("The account at this place in the own order, from 1.")}},
            tr("Switch to an account.")},
        {u"add nostr"_s, {}, 0, 0,
            {{u"generate"_s, {}, tr("Make a new key.")},
                {u"nsec-stdin"_s, {}, tr("Read nsec1… or 64 hex digits.")},
                {u"ncryptsec-stdin"_s, {}, tr("Read an encrypted key (NIP-49).")},
                {u"watch"_s, u"NPUB"_s, tr("Only watch this public key.")}, label, hidden, noActivate},
            tr("Add a Nostr account; its id is printed."), {u"bunker"_s}},
        {u"add antelope"_s, {}, 0, 0,
            {chain, {u"account"_s, u"ACTOR@PERMISSION"_s, tr("The account.")},
                {u"key-stdin"_s, {}, tr("Read its private key.")}, {u"watch"_s, {}, tr("Only watch it.")},
                {u"anchor"_s, {}, tr("An account that an Anchor wallet signs for.")},
                {u"offline"_s, {}, tr("Do not ask the chain whether the key fits.")}, label, hidden,
                noActivate},
            tr("Add an Antelope account; its id is printed.")},
        {u"show"_s, u"SESSION"_s, 1, 1, {}, tr("Show one account in full.")},
        {u"rename"_s, u"SESSION LABEL"_s, 2, 2, {}, tr("Label an account.")},
        {u"private"_s, u"SESSION on|off"_s, 2, 2, {},
            tr("Ask the network about an account only while it is active.")},
        {u"move"_s, u"SESSION POSITION"_s, 2, 2, {}, tr("Move an account in the own order, from 1.")},
        {u"logout"_s, u"[SESSION]"_s, 0, 1,
            {{u"all"_s, {}, tr("Log out every account.")}, yes,
                {u"forget"_s, {}, tr("Delete a key that was never exported now, instead of after 30 days.")}},
            tr("Remove an account and its key.")},
        {u"trash"_s, {}, 0, 0, {}, tr("List the keys that rest until they are deleted.")},
        {u"untrash"_s, u"SESSION"_s, 1, 1, {}, tr("Bring a resting account back.")},
        {u"export"_s, u"SESSION"_s, 1, 1,
            {{u"ncryptsec"_s, {}, tr("Encrypted under a passphrase (NIP-49).")},
                {u"key"_s, {}, tr("The key itself.")}, {u"to"_s, u"FILE"_s, tr("Into a new file.")}},
            tr("Write an account's key out."), {u"format"_s}},
        {u"sign-event"_s, {}, 0, 0, {session}, tr("Sign the Nostr event on standard input.")},
        {u"sign-digest"_s, u"HEX64"_s, 1, 1, {session}, tr("Sign a digest with an Antelope key.")},
        {u"sign-request"_s, u"URI|-"_s, 1, 1, {session, noBroadcast},
            tr("Answer a signing request (esr:…) of an Antelope app.")},
        {u"transact"_s, u"FILE|-"_s, 1, 1, {session, noBroadcast},
            tr("Sign and send the Antelope transaction in a JSON file.")},
        {u"refresh"_s, u"[SESSION]"_s, 0, 1,
            {{u"all"_s, {}, tr("All accounts.")}, {u"wait"_s, {}, tr("Answer when it is over.")}},
            tr("Fetch what the network knows of an account.")},
        {u"follow"_s, u"WHO"_s, 1, 1,
            {session, {u"relay"_s, u"URL"_s, tr("Where their notes are found.")},
                {u"petname"_s, u"NAME"_s, tr("An own name for them.")}},
            tr("Follow somebody (an npub, nprofile or 64 hex digits).")},
        {u"unfollow"_s, u"WHO"_s, 1, 1, {session}, tr("Follow somebody no more.")},
        {u"mute"_s, u"[WHO]"_s, 0, 1, mutes, tr("Mute somebody, or a hashtag, a word or a thread.")},
        {u"unmute"_s, u"[WHO]"_s, 0, 1, mutes, tr("Take what is muted off the list.")},
        {u"profile set"_s, u"NAME=VALUE…"_s, 1, std::numeric_limits<int>::max(), {session},
            tr("Change fields of the profile; an empty value takes one out.")},
        {u"undo"_s, u"follows|mutes|profile"_s, 1, 1, {session},
            tr("Publish the version from before the last change again.")},
        {u"run"_s, u"--as SESSION -- COMMAND…"_s, 1, std::numeric_limits<int>::max(),
            {{u"as"_s, u"SESSION"_s, tr("The one account that the program can ask for.")}},
            tr("Run a program as one account.")},
        {u"chains"_s, {}, 0, 0, {}, tr("List the Antelope chains that are known.")},
        {u"chains add"_s, u"ID --alias ALIAS --endpoint URL…"_s, 1, 1,
            {{u"alias"_s, u"ALIAS"_s, tr("What it is called in commands.")}, endpoint,
                {u"name"_s, u"NAME"_s, tr("What it is called in the window.")},
                {u"token"_s, u"SYMBOL"_s, tr("Its token with the decimals: 4,EOS.")},
                {u"token-contract"_s, u"ACCOUNT"_s, tr("The token's contract.")},
                {u"testnet"_s, {}, tr("Its tokens have no value.")}, offline},
            tr("Add a chain by its id of 64 hex digits.")},
        {u"chains set"_s, u"CHAIN --endpoint URL…"_s, 1, 1,
            {endpoint, {u"default"_s, {}, tr("The built-in endpoints again.")}, offline},
            tr("Choose a chain's endpoints.")},
        {u"chains remove"_s, u"CHAIN"_s, 1, 1, {}, tr("Remove a chain that was added.")},
        {u"accounts"_s, u"--key-stdin"_s, 0, 0,
            {chain, {u"key-stdin"_s, {}, tr("Read the private or public key.")},
                {u"testnets"_s, {}, tr("Ask test chains too.")}},
            tr("Ask chains which accounts a key controls.")},
        {u"apps"_s, {}, 0, 0, {}, tr("List the apps that keep a channel to an account.")},
        {u"apps show"_s, u"APP"_s, 1, 1, {}, tr("Show one of them, by id or name.")},
        {u"apps revoke"_s, u"APP"_s, 1, 1, {}, tr("Take its channel away: nothing more is taken from it.")},
        {u"config list"_s, {}, 0, 0, {}, tr("List all settings.")},
        {u"config get"_s, u"KEY"_s, 1, 1, {}, tr("Say one setting.")},
        {u"config set"_s, u"KEY VALUE"_s, 2, 2, {}, tr("Change one setting; an empty value is the default.")},
        {u"lock"_s, {}, 0, 0, {}, tr("Forget the Hatstand passphrase.")},
        {u"unlock"_s, {}, 0, 0, {}, tr("Unlock with the Hatstand passphrase.")},
        {u"passphrase set"_s, {}, 0, 0, {}, tr("Protect all keys with a Hatstand passphrase.")},
        {u"passphrase change"_s, {}, 0, 0, {}, tr("Change the Hatstand passphrase.")},
        {u"passphrase remove"_s, {}, 0, 0, {}, tr("Keep keys without a Hatstand passphrase.")},
        {u"pause"_s, {}, 0, 0, {}, tr("Stop signing: every request is denied.")},
        {u"resume"_s, {}, 0, 0, {}, tr("Start signing again.")},
    };
}

} // namespace

const QList<CommandSpec>& commandSpecs()
{
    static const QList<CommandSpec> specs = Grammar::commands();
    return specs;
}

const QList<OptionSpec>& commonOptions()
{
    static const QList<OptionSpec> options = Grammar::common();
    return options;
}

bool isForLater(const QString& word)
{
    static const QSet<QString> words{u"import"_s, u"backup"_s, u"restore"_s, u"bunker"_s, u"connect"_s,
        u"apps pause"_s, u"apps resume"_s, u"apps allow"_s, u"apps deny"_s, u"requests"_s, u"log"_s};
    static const QSet<QString> schemes{u"nostrconnect"_s, u"bunker"_s, u"web+nostrconnect"_s};
    return words.contains(word)
        || (word.contains(u':') && schemes.contains(word.section(u':', 0, 0).toLower()));
}

bool isRequestUri(const QString& word)
{
    static const QSet<QString> schemes{u"esr"_s, u"web+esr"_s, u"esr-anchor"_s};
    return word.contains(u':') && schemes.contains(word.section(u':', 0, 0).toLower());
}

} // namespace hatstand::app
