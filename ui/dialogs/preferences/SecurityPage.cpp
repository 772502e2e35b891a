// SPDX-License-Identifier: MIT
#include "core/base/Settings.h"
#include "core/secrets/Vault.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/preferences/Pages.h"
#include "ui/dialogs/preferences/PassphrasePart.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QScrollArea>
#include <QSpinBox>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;
using secrets::VaultKind;

namespace {

constexpr int kFieldWidth = 160;
constexpr int kLongestIdle = 24 * 60; // minutes, as the setting takes

} // namespace

SecurityPage::SecurityPage(UiContext& context)
    : m_context(context)
{
    auto* content = makePanel(Panel::Surface, nullptr);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(label(tr("Security"), TextStyle::Heading));
    QVBoxLayout* vault = column(nullptr, 0, 4);
    vault->addWidget(label(tr("Where keys rest"), TextStyle::Strong));
    QLabel* where = paragraph({});
    vault->addWidget(where);
    vault->addWidget(
        paragraph(tr("This can't be changed while keys rest there."), TextStyle::Caption, Ink::Secondary));
    layout->addLayout(vault);
    QWidget* lock = makeLockPart();
    layout->addWidget(lock);
    auto* passphrase = new PassphrasePart(context);
    QFrame* line = makeLine(Qt::Horizontal, nullptr);
    layout->addWidget(line);
    layout->addWidget(passphrase);
    layout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Security"));
    scroll->setWidget(content);
    column(this, 0, 0)->addWidget(scroll);
    const auto follow = [this, where, lock, line] {
        const VaultKind kind = m_context.vault.kind();
        const bool takesPassphrase = m_context.vault.takesPassphrase();
        const QString keychain = takesPassphrase
            ? tr("In the system keychain, encrypted under your Hatstand passphrase")
            : tr("In the system keychain");
        where->setText(kind == VaultKind::Keychain ? keychain
                : kind == VaultKind::Passphrase    ? tr("In an encrypted file, under your passphrase")
                                                   : tr("Not decided yet. The first key decides."));
        lock->setVisible(takesPassphrase);
        line->setVisible(kind != VaultKind::None);
    };
    connect(&context.vault, &secrets::Vault::stateChanged, this, follow);
    follow();
}

QWidget* SecurityPage::makeLockPart()
{
    auto* part = new QWidget;
    QVBoxLayout* layout = column(part, 0, 12);
    const QString key = u"lock.idleMinutes"_s;
    auto* minutes = new QSpinBox;
    minutes->setRange(1, kLongestIdle);
    minutes->setButtonSymbols(QAbstractSpinBox::NoButtons);
    minutes->setMinimumHeight(32);
    minutes->setSuffix(tr(" minutes"));
    minutes->setValue(m_context.settings.value(key).toInt());
    minutes->setFixedWidth(kFieldWidth);
    auto* field = new Field(tr("Lock when unused for"), static_cast<QWidget*>(minutes));
    layout->addWidget(field, 0, Qt::AlignLeading);
    connect(minutes, &QSpinBox::valueChanged, this, [this, key, field](int value) {
        const auto kept = m_context.settings.set(key, QString::number(value));
        if (!kept)
            field->say(Field::Verdict::Bad, sentence(kept.error()));
    });
    QVBoxLayout* boxes = column(nullptr, 0, 0); // they are as high as a pointer needs
    boxes->addWidget(label(tr("Lock as well"), TextStyle::Strong));
    const QList<std::pair<QString, QString>> occasions{
        {u"lock.onScreenLock"_s, tr("When the screen locks")},
        {u"lock.onSuspend"_s, tr("When the computer sleeps")},
        {u"lock.onUserSwitch"_s, tr("When another user takes over")},
    };
    for (const auto& [setting, text] : occasions) {
        auto* box = new QCheckBox(text);
        box->setChecked(m_context.settings.value(setting) == "true"_L1);
        boxes->addWidget(box);
        connect(box, &QCheckBox::toggled, this, [this, box, setting = setting](bool on) {
            if (!m_context.settings.set(setting, on ? u"true"_s : u"false"_s))
                box->setChecked(!on); // it shows what counts
        });
    }
    layout->addLayout(boxes);
    return part;
}

} // namespace hatstand::ui
