// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace hatstand::test {

/// The scenes of DialogScenes.h that are about an account's live data: its lists, its profile, and what
/// becomes of a change.
void playAccountScenes(const std::function<void(QWidget* dialog, const QString& name)>& look);

} // namespace hatstand::test
