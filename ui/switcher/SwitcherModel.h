// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QAbstractListModel>
#include <QHash>
#include <QTimer>

namespace hatstand::ui {

class SessionModel;

/// The accounts that match what was typed, in the person's own order. Everything but who they are comes from
/// the SessionModel.
///
/// No SessionFilterModel: a sort-filter proxy tells its views of each gap that a key press tears, one by one,
/// which takes seconds among thousands of rows. Here one reset replaces all, and what is typed on only
/// narrows what matched before.
class SwitcherModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit SwitcherModel(const SessionModel& source, QObject* parent = nullptr);
    void setQuery(const QString& text);
    [[nodiscard]] QString query() const { return m_query; } ///< as typed, without white space around it

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] session::SessionId idAt(int row) const; ///< empty: there is no such row
    [[nodiscard]] int rowOf(const session::SessionId& id) const; ///< -1: it does not match

private:
    [[nodiscard]] bool matches(const session::SessionId& id);
    [[nodiscard]] const QString& textOf(const session::SessionId& id);
    void readAhead();
    void fill(const QList<session::SessionId>& from);
    void fillFromSource();
    void onData(const QModelIndex& first, const QModelIndex& last);

    const SessionModel& m_source;
    QString m_query;
    QStringList m_words;
    QList<session::SessionId> m_ids;
    QHash<session::SessionId, QString> m_texts; ///< what a search matches, made once each
    QTimer m_ahead; ///< makes them while nobody types, so that the first letter of thousands is quick too
    int m_read = 0;
};

} // namespace hatstand::ui
