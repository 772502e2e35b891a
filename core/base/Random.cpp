// SPDX-License-Identifier: MIT
#include "core/base/Random.h"

#include <sodium.h>

namespace hatstand {

void SystemRandom::fill(MutableBytes out)
{
    if (sodium_init() < 0)
        qFatal("libsodium can't start: no randomness to be had");
    randombytes_buf(out.data(), out.size());
}

} // namespace hatstand
