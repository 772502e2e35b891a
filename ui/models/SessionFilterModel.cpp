// SPDX-License-Identifier: MIT
#include "ui/models/SessionModel.h"

#include <QCollator>

namespace hatstand::ui {

SessionFilterModel::SessionFilterModel(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sort(0);
}

void SessionFilterModel::setSearch(const QString& text)
{
    m_search = searchWords(text);
    invalidateFilter();
}

QStringList SessionFilterModel::searchWords(const QString& typed)
{
    return typed.simplified().toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

bool SessionFilterModel::matches(const QString& searchText, const QStringList& words)
{
    return std::all_of(words.cbegin(), words.cend(),
        [&searchText](const QString& word) { return searchText.contains(word); });
}

void SessionFilterModel::setFamily(const QString& family)
{
    m_family = family;
    invalidateFilter();
}

void SessionFilterModel::setNetwork(const QString& network)
{
    m_network = network;
    invalidateFilter();
}

void SessionFilterModel::setSigner(std::optional<session::SignerKind> signer)
{
    m_signer = signer;
    invalidateFilter();
}

void SessionFilterModel::setOrder(Order order)
{
    m_order = order;
    invalidate();
}

bool SessionFilterModel::isFiltering() const
{
    return !m_search.isEmpty() || !m_family.isEmpty() || !m_network.isEmpty() || m_signer.has_value();
}

void SessionFilterModel::clearFilters()
{
    m_search.clear();
    m_family.clear();
    m_network.clear();
    m_signer.reset();
    invalidateFilter();
}

bool SessionFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (!isFiltering())
        return true;
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (!m_family.isEmpty() && index.data(SessionModel::FamilyRole).toString() != m_family)
        return false;
    if (!m_network.isEmpty() && index.data(SessionModel::NetworkRole).toString() != m_network)
        return false;
    if (m_signer && index.data(SessionModel::SignerRole).toInt() != static_cast<int>(*m_signer))
        return false;
    if (m_search.isEmpty())
        return true;
    return matches(index.data(SessionModel::SearchTextRole).toString(), m_search);
}

bool SessionFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    if (m_order == Order::Recent) {
        const auto a = left.data(SessionModel::ActivationRole).toULongLong();
        const auto b = right.data(SessionModel::ActivationRole).toULongLong();
        if (a != b)
            return a > b;
    } else if (m_order == Order::Name) {
        static const QCollator collator = [] {
            QCollator c;
            c.setCaseSensitivity(Qt::CaseInsensitive);
            c.setNumericMode(true);
            return c;
        }();
        const int order = collator.compare(
            left.data(SessionModel::NameRole).toString(), right.data(SessionModel::NameRole).toString());
        if (order != 0)
            return order < 0;
    }
    return left.row() < right.row();
}

} // namespace hatstand::ui
