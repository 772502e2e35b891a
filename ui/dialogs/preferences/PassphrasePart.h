// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Parts.h"

namespace hatstand::ui {

class Field;
class PassphrasePair;
class SecretField;

/// Sets the Hatstand passphrase, changes it or takes it away: whatever the vault can have now.
class PassphrasePart final : public QWidget
{
    Q_OBJECT
public:
    explicit PassphrasePart(UiContext& context);

private:
    void follow(); ///< the vault
    void refresh(); ///< what can be pressed
    void apply(bool remove);
    void end(const Result<void>& changed, const QString& done);

    UiContext& m_context;
    QLabel* m_title;
    QLabel* m_what;
    SecretField* m_before;
    Field* m_beforeField;
    PassphrasePair* m_after;
    Notice* m_loss;
    Notice* m_busy;
    Notice* m_done;
    Notice* m_problem;
    QPushButton* m_apply;
    QPushButton* m_remove;
    bool m_changing = false;
};

} // namespace hatstand::ui
