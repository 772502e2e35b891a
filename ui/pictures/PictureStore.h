// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/theme/PictureAt.h"

#include <QObject>
#include <memory>

class QThreadPool;

namespace hatstand {
class Clock;
class Settings;
namespace session {
class SessionManager;
}
} // namespace hatstand

namespace hatstand::ui {

/// The pictures that Nostr accounts' profiles name: from memory, else from disk, else from the network, asked
/// for when one is to be shown. Read from disk on
/// the pool; decoded and scaled, if they come from a stranger, on threads of their own. One that can't be had
/// is not asked for again in this run, or after a while if nobody answered. A private account's is fetched
/// only while it is active. Nothing is fetched, kept or shown while "pictures.remote" is false. In memory are
/// at most 8 MiB of them, those seen last, however many accounts there are.
class PictureStore final : public QObject
{
    Q_OBJECT
public:
    struct Context
    {
        session::SessionManager& sessions;
        Settings& settings;
        const Clock& clock;
        QThreadPool& pool;
        QString folder; ///< absolute; may be deleted at any time
        std::function<QString(const session::SessionId&)> address; ///< as the profile has it, unchecked
    };
    explicit PictureStore(Context context, QObject* parent = nullptr);
    ~PictureStore() override;

    /// Null while there is none; then arrived() tells if one comes. Cheap: for painting. devicePixels: 1 to
    /// 256.
    [[nodiscard]] QPixmap picture(const session::SessionId& id, int devicePixels);
    [[nodiscard]] PictureAt of(const session::SessionId& id); ///< valid as long as this

    /// The account's profile may name another one by now.
    void lookAgain(const session::SessionId& id);
    [[nodiscard]] bool isIdle() const; ///< nothing is on its way

Q_SIGNALS:
    /// What picture() answers has changed: there is one, or none any more.
    void arrived(const hatstand::session::SessionId& id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hatstand::ui
