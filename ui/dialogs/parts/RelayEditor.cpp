// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/RelayEditor.h"

#include "ui/dialogs/parts/EnterField.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QScrollArea>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kRowHeight = 40;
constexpr int kMostRows = 3; ///< that are seen without scrolling
constexpr qsizetype kMostRelays = 100; ///< as many as a relay list is read to

Result<QString> relayOf(const QString& typed)
{
    // A comma ends an address where lists are kept in one line.
    if (typed.contains(u','))
        return refuse(Why::NotThisForm);
    return nostr::normaliseRelay(typed.contains("://"_L1) ? typed : "wss://"_L1 + typed);
}

} // namespace

RelayEditor::RelayEditor(const QString& title, Marks marks, QWidget* parent)
    : QWidget(parent)
    , m_marks(marks)
    , m_scroll(new QScrollArea)
    , m_empty(paragraph({}, TextStyle::Body, Ink::Secondary))
    , m_typed(new EnterField)
    , m_field(new Field({}, m_typed))
    , m_entry(nullptr)
{
    QVBoxLayout* layout = column(this, 0, 8);
    layout->addWidget(label(title, TextStyle::Strong));
    QFrame* card = makePanel(Panel::Card, nullptr);
    QVBoxLayout* inside = column(card, 1, 0);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(title);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_empty->setContentsMargins(16, 10, 16, 10);
    inside->addWidget(m_scroll);
    inside->addWidget(m_empty);
    layout->addWidget(card);

    QHBoxLayout* line = m_entry = row(nullptr, 8);
    m_typed->setPlaceholderText(u"wss://relay.example"_s);
    m_typed->setClearButtonEnabled(true);
    m_typed->setMaxLength(512);
    QPushButton* add = button(tr("Add relay"), ButtonKind::Normal, u"add"_s);
    add->setAutoDefault(false);
    line->addWidget(m_field, 1);
    line->addWidget(add);
    m_typed->setAccessibleName(tr("Address of a relay to add"));
    layout->addLayout(line);
    layout->addWidget(m_field->line());
    connect(m_typed, &QLineEdit::textEdited, this, [this] { m_field->say(Field::Verdict::None); });
    connect(m_typed, &QLineEdit::returnPressed, this, &RelayEditor::addTyped);
    connect(add, &QPushButton::clicked, this, &RelayEditor::addTyped);
    fill();
}

void RelayEditor::setEmptyText(const QString& text)
{
    m_empty->setText(text);
}

void RelayEditor::addButton(QPushButton* button)
{
    button->setAutoDefault(false);
    m_entry->addWidget(button);
}

void RelayEditor::setRelays(const QList<nostr::Relay>& relays)
{
    if (relays == m_relays)
        return;
    m_relays = relays;
    fill();
}

void RelayEditor::refuse(const QString& text)
{
    m_field->say(Field::Verdict::Bad, text);
    m_field->showNow();
    m_typed->setFocus();
}

void RelayEditor::addTyped()
{
    const QString typed = m_typed->text().trimmed();
    if (typed.isEmpty())
        return m_typed->setFocus();
    const auto url = relayOf(typed);
    if (!url)
        return refuse(tr("This is no relay's address: it begins with wss:// or ws://."));
    const bool isThere = std::any_of(
        m_relays.cbegin(), m_relays.cend(), [&](const nostr::Relay& relay) { return relay.url == *url; });
    if (isThere)
        return refuse(tr("%1 is in the list already.").arg(*url));
    if (m_relays.size() >= kMostRelays)
        return refuse(tr("A list has at most %1 relays.").arg(kMostRelays));
    m_relays += nostr::Relay{.url = *url};
    m_typed->clear();
    m_field->say(Field::Verdict::None);
    fill();
    Q_EMIT edited();
}

void RelayEditor::takeOut(const QString& url)
{
    const auto gone = std::find_if(
        m_relays.cbegin(), m_relays.cend(), [&](const nostr::Relay& relay) { return relay.url == url; });
    if (gone == m_relays.cend())
        return;
    m_relays.erase(gone);
    m_typed->setFocus(Qt::OtherFocusReason); // the button that had it goes
    fill();
    Q_EMIT edited();
}

void RelayEditor::fill()
{
    auto* rows = new QWidget;
    QVBoxLayout* layout = column(rows, 0, 0);
    for (qsizetype place = 0; place < m_relays.size(); ++place) {
        if (place > 0)
            layout->addWidget(makeLine(Qt::Horizontal, nullptr));
        layout->addWidget(makeRow(place));
    }
    if (QWidget* before = m_scroll->takeWidget())
        before->deleteLater(); // one of its buttons may be speaking
    m_scroll->setWidget(rows);
    rows->setAutoFillBackground(false); // which setWidget() turns on
    const int height = grown(kRowHeight, 1);
    const auto shown = static_cast<int>(std::min<qsizetype>(m_relays.size(), kMostRows));
    m_scroll->setFixedHeight(shown * (height + 1) + (m_relays.size() > kMostRows ? height / 2 : 0));
    m_scroll->setVisible(!m_relays.isEmpty());
    m_empty->setVisible(m_relays.isEmpty());
}

QWidget* RelayEditor::makeRow(qsizetype place)
{
    const nostr::Relay& relay = m_relays.at(place);
    auto* line = new QWidget;
    line->setFixedHeight(grown(kRowHeight, 1));
    QHBoxLayout* layout = row(line, 12);
    layout->setContentsMargins(16, 0, 8, 0);
    auto* name = new ElidedLabel(line, Qt::ElideMiddle);
    name->setFullText(relay.url);
    layout->addWidget(name, 1);
    if (m_marks == Marks::ReadAndWrite) {
        const auto mark = [&](const QString& text, bool nostr::Relay::*what) {
            auto* box = new QCheckBox(text);
            box->setChecked(relay.*what);
            box->setAccessibleName(tr("%1: %2", "what a relay is for, its address").arg(text, relay.url));
            connect(box, &QCheckBox::toggled, this, [this, url = relay.url, what](bool on) {
                for (nostr::Relay& each : m_relays) {
                    if (each.url == url)
                        each.*what = on;
                }
                Q_EMIT edited();
            });
            layout->addWidget(box);
        };
        mark(tr("Read"), &nostr::Relay::read);
        mark(tr("Write"), &nostr::Relay::write);
    }
    QPushButton* out = makeIconButton(
        u"cross"_s, tr("Remove %1").arg(relay.url), line, ButtonKind::Flat, ButtonSize::Small);
    out->setAutoDefault(false);
    connect(out, &QPushButton::clicked, this, [this, url = relay.url] { takeOut(url); });
    layout->addWidget(out);
    return line;
}

} // namespace hatstand::ui
