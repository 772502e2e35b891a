// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Bytes.h"
#include "core/base/Result.h"
#include "core/nostr/Keys.h"

#include <QByteArray>
#include <QString>

class QThreadPool;

namespace hatstand::nostr {

class JsonScanner;

/// How far ahead of the clock an event may be dated, in seconds.
constexpr qint64 kFutureLimit = qint64{10} * 60;

/// A signed event as it came from a relay, in its own bytes: what is edited or kept is kept byte for byte.
/// Only readEvent() makes one, so its id is the hash of its content; whether the signature fits is asked of
/// verify().
struct WireEvent
{
    QByteArray json; ///< the object alone, UTF-8, as it came
    ByteArray<32> id{};
    ByteArray<32> pubkey{}; ///< x coordinate; that it is on the curve is found by verify()
    ByteArray<64> signature{};
    qint64 createdAt = 0; ///< seconds
    int kind = 0;
    qsizetype tagsAt = 0; ///< where in json the array of tags begins, and how long it is
    qsizetype tagsSize = 0;
    qsizetype contentAt = 0; ///< the same of content, with its quotes
    qsizetype contentSize = 0;

    [[nodiscard]] QByteArrayView tags() const { return QByteArrayView(json).sliced(tagsAt, tagsSize); }
    [[nodiscard]] QString content() const; ///< unescaped
};

/// Reads the seven fields (NIP-01) in one pass; other keys are skipped. The id is recomputed. Refuses what is
/// not UTF-8, nested deeper than tags are, has a field twice or is not of the form: BadEvent with the field
/// as detail, "hash" where the id is not that of its content.
[[nodiscard]] Result<WireEvent> readEvent(const QByteArray& json);
/// The one that scanner stands at, in the UTF-8 that it reads; afterwards it stands behind it.
[[nodiscard]] Result<WireEvent> readEvent(JsonScanner& scanner, const QByteArray& text);

/// Whether the event's author signed it (BIP-340).
[[nodiscard]] bool verify(const WireEvent& event);
/// The same of many, over all threads of the pool; in the order of events. Blocks until done.
[[nodiscard]] QList<bool> verifyAll(const QList<WireEvent>& events, QThreadPool& pool);

/// Whether a takes the place of b among replaceable events: newer, or as old and of the lower id (NIP-01).
[[nodiscard]] bool replaces(const WireEvent& a, const WireEvent& b);

/// Goes through tags without a copy: while (tags.nextTag()) while (tags.nextItem(item)) …
/// An item is the string's raw text between its quotes; escaped tells whether it has backslashes.
class TagReader
{
public:
    explicit TagReader(QByteArrayView tags)
        : m_text(tags)
    {
    }
    [[nodiscard]] bool nextTag();
    [[nodiscard]] bool nextItem(QByteArrayView& item);
    /// The text of the tag that is being read, from [ to ], as it came; whole after its last item.
    [[nodiscard]] QByteArrayView tag() const;
    [[nodiscard]] static QString text(QByteArrayView item); ///< unescaped

private:
    QByteArrayView m_text;
    qsizetype m_at = 0;
    qsizetype m_tagAt = 0;
    bool m_inTag = false;
};

} // namespace hatstand::nostr
