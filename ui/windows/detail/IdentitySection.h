// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/windows/detail/DetailSection.h"
#include "ui/windows/detail/KeyRow.h"

#include <array>

namespace hatstand::ui {

class QrCode;

/// Who it is: npub, hex and link, or account, permission, key and chain; and the code to scan.
class IdentitySection final : public DetailSection
{
    Q_OBJECT
public:
    IdentitySection(const UiContext& context, QWidget* parent);
    void show(const session::Session& session) override;

private:
    [[nodiscard]] QWidget* makeAside();
    void showCode(const QString& text, const QString& caption);

    const UiContext& m_context;
    std::array<KeyRow*, 4> m_rows; ///< as many as an Antelope account has; others show fewer
    QString m_shown; ///< what the code holds
    QrCode* m_code = nullptr;
    QLabel* m_caption = nullptr;
};

} // namespace hatstand::ui
