// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/UiContext.h"
#include "ui/theme/Widgets.h"

class QScrollArea;
class QVBoxLayout;

namespace hatstand::ui {

class Card;
class DetailHeader;

/// The right side: one account in full. Follows every change of it; shows nothing of a secret.
class DetailPane final : public QFrame
{
    Q_OBJECT
public:
    explicit DetailPane(UiContext& context, QWidget* parent = nullptr);
    void show(const session::SessionId& id);
    [[nodiscard]] session::SessionId shown() const { return m_id; }
    void setBackShown(bool shown); ///< where it covers the list
    void focusFirst();

Q_SIGNALS:
    void backRequested();
    void switchRequested(const hatstand::session::SessionId& id);
    void renameRequested(const hatstand::session::SessionId& id);
    void logoutRequested(const hatstand::session::SessionId& id);
    void exportRequested(const hatstand::session::SessionId& id);
    void repairRequested(const hatstand::session::SessionId& id);
    void unlockRequested();
    void noted(const QString& text); ///< for the status bar: "Copied the public key"

private:
    void refresh();
    void addSection(const QString& title, Card* card);
    void addTrouble(const session::Session& session);
    void addIdentity(const session::Session& session);
    void addSigner(const session::Session& session);
    void addAbout(const session::Session& session);
    /// before: what stands before the copy button; lead: before the text.
    void addKeyRow(Card* card, const QString& what, const QString& text, const QString& copyName,
        const QString& copied, const QList<QWidget*>& before = {}, const QString& lead = {});
    [[nodiscard]] QWidget* makeQr(const QString& text, const QString& caption, QWidget* parent) const;

    UiContext& m_context;
    session::SessionId m_id;
    QPushButton* m_back;
    DetailHeader* m_header;
    QScrollArea* m_scroll;
    QWidget* m_cards = nullptr;
    QVBoxLayout* m_cardLayout = nullptr;
    QVBoxLayout* m_layout;
};

} // namespace hatstand::ui
