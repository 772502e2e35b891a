// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"

#include <QAbstractListModel>
#include <QSortFilterProxyModel>
#include <optional>

namespace hatstand::accounts {
class AccountDirectory;
struct AccountSummary;
} // namespace hatstand::accounts

namespace hatstand::ui {

class PictureStore;

/// The sessions as rows in the person's own order. Only translates SessionManager's signals; does no work of
/// its own.
class SessionModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString
        NameRole,
        ShortIdRole,
        FamilyRole,
        NetworkRole, ///< SessionId::network()
        NetworkNameRole,
        SignerRole, ///< int(SignerKind)
        StateRole, ///< int(SessionState)
        ReasonRole, ///< sentence or empty
        ActiveRole,
        DefaultRole,
        LastActiveRole, ///< QDateTime
        ActivationRole, ///< quint64
        SearchTextRole, ///< everything a search matches, case-folded
        FollowsRole, ///< qint64, invalid until known
        MutesRole,
        ExportedRole, ///< QDateTime, invalid = never
        BackupDueRole, ///< bool: the key was made here and never exported
        FollowsBeforeRole, ///< qint64, invalid unless the list shrank to less than half
        MutesBeforeRole,
        PictureUrlRole, ///< QString, unchecked; empty for none
        Nip05Role, ///< int(accounts::Nip05State)
        RefreshingRole, ///< bool
        ProgressRole, ///< int, 0 to 100, of the first load; invalid unless one is on its way
        PictureRole, ///< PictureAt, which is cheap to ask for; invalid without setPictures()
    };

    explicit SessionModel(session::SessionManager& sessions, QObject* parent = nullptr);
    /// Where keys rest, which ReasonRole names; without one it is the keychain.
    void setVault(const secrets::Vault& vault) { m_vault = &vault; }
    /// What is known of Nostr accounts; has to outlive the model. Without one nothing is.
    void setAccounts(const accounts::AccountDirectory& accounts);
    /// Where PictureRole comes from; has to outlive the model, and what its answers are kept in.
    void setPictures(PictureStore& pictures);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// DisplayRole is the name; AccessibleTextRole "Mira Okafor, Nostr, active, 1 of 6".
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] QModelIndex indexOf(const session::SessionId& id) const;
    /// Of a row here or in a proxy: ready, or not known to be anything else.
    [[nodiscard]] static bool isUsable(const QModelIndex& index);
    [[nodiscard]] static bool isLocked(const QModelIndex& index); ///< and nothing else is the matter
    /// "Follows: 412 · Mutes: 18" of a row here or in a proxy, as far as known; "Follows: 12 (was 812)" where
    /// a list shrank, which isShrunk tells.
    struct Counts
    {
        QString text;
        bool isShrunk = false;
    };
    [[nodiscard]] static Counts countsOf(const QModelIndex& index);
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
        const QModelIndex& parent) override;
    /// Qt::EditRole renames; a refused label is told by renameRefused.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void renameRefused(const hatstand::Error& error);

private:
    void onAdded(const session::SessionId& id);
    void onRemoved(const session::SessionId& id);
    void onChanged(const session::SessionId& id);
    void onOrderChanged();
    void onActiveChanged(const session::SessionId& id);
    void onPicture(const session::SessionId& id);
    [[nodiscard]] int rowOf(const session::SessionId& id) const;
    [[nodiscard]] QString accessibleText(const session::Session& session, int row) const;
    [[nodiscard]] QString searchText(const session::Session& session) const;
    [[nodiscard]] QVariant accountData(const session::SessionId& id, int role) const;
    [[nodiscard]] QString reasonOf(const session::Session& session) const;

    session::SessionManager& m_sessions;
    const secrets::Vault* m_vault = nullptr;
    const accounts::AccountDirectory* m_accounts = nullptr;
    PictureStore* m_pictures = nullptr;
    QList<session::SessionId> m_rows; ///< what views were told; equals the manager's order between signals
    session::SessionId m_active;
};

/// What one view shows of it: search text, network, chain and signer filters, and one of three orders.
class SessionFilterModel final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class Order { Mine, Recent, Name };
    explicit SessionFilterModel(QObject* parent = nullptr);
    void setSearch(const QString& text);
    void setFamily(const QString& family);
    void setNetwork(const QString& network);
    void setSigner(std::optional<session::SignerKind> signer);
    void setOrder(Order order);
    [[nodiscard]] bool isFiltering() const;
    void clearFilters();

    /// What was typed as words, each of which SearchTextRole has to hold.
    [[nodiscard]] static QStringList searchWords(const QString& typed);
    [[nodiscard]] static bool matches(const QString& searchText, const QStringList& words);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QStringList m_search; ///< words
    QString m_family;
    QString m_network;
    std::optional<session::SignerKind> m_signer;
    Order m_order = Order::Mine;
};

} // namespace hatstand::ui
