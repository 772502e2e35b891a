// SPDX-License-Identifier: MIT
#include "core/nostr/ListTags.h"
#include "core/nostr/Lists.h"

#include <QHash>
#include <algorithm>
#include <bit>

namespace hatstand::nostr {
namespace {

/// ["p","…"], with 64 digits: no entry is shorter, so no list has more of them than this lets in.
constexpr qsizetype kShortestEntry = 72;

/// Which keys a list has already: one block of their numbers, seeded, so that nobody can choose keys that
/// fall together.
class SeenKeys
{
public:
    explicit SeenKeys(std::size_t most)
        : m_places(std::bit_ceil(2 * most))
    {
    }

    /// Appends the key unless it is there: then false.
    bool append(std::vector<ByteArray<32>>& keys, const ByteArray<32>& key)
    {
        std::size_t place = qHashBits(key.data(), key.size(), m_seed);
        for (;; ++place) {
            std::uint32_t& number = m_places[place & (m_places.size() - 1)];
            if (number == 0) {
                keys.push_back(key);
                number = std::uint32_t(keys.size());
                return true;
            }
            if (keys[number - 1] == key)
                return false;
        }
    }

private:
    std::vector<std::uint32_t> m_places; ///< from 1; 0: free
    std::size_t m_seed = std::size_t(QHashSeed::globalSeed());
};

/// Of a new pair of raw texts, from 1; 0 where nothing is left of them.
std::uint32_t numberOf(
    std::vector<std::pair<QByteArray, QByteArray>>& pairs, QByteArrayView relay, QByteArrayView petname)
{
    std::pair texts{TagReader::text(relay).toUtf8(), plainLine(TagReader::text(petname)).toUtf8()};
    if (texts.first.isEmpty() && texts.second.isEmpty())
        return 0;
    pairs.push_back(std::move(texts));
    return std::uint32_t(pairs.size());
}

} // namespace

FollowList FollowList::fromEvent(const WireEvent& event)
{
    FollowList list;
    const auto most = std::size_t(event.tagsSize / kShortestEntry + 1);
    list.m_keys.reserve(most);
    SeenKeys seen(most);
    QHash<std::pair<QByteArrayView, QByteArrayView>, std::uint32_t> numbers; // by their raw text
    TagReader reader(event.tags());
    while (reader.nextTag()) {
        QByteArrayView item;
        if (!reader.nextItem(item) || !is(item, "p") || !reader.nextItem(item))
            continue;
        const auto key = keyOf(item);
        if (!key || !seen.append(list.m_keys, *key))
            continue;
        QByteArrayView relay;
        QByteArrayView petname;
        if (reader.nextItem(relay))
            (void)reader.nextItem(petname);
        if (relay.size() > kUrlLimit)
            relay = {};
        std::uint32_t number = 0;
        if (!relay.isEmpty() || !petname.isEmpty()) {
            auto known = numbers.constFind({relay, petname});
            if (known == numbers.cend())
                known = numbers.insert({relay, petname}, numberOf(list.m_pairs, relay, petname));
            number = *known;
        }
        if (number != 0) {
            list.m_texts.resize(list.m_keys.size());
            list.m_texts.back() = number;
        }
    }
    if (!list.m_texts.empty()) // most lists have no texts, and take no memory for them
        list.m_texts.resize(list.m_keys.size());
    list.m_keys.shrink_to_fit();
    list.m_texts.shrink_to_fit();
    list.m_pairs.shrink_to_fit();
    return list;
}

FollowList::Entry FollowList::at(qsizetype index) const
{
    Entry entry{m_keys[size_t(index)], {}, {}};
    const std::uint32_t texts = m_texts.empty() ? 0 : m_texts[size_t(index)];
    if (texts != 0) {
        entry.relay = QString::fromUtf8(m_pairs[texts - 1].first);
        entry.petname = QString::fromUtf8(m_pairs[texts - 1].second);
    }
    return entry;
}

bool FollowList::contains(const ByteArray<32>& key) const
{
    return std::find(m_keys.begin(), m_keys.end(), key) != m_keys.end();
}

qsizetype FollowList::bytes() const
{
    std::size_t fixed = sizeof *this;
    fixed += m_keys.capacity() * sizeof m_keys[0];
    fixed += m_texts.capacity() * sizeof m_texts[0];
    fixed += m_pairs.capacity() * sizeof m_pairs[0];
    auto sum = qsizetype(fixed);
    for (const auto& [relay, petname] : m_pairs)
        sum += relay.capacity() + petname.capacity();
    return sum;
}

} // namespace hatstand::nostr
