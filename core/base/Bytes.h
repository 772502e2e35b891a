// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <array>
#include <cstdint>
#include <span>

namespace hatstand {

/// A borrowed run of bytes; never outlives its owner.
using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;

inline Bytes bytesOf(const QByteArray& data)
{
    return {reinterpret_cast<const std::uint8_t*>(data.constData()), static_cast<std::size_t>(data.size())};
}

inline QByteArray toQByteArray(Bytes data)
{
    return {reinterpret_cast<const char*>(data.data()), static_cast<qsizetype>(data.size())};
}

} // namespace hatstand
