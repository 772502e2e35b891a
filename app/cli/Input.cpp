// SPDX-License-Identifier: MIT
#include "app/cli/Input.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace hatstand::app {
namespace {

constexpr std::size_t kPiece = std::size_t{64} * 1024;

ssize_t readSome(int fd, MutableBytes into)
{
    ssize_t got = 0;
    do {
        got = ::read(fd, into.data(), into.size());
    } while (got < 0 && errno == EINTR);
    return got;
}

} // namespace

Result<SecretBuffer> readAll(int fd, std::size_t limit)
{
    SecretBuffer whole(kPiece);
    std::size_t size = 0;
    for (;;) {
        if (size == whole.size()) {
            SecretBuffer larger(std::min(whole.size() * 2, limit + kPiece));
            std::copy(whole.view().begin(), whole.view().end(), larger.edit().begin());
            whole = std::move(larger);
        }
        const ssize_t got = readSome(fd, whole.edit().subspan(size));
        if (got < 0)
            return fail(
                Error{ErrorCode::Usage, Why::Unsaid, QStringLiteral("Standard input can't be read.")});
        if (got == 0)
            break;
        size += std::size_t(got);
        if (size > limit)
            return refuse(Why::TooLarge, {}, qint64(size), qint64(limit));
    }
    whole.truncate(size);
    return whole;
}

Result<std::vector<SecretBuffer>> readLines(int fd)
{
    constexpr std::size_t kLimit = std::size_t{64} * 1024;
    SecretBuffer whole(kLimit);
    std::size_t size = 0;
    for (;;) {
        const auto text = whole.text().substr(0, size);
        pollfd wait{fd, POLLIN, 0};
        const bool haveLine = text.ends_with('\n');
        if (haveLine && ::poll(&wait, 1, 100) == 0)
            break;
        if (size == kLimit)
            return refuse(Why::TooLarge, {}, qint64(size), qint64(kLimit));
        const ssize_t got = readSome(fd, whole.edit().subspan(size));
        if (got < 0)
            return fail(Error{ErrorCode::Usage, Why::Unsaid,
                QStringLiteral("--passphrase-fd: this descriptor can't be read.")});
        if (got == 0)
            break;
        size += std::size_t(got);
    }
    std::vector<SecretBuffer> lines;
    std::string_view rest = whole.text().substr(0, size);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(SecretBuffer::copyOf(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

Result<SecretBuffer> onlyLine(const SecretBuffer& input)
{
    SecretBuffer line = input.trimmed();
    if (line.isEmpty())
        return refuse(Why::Empty);
    if (line.text().find('\n') != std::string_view::npos)
        return refuse(Why::NotThisForm);
    return line;
}

bool writeAll(int fd, Bytes data)
{
    while (!data.empty()) {
        const ssize_t put = ::write(fd, data.data(), data.size());
        if (put < 0 && errno != EINTR)
            return false;
        data = data.subspan(std::size_t(std::max(put, ssize_t(0))));
    }
    return true;
}

} // namespace hatstand::app
