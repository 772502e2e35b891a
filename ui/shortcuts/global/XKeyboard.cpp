// SPDX-License-Identifier: MIT
#include "ui/shortcuts/global/XKeyboard.h"

#include "ui/shortcuts/global/KeyNames.h"

#include <QLatin1StringView>
#include <array>
#include <cstdlib>
#include <cstring>

namespace hatstand::ui {
namespace {

// Keysyms of the keys that are modifiers (X11's keysymdef.h).
constexpr xcb_keysym_t kAltL = 0xffe9;
constexpr xcb_keysym_t kAltR = 0xffea;
constexpr xcb_keysym_t kSuperL = 0xffeb;
constexpr xcb_keysym_t kSuperR = 0xffec;
constexpr xcb_keysym_t kNumLock = 0xff7f;
constexpr xcb_keysym_t kScrollLock = 0xff14;

constexpr int kModifierKeys = 8; // Shift, Lock, Control, Mod1 to Mod5
constexpr int kGroupShift = 13; // where a key event's state has the group (XKB protocol, 2.2.2)
constexpr int kGroupMask = 3;
constexpr xcb_keycode_t kRowOne = 10; // KEY_1 (2) + 8
constexpr xcb_keycode_t kRowZero = 19; // KEY_0 (11) + 8
constexpr quint16 kAllModifiers = 0xff;

template <class T>
struct Free
{
    void operator()(T* reply) const { std::free(reply); }
};
template <class T>
using Reply = std::unique_ptr<T, Free<T>>;

/// The beginning of XKB's events (XKB protocol, 16): which of them, and of a StateNotify the group.
struct XkbEvent
{
    quint8 type;
    quint8 xkbType;
    std::array<quint8, 11> more;
    quint8 group; ///< of a StateNotify
};
constexpr quint8 kNewKeyboard = 0;
constexpr quint8 kMap = 1;
constexpr quint8 kState = 2;

/// Key code of a Latin letter on a US keyboard; 0 for anything else.
xcb_keycode_t usPlace(xcb_keysym_t keysym)
{
    struct Row
    {
        QLatin1StringView letters;
        xcb_keycode_t first;
    };
    using namespace Qt::Literals::StringLiterals;
    constexpr std::array kRows{Row{"qwertyuiop"_L1, 24}, Row{"asdfghjkl"_L1, 38}, Row{"zxcvbnm"_L1, 52}};
    constexpr xcb_keysym_t kAscii = 0x7f;
    if (keysym > kAscii)
        return 0;
    for (const Row& row : kRows) {
        if (const auto at = row.letters.indexOf(QLatin1Char(static_cast<char>(keysym))); at >= 0)
            return static_cast<xcb_keycode_t>(row.first + at);
    }
    return 0;
}

} // namespace

void XKeyboard::FreeSymbols::operator()(xcb_key_symbols_t* symbols) const
{
    xcb_key_symbols_free(symbols);
}

XKeyboard::XKeyboard(xcb_connection_t* connection)
    : m_connection(connection)
{
    constexpr char kXkb[] = "XKEYBOARD";
    const Reply<xcb_query_extension_reply_t> xkb(xcb_query_extension_reply(
        connection, xcb_query_extension(connection, sizeof kXkb - 1, kXkb), nullptr));
    if (xkb && xkb->present)
        m_xkbEvent = xkb->first_event;
    look();
}

XKeyboard::~XKeyboard() = default;

void XKeyboard::look()
{
    m_symbols.reset(xcb_key_symbols_alloc(m_connection));
    readModifiers();
    readGroup();
}

void XKeyboard::readModifiers()
{
    m_alt = m_meta = m_num = m_scroll = 0;
    const Reply<xcb_get_modifier_mapping_reply_t> map(
        xcb_get_modifier_mapping_reply(m_connection, xcb_get_modifier_mapping(m_connection), nullptr));
    if (!map)
        return;
    const xcb_keycode_t* codes = xcb_get_modifier_mapping_keycodes(map.get());
    for (int i = 0; i < kModifierKeys * map->keycodes_per_modifier; ++i) {
        if (codes[i] == 0)
            continue;
        const auto bit = static_cast<quint16>(1U << (i / map->keycodes_per_modifier));
        switch (xcb_key_symbols_get_keysym(m_symbols.get(), codes[i], 0)) {
        case kAltL:
        case kAltR:
            m_alt |= bit;
            break;
        case kSuperL:
        case kSuperR:
            m_meta |= bit;
            break;
        case kNumLock:
            m_num |= bit;
            break;
        case kScrollLock:
            m_scroll |= bit;
            break;
        default:
            break;
        }
    }
}

void XKeyboard::readGroup()
{
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
    const Reply<xcb_query_pointer_reply_t> pointer(
        xcb_query_pointer_reply(m_connection, xcb_query_pointer(m_connection, root), nullptr));
    m_group = pointer ? (pointer->mask >> kGroupShift) & kGroupMask : 0;
}

bool XKeyboard::isLayoutChange(const xcb_generic_event_t& event) const
{
    constexpr quint8 kSent = 0x80;
    const auto type = static_cast<quint8>(event.response_type & ~kSent);
    // The server tells a client that speaks XKB, as Qt does, by XKB's events, and others by this one.
    if (type == XCB_MAPPING_NOTIFY)
        return true;
    if (m_xkbEvent == 0 || type != m_xkbEvent)
        return false;
    XkbEvent xkb{};
    std::memcpy(&xkb, &event, sizeof xkb);
    return xkb.xkbType == kNewKeyboard || xkb.xkbType == kMap
        || (xkb.xkbType == kState && xkb.group != m_group);
}

std::optional<quint16> XKeyboard::mask(Qt::KeyboardModifiers modifiers) const
{
    quint16 bits = 0;
    if (modifiers & Qt::ShiftModifier)
        bits |= XCB_MOD_MASK_SHIFT;
    if (modifiers & Qt::ControlModifier)
        bits |= XCB_MOD_MASK_CONTROL;
    // Without such a modifier the rest alone would be another shortcut.
    if ((modifiers & Qt::AltModifier && m_alt == 0) || (modifiers & Qt::MetaModifier && m_meta == 0))
        return std::nullopt;
    if (modifiers & Qt::AltModifier)
        bits |= m_alt;
    if (modifiers & Qt::MetaModifier)
        bits |= m_meta;
    return bits;
}

xcb_keysym_t XKeyboard::symbol(int code, int level, int group) const
{
    return xcb_key_symbols_get_keysym(m_symbols.get(), static_cast<xcb_keycode_t>(code), 2 * group + level);
}

std::optional<XKeyboard::Place> XKeyboard::find(xcb_keysym_t keysym, quint16 modifiers) const
{
    const xcb_setup_t* setup = xcb_get_setup(m_connection);
    for (const int group : {m_group, 0, 1}) {
        for (const int level : {0, 1}) {
            for (int code = setup->min_keycode; code <= setup->max_keycode; ++code) {
                if (symbol(code, level, group) == keysym)
                    return Place{static_cast<xcb_keycode_t>(code),
                        static_cast<quint16>(level == 0 ? modifiers : modifiers | XCB_MOD_MASK_SHIFT)};
            }
        }
    }
    if (const xcb_keycode_t code = usPlace(keysym))
        return Place{code, modifiers};
    return std::nullopt;
}

QList<XKeyboard::Place> XKeyboard::places(QKeyCombination keys) const
{
    const auto modifiers = mask(keys.keyboardModifiers());
    const xcb_keysym_t keysym = keysymOf(keys.key());
    if (!modifiers || keysym == 0 || !m_symbols)
        return {};
    if (keys.key() < Qt::Key_0 || keys.key() > Qt::Key_9) {
        const auto place = find(keysym, *modifiers);
        return place ? QList{*place} : QList<Place>{};
    }
    const auto code
        = static_cast<xcb_keycode_t>(keys.key() == Qt::Key_0 ? kRowZero : kRowOne + (keys.key() - Qt::Key_1));
    QList<Place> places{{code, *modifiers}};
    if (symbol(code, 0, m_group) != keysym && symbol(code, 1, m_group) == keysym)
        places += Place{code, static_cast<quint16>(*modifiers | XCB_MOD_MASK_SHIFT)};
    return places;
}

QList<quint16> XKeyboard::lockStates() const
{
    QList<quint16> states{0};
    for (const quint16 lock : {quint16(XCB_MOD_MASK_LOCK), m_num, m_scroll}) {
        if (lock == 0)
            continue;
        const auto before = states;
        for (const quint16 state : before)
            states += static_cast<quint16>(state | lock);
    }
    return states;
}

XKeyboard::Place XKeyboard::placeOf(const xcb_key_press_event_t& event, const QList<quint16>& lockStates)
{
    // The last state has all locks.
    return {event.detail, static_cast<quint16>(event.state & kAllModifiers & ~lockStates.constLast())};
}

} // namespace hatstand::ui
