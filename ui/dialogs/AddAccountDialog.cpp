// SPDX-License-Identifier: MIT
#include "ui/dialogs/AddAccountDialog.h"

#include "ui/dialogs/VaultViews.h"
#include "ui/dialogs/add/AddFlow.h"
#include "ui/dialogs/add/AnchorPage.h"
#include "ui/dialogs/add/AntelopeFindPage.h"
#include "ui/dialogs/add/AntelopePages.h"
#include "ui/dialogs/add/NostrPages.h"
#include "ui/dialogs/parts/NetworkIcon.h"
#include "ui/dialogs/parts/PageList.h"
#include "ui/dialogs/parts/PassphrasePair.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/parts/VaultWords.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCheckBox>
#include <QGuiApplication>
#include <QListWidget>
#include <QStackedWidget>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 440;
constexpr int kIconBeforeName = 20; ///< wider than the icon: with the style's own 4 px the gap is 8

bool isAntelope(AddAccountDialog::Page page)
{
    using Page = AddAccountDialog::Page;
    return page == Page::AntelopeKey || page == Page::AntelopeWatch || page == Page::AntelopeFind
        || page == Page::AntelopeAnchor;
}

} // namespace

AddAccountDialog::AddAccountDialog(UiContext& context, QWidget* parent)
    : Dialog(tr("Add account"), parent)
    , m_context(context)
    , m_flow(new AddFlow(context, this))
{
    m_main = makeMainView();
    addPage(Page::Generate, new GeneratePage(context));
    addPage(Page::NostrKey, new NostrKeyPage(context));
    addPage(Page::NostrEncrypted, new NostrEncryptedPage(context));
    addPage(Page::NostrWatch, new NostrWatchPage(context));
    auto* key = new AntelopeKeyPage(context);
    auto* watch = new AntelopeWatchPage(context);
    addPage(Page::AntelopeKey, key);
    addPage(Page::AntelopeWatch, watch);
    if (context.chainClient) {
        auto* find = new AntelopeFindPage(context);
        addPage(Page::AntelopeFind, find);
        connect(find, &AntelopeFindPage::watchWanted, this, [this] { showPage(Page::AntelopeWatch); });
    }
    if (AnchorPage::isOffered(context))
        addPage(Page::AntelopeAnchor, new AnchorPage(context));
    orderTabs();
    connect(key, &AntelopeKeyPage::watchWanted, this, [this, key, watch] {
        watch->account()->setChain(key->account()->chain().id);
        watch->account()->setText(key->account()->text());
        showPage(Page::AntelopeWatch);
    });

    connect(m_flow, &AddFlow::busyChanged, this, &AddAccountDialog::refreshFoot);
    connect(m_flow, &AddFlow::waiting, this, [this] {
        m_waiting->setText(waitingText(m_context.vault.kind()));
        m_waiting->show();
        m_switchNow->hide();
    });
    connect(m_flow, &AddFlow::vaultWanted, this, &AddAccountDialog::askForVault);
    connect(m_flow, &AddFlow::unlockWanted, this, [this] { askForPassphrase(false); });
    connect(m_flow, &AddFlow::passphraseRefused, this, [this](const Error& error) {
        if (m_unlock)
            m_unlock->refuse(error);
        else if (m_newPassphrase)
            m_newPassphrase->showProblem(vaultProblem(error, secrets::VaultKind::Passphrase).title);
    });
    connect(m_flow, &AddFlow::failed, this, [this](const Error& error) {
        backToMain();
        const VaultProblem problem = vaultProblem(error, m_context.vault.kind());
        m_problem->setTexts(problem.title, problem.advice);
        m_problem->show();
    });
    connect(m_flow, &AddFlow::added, this, &AddAccountDialog::onAdded);
    showPage(Page::Generate);
    growFrom({kWidth, kHeight});
}

AddAccountDialog::~AddAccountDialog()
{
    m_flow->disconnect(this); // the pages go first and speak while they do
    for (AddPage* page : m_byPage) {
        if (page)
            page->disconnect(this);
    }
}

QList<AddAccountDialog::Way> AddAccountDialog::waysOf(bool antelope) const
{
    if (antelope) {
        QList<Way> ways{{Page::AntelopeKey, tr("Private key"), u"key"_s},
            {Page::AntelopeWatch, tr("Watch only"), u"eye"_s}};
        if (m_context.chainClient)
            ways.insert(1, {Page::AntelopeFind, tr("Find by key"), u"search"_s});
        if (AnchorPage::isOffered(m_context))
            ways.insert(ways.size() - 1, {Page::AntelopeAnchor, tr("Anchor wallet"), u"link"_s});
        return ways;
    }
    return {{Page::Generate, tr("Generate new"), u"spark"_s}, {Page::NostrKey, tr("Private key"), u"key"_s},
        {Page::NostrEncrypted, tr("Encrypted key"), u"lock"_s},
        {Page::NostrWatch, tr("Watch only"), u"eye"_s}};
}

QWidget* AddAccountDialog::makeNetworkSwitch()
{
    auto* strip = new QWidget;
    QHBoxLayout* layout = row(strip, 0);
    layout->setContentsMargins(16, 16, 16, 12);
    m_networks = new QButtonGroup(this);
    const QList<std::pair<QString, QIcon>> networks{
        {tr("Nostr"), networkIcon(u"nostr"_s, u"Nostr"_s, u"N"_s, 16, kIconBeforeName)},
        {tr("Antelope"), networkIcon(u"antelope"_s, u"WAX"_s, u"A"_s, 16, kIconBeforeName)},
    };
    for (int i = 0; i < networks.size(); ++i) {
        auto* segment = new QPushButton(networks[i].first);
        if (!QGuiApplication::isRightToLeft()) // there a style sheet leaves a gap between icon and text
            segment->setIcon(networks[i].second);
        segment->setCheckable(true);
        segment->setAutoDefault(false);
        segment->setIconSize({kIconBeforeName, 16});
        segment->setFont(ui::font(TextStyle::Button));
        segment->setProperty("segment", true);
        const bool isLeft = (i == 0) != QGuiApplication::isRightToLeft();
        segment->setProperty("edge", isLeft ? u"first"_s : u"last"_s);
        segment->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        m_networks->addButton(segment, i);
        layout->addWidget(segment, 1);
    }
    connect(m_networks, &QButtonGroup::idClicked, this,
        [this](int network) { showPage(network == 1 ? Page::AntelopeKey : Page::Generate); });
    return strip;
}

QWidget* AddAccountDialog::makeMainView()
{
    auto* body = new QWidget;
    QVBoxLayout* layout = column(body, 0, 0);
    layout->addWidget(makeNetworkSwitch());
    layout->addWidget(makeLine(Qt::Horizontal, nullptr));
    m_ways = makePageList(tr("How to add it"));
    connect(m_ways, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item && !m_filling)
            showPage(static_cast<Page>(item->data(Qt::UserRole).toInt()));
    });
    m_pages = new QStackedWidget;
    m_problem = new Notice(Panel::Danger, {}, {});
    m_problem->hide();
    QFrame* ground = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* right = column(ground, 0, 0);
    right->addWidget(m_pages, 1);
    QHBoxLayout* problem = row(nullptr, 0);
    problem->setContentsMargins(24, 0, 24, 16);
    problem->addWidget(m_problem);
    right->addLayout(problem);
    QHBoxLayout* middle = row(nullptr, 0);
    middle->addWidget(m_ways);
    middle->addWidget(ground, 1);
    layout->addLayout(middle, 1);

    m_switchNow = new QCheckBox(tr("Switch to it now"));
    m_switchNow->setChecked(true);
    m_waiting = label({}, TextStyle::Body, Ink::Secondary);
    m_waiting->hide();
    m_cancel = button(tr("Cancel"));
    m_add = button({}, ButtonKind::Primary);
    m_add->setDefault(true);
    connect(m_cancel, &QPushButton::clicked, this, &AddAccountDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &AddAccountDialog::submit);
    return addView(body, footOf({m_switchNow, m_waiting}, {m_cancel, m_add}));
}

void AddAccountDialog::addPage(Page page, AddPage* widget)
{
    m_byPage[static_cast<std::size_t>(page)] = widget;
    m_pages->addWidget(widget);
    connect(widget, &AddPage::readyChanged, this, &AddAccountDialog::refreshFoot);
    connect(widget, &AddPage::belongsElsewhere, this,
        [this](const SharedSecret& text) { route(*text, nullptr); });
    for (QLineEdit* field : widget->findChildren<QLineEdit*>())
        field->installEventFilter(this);
}

void AddAccountDialog::orderTabs()
{
    QWidget* last = m_pages; // of all the pages' widgets, which were made after the foot's
    for (QWidget* next = m_pages->nextInFocusChain(); next != m_pages; next = next->nextInFocusChain()) {
        if (m_pages->isAncestorOf(next) && next->focusPolicy() != Qt::NoFocus)
            last = next;
    }
    for (QWidget* after :
        {static_cast<QWidget*>(m_switchNow), static_cast<QWidget*>(m_cancel), static_cast<QWidget*>(m_add)}) {
        setTabOrder(last, after);
        last = after;
    }
}

AddPage* AddAccountDialog::current() const
{
    return m_byPage[static_cast<std::size_t>(m_page)];
}

void AddAccountDialog::showWays(bool antelope)
{
    const QList<Way> ways = waysOf(antelope);
    const auto here
        = std::find_if(ways.cbegin(), ways.cend(), [this](const Way& way) { return way.page == m_page; });
    m_filling = true;
    const QListWidgetItem* first = m_ways->item(0);
    if (!first
        || first->data(Qt::UserRole).toInt()
            != static_cast<int>(
                ways.constFirst().page)) { // else the list is there, and may be the one that was clicked
        m_ways->clear();
        for (const Way& way : ways)
            addPageItem(m_ways, way.icon, way.title, static_cast<int>(way.page));
    }
    m_ways->setCurrentRow(static_cast<int>(here - ways.cbegin()));
    m_filling = false;
}

void AddAccountDialog::showPage(Page page)
{
    if (page != m_page)
        current()->cancel();
    m_decrypting = false;
    m_page = page;
    m_networks->button(isAntelope(page) ? 1 : 0)->setChecked(true);
    showWays(isAntelope(page));
    m_pages->setCurrentWidget(current());
    m_problem->hide();
    refreshFoot();
    if (!m_ways->hasFocus())
        focusFirst();
}

void AddAccountDialog::focusFirst()
{
    if (QWidget* first = current()->firstEmpty())
        first->setFocus(Qt::OtherFocusReason);
}

void AddAccountDialog::refreshFoot()
{
    const bool busy = m_flow->isBusy() || m_decrypting;
    m_add->setText(current()->actionText());
    const QWidget* focused = focusWidget();
    if (busy && (focused == m_add || m_pages->isAncestorOf(focused)))
        m_cancel->setFocus(Qt::OtherFocusReason); // the only thing that can be done now
    m_add->setEnabled(!busy && current()->isReady());
    m_pages->setEnabled(!m_flow->isBusy());
    if (!m_flow->isBusy()) {
        m_waiting->hide();
        m_switchNow->show();
    }
}

void AddAccountDialog::showEvent(QShowEvent* event)
{
    Dialog::showEvent(event);
    focusFirst();
}

void AddAccountDialog::submit()
{
    AddPage* page = current();
    if (!page->isReady() || m_flow->isBusy() || m_decrypting)
        return;
    m_problem->hide();
    m_typed = page->secret();
    m_generated = m_page == Page::Generate;
    m_decrypting = true;
    refreshFoot();
    page->submit(guarded(this, [this](Result<session::NewSession> session) {
        m_decrypting = false;
        refreshFoot();
        if (!session)
            return; // the page has said why
        session->activate = m_switchNow->isChecked();
        m_rest = current()->takeRest();
        for (session::NewSession& next : m_rest)
            next.activate = false; // the first is the one to switch to
        m_flow->start(std::move(*session));
    }));
}

void AddAccountDialog::onAdded(const session::Added& added)
{
    if (!m_rest.isEmpty()) {
        Q_EMIT this->added(added.id);
        return m_flow->start(m_rest.takeFirst());
    }
    Result<void> kept;
    for (AddPage* page : m_byPage) {
        if (!page)
            continue;
        if (auto noted = page->noteAdded(added.id); !noted)
            kept = std::move(noted);
    }
    if (!kept) {
        Q_EMIT this->added(added.id);
        backToMain();
        m_problem->setTexts(tr("The account was added, but not the way to its Anchor"),
            sentence(kept.error()) + u' ' + tr("Add it again."));
        m_problem->show();
        return;
    }
    clearClipboard();
    for (AddPage* page : m_byPage) {
        if (page)
            page->wipe();
    }
    Q_EMIT this->added(added.id);
    if (m_generated)
        showBackup(added.id);
    else
        accept();
}

void AddAccountDialog::askForVault()
{
    auto* asked = new NoKeychainView(this);
    connect(asked->usePassphrase, &QPushButton::clicked, this, [this] { askForPassphrase(true); });
    connect(asked->onlyWatch, &QPushButton::clicked, this, [this] {
        backToMain();
        showPage(isAntelope(m_page) ? Page::AntelopeWatch : Page::NostrWatch);
    });
    showView(addView(asked->view.body, asked->view.foot), asked->usePassphrase);
}

void AddAccountDialog::askForPassphrase(bool newVault)
{
    if (newVault) {
        auto* asked = m_newPassphrase = new NewPassphraseView(this);
        connect(asked->back, &QPushButton::clicked, this, &AddAccountDialog::backToMain);
        connect(asked->use, &QPushButton::clicked, this,
            [this, asked] { m_flow->usePassphrase(asked->pair->peek()); });
        connect(m_flow, &AddFlow::busyChanged, asked, &NewPassphraseView::setBusy);
        showView(addView(asked->view.body, asked->view.foot), asked->pair->first());
        return;
    }
    auto* asked = m_unlock = new UnlockView(this);
    connect(asked->cancel, &QPushButton::clicked, this, &AddAccountDialog::backToMain);
    connect(asked->unlock, &QPushButton::clicked, this, [this, asked] { m_flow->unlock(asked->peek()); });
    connect(m_flow, &AddFlow::busyChanged, asked, &UnlockView::setBusy);
    showView(addView(asked->view.body, asked->view.foot), asked->passphrase);
}

void AddAccountDialog::backToMain()
{
    m_flow->cancel();
    m_rest.clear();
    if (m_unlock)
        m_unlock->passphrase->wipe();
    if (m_newPassphrase)
        m_newPassphrase->pair->wipe();
    m_unlock = nullptr;
    m_newPassphrase = nullptr;
    showView(m_main, current()->firstEmpty());
    refreshFoot();
}

void AddAccountDialog::reject()
{
    if (m_decrypting) { // stops the decryption, not the dialog
        current()->cancel();
        m_decrypting = false;
        refreshFoot();
        focusFirst();
        return;
    }
    m_flow->cancel();
    Dialog::reject();
}

} // namespace hatstand::ui
