// SPDX-License-Identifier: MIT
#pragma once

#include "ui/windows/Card.h"

namespace hatstand::ui {

/// A row with a key or a name on a chain, and a button that copies it.
class KeyRow final : public QObject
{
    Q_OBJECT
public:
    struct Content
    {
        QString what;
        QString text; ///< empty: the row is not shown
        QString copyName = {}; ///< what the button does, for whoever hears it; empty: no button
        QString copied = {};
        QString lead = {}; ///< stands before the text: a chain's name before its id
        QString pill = {}; ///< stands after it
    };

    explicit KeyRow(Card* card);
    void show(const Content& content);

Q_SIGNALS:
    void noted(const QString& text);

private:
    Card* m_card;
    Content m_content;
    ElidedLabel* m_lead;
    ElidedLabel* m_key;
    QLabel* m_pill;
    QPushButton* m_copy;
    CardRow* m_row;
};

} // namespace hatstand::ui
