// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/ProfileView.h"

#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionManager.h"
#include "ui/dialogs/UnlockStep.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/ButtonConsent.h"
#include "ui/dialogs/parts/Dialog.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/RelayEditor.h"
#include "ui/dialogs/parts/VaultWords.h"
#include "ui/text/PlainName.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QUrl>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using Answer = accounts::Published::Answer;

namespace {

constexpr int kLongestName = 64; ///< as much as is shown of one
constexpr int kLongestText = 4096; ///< as much as is read of a field
constexpr int kSignatures = 3; ///< of the profile, the list of relays and the list of follows
constexpr int kLongestAnswer = 160; ///< of a relay's own words, in the report

/// Large relays that take events from everybody; the person sees them before anything goes there.
QList<nostr::Relay> suggestedRelays()
{
    return {{.url = u"wss://nos.lol"_s}, {.url = u"wss://relay.damus.io"_s},
        {.url = u"wss://relay.primal.net"_s}};
}

QString answerText(const Answer& answer)
{
    if (answer.accepted)
        return answer.relay;
    if (!answer.answered)
        return ProfileView::tr("%1 did not answer").arg(answer.relay);
    return answer.text.isEmpty() ? ProfileView::tr("%1 refused").arg(answer.relay)
                                 : ProfileView::tr("%1 refused: %2", "relay, its own words")
                                       .arg(answer.relay, plainLine(answer.text, kLongestAnswer));
}

/// A line for each relay that said why it did not take it.
QString refusals(const Error& error)
{
    QStringList lines;
    for (const QString& answer : error.detail.split(u'\n')) { // "URL its own words"
        const QString words = plainLine(answer.section(u' ', 1), kLongestAnswer);
        if (!words.isEmpty())
            lines += ProfileView::tr("%1 says: %2", "relay, its own words")
                         .arg(answer.section(u' ', 0, 0), words);
    }
    return lines.join(u'\n');
}

} // namespace

ProfileView::ProfileView(UiContext& context, const session::SessionId& id, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_id(id)
    , m_name(nameOf(context.sessions, id))
    , m_title(new QLineEdit)
    , m_picture(new QLineEdit)
    , m_pictureField(new Field(tr("Address of a picture"), m_picture))
    , m_about(new QPlainTextEdit)
    , m_relays(new RelayEditor(tr("Relays"), RelayEditor::Marks::ReadAndWrite))
    , m_form(makeForm())
    , m_report(new QWidget)
    , m_outcome(new Notice(Panel::Danger, {}, {}))
    , m_waiting(label(tr("Publishing…"), TextStyle::Body, Ink::Secondary))
    , m_leave(button(tr("Not now"), ButtonKind::Flat))
    , m_publish(button(tr("Publish"), ButtonKind::Primary))
{
    view.body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(view.body, 24, 16);
    layout->addWidget(accountHead(context, id, tr("A profile for %1").arg(m_name),
        tr("Optional, and public: everybody can read what you publish, and copies stay.")));
    layout->addWidget(m_form);
    layout->addWidget(m_report);
    layout->addWidget(m_outcome);
    layout->addStretch();
    m_report->hide();
    m_outcome->hide();
    m_waiting->hide();
    // Enter in a field publishes nothing.
    m_leave->setAutoDefault(false);
    m_publish->setAutoDefault(false);
    connect(m_leave, &QPushButton::clicked, this, [this] {
        withdraw();
        Q_EMIT done();
    });
    connect(m_publish, &QPushButton::clicked, this, &ProfileView::publish);
    view.foot = footOf({m_leave, m_waiting}, {m_publish});
}

ProfileView::~ProfileView()
{
    withdraw();
}

QWidget* ProfileView::makeForm()
{
    auto* form = new QWidget;
    QVBoxLayout* layout = column(form, 0, 12);
    m_title->setMaxLength(kLongestName);
    m_title->setPlaceholderText(tr("Optional"));
    m_picture->setMaxLength(kLongestText);
    m_picture->setPlaceholderText(u"https://"_s);
    QHBoxLayout* first = row(nullptr, 12);
    first->addWidget(new Field(tr("Name"), m_title), 1);
    first->addWidget(m_pictureField, 1);
    layout->addLayout(first);
    layout->addWidget(m_pictureField->line());
    m_about->setTabChangesFocus(true);
    m_about->setPlaceholderText(tr("Optional"));
    m_about->setFixedHeight(m_about->fontMetrics().lineSpacing() * 2 + 20);
    layout->addWidget(new Field(tr("About"), static_cast<QWidget*>(m_about)));
    m_relays->setRelays(suggestedRelays());
    m_relays->setEmptyText(tr("None"));
    layout->addWidget(m_relays);
    layout->addWidget(paragraph(tr("Publishes your profile, this list of relays and an empty list of "
                                   "follows, signed as %1, to these relays and to those that find accounts.")
                                    .arg(m_name),
        TextStyle::Caption, Ink::Secondary));
    connect(m_picture, &QLineEdit::textChanged, this, [this] { (void)checkPicture(); });
    return form;
}

QWidget* ProfileView::firstField() const
{
    return m_title;
}

bool ProfileView::checkPicture()
{
    const QString text = m_picture->text().trimmed();
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    const bool isGood = text.isEmpty() || (url.isValid() && isWeb && !url.host().isEmpty());
    m_pictureField->say(isGood ? Field::Verdict::None : Field::Verdict::Bad,
        isGood ? QString() : tr("A picture's address begins with https:// or http://."));
    return isGood;
}

bool ProfileView::isRight()
{
    if (!checkPicture()) {
        m_pictureField->showNow();
        m_picture->setFocus();
        return false;
    }
    const auto& relays = m_relays->relays();
    const bool writes
        = std::any_of(relays.cbegin(), relays.cend(), [](const nostr::Relay& relay) { return relay.write; });
    if (!writes)
        m_relays->refuse(tr("One relay at least has to be written to."));
    return writes;
}

void ProfileView::publish()
{
    m_outcome->hide();
    if (!isRight())
        return;
    if (UnlockStep::isNeeded(m_context.vault)) {
        Q_EMIT unlockWanted();
        return;
    }
    QMap<QString, QString> profile;
    const auto put = [&profile](const QString& key, const QString& value) {
        if (const QString text = value.trimmed().left(kLongestText); !text.isEmpty())
            profile.insert(key, text);
    };
    put(u"name"_s, m_title->text());
    put(u"picture"_s, m_picture->text());
    put(u"about"_s, m_about->toPlainText());
    setBusy(true);
    // Kept by the answer, which may come when this view is gone.
    m_consent = std::make_shared<ButtonConsent>(m_id, kSignatures);
    m_context.accounts->publishNew(m_id, profile, m_relays->relays(), *m_consent, *m_consent,
        [self = QPointer<ProfileView>(this), consent = m_consent](
            const Result<accounts::Published>& published) {
            if (self)
                self->onPublished(published);
        });
}

void ProfileView::withdraw()
{
    if (m_consent)
        m_consent->withdraw();
}

void ProfileView::setBusy(bool busy)
{
    if (busy)
        m_leave->setFocus(Qt::OtherFocusReason); // the only thing that can be done now
    m_form->setEnabled(!busy);
    m_publish->setEnabled(!busy);
    m_waiting->setVisible(busy);
}

void ProfileView::onPublished(const Result<accounts::Published>& published)
{
    m_consent = nullptr;
    setBusy(false);
    if (published)
        return report(published->answers);
    if (published.error().code != ErrorCode::Network) {
        const VaultProblem problem = vaultProblem(published.error(), m_context.vault.kind());
        return refuse(problem.title, problem.advice);
    }
    const QString words = refusals(published.error());
    refuse(tr("No relay took the profile"),
        (words.isEmpty() ? QString() : words + u'\n')
            + tr("%1 is on the stand all the same. Try again, or leave it for later.").arg(m_name));
}

void ProfileView::refuse(const QString& title, const QString& text)
{
    m_outcome->setTexts(title, text);
    m_outcome->show();
    m_publish->setText(tr("Try again"));
    m_publish->setFocus();
}

void ProfileView::report(const QList<Answer>& answers)
{
    m_form->hide();
    const auto taken = std::count_if(
        answers.cbegin(), answers.cend(), [](const Answer& answer) { return answer.accepted; });
    QVBoxLayout* lines = column(m_report, 0, 8);
    const bool isWhole = taken == answers.size();
    lines->addWidget(new Notice(isWhole ? Panel::Success : Panel::Warning,
        isWhole ? tr("The profile is published")
                : tr("%1 of %2 relays took the profile").arg(taken).arg(answers.size()),
        {}));
    for (const Answer& answer : answers)
        lines->addWidget(consequence(answer.accepted, answerText(answer)));
    m_report->show();
    m_publish->hide();
    m_leave->setText(tr("Done"));
    setKind(m_leave, ButtonKind::Primary);
    m_leave->setFocus();
}

} // namespace hatstand::ui
