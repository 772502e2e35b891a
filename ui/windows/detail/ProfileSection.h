// SPDX-License-Identifier: MIT
#pragma once

#include "core/accounts/AccountData.h"
#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"

#include <array>

namespace hatstand::ui {

/// What a Nostr account says of itself (kind 0), as plain text.
class ProfileSection final : public DetailSection
{
    Q_OBJECT
public:
    ProfileSection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;

Q_SIGNALS:
    void editClicked();

private:
    /// A row of one line.
    struct Line
    {
        ElidedLabel* text;
        CardRow* row;
    };
    /// elided: at the beginning where it is a domain that says whom it belongs to.
    [[nodiscard]] Line addLine(
        const QString& what, const QList<QWidget*>& after = {}, Qt::TextElideMode elided = Qt::ElideRight);
    void say(const Line& line, const QString& text);
    void showVerdict(accounts::Nip05State state, const QString& domain);

    const UiContext& m_context;
    QPushButton* m_edit;
    QLabel* m_verdict;
    Line m_display;
    Line m_name;
    Line m_nip05;
    Line m_lud16;
    QLabel* m_about;
    CardRow* m_aboutRow;
};

} // namespace hatstand::ui
