// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shortcuts/ShortcutMap.h"
#include "ui/shortcuts/global/GlobalShortcuts.h"

#include <QHash>

namespace hatstand::test {

/// Whoever gives out keys, as a test says; held by the GlobalShortcuts that it was given to.
class FakeGlobalKeys final : public ui::GlobalKeys
{
public:
    using Hold = ui::GlobalKeyState::Hold;

    explicit FakeGlobalKeys(Way how)
        : m_way(how)
    {
    }
    [[nodiscard]] Way way() const override { return m_way; }
    void bind(const QList<ui::GlobalKey>& keys) override
    {
        bound = keys;
        Q_EMIT changed();
    }
    void setPaused(bool on) override { paused = on; }
    void lookAgain() override { ++looks; }
    [[nodiscard]] ui::GlobalKeyState state(const QString& id) const override
    {
        for (const ui::GlobalKey& key : bound) {
            if (key.id == id && m_way == Way::Portal)
                return {Hold::Held, ui::ShortcutMap::textOf(QKeySequence(key.keys))};
            if (key.id == id)
                return {holds.value(ui::ShortcutMap::textOf(QKeySequence(key.keys)), Hold::Held)};
        }
        return {};
    }
    void become(Way how)
    {
        m_way = how;
        Q_EMIT changed();
    }

    QHash<QString, Hold> holds; ///< by the keys as they are written
    QList<ui::GlobalKey> bound;
    bool paused = false;
    int looks = 0;

private:
    Way m_way;
};

/// GlobalShortcuts over such keys, for a stage's context.
struct FakeEverywhere
{
    FakeEverywhere(Settings& settings, ui::GlobalKeys::Way way)
        : keys(new FakeGlobalKeys(way))
        , shortcuts(settings, std::unique_ptr<ui::GlobalKeys>(keys), QStringLiteral("hatstand"))
    {
    }
    FakeGlobalKeys* keys;
    ui::GlobalShortcuts shortcuts;
};

} // namespace hatstand::test
