// SPDX-License-Identifier: MIT
#include "ui/windows/FilterBar.h"

#include "ui/models/SessionModel.h"
#include "ui/theme/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMap>
#include <QSignalBlocker>
#include <QStyleOptionComboBox>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SignerKind;

QString familyName(const QString& family)
{
    return family == "nostr"_L1   ? FilterBar::tr("Nostr")
        : family == "antelope"_L1 ? FilterBar::tr("Antelope")
                                  : family;
}

QString signerName(int kind)
{
    switch (static_cast<SignerKind>(kind)) {
    case SignerKind::LocalKey:
        return FilterBar::tr("Local key");
    case SignerKind::EncryptedKey:
        return FilterBar::tr("Encrypted key");
    case SignerKind::Remote:
        return FilterBar::tr("Remote");
    case SignerKind::WatchOnly:
        return FilterBar::tr("Watch-only");
    }
    return {};
}

/// Shortens at the end what does not fit; a combo box by itself cuts it off.
class FilterBox final : public QComboBox
{
public:
    using QComboBox::QComboBox;

protected:
    void initStyleOption(QStyleOptionComboBox* option) const override
    {
        QComboBox::initStyleOption(option);
        const QRect room
            = style()->subControlRect(QStyle::CC_ComboBox, option, QStyle::SC_ComboBoxEditField, this);
        option->currentText = fontMetrics().elidedText(option->currentText, Qt::ElideRight, room.width());
    }
};

/// values: data → text. Keeps what is chosen, even when no account has it any more.
void fill(QComboBox* box, const QString& all, const QMap<QString, QString>& values)
{
    const QSignalBlocker quiet(box);
    const QString chosen = box->currentData().toString();
    const QString chosenText = box->currentText();
    box->clear();
    box->addItem(all, QString());
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        box->addItem(it.value(), it.key());
    if (chosen.isEmpty())
        return;
    int at = box->findData(chosen);
    if (at < 0) {
        box->addItem(chosenText, chosen);
        at = box->count() - 1;
    }
    box->setCurrentIndex(at);
}

} // namespace

FilterBar::FilterBar(SessionModel& model, SessionFilterModel& filter, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_filter(filter)
    , m_networks(new FilterBox(this))
    , m_chains(new FilterBox(this))
    , m_signers(new FilterBox(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_networks->setAccessibleName(tr("Filter by network"));
    m_chains->setAccessibleName(tr("Filter by chain"));
    m_signers->setAccessibleName(tr("Filter by signer"));
    for (QComboBox* box : {m_networks, m_chains, m_signers}) {
        box->setAccessibleDescription(box->accessibleName()); // on Unix its name is always what it shows
        box->setProperty("tall", u"small"_s);
        box->setFont(ui::font(TextStyle::Caption));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
        box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        layout->addWidget(box, 1);
        connect(box, &QComboBox::currentIndexChanged, this, &FilterBar::apply);
    }
    connect(&model, &QAbstractItemModel::rowsInserted, this, &FilterBar::refill);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &FilterBar::refill);
    connect(&model, &QAbstractItemModel::modelReset, this, &FilterBar::refill);
    refill();
}

void FilterBar::refill()
{
    QMap<QString, QString> families;
    QMap<QString, QString> chains;
    QMap<QString, QString> signers;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row);
        const QString family = index.data(SessionModel::FamilyRole).toString();
        const int signer = index.data(SessionModel::SignerRole).toInt();
        if (family.isEmpty())
            continue;
        families.insert(family, familyName(family));
        if (const QString network = index.data(SessionModel::NetworkRole).toString(); network != family)
            chains.insert(network, index.data(SessionModel::NetworkNameRole).toString());
        signers.insert(QString::number(signer), signerName(signer));
    }
    fill(m_networks, tr("All networks"), families);
    fill(m_chains, tr("All chains"), chains);
    fill(m_signers, tr("All signers"), signers);
}

void FilterBar::apply()
{
    m_filter.setFamily(m_networks->currentData().toString());
    m_filter.setNetwork(m_chains->currentData().toString());
    const QString signer = m_signers->currentData().toString();
    m_filter.setSigner(
        signer.isEmpty() ? std::nullopt : std::optional(static_cast<SignerKind>(signer.toInt())));
    Q_EMIT changed();
}

void FilterBar::clear()
{
    for (QComboBox* box : {m_networks, m_chains, m_signers})
        box->setCurrentIndex(0);
}

} // namespace hatstand::ui
