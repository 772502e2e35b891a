// SPDX-License-Identifier: MIT
#include "ui/shortcuts/global/GlobalShortcuts.h"

#include "core/base/Log.h"
#include "ui/shortcuts/KeySetting.h"
#include "ui/shortcuts/ShortcutMap.h"

#include <QCoreApplication>
#include <array>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using Hold = GlobalKeyState::Hold;

struct Entry
{
    GlobalAction action;
    QLatin1StringView name;
    const char* title;
};

constexpr std::array kEntries{
    Entry{GlobalAction::Account, "accounts"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Switch to account 1 to 9")},
    Entry{GlobalAction::Switcher, "switcher"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Quick switcher")},
    Entry{GlobalAction::Next, "next"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Next account")},
    Entry{GlobalAction::Previous, "previous"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Previous account")},
    Entry{GlobalAction::Last, "last"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Last account")},
    Entry{GlobalAction::Add, "add"_L1, QT_TRANSLATE_NOOP("Shortcuts", "Add account")},
};

constexpr int kAccounts = 9;
constexpr QLatin1StringView kAccountId = "account-"_L1;
constexpr QLatin1StringView kPrefix = "shortcuts.global."_L1;
const QString kPortal = u"shortcuts.portal"_s;

const Entry& entryOf(GlobalAction action)
{
    return *std::find_if(
        kEntries.begin(), kEntries.end(), [action](const Entry& entry) { return entry.action == action; });
}

QString settingOf(GlobalAction action)
{
    return kPrefix + entryOf(action).name;
}

KeyKind kindOf(GlobalAction action)
{
    return action == GlobalAction::Account ? KeyKind::Digits : KeyKind::One;
}

QString accountTitle(int digit)
{
    return QCoreApplication::translate("Shortcuts", "Switch to account %1").arg(digit);
}

/// Shift alone would take a key away from whoever types.
bool isFit(GlobalAction action, const QKeySequence& keys)
{
    constexpr auto kNeeded = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    return keys.count() == 1 && keys[0].keyboardModifiers() & kNeeded
        && (kindOf(action) == KeyKind::One || isAccountDigit(keys));
}

QKeyCombination withDigit(const QKeySequence& first, int digit)
{
    return QKeyCombination(first[0].keyboardModifiers(), static_cast<Qt::Key>(Qt::Key_0 + digit));
}

/// "Ctrl+Alt+1 … 9" where only the last character differs, otherwise both in full.
QString rangeText(const QString& first, const QString& last)
{
    const QString end = first.chopped(1) == last.chopped(1) ? last.last(1) : last;
    return QCoreApplication::translate("Shortcuts", "%1 … %2", "first and last of nine shortcuts")
        .arg(first, end);
}

QString nineText(const QKeySequence& first)
{
    const QString text = ShortcutMap::textOf(first);
    return rangeText(text, text.chopped(1) + QString::number(kAccounts));
}

} // namespace

GlobalShortcuts::GlobalShortcuts(
    Settings& settings, std::unique_ptr<GlobalKeys> keys, QString program, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_keys(std::move(keys))
    , m_program(std::move(program))
{
    connect(m_keys.get(), &GlobalKeys::changed, this, &GlobalShortcuts::changed);
    connect(m_keys.get(), &GlobalKeys::pressed, this, &GlobalShortcuts::onPressed);
    connect(m_keys.get(), &GlobalKeys::declined, this, [this] {
        if (const auto kept = m_settings.set(kPortal, u"false"_s); !kept)
            qCWarning(lcDesktop, "that global shortcuts were declined can't be kept");
    });
    connect(&settings, &Settings::changed, this, [this](const QString& key) {
        if (!key.startsWith(kPrefix) && key != kPortal)
            return;
        bind();
        Q_EMIT changed();
    });
}

GlobalShortcuts::~GlobalShortcuts() = default;

void GlobalShortcuts::start()
{
    m_started = true;
    bind();
}

QList<GlobalShortcuts::Row> GlobalShortcuts::rows()
{
    QList<Row> rows;
    for (const Entry& entry : kEntries)
        rows += Row{entry.action, QString(entry.name), QCoreApplication::translate("Shortcuts", entry.title)};
    return rows;
}

std::optional<GlobalShortcuts::Row> GlobalShortcuts::rowOf(const QString& name)
{
    for (const Row& row : rows()) {
        if (row.name == name)
            return row;
    }
    return std::nullopt;
}

QKeySequence GlobalShortcuts::keys(GlobalAction action) const
{
    const QString setting = settingOf(action);
    const auto keys = keysFromSetting(kindOf(action), m_settings.value(setting));
    if (keys && (keys->isEmpty() || isFit(action, *keys)))
        return *keys;
    return *keysFromSetting(kindOf(action), Settings::defaultOf(setting));
}

QString GlobalShortcuts::keysText(GlobalAction action) const
{
    const QKeySequence first = keys(action);
    return kindOf(action) == KeyKind::One || first.isEmpty() ? ShortcutMap::textOf(first) : nineText(first);
}

bool GlobalShortcuts::isChanged(GlobalAction action) const
{
    return m_settings.isChanged(settingOf(action));
}

std::optional<GlobalAction> GlobalShortcuts::holder(
    const QKeySequence& wanted, std::optional<GlobalAction> except) const
{
    const KeyKind kind = except ? kindOf(*except) : KeyKind::One;
    for (const Entry& entry : kEntries) {
        if (entry.action != except && keysClash(kind, wanted, kindOf(entry.action), keys(entry.action)))
            return entry.action;
    }
    return std::nullopt;
}

Result<void> GlobalShortcuts::set(GlobalAction action, const QKeySequence& keys)
{
    const QString setting = settingOf(action);
    if (!keys.isEmpty() && (!isFit(action, keys) || holder(keys, action)))
        return refuse(Why::BadSetting, setting);
    return m_settings.set(setting, settingFromKeys(kindOf(action), keys));
}

Result<void> GlobalShortcuts::resetAll()
{
    for (const Entry& entry : kEntries) {
        if (auto done = m_settings.set(settingOf(entry.action), {}); !done)
            return done;
    }
    return {};
}

GlobalKeys::Way GlobalShortcuts::way() const
{
    return m_keys->way();
}

QStringList GlobalShortcuts::idsOf(GlobalAction action) const
{
    if (kindOf(action) == KeyKind::One)
        return {QString(entryOf(action).name)};
    QStringList ids;
    for (int digit = 1; digit <= kAccounts; ++digit)
        ids += kAccountId + QString::number(digit);
    return ids;
}

QString GlobalShortcuts::triggerText(GlobalAction action) const
{
    QStringList triggers;
    for (const QString& id : idsOf(action)) {
        if (const QString trigger = m_keys->state(id).trigger; !trigger.isEmpty())
            triggers += trigger;
    }
    if (triggers.size() < 2)
        return triggers.value(0);
    return rangeText(triggers.constFirst(), triggers.constLast());
}

QString GlobalShortcuts::trouble(GlobalAction action) const
{
    const QKeySequence first = keys(action);
    if (first.isEmpty() || way() != GlobalKeys::Way::Grabbed)
        return {};
    QStringList taken;
    QStringList absent;
    const QStringList ids = idsOf(action);
    for (const QString& id : ids) {
        const Hold hold = m_keys->state(id).hold;
        const int digit = static_cast<int>(ids.indexOf(id)) + 1;
        const QString text = ShortcutMap::textOf(
            kindOf(action) == KeyKind::One ? first : QKeySequence(withDigit(first, digit)));
        if (hold == Hold::Taken)
            taken += text;
        else if (hold == Hold::NoSuchKey)
            absent += text;
    }
    if (taken.size() == 1)
        return tr("Another program holds %1, so it does nothing here.").arg(taken[0]);
    if (taken.size() == kAccounts)
        return tr("Another program holds %1, so they do nothing here.").arg(nineText(first));
    if (!taken.isEmpty())
        return tr("Another program holds %n of %1, so they do nothing here.", nullptr,
            static_cast<int>(taken.size()))
            .arg(nineText(first));
    if (!absent.isEmpty())
        return tr("This keyboard has no %1.").arg(absent[0]);
    return {};
}

QList<GlobalShortcuts::Command> GlobalShortcuts::commands() const
{
    QList<Command> all;
    const auto add = [&](const QString& title, const QString& arguments) {
        all += Command{title, m_program + u' ' + arguments};
    };
    for (int digit = 1; digit <= kAccounts; ++digit)
        add(accountTitle(digit), u"switch --position %1"_s.arg(digit));
    for (const Entry& entry : kEntries) {
        const QString title = QCoreApplication::translate("Shortcuts", entry.title);
        switch (entry.action) {
        case GlobalAction::Account:
        case GlobalAction::Add: // there is no command that opens a window for it
            break;
        case GlobalAction::Switcher:
            add(title, u"--switcher"_s);
            break;
        case GlobalAction::Next:
        case GlobalAction::Previous:
        case GlobalAction::Last:
            add(title, u"switch "_s + entry.name);
            break;
        }
    }
    return all;
}

void GlobalShortcuts::setPaused(bool paused)
{
    m_keys->setPaused(paused);
}

void GlobalShortcuts::lookAgain()
{
    if (m_started && !isDeclined())
        m_keys->lookAgain();
}

bool GlobalShortcuts::isDeclined() const
{
    return m_settings.value(kPortal) == "false"_L1 && way() != GlobalKeys::Way::Grabbed;
}

void GlobalShortcuts::askAgain()
{
    if (const auto kept = m_settings.set(kPortal, {}); !kept)
        qCWarning(lcDesktop, "that global shortcuts are wanted can't be kept");
}

void GlobalShortcuts::bind()
{
    if (!m_started)
        return;
    QList<GlobalKey> wanted;
    if (!isDeclined()) {
        for (const Entry& entry : kEntries) {
            const QKeySequence first = keys(entry.action);
            if (first.isEmpty())
                continue;
            if (entry.action != GlobalAction::Account) {
                wanted += GlobalKey{
                    QString(entry.name), QCoreApplication::translate("Shortcuts", entry.title), first[0]};
                continue;
            }
            for (int digit = 1; digit <= kAccounts; ++digit)
                wanted += GlobalKey{
                    kAccountId + QString::number(digit), accountTitle(digit), withDigit(first, digit)};
        }
    }
    m_keys->bind(wanted);
}

void GlobalShortcuts::onPressed(const QString& id)
{
    if (id.startsWith(kAccountId)) {
        const int digit = id.mid(kAccountId.size()).toInt();
        if (digit >= 1 && digit <= kAccounts)
            Q_EMIT triggered(GlobalAction::Account, digit);
        return;
    }
    if (const auto row = rowOf(id))
        Q_EMIT triggered(row->action, 0);
}

} // namespace hatstand::ui
