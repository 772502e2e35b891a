// SPDX-License-Identifier: MIT
#include "core/codec/Deflate.h"

#include <memory>
#include <zlib.h>

namespace hatstand::codec {
namespace {

constexpr int kRaw = -15; ///< the largest window, no header
constexpr int kRawSmall
    = -12; ///< a window of 4 KiB: what zlib sets up for a larger one takes longer than the rest
constexpr std::size_t kSmall = 4096; ///< bytes
constexpr qsizetype kFirstRoom = 4096;

} // namespace

QByteArray deflateRaw(Bytes data)
{
    z_stream stream{};
    const bool isSmall = data.size() <= kSmall;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, isSmall ? kRawSmall : kRaw, isSmall ? 2 : 8,
            Z_DEFAULT_STRATEGY)
        != Z_OK)
        qFatal("deflate: out of memory");
    const std::unique_ptr<z_stream, decltype(&deflateEnd)> end(&stream, &deflateEnd);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, data.size())), Qt::Uninitialized);
    stream.next_in = const_cast<Bytef*>(data.data()); // zlib only reads it
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("deflate: its bound is too small");
    out.truncate(static_cast<qsizetype>(stream.total_out));
    return out;
}

Result<QByteArray> inflateRaw(Bytes data, qsizetype limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, kRaw) != Z_OK)
        qFatal("inflate: out of memory");
    const std::unique_ptr<z_stream, decltype(&inflateEnd)> end(&stream, &inflateEnd);
    stream.next_in = const_cast<Bytef*>(data.data());
    stream.avail_in = static_cast<uInt>(data.size());
    QByteArray out;
    for (int state = Z_BUF_ERROR; state != Z_STREAM_END;) {
        const qsizetype used = out.size();
        if (used > limit)
            return refuse(Why::BadCompression);
        // One byte over the limit is room enough to see that there is more.
        out.resize(std::min(std::max(used * 2, kFirstRoom), limit + 1));
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
        stream.avail_out = static_cast<uInt>(out.size() - used);
        state = inflate(&stream, Z_FINISH); // what fits at once needs no window
        const bool wantsRoom = state == Z_BUF_ERROR && stream.avail_out == 0;
        if (state != Z_STREAM_END && !wantsRoom)
            return refuse(Why::BadCompression);
        out.truncate(static_cast<qsizetype>(stream.total_out));
    }
    if (stream.avail_in > 0 || out.size() > limit)
        return refuse(Why::BadCompression);
    return out;
}

} // namespace hatstand::codec
