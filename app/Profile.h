// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"

#include <QString>

namespace hatstand::app {

/// Where one profile keeps its files, and what its names on the bus and in the keychain end in.
struct Profile
{
    QString home; ///< the folder it was given, absolute; empty for the person's own profile
    QString dataDir; ///< absolute
    QString configDir;
    QString cacheDir;
    QString socketPath;
    QString signerProgram = {}; ///< what is started with --signer; empty: this program
    QString suffix; ///< empty, or ".p<uuid hex>" for a profile of its own

    [[nodiscard]] QString databaseFile() const;
    [[nodiscard]] QString vaultFile() const;
    [[nodiscard]] QString settingsFile() const;
    [[nodiscard]] QString lockFile() const;
    [[nodiscard]] QString accountCacheFile() const;
    [[nodiscard]] QString chainsFile() const; ///< chains of the person's own, and their endpoints
    [[nodiscard]] QString chainCacheFile() const; ///< what is known of accounts on chains
    [[nodiscard]] QString linksFile() const; ///< apps that keep a channel
    [[nodiscard]] QString pictureFolder() const; ///< of accounts; may not be there
    [[nodiscard]] QString serviceName() const; ///< of the keychain and on the bus
};

/// What to do with a profile folder that is not where it was.
enum class Relocation { Ask, Moved, Copied };

/// Finds the profile (XDG folders, or everything under home) and makes its folders, 0700; what others could
/// read or enter is closed (PrivateFiles.h). Errors: Disk; Failed where something is another user's, or a
/// symbolic link; MovedOrCopied (detail: where it was); Damaged when home's id is none; Busy where another
/// process does not come to an end with naming it.
[[nodiscard]] Result<Profile> openProfile(const QString& home, Relocation relocation);

} // namespace hatstand::app
