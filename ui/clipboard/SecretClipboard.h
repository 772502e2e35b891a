// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/SecretBuffer.h"

#include <QObject>
#include <QTimer>
#include <chrono>

namespace hatstand::ui {

/// The one way by which a stored secret gets onto the clipboard, and off it again: after a time, when another
/// secret takes its place, and when the program ends, but never if somebody has copied something else since.
/// Clipboard managers are told to leave it alone (x-kde-passwordManagerHint, which KDE's, GNOME's and most
/// others know). It is never offered as X11's primary selection, which a middle click pastes by mistake.
/// Whoever pastes gets a copy that Qt and the display server make and nobody wipes; what is held here is
/// wiped.
class SecretClipboard final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds kLifetime{30};
    static constexpr QLatin1StringView kHint{"x-kde-passwordManagerHint"}; ///< its value is "secret"

    /// Needs a QGuiApplication; cleared at its end or this object's, whichever comes first.
    explicit SecretClipboard(std::chrono::milliseconds lifetime = kLifetime, QObject* parent = nullptr);
    ~SecretClipboard() override;

    /// secret: UTF-8 text.
    void put(Bytes secret);
    /// Now, if it is still there. To know that, what somebody else has put there is read, and wiped.
    void clear();

Q_SIGNALS:
    /// Its time is up: it was cleared, or somebody else's was found in its place.
    void expired();

private:
    [[nodiscard]] bool isUnchanged() const;

    SecretBuffer m_secret; ///< empty: nothing of ours is there
    QTimer m_timer;
};

} // namespace hatstand::ui
