// SPDX-License-Identifier: MIT
#include "ui/dialogs/add/KeyCheck.h"

#include "core/antelope/Chains.h"
#include "ui/dialogs/parts/Parts.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QCheckBox>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kPause{500};
constexpr std::chrono::seconds kPatience{5};

} // namespace

KeyCheck::KeyCheck(const UiContext& context, For what, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_for(what)
    , m_line(new QWidget)
    , m_info(makeIcon(u"info"_s, nullptr, &Theme::secondaryText))
    , m_good(makeIcon(u"done"_s, nullptr, &Theme::success))
    , m_bad(makeIcon(u"error"_s, nullptr, &Theme::danger))
    , m_text(paragraph({}, TextStyle::Caption, Ink::Secondary))
{
    QVBoxLayout* layout = column(this, 0, 4);
    QHBoxLayout* line = row(m_line, 6);
    for (QWidget* icon : {m_info, m_good, m_bad})
        line->addWidget(icon, 0, Qt::AlignTop);
    line->addWidget(m_text, 1);
    layout->addWidget(m_line);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &KeyCheck::ask);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] { // it is listened to all the same
        sayUnchecked(tr("The chain has not answered yet."));
        Q_EMIT changed();
    });
    if (canAsk() && m_for == For::Key) {
        m_unasked = new QCheckBox(tr("Add without asking the chain"));
        layout->addWidget(m_unasked);
        connect(m_unasked, &QCheckBox::toggled, this, [this] {
            begin();
            Q_EMIT changed();
        });
    }
    say(Verdict::None, {});
}

void KeyCheck::look(const QString& chainId, const QString& level, const QString& publicKey)
{
    if (!canAsk() || (chainId == m_chainId && level == m_level && publicKey == m_publicKey))
        return;
    m_chainId = chainId;
    m_level = level;
    m_publicKey = publicKey;
    begin();
}

bool KeyCheck::allows() const
{
    if (!canAsk() || m_verdict == Verdict::Fits)
        return true;
    return m_unasked ? m_unasked->isChecked() : m_verdict == Verdict::NotChecked;
}

QString KeyCheck::message() const
{
    return m_text->text();
}

void KeyCheck::begin()
{
    m_asking.reset(); // what was asked before is of another key
    m_pause.stop();
    m_patience.stop();
    if (m_chainId.isEmpty() || m_level.isEmpty() || (m_for == For::Key && m_publicKey.isEmpty()))
        return say(Verdict::None, {});
    if (m_unasked && m_unasked->isChecked())
        return say(Verdict::NotChecked, tr("Not checked with the chain."));
    say(Verdict::Asking, tr("Asking the chain…"));
    m_pause.start();
}

void KeyCheck::ask()
{
    m_asking = std::make_unique<QObject>();
    if (m_for == For::Watching)
        m_patience.start();
    const QString actor = m_level.section(u'@', 0, 0);
    // The account's id, as whoever asks for it later will have it.
    const QString circuit = u"antelope:%1:%2"_s.arg(m_chainId, m_level);
    m_context.chainClient->account(m_chainId, actor, circuit, m_asking.get(),
        guarded(this, [this](const Result<chain::ChainAccount>& account) { answer(account); }));
}

void KeyCheck::answer(const Result<chain::ChainAccount>& account)
{
    m_patience.stop();
    if (m_for == For::Watching)
        return answerWatching(account);
    if (!account && account.error().why != Why::NoSuchAccount) {
        say(Verdict::NotChecked, tr("Not checked: %1").arg(sentence(account.error())));
        Q_EMIT changed();
        return;
    }
    const chain::Permission* permission = account ? account->permission(m_level.section(u'@', 1)) : nullptr;
    const auto because = [this](Why why) {
        return sentence(Error{.code = ErrorCode::KeyMismatch, .why = why, .detail = m_level});
    };
    if (!account)
        say(Verdict::DoesNotFit, sentence(account.error()));
    else if (!permission)
        say(Verdict::DoesNotFit, because(Why::NoSuchPermission));
    else if (permission->weightOf(m_publicKey) == 0)
        say(Verdict::DoesNotFit, because(Why::Unsaid)); // "This key does not fit alice@active."
    else if (!permission->isEnough(m_publicKey))
        say(Verdict::DoesNotFit, because(Why::KeyTooWeak));
    else
        say(Verdict::Fits, tr("This key fits %1.").arg(m_level));
    Q_EMIT changed();
}

/// What is only watched needs no more than to be there.
void KeyCheck::answerWatching(const Result<chain::ChainAccount>& account)
{
    const QString actor = m_level.section(u'@', 0, 0);
    const antelope::Chain* chain = m_context.chains.byId(m_chainId);
    const QString name = chain ? chain->name : m_chainId;
    if (account)
        say(Verdict::Fits, tr("%1 is an account on %2.").arg(actor, name));
    else if (account.error().why == Why::NoSuchAccount)
        say(Verdict::DoesNotFit, tr("There is no account %1 on %2.").arg(actor, name));
    else
        sayUnchecked(sentence(account.error()));
    Q_EMIT changed();
}

void KeyCheck::sayUnchecked(const QString& why)
{
    say(Verdict::NotChecked, tr("Not checked: %1 It can be watched all the same.").arg(why));
}

void KeyCheck::say(Verdict verdict, const QString& text)
{
    m_verdict = verdict;
    const bool isGood = verdict == Verdict::Fits;
    const bool isBad = verdict == Verdict::DoesNotFit;
    m_info->setVisible(!isGood && !isBad);
    m_good->setVisible(isGood);
    m_bad->setVisible(isBad);
    setInk(m_text, isGood ? Ink::Success : isBad ? Ink::Danger : Ink::Secondary);
    m_text->setText(breakable(text));
    m_line->setVisible(!text.isEmpty());
    if (m_unasked) { // stays once it was ticked, so that it can be taken back
        m_unasked->setVisible(verdict != Verdict::Fits);
        m_unasked->setAccessibleDescription(text);
    }
    setVisible(verdict != Verdict::None);
}

} // namespace hatstand::ui
