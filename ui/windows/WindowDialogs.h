// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"
#include "ui/UiContext.h"

#include <QObject>

class QDialog;

namespace hatstand::ui {

class MainWindow;

/// Opens the dialogs that the window asks for: over the window, one at a time, never one over another.
class WindowDialogs final : public QObject
{
    Q_OBJECT
public:
    WindowDialogs(UiContext& context, MainWindow& window, QObject* parent = nullptr);
    [[nodiscard]] QDialog* opened() const; ///< nullptr: none

private:
    void add(const SharedSecret& pasted);
    /// Shows the window and answers whether a dialog may open; one that is open already comes to the front.
    [[nodiscard]] bool isFree();
    void open(QDialog* dialog);
    void wipeTyped(); ///< into any dialog: nothing secret is left in sight or memory

    UiContext& m_context;
    MainWindow& m_window;
};

} // namespace hatstand::ui
