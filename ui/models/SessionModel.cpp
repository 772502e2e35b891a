// SPDX-License-Identifier: MIT
#include "ui/models/SessionModel.h"

#include "core/accounts/AccountDirectory.h"
#include "ui/pictures/PictureStore.h"
#include "ui/text/Sentences.h"

#include <QLocale>
#include <QMimeData>
#include <QVariantMap>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::Session;
using session::SessionId;

constexpr auto kMimeType = "application/x-hatstand-session"_L1;

} // namespace

SessionModel::SessionModel(session::SessionManager& sessions, QObject* parent)
    : QAbstractListModel(parent)
    , m_sessions(sessions)
    , m_active(sessions.active())
{
    for (const Session& session : sessions.sessions())
        m_rows += session.id;
    using session::SessionManager;
    connect(&sessions, &SessionManager::sessionAdded, this, &SessionModel::onAdded);
    connect(&sessions, &SessionManager::sessionRemoved, this, &SessionModel::onRemoved);
    connect(&sessions, &SessionManager::sessionChanged, this, &SessionModel::onChanged);
    connect(&sessions, &SessionManager::orderChanged, this, &SessionModel::onOrderChanged);
    connect(&sessions, &SessionManager::activeChanged, this, &SessionModel::onActiveChanged);
}

void SessionModel::setAccounts(const accounts::AccountDirectory& accounts)
{
    if (m_accounts == &accounts)
        return;
    m_accounts = &accounts;
    connect(&accounts, &accounts::AccountDirectory::changed, this, &SessionModel::onChanged);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void SessionModel::setPictures(PictureStore& pictures)
{
    m_pictures = &pictures;
    connect(&pictures, &PictureStore::arrived, this, &SessionModel::onPicture);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {PictureRole});
}

int SessionModel::rowOf(const SessionId& id) const
{
    // Between two signals the manager may be ahead of the rows, so its place is only a good guess.
    const qsizetype guess = m_sessions.positionOf(id) - 1;
    if (guess >= 0 && guess < m_rows.size() && m_rows.at(guess) == id)
        return static_cast<int>(guess);
    return static_cast<int>(m_rows.indexOf(id));
}

QModelIndex SessionModel::indexOf(const SessionId& id) const
{
    const int row = rowOf(id);
    return row < 0 ? QModelIndex() : index(row);
}

bool SessionModel::isUsable(const QModelIndex& index)
{
    const auto state = static_cast<session::SessionState>(index.data(StateRole).toInt());
    return state == session::SessionState::Ready || state == session::SessionState::Unknown;
}

bool SessionModel::isLocked(const QModelIndex& index)
{
    return static_cast<session::SessionState>(index.data(StateRole).toInt()) == session::SessionState::Locked;
}

int SessionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QHash<int, QByteArray> SessionModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{IdRole, "id"}, {NameRole, "name"}, {ShortIdRole, "shortId"}, {FamilyRole, "family"},
        {NetworkRole, "network"}, {NetworkNameRole, "networkName"}, {SignerRole, "signer"},
        {StateRole, "state"}, {ReasonRole, "reason"}, {ActiveRole, "active"}, {DefaultRole, "default"},
        {LastActiveRole, "lastActive"}, {ActivationRole, "activation"}, {SearchTextRole, "searchText"},
        {FollowsRole, "follows"}, {MutesRole, "mutes"}, {ExportedRole, "exported"},
        {BackupDueRole, "backupDue"}, {FollowsBeforeRole, "followsBefore"}, {MutesBeforeRole, "mutesBefore"},
        {PictureUrlRole, "pictureUrl"}, {Nip05Role, "nip05"}, {RefreshingRole, "refreshing"},
        {ProgressRole, "progress"}, {PictureRole, "picture"}});
    return names;
}

QVariant SessionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SessionId& id = m_rows.at(index.row());
    const Session* session = m_sessions.find(id);
    if (role == IdRole)
        return id.text();
    if (!session) // on its way out: the signal that removes this row has not come yet
        return role == Qt::DisplayRole ? QVariant(m_sessions.networks().shortId(id)) : QVariant();
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return m_sessions.nameOf(*session);
    case Qt::EditRole:
        return session->label;
    case Qt::AccessibleTextRole:
        return accessibleText(*session, index.row());
    case ShortIdRole:
        return m_sessions.networks().shortId(id);
    case FamilyRole:
        return id.family();
    case NetworkRole:
        return id.network();
    case NetworkNameRole:
        return m_sessions.networks().networkName(id);
    case SignerRole:
        return static_cast<int>(session->signer);
    case StateRole:
        return static_cast<int>(session->state);
    case ReasonRole:
        return reasonOf(*session);
    case ActiveRole:
        return id == m_active;
    case DefaultRole:
        return m_sessions.isDefault(id);
    case LastActiveRole:
        return session->lastActiveAt;
    case ActivationRole:
        return session->activation;
    case SearchTextRole:
        return searchText(*session);
    case ExportedRole:
        return session->exportedAt.isValid() ? QVariant(session->exportedAt) : QVariant();
    case BackupDueRole:
        return session->isBackupDue();
    case PictureRole:
        return m_pictures ? QVariant::fromValue(m_pictures->of(id)) : QVariant();
    case Qt::ToolTipRole:
        return session->isBackupDue() ? tr("Never exported. Hatstand knows of no copy.") : QVariant();
    default:
        return accountData(id, role);
    }
}

QVariant SessionModel::accountData(const SessionId& id, int role) const
{
    if (!m_accounts || role < FollowsRole)
        return {};
    const accounts::AccountSummary& summary = m_accounts->summary(id);
    const auto shrunk = [](qint64 before) { return before > 0 ? QVariant(before) : QVariant(); };
    switch (role) {
    case FollowsRole:
        return summary.follows ? QVariant(*summary.follows) : QVariant();
    case MutesRole:
        return summary.mutes ? QVariant(*summary.mutes) : QVariant();
    case FollowsBeforeRole:
        return shrunk(summary.followsBefore);
    case MutesBeforeRole:
        return shrunk(summary.mutesBefore);
    case PictureUrlRole:
        return summary.profile.picture;
    case Nip05Role:
        return static_cast<int>(summary.nip05);
    case RefreshingRole:
        return summary.isRefreshing;
    case ProgressRole:
        return summary.isRefreshing && !summary.isKnown ? QVariant(summary.progress) : QVariant();
    default:
        return {};
    }
}

SessionModel::Counts SessionModel::countsOf(const QModelIndex& index)
{
    Counts counts;
    const auto part
        = [&index, &counts](int role, int beforeRole, const QString& known, const QString& shrunk) {
              const QVariant count = index.data(role);
              if (!count.isValid())
                  return QString();
              const QLocale locale;
              const QVariant before = index.data(beforeRole);
              const QString now = locale.toString(count.toLongLong());
              if (!before.isValid())
                  return known.arg(now);
              counts.isShrunk = true;
              return shrunk.arg(now, locale.toString(before.toLongLong()));
          };
    QStringList parts{
        part(FollowsRole, FollowsBeforeRole, tr("Follows: %1"), tr("Follows: %1 (was %2)")),
        part(MutesRole, MutesBeforeRole, tr("Mutes: %1"), tr("Mutes: %1 (was %2)")),
    };
    parts.removeAll(QString());
    counts.text = parts.join(tr(" · "));
    return counts;
}

QString SessionModel::reasonOf(const Session& session) const
{
    const bool takesPassphrase = m_vault && m_vault->takesPassphrase();
    if (takesPassphrase && session.state == session::SessionState::Locked)
        return tr("Locked"); // all of them are; what is locked is said once, elsewhere
    return stateSentence(session, m_vault ? m_vault->kind() : secrets::VaultKind::Keychain, takesPassphrase);
}

QString SessionModel::accessibleText(const Session& session, int row) const
{
    QStringList parts{m_sessions.nameOf(session), m_sessions.networks().networkName(session.id)};
    if (session.id == m_active)
        parts += tr("active");
    if (const QString reason = reasonOf(session); !reason.isEmpty())
        parts += reason;
    if (session.isBackupDue())
        parts += tr("never exported");
    parts += tr("%1 of %2").arg(row + 1).arg(m_rows.size());
    return parts.join(tr(", "));
}

QString SessionModel::searchText(const Session& session) const
{
    const auto& networks = m_sessions.networks();
    const QVariantMap fields = networks.fields(session);
    QStringList parts{m_sessions.nameOf(session), session.id.identity(), session.id.network(),
        networks.networkName(session.id), session.publicKey, fields.value(u"npub"_s).toString()};
    if (m_accounts)
        parts += m_accounts->summary(session.id).profile.nip05;
    return parts.join(u'\n').toCaseFolded();
}

Qt::ItemFlags SessionModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled
        | Qt::ItemNeverHasChildren;
}

Qt::DropActions SessionModel::supportedDropActions() const
{
    return Qt::MoveAction;
}

QStringList SessionModel::mimeTypes() const
{
    return {kMimeType};
}

QMimeData* SessionModel::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto* data = new QMimeData; // taken by the drag
    data->setData(kMimeType, indexes.first().data(IdRole).toString().toUtf8());
    return data;
}

bool SessionModel::dropMimeData(
    const QMimeData* data, Qt::DropAction action, int row, int, const QModelIndex& parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(kMimeType))
        return false;
    const SessionId id(QString::fromUtf8(data->data(kMimeType)));
    const int from = rowOf(id);
    if (from < 0)
        return false;
    int before = parent.isValid() ? parent.row() : row < 0 ? rowCount() : row;
    if (before > from)
        --before;
    return m_sessions.move(id, before + 1).has_value();
}

bool SessionModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    const auto done = m_sessions.rename(m_rows.at(index.row()), value.toString());
    if (!done)
        Q_EMIT renameRefused(done.error());
    return done.has_value();
}

void SessionModel::onAdded(const SessionId& id)
{
    const auto row = static_cast<int>(std::min(m_sessions.positionOf(id) - 1, m_rows.size()));
    beginInsertRows({}, row, row);
    m_rows.insert(row, id);
    endInsertRows();
}

void SessionModel::onRemoved(const SessionId& id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

void SessionModel::onChanged(const SessionId& id)
{
    if (const QModelIndex changed = indexOf(id); changed.isValid())
        Q_EMIT dataChanged(changed, changed);
}

void SessionModel::onPicture(const SessionId& id)
{
    if (const QModelIndex changed = indexOf(id); changed.isValid())
        Q_EMIT dataChanged(changed, changed, {PictureRole});
}

void SessionModel::onOrderChanged()
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<SessionId> ids;
    for (const QModelIndex& index : before)
        ids += m_rows.at(index.row());
    QList<SessionId> rows;
    rows.reserve(m_rows.size());
    for (const Session& session : m_sessions.sessions())
        rows += session.id;
    m_rows = rows;
    QModelIndexList after;
    for (const SessionId& id : std::as_const(ids))
        after += indexOf(id);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void SessionModel::onActiveChanged(const SessionId& id)
{
    const SessionId before = std::exchange(m_active, id);
    onChanged(before);
    onChanged(id);
}

} // namespace hatstand::ui
