// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/Signer.h"

namespace hatstand {
class Settings;
}

namespace hatstand::signing {

/// A signer that the person can stop: while the setting "signing.stopped" is true every request for a
/// signature is answered with Denied (SigningStopped), before anything is asked or a secret is read. A
/// request that was under way when it was stopped gets no further than its next step, and no signature
/// leaves. What is exported is asked for by the person, and goes on.
class StoppableSigner final : public Signer
{
public:
    StoppableSigner(Signer& signer, const Settings& settings);

    void signEvent(const session::SessionId& id, const QByteArray& unsignedEvent, Approver& approver,
        PassphraseSource& passphrases, Callback<QByteArray> done) override;
    void signDigest(const session::SessionId& id, const ByteArray<32>& digest, Approver& approver,
        PassphraseSource& passphrases, Callback<QString> done) override;
    void signTransaction(const session::SessionId& id, const TransactionRequest& request, Approver& approver,
        PassphraseSource& passphrases, Callback<QString> done) override;
    void exportKey(
        const session::SessionId& id, PassphraseSource& passphrases, Callback<SharedSecret> done) override;
    void exportKeyTo(const session::SessionId& id, SharedDescriptor to, PassphraseSource& passphrases,
        Callback<void> done) override;
    void exportEncrypted(const session::SessionId& id, SharedSecret newPassphrase,
        PassphraseSource& passphrases, Callback<QByteArray> done) override;

private:
    Signer& m_signer;
    const Settings& m_settings;
};

/// Whether signing is stopped. It outlives the program.
[[nodiscard]] bool isSigningStopped(const Settings& settings);
/// Stops or resumes it, for this profile and everybody who asks. Where it is so already, nothing changes.
/// Disk.
[[nodiscard]] Result<void> setSigningStopped(Settings& settings, bool stopped);

} // namespace hatstand::signing
