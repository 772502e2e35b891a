// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"

namespace hatstand {

/// Passed in, so that tests can know what was drawn.
class Random
{
public:
    virtual ~Random() = default;
    virtual void fill(MutableBytes out) = 0;
};

/// libsodium's randombytes_buf: the kernel's generator.
class SystemRandom final : public Random
{
public:
    void fill(MutableBytes out) override;
};

} // namespace hatstand
