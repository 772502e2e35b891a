// SPDX-License-Identifier: MIT
#include "ui/windows/detail/IdentitySection.h"

#include "core/session/SessionManager.h"
#include "ui/theme/QrCode.h"

#include <QBoxLayout>
#include <QVariantMap>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

IdentitySection::IdentitySection(const UiContext& context, QWidget* parent)
    : DetailSection(tr("Identity"), 52, parent)
    , m_context(context)
{
    for (KeyRow*& row : m_rows) {
        row = new KeyRow(card());
        connect(row, &KeyRow::noted, this, &DetailSection::noted);
    }
    card()->setAside(makeAside());
}

QWidget* IdentitySection::makeAside()
{
    auto* aside = new QWidget(this);
    auto* layout = new QVBoxLayout(aside);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(8);
    m_code = new QrCode(152, aside);
    layout->addWidget(m_code, 0, Qt::AlignHCenter);
    m_caption = makeLabel({}, aside, TextStyle::Caption, Ink::Secondary);
    m_caption->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_caption);
    return aside;
}

void IdentitySection::showCode(const QString& text, const QString& caption)
{
    m_caption->setText(caption);
    if (m_shown == text)
        return;
    m_shown = text;
    m_code->setContent(text);
    m_code->setAccessibleName(tr("QR code of %1").arg(text));
}

void IdentitySection::show(const session::Session& session)
{
    const auto& networks = m_context.sessions.networks();
    const QString name = m_context.sessions.nameOf(session);
    const QString network = networks.networkName(session.id);
    const bool isDefault
        = m_context.sessions.isDefault(session.id) && m_context.sessions.active() != session.id;
    const QString pill = isDefault ? tr("Default on %1").arg(network) : QString();

    if (session.id.family() == "nostr"_L1) {
        const QString npub = networks.fields(session).value(u"npub"_s).toString();
        m_rows[0]->show({.what = tr("Public key"),
            .text = npub,
            .copyName = tr("Copy public key of %1").arg(name),
            .copied = tr("Copied the public key"),
            .pill = pill});
        m_rows[1]->show({.what = tr("Hex"),
            .text = session.id.identity(),
            .copyName = tr("Copy hex key of %1").arg(name),
            .copied = tr("Copied the public key in hex")});
        m_rows[2]->show({.what = tr("Link"),
            .text = u"nostr:"_s + npub,
            .copyName = tr("Copy link to %1").arg(name),
            .copied = tr("Copied the link")});
        m_rows[3]->show({});
        showCode(u"nostr:"_s + npub, tr("Scan to follow"));
        return;
    }
    const QString account = networks.actor(session.id);
    m_rows[0]->show({.what = tr("Account"),
        .text = account,
        .copyName = tr("Copy account name of %1").arg(name),
        .copied = tr("Copied the account name")});
    m_rows[1]->show({.what = tr("Permission"), .text = session.id.identity().section(u'@', 1), .pill = pill});
    m_rows[2]->show({.what = tr("Public key"),
        .text = session.publicKey,
        .copyName = tr("Copy public key of %1").arg(name),
        .copied = tr("Copied the public key")});
    m_rows[3]->show({.what = tr("Chain"),
        .text = session.id.chain(),
        .copyName = tr("Copy chain id of %1").arg(network),
        .copied = tr("Copied the chain id"),
        .lead = network});
    showCode(account, tr("Account name"));
}

} // namespace hatstand::ui
