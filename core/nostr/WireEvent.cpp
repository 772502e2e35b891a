// SPDX-License-Identifier: MIT
#include "core/nostr/WireEvent.h"

#include "core/crypto/Hash.h"
#include "core/crypto/Secp256k1.h"
#include "core/nostr/JsonScanner.h"

#include <QSemaphore>
#include <QThreadPool>
#include <algorithm>
#include <array>
#include <atomic>
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
    if (!json.string(text) || text.raw.size() != 2 * qsizetype(N))
        return false;
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    for (std::size_t i = 0; i < N; ++i) {
        const int high = digit(text.raw[2 * qsizetype(i)]);
        const int low = digit(text.raw[2 * qsizetype(i) + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

/// An array of arrays of strings. canonical, where it is given, gets it as the id needs it; otherwise
/// isCanonical becomes false where it is not written so already.
bool readTags(JsonScanner& json, QByteArray* canonical, bool& isCanonical)
{
    const qsizetype spaces = json.spaces();
    const auto write = [canonical](const char* text) {
        if (canonical)
            *canonical += text;
    };
    if (!json.take('['))
        return false;
    write("[");
    bool first = true;
    while (!json.take(']')) {
        if ((!first && !json.take(',')) || !json.take('['))
            return false;
        write(first ? "[" : ",[");
        first = false;
        bool firstItem = true;
        while (!json.take(']')) {
            JsonScanner::String item;
            if ((!firstItem && !json.take(',')) || !json.string(item))
                return false;
            write(firstItem ? "" : ",");
            firstItem = false;
            isCanonical = isCanonical && !item.isEscaped;
            if (canonical && !appendCanonical(*canonical, item))
                return false;
        }
        write("]");
    }
    write("]");
    isCanonical = isCanonical && json.spaces() == spaces;
    return true;
}

struct Reader
{
    QByteArrayView text; ///< that places are counted in
    WireEvent event;
    QByteArray tags; ///< as the id needs them; null where they are written so
    QByteArray content; ///< likewise

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
            bool isCanonical = true;
            if (!readTags(json, nullptr, isCanonical))
                return false;
            event.tagsSize = json.at() - event.tagsAt;
            if (isCanonical)
                return true;
            JsonScanner again(text.sliced(event.tagsAt, event.tagsSize));
            tags.reserve(event.tagsSize);
            return readTags(again, &tags, isCanonical);
        }
        case Content: {
            json.skipSpace();
            event.contentAt = json.at();
            JsonScanner::String string;
            if (!json.string(string))
                return false;
            event.contentSize = json.at() - event.contentAt;
            return !string.isEscaped || appendCanonical(content, string);
        }
        default:
            return json.skipValue(kDepth);
        }
    }

    [[nodiscard]] bool isIdRight() const
    {
        const QByteArray head = "[0,\"" + toQByteArray(event.pubkey).toHex() + "\","
            + QByteArray::number(event.createdAt) + ',' + QByteArray::number(event.kind) + ',';
        const auto raw = [this](qsizetype at, qsizetype size) {
            return Bytes(reinterpret_cast<const std::uint8_t*>(text.data()) + at, std::size_t(size));
        };
        const QByteArray comma(",");
        const QByteArray end("]");
        return event.id
            == crypto::sha256({bytesOf(head),
                tags.isNull() ? raw(event.tagsAt, event.tagsSize) : bytesOf(tags), bytesOf(comma),
                content.isNull() ? raw(event.contentAt, event.contentSize) : bytesOf(content), bytesOf(end)});
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
    JsonScanner scanner(json);
    auto event = readEvent(scanner, json);
    if (event && !scanner.isAtEnd())
        return bad("JSON"_L1);
    return event;
}

Result<WireEvent> readEvent(JsonScanner& scanner, const QByteArray& text)
{
    scanner.skipSpace();
    const qsizetype from = scanner.at();
    Reader reader;
    reader.text = text;
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
    for (std::size_t field = 0; field < Fields; ++field) {
        if (!seen[field])
            return bad(kNames[field]);
    }
    if (!reader.isIdRight())
        return bad("hash"_L1);
    reader.event.json = text.sliced(from, scanner.at() - from);
    reader.event.tagsAt -= from;
    reader.event.contentAt -= from;
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
    // A few at a time: a thread that the system holds up does not hold up the others.
    constexpr qsizetype kBlock = 16;
    std::atomic<qsizetype> next = 0;
    const auto work = [&events, &next, to] {
        for (qsizetype from = next.fetch_add(kBlock); from < events.size(); from = next.fetch_add(kBlock)) {
            for (qsizetype i = from; i < qMin(from + kBlock, events.size()); ++i)
                to[i] = verify(events[i]) ? 1 : 0;
        }
    };
    QSemaphore done;
    const auto blocks = int((events.size() + kBlock - 1) / kBlock);
    const int threads = qMin(blocks, qMax(1, pool.maxThreadCount()));
    for (int thread = 0; thread < threads; ++thread) {
        pool.start([&work, &done] {
            work();
            done.release();
        });
    }
    done.acquire(threads);
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
    for (;; ++m_at) {
        m_at = m_text.indexOf('"', m_at);
        // A quote ends the string unless an odd number of backslashes stands before it.
        qsizetype slash = m_at;
        while (slash > from && m_text[slash - 1] == '\\')
            --slash;
        if ((m_at - slash) % 2 == 0)
            break;
    }
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
