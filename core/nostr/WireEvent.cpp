// SPDX-License-Identifier: MIT
#include "core/nostr/WireEvent.h"

#include "core/crypto/Hash.h"
#include "core/crypto/Secp256k1.h"
#include "core/nostr/JsonScanner.h"

#include <QSemaphore>
#include <QThreadPool>
#include <algorithm>
#include <array>
#include <utility>

namespace hatstand::nostr {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qint64 kHighestKind = 65535;
constexpr int kDepth = 8; ///< of what is skipped

enum Field { Id, Pubkey, CreatedAt, EventKind, Tags, Content, Signature, Fields };
constexpr std::array<QLatin1StringView, Fields> kNames{
    "id"_L1, "pubkey"_L1, "created_at"_L1, "kind"_L1, "tags"_L1, "content"_L1, "sig"_L1};

tl::unexpected<Error> bad(QLatin1StringView field)
{
    return refuse(Why::BadEvent, field);
}

template <std::size_t N>
bool readHex(JsonScanner& json, ByteArray<N>& bytes)
{
    JsonScanner::String text;
    if (!json.string(text) || text.raw.size() != qsizetype(2 * N))
        return false;
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    for (std::size_t i = 0; i < N; ++i) {
        const int high = digit(text.raw[qsizetype(2 * i)]);
        const int low = digit(text.raw[qsizetype(2 * i + 1)]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

/// An array of arrays of strings; writes it as the id needs it.
bool readTags(JsonScanner& json, QByteArray& canonical)
{
    if (!json.take('['))
        return false;
    canonical += '[';
    bool first = true;
    while (!json.take(']')) {
        if (!first && !json.take(','))
            return false;
        if (!json.take('['))
            return false;
        canonical += first ? "[" : ",[";
        first = false;
        bool firstItem = true;
        while (!json.take(']')) {
            JsonScanner::String item;
            if ((!firstItem && !json.take(',')) || !json.string(item))
                return false;
            if (!firstItem)
                canonical += ',';
            firstItem = false;
            if (!appendCanonical(canonical, item))
                return false;
        }
        canonical += ']';
    }
    canonical += ']';
    return true;
}

struct Reader
{
    WireEvent event;
    QByteArray tags; ///< canonical
    QByteArray content; ///< canonical

    bool read(JsonScanner& json, int field)
    {
        switch (field) {
        case Id:
            return readHex(json, event.id);
        case Pubkey:
            return readHex(json, event.pubkey);
        case Signature:
            return readHex(json, event.signature);
        case CreatedAt:
            return json.integer(event.createdAt);
        case EventKind: {
            qint64 kind = 0;
            if (!json.integer(kind) || kind > kHighestKind)
                return false;
            event.kind = int(kind);
            return true;
        }
        case Tags: {
            json.skipSpace();
            event.tagsAt = json.at();
            tags.reserve(event.json.size());
            const bool done = readTags(json, tags);
            event.tagsSize = json.at() - event.tagsAt;
            return done;
        }
        case Content: {
            json.skipSpace();
            event.contentAt = json.at();
            JsonScanner::String text;
            const bool done = json.string(text) && appendCanonical(content, text);
            event.contentSize = json.at() - event.contentAt;
            return done;
        }
        default:
            return json.skipValue(kDepth);
        }
    }

    [[nodiscard]] bool isIdRight() const
    {
        const QByteArray head = "[0,\"" + toQByteArray(event.pubkey).toHex() + "\","
            + QByteArray::number(event.createdAt) + ',' + QByteArray::number(event.kind) + ',';
        const QByteArray comma(",");
        const QByteArray end("]");
        return event.id
            == crypto::sha256({bytesOf(head), bytesOf(tags), bytesOf(comma), bytesOf(content), bytesOf(end)});
    }
};

} // namespace

QString WireEvent::content() const
{
    return TagReader::text(QByteArrayView(json).sliced(contentAt + 1, contentSize - 2));
}

Result<WireEvent> readEvent(const QByteArray& json)
{
    if (!json.isValidUtf8())
        return bad("JSON"_L1);
    Reader reader;
    reader.event.json = json;
    JsonScanner scanner(json);
    std::array<bool, Fields> seen{};
    if (!scanner.take('{'))
        return bad("JSON"_L1);
    bool first = true;
    while (!scanner.take('}')) {
        JsonScanner::String key;
        if ((!first && !scanner.take(',')) || !scanner.string(key) || !scanner.take(':'))
            return bad("JSON"_L1);
        first = false;
        const auto name = unescaped(key);
        if (!name)
            return bad("JSON"_L1);
        const auto* const known = std::find(kNames.cbegin(), kNames.cend(), QLatin1StringView(*name));
        const auto field = static_cast<std::size_t>(known - kNames.cbegin());
        if (known != kNames.cend() && std::exchange(seen[field], true))
            return bad(*known);
        if (!reader.read(scanner, int(field)))
            return bad(known != kNames.cend() ? *known : "JSON"_L1);
    }
    if (!scanner.isAtEnd())
        return bad("JSON"_L1);
    for (std::size_t field = 0; field < Fields; ++field) {
        if (!seen[field])
            return bad(kNames[field]);
    }
    if (!reader.isIdRight())
        return bad("hash"_L1);
    return std::move(reader.event);
}

bool verify(const WireEvent& event)
{
    return crypto::secp256k1::verifySchnorr(event.pubkey, event.id, event.signature);
}

QList<bool> verifyAll(const QList<WireEvent>& events, QThreadPool& pool)
{
    // Bytes, not QList<bool>'s elements through detach: each thread writes places of its own.
    QByteArray verdicts(events.size(), 0);
    char* const to = verdicts.data();
    const int threads = qMax(1, pool.maxThreadCount());
    const qsizetype block = (events.size() + threads - 1) / threads;
    QSemaphore done;
    int started = 0;
    for (qsizetype from = 0; from < events.size(); from += block, ++started) {
        pool.start([&events, &done, to, from, end = qMin(from + block, events.size())] {
            for (qsizetype i = from; i < end; ++i)
                to[i] = verify(events[i]) ? 1 : 0;
            done.release();
        });
    }
    done.acquire(started);
    QList<bool> fitting;
    fitting.reserve(verdicts.size());
    for (const char verdict : std::as_const(verdicts))
        fitting += verdict != 0;
    return fitting;
}

bool replaces(const WireEvent& a, const WireEvent& b)
{
    return a.createdAt != b.createdAt ? a.createdAt > b.createdAt : a.id < b.id;
}

bool TagReader::nextTag()
{
    QByteArrayView item;
    while (m_inTag && nextItem(item)) { }
    const auto at = m_text.indexOf('[', m_at == 0 ? 1 : m_at);
    if (at < 0)
        return false;
    m_tagAt = at;
    m_at = at + 1;
    m_inTag = true;
    return true;
}

bool TagReader::nextItem(QByteArrayView& item)
{
    if (!m_inTag)
        return false;
    while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != ']')
        ++m_at;
    if (m_at >= m_text.size() || m_text[m_at] == ']') {
        ++m_at;
        m_inTag = false;
        return false;
    }
    const qsizetype from = ++m_at;
    while (m_text[m_at] != '"')
        m_at += m_text[m_at] == '\\' ? 2 : 1;
    item = m_text.sliced(from, m_at - from);
    ++m_at;
    return true;
}

QByteArrayView TagReader::tag() const
{
    return m_text.sliced(m_tagAt, m_at - m_tagAt);
}

QString TagReader::text(QByteArrayView item)
{
    const auto text = unescaped({item, item.contains('\\')});
    if (!text)
        return {};
    // fromUtf8 takes one byte order mark at the start away; it is content.
    const QByteArray mark("\xef\xbb\xbf");
    return QString::fromUtf8(text->startsWith(mark) ? mark + *text : *text);
}

} // namespace hatstand::nostr
