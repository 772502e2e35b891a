// SPDX-License-Identifier: MIT
#include "ui/dialogs/preferences/NetworkPage.h"

#include "core/accounts/NetSetup.h"
#include "core/base/Settings.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/RelayEditor.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>
#include <QScrollArea>

namespace hatstand::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString kIndexers = u"nostr.indexers"_s;
const QString kProxy = u"network.proxy"_s;
const QString kHosts = u"network.hosts"_s;
const QString kPictures = u"pictures.remote"_s;

QString proxyProblem(const QString& text)
{
    return accounts::checkNetSetting(kProxy, text)
        ? QString()
        : NetworkPage::tr("A proxy is socks5:// or http://, a host and a port: socks5://127.0.0.1:9050.");
}

QString hostsProblem(const QString& text)
{
    const auto checked = accounts::checkNetSetting(kHosts, text);
    return checked
        ? QString()
        : NetworkPage::tr("“%1” is not the name or address of a host.").arg(checked.error().detail);
}

QList<nostr::Relay> relaysOf(const QStringList& urls)
{
    QList<nostr::Relay> relays;
    for (const QString& url : urls)
        relays += nostr::Relay{.url = url};
    return relays;
}

QString lineOf(const QList<nostr::Relay>& relays)
{
    QStringList urls;
    for (const nostr::Relay& relay : relays)
        urls += relay.url;
    return urls.isEmpty() ? u"none"_s : urls.join(u','); // empty would be the default
}

} // namespace

NetworkPage::NetworkPage(UiContext& context)
    : m_context(context)
{
    auto* content = makePanel(Panel::Surface, nullptr);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(16);
    layout->addWidget(label(tr("Network"), TextStyle::Heading));
    addPictures(*layout);
    addIndexers(*layout);
    addLine(*layout, kProxy, tr("Proxy"), u"socks5://127.0.0.1:9050"_s,
        tr("Relays and pictures are reached through it, each account by a way of its own where it is Tor. "
           "Empty: as the environment says."),
        proxyProblem);
    addLine(*layout, kHosts, tr("Hosts of your own network"), u"nas.local, 192.168.1.5"_s,
        tr("With commas between. Addresses that are not public are reached only when they are named here."),
        hostsProblem);
    layout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Network"));
    scroll->setWidget(content);
    column(this, 0, 0)->addWidget(scroll);
}

void NetworkPage::addPictures(QVBoxLayout& layout)
{
    QVBoxLayout* part = column(nullptr, 0, 0);
    auto* box = new QCheckBox(tr("Show accounts' pictures"));
    box->setFont(ui::font(TextStyle::Strong));
    QLabel* meaning
        = paragraph(tr("Each comes from the address in the account's profile. Who runs that "
                       "server learns this computer's address, or the proxy's, and when it looked. "
                       "Switched off, none is fetched and those kept here are deleted."),
            TextStyle::Caption, Ink::Secondary);
    meaning->setContentsMargins(24, 0, 0, 0);
    box->setAccessibleDescription(meaning->text());
    part->addWidget(box);
    part->addWidget(meaning);
    layout.addLayout(part);
    const auto follow = [this, box] { box->setChecked(m_context.settings.value(kPictures) == "true"_L1); };
    follow();
    connect(box, &QCheckBox::toggled, this, [this, follow](bool on) {
        if (!m_context.settings.set(kPictures, on ? u"true"_s : u"false"_s))
            follow(); // it shows what counts
    });
    connect(&m_context.settings, &Settings::changed, this, [follow](const QString& key) {
        if (key == kPictures)
            follow();
    });
}

void NetworkPage::addIndexers(QVBoxLayout& layout)
{
    auto* editor = new RelayEditor(tr("Relays that find accounts"), RelayEditor::Marks::None);
    editor->setEmptyText(
        tr("None. Without one, a profile is found only where the account's own relays are known."));
    QPushButton* restore = button(tr("Restore defaults"));
    editor->addButton(restore);
    layout.addWidget(editor);
    const auto follow = [this, editor, restore] {
        editor->setRelays(relaysOf(accounts::indexers(m_context.settings)));
        restore->setEnabled(m_context.settings.isChanged(kIndexers));
    };
    const auto keep = [this, editor, follow](const QString& value) {
        const auto kept = m_context.settings.set(kIndexers, value);
        follow();
        if (!kept)
            editor->refuse(sentence(kept.error()));
    };
    connect(editor, &RelayEditor::edited, this, [editor, keep] { keep(lineOf(editor->relays())); });
    connect(restore, &QPushButton::clicked, this, [keep] { keep({}); });
    connect(&m_context.settings, &Settings::changed, this, [follow](const QString& key) {
        if (key == kIndexers)
            follow();
    });
    follow();
}

void NetworkPage::addLine(QVBoxLayout& layout, const QString& key, const QString& title,
    const QString& example, const QString& hint, const std::function<QString(const QString& text)>& problem)
{
    auto* line = new QLineEdit(m_context.settings.value(key));
    line->setPlaceholderText(example);
    line->setClearButtonEnabled(true);
    auto* field = new Field(title, line);
    field->setHint(hint);
    layout.addWidget(field);
    connect(line, &QLineEdit::textChanged, this, [field, problem](const QString& text) {
        const QString why = problem(text.trimmed());
        field->say(why.isEmpty() ? Field::Verdict::None : Field::Verdict::Bad, why);
    });
    connect(line, &QLineEdit::editingFinished, this, [this, key, line, field, problem] {
        const QString text = line->text().trimmed();
        if (!problem(text).isEmpty())
            return;
        const auto kept = m_context.settings.set(key, *accounts::checkNetSetting(key, text));
        if (!kept)
            field->say(Field::Verdict::Bad, sentence(kept.error()));
    });
    connect(&m_context.settings, &Settings::changed, this, [this, line, key](const QString& changed) {
        if (changed == key && !line->hasFocus())
            line->setText(m_context.settings.value(key));
    });
}

} // namespace hatstand::ui
