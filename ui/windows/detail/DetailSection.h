// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/windows/Card.h"

namespace hatstand::ui {

/// One part of the detail side: a heading over a card.
class DetailSection : public QWidget
{
    Q_OBJECT
public:
    DetailSection(const QString& title, int rowHeight, QWidget* parent);
    /// Says what is known of it now; hides itself where there is no such thing.
    virtual void show(const session::Session& session) = 0;
    using QWidget::show;

Q_SIGNALS:
    void noted(const QString& text); ///< for the status bar: "Copied the public key"

protected:
    [[nodiscard]] Card* card() const { return m_card; }
    /// At the other end of the heading's line.
    void addToHeading(QWidget* widget);
    /// Between the heading and the card.
    void addAboveCard(QWidget* widget);

private:
    QHBoxLayout* m_heading;
    Card* m_card;
};

} // namespace hatstand::ui
