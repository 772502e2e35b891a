// SPDX-License-Identifier: MIT
#include "ui/windows/detail/RelayRow.h"

#include "ui/text/Dates.h"
#include "ui/text/PlainName.h"
#include "ui/theme/Sizes.h"

#include <QBoxLayout>
#include <QLocale>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using relay::Refusal;
using relay::RelayState;

constexpr int kMostOfItsText = 200;

QString refusalName(Refusal refusal)
{
    switch (refusal) {
    case Refusal::TooLarge:
        return RelayRow::tr("too large");
    case Refusal::TooMany:
        return RelayRow::tr("too many");
    case Refusal::NotAMessage:
        return RelayRow::tr("not a message");
    case Refusal::BadEvent:
        return RelayRow::tr("not an event");
    case Refusal::WrongId:
        return RelayRow::tr("wrong id");
    case Refusal::WrongSignature:
        return RelayRow::tr("wrong signature");
    case Refusal::WrongAuthor:
        return RelayRow::tr("another author");
    case Refusal::WrongKind:
        return RelayRow::tr("another kind");
    case Refusal::FromTheFuture:
        return RelayRow::tr("from the future");
    }
    return {};
}

QString refusalsText(const relay::RelayStatus& status)
{
    QStringList reasons;
    const QLocale locale;
    for (auto it = status.refusals.cbegin(); it != status.refusals.cend(); ++it) {
        if (it.value() > 0)
            reasons += RelayRow::tr("%1 %2", "how often, why")
                           .arg(locale.toString(it.value()), refusalName(it.key()));
    }
    return RelayRow::tr("%1 refused: %2").arg(locale.toString(status.refused()), reasons.join(u", "_s));
}

QString useText(const relay::RelayStatus& status)
{
    if (status.read && status.write)
        return RelayRow::tr("read and write");
    if (status.write)
        return RelayRow::tr("write");
    if (status.read)
        return RelayRow::tr("read");
    return status.isIndexer ? RelayRow::tr("to look accounts up") : QString();
}

PillKind pillOf(RelayState state)
{
    switch (state) {
    case RelayState::Connected:
        return PillKind::Success;
    case RelayState::Offline:
    case RelayState::NotAllowed:
        return PillKind::Warning;
    case RelayState::Idle:
    case RelayState::Connecting:
    case RelayState::Waiting:
    case RelayState::Blocked:
        break;
    }
    return PillKind::Plain;
}

} // namespace

QString relayStateName(RelayState state)
{
    switch (state) {
    case RelayState::Idle:
        return RelayRow::tr("Idle");
    case RelayState::Connecting:
        return RelayRow::tr("Connecting");
    case RelayState::Connected:
        return RelayRow::tr("Connected");
    case RelayState::Waiting:
        return RelayRow::tr("Trying again");
    case RelayState::Offline:
        return RelayRow::tr("Offline");
    case RelayState::NotAllowed:
        return RelayRow::tr("Not allowed");
    case RelayState::Blocked:
        return RelayRow::tr("Blocked");
    }
    return {};
}

QString relayLine(const relay::RelayStatus& status, const QDateTime& now)
{
    QStringList parts{useText(status)};
    if (status.isAuthenticated)
        parts += RelayRow::tr("knows the account");
    else if (status.wantsAuth)
        parts += RelayRow::tr("asks who it is");
    parts += status.answeredAt.isValid()
        ? RelayRow::tr("last answer: %1").arg(whenText(status.answeredAt, now))
        : RelayRow::tr("no answer yet");
    if (status.refused() > 0)
        parts += refusalsText(status);
    if (!status.text.isEmpty())
        parts += RelayRow::tr("“%1”").arg(plainLine(status.text, kMostOfItsText));
    parts.removeAll(QString());
    return parts.join(RelayRow::tr(" · "));
}

RelayRow::RelayRow(QWidget* parent)
    : QWidget(parent)
    , m_line(makeLine(Qt::Horizontal, this))
    , m_url(new ElidedLabel(this, Qt::ElideMiddle))
    , m_about(new ElidedLabel(this, Qt::ElideRight, TextStyle::Caption, Ink::Secondary))
    , m_state(makePill({}, this))
{
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addStretch();
    texts->addWidget(m_url);
    texts->addWidget(m_about);
    texts->addStretch();
    auto* row = new QHBoxLayout;
    row->setContentsMargins(15, 0, 16, 0);
    row->setSpacing(12);
    row->addLayout(texts, 1);
    row->addWidget(m_state);
    row->addStrut(grown(52, 2));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_line);
    all->addLayout(row);
}

void RelayRow::show(const relay::RelayStatus& status, const QDateTime& now)
{
    m_url->setFullText(plainLine(status.url, kMostOfItsText));
    m_about->setFullText(relayLine(status, now));
    setInk(m_about, status.refused() > 0 ? Ink::Warning : Ink::Secondary);
    m_state->setText(relayStateName(status.state));
    setPill(m_state, pillOf(status.state));
}

} // namespace hatstand::ui
