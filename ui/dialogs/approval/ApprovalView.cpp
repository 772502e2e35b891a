// SPDX-License-Identifier: MIT
#include "ui/dialogs/approval/ApprovalView.h"

#include "core/session/SessionManager.h"
#include "core/signing/ChainWords.h"
#include "ui/dialogs/approval/ActionCard.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Haste.h"
#include "ui/dialogs/parts/Parts.h"
#include "ui/models/RowAvatar.h"
#include "ui/models/SessionModel.h"
#include "ui/text/PlainName.h"

#include <QBoxLayout>
#include <QMenu>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using signing::SigningRequest;
using signing::TransactionWords;

constexpr int kAvatar = 40;
constexpr qsizetype kLongestName = 80; ///< characters
constexpr qsizetype kLongestWhat = 200;
constexpr qsizetype kLongestLine = 260; ///< a host, or a name with its account
constexpr qsizetype kLongestText = 20'000;
constexpr qsizetype kMostLines = 400;
constexpr qsizetype kMostActions = 50;
constexpr qsizetype kMostFields = 300; ///< of all actions together

QString titleOf(const SigningRequest& request)
{
    const QString given = plainLine(request.peer, kLongestName);
    const QString peer = given.isEmpty() ? ApprovalView::tr("A program") : given;
    if (!request.chain)
        return ApprovalView::tr("%1 wants to %2").arg(peer, plainLine(request.what, kLongestWhat));
    if (request.chain->isIdentity)
        return ApprovalView::tr("%1 wants you to prove who you are").arg(peer);
    return request.chain->willBeSent ? ApprovalView::tr("%1 wants to send a transaction").arg(peer)
                                     : ApprovalView::tr("%1 wants a transaction signed").arg(peer);
}

QString becomesOf(const TransactionWords& words)
{
    const QString account = plainLine(words.account, kLongestName);
    if (words.isIdentity && words.opensLink)
        return ApprovalView::tr("This moves nothing. It proves that you hold the key of %1, and from then on "
                                "the app may ask for signatures of it, each with a question.")
            .arg(account);
    if (words.isIdentity)
        return ApprovalView::tr("This moves nothing. It proves that you hold the key of %1.").arg(account);
    return words.willBeSent
        ? ApprovalView::tr("It is sent to %1 once it is signed. That can't be undone.")
              .arg(plainLine(words.chainName, kLongestName))
        : ApprovalView::tr("It is not sent by Hatstand: whoever gets the signature can send it.");
}

} // namespace

ApprovalView::ApprovalView(const UiContext& context, const SigningRequest& request, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    QVBoxLayout* layout = column(this, 24, 16);
    addHead(layout, request);
    addAccount(layout, request);
    if (request.chain)
        addActions(layout, *request.chain);
    else
        addText(layout, request.text);
    layout->addStretch();
}

void ApprovalView::addHead(QVBoxLayout* layout, const SigningRequest& request)
{
    QVBoxLayout* head = column(nullptr, 0, 2);
    head->addWidget(paragraph(titleOf(request), TextStyle::Title));
    const auto say = [head](const QString& line) {
        head->addWidget(paragraph(line, TextStyle::Caption, Ink::Secondary));
    };
    const QString scope = request.chain ? plainLine(request.chain->scope, kLongestName) : QString();
    if (!scope.isEmpty())
        say(tr("It calls itself %1.").arg(scope));
    if (request.chain)
        say(request.chain->host.isEmpty()
                ? tr("The answer goes back to whoever asked.")
                : tr("The answer goes to %1.").arg(plainLine(request.chain->host, kLongestLine)));
    if (!request.isOwnName || !scope.isEmpty()) // Hatstand's own words for a command or a link are no name
        say(tr("The name is what it calls itself. Hatstand can't check it."));
    layout->addLayout(head);
}

void ApprovalView::addAccount(QVBoxLayout* layout, const SigningRequest& request)
{
    const session::Networks& networks = m_context.sessions.networks();
    QFrame* card = makePanel(Panel::Card, nullptr);
    QHBoxLayout* line = row(card, 12);
    line->setContentsMargins(16, 10, 12, 10);
    line->addWidget(label(request.chain && request.chain->isIdentity ? tr("Proving as") : tr("Signing as"),
        TextStyle::Body, Ink::Secondary));
    line->addWidget(accountAvatar(m_context, request.session, kAvatar));
    QVBoxLayout* texts = column(nullptr, 0, 2);
    auto* name = new ElidedLabel(card, Qt::ElideRight, TextStyle::Heading);
    name->setFullText(plainLine(request.sessionName, kLongestLine));
    const QString account
        = request.chain ? plainLine(request.chain->account, kLongestName) : networks.shortId(request.session);
    const QString network = request.chain ? plainLine(request.chain->chainName, kLongestName)
                                          : networks.networkName(request.session);
    texts->addWidget(name);
    // Never shortened: which permission signs is part of what is said yes to.
    texts->addWidget(paragraph(account, TextStyle::Fixed, Ink::Secondary));
    texts->addWidget(paragraph(network, TextStyle::Caption, Ink::Secondary));
    line->addLayout(texts, 1);
    if (request.chain && request.chain->isTestnet)
        line->addWidget(makePill(tr("Testnet"), card, PillKind::Warning));
    if (request.signAs && !request.others.isEmpty())
        line->addWidget(makeChange(request.others));
    layout->addWidget(card);
}

QPushButton* ApprovalView::makeChange(const QList<session::SessionId>& others)
{
    QPushButton* change = button(tr("Change…"), ButtonKind::Quiet);
    change->setAccessibleName(tr("Sign as another account"));
    auto* menu = new QMenu(change);
    for (const session::SessionId& id : others) {
        const QModelIndex at = m_context.model.indexOf(id);
        if (!at.isValid())
            continue; // logged out meanwhile
        QString text
            = tr("%1 · %2", "account name, short id")
                  .arg(plainName(nameOf(m_context.sessions, id)), m_context.sessions.networks().shortId(id));
        QAction* action = menu->addAction(avatarIcon(avatarOf(at), Qt::transparent, Theme::of(this)),
            text.replace(u'&', "&&"_L1)); // none of them is meant as a mnemonic
        connect(action, &QAction::triggered, this, [this, id] { Q_EMIT accountChosen(id); });
    }
    change->setMenu(menu);
    change->setEnabled(!menu->isEmpty());
    ignoreHaste(change);
    return change;
}

void ApprovalView::addActions(QVBoxLayout* layout, const TransactionWords& words)
{
    const QStringList dangers = words.dangers();
    if (!dangers.isEmpty() && words.actions.size() > 1) { // else the one card says it, and is in sight
        QStringList lines;
        for (const QString& danger : dangers)
            lines += plainLine(danger, kLongestLine);
        layout->addWidget(new Notice(Panel::Danger, tr("Dangerous"), lines.join(u'\n')));
    }
    bool isCut = words.actions.size() > kMostActions;
    qsizetype left = kMostFields;
    const bool hasCards = !words.isIdentity; // what an identity is made of says nothing to anybody
    for (qsizetype i = 0; hasCards && i < std::min(words.actions.size(), kMostActions); ++i) {
        if (words.actions.size() > 1)
            layout->addWidget(label(tr("Action %1 of %2").arg(i + 1).arg(words.actions.size()),
                TextStyle::Caption, Ink::Secondary));
        auto* card = new ActionCard(words.actions.at(i), left);
        left = std::max<qsizetype>(left - words.actions.at(i).fields.size(), 0);
        isCut = isCut || card->isCut();
        layout->addWidget(card);
    }
    if (words.actions.size() > kMostActions)
        layout->addWidget(new Notice(
            Panel::Danger, {}, tr("More actions, not shown: %1").arg(words.actions.size() - kMostActions)));
    layout->addWidget(new Notice(Panel::Note, {}, becomesOf(words)));
    if (words.isUnreadable())
        m_caution = tr("Part of this can't be read. What it does with the account is not known.");
    else if (isCut)
        m_caution = tr("There is more to this than is shown here.");
}

void ApprovalView::addText(QVBoxLayout* layout, const QString& text)
{
    QFrame* card = makePanel(Panel::Card, nullptr);
    QVBoxLayout* lines = column(card, 16, 0);
    QLabel* shown = paragraph(plainText(text, kLongestText, kMostLines));
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
    lines->addWidget(shown);
    layout->addWidget(card);
    if (text.size() > kLongestText || text.count(u'\n') >= kMostLines)
        m_caution = tr("There is more to this than is shown here.");
}

} // namespace hatstand::ui
