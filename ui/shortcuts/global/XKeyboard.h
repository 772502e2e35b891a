// SPDX-License-Identifier: MIT
#pragma once

#include <QKeyCombination>
#include <QList>
#include <memory>
#include <optional>
#include <xcb/xcb.h>
#include <xcb/xcb_keysyms.h>

namespace hatstand::ui {

/// The keyboard of an X server: where its keys are under the layout in use, and what its modifiers are
/// called.
class XKeyboard final
{
public:
    explicit XKeyboard(xcb_connection_t* connection);
    ~XKeyboard();

    struct Place
    {
        xcb_keycode_t code = 0;
        quint16 modifiers = 0; ///< as in a key event's state, locks left out
        bool operator==(const Place&) const = default;
    };
    /// Where keys has to be pressed; empty if nothing on this keyboard types it. A digit is its place in the
    /// digit row, also with Shift where the layout has the digit there. A Latin letter that the layout lacks
    /// is where it stands on a US keyboard.
    [[nodiscard]] QList<Place> places(QKeyCombination keys) const;
    /// Every combination of the lock keys (Caps, Num, Scroll), as they are in a key event's state; none
    /// first.
    [[nodiscard]] QList<quint16> lockStates() const;
    [[nodiscard]] static Place placeOf(const xcb_key_press_event_t& event, const QList<quint16>& lockStates);

    /// Whether this event says that the layout is another one now; look() then reads it.
    [[nodiscard]] bool isLayoutChange(const xcb_generic_event_t& event) const;
    void look();

private:
    struct FreeSymbols
    {
        void operator()(xcb_key_symbols_t* symbols) const;
    };
    void readModifiers();
    void readGroup();
    [[nodiscard]] std::optional<quint16> mask(Qt::KeyboardModifiers modifiers) const;
    [[nodiscard]] xcb_keysym_t symbol(int code, int level, int group) const;
    [[nodiscard]] std::optional<Place> find(xcb_keysym_t keysym, quint16 modifiers) const;

    xcb_connection_t* m_connection;
    std::unique_ptr<xcb_key_symbols_t, FreeSymbols> m_symbols;
    quint8 m_xkbEvent = 0; ///< the type of XKB's events; 0 without that extension
    int m_group = 0; ///< of the layout's groups the one in use
    quint16 m_alt = 0;
    quint16 m_meta = 0;
    quint16 m_num = 0;
    quint16 m_scroll = 0;
};

} // namespace hatstand::ui
