// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "ui/theme/Widgets.h"

class QBoxLayout;

namespace hatstand::ui {

class SessionModel;
class ShortcutMap;

/// Whose detail it is: picture, name, and what can be done. Its buttons lose their texts or go under the
/// name, as it gets narrow.
class DetailHeader final : public QWidget
{
    Q_OBJECT
public:
    DetailHeader(const ShortcutMap& shortcuts, QWidget* parent);
    void show(
        const session::Session& session, const session::SessionManager& sessions, const SessionModel& model);
    /// As narrow as its narrowest arrangement, whichever it has now: else it would hold the width that it is
    /// about to give up.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void switchClicked();
    void renameClicked();
    void logoutClicked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void tellKeys();
    [[nodiscard]] int badgeWidth() const; ///< with the gap before it; 0 where there is none

    const ShortcutMap& m_shortcuts;
    QString m_name;
    AvatarLabel* m_avatar;
    ElidedLabel* m_title;
    QLabel* m_badge;
    ElidedLabel* m_line;
    QPushButton* m_switch;
    QPushButton* m_rename;
    QPushButton* m_logout;
    QBoxLayout* m_layout;
};

} // namespace hatstand::ui
