// SPDX-License-Identifier: MIT
#pragma once

#include "app/Profile.h"
#include "app/cli/Services.h"
#include "core/base/Result.h"

#include <QObject>
#include <memory>

namespace hatstand::app {

/// The composition root: builds the core of one profile and owns it. The only file that names concrete
/// classes.
class Composition final : public QObject
{
    Q_OBJECT
public:
    explicit Composition(const Profile& profile, QObject* parent = nullptr);
    ~Composition() override;

    /// Opens the store and reads the rows; reads no secret. Disk, Busy, NewerDatabase.
    [[nodiscard]] Result<void> open();
    [[nodiscard]] const Services& services() const { return *m_services; }
    /// Where a damaged store was set aside; empty: it was sound.
    [[nodiscard]] QString setAside() const;
    /// Whoever holds a key in memory forgets it now.
    void forgetKeys();
    void setPerson(Person& person); ///< at the window; outlives this

private:
    void whenSettled(std::chrono::milliseconds limit, std::function<void()> then);

    class Parts;
    Profile m_profile;
    std::unique_ptr<Parts> m_parts;
    std::unique_ptr<Services> m_services;
    bool m_settling = false;
    bool m_settled = false;

Q_SIGNALS:
    void settled();
};

} // namespace hatstand::app
