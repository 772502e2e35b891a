// SPDX-License-Identifier: MIT
#pragma once

#include "core/nostr/Lists.h"
#include "ui/dialogs/parts/Parts.h"

class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace hatstand::ui {

class Field;

/// A short list of relays, one row each with a button that takes it out, and a field below that puts one in.
/// What is no relay's address, or there already, is refused in one sentence under the field and changes
/// nothing. "relay.example" is taken for wss://relay.example.
class RelayEditor final : public QWidget
{
    Q_OBJECT
public:
    enum class Marks { None, ReadAndWrite }; ///< whether rows have boxes for what a relay is for
    RelayEditor(const QString& title, Marks marks, QWidget* parent = nullptr);

    void setRelays(const QList<nostr::Relay>& relays); ///< says nothing
    [[nodiscard]] const QList<nostr::Relay>& relays() const { return m_relays; }
    void setEmptyText(const QString& text); ///< stands in the place of the rows while there are none
    void addButton(QPushButton* button); ///< beside the one that adds
    /// For a relay that was put in and could not be kept.
    void refuse(const QString& text);

Q_SIGNALS:
    void edited(); ///< by the person: relays() is another list

private:
    void addTyped();
    void fill();
    [[nodiscard]] QWidget* makeRow(qsizetype place);
    void takeOut(const QString& url);

    Marks m_marks;
    QList<nostr::Relay> m_relays;
    QScrollArea* m_scroll;
    QLabel* m_empty;
    QLineEdit* m_typed;
    Field* m_field;
    QHBoxLayout* m_entry;
};

} // namespace hatstand::ui
