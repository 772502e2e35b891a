// SPDX-License-Identifier: MIT
#include "ui/dialogs/lists/AccountListPage.h"

#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionManager.h"
#include "ui/dialogs/lists/AccountListDelegate.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Parts.h"
#include "ui/models/AccountListModel.h"
#include "ui/theme/EvenListView.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QScrollBar>
#include <QStackedWidget>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Each time it is read it is another object.
template <class List>
bool isSameList(const std::shared_ptr<const List>& one, const std::shared_ptr<const List>& other)
{
    return one == other || (one && other && *one == *other);
}

} // namespace

AccountListPage::AccountListPage(const UiContext& context, const session::SessionId& id)
    : m_context(context)
    , m_id(id)
    , m_model(new AccountListModel(this))
    , m_search(new QLineEdit)
    , m_remark(new QWidget)
    , m_remarkText(paragraph({}, TextStyle::Caption, Ink::Secondary))
    , m_stack(new QStackedWidget)
    , m_view(new EvenListView)
    , m_nothing(paragraph({}, TextStyle::Body, Ink::Secondary))
{
    setProperty("panel", u"surface"_s);
    makeSearch();
    makeView();
    QHBoxLayout* remark = row(m_remark, 8);
    remark->addWidget(makeIcon(u"info"_s, nullptr, &Theme::secondaryText), 0, Qt::AlignTop);
    remark->addWidget(m_remarkText, 1);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setContentsMargins(24, 24, 24, 24);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_nothing);

    QVBoxLayout* top = column(nullptr, 24, 12);
    top->setContentsMargins(24, 24, 24, 12);
    top->addWidget(accountHead(context, id, nameOf(context.sessions, id)));
    top->addWidget(makeTabs());
    top->addWidget(m_search);
    top->addWidget(m_remark);
    QVBoxLayout* all = column(this, 0, 0);
    all->addLayout(top);
    all->addWidget(makeLine(Qt::Horizontal, nullptr));
    all->addWidget(m_stack, 1);
    connect(
        context.accounts, &accounts::AccountDirectory::changed, this, [this](const session::SessionId& of) {
            if (of == m_id)
                say();
        });
}

QWidget* AccountListPage::makeTabs()
{
    auto* tabs = new QWidget;
    QHBoxLayout* layout = row(tabs, 0);
    for (QPushButton** tab : {&m_followsTab, &m_mutesTab}) {
        *tab = button({});
        (*tab)->setCheckable(true);
        (*tab)->setAutoExclusive(true);
        (*tab)->setProperty("segment", true);
        (*tab)->setProperty("edge", (tab == &m_followsTab) != isRightToLeft() ? u"first"_s : u"last"_s);
        (*tab)->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        layout->addWidget(*tab, 1);
    }
    connect(m_followsTab, &QPushButton::clicked, this, [this] { show(List::Follows); });
    connect(m_mutesTab, &QPushButton::clicked, this, [this] { show(List::Mutes); });
    return tabs;
}

void AccountListPage::makeSearch()
{
    m_search->addAction(lineIcon(u"search"_s, &Theme::secondaryText), QLineEdit::LeadingPosition);
    m_search->setPlaceholderText(tr("Search names, keys and relays"));
    m_search->setAccessibleName(tr("Search the list"));
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setSearch(text);
        say();
    });
}

void AccountListPage::makeView()
{
    m_view->setItemDelegate(new AccountListDelegate(m_view));
    m_view->setModel(m_model);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setMouseTracking(true);
    m_view->installEventFilter(this);
    followAssistiveSelection(m_view);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &AccountListPage::changed);
}

void AccountListPage::show(List list)
{
    m_list = list;
    m_search->clear();
    fill();
}

void AccountListPage::setLists(const accounts::AccountLists& lists)
{
    const bool isSame = m_isLoaded
        && (m_list == List::Follows ? isSameList(m_lists.follows, lists.follows)
                                    : isSameList(m_lists.mutes, lists.mutes));
    m_lists = lists;
    m_isLoaded = true;
    if (isSame)
        return say();
    const int place = m_view->verticalScrollBar()->value(); // it is being read
    fill();
    m_view->doItemsLayout();
    m_view->verticalScrollBar()->setValue(place);
}

void AccountListPage::fill()
{
    const nostr::Muted before = chosen();
    if (m_list == List::Follows)
        m_model->setFollows(m_lists.follows);
    else
        m_model->setMutes(m_lists.mutes);
    if (!before.value.isEmpty())
        m_view->setCurrentIndex(m_model->find(before));
    say();
}

void AccountListPage::say()
{
    const accounts::AccountSummary& summary = m_context.accounts->summary(m_id);
    const session::Session* session = m_context.sessions.find(m_id);
    const bool follows = m_list == List::Follows;
    const auto counted = [](const QString& name, std::optional<qint64> count) {
        return count ? tr("%1 (%2)").arg(name, QLocale().toString(*count)) : name;
    };
    m_followsTab->setText(counted(tr("Follows"), summary.follows));
    m_mutesTab->setText(counted(tr("Mutes"), summary.mutes));
    m_followsTab->setChecked(follows);
    m_mutesTab->setChecked(!follows);
    m_view->setAccessibleName(follows ? tr("Follows") : tr("Mutes"));
    const bool unread = !follows && summary.hasUnreadMutes;
    const bool isWatched = session && session->signer == session::SignerKind::WatchOnly;
    m_remark->setVisible(unread || isWatched);
    m_remarkText->setText(unread ? tr("There are private ones, too. They could not be read.")
                                 : tr("This account is only watched, so its lists can't be changed."));
    m_nothing->setText(nothingText());
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0);
    Q_EMIT changed();
}

QString AccountListPage::nothingText() const
{
    if (!m_isLoaded)
        return tr("Loading…");
    if (!m_model->isKnown())
        return tr("Not loaded yet. No relay of this account gave its list.");
    if (m_model->total() > 0)
        return tr("Nothing matches “%1”").arg(breakable(m_search->text().trimmed()));
    return m_list == List::Follows ? tr("This account follows nobody.") : tr("This account mutes nothing.");
}

nostr::Muted AccountListPage::chosen() const
{
    return m_model->entry(m_view->currentIndex());
}

QString AccountListPage::chosenName() const
{
    return m_view->currentIndex().data().toString();
}

void AccountListPage::focusList()
{
    if (m_model->rowCount() == 0)
        return m_search->setFocus(Qt::OtherFocusReason);
    m_view->setFocus(Qt::OtherFocusReason);
    if (!m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_model->index(0));
}

bool AccountListPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (watched == m_view && key == Qt::Key_Delete) {
        Q_EMIT removeRequested();
        return true;
    }
    if (watched == m_search && (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter)) {
        focusList();
        return true;
    }
    if (watched == m_search && key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace hatstand::ui
