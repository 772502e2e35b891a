// SPDX-License-Identifier: MIT
#include "tests/ui/DialogStage.h"

#include "core/signing/Accounts.h"

#include <QEventLoop>

namespace hatstand::test {

using namespace Qt::Literals::StringLiterals;

const char* const DialogStage::kNsec = "nsec1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqps52s3re";
const char* const DialogStage::kNpub = "npub1lycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmus6gq266";
const char* const DialogStage::kNcryptsec = "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxf"
                                            "qtd67p9m0w57lspw8gsq6yphnm8623nsl8xn9j4jdzz84zm3frz"
                                            "tj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p";
const char* const DialogStage::kPvt = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3";

DialogStage::DialogStage(Vault vault)
    : settings(stand.dir.filePath(u"config.ini"_s))
    , shortcuts(settings)
    , setup({u"org.hatstand.Hatstand.test"_s, stand.dir.filePath(u"vault.bin"_s)}, stand.slot, settings,
          random, pool)
    , keys(*stand.vault, pool)
    , signer(*stand.sessions, stand.slot, keys, stand.clock, antelope::Chains::bundled())
    , ownKeys(*stand.sessions, stand.slot, keys, settings, stand.clock)
    , accounts({*stand.sessions, signer, ownKeys, settings, stand.clock, random, cacheFile()})
    , context{*stand.sessions, *stand.model, signer, stand.slot, setup, settings, shortcuts,
          antelope::Chains::bundled(), random, stand.clock, pool, clipboard, nullptr, &accounts}
{
    if (vault == Vault::Decided) {
        if (!settings.set(u"vault.kind"_s, u"keychain"_s))
            qFatal("no settings");
    } else {
        stand.slot.set(nullptr);
        stand.vault = nullptr;
    }
}

DialogStage::~DialogStage()
{
    pool.waitForDone();
}

session::SessionId DialogStage::add(Result<session::NewSession> session, const QString& label)
{
    if (!session)
        qFatal("a made-up account is refused");
    session->label = label;
    const session::SessionId id = session->id;
    stand.sessions->add(*session, [](const Result<session::Added>& done) {
        if (!done)
            qFatal("can't add: %s", name(done.error().code).data());
    });
    return id;
}

session::SessionId DialogStage::addNostrKey(int key, const QString& label)
{
    const QByteArray hex = QByteArray::number(key, 16).rightJustified(64, '0');
    return add(signing::nostrFromKey(SecretBuffer::copyOf(bytesOf(hex))), label);
}

session::SessionId DialogStage::addEncrypted(const QString& label)
{
    Result<session::NewSession> session = fail(ErrorCode::Failed);
    QEventLoop loop;
    const auto secret
        = [](const char* text) { return std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(text)); };
    QObject here;
    signing::nostrFromNcryptsec(secret(kNcryptsec), secret("nostr"), pool, &here,
        std::make_shared<std::atomic_bool>(false), [&](Result<session::NewSession> done) {
            session = std::move(done);
            loop.quit();
        });
    loop.exec();
    return add(session, label);
}

session::SessionId DialogStage::addAntelopeKey(const QString& account, const QString& label)
{
    const auto wax = antelope::Chains::bundled().find(u"wax"_s);
    return add(signing::antelopeFromKey(*wax, account, SecretBuffer::copyOf(kPvt)), label);
}

session::SessionId DialogStage::watch(const QString& label)
{
    return add(
        signing::watchNostr(u"npub13h4g07ca7yqhxr5mp7fs9u7jylwhfzm9es09lfs9nrvf9s9aar0qnk58tg"_s), label);
}

} // namespace hatstand::test
