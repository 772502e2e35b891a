// SPDX-License-Identifier: MIT
#include "ui/dialogs/edits/EditViews.h"

#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Dialog.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/Haste.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/text/PlainName.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QScrollArea>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using accounts::Published;

constexpr int kMostOfAnAnswer = 300; ///< characters
constexpr int kMostOfAField = 512; ///< as long as a relay's address may be
constexpr int kLinesOfAField = 6;
constexpr int kTallest = 320; ///< of what scrolls
constexpr int kLowest = 120;

QVBoxLayout* bodyOf(View& view)
{
    view.body = makePanel(Panel::Surface, nullptr);
    return column(view.body, 24, 16);
}

/// As high as what is in it, up to a limit; lower where the dialog has no room for that.
class LowScroll final : public QScrollArea
{
public:
    explicit LowScroll(int height)
        : m_height(height)
    {
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    }
    [[nodiscard]] QSize sizeHint() const override { return {QScrollArea::sizeHint().width(), m_height}; }
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return {QScrollArea::minimumSizeHint().width(), std::min(m_height, kLowest)};
    }

private:
    int m_height;
};

QWidget* scrolled(QWidget* content, const QString& name)
{
    content->ensurePolished();
    const int height = content->layout()->hasHeightForWidth() ? content->layout()->totalHeightForWidth(460)
                                                              : content->layout()->totalSizeHint().height();
    auto* scroll = new LowScroll(std::min(height, kTallest));
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    scroll->setAccessibleName(name);
    scroll->setFocusPolicy(height > kTallest ? Qt::StrongFocus : Qt::NoFocus);
    return scroll;
}

QString valueText(const QString& value)
{
    return breakable(plainText(value, kMostOfAField, kLinesOfAField));
}

QWidget* changesOf(const QList<EditQuestion::Change>& changes)
{
    auto* list = new QWidget;
    QVBoxLayout* rows = column(list, 0, 12);
    for (const EditQuestion::Change& change : changes) {
        QVBoxLayout* row = column(nullptr, 0, 2);
        row->addWidget(label(change.field, TextStyle::Caption, Ink::Secondary));
        if (!change.before.isEmpty())
            row->addWidget(paragraph(EditQuestionView::tr("Now: %1").arg(valueText(change.before)),
                TextStyle::Body, Ink::Secondary));
        row->addWidget(change.after.isEmpty()
                ? paragraph(EditQuestionView::tr("Removed"), TextStyle::Strong, Ink::Danger)
                : paragraph(valueText(change.after), TextStyle::Strong));
        rows->addLayout(row);
    }
    return scrolled(list, EditQuestionView::tr("What is changed"));
}

QWidget* answersOf(const QList<Published::Answer>& answers)
{
    auto* list = new QWidget;
    QVBoxLayout* rows = column(list, 0, 8);
    for (const Published::Answer& answer : answers) {
        const QString relay = plainLine(answer.relay, kMostOfAnAnswer);
        const QString text = plainLine(answer.text, kMostOfAnAnswer);
        rows->addWidget(consequence(answer.accepted,
            answer.accepted        ? relay
                : !answer.answered ? EditEndView::tr("%1 did not answer").arg(relay)
                : text.isEmpty()   ? EditEndView::tr("%1 refused").arg(relay)
                                   : EditEndView::tr("%1 refused: %2").arg(relay, text)));
    }
    return scrolled(list, EditEndView::tr("What each relay answered"));
}

} // namespace

EditQuestionView::EditQuestionView(
    const UiContext& context, const session::SessionId& id, const EditQuestion& question, QObject* parent)
    : QObject(parent)
    , cancel(button(tr("Cancel")))
    , go(button(question.verb, ButtonKind::Primary))
{
    QVBoxLayout* body = bodyOf(view);
    body->addWidget(
        accountHead(context, id, question.title, tr("Signed as %1").arg(nameOf(context.sessions, id))));
    if (!question.text.isEmpty())
        body->addWidget(paragraph(question.text));
    if (!question.changes.isEmpty())
        body->addWidget(changesOf(question.changes));
    const session::Session* session = context.sessions.find(id);
    if (session && session->signer == session::SignerKind::EncryptedKey) {
        passphrase = new SecretField;
        m_field = new Field(tr("Passphrase"), passphrase);
        m_field->setHint(tr("The key of this account is encrypted. It is opened for this one signature."));
        body->addWidget(m_field);
        go->setEnabled(false);
        connect(passphrase, &QLineEdit::textChanged, this,
            [this](const QString& text) { go->setEnabled(!text.isEmpty()); });
        connect(passphrase, &QLineEdit::returnPressed, go, &QPushButton::click);
    }
    body->addWidget(paragraph(tr("The newest version is fetched first, so that nothing else in it is lost."),
        TextStyle::Caption, Ink::Secondary));
    body->addStretch();
    ignoreHaste(go);
    view.foot = footOf({}, {cancel, go});
}

void EditQuestionView::refuse(const QString& why)
{
    if (!m_field)
        return;
    m_field->say(Field::Verdict::Bad, why);
    m_field->showNow();
    passphrase->selectAll();
}

EditWaitView::EditWaitView(const UiContext& context, const session::SessionId& id, QObject* parent)
    : QObject(parent)
    , leave(button(tr("Cancel")))
    , m_text(paragraph(tr("Asking the relays for the newest version…"), TextStyle::Body, Ink::Secondary))
{
    QVBoxLayout* body = bodyOf(view);
    body->addWidget(accountHead(context, id, nameOf(context.sessions, id)));
    body->addWidget(m_text);
    body->addStretch();
    ignoreHaste(leave);
    view.foot = footOf({}, {leave});
}

void EditWaitView::showSent()
{
    m_text->setText(tr("Signing and sending it. Waiting for what the relays say…"));
    leave->setText(tr("Close"));
}

EditEndView::EditEndView(
    const UiContext& context, const session::SessionId& id, const Error& error, QObject* parent)
    : QObject(parent)
    , close(button(tr("Close")))
    , again(button(tr("Try again"), ButtonKind::Primary))
{
    QVBoxLayout* body = bodyOf(view);
    body->addWidget(accountHead(context, id, tr("Nothing was changed"), nameOf(context.sessions, id)));
    body->addWidget(new Notice(Panel::Danger, {}, plainLine(sentence(error), kMostOfAnAnswer)));
    body->addStretch();
    view.foot = footOf({}, {close, again});
}

EditEndView::EditEndView(const UiContext& context, const session::SessionId& id, const Published& published,
    const QString& nothing, QObject* parent)
    : QObject(parent)
    , close(button(tr("Done"), ButtonKind::Primary))
{
    QVBoxLayout* body = bodyOf(view);
    body->addWidget(accountHead(context, id, publishedTitle(published), nameOf(context.sessions, id)));
    body->addWidget(published.isChanged ? answersOf(published.answers) : paragraph(nothing));
    body->addStretch();
    view.foot = footOf({}, {close});
}

QString publishedTitle(const Published& published)
{
    if (!published.isChanged)
        return EditEndView::tr("Nothing had to be changed");
    const qsizetype all = published.answers.size();
    const auto taken = std::count_if(published.answers.cbegin(), published.answers.cend(),
        [](const Published::Answer& answer) { return answer.accepted; });
    if (all == 1 && taken == 1)
        return EditEndView::tr("The relay took it");
    return EditEndView::tr("%1 of %2 relays took it").arg(taken).arg(all);
}

} // namespace hatstand::ui
