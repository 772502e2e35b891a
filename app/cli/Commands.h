// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/Call.h"

namespace hatstand::app {

/// Runs one command against the core, the same in the process that was asked and in a running instance.
/// Refuses what it does not know. done gets the exit code.
void runCommand(const Services& services, Request request, std::shared_ptr<Console> console,
    std::function<void(int)> done);

namespace commands {

// Each answers its call exactly once.
void list(const CallPtr& call);
void current(const CallPtr& call);
void show(const CallPtr& call);
void switchTo(const CallPtr& call);
void rename(const CallPtr& call);
void setPrivate(const CallPtr& call);
void move(const CallPtr& call);
void chains(const CallPtr& call);
void chainsAdd(const CallPtr& call);
void chainsSet(const CallPtr& call);
void chainsRemove(const CallPtr& call);
void accounts(const CallPtr& call);

void addNostr(const CallPtr& call);
void addAntelope(const CallPtr& call);

void logout(const CallPtr& call);
void trash(const CallPtr& call);
void untrash(const CallPtr& call);

void signEvent(const CallPtr& call);
void signDigest(const CallPtr& call);
void exportKey(const CallPtr& call);
void signRequest(const CallPtr& call);
void transact(const CallPtr& call);
void open(const CallPtr& call); ///< hatstand URI

void refresh(const CallPtr& call);
void follow(const CallPtr& call);
void unfollow(const CallPtr& call);
void mute(const CallPtr& call);
void unmute(const CallPtr& call);
void profileSet(const CallPtr& call);
void undo(const CallPtr& call);

void apps(const CallPtr& call);
void appsShow(const CallPtr& call);
void appsRevoke(const CallPtr& call);

void configList(const CallPtr& call);
void configGet(const CallPtr& call);
void configSet(const CallPtr& call);

void lock(const CallPtr& call);
void unlock(const CallPtr& call);
void pause(const CallPtr& call);
void resume(const CallPtr& call);
void passphraseSet(const CallPtr& call);
void passphraseChange(const CallPtr& call);
void passphraseRemove(const CallPtr& call);

} // namespace commands
} // namespace hatstand::app
