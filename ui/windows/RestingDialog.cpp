// SPDX-License-Identifier: MIT
#include "ui/windows/RestingDialog.h"

#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/theme/Sizes.h"
#include "ui/theme/Widgets.h"

#include <QBoxLayout>
#include <QScrollArea>

namespace hatstand::ui {
namespace {

constexpr int kWidth = 500;
constexpr int kRowsShown = 8;

} // namespace

RestingDialog::RestingDialog(UiContext& context, QWidget* parent)
    : Dialog(tr("Logged-out accounts"), parent)
    , m_context(context)
    , m_problem(nullptr)
    , m_close(nullptr)
{
    QFrame* body = makePanel(Panel::Surface, nullptr);
    m_body = new QVBoxLayout(body);
    m_body->setContentsMargins(24, 24, 24, 16);
    m_body->setSpacing(12);
    QLabel* text
        = makeLabel(tr("Keys that were never exported rest for 30 days after their account was logged out."),
            body, TextStyle::Body, Ink::Secondary);
    text->setWordWrap(true);
    m_problem = makeLabel({}, body, TextStyle::Caption, Ink::Danger);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* scroll = new QScrollArea(body);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedHeight(grown(52, 2)
        * static_cast<int>(std::clamp<qsizetype>(context.sessions.resting().size(), 1, kRowsShown)));
    m_rows = new QWidget(scroll);
    m_rows->setLayout(new QVBoxLayout);
    m_rows->layout()->setContentsMargins(0, 0, 0, 0);
    m_rows->layout()->setSpacing(0);
    scroll->setWidget(m_rows);
    scroll->setAccessibleName(windowTitle());
    scroll->viewport()->setAutoFillBackground(false);
    m_rows->setAutoFillBackground(false);
    m_body->addWidget(text);
    m_body->addWidget(scroll);
    m_body->addWidget(m_problem);
    m_close = makeButton(tr("Close"), this);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    showView(addView(body, footOf({}, {m_close})), m_close);
    connect(&context.sessions, &session::SessionManager::restingChanged, this, &RestingDialog::fill);
    fill();
    fitTo(kWidth);
}

void RestingDialog::fill()
{
    QLayout* layout = m_rows->layout();
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater(); // one of them may be what is being clicked
        delete item;
    }
    const auto all = m_context.sessions.resting();
    for (const session::RestingSession& resting : all)
        layout->addWidget(makeRow(resting, m_rows));
    if (all.isEmpty()) {
        layout->addWidget(makeLabel(tr("No key rests any more."), m_rows));
        m_close->setFocus(Qt::OtherFocusReason);
    }
    static_cast<QVBoxLayout*>(layout)->addStretch();
}

QWidget* RestingDialog::makeRow(const session::RestingSession& resting, QWidget* parent)
{
    const auto& networks = m_context.sessions.networks();
    const session::SessionId id = resting.session.id;
    const QString name = m_context.sessions.nameOf(resting.session);
    auto* row = new QWidget(parent);
    row->setFixedHeight(grown(52, 2));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 4, 0);
    layout->setSpacing(12);
    auto* picture = new AvatarLabel(32, row);
    picture->setSpec(avatarSpec(id.text(), networks.networkName(id)));
    layout->addWidget(picture);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    auto* title = new ElidedLabel(row, Qt::ElideRight, TextStyle::Strong);
    title->setFullText(name);
    auto* line = new ElidedLabel(row, Qt::ElideRight, TextStyle::Caption, Ink::Secondary);
    line->setFullText(tr("%1 · rests until %2").arg(networks.networkName(id), dayText(resting.expiresAt)));
    texts->addStretch();
    texts->addWidget(title);
    texts->addWidget(line);
    texts->addStretch();
    layout->addLayout(texts, 1);
    QPushButton* back = makeButton(tr("Bring back"), row, ButtonKind::Normal, {}, ButtonSize::Small);
    back->setAccessibleName(tr("Bring back %1").arg(name));
    connect(back, &QPushButton::clicked, this, [this, id] { bringBack(id); });
    layout->addWidget(back);
    return row;
}

void RestingDialog::bringBack(const session::SessionId& id)
{
    m_problem->hide();
    m_context.sessions.untrash(id, guarded(this, [this](const Result<void>& done) {
        if (done)
            return;
        m_problem->setText(sentence(done.error()));
        m_problem->show();
        fitTo(kWidth);
    }));
}

} // namespace hatstand::ui
