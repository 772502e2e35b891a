// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionStore.h"

class QSqlQuery;

namespace hatstand::session {

/// One row as SQLite has it: times in milliseconds UTC, 0 for none; digest = BLAKE2b-128 over all other
/// columns. The columns are in the order of bindRow and readRow; an older schema's lacks are filled in.
[[nodiscard]] QString rowColumns(int schema);
void bindRow(QSqlQuery& query, const StoredRow& row);
/// A row whose digest does not fit comes with SessionState::Damaged and nothing pending: nothing is deleted
/// on its word.
[[nodiscard]] StoredRow readRow(const QSqlQuery& query);

} // namespace hatstand::session
