// SPDX-License-Identifier: MIT
#include "core/base/Descriptor.h"

#include <cerrno>
#include <unistd.h>

namespace hatstand {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    if (this != &other) {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = other.release();
    }
    return *this;
}

Descriptor::~Descriptor()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

bool Descriptor::write(Bytes data) const
{
    while (!data.empty()) {
        const ssize_t put = ::write(m_fd, data.data(), data.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        data = data.subspan(std::size_t(put));
    }
    return true;
}

SecretBuffer Descriptor::readAvailable(std::size_t limit) const
{
    SecretBuffer all(limit + 1);
    std::size_t have = 0;
    while (have < all.size()) {
        const MutableBytes rest = all.edit().subspan(have);
        const ssize_t got = ::read(m_fd, rest.data(), rest.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        have += std::size_t(got);
    }
    if (have > limit)
        return {};
    all.truncate(have);
    return all;
}

} // namespace hatstand
