// SPDX-License-Identifier: MIT
#include "ui/theme/StyleSheet.h"

#include <QFile>
#include <algorithm>
#include <vector>

static void initResources() // outside any namespace: what Q_INIT_RESOURCE demands
{
    Q_INIT_RESOURCE(theme);
}

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

QString styleSheet(const Theme& theme)
{
    initResources();
    QFile file(u":/hatstand/hatstand.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());

    struct Token
    {
        QString name;
        QString value;
    };
    std::vector<Token> tokens{{u"@name"_s, theme.dark ? u"dark"_s : u"light"_s}};
    const auto add = [&tokens](const QString& name, const QColor& colour) {
        tokens.push_back({name, colour.name()});
    };
    add(u"@background"_s, theme.background);
    add(u"@surface"_s, theme.surface);
    add(u"@raised"_s, theme.raised);
    add(u"@sunken"_s, theme.sunken);
    add(u"@field"_s, theme.dark ? theme.sunken : theme.surface);
    add(u"@hover"_s, theme.hover);
    add(u"@selection"_s, theme.selection);
    add(u"@border"_s, theme.border);
    add(u"@controlBorder"_s, theme.controlBorder);
    add(u"@text"_s, theme.text);
    add(u"@secondaryText"_s, theme.secondaryText);
    add(u"@accent"_s, theme.accent);
    add(u"@accentText"_s, theme.accentText);
    add(u"@accentHover"_s, theme.accentHover);
    add(u"@accentPressed"_s, theme.accentPressed);
    add(u"@link"_s, theme.link);
    add(u"@focusRing"_s, theme.focusRing);
    add(u"@success"_s, theme.success);
    add(u"@successGround"_s, theme.successGround);
    add(u"@warning"_s, theme.warning);
    add(u"@warningGround"_s, theme.warningGround);
    add(u"@danger"_s, theme.danger);
    add(u"@dangerGround"_s, theme.dangerGround);
    add(u"@dangerButton"_s, theme.dangerButton);
    add(u"@dangerButtonText"_s, theme.dangerButtonText);
    // Longest first: @accentText must not be taken for @accent.
    std::sort(tokens.begin(), tokens.end(),
        [](const Token& a, const Token& b) { return a.name.size() > b.name.size(); });
    for (const Token& token : tokens)
        sheet.replace(token.name, token.value);
    return sheet;
}

QString contrastSheet(const Theme& theme)
{
    const QString line = theme.text.name();
    return u"QFrame[panel=\"card\"], QFrame[panel=\"warning\"], QFrame[panel=\"danger\"], "
           u"QFrame[panel=\"success\"], "
           "QFrame[panel=\"note\"] { border: 1px solid %1; border-radius: 8px; } "
           "QFrame[line=\"true\"] { background: %1; border: none; } "
           "QLabel[pill], QLabel[keycap] { border: 1px solid %1; border-radius: 4px; padding: 1px 6px; } "
           "QLabel[pill=\"active\"] { background: %2; color: %3; }"_s.arg(
               line, theme.accent.name(), theme.accentText.name());
}

} // namespace hatstand::ui
