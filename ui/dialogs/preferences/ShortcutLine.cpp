// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/ShortcutLine.h"

#include "ui/dialogs/preferences/ClashLine.h"
#include "ui/dialogs/preferences/EverywhereCell.h"
#include "ui/dialogs/preferences/KeyRecorder.h"
#include "ui/dialogs/preferences/ShortcutColumns.h"
#include "ui/text/Sentences.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QPainter>

namespace hatstand::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(ShortcutTable)
};

} // namespace

QString clashSentence(const QString& keys, Command holder)
{
    switch (holder) {
    case Command::SwitchToAccount:
        return Words::tr("%1 already switches to an account.").arg(keys);
    case Command::Next:
        return Words::tr("%1 already goes to the next account.").arg(keys);
    case Command::Previous:
        return Words::tr("%1 already goes to the previous account.").arg(keys);
    case Command::Last:
        return Words::tr("%1 already goes to the last account.").arg(keys);
    case Command::Add:
        return Words::tr("%1 already adds an account.").arg(keys);
    case Command::Switcher:
        return Words::tr("%1 already opens the quick switcher.").arg(keys);
    case Command::Search:
        return Words::tr("%1 already finds an account.").arg(keys);
    case Command::Rename:
        return Words::tr("%1 already renames an account.").arg(keys);
    case Command::LogOut:
        return Words::tr("%1 already logs out.").arg(keys);
    case Command::Lock:
        return Words::tr("%1 already locks Hatstand or stops signing.").arg(keys);
    case Command::MoveUp:
        return Words::tr("%1 already moves an account up.").arg(keys);
    case Command::MoveDown:
        return Words::tr("%1 already moves an account down.").arg(keys);
    case Command::OpenRequest:
        return Words::tr("%1 already opens a signing request.").arg(keys);
    case Command::Preferences:
        return Words::tr("%1 already opens the preferences.").arg(keys);
    case Command::Help:
        return Words::tr("%1 already shows the shortcuts.").arg(keys);
    case Command::Quit:
        return Words::tr("%1 already quits Hatstand.").arg(keys);
    }
    return {};
}

namespace {

QString clashSentence(const QString& keys, GlobalAction holder)
{
    switch (holder) {
    case GlobalAction::Account:
        return clashSentence(keys, Command::SwitchToAccount);
    case GlobalAction::Switcher:
        return Words::tr("%1 already opens the quick switcher.").arg(keys);
    case GlobalAction::Next:
        return clashSentence(keys, Command::Next);
    case GlobalAction::Previous:
        return clashSentence(keys, Command::Previous);
    case GlobalAction::Last:
        return clashSentence(keys, Command::Last);
    case GlobalAction::Add:
        return clashSentence(keys, Command::Add);
    }
    return {};
}

} // namespace

ShortcutLine::ShortcutLine(ShortcutMap& map, GlobalShortcuts* everywhere, const Row& row, QWidget* parent)
    : QWidget(parent)
    , m_map(map)
    , m_everywhere(everywhere)
    , m_row(row)
    , m_line(new QWidget)
    , m_clash(new ClashLine(tr("Move it here")))
    , m_trouble(new ClashLine(tr("Choose another…")))
{
    QVBoxLayout* lines = column(this, 0, 0);
    m_line->setFixedHeight(grown(40));
    QHBoxLayout* layout = ui::row(m_line, 0);
    layout->setContentsMargins(columns::kInset, 0, columns::kInset, 0);
    layout->addWidget(label(row.title), 1);
    makeWindowCell(layout);
    if (everywhere)
        makeEverywhereCell(layout);
    lines->addWidget(m_line);
    lines->addWidget(m_trouble);
    lines->addWidget(m_clash);
    connect(m_clash, &ClashLine::pressed, this, &ShortcutLine::move);
    connect(&map, &ShortcutMap::changed, this, &ShortcutLine::refresh);
    refresh();
}

ShortcutLine::~ShortcutLine()
{
    if (m_everywhere && isRecording())
        m_everywhere->setPaused(false);
}

void ShortcutLine::makeWindowCell(QHBoxLayout* layout)
{
    if (!m_row.command) {
        layout->addWidget(columns::word(tr("None")));
        return;
    }
    m_recorder = new KeyRecorder;
    m_recorder->setFixedWidth(columns::width(m_everywhere != nullptr));
    m_recorder->setFixedHeight(grown(30));
    m_recorder->setAccessibleName(tr("Keys for: %1").arg(m_row.title));
    layout->addWidget(m_recorder);
    connect(m_recorder, &KeyRecorder::recorded, this, &ShortcutLine::take);
    connect(m_recorder, &KeyRecorder::recordingChanged, this, &ShortcutLine::onRecording);
}

void ShortcutLine::makeEverywhereCell(QHBoxLayout* layout)
{
    const auto row = GlobalShortcuts::rowOf(m_row.name);
    if (!row) {
        layout->addWidget(columns::word(tr("Not offered")));
        return;
    }
    m_cell = new EverywhereCell(*m_everywhere, *row);
    m_cell->setFixedWidth(columns::width(true));
    layout->addWidget(m_cell);
    connect(m_cell, &EverywhereCell::recorded, this, &ShortcutLine::takeEverywhere);
    connect(m_cell, &EverywhereCell::recordingChanged, this, &ShortcutLine::onRecording);
    connect(m_trouble, &ClashLine::pressed, m_cell, &EverywhereCell::record);
    connect(m_everywhere, &GlobalShortcuts::changed, this, &ShortcutLine::refresh);
}

bool ShortcutLine::isRecording() const
{
    return (m_recorder && m_recorder->isRecording()) || (m_cell && m_cell->isRecording());
}

QString ShortcutLine::clashText() const
{
    return m_clash->reason();
}

QString ShortcutLine::troubleText() const
{
    return m_trouble->reason();
}

bool ShortcutLine::fits(const QString& search) const
{
    return m_row.title.contains(search, Qt::CaseInsensitive)
        || (m_row.command && m_map.keysText(*m_row.command).contains(search, Qt::CaseInsensitive))
        || (m_cell && m_cell->text().contains(search, Qt::CaseInsensitive));
}

void ShortcutLine::onRecording(bool recording)
{
    // What works everywhere would not get here.
    if (m_everywhere)
        m_everywhere->setPaused(recording);
    if (recording)
        clearClash();
    refresh();
}

void ShortcutLine::refresh()
{
    if (m_recorder)
        m_recorder->setKeysText(m_map.keysText(*m_row.command));
    const QString trouble = m_cell && m_everywhere ? m_everywhere->trouble(m_cell->row().action) : QString();
    if (trouble.isEmpty() || isRecording())
        m_trouble->clear();
    else
        m_trouble->tell(trouble, true);
    update();
}

void ShortcutLine::clearClash()
{
    m_clash->clear();
    if (m_recorder)
        m_recorder->setAccessibleDescription(m_map.keysText(*m_row.command));
}

QString ShortcutLine::holderSentence(const QKeySequence& keys) const
{
    const QString text = ShortcutMap::textOf(keys);
    const auto own = m_cell ? std::optional(m_cell->row().action) : std::nullopt;
    if (m_everywhere && m_everywhere->way() == GlobalKeys::Way::Grabbed) {
        if (const auto holder = m_everywhere->holder(keys, own))
            return clashSentence(text, *holder);
    }
    const auto holder = m_map.holder(keys, m_row.command);
    return holder ? clashSentence(text, *holder) : QString();
}

void ShortcutLine::take(const QKeySequence& keys)
{
    m_wanted = keys;
    m_wantedEverywhere = false;
    if (const QString sentence = holderSentence(keys); !sentence.isEmpty())
        return refuse(sentence, true);
    const auto done = m_map.set(*m_row.command, keys);
    if (done)
        return clearClash();
    if (done.error().code != ErrorCode::InvalidInput)
        return refuse(sentence(done.error()), false);
    refuse(m_row.command == Command::SwitchToAccount
            ? tr("Press one digit with Ctrl, Alt or Meta. The others follow.")
            : tr("These keys type text. Add Ctrl, Alt or Meta."),
        false);
}

void ShortcutLine::takeEverywhere(const QKeySequence& keys)
{
    m_wanted = keys;
    m_wantedEverywhere = true;
    if (const QString sentence = holderSentence(keys); !sentence.isEmpty())
        return refuse(sentence, true);
    const auto done = m_everywhere->set(m_cell->row().action, keys);
    if (done)
        return clearClash();
    if (done.error().code != ErrorCode::InvalidInput)
        return refuse(sentence(done.error()), false);
    refuse(m_cell->row().action == GlobalAction::Account
            ? tr("Press one digit with Ctrl, Alt or Meta. The others follow.")
            : tr("Other programs need these keys. Add Ctrl, Alt or Meta."),
        false);
}

void ShortcutLine::refuse(const QString& reason, bool movable)
{
    m_clash->tell(reason, movable);
    if (m_recorder)
        m_recorder->setAccessibleDescription(reason);
}

/// Takes them from whoever has them.
Result<void> ShortcutLine::free(const QKeySequence& keys)
{
    if (const auto holder = m_map.holder(keys, m_row.command)) {
        if (auto done = m_map.set(*holder, {}); !done)
            return done;
    }
    const auto own = m_cell ? std::optional(m_cell->row().action) : std::nullopt;
    const auto holder = m_everywhere ? m_everywhere->holder(keys, own) : std::nullopt;
    return holder ? m_everywhere->set(*holder, {}) : Result<void>();
}

void ShortcutLine::move()
{
    clearClash();
    auto done = free(m_wanted);
    if (done) {
        done = m_wantedEverywhere ? m_everywhere->set(m_cell->row().action, m_wanted)
                                  : m_map.set(*m_row.command, m_wanted);
    }
    if (!done)
        refuse(sentence(done.error()), false);
}

void ShortcutLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, theme.border);
    if (isRecording())
        painter.fillRect(0, 1, width(), m_line->height() - 1, theme.selection);
    constexpr int kDot = 6;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto dotBefore = [&](const QWidget* cell) {
        const int x = mirrored ? cell->geometry().right() + 3 : cell->x() - kDot - 2;
        painter.drawEllipse(x, (m_line->height() - kDot) / 2, kDot, kDot);
    };
    if (m_row.command && m_map.isChanged(*m_row.command))
        dotBefore(m_recorder);
    if (m_cell && m_cell->isChanged())
        dotBefore(m_cell);
}

} // namespace hatstand::ui
