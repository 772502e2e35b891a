// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme/Widgets.h"

#include <QList>

class QHBoxLayout;

namespace hatstand::ui {

class CardLayout;

/// "What", its value and what follows it, under a line that only the card's first row goes without.
class CardRow final : public QWidget
{
    Q_OBJECT
public:
    CardRow(int height, const QString& what, QWidget* value, const QList<QWidget*>& after, QWidget* parent);
    void setWhat(const QString& what);
    void setLined(bool lined) { m_line->setVisible(lined); }
    /// A text keeps more room to the edge than a button, which brings its own.
    void setEndsInText(bool ends);
    /// The value is a button that looks like a link, and nothing follows it: its text stands where the other
    /// values do, and its padding before that.
    void setStartsInButton();
    /// "What" stands beside the first of several lines, so far below the row's top.
    void alignTop(int below);

private:
    QFrame* m_line;
    QLabel* m_what;
    QHBoxLayout* m_layout;
};

/// A card of the detail side. Its rows are made once and then told what to say: making widgets anew for each
/// account would take longer than a person is to wait for a switch.
class Card final : public QFrame
{
    Q_OBJECT
public:
    explicit Card(int rowHeight, QWidget* parent);
    /// value and what follows it become the card's. value takes the room that is left.
    CardRow* addRow(const QString& what, QWidget* value, const QList<QWidget*>& after = {});
    void setRowShown(CardRow* row, bool shown);
    /// In the place of rows: a list that has its own. Becomes the card's.
    void addBody(QWidget* body);
    /// Beside the rows where there is room, otherwise under them. Becomes the card's.
    void setAside(QWidget* aside);

private:
    int m_rowHeight;
    CardLayout* m_layout;
    QList<CardRow*> m_all;
};

} // namespace hatstand::ui
