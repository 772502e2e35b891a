// SPDX-License-Identifier: MIT
#include "core/signing/StoppableSigner.h"

#include "core/base/Settings.h"

#include <memory>

namespace hatstand::signing {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kSetting = u"signing.stopped"_s;

Result<void> checkSigns(const Settings& settings)
{
    if (isSigningStopped(settings))
        return fail(Error{.code = ErrorCode::Denied, .why = Why::SigningStopped});
    return {};
}

/// A yes counts only while signing is not stopped: the person may have stopped it with the question open.
class Gate final : public Approver
{
public:
    Gate(Approver& approver, const Settings& settings)
        : m_approver(approver)
        , m_settings(settings)
    {
    }

    void approve(const SigningRequest& request, Callback<void> done) override
    {
        m_approver.approve(request, [&settings = m_settings, done = std::move(done)](Result<void> answer) {
            done(answer ? checkSigns(settings) : answer);
        });
    }
    [[nodiscard]] bool isThere() const override { return m_approver.isThere(); }

private:
    Approver& m_approver;
    const Settings& m_settings;
};

/// Lets the answer through if signing is not stopped by then; keeps the gate until it comes.
template <class T>
Callback<T> kept(std::shared_ptr<Gate> gate, const Settings& settings, Callback<T> done)
{
    return [gate = std::move(gate), &settings, done = std::move(done)](Result<T> result) {
        const auto signs = checkSigns(settings);
        done(result && !signs ? fail(signs.error()) : std::move(result));
    };
}

} // namespace

StoppableSigner::StoppableSigner(Signer& signer, const Settings& settings)
    : m_signer(signer)
    , m_settings(settings)
{
}

void StoppableSigner::signEvent(const session::SessionId& id, const QByteArray& unsignedEvent,
    Approver& approver, PassphraseSource& passphrases, Callback<QByteArray> done)
{
    if (const auto signs = checkSigns(m_settings); !signs)
        return done(fail(signs.error()));
    const auto gate = std::make_shared<Gate>(approver, m_settings);
    m_signer.signEvent(id, unsignedEvent, *gate, passphrases, kept(gate, m_settings, std::move(done)));
}

void StoppableSigner::signDigest(const session::SessionId& id, const ByteArray<32>& digest,
    Approver& approver, PassphraseSource& passphrases, Callback<QString> done)
{
    if (const auto signs = checkSigns(m_settings); !signs)
        return done(fail(signs.error()));
    const auto gate = std::make_shared<Gate>(approver, m_settings);
    m_signer.signDigest(id, digest, *gate, passphrases, kept(gate, m_settings, std::move(done)));
}

void StoppableSigner::signTransaction(const session::SessionId& id, const TransactionRequest& request,
    Approver& approver, PassphraseSource& passphrases, Callback<QString> done)
{
    if (const auto signs = checkSigns(m_settings); !signs)
        return done(fail(signs.error()));
    const auto gate = std::make_shared<Gate>(approver, m_settings);
    m_signer.signTransaction(id, request, *gate, passphrases, kept(gate, m_settings, std::move(done)));
}

void StoppableSigner::exportKey(
    const session::SessionId& id, PassphraseSource& passphrases, Callback<SharedSecret> done)
{
    m_signer.exportKey(id, passphrases, std::move(done));
}

void StoppableSigner::exportKeyTo(
    const session::SessionId& id, SharedDescriptor to, PassphraseSource& passphrases, Callback<void> done)
{
    m_signer.exportKeyTo(id, std::move(to), passphrases, std::move(done));
}

void StoppableSigner::exportEncrypted(const session::SessionId& id, SharedSecret newPassphrase,
    PassphraseSource& passphrases, Callback<QByteArray> done)
{
    m_signer.exportEncrypted(id, std::move(newPassphrase), passphrases, std::move(done));
}

bool isSigningStopped(const Settings& settings)
{
    return settings.value(kSetting) == "true"_L1;
}

Result<void> setSigningStopped(Settings& settings, bool stopped)
{
    if (isSigningStopped(settings) == stopped)
        return {};
    return settings.set(kSetting, stopped ? u"true"_s : u"false"_s);
}

} // namespace hatstand::signing
