// SPDX-License-Identifier: MIT
#pragma once

#include "core/chain/ChainClient.h"
#include "ui/dialogs/add/AddPage.h"

class QComboBox;
class QListWidget;
class QListWidgetItem;
class QProgressBar;

namespace hatstand::ui {

class SecretField;

/// Finds the accounts that name a key, on one chain or on all, and adds those that are ticked: one key,
/// several sessions. Asks nobody before the person says so, since every node that is asked learns of the key.
class AntelopeFindPage final : public AddPage
{
    Q_OBJECT
public:
    explicit AntelopeFindPage(UiContext& context);
    ~AntelopeFindPage() override;
    [[nodiscard]] QString actionText() const override;
    [[nodiscard]] QWidget* firstEmpty() const override;
    void submit(Callback<session::NewSession> done) override;
    [[nodiscard]] QList<session::NewSession> takeRest() override;
    void cancel() override;
    void fill(const SecretBuffer& text) override;
    [[nodiscard]] bool takes(
        signing::Pasted kind, const SecretBuffer& text, const QWidget* into) const override;
    [[nodiscard]] SharedSecret secret() const override;
    void wipe() override;

    /// An account that names the key.
    struct Found
    {
        QString chainId;
        QString level; ///< actor@permission
        QString balance = {}; ///< empty: not known
        bool isEnough = false; ///< the key alone
        bool isRead = false; ///< the account itself told so, and not only an index of keys
    };
    void show(const Found& found); ///< once more: what is known of it now
    using QWidget::show;

Q_SIGNALS:
    void watchWanted(); ///< a public key stands where the private one belongs

private:
    void check();
    void ask();
    void stop();
    void askMore();
    void take(const QString& chainId, const QList<chain::ChainClient::Controlled>& controlled);
    void readAccount(const QString& chainId, const QString& actor);
    void say();
    [[nodiscard]] QListWidgetItem* itemOf(const QString& chainId, const QString& level) const;
    [[nodiscard]] QList<QListWidgetItem*> ticked() const;

    SecretField* m_key;
    Field* m_keyField;
    QComboBox* m_chain;
    QPushButton* m_ask;
    QProgressBar* m_bar;
    QLabel* m_status;
    QListWidget* m_list;
    QString m_publicKey; ///< empty: what stands in the field is none
    QString m_circuit; ///< drawn anew for each search
    std::unique_ptr<QObject> m_asking; ///< answers are dropped with it
    QStringList m_toAsk; ///< chain ids
    int m_open = 0;
    qsizetype m_all = 0;
    qsizetype m_asked = 0;
    QStringList m_silent; ///< names of chains that did not answer
    QList<session::NewSession> m_rest;
    bool m_filling = false; ///< the list, which speaks while it is filled
};

} // namespace hatstand::ui
