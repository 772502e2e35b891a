// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"

#include <memory>
#include <string_view>

namespace hatstand {

/// Secret bytes in guarded, locked memory (libsodium's sodium_malloc) that is wiped when it goes.
/// Move-only; lent as a span for one call; can't be printed, compared in variable time, or turned into a Qt
/// string.
class SecretBuffer
{
public:
    SecretBuffer() noexcept = default;
    explicit SecretBuffer(std::size_t size); ///< zero-filled; throws std::bad_alloc where memory is out
    SecretBuffer(SecretBuffer&& other) noexcept;
    SecretBuffer& operator=(SecretBuffer&& other) noexcept;
    SecretBuffer(const SecretBuffer&) = delete;
    SecretBuffer& operator=(const SecretBuffer&) = delete;
    ~SecretBuffer();

    [[nodiscard]] static SecretBuffer copyOf(Bytes data);
    [[nodiscard]] static SecretBuffer copyOf(std::string_view text);
    /// UTF-8 of the text; the source's own storage is wiped and emptied. A shared string can't be wiped in
    /// the other owner's copy: take it from where it arose.
    [[nodiscard]] static SecretBuffer takeFrom(QString& source);
    [[nodiscard]] static SecretBuffer takeFrom(QByteArray& source);
    [[nodiscard]] static SecretBuffer concat(std::initializer_list<Bytes> parts);

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_size == 0; }
    [[nodiscard]] Bytes view() const noexcept { return {m_data, m_size}; }
    [[nodiscard]] MutableBytes edit() noexcept { return {m_data, m_size}; }
    [[nodiscard]] std::string_view text() const noexcept
    {
        return {reinterpret_cast<const char*>(m_data), m_size};
    }
    [[nodiscard]] SecretBuffer clone() const { return copyOf(view()); }
    /// Without the white space at both ends.
    [[nodiscard]] SecretBuffer trimmed() const;
    /// In constant time for equal sizes.
    [[nodiscard]] bool equals(const SecretBuffer& other) const noexcept;
    void truncate(std::size_t size) noexcept; ///< keeps the first bytes, wipes the rest
    void clear() noexcept;

private:
    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
};

/// For callbacks, which std::function wants copyable. Nobody keeps it past the callback.
using SharedSecret = std::shared_ptr<const SecretBuffer>;

/// Wipes stack or heap memory that a library made us use.
void wipe(MutableBytes memory) noexcept;
void wipe(QByteArray& data) noexcept;
void wipe(QString& text) noexcept;

} // namespace hatstand
