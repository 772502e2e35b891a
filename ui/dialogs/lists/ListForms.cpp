// SPDX-License-Identifier: MIT
#include "ui/dialogs/lists/ListForms.h"

#include "core/nostr/Nip19.h"
#include "core/session/SessionManager.h"
#include "ui/UiContext.h"
#include "ui/dialogs/lists/ListQuestions.h"
#include "ui/dialogs/parts/AccountHead.h"
#include "ui/dialogs/parts/Dialog.h"
#include "ui/dialogs/parts/EnterField.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/text/PlainName.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using nostr::Muted;

constexpr int kLongestName = 64; ///< characters
constexpr int kLongestValue = 200;

QVBoxLayout* begin(View& view, QWidget* head)
{
    view.body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* body = column(view.body, 24, 16);
    body->addWidget(head);
    return body;
}

} // namespace

FollowForm::FollowForm(const UiContext& context, const session::SessionId& id, QObject* parent)
    : QObject(parent)
    , first(new EnterField)
    , m_keyField(new Field(tr("Public key"), first))
    , m_petname(new EnterField)
    , m_go(button(tr("Continue"), ButtonKind::Primary))
{
    QVBoxLayout* body = begin(view,
        accountHead(context, id, tr("Follow somebody"),
            tr("As %1. Everyone can read this list.").arg(nameOf(context.sessions, id))));
    first->setFont(ui::font(TextStyle::Fixed));
    first->setObjectName(u"key"_s);
    m_keyField->setHint(tr("An npub, an nprofile or 64 hex digits."));
    m_petname->setPlaceholderText(tr("Optional"));
    m_petname->setMaxLength(kLongestName);
    auto* name = new Field(tr("What to call them"), m_petname);
    name->setHint(tr("Becomes part of the list."));
    body->addWidget(m_keyField);
    body->addWidget(name);
    body->addStretch();
    QPushButton* cancel = button(tr("Cancel"));
    view.foot = footOf({}, {cancel, m_go});
    connect(first, &QLineEdit::textChanged, this, &FollowForm::check);
    connect(cancel, &QPushButton::clicked, this, &FollowForm::left);
    const auto go = [this] {
        if (m_go->isEnabled())
            Q_EMIT made(followQuestion(m_who, m_relay, plainLine(m_petname->text(), kLongestName)));
    };
    connect(m_go, &QPushButton::clicked, this, go);
    connect(first, &QLineEdit::returnPressed, this, go);
    connect(m_petname, &QLineEdit::returnPressed, this, go);
    check();
}

void FollowForm::check()
{
    m_relay.clear();
    m_go->setEnabled(false);
    const QString text = first->text().trimmed();
    if (text.isEmpty())
        return m_keyField->say(Field::Verdict::None);
    const auto key = nostr::PublicKey::parse(text);
    if (!key)
        return m_keyField->say(Field::Verdict::Bad, sentence(key.error()));
    m_who = *key;
    if (const auto profile = nostr::parseNprofile(text); profile && !profile->relays.isEmpty())
        m_relay = nostr::normaliseRelay(profile->relays.constFirst()).value_or(QString());
    m_keyField->say(Field::Verdict::Good, tr("Public key found"));
    m_go->setEnabled(true);
}

MuteForm::MuteForm(const UiContext& context, const session::SessionId& id, QObject* parent)
    : QObject(parent)
    , first(new EnterField)
    , m_what(new QComboBox)
    , m_valueField(new Field(tr("Which one"), first))
    , m_private(new QCheckBox(tr("Private: only this account can read it")))
    , m_go(button(tr("Continue"), ButtonKind::Primary))
{
    QVBoxLayout* body = begin(view,
        accountHead(context, id, tr("Mute something"),
            tr("As %1. Apps that know this list no longer show what it holds.")
                .arg(nameOf(context.sessions, id))));
    m_what->addItem(tr("A person"), static_cast<int>(Muted::What::Person));
    m_what->addItem(tr("A word"), static_cast<int>(Muted::What::Word));
    m_what->addItem(tr("A hashtag"), static_cast<int>(Muted::What::Hashtag));
    m_what->addItem(tr("A thread"), static_cast<int>(Muted::What::Thread));
    const session::Session* session = context.sessions.find(id);
    const bool canHide = session && session->signer == session::SignerKind::LocalKey;
    m_private->setEnabled(canHide);
    m_private->setChecked(canHide);
    body->addWidget(new Field(tr("What to mute"), m_what));
    body->addWidget(m_valueField);
    body->addWidget(m_private);
    if (!canHide) {
        body->addWidget(
            paragraph(tr("The private part takes a key that is on this computer and not encrypted."),
                TextStyle::Caption, Ink::Secondary));
    }
    body->addStretch();
    QPushButton* cancel = button(tr("Cancel"));
    view.foot = footOf({}, {cancel, m_go});
    connect(first, &QLineEdit::textChanged, this, &MuteForm::check);
    connect(m_what, &QComboBox::currentIndexChanged, this, &MuteForm::check);
    connect(cancel, &QPushButton::clicked, this, &MuteForm::left);
    const auto go = [this] {
        if (const auto muted = typed(); muted && m_go->isEnabled())
            Q_EMIT made(muteQuestion(*muted));
    };
    connect(m_go, &QPushButton::clicked, this, go);
    connect(first, &QLineEdit::returnPressed, this, go);
    check();
}

Result<Muted> MuteForm::typed() const
{
    Muted muted;
    muted.what = static_cast<Muted::What>(m_what->currentData().toInt());
    muted.isPrivate = m_private->isChecked();
    QString text = first->text().trimmed();
    switch (muted.what) {
    case Muted::What::Person: {
        const auto key = nostr::PublicKey::parse(text);
        if (!key)
            return fail(key.error());
        muted.value = key->hex();
        return muted;
    }
    case Muted::What::Thread: {
        const auto note = nostr::parseNote(text);
        if (!note)
            return fail(note.error());
        muted.value = QString::fromLatin1(toQByteArray(*note).toHex());
        return muted;
    }
    case Muted::What::Hashtag:
        while (text.startsWith(u'#'))
            text.remove(0, 1);
        break;
    case Muted::What::Word:
        break;
    }
    muted.value = plainLine(text, kLongestValue).toLower();
    return muted.value.isEmpty() ? Result<Muted>(refuse(Why::Empty)) : muted;
}

void MuteForm::check()
{
    const auto what = static_cast<Muted::What>(m_what->currentData().toInt());
    m_valueField->setHint(what == Muted::What::Person ? tr("An npub, an nprofile or 64 hex digits.")
            : what == Muted::What::Thread             ? tr("The note1 of its first note.")
                                                      : QString());
    first->setMaxLength(what == Muted::What::Word || what == Muted::What::Hashtag ? kLongestValue : 4096);
    const auto muted = typed();
    m_go->setEnabled(muted.has_value());
    if (first->text().trimmed().isEmpty() || muted)
        m_valueField->say(Field::Verdict::None);
    else
        m_valueField->say(Field::Verdict::Bad, sentence(muted.error()));
}

} // namespace hatstand::ui
