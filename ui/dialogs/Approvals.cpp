// SPDX-License-Identifier: MIT
#include "ui/dialogs/Approvals.h"

#include "core/base/Clock.h"
#include "core/base/Settings.h"
#include "core/session/SessionManager.h"
#include "core/signing/ChainWords.h"
#include "core/signing/StoppableSigner.h"

namespace hatstand::ui {

using Answer = ApprovalDialog::Answer;

namespace {

constexpr int kMost = 64;
constexpr int kPatienceSeconds = 120;
constexpr std::chrono::seconds kTick{1};
constexpr std::chrono::seconds kTimeToChange{25};

bool isGone(const signing::SigningRequest& request)
{
    const auto asked = request.isGone; // a copy, which outlives the question should it be dropped meanwhile
    return asked && asked();
}

Result<void> resultOf(Answer answer, const signing::SigningRequest& request, const QDateTime& now)
{
    switch (answer) {
    case Answer::Sign:
        return {};
    case Answer::Deny:
        return fail(ErrorCode::Denied);
    case Answer::Expire: {
        const bool itself
            = request.chain && request.chain->expires.isValid() && request.chain->expires <= now;
        return fail(Error{.code = ErrorCode::Expired, .why = itself ? Why::RequestExpired : Why::Unsaid});
    }
    case Answer::Gone:
    case Answer::OtherAccount:
        break;
    }
    return fail(ErrorCode::Cancelled);
}

} // namespace

Approvals::Approvals(const UiContext& context, ParentWindow parent, QObject* owner)
    : QObject(owner)
    , m_context(context)
    , m_parent(std::move(parent))
{
    connect(&m_tick, &QTimer::timeout, this, &Approvals::sweep);
    m_change.setSingleShot(true);
    m_change.setInterval(kTimeToChange);
    connect(&m_change, &QTimer::timeout, this, [this] {
        m_changing = 0;
        showSoon();
    });
    connect(&context.sessions, &session::SessionManager::sessionRemoved, this,
        [this](const session::SessionId& id) {
            deny([id](const auto& request) { return request.session == id; });
        });
    connect(&context.settings, &Settings::changed, this, [this] {
        if (signing::isSigningStopped(m_context.settings))
            deny([](const auto&) { return true; });
    });
}

Approvals::~Approvals()
{
    if (m_dialog) {
        m_dialog->disconnect(this);
        delete m_dialog;
    }
}

int Approvals::waiting() const
{
    return static_cast<int>(m_waiting.size()) + (m_shown ? 1 : 0);
}

void Approvals::approve(const signing::SigningRequest& request, Callback<void> done)
{
    if (waiting() >= kMost)
        return done(fail(ErrorCode::Busy));
    Question question{request, std::move(done), m_context.clock.now().addSecs(kPatienceSeconds)};
    const bool isAgain = request.series != 0 && request.series == m_changing;
    if (isAgain) {
        m_changing = 0;
        m_change.stop();
        m_waiting.push_front(std::move(question));
    } else {
        m_waiting.push_back(std::move(question));
    }
    showSoon();
    tell();
}

void Approvals::showSoon()
{
    if (m_shown || m_changing != 0 || m_waiting.empty() || std::exchange(m_isDue, true))
        return;
    // Later: whoever asks, or is being answered, has not finished yet.
    QMetaObject::invokeMethod(this, &Approvals::showNext, Qt::QueuedConnection);
}

void Approvals::showNext()
{
    m_isDue = false;
    sweep();
    if (m_shown || m_changing != 0 || m_waiting.empty())
        return;
    m_shown = std::move(m_waiting.front());
    m_waiting.pop_front();
    QWidget* parent = m_parent ? m_parent() : nullptr;
    if (parent && (!parent->isVisible() || parent->isMinimized()))
        parent = nullptr; // it would take the question with it
    auto* dialog = new ApprovalDialog(m_context, m_shown->request, m_shown->until, parent);
    m_dialog = dialog;
    connect(dialog, &ApprovalDialog::answered, this, &Approvals::settle);
    connect(dialog, &QObject::destroyed, this, [this, dialog] { // with its parent, unanswered
        if (m_shown && (!m_dialog || m_dialog == dialog))
            settle(Answer::Deny);
    });
    dialog->setWaiting(waiting());
    if (parent)
        dialog->open(); // also over another dialog of that window, which would else keep the keys from it
    else
        dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void Approvals::sweep()
{
    const QDateTime now = m_context.clock.now();
    for (std::size_t i = 0; i < m_waiting.size();) {
        const signing::SigningRequest& request = m_waiting[i].request;
        const bool over = m_waiting[i].until <= now
            || (request.chain && request.chain->expires.isValid() && request.chain->expires <= now);
        if (!over && !isGone(signing::SigningRequest(request))) {
            ++i;
            continue;
        }
        const Question question = std::move(m_waiting[i]);
        m_waiting.erase(m_waiting.begin() + static_cast<std::ptrdiff_t>(i));
        question.done(resultOf(over ? Answer::Expire : Answer::Gone, question.request, now));
    }
    tell();
}

void Approvals::deny(const std::function<bool(const signing::SigningRequest&)>& isMeant)
{
    std::deque<Question> denied;
    for (auto it = m_waiting.begin(); it != m_waiting.end();) {
        if (isMeant(it->request)) {
            denied.push_back(std::move(*it));
            it = m_waiting.erase(it);
        } else {
            ++it;
        }
    }
    if (m_shown && isMeant(m_shown->request)) {
        if (m_dialog) {
            m_dialog->disconnect(this);
            m_dialog->close();
        }
        settle(Answer::Deny);
    }
    for (const Question& question : denied)
        question.done(fail(ErrorCode::Denied));
    tell();
}

void Approvals::settle(Answer answer)
{
    if (!m_shown)
        return;
    const Question question = *std::exchange(m_shown, std::nullopt);
    const session::SessionId other = m_dialog ? m_dialog->otherAccount() : session::SessionId();
    m_dialog = nullptr;
    if (answer == Answer::OtherAccount) {
        m_changing = question.request.series;
        m_change.start();
        question.request.signAs(other);
    }
    showSoon();
    tell();
    question.done(resultOf(answer, question.request, m_context.clock.now()));
}

void Approvals::tell()
{
    const int now = waiting();
    if (now == 0)
        m_tick.stop();
    else if (!m_tick.isActive())
        m_tick.start(kTick);
    if (m_dialog)
        m_dialog->setWaiting(now);
    if (std::exchange(m_told, now) != now)
        Q_EMIT waitingChanged(now);
}

} // namespace hatstand::ui
