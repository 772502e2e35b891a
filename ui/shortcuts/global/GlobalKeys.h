// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

namespace hatstand::ui {

/// One key that is to work whichever program has the focus.
struct GlobalKey
{
    QString id; ///< "account-3", "switcher": stays, since a desktop remembers by it what a person chose
    QString title; ///< "Switch to account 3", where the desktop shows it
    QKeyCombination keys; ///< digits mean the place in the digit row
};

/// What became of a key.
struct GlobalKeyState
{
    enum class Hold {
        Waiting, ///< nobody has answered yet
        Held,
        Taken, ///< another program has it
        NoSuchKey, ///< nothing on this keyboard types it
        Refused ///< the desktop, or the person it asked, said no
    };
    Hold hold = Hold::Waiting;
    /// In the desktop's words which key it is, where the desktop decides that; one line of plain text.
    QString trigger = {};
};

/// The port to whoever gives out keys on this desktop.
class GlobalKeys : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    enum class Way {
        Grabbed, ///< by ourselves, the keys are ours to choose
        Portal, ///< by the desktop, which has the last word on the keys
        None ///< not at all: a person may bind commands in the desktop's own settings
    };
    [[nodiscard]] virtual Way way() const = 0; ///< may become known, or change, later: changed()
    /// These from now on and no others; what that came to is told by changed().
    virtual void bind(const QList<GlobalKey>& keys) = 0;
    /// Lets go of the keys for a while, so that they can be typed into a field that records keys.
    virtual void setPaused(bool paused) { Q_UNUSED(paused) }
    /// Tries again what could not be had: the program that held a key may have ended.
    virtual void lookAgain() { }
    [[nodiscard]] virtual GlobalKeyState state(const QString& id) const = 0;

Q_SIGNALS:
    void pressed(const QString& id); ///< once a press, not again while it is held down
    void changed(); ///< way() or a state()
    void declined(); ///< the person, asked by the desktop, said no to all of them
};

/// A desktop that gives no keys to programs.
class NoGlobalKeys final : public GlobalKeys
{
    Q_OBJECT
public:
    using GlobalKeys::GlobalKeys;
    [[nodiscard]] Way way() const override { return Way::None; }
    void bind(const QList<GlobalKey>&) override { }
    [[nodiscard]] GlobalKeyState state(const QString&) const override
    {
        return {GlobalKeyState::Hold::Refused};
    }
};

} // namespace hatstand::ui
