// SPDX-License-Identifier: MIT
#pragma once

#include "ui/UiContext.h"
#include "ui/dialogs/parts/Dialog.h"

namespace hatstand::ui {

/// The keys there are, as the person set them.
class ShortcutsDialog final : public Dialog
{
    Q_OBJECT
public:
    explicit ShortcutsDialog(UiContext& context, QWidget* parent = nullptr);
};

} // namespace hatstand::ui
