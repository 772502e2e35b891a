// SPDX-License-Identifier: MIT
#pragma once

#include "app/Person.h"
#include "app/cli/Services.h"

#include <QObject>
#include <memory>

class QApplication;

namespace hatstand::app {

/// Tray and window over the core: everything that needs a display.
class Desktop final : public QObject, public Person
{
    Q_OBJECT
public:
    Desktop(QApplication& application, const Services& services, QObject* parent = nullptr);
    ~Desktop() override;

    void start(bool showWindow);
    bool showWindow() override;
    void askLogout(
        const session::SessionId& id, std::chrono::milliseconds limit, Callback<void> done) override;

private:
    class Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace hatstand::app
