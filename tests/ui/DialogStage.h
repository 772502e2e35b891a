// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountDirectory.h"
#include "core/antelope/Chains.h"
#include "core/base/Settings.h"
#include "core/secrets/VaultSetup.h"
#include "core/signing/OwnKeys.h"
#include "core/signing/Signer.h"
#include "tests/ui/SampleStand.h"
#include "ui/UiContext.h"
#include "ui/clipboard/SecretClipboard.h"
#include "ui/shortcuts/ShortcutMap.h"

#include <QThreadPool>

namespace hatstand::test {

/// Everything a dialog is given, real but for the vault, which is in memory and does what a test says.
class DialogStage
{
public:
    enum class Vault { Decided, Undecided };
    explicit DialogStage(Vault vault = Vault::Decided);
    ~DialogStage();

    /// An account with a real key: the private key is the number itself.
    session::SessionId addNostrKey(int key, const QString& label = {});
    session::SessionId addEncrypted(const QString& label = {}); ///< kNcryptsec
    session::SessionId addAntelopeKey(const QString& account = QStringLiteral("miragallery2@active"),
        const QString& label = QStringLiteral("Gallery"));
    session::SessionId watch(const QString& label = {});

    [[nodiscard]] QString cacheFile() const { return stand.dir.filePath(QStringLiteral("accounts.db")); }

    static const char* const kNsec; ///< of key 3
    static const char* const kNpub; ///< of key 3
    static const char* const kNcryptsec; ///< from NIP-49: passphrase "nostr", log_n 16
    static const char* const kPvt; ///< some key of Antelope

    SampleStand stand;
    Settings settings;
    SystemRandom random;
    QThreadPool pool;
    ui::ShortcutMap shortcuts;
    secrets::VaultSetup setup;
    signing::LocalKeys keys;
    signing::LocalSigner signer;
    signing::OwnKeys ownKeys;
    accounts::AccountDirectory accounts; ///< not started: it knows what its cache says
    ui::SecretClipboard clipboard;
    ui::UiContext context;

private:
    session::SessionId add(Result<session::NewSession> session, const QString& label);
};

} // namespace hatstand::test
