// SPDX-License-Identifier: MIT
#include "core/base/SecretBuffer.h"

#include <QString>
#include <QStringEncoder>
#include <algorithm>
#include <cstring>
#include <new>
#include <sodium.h>
#include <utility>

namespace hatstand {
namespace {

bool isSpace(std::uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

} // namespace

SecretBuffer::SecretBuffer(std::size_t size)
    : m_size(size)
{
    if (size == 0)
        return;
    if (sodium_init() < 0)
        throw std::bad_alloc();
    m_data = static_cast<std::uint8_t*>(sodium_malloc(size));
    if (!m_data)
        throw std::bad_alloc();
    std::memset(m_data, 0, size);
}

SecretBuffer::SecretBuffer(SecretBuffer&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

SecretBuffer& SecretBuffer::operator=(SecretBuffer&& other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecretBuffer::~SecretBuffer()
{
    clear();
}

void SecretBuffer::clear() noexcept
{
    sodium_free(m_data); // wipes; nullptr is fine
    m_data = nullptr;
    m_size = 0;
}

SecretBuffer SecretBuffer::copyOf(Bytes data)
{
    SecretBuffer copy(data.size());
    std::copy(data.begin(), data.end(), copy.m_data);
    return copy;
}

SecretBuffer SecretBuffer::copyOf(std::string_view text)
{
    return copyOf(Bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

SecretBuffer SecretBuffer::takeFrom(QString& source)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    SecretBuffer scratch(static_cast<std::size_t>(encoder.requiredSpace(source.size())));
    char* begin = reinterpret_cast<char*>(scratch.m_data);
    const char* end = encoder.appendToBuffer(begin, source);
    scratch.truncate(static_cast<std::size_t>(end - begin));
    wipe(source);
    return scratch;
}

SecretBuffer SecretBuffer::takeFrom(QByteArray& source)
{
    SecretBuffer copy = copyOf(bytesOf(source));
    wipe(source);
    return copy;
}

SecretBuffer SecretBuffer::concat(std::initializer_list<Bytes> parts)
{
    std::size_t size = 0;
    for (Bytes part : parts)
        size += part.size();
    SecretBuffer whole(size);
    std::uint8_t* at = whole.m_data;
    for (Bytes part : parts)
        at = std::copy(part.begin(), part.end(), at);
    return whole;
}

SecretBuffer SecretBuffer::trimmed() const
{
    Bytes inner = view();
    while (!inner.empty() && isSpace(inner.front()))
        inner = inner.subspan(1);
    while (!inner.empty() && isSpace(inner.back()))
        inner = inner.first(inner.size() - 1);
    return copyOf(inner);
}

bool SecretBuffer::equals(const SecretBuffer& other) const noexcept
{
    return m_size == other.m_size && (m_size == 0 || sodium_memcmp(m_data, other.m_data, m_size) == 0);
}

void SecretBuffer::truncate(std::size_t size) noexcept
{
    if (size >= m_size)
        return;
    if (size == 0)
        return clear();
    sodium_memzero(m_data + size, m_size - size);
    m_size = size;
}

void wipe(MutableBytes memory) noexcept
{
    sodium_memzero(memory.data(), memory.size());
}

void wipe(QByteArray& data) noexcept
{
    // constData: a write through a shared array would detach and wipe only the new copy. Literals can't be
    // written.
    if (data.data_ptr().isMutable())
        sodium_memzero(const_cast<char*>(data.constData()), static_cast<std::size_t>(data.size()));
    data = QByteArray();
}

void wipe(QString& text) noexcept
{
    if (text.data_ptr().isMutable())
        sodium_memzero(
            const_cast<QChar*>(text.constData()), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    text = QString();
}

} // namespace hatstand
