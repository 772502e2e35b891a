// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"

#include "app/cli/Scope.h"

#include <QHash>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// Whether it matters to a command what is known of secrets, and whether it ends in a question.
enum class States { NotNeeded, Needed, NeededToAsk };

struct Command
{
    void (*run)(const CallPtr& call);
    States states;
};

/// A vault that does not answer holds up a command only so long; least where the answer can only be that
/// there is nobody to ask, which is promised within a second.
std::chrono::milliseconds patience(const Command& command, const Request& request)
{
    return command.states == States::NeededToAsk && !request.canAsk ? 500ms : 1500ms;
}

const Command* find(const QString& name)
{
    static const QHash<QString, Command> commands{
        {u"list"_s, {commands::list, States::Needed}},
        {u"current"_s, {commands::current, States::Needed}},
        {u"show"_s, {commands::show, States::Needed}},
        {u"switch"_s, {commands::switchTo, States::NotNeeded}},
        {u"rename"_s, {commands::rename, States::NotNeeded}},
        {u"private"_s, {commands::setPrivate, States::NotNeeded}},
        {u"move"_s, {commands::move, States::NotNeeded}},
        {u"chains"_s, {commands::chains, States::NotNeeded}},
        {u"chains add"_s, {commands::chainsAdd, States::NotNeeded}},
        {u"chains set"_s, {commands::chainsSet, States::NotNeeded}},
        {u"chains remove"_s, {commands::chainsRemove, States::NotNeeded}},
        {u"accounts"_s, {commands::accounts, States::NotNeeded}},
        {u"add nostr"_s, {commands::addNostr, States::Needed}},
        {u"add antelope"_s, {commands::addAntelope, States::Needed}},
        {u"logout"_s, {commands::logout, States::NeededToAsk}},
        {u"trash"_s, {commands::trash, States::Needed}},
        {u"untrash"_s, {commands::untrash, States::Needed}},
        {u"sign-event"_s, {commands::signEvent, States::NeededToAsk}},
        {u"sign-digest"_s, {commands::signDigest, States::NeededToAsk}},
        {u"sign-request"_s, {commands::signRequest, States::NeededToAsk}},
        {u"transact"_s, {commands::transact, States::NeededToAsk}},
        {u"open"_s, {commands::open, States::NeededToAsk}},
        {u"export"_s, {commands::exportKey, States::NeededToAsk}},
        {u"refresh"_s, {commands::refresh, States::NotNeeded}},
        {u"follow"_s, {commands::follow, States::NeededToAsk}},
        {u"unfollow"_s, {commands::unfollow, States::NeededToAsk}},
        {u"mute"_s, {commands::mute, States::NeededToAsk}},
        {u"unmute"_s, {commands::unmute, States::NeededToAsk}},
        {u"profile set"_s, {commands::profileSet, States::NeededToAsk}},
        {u"undo"_s, {commands::undo, States::NeededToAsk}},
        {u"apps"_s, {commands::apps, States::NotNeeded}},
        {u"apps show"_s, {commands::appsShow, States::NotNeeded}},
        {u"apps revoke"_s, {commands::appsRevoke, States::NotNeeded}},
        {u"config list"_s, {commands::configList, States::NotNeeded}},
        {u"config get"_s, {commands::configGet, States::NotNeeded}},
        {u"config set"_s, {commands::configSet, States::NotNeeded}},
        {u"pause"_s, {commands::pause, States::NotNeeded}},
        {u"resume"_s, {commands::resume, States::NotNeeded}},
        {u"passphrase set"_s, {commands::passphraseSet, States::NotNeeded}},
        {u"passphrase change"_s, {commands::passphraseChange, States::NotNeeded}},
        {u"passphrase remove"_s, {commands::passphraseRemove, States::NotNeeded}},
        {u"lock"_s, {commands::lock, States::NotNeeded}},
        {u"unlock"_s, {commands::unlock, States::NotNeeded}},
    };
    const auto found = commands.constFind(name);
    return found == commands.cend() ? nullptr : &*found;
}

} // namespace

void runCommand(const Services& services, Request request, std::shared_ptr<Console> console,
    std::function<void(int)> done)
{
    if (!request.scope.isEmpty()) {
        auto within = withinScope(services.sessions, request);
        if (!within) {
            const auto call
                = std::make_shared<Call>(services, std::move(request), std::move(console), std::move(done));
            return call->finish(fail(within.error()));
        }
        request = std::move(*within);
    }
    const Command* command = find(request.command);
    auto call = std::make_shared<Call>(services, std::move(request), std::move(console), std::move(done));
    if (!command)
        return call->finish(fail(Error{ErrorCode::Usage, Why::NotInThisVersion}));
    if (command->states == States::NotNeeded)
        return command->run(call);
    services.whenSettled(patience(*command, call->request), [call, command] { command->run(call); });
}

} // namespace hatstand::app
