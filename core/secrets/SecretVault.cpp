// SPDX-License-Identifier: MIT
#include "core/base/Random.h"
#include "core/secrets/StoredSecret.h"
#include "core/secrets/Vault.h"

#include <sodium.h>

namespace hatstand::secrets {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kProfile = u"profile"_s;
constexpr std::size_t kProfileKeySize = 32;

SharedSecret newProfile()
{
    SystemRandom random;
    SecretBuffer key(kProfileKeySize);
    random.fill(key.edit());
    SecretBuffer hex(2 * kProfileKeySize + 1); // the last is a zero byte
    sodium_bin2hex(reinterpret_cast<char*>(hex.edit().data()), hex.size(), key.view().data(), key.size());
    hex.truncate(2 * kProfileKeySize);
    return std::make_shared<const SecretBuffer>(encode({SecretType::ProfileKey, std::move(hex)}));
}

Result<void> checkProfile(const SecretBuffer& value)
{
    const auto stored = decodeStoredSecret(value);
    if (!stored)
        return fail(stored.error());
    if (stored->type != SecretType::ProfileKey || stored->data.size() != 2 * kProfileKeySize)
        return fail(ErrorCode::Damaged, u"the profile's entry"_s);
    return {};
}

} // namespace

void SecretVault::copy(const QString& from, const QString& to, Callback<void> done)
{
    read(from, guarded(this, [this, to, done = std::move(done)](Result<SharedSecret> secret) {
        if (!secret)
            return done(fail(secret.error()));
        write(to, *std::move(secret), done);
    }));
}

void SecretVault::look(const QString& key, Callback<std::optional<SecretType>> done)
{
    read(key, [done = std::move(done)](const Result<SharedSecret>& secret) {
        if (!secret)
            return done(fail(secret.error()));
        const auto stored = decodeStoredSecret(**secret);
        done(stored ? std::optional(stored->type) : std::nullopt);
    });
}

void SecretVault::prepare(Callback<void> done)
{
    read(kProfile, guarded(this, [this, done = std::move(done)](const Result<SharedSecret>& value) {
        if (value)
            return done(checkProfile(**value));
        if (value.error().code != ErrorCode::SecretMissing)
            return done(fail(value.error()));
        writeProfile(done);
    }));
}

void SecretVault::writeProfile(const Callback<void>& done)
{
    const SharedSecret profile = newProfile();
    const auto compare = [profile, done](const Result<SharedSecret>& back) {
        if (!back)
            return done(fail(back.error()));
        const bool same = (*back)->equals(*profile);
        done(same ? Result<void>() : fail(ErrorCode::KeychainUnavailable, u"gave back something else"_s));
    };
    write(kProfile, profile, guarded(this, [this, compare, done](const Result<void>& written) {
        if (!written || !readsBack())
            return done(written);
        read(kProfile, compare);
    }));
}

} // namespace hatstand::secrets
