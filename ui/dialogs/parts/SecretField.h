// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"

#include <QLineEdit>

class QAction;

namespace hatstand::ui {

/// Where a secret is typed: dots, an eye that shows what is being typed and hides it again when the field or
/// the window is left, no undo, no copying out, dots only for accessibility. The text lives in the field's
/// own memory until wipe() or take().
class SecretField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit SecretField(QWidget* parent = nullptr);
    ~SecretField() override;

    /// A copy for looking at it; nothing else of it is left behind.
    [[nodiscard]] SecretBuffer peek() const;
    /// The secret; the field is empty and wiped afterwards.
    [[nodiscard]] SecretBuffer take();
    void put(const SecretBuffer& secret);
    void wipe();
    [[nodiscard]] bool isRevealed() const;
    void reveal(bool on);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool event(QEvent* event) override;

private:
    QAction* m_eye;
};

} // namespace hatstand::ui
