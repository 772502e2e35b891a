// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/dialogs/parts/Parts.h"

#include <QHash>

class QScrollArea;
class QVBoxLayout;

namespace hatstand::links {
struct AppLink;
}

namespace hatstand::ui {

/// The apps that keep a channel to an account, and the end of each. What they say of themselves is shown as
/// that. For a context with links.
class AppsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit AppsPage(UiContext& context);

private:
    void fill();
    QWidget* makeRow(const links::AppLink& app);
    QWidget* makeQuestion(const links::AppLink& app);
    /// That one asks whether it is to be revoked; empty: none does.
    void ask(const QString& channel, const QString& focus);
    void revoke(const QString& channel, const QString& name);
    void showConnected(const QString& channel);

    UiContext& m_context;
    QScrollArea* m_scroll;
    QFrame* m_card;
    QVBoxLayout* m_inside;
    QWidget* m_rows = nullptr;
    QLabel* m_empty;
    Notice* m_problem;
    QString m_asked; ///< a channel
    QHash<QString, QLabel*> m_pills; ///< by channel, of the rows that are shown
};

} // namespace hatstand::ui
