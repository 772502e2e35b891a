// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/Session.h"
#include "ui/dialogs/VaultViews.h"
#include "ui/dialogs/edits/EditQuestion.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace hatstand::ui {

struct UiContext;

/// Whom to follow.
class FollowForm final : public QObject
{
    Q_OBJECT
public:
    FollowForm(const UiContext& context, const session::SessionId& id, QObject* parent);
    View view;
    QLineEdit* first; ///< what gets the focus

Q_SIGNALS:
    void made(const hatstand::ui::EditQuestion& question);
    void left();

private:
    void check();

    Field* m_keyField;
    QLineEdit* m_petname;
    QPushButton* m_go;
    nostr::PublicKey m_who;
    QString m_relay; ///< an nprofile's hint
};

/// What to mute, and who may read that.
class MuteForm final : public QObject
{
    Q_OBJECT
public:
    /// Only a key that is here and open can write the private part.
    MuteForm(const UiContext& context, const session::SessionId& id, QObject* parent);
    View view;
    QLineEdit* first;

Q_SIGNALS:
    void made(const hatstand::ui::EditQuestion& question);
    void left();

private:
    void check();
    [[nodiscard]] Result<nostr::Muted> typed() const;

    QComboBox* m_what;
    Field* m_valueField;
    QCheckBox* m_private;
    QPushButton* m_go;
};

} // namespace hatstand::ui
