// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "core/session/SessionStore.h"
#include "tests/support/FakeVault.h"
#include "ui/models/SessionModel.h"

#include <QTemporaryDir>

namespace hatstand::test {

class FixedClock final : public Clock
{
public:
    QDateTime time{QDate(2026, 6, 13), QTime(9, 30), Qt::UTC};
    [[nodiscard]] QDateTime now() const override { return time; }
};

/// A real session core over a real store and a vault in memory, with the six accounts of the look at will.
class SampleStand
{
public:
    SampleStand();

    /// Answers at once, since the vault does. secret: none for watch-only.
    session::SessionId add(const QString& id, const QString& label = {},
        session::SignerKind signer = session::SignerKind::LocalKey, bool activate = true);
    void addSix(); ///< Mira Okafor (active), Lumen Press, Gallery, Night Garden, Press treasury, Tomas Reyes
    [[nodiscard]] session::SessionId at(qsizetype place) const; ///< from 0

    static QString nostrId(int number); ///< some made-up account, always the same
    static const QString mira, lumen, gallery, garden, treasury, tomas;

    QTemporaryDir dir;
    FixedClock clock;
    FakeVault* vault; ///< owned by slot
    secrets::VaultSlot slot;
    session::SessionStore store;
    session::Networks networks;
    std::unique_ptr<session::SessionManager> sessions;
    std::unique_ptr<ui::SessionModel> model;
};

} // namespace hatstand::test
