// SPDX-License-Identifier: MIT
#include "ui/models/AccountListModel.h"

#include "core/codec/Bech32.h"
#include "core/nostr/Nip19.h"
#include "ui/models/SessionModel.h"
#include "ui/text/PlainName.h"

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using nostr::Muted;

constexpr qsizetype kMostOfALine = 200; ///< characters
constexpr int kHead = 14;
constexpr int kTail = 10;

QString shortened(const QString& key)
{
    return key.left(kHead) + u"…"_s + key.right(kTail);
}

/// Not by way of PublicKey: whether it is a point of the curve is of no matter here, and takes its time.
QString npubOf(const ByteArray<32>& key)
{
    return codec::toBech32("npub", key);
}

QString bech32Of(std::string_view prefix, const QString& hex)
{
    const QByteArray bytes = QByteArray::fromHex(hex.toLatin1());
    return codec::toBech32(prefix, bytesOf(bytes));
}

/// The npub where the whole that was typed is a public key in another form.
QString searchedFor(const QString& typed)
{
    QString text = typed.trimmed();
    if (text.startsWith("nostr:"_L1, Qt::CaseInsensitive))
        text = text.sliced(6);
    if (const auto key = nostr::PublicKey::parse(text))
        return key->npub();
    if (const auto profile = nostr::parseNprofile(text))
        return profile->pubkey.npub();
    return text;
}

} // namespace

AccountListModel::AccountListModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void AccountListModel::setFollows(std::shared_ptr<const nostr::FollowList> follows)
{
    beginResetModel();
    m_follows = std::move(follows);
    m_mutes = nullptr;
    changed();
    endResetModel();
}

void AccountListModel::setMutes(std::shared_ptr<const nostr::MuteList> mutes)
{
    beginResetModel();
    m_mutes = std::move(mutes);
    m_follows = nullptr;
    changed();
    endResetModel();
}

void AccountListModel::changed()
{
    m_texts.clear();
    m_ends.clear();
    filter();
}

void AccountListModel::setSearch(const QString& typed)
{
    QList<QByteArray> words;
    const QStringList typedWords = SessionFilterModel::searchWords(searchedFor(typed));
    for (const QString& word : typedWords)
        words += word.toUtf8();
    if (words == m_words)
        return;
    beginResetModel();
    m_words = words;
    filter();
    endResetModel();
}

void AccountListModel::filter()
{
    m_found.clear();
    m_isFiltered = !m_words.isEmpty();
    if (!m_isFiltered)
        return;
    readTexts();
    qsizetype begin = 0;
    for (std::size_t i = 0; i < m_ends.size(); ++i) {
        const QByteArrayView text = QByteArrayView(m_texts).sliced(begin, m_ends[i] - begin);
        begin = m_ends[i];
        if (std::all_of(m_words.cbegin(), m_words.cend(),
                [text](const QByteArray& word) { return text.contains(word); }))
            m_found.push_back(static_cast<int>(i));
    }
}

void AccountListModel::readTexts()
{
    if (!m_ends.empty())
        return;
    const qsizetype count = total();
    m_ends.reserve(static_cast<std::size_t>(count));
    m_texts.reserve(count * 72);
    for (qsizetype i = 0; i < count; ++i) {
        if (m_follows) {
            const nostr::FollowList::Entry entry = m_follows->at(i);
            m_texts += npubOf(entry.key).toLatin1();
            m_texts += (u'\n' + entry.petname + u'\n' + entry.relay).toCaseFolded().toUtf8();
        } else {
            const Muted& muted = m_mutes->entries.at(i);
            m_texts += muted.what == Muted::What::Person ? bech32Of("npub", muted.value).toLatin1()
                : muted.what == Muted::What::Thread      ? bech32Of("note", muted.value).toLatin1()
                                                         : title(i).toCaseFolded().toUtf8();
        }
        m_texts += '\n';
        m_ends.push_back(m_texts.size());
    }
}

qsizetype AccountListModel::total() const
{
    return m_follows ? m_follows->size() : m_mutes ? m_mutes->entries.size() : 0;
}

int AccountListModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return m_isFiltered ? static_cast<int>(m_found.size()) : static_cast<int>(total());
}

qsizetype AccountListModel::entryOf(const QModelIndex& index) const
{
    return m_isFiltered ? m_found[static_cast<std::size_t>(index.row())] : index.row();
}

Muted AccountListModel::mutedAt(qsizetype entry) const
{
    if (m_mutes)
        return m_mutes->entries.at(entry);
    return {.what = Muted::What::Person,
        .value = QString::fromLatin1(toQByteArray(m_follows->key(entry)).toHex())};
}

Muted AccountListModel::entry(const QModelIndex& index) const
{
    return index.isValid() ? mutedAt(entryOf(index)) : Muted();
}

QModelIndex AccountListModel::find(const Muted& entry) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (mutedAt(entryOf(index(row))) == entry)
            return index(row);
    }
    return {};
}

QString AccountListModel::title(qsizetype entry) const
{
    if (m_follows) {
        const nostr::FollowList::Entry follow = m_follows->at(entry);
        const QString name = plainName(follow.petname);
        return name.isEmpty() ? shortened(npubOf(follow.key)) : name;
    }
    const Muted& muted = m_mutes->entries.at(entry);
    switch (muted.what) {
    case Muted::What::Person:
        return shortened(bech32Of("npub", muted.value));
    case Muted::What::Thread:
        return shortened(bech32Of("note", muted.value));
    case Muted::What::Hashtag:
        return u'#' + plainLine(muted.value, kMostOfALine);
    case Muted::What::Word:
        break;
    }
    return plainLine(muted.value, kMostOfALine);
}

QString AccountListModel::detail(qsizetype entry) const
{
    if (m_follows) {
        const nostr::FollowList::Entry follow = m_follows->at(entry);
        QStringList parts;
        if (!plainName(follow.petname).isEmpty())
            parts += shortened(npubOf(follow.key));
        parts += plainLine(follow.relay, kMostOfALine);
        parts.removeAll(QString());
        return parts.join(tr(" · "));
    }
    switch (m_mutes->entries.at(entry).what) {
    case Muted::What::Person:
        return tr("Person");
    case Muted::What::Thread:
        return tr("Thread");
    case Muted::What::Hashtag:
        return tr("Hashtag");
    case Muted::What::Word:
        break;
    }
    return tr("Word");
}

QVariant AccountListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const qsizetype entry = entryOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return title(entry);
    case DetailRole:
        return detail(entry);
    case KeyRole: {
        const Muted muted = mutedAt(entry);
        return muted.what == Muted::What::Person ? muted.value : QString();
    }
    case WhatRole:
        return static_cast<int>(mutedAt(entry).what);
    case PrivateRole:
        return mutedAt(entry).isPrivate;
    case Qt::ToolTipRole: { // of letters and digits only, so never markup
        const Muted muted = mutedAt(entry);
        return muted.what == Muted::What::Person ? bech32Of("npub", muted.value) : QVariant();
    }
    case Qt::AccessibleTextRole: {
        QStringList parts{title(entry), detail(entry)};
        if (mutedAt(entry).isPrivate)
            parts += tr("private");
        parts.removeAll(QString());
        return parts.join(tr(", "));
    }
    default:
        return {};
    }
}

} // namespace hatstand::ui
