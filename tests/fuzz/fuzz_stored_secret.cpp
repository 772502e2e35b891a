// SPDX-License-Identifier: MIT
#include "core/secrets/StoredSecret.h"
#include "tests/fuzz/Fuzz.h"

using namespace hatstand;
using namespace hatstand::secrets;
using hatstand::fuzz::must;

/// What is read can be written again, and then reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto read = decodeStoredSecret(SecretBuffer::copyOf(Bytes(data, size)));
    if (!read) {
        must(read.error().code == ErrorCode::Damaged);
        return 0;
    }
    const auto again = decodeStoredSecret(encode(*read));
    must(again && again->type == read->type && again->data.equals(read->data));
    return 0;
}
