// SPDX-License-Identifier: MIT
#include "core/secrets/VaultFile.h"
#include "tests/fuzz/Fuzz.h"

#include <sodium.h>

using namespace hatstand;
using namespace hatstand::secrets;
using hatstand::fuzz::must;

namespace {

/// The input as the file's inside: with the checksum that it would need, so that the entries are reached.
QByteArray withChecksum(Bytes inside)
{
    QByteArray content = toQByteArray(inside) + QByteArray(32, '\0');
    ByteArray<32> hash;
    crypto_generichash(
        hash.data(), hash.size(), bytesOf(content).data(), bytesOf(content).size(), nullptr, 0);
    return content + toQByteArray(hash);
}

/// A file that nobody with the key has written is never believed, and can be read again once it is written
/// with one.
void parse(Bytes content, const SecretBuffer& master)
{
    const auto file = VaultFile::parse(content);
    if (!file) {
        must(file.error().code == ErrorCode::Damaged);
        return;
    }
    must(!file->verify(master));
    for (const QByteArray& key : file->keys())
        must(!file->open(key, master));
    const QByteArray written = file->serialised(master);
    const auto again = VaultFile::parse(bytesOf(written));
    must(again && again->verify(master) && again->keys() == file->keys());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const SecretBuffer master(32);
    parse({data, size}, master);
    parse(bytesOf(withChecksum({data, size})), master);
    return 0;
}
