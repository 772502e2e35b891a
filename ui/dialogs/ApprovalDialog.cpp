// SPDX-License-Identifier: MIT
#include "ui/dialogs/ApprovalDialog.h"

#include "core/base/Clock.h"
#include "core/signing/ChainWords.h"
#include "ui/dialogs/approval/ApprovalView.h"
#include "ui/dialogs/parts/Haste.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QScreen>
#include <QScrollArea>
#include <chrono>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

/// As high as what is in it, as long as the window has room for that.
class ApprovalScroll final : public QScrollArea
{
public:
    explicit ApprovalScroll(QWidget* content)
    {
        setWidget(content);
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        viewport()->setAutoFillBackground(false);
        content->setAutoFillBackground(false);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }
    /// A bar that is there takes width, breaks lines in two, and so would stay for good.
    void setHeight(int height, bool isHigher)
    {
        m_height = height;
        setVerticalScrollBarPolicy(isHigher ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
        updateGeometry();
    }
    [[nodiscard]] QSize sizeHint() const override { return {QScrollArea::sizeHint().width(), m_height}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, std::min(m_height, 60)}; }

private:
    int m_height = 0;
};

namespace {

constexpr int kWidth = 560;
constexpr int kFrame = 48; ///< what the desktop draws above a window
constexpr int kStripHeight = 40;
constexpr int kMargin = 24; ///< beside and below the caution
constexpr std::chrono::milliseconds kUnseen{500}; ///< as long as Haste
constexpr std::chrono::seconds kTick{1};

QString yesText(const signing::SigningRequest& request)
{
    if (request.chain && request.chain->isIdentity)
        return ApprovalDialog::tr("Prove identity");
    return request.chain && request.chain->willBeSent ? ApprovalDialog::tr("Sign and send")
                                                      : ApprovalDialog::tr("Sign");
}

} // namespace

ApprovalDialog::ApprovalDialog(
    const UiContext& context, const signing::SigningRequest& request, const QDateTime& until, QWidget* parent)
    : Dialog(tr("Sign this?"), parent)
    , m_context(context)
    , m_until(until)
    , m_isGone(request.isGone)
    , m_strip(makeStrip())
    , m_view(new ApprovalView(context, request))
    , m_scroll(new ApprovalScroll(m_view))
    , m_caution(new Notice(Panel::Danger, m_view->caution(), tr("Press again to sign it all the same.")))
    , m_deny(button(tr("Deny")))
    , m_sign(button(yesText(request), ButtonKind::Primary))
    , m_anyway(button(tr("Sign anyway"), ButtonKind::Danger))
{
    if (request.chain && request.chain->expires.isValid() && request.chain->expires < m_until) {
        m_until = request.chain->expires;
        m_ownEnd = true;
    }
    build(request);
    connect(m_view, &ApprovalView::accountChosen, this, [this](const session::SessionId& id) {
        m_other = id;
        answer(Answer::OtherAccount);
    });
    connect(m_deny, &QPushButton::clicked, this, [this] { answer(Answer::Deny); });
    connect(m_sign, &QPushButton::clicked, this, [this] {
        if (m_view->caution().isEmpty())
            return sign();
        // Another button in its place, with a half second of its own; and no key says yes to it.
        m_caution->show();
        m_caution->parentWidget()->layout()->setContentsMargins(0, 0, 0, kMargin); // to the foot
        m_sign->hide();
        m_anyway->show();
        m_deny->setFocus(Qt::OtherFocusReason);
        fitToScreen();
    });
    connect(m_anyway, &QPushButton::clicked, this, &ApprovalDialog::sign);
    m_unseen.setSingleShot(true);
    m_unseen.setInterval(kUnseen);
    connect(&m_tick, &QTimer::timeout, this, &ApprovalDialog::tick);
    m_tick.start(kTick);
    setWaiting(1);
    sayTimeLeft(); // not tick(): nobody can hear an answer yet
    fitToScreen();
}

QWidget* ApprovalDialog::makeStrip()
{
    auto* strip = makePanel(Panel::Background, nullptr);
    strip->setFixedHeight(grown(kStripHeight));
    QVBoxLayout* lines = column(strip, 0, 0);
    QHBoxLayout* layout = row(nullptr, 8);
    layout->setContentsMargins(24, 0, 16, 0);
    m_place = label({}, TextStyle::Strong);
    m_left = label({}, TextStyle::Caption, Ink::Secondary);
    layout->addWidget(m_place);
    layout->addStretch();
    layout->addWidget(makeIcon(u"clock"_s, nullptr, &Theme::secondaryText));
    layout->addWidget(m_left);
    lines->addLayout(layout, 1);
    lines->addWidget(makeLine(Qt::Horizontal, nullptr));
    return strip;
}

void ApprovalDialog::build(const signing::SigningRequest& request)
{
    QFrame* body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(body, 0, 0);
    layout->addWidget(m_strip);
    layout->addWidget(m_scroll);
    QHBoxLayout* caution = row(nullptr, 0);
    caution->setContentsMargins(kMargin, 0, kMargin, 0);
    caution->addWidget(m_caution);
    layout->addLayout(caution);
    m_caution->hide();
    m_anyway->hide();
    for (QPushButton* each : {m_deny, m_sign, m_anyway})
        ignoreHaste(each);
    m_scroll->setAccessibleName(tr("What is to be signed"));
    const QString as = request.sessionName;
    m_sign->setAccessibleName(tr("%1 as %2", "Sign as Mira Okafor").arg(yesText(request), as));
    m_anyway->setAccessibleName(tr("Sign anyway as %1").arg(as));
    m_foot = footOf({}, {m_deny, m_sign, m_anyway});
    showView(addView(body, m_foot), m_deny);
}

void ApprovalDialog::fitToScreen()
{
    m_view->ensurePolished();
    m_view->layout()->activate();
    const int most = screen()->availableSize().height() * 9 / 10 - kFrame;
    int others = m_strip->minimumHeight() + m_foot->minimumHeight();
    if (!m_caution->isHidden()) {
        m_caution->ensurePolished();
        others += m_caution->layout()->totalHeightForWidth(kWidth - 2 * kMargin) + kMargin;
    }
    const int width = std::max(kWidth, m_view->layout()->totalMinimumSize().width()); // a larger font
    const int needed = m_view->layout()->totalHeightForWidth(width);
    const bool isHigher = needed > most - others;
    m_scroll->setHeight(std::max(60, std::min(needed, most - others)), isHigher);
    m_scroll->setFocusPolicy(isHigher ? Qt::StrongFocus : Qt::NoFocus); // what scrolls needs the keys
    fitTo(width);
}

void ApprovalDialog::fitSoon()
{
    if (std::exchange(m_isFitDue, true))
        return;
    QMetaObject::invokeMethod( // later: what is in it has not changed yet
        this,
        [this] {
            m_isFitDue = false;
            fitToScreen();
        },
        Qt::QueuedConnection);
}

void ApprovalDialog::changeEvent(QEvent* event)
{
    Dialog::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::ApplicationFontChange:
    case QEvent::StyleChange:
        return fitSoon(); // or what gets higher is cut, with no bar to reach it
    default:
        return;
    }
}

void ApprovalDialog::comeUp()
{
    if (m_isAnswered)
        return;
    if (QWidget* over = parentWidget() ? parentWidget()->window() : nullptr; over && over->isMinimized())
        over->setWindowState(over->windowState() & ~Qt::WindowMinimized); // it took the question along
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void ApprovalDialog::setWaiting(qsizetype questions)
{
    m_place->setText(questions > 1 ? tr("1 of %1 waiting").arg(questions) : tr("1 waiting"));
}

void ApprovalDialog::tick()
{
    if (m_isAnswered)
        return;
    if (const auto isGone = m_isGone; isGone && isGone())
        return answer(Answer::Gone);
    if (m_context.clock.now() >= m_until)
        return answer(Answer::Expire);
    sayTimeLeft();
}

void ApprovalDialog::sayTimeLeft()
{
    const qint64 seconds = std::max<qint64>((m_context.clock.now().msecsTo(m_until) + 999) / 1000, 0);
    const QString time
        = tr("%1:%2", "minutes:seconds")
              .arg(QString::number(seconds / 60), QString::number(seconds % 60).rightJustified(2, u'0'));
    m_left->setText(m_ownEnd ? tr("Expires in %1").arg(time) : tr("Denied in %1").arg(time));
}

void ApprovalDialog::sign()
{
    tick(); // its time may be over since the last one
    answer(Answer::Sign);
}

void ApprovalDialog::answer(Answer answer)
{
    if (std::exchange(m_isAnswered, true))
        return;
    m_tick.stop();
    done(answer == Answer::Sign ? Accepted : Rejected); // it is gone before the next one comes
    Q_EMIT answered(answer);
}

void ApprovalDialog::showEvent(QShowEvent* event)
{
    fitToScreen(); // with the style's own sizes now
    Dialog::showEvent(event);
    m_unseen.start();
    m_deny->setFocus(Qt::OtherFocusReason);
}

void ApprovalDialog::closeEvent(QCloseEvent* event)
{
    answer(Answer::Deny);
    event->accept();
}

void ApprovalDialog::reject()
{
    if (!m_unseen.isActive()) // Esc was meant for what had the keys before
        answer(Answer::Deny);
}

} // namespace hatstand::ui
