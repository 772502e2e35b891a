// SPDX-License-Identifier: MIT
#include "app/cli/Commands.h"

#include <QHash>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

struct Command
{
    void (*run)(const CallPtr& call);
    bool needsStates; ///< what is known of secrets matters to it
};

const Command* find(const QString& name)
{
    static const QHash<QString, Command> commands{
        {u"list"_s, {commands::list, true}},
        {u"current"_s, {commands::current, true}},
        {u"show"_s, {commands::show, true}},
        {u"switch"_s, {commands::switchTo, false}},
        {u"rename"_s, {commands::rename, false}},
        {u"move"_s, {commands::move, false}},
        {u"chains"_s, {commands::chains, false}},
        {u"add nostr"_s, {commands::addNostr, true}},
        {u"add antelope"_s, {commands::addAntelope, true}},
        {u"logout"_s, {commands::logout, true}},
        {u"trash"_s, {commands::trash, true}},
        {u"untrash"_s, {commands::untrash, true}},
        {u"sign-event"_s, {commands::signEvent, true}},
        {u"sign-digest"_s, {commands::signDigest, true}},
        {u"export"_s, {commands::exportKey, true}},
        {u"config list"_s, {commands::configList, false}},
        {u"config get"_s, {commands::configGet, false}},
        {u"config set"_s, {commands::configSet, false}},
        {u"lock"_s, {commands::lock, false}},
        {u"unlock"_s, {commands::unlock, false}},
    };
    const auto found = commands.constFind(name);
    return found == commands.cend() ? nullptr : &*found;
}

} // namespace

void runCommand(const Services& services, Request request, std::shared_ptr<Console> console,
    std::function<void(int)> done)
{
    const Command* command = find(request.command);
    auto call = std::make_shared<Call>(services, std::move(request), std::move(console), std::move(done));
    if (!command)
        return call->finish(fail(Error{ErrorCode::Usage, Why::NotInThisVersion}));
    if (!command->needsStates)
        return command->run(call);
    services.whenSettled(1500ms, [call, command] { command->run(call); });
}

} // namespace hatstand::app
