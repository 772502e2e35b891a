// SPDX-License-Identifier: MIT
#pragma once

#include "core/signing/ChainWords.h"

#include <QFrame>

class QVBoxLayout;

namespace hatstand::ui {

/// One action of a transaction: what it does in words, whose contract does it, its fields, and what is
/// dangerous about it. All of it comes from strangers and is plain text.
class ActionCard final : public QFrame
{
    Q_OBJECT
public:
    /// mostFields: no more of them are shown, and it is said how many are not.
    ActionCard(const signing::ActionWords& action, qsizetype mostFields, QWidget* parent = nullptr);
    /// An amount that the title names; as it is signed, and in the title's own form.
    [[nodiscard]] static bool isAmountOf(const QString& title, const QString& value);
    /// Not all that it says is shown.
    [[nodiscard]] bool isCut() const { return m_isCut; }

private:
    /// amounts: places of the fields that are shown large.
    void addAmounts(QVBoxLayout* layout, const signing::ActionWords& action, const QList<qsizetype>& amounts);
    [[nodiscard]] QWidget* fieldsOf(
        const signing::ActionWords& action, qsizetype most, const QList<qsizetype>& amounts);

    bool m_isCut = false;
};

} // namespace hatstand::ui
