// SPDX-License-Identifier: MIT
#pragma once

#include "app/Person.h"
#include "app/cli/Services.h"

#include <QObject>
#include <QRect>
#include <chrono>
#include <memory>

class QApplication;

namespace hatstand::app {

/// Tray, quick switcher and window over the core: everything that needs a display.
class Desktop final : public QObject, public Person
{
    Q_OBJECT
public:
    /// services outlives this.
    Desktop(QApplication& application, const Services& services, QObject* parent = nullptr);
    ~Desktop() override;

    /// A tray may come with the desktop's panel, some time after us, and may go and come back.
    static constexpr std::chrono::milliseconds kTimeForATray = std::chrono::seconds(15);

    /// timeForATray: for so long a desktop may be without one before the window stands in for it.
    void start(bool showWindow, std::chrono::milliseconds timeForATray = kTimeForATray);
    bool showWindow() override;
    bool showSwitcher() override;
    /// The same by a key, which closes it where it is open.
    void toggleSwitcher();
    /// A switch by something that is not in sight, a global shortcut: the desktop's notification tells of it,
    /// if the person wants that.
    void switchByShortcut(const session::SessionId& id);
    void askLogout(
        const session::SessionId& id, std::chrono::milliseconds limit, Callback<void> done) override;
    [[nodiscard]] signing::Approver* approver() override;
    void unlock(Callback<void> done) override;
    void unlockForApp(Callback<void> done) override;
    void tell(const QString& sentence) override;
    bool openAddress(const QUrl& address) override;

private:
    void openSwitcher(const QRect& icon);
    void onTray(bool available);
    void doWithoutTray();
    void openUnlock(Callback<void> done, bool isForApp);
    void showWaiting();

    class Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace hatstand::app
