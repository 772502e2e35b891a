// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/Approver.h"
#include "ui/UiContext.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace hatstand::ui {

/// What is asked, for reading: who asks, who would sign, and what, in words. As high as it needs to be;
/// whoever shows it lets it scroll.
class ApprovalView final : public QWidget
{
    Q_OBJECT
public:
    ApprovalView(const UiContext& context, const signing::SigningRequest& request, QWidget* parent = nullptr);
    /// Why a yes needs a second step: something of it can't be read, or there is more of it than is shown.
    /// Empty where one is enough.
    [[nodiscard]] QString caution() const { return m_caution; }

Q_SIGNALS:
    void accountChosen(const hatstand::session::SessionId& id); ///< to sign as, instead

private:
    void addHead(QVBoxLayout* layout, const signing::SigningRequest& request);
    void addAccount(QVBoxLayout* layout, const signing::SigningRequest& request);
    void addActions(QVBoxLayout* layout, const signing::TransactionWords& words);
    void addText(QVBoxLayout* layout, const QString& text);
    [[nodiscard]] QPushButton* makeChange(const QList<session::SessionId>& others);

    const UiContext& m_context;
    QString m_caution;
};

} // namespace hatstand::ui
