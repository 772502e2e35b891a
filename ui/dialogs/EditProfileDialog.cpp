// SPDX-License-Identifier: MIT
#include "ui/dialogs/EditProfileDialog.h"

#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionManager.h"
#include "ui/dialogs/edits/EditStep.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTextDocument>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr QSize kSize(560, 640);
constexpr int kNotLoadedWidth = 500;
constexpr int kLongest = 4096; ///< characters; longer ones are not read either
constexpr int kAboutHeight = 96;

} // namespace

QString EditProfileDialog::Input::text() const
{
    return line ? line->text() : lines->toPlainText();
}

void EditProfileDialog::Input::setText(const QString& text) const
{
    if (lines)
        return lines->setPlainText(text);
    line->setText(text);
    line->setCursorPosition(0);
}

QString EditProfileDialog::Input::edited(const QString& value) const
{
    if (line)
        return value.left(kLongest);
    QTextDocument document;
    document.setPlainText(value);
    return document.toPlainText();
}

EditProfileDialog::EditProfileDialog(UiContext& context, const session::SessionId& id, QWidget* parent)
    : Dialog(tr("Edit profile"), parent)
    , m_context(context)
    , m_id(id)
{
    connect(&context.sessions, &session::SessionManager::sessionRemoved, this,
        [this](const session::SessionId& of) {
            if (of == m_id)
                Dialog::reject(); // logged out elsewhere
        });
    connect(
        context.accounts, &accounts::AccountDirectory::changed, this, [this](const session::SessionId& of) {
            if (of == m_id)
                follow();
        });
    if (context.accounts->summary(id).isKnown)
        showFields();
    else
        showNotLoaded();
}

void EditProfileDialog::showNotLoaded()
{
    QFrame* body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(body, 24, 16);
    layout->addWidget(accountHead(m_context, m_id, nameOf(m_context.sessions, m_id)));
    layout->addWidget(
        new Notice(Panel::Warning, {}, sentence({.code = ErrorCode::Network, .why = Why::NotLoadedYet})));
    layout->addStretch();
    QPushButton* close = button(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    replaceView(body, footOf({}, {close}), close);
    fitTo(kNotLoadedWidth);
}

void EditProfileDialog::showFields()
{
    using nostr::Profile;
    auto* fields = new QWidget;
    QVBoxLayout* list = column(fields, 24, 16);
    list->addWidget(accountHead(m_context, m_id, nameOf(m_context.sessions, m_id),
        tr("Everyone can read a profile. Fields that are not shown here stay as they are.")));
    list->addWidget(makeInput({u"display_name"_s, &Profile::displayName, tr("Display name")}, {}));
    list->addWidget(makeInput({u"name"_s, &Profile::name, tr("Name")}, {}));
    Input about{u"about"_s, &Profile::about, tr("About")};
    about.lines = new QPlainTextEdit;
    list->addWidget(makeInput(about, {}));
    list->addWidget(
        makeInput({u"picture"_s, &Profile::picture, tr("Picture")}, tr("The https address of an image.")));
    list->addWidget(
        makeInput({u"banner"_s, &Profile::banner, tr("Banner")}, tr("The https address of an image.")));
    list->addWidget(makeInput({u"nip05"_s, &Profile::nip05, tr("Address")},
        tr("name@domain. The domain has to say that it is this account's.")));
    list->addWidget(
        makeInput({u"lud16"_s, &Profile::lud16, tr("Lightning")}, tr("name@domain, where payments go.")));
    list->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(fields);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    fields->setAutoFillBackground(false);
    QFrame* body = makePanel(Panel::Surface, nullptr);
    column(body, 0, 0)->addWidget(scroll);

    QPushButton* cancel = button(tr("Cancel"));
    m_go = button(tr("Continue"), ButtonKind::Primary);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &EditProfileDialog::ask);
    m_main = addView(body, footOf({}, {cancel, m_go}));
    showView(m_main, m_inputs.constFirst().line);
    growFrom(kSize);
    check();
}

QWidget* EditProfileDialog::makeInput(Input input, const QString& hint)
{
    Field* field = nullptr;
    if (input.lines) {
        input.lines->setTabChangesFocus(true);
        input.lines->setFixedHeight(kAboutHeight);
        connect(input.lines, &QPlainTextEdit::textChanged, this, &EditProfileDialog::check);
        field = new Field(input.title, static_cast<QWidget*>(input.lines));
    } else {
        input.line = new QLineEdit;
        input.line->setMaxLength(kLongest);
        connect(input.line, &QLineEdit::textChanged, this, &EditProfileDialog::check);
        field = new Field(input.title, input.line);
    }
    field->setHint(hint);
    input.before = input.edited(m_context.accounts->summary(m_id).profile.*input.part);
    input.setText(input.before);
    m_inputs += input;
    return field;
}

void EditProfileDialog::check()
{
    if (!m_go)
        return;
    m_go->setEnabled(std::any_of(
        m_inputs.cbegin(), m_inputs.cend(), [](const Input& input) { return input.text() != input.before; }));
}

void EditProfileDialog::follow()
{
    const nostr::Profile& profile = m_context.accounts->summary(m_id).profile;
    bool isOther = false;
    for (Input& input : m_inputs) {
        const QString now = input.edited(profile.*input.part);
        if (now == input.before)
            continue;
        isOther = true;
        if (input.text() == input.before)
            input.setText(now);
        input.before = now;
    }
    check();
    if (!isOther || !m_step)
        return;
    const EditQuestion now = question();
    if (!now.changes.isEmpty())
        m_step->renew(now);
    else if (m_step->isAsking())
        reject();
}

EditQuestion EditProfileDialog::question() const
{
    EditQuestion question{.edit = {.what = accounts::Edit::What::Profile},
        .title = tr("Change the profile of %1?").arg(nameOf(m_context.sessions, m_id)),
        .verb = tr("Save"),
        .nothing = tr("The profile says so already.")};
    for (const Input& input : m_inputs) {
        const QString after = input.text().left(kLongest);
        if (after == input.before)
            continue;
        question.edit.fields.insert(input.field, after);
        question.changes += {input.title, input.before, after};
    }
    return question;
}

void EditProfileDialog::ask()
{
    auto* step = new EditStep(m_context, m_id, question(), this);
    m_step = step;
    connect(step, &EditStep::viewMade, this, &EditProfileDialog::showStep);
    connect(step, &EditStep::left, this, &EditProfileDialog::reject);
    connect(step, &EditStep::published, this, [this] { m_isPublished = true; });
    step->start();
}

void EditProfileDialog::showStep(QWidget* body, QWidget* foot, QWidget* focus)
{
    QWidget* before = std::exchange(m_stepView, addView(body, foot));
    showView(m_stepView, focus);
    if (before)
        before->deleteLater();
}

void EditProfileDialog::reject()
{
    QWidget* before = std::exchange(m_stepView, nullptr);
    if (EditStep* step = std::exchange(m_step, nullptr)) {
        step->withdraw(); // now: what is deleted later may be asked for its yes before
        step->deleteLater();
    }
    if (!before || m_isPublished)
        return Dialog::reject();
    showView(m_main, m_inputs.constFirst().line);
    before->deleteLater();
}

} // namespace hatstand::ui
