// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/session/Session.h"
#include "ui/UiContext.h"

#include <QWidget>

class QProgressBar;
class QPushButton;

namespace hatstand::ui {

class ElidedLabel;

/// How old what is shown is: "Refreshed today, 18:42", "Not loaded yet", "Offline", and the button that asks
/// the relays again. bar() shows how far the first load has come.
class RefreshLine final : public QWidget
{
    Q_OBJECT
public:
    RefreshLine(const UiContext& context, QWidget* parent);
    void show(const session::SessionId& id);
    using QWidget::show;
    [[nodiscard]] QProgressBar* bar() const { return m_bar; }

private:
    void refresh();
    void say();
    [[nodiscard]] bool isOffline() const;
    [[nodiscard]] QString text() const;

    const UiContext& m_context;
    session::SessionId m_id;
    session::SessionId m_failed; ///< the last account of which no relay answered when it was asked here
    ElidedLabel* m_text;
    QPushButton* m_button;
    QProgressBar* m_bar;
};

} // namespace hatstand::ui
