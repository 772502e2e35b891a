// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountDirectory.h"
#include "core/antelope/Chains.h"
#include "core/base/Random.h"
#include "core/base/Settings.h"
#include "core/secrets/VaultSetup.h"
#include "core/signing/OwnKeys.h"
#include "core/signing/Signer.h"
#include "tests/ui/SampleStand.h"
#include "ui/UiContext.h"
#include "ui/clipboard/SecretClipboard.h"
#include "ui/shortcuts/ShortcutMap.h"
#include "ui/theme/ThemeManager.h"

#include <QApplication>
#include <QThreadPool>

namespace hatstand::test {

/// Everything a window is given, over the stand's session core.
class WindowStand : public SampleStand
{
public:
    WindowStand()
        : settings(dir.filePath(QStringLiteral("hatstand.ini")))
        , themes(*qApp, settings)
        , shortcuts(settings)
        , keys(*vault, pool)
        , signer(*sessions, slot, keys, clock, antelope::Chains::bundled())
        , ownKeys(*sessions, slot, keys, settings, clock)
        , accounts({*sessions, signer, ownKeys, settings, clock, random,
              dir.filePath(QStringLiteral("accounts.db"))})
        , setup({QStringLiteral("test"), dir.filePath(QStringLiteral("vault.bin"))}, slot, settings, random,
              pool)
        , context{*sessions, *model, signer, slot, setup, settings, shortcuts, antelope::Chains::bundled(),
              random, clock, pool, clipboard, nullptr, &accounts}
    {
        themes.apply();
    }

    Settings settings;
    ui::ThemeManager themes;
    ui::ShortcutMap shortcuts;
    SystemRandom random;
    QThreadPool pool;
    signing::LocalKeys keys;
    signing::LocalSigner signer;
    signing::OwnKeys ownKeys;
    accounts::AccountDirectory accounts; ///< not started: it knows what its cache says
    secrets::VaultSetup setup;
    ui::SecretClipboard clipboard;
    ui::UiContext context;
};

} // namespace hatstand::test
