// SPDX-License-Identifier: MIT
#include "core/base/Settings.h"
#include "core/secrets/Vault.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/PassphrasePair.h"
#include "ui/dialogs/parts/SecretField.h"
#include "ui/dialogs/preferences/Pages.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QSpinBox>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultKind;

namespace {

constexpr int kFieldWidth = 320;
constexpr int kLongestIdle = 24 * 60; // minutes, as the setting takes

} // namespace

SecurityPage::SecurityPage(UiContext& context)
    : m_context(context)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(16);
    layout->addWidget(label(tr("Security"), TextStyle::Heading));
    QVBoxLayout* vault = column(nullptr, 0, 4);
    vault->addWidget(label(tr("Where keys rest"), TextStyle::Strong));
    const VaultKind kind = context.vault.kind();
    vault->addWidget(paragraph(kind == VaultKind::Keychain ? tr("In the system keychain")
            : kind == VaultKind::Passphrase                ? tr("In an encrypted file, under your passphrase")
                                                           : tr("Not decided yet. The first key decides.")));
    vault->addWidget(
        paragraph(tr("This can't be changed while keys rest there."), TextStyle::Caption, Ink::Secondary));
    layout->addLayout(vault);
    if (kind == VaultKind::Passphrase) {
        addIdleMinutes(layout);
        addChangePassphrase(layout);
    }
    layout->addStretch();
}

void SecurityPage::addIdleMinutes(QVBoxLayout* layout)
{
    const QString key = u"lock.idleMinutes"_s;
    auto* minutes = new QSpinBox;
    minutes->setRange(1, kLongestIdle);
    minutes->setButtonSymbols(QAbstractSpinBox::NoButtons);
    minutes->setMinimumHeight(32);
    minutes->setSuffix(tr(" minutes"));
    minutes->setValue(m_context.settings.value(key).toInt());
    minutes->setFixedWidth(kFieldWidth / 2);
    auto* field = new Field(tr("Lock when unused for"), static_cast<QWidget*>(minutes));
    layout->addWidget(field, 0, Qt::AlignLeading);
    connect(minutes, &QSpinBox::valueChanged, this, [this, key, field](int value) {
        const auto kept = m_context.settings.set(key, QString::number(value));
        if (!kept)
            field->say(Field::Verdict::Bad, sentence(kept.error()));
    });
}

void SecurityPage::addChangePassphrase(QVBoxLayout* layout)
{
    layout->addWidget(makeLine(Qt::Horizontal, nullptr));
    layout->addWidget(label(tr("Change the passphrase"), TextStyle::Heading));
    m_before = new SecretField;
    m_beforeField = new Field(tr("Passphrase now"), m_before);
    m_beforeField->setFixedWidth(kFieldWidth);
    layout->addWidget(m_beforeField);
    m_after = new PassphrasePair;
    layout->addWidget(m_after);
    m_done = new Notice(
        Panel::Success, {}, tr("The passphrase is changed. The one before opens nothing any more."));
    m_done->hide();
    layout->addWidget(m_done);
    m_change = button(tr("Change passphrase"));
    m_change->setEnabled(false);
    layout->addWidget(m_change, 0, Qt::AlignLeading);
    const auto refresh = [this] {
        m_change->setEnabled(!m_before->text().isEmpty() && m_after->isReady());
        m_beforeField->say(Field::Verdict::None);
    };
    connect(m_before, &QLineEdit::textChanged, this, refresh);
    connect(m_after, &PassphrasePair::readyChanged, this, refresh);
    connect(m_change, &QPushButton::clicked, this, &SecurityPage::changePassphrase);
}

void SecurityPage::changePassphrase()
{
    m_done->hide();
    m_change->setEnabled(false);
    m_context.vault.changePassphrase(std::make_shared<const SecretBuffer>(m_before->peek()), m_after->peek(),
        guarded(this, [this](const Result<void>& changed) {
            if (!changed) {
                m_change->setEnabled(true);
                m_beforeField->say(Field::Verdict::Bad, sentence(changed.error()));
                m_beforeField->showNow();
                m_before->setFocus();
                return;
            }
            m_before->wipe();
            m_after->wipe();
            m_done->show();
        }));
}

} // namespace hatstand::ui
