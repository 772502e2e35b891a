// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Lists.h"

#include <QAbstractListModel>
#include <memory>
#include <vector>

namespace hatstand::ui {

/// Whom an account follows, or what it mutes, as rows. Shares the list and makes nothing of an entry before
/// it is looked at, so that 50,000 cost what those in sight do. One reset replaces all that a search shows: a
/// sort-filter proxy would tell of each gap by itself.
class AccountListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        DetailRole = Qt::UserRole + 1, ///< second line, may be empty
        KeyRole, ///< a person's 64 hex digits; empty for what is none
        WhatRole, ///< int(nostr::Muted::What); Person in a follow list
        PrivateRole, ///< bool: only the account itself can read that it mutes this
    };

    explicit AccountListModel(QObject* parent = nullptr);
    void setFollows(std::shared_ptr<const nostr::FollowList> follows); ///< null: not known
    void setMutes(std::shared_ptr<const nostr::MuteList> mutes);
    /// Words, each of which an entry's npub, petname, hint or value has to hold. A public key in any of its
    /// forms finds its entry.
    void setSearch(const QString& typed);

    [[nodiscard]] bool isKnown() const { return m_follows || m_mutes; }
    [[nodiscard]] qsizetype total() const; ///< of entries, found or not
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole: petname or short npub, "#hashtag", a word, a thread. Plain text of one line.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// What is muted by this row; for a row of a follow list the person.
    [[nodiscard]] nostr::Muted entry(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex find(const nostr::Muted& entry) const; ///< invalid: not there, or not found

private:
    void changed();
    void filter();
    void readTexts();
    [[nodiscard]] qsizetype entryOf(const QModelIndex& index) const;
    [[nodiscard]] nostr::Muted mutedAt(qsizetype entry) const;
    [[nodiscard]] QString title(qsizetype entry) const;
    [[nodiscard]] QString detail(qsizetype entry) const;

    std::shared_ptr<const nostr::FollowList> m_follows;
    std::shared_ptr<const nostr::MuteList> m_mutes;
    QList<QByteArray> m_words; ///< UTF-8, case folded
    bool m_isFiltered = false;
    std::vector<int> m_found; ///< entries, while m_isFiltered
    QByteArray m_texts; ///< what a search looks at, one entry after another; made for the first search
    std::vector<qsizetype> m_ends; ///< of each entry in it
};

} // namespace hatstand::ui
