// SPDX-License-Identifier: MIT
#include "ui/shortcuts/global/KeyNames.h"

#include <array>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

struct Named
{
    Qt::Key key;
    std::uint32_t keysym;
    QLatin1StringView name;
};

/// From X11's keysymdef.h; the names without XK_ are those of libxkbcommon.
constexpr std::array kNamed{
    Named{Qt::Key_Escape, 0xff1b, "Escape"_L1},
    Named{Qt::Key_Tab, 0xff09, "Tab"_L1},
    Named{Qt::Key_Backspace, 0xff08, "BackSpace"_L1},
    Named{Qt::Key_Return, 0xff0d, "Return"_L1},
    Named{Qt::Key_Enter, 0xff8d, "KP_Enter"_L1},
    Named{Qt::Key_Insert, 0xff63, "Insert"_L1},
    Named{Qt::Key_Delete, 0xffff, "Delete"_L1},
    Named{Qt::Key_Pause, 0xff13, "Pause"_L1},
    Named{Qt::Key_Print, 0xff61, "Print"_L1},
    Named{Qt::Key_Home, 0xff50, "Home"_L1},
    Named{Qt::Key_End, 0xff57, "End"_L1},
    Named{Qt::Key_Left, 0xff51, "Left"_L1},
    Named{Qt::Key_Up, 0xff52, "Up"_L1},
    Named{Qt::Key_Right, 0xff53, "Right"_L1},
    Named{Qt::Key_Down, 0xff54, "Down"_L1},
    Named{Qt::Key_PageUp, 0xff55, "Prior"_L1},
    Named{Qt::Key_PageDown, 0xff56, "Next"_L1},
    Named{Qt::Key_Menu, 0xff67, "Menu"_L1},
    Named{Qt::Key_Space, ' ', "space"_L1},
    Named{Qt::Key_Exclam, '!', "exclam"_L1},
    Named{Qt::Key_QuoteDbl, '"', "quotedbl"_L1},
    Named{Qt::Key_NumberSign, '#', "numbersign"_L1},
    Named{Qt::Key_Dollar, '$', "dollar"_L1},
    Named{Qt::Key_Percent, '%', "percent"_L1},
    Named{Qt::Key_Ampersand, '&', "ampersand"_L1},
    Named{Qt::Key_Apostrophe, '\'', "apostrophe"_L1},
    Named{Qt::Key_ParenLeft, '(', "parenleft"_L1},
    Named{Qt::Key_ParenRight, ')', "parenright"_L1},
    Named{Qt::Key_Asterisk, '*', "asterisk"_L1},
    Named{Qt::Key_Plus, '+', "plus"_L1},
    Named{Qt::Key_Comma, ',', "comma"_L1},
    Named{Qt::Key_Minus, '-', "minus"_L1},
    Named{Qt::Key_Period, '.', "period"_L1},
    Named{Qt::Key_Slash, '/', "slash"_L1},
    Named{Qt::Key_Colon, ':', "colon"_L1},
    Named{Qt::Key_Semicolon, ';', "semicolon"_L1},
    Named{Qt::Key_Less, '<', "less"_L1},
    Named{Qt::Key_Equal, '=', "equal"_L1},
    Named{Qt::Key_Greater, '>', "greater"_L1},
    Named{Qt::Key_Question, '?', "question"_L1},
    Named{Qt::Key_At, '@', "at"_L1},
    Named{Qt::Key_BracketLeft, '[', "bracketleft"_L1},
    Named{Qt::Key_Backslash, '\\', "backslash"_L1},
    Named{Qt::Key_BracketRight, ']', "bracketright"_L1},
    Named{Qt::Key_AsciiCircum, '^', "asciicircum"_L1},
    Named{Qt::Key_Underscore, '_', "underscore"_L1},
    Named{Qt::Key_QuoteLeft, '`', "grave"_L1},
    Named{Qt::Key_BraceLeft, '{', "braceleft"_L1},
    Named{Qt::Key_Bar, '|', "bar"_L1},
    Named{Qt::Key_BraceRight, '}', "braceright"_L1},
    Named{Qt::Key_AsciiTilde, '~', "asciitilde"_L1},
};

constexpr std::uint32_t kF1 = 0xffbe;
constexpr std::uint32_t kUnicode = 0x01000000;

const Named* find(Qt::Key key)
{
    for (const Named& named : kNamed) {
        if (named.key == key)
            return &named;
    }
    return nullptr;
}

bool isFunctionKey(Qt::Key key)
{
    return key >= Qt::Key_F1 && key <= Qt::Key_F35;
}

/// Qt's keys below its own range are characters, letters in upper case.
char32_t characterOf(Qt::Key key)
{
    return key < Qt::Key_Escape ? QChar::toLower(static_cast<char32_t>(key)) : 0;
}

} // namespace

std::uint32_t keysymOf(Qt::Key key)
{
    if (const Named* named = find(key))
        return named->keysym;
    if (isFunctionKey(key))
        return kF1 + static_cast<std::uint32_t>(key - Qt::Key_F1);
    const char32_t character = characterOf(key);
    constexpr char32_t kLatin1 = 0xff;
    return character <= kLatin1 ? character : kUnicode + character;
}

QString portalTrigger(QKeyCombination keys)
{
    QString name;
    const char32_t character = characterOf(keys.key());
    if (const Named* named = find(keys.key()))
        name = named->name;
    else if (isFunctionKey(keys.key()))
        name = u'F' + QString::number(keys.key() - Qt::Key_F1 + 1);
    else if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9'))
        name = QChar(static_cast<char16_t>(character));
    else if (character != 0)
        name = u'U' + QString::number(character, 16).toUpper().rightJustified(4, u'0');
    if (name.isEmpty())
        return {};
    QString text;
    constexpr std::array kModifiers{std::pair{Qt::ControlModifier, "CTRL+"_L1},
        std::pair{Qt::AltModifier, "ALT+"_L1}, std::pair{Qt::ShiftModifier, "SHIFT+"_L1},
        std::pair{Qt::MetaModifier, "LOGO+"_L1}};
    for (const auto& [modifier, word] : kModifiers) {
        if (keys.keyboardModifiers().testFlag(modifier))
            text += word;
    }
    return text + name;
}

} // namespace hatstand::ui
