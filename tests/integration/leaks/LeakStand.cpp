// SPDX-License-Identifier: MIT
#include "tests/integration/leaks/LeakStand.h"

#include "core/antelope/KeyText.h"
#include "core/antelope/Keys.h"
#include "core/base/Random.h"
#include "core/codec/Base58.h"
#include "core/nostr/Keys.h"

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr char kPassphrase[] = "a passphrase nobody else has 8dF2";

QByteArray randomBytes()
{
    QByteArray raw(32, 0);
    SystemRandom random;
    random.fill({reinterpret_cast<std::uint8_t*>(raw.data()), 32});
    return raw;
}

template <class Key, class... Arguments>
Key keyFrom(const QByteArray& raw, Arguments... arguments)
{
    auto key = Key::fromBytes(arguments..., SecretBuffer::copyOf(bytesOf(raw)));
    if (!key)
        qFatal("no key");
    return *std::move(key);
}

} // namespace

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

LeakStand::LeakStand()
    : keychain(qEnvironmentVariable("HATSTAND_TEST_VAULT") == "keychain"_L1)
{
    const QByteArray rawNostr = randomBytes();
    nsec = toQByteArray(keyFrom<nostr::SecretKey>(rawNostr).nsec().view());
    const QByteArray rawAntelope = randomBytes();
    pvt = toQByteArray(keyFrom<antelope::PrivateKey>(rawAntelope, antelope::Curve::K1).text().view());
    wif = toQByteArray(antelope::encodeText(bytesOf("\x80" + rawAntelope), antelope::kWif).view());
    const auto base58 = [](const QByteArray& raw) { return codec::toBase58(bytesOf(raw)).toLatin1(); };
    forms = formsOf("Nostr key", rawNostr, {nsec, nsec.toUpper(), base58(rawNostr)})
        + formsOf("Antelope key", rawAntelope,
            {pvt, pvt.mid(int(antelope::kPrivateK1.prefix.size())), wif, base58(rawAntelope),
                base58("\x80" + rawAntelope)})
        + formsOf("passphrase", {}, {kPassphrase});
}

Program LeakStand::program() const
{
    QProcessEnvironment environment;
    if (keychain)
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"));
    return Program(environment);
}

QStringList LeakStand::vaultOption() const
{
    return {u"--vault"_s, keychain ? u"keychain"_s : u"passphrase"_s};
}

QByteArray LeakStand::passphrases() const
{
    return keychain ? QByteArray() : QByteArray(kPassphrase) + '\n';
}

LeakStand::Use LeakStand::addNostr() const
{
    return {words("add nostr --nsec-stdin --label Mira") + vaultOption(), nsec + '\n'};
}

LeakStand::Use LeakStand::addAntelope() const
{
    return {words("add antelope --chain wax --account mira@active --key-stdin --offline --label Gallery")
            + vaultOption(),
        wif + '\n'};
}

LeakStand::Use LeakStand::signEvent()
{
    return {words("sign-event"), R"({"kind":1,"content":"hello"})"};
}

LeakStand::Use LeakStand::signDigest()
{
    return {{u"sign-digest"_s, QString(64, u'a'), u"--session"_s, u"Gallery"_s}, {}};
}

bool LeakStand::clearKeychain() const
{
    if (!keychain)
        return true;
    Program before = program();
    return before.run(words("add nostr --generate --vault keychain")).exit == 0
        && before.run(words("list")).exit == 0 && before.run(words("logout --all --yes --forget")).exit == 0;
}

} // namespace hatstand::test
