// SPDX-License-Identifier: MIT
#include "ui/switcher/SwitcherModel.h"

#include "ui/models/SessionModel.h"

namespace hatstand::ui {

using session::SessionId;

SwitcherModel::SwitcherModel(const SessionModel& source, QObject* parent)
    : QAbstractListModel(parent)
    , m_source(source)
{
    connect(&source, &QAbstractItemModel::rowsInserted, this, &SwitcherModel::fillFromSource);
    connect(&source, &QAbstractItemModel::rowsRemoved, this, &SwitcherModel::fillFromSource);
    connect(&source, &QAbstractItemModel::layoutChanged, this, &SwitcherModel::fillFromSource);
    connect(&source, &QAbstractItemModel::modelReset, this, &SwitcherModel::fillFromSource);
    connect(&source, &QAbstractItemModel::dataChanged, this, &SwitcherModel::onData);
    connect(&m_ahead, &QTimer::timeout, this, &SwitcherModel::readAhead);
    fillFromSource();
    m_ahead.start(0);
}

void SwitcherModel::readAhead()
{
    constexpr int kAtOnce = 100; // well under a millisecond
    const int end = std::min(m_read + kAtOnce, m_source.rowCount());
    for (; m_read < end; ++m_read)
        (void)textOf(SessionId(m_source.index(m_read).data(SessionModel::IdRole).toString()));
    if (m_read >= m_source.rowCount())
        m_ahead.stop();
}

void SwitcherModel::setQuery(const QString& text)
{
    const QString query = text.simplified();
    if (query == m_query)
        return;
    const bool narrows = query.startsWith(m_query);
    m_query = query;
    m_words = SessionFilterModel::searchWords(query);
    if (narrows)
        fill(QList(m_ids));
    else
        fillFromSource();
}

int SwitcherModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

QVariant SwitcherModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    return m_source.indexOf(m_ids.at(index.row())).data(role);
}

Qt::ItemFlags SwitcherModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

SessionId SwitcherModel::idAt(int row) const
{
    return row >= 0 && row < m_ids.size() ? m_ids.at(row) : SessionId();
}

int SwitcherModel::rowOf(const SessionId& id) const
{
    return static_cast<int>(m_ids.indexOf(id));
}

bool SwitcherModel::matches(const SessionId& id)
{
    if (m_words.isEmpty())
        return true;
    return SessionFilterModel::matches(textOf(id), m_words);
}

const QString& SwitcherModel::textOf(const SessionId& id)
{
    auto text = m_texts.find(id);
    if (text == m_texts.end())
        text = m_texts.insert(id, m_source.indexOf(id).data(SessionModel::SearchTextRole).toString());
    return *text;
}

void SwitcherModel::fill(const QList<SessionId>& from)
{
    beginResetModel();
    m_ids.clear();
    for (const SessionId& id : from) {
        if (matches(id))
            m_ids += id;
    }
    endResetModel();
}

void SwitcherModel::fillFromSource()
{
    QList<SessionId> all;
    const int count = m_source.rowCount();
    all.reserve(count);
    for (int row = 0; row < count; ++row)
        all += SessionId(m_source.index(row).data(SessionModel::IdRole).toString());
    fill(all);
}

void SwitcherModel::onData(const QModelIndex& first, const QModelIndex& last)
{
    for (int row = first.row(); row <= last.row(); ++row) {
        const SessionId id(m_source.index(row).data(SessionModel::IdRole).toString());
        m_texts.remove(id); // its name may be another
        const int mine = rowOf(id);
        if (matches(id) != (mine >= 0))
            return fillFromSource();
        if (mine >= 0)
            Q_EMIT dataChanged(index(mine), index(mine));
    }
}

} // namespace hatstand::ui
