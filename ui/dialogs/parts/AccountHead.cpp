// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/AccountHead.h"

#include "core/session/SessionManager.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Parts.h"
#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"

#include <QBoxLayout>

namespace hatstand::ui {

AvatarLabel* accountAvatar(const UiContext& context, const session::SessionId& id, int size)
{
    auto* avatar = new AvatarLabel(size, nullptr);
    const auto follow = [avatar, &model = context.model, id] {
        if (const QModelIndex row = model.indexOf(id); row.isValid())
            avatar->setSpec(avatarOf(row));
    };
    avatar->setSpec(avatarSpec(id.text(), context.sessions.networks().networkName(id)));
    QObject::connect(&context.model, &QAbstractItemModel::dataChanged, avatar,
        [&model = context.model, id, follow](const QModelIndex& first, const QModelIndex& last) {
            const int row = model.indexOf(id).row();
            if (row >= first.row() && row <= last.row())
                follow();
        });
    follow();
    return avatar;
}

QWidget* accountHead(
    const UiContext& context, const session::SessionId& id, const QString& title, const QString& text)
{
    const session::Networks& networks = context.sessions.networks();
    auto* head = new QWidget;
    head->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(accountAvatar(context, id, 56));
    auto* lines = new QVBoxLayout;
    lines->setSpacing(2);
    lines->addStretch();
    lines->addWidget(paragraph(title, TextStyle::Title));
    if (text.isEmpty()) {
        QHBoxLayout* line = row(nullptr, 4); // three, so that right to left turns their order as well
        line->addWidget(label(networks.shortId(id), TextStyle::Fixed, Ink::Secondary));
        line->addWidget(label(QStringLiteral("·"), TextStyle::Body, Ink::Secondary));
        line->addWidget(label(networks.networkName(id), TextStyle::Body, Ink::Secondary));
        line->addStretch();
        lines->addLayout(line);
    } else {
        lines->addWidget(paragraph(text, TextStyle::Body, Ink::Secondary));
    }
    lines->addStretch();
    layout->addLayout(lines, 1);
    return head;
}

bool isFaded(const session::Session& session)
{
    return session.state != session::SessionState::Ready && session.state != session::SessionState::Unknown;
}

QString nameOf(const session::SessionManager& sessions, const session::SessionId& id)
{
    const session::Session* session = sessions.find(id);
    return session ? sessions.nameOf(*session) : sessions.networks().shortId(id);
}

} // namespace hatstand::ui
