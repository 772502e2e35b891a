// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/Program.h"
#include "tests/support/Traces.h"

namespace hatstand::test {

/// Two keys that nobody else has, a Nostr one and an Antelope one, and every form they could be found in:
/// raw, reversed, hex, base64, bech32, base58 in each way Antelope writes it, the texts also in UTF-16; and a
/// passphrase. On the real keyring (HATSTAND_TEST_VAULT=keychain), or without any bus on the passphrase
/// vault.
class LeakStand
{
public:
    LeakStand();

    const bool keychain;
    QByteArray nsec;
    QByteArray pvt;
    QByteArray wif;
    QList<Form> forms;

    [[nodiscard]] Program program() const;
    [[nodiscard]] QStringList vaultOption() const;
    [[nodiscard]] QByteArray passphrases() const; ///< for --passphrase-fd; none with the keychain

    /// One command with one of the keys, as a person gives it.
    struct Use
    {
        QStringList arguments;
        QByteArray input;
    };
    [[nodiscard]] Use addNostr() const; ///< as "Mira"
    [[nodiscard]] Use addAntelope() const; ///< mira@active on WAX, as "Gallery"
    [[nodiscard]] static Use signEvent(); ///< asks once
    [[nodiscard]] static Use signDigest(); ///< asks once
    static constexpr char kAsk[] = "[y/N] ";

    /// No account in the keychain: it outlives a home, and the program lists every key it finds there.
    [[nodiscard]] bool clearKeychain() const;
};

[[nodiscard]] QStringList words(const char* line);

} // namespace hatstand::test
