// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"

#include <QList>
#include <QString>
#include <functional>
#include <memory>

namespace hatstand::session {

/// What a kill may interrupt, written before the first step is taken (DESIGN "Two stores, one truth").
enum class Pending {
    None,
    Adding, ///< the secret may or may not be in the vault yet; the row counts once it is
    Replacing, ///< a live session gets a new signer; which one is in the vault is told by the entry's type
    Removing, ///< the secret goes, then the row
    Resting, ///< the secret moves to trash:<id>, then the row
    Returning, ///< and back
    Forgetting, ///< the secret goes, and what rests of the same from an earlier logout, then both rows
    Rejoining, ///< and back to a session that is listed meanwhile, watched or without its key
};

/// A row whose BLAKE2b does not fit its content comes with SessionState::Damaged, and stays so when it is put
/// back.
struct StoredRow
{
    Session session;
    Pending pending = Pending::None;
    QDateTime expiresAt; ///< valid for a resting row
};

struct StoreMeta
{
    quint64 lastActivation = 0; ///< the highest number ever given
    bool nobody = false; ///< `switch --none` and no activation since
};

/// The sessions in SQLite (WAL), by QtSql; knows rows, not rules. A row carries a BLAKE2b over its content.
/// Errors: Disk, Damaged, NewerDatabase, Busy.
class SessionStore
{
public:
    SessionStore();
    ~SessionStore();
    SessionStore(const SessionStore&) = delete;
    SessionStore& operator=(const SessionStore&) = delete;

    /// Opens or makes the file (0600) and migrates it. A damaged file is set aside beside itself as
    /// "<name>.damaged-<date>" and a new one made: setAside() then says where it is.
    [[nodiscard]] Result<void> open(const QString& file);
    [[nodiscard]] QString setAside() const;

    [[nodiscard]] Result<QList<StoredRow>> rows() const; ///< live ones, by place
    [[nodiscard]] Result<QList<StoredRow>> restingRows() const;
    [[nodiscard]] Result<StoreMeta> meta() const;

    /// Full: on the disk when write() returns. Normal: a power cut may lose it, never half-do it.
    enum class Durability { Full, Normal };
    /// One transaction around changes, which call the commands below; an error from them or from SQLite
    /// undoes all.
    [[nodiscard]] Result<void> write(Durability durability, const std::function<Result<void>()>& changes);

    [[nodiscard]] Result<void> put(const StoredRow& row); ///< inserts or replaces
    [[nodiscard]] Result<void> putResting(const StoredRow& row);
    [[nodiscard]] Result<void> erase(const SessionId& id);
    [[nodiscard]] Result<void> eraseResting(const SessionId& id);
    [[nodiscard]] Result<void> putMeta(const StoreMeta& meta);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::session
