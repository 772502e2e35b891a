// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/ShortcutTable.h"

#include "ui/dialogs/preferences/KeyRecorder.h"
#include "ui/text/Sentences.h"
#include "ui/theme/Motion.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QPainter>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kKeysWidth = 200;
constexpr int kInset = 12;

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
    case Command::MoveUp:
        return Words::tr("%1 already moves an account up.").arg(keys);
    case Command::MoveDown:
        return Words::tr("%1 already moves an account down.").arg(keys);
    case Command::Preferences:
        return Words::tr("%1 already opens the preferences.").arg(keys);
    case Command::Help:
        return Words::tr("%1 already shows the shortcuts.").arg(keys);
    case Command::Quit:
        return Words::tr("%1 already quits Hatstand.").arg(keys);
    }
    return {};
}

ShortcutLine::ShortcutLine(ShortcutMap& map, const ShortcutMap::Row& row, QWidget* parent)
    : QWidget(parent)
    , m_map(map)
    , m_row(row)
    , m_recorder(new KeyRecorder)
    , m_clash(makePanel(Panel::Danger, nullptr))
    , m_reason(label({}))
    , m_move(makeButton(tr("Move it here"), nullptr, ButtonKind::Normal, {}, ButtonSize::Small))
{
    QVBoxLayout* lines = column(this, 0, 0);
    auto* line = new QWidget;
    line->setFixedHeight(grown(40));
    QHBoxLayout* layout = ui::row(line, 0);
    layout->setContentsMargins(kInset, 0, kInset, 0);
    layout->addWidget(label(row.title), 1);
    m_recorder->setFixedWidth(kKeysWidth);
    m_recorder->setFixedHeight(grown(30));
    m_recorder->setAccessibleName(tr("Keys for: %1").arg(row.title));
    layout->addWidget(m_recorder);
    lines->addWidget(line);

    m_clash->setFixedHeight(grown(44));
    QHBoxLayout* clash = ui::row(m_clash, kInset);
    clash->setContentsMargins(kInset, 0, kInset, 0);
    clash->addWidget(makeIcon(u"error"_s, nullptr, &Theme::danger));
    clash->addWidget(m_reason, 1);
    clash->addWidget(m_move);
    m_clash->hide();
    lines->addWidget(m_clash);

    connect(m_recorder, &KeyRecorder::recorded, this, &ShortcutLine::take);
    connect(m_recorder, &KeyRecorder::recordingChanged, this, [this](bool recording) {
        if (recording)
            clearClash();
        update();
    });
    connect(m_move, &QPushButton::clicked, this, &ShortcutLine::move);
    connect(&map, &ShortcutMap::changed, this, &ShortcutLine::refresh);
    refresh();
}

bool ShortcutLine::fits(const QString& search) const
{
    return m_row.title.contains(search, Qt::CaseInsensitive)
        || m_map.keysText(m_row.command).contains(search, Qt::CaseInsensitive);
}

void ShortcutLine::refresh()
{
    m_recorder->setKeysText(m_map.keysText(m_row.command));
    update();
}

void ShortcutLine::clearClash()
{
    m_clash->hide();
    m_reason->clear();
}

void ShortcutLine::take(const QKeySequence& keys)
{
    m_wanted = keys;
    if (const auto holder = m_map.holder(keys, m_row.command))
        return refuse(clashSentence(ShortcutMap::textOf(keys), *holder), true);
    const auto done = m_map.set(m_row.command, keys);
    if (done)
        return clearClash();
    if (done.error().code != ErrorCode::InvalidInput)
        return refuse(sentence(done.error()), false);
    refuse(m_row.command == Command::SwitchToAccount
            ? tr("Press one digit with Ctrl, Alt or Meta. The others follow.")
            : tr("These keys type text. Add Ctrl, Alt or Meta."),
        false);
}

void ShortcutLine::refuse(const QString& reason, bool movable)
{
    m_reason->setText(reason);
    m_move->setVisible(movable);
    unfold(m_clash);
    m_recorder->setAccessibleDescription(reason);
}

void ShortcutLine::move()
{
    clearClash();
    const auto holder = m_map.holder(m_wanted, m_row.command);
    const auto freed = holder ? m_map.set(*holder, {}) : Result<void>();
    const auto done = freed ? m_map.set(m_row.command, m_wanted) : freed;
    if (!done)
        refuse(sentence(done.error()), false);
}

void ShortcutLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, theme.border);
    if (m_recorder->isRecording())
        painter.fillRect(0, 1, width(), m_recorder->parentWidget()->height() - 1, theme.selection);
    if (!m_map.isChanged(m_row.command))
        return;
    constexpr int kDot = 6;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int x = mirrored ? m_recorder->geometry().right() + 3 : m_recorder->x() - kDot - 2;
    painter.drawEllipse(x, (m_recorder->parentWidget()->height() - kDot) / 2, kDot, kDot);
}

ShortcutTable::ShortcutTable(ShortcutMap& map, QWidget* parent)
    : QFrame(parent)
{
    setProperty("panel", u"card"_s);
    QVBoxLayout* lines = column(this, 1, 0);
    QFrame* head = makePanel(Panel::Sunken, nullptr);
    head->setFixedHeight(grown(32));
    QHBoxLayout* titles = row(head, 0);
    titles->setContentsMargins(kInset, 0, kInset, 0);
    const auto title = [](const QString& text) {
        QLabel* made = label(text, TextStyle::Caption, Ink::Secondary);
        QFont face = made->font();
        face.setWeight(QFont::DemiBold);
        made->setFont(face);
        return made;
    };
    titles->addWidget(title(tr("Action")), 1);
    QLabel* keys = title(tr("In Hatstand"));
    keys->setFixedWidth(kKeysWidth);
    keys->setContentsMargins(10, 0, 0, 0);
    titles->addWidget(keys);
    lines->addWidget(head);
    for (const ShortcutMap::Row& each : ShortcutMap::rows()) {
        auto* line = new ShortcutLine(map, each);
        m_lines += line;
        lines->addWidget(line);
    }
}

void ShortcutTable::setSearch(const QString& text)
{
    for (ShortcutLine* line : std::as_const(m_lines))
        line->setVisible(line->fits(text.trimmed()));
}

bool ShortcutTable::isEmpty() const
{
    return std::none_of(
        m_lines.cbegin(), m_lines.cend(), [](const ShortcutLine* line) { return !line->isHidden(); });
}

} // namespace hatstand::ui
