// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"

#include <memory>
#include <utility>

namespace hatstand {

/// An open file descriptor that is closed with its owner.
class Descriptor
{
public:
    Descriptor() noexcept = default;
    explicit Descriptor(int fd) noexcept
        : m_fd(fd)
    {
    }
    Descriptor(Descriptor&& other) noexcept
        : m_fd(other.release())
    {
    }
    Descriptor& operator=(Descriptor&& other) noexcept;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    [[nodiscard]] bool isOpen() const noexcept { return m_fd >= 0; }
    [[nodiscard]] int get() const noexcept { return m_fd; }
    [[nodiscard]] int release() noexcept { return std::exchange(m_fd, -1); }

    /// All of it, or false.
    [[nodiscard]] bool write(Bytes data) const;
    /// What can be read of it without waiting; empty where that is nothing or more than limit bytes.
    [[nodiscard]] SecretBuffer readAvailable(std::size_t limit) const;

private:
    int m_fd = -1;
};

/// For callbacks, which std::function wants copyable.
using SharedDescriptor = std::shared_ptr<const Descriptor>;

} // namespace hatstand
