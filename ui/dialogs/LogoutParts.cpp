// SPDX-License-Identifier: MIT
#include "ui/dialogs/LogoutParts.h"

#include "ui/UiContext.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Parts.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QLocale>
#include <QScrollArea>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMostRows = 8;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(LogoutDialog)
};

/// "12 June 2026"
QString dayOf(const QDateTime& time)
{
    return QLocale().toString(time.toLocalTime().date(), u"d MMMM yyyy"_s);
}

QString whatGoes(const session::Session& session, const QString& vault, bool now)
{
    const bool rests = !session.exportedAt.isValid() && !now;
    return rests ? Words::tr("The private key rests for 30 days, then it is deleted from %1").arg(vault)
                 : Words::tr("The private key is deleted from %1").arg(vault);
}

QWidget* stateOf(const session::Session& session)
{
    if (!holdsKey(session))
        return label(Words::tr("No key here"), TextStyle::Caption, Ink::Secondary);
    return session.exportedAt.isValid() ? makePill(Words::tr("Backed up"), nullptr, PillKind::Success)
                                        : makePill(Words::tr("Never exported"), nullptr, PillKind::Warning);
}

} // namespace

bool holdsKey(const session::Session& session)
{
    return session.signer != session::SignerKind::WatchOnly
        && session.state != session::SessionState::SecretMissing;
}

QWidget* consequencesOf(const session::Session& session, const QString& vault, bool now)
{
    auto* list = new QWidget;
    QVBoxLayout* layout = column(list, 0, 4);
    const bool nostr = session.id.family() == "nostr"_L1;
    if (!holdsKey(session)) {
        layout->addWidget(consequence(false, Words::tr("It leaves this list")));
        layout->addWidget(consequence(true, Words::tr("No private key is here, so none is lost")));
        return list;
    }
    layout->addWidget(consequence(false, whatGoes(session, vault, now)));
    if (session.exportedAt.isValid())
        layout->addWidget(consequence(
            true, Words::tr("Your backup of %1 can bring it back").arg(dayOf(session.exportedAt))));
    else
        layout->addWidget(consequence(true,
            nostr ? Words::tr("Posts, follows and profile stay on the relays")
                  : Words::tr("The account and its tokens stay on the chain")));
    return list;
}

QWidget* accountList(const UiContext& context, const QList<session::SessionId>& ids)
{
    auto* list = new QWidget;
    QVBoxLayout* lines = column(list, 0, 0);
    for (const session::SessionId& id : ids) {
        const session::Session* session = context.sessions.find(id);
        if (!session)
            continue;
        if (lines->count() > 0)
            lines->addWidget(makeLine(Qt::Horizontal, nullptr));
        auto* line = new QWidget;
        line->setFixedHeight(grown(48));
        QHBoxLayout* layout = row(line, 12);
        layout->setContentsMargins(16, 0, 16, 0);
        layout->addWidget(accountAvatar(context, id, 32));
        auto* name = new ElidedLabel(nullptr, Qt::ElideRight);
        name->setFullText(context.sessions.nameOf(*session));
        layout->addWidget(name, 1);
        layout->addWidget(stateOf(*session));
        lines->addWidget(line);
    }
    QFrame* card = makePanel(Panel::Card, nullptr);
    QVBoxLayout* frame = column(card, 1, 0);
    if (ids.size() <= kMostRows) {
        frame->addWidget(list);
        return card;
    }
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedHeight(kMostRows * (grown(48) + 1));
    scroll->setWidget(list);
    scroll->setAccessibleName(
        QCoreApplication::translate("hatstand::ui::LogoutParts", "Accounts that are logged out"));
    scroll->viewport()->setAutoFillBackground(false);
    list->setAutoFillBackground(false);
    frame->addWidget(scroll);
    return card;
}

QString technicalDetails(const Error& error)
{
    const QString code = QString(name(error.code));
    return error.detail.isEmpty() ? code : code + u": "_s + error.detail;
}

} // namespace hatstand::ui
