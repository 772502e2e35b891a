// SPDX-License-Identifier: MIT
#include "app/cli/AccountFields.h"
#include "app/cli/ChainFields.h"
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "app/cli/Terminal.h"
#include "core/accounts/AccountDirectory.h"
#include "core/session/SessionFinder.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace hatstand::app::commands {
namespace {

using namespace Qt::Literals::StringLiterals;
using accounts::AccountLists;
using session::Session;
using session::SessionId;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Showing)
public:
    static QString use(const relay::RelayStatus& relay)
    {
        if (relay.read && relay.write)
            return tr("read and write");
        if (relay.read || relay.write)
            return relay.read ? tr("read") : tr("write");
        return relay.isIndexer ? tr("indexer") : QString();
    }
    static QString refused(int count) { return count > 0 ? tr("%n refused", nullptr, count) : QString(); }
};

/// As they were met since the start, else as the account's own list has them.
QList<relay::RelayStatus> relaysOf(const CallPtr& call, const SessionId& id, const AccountLists& lists)
{
    QList<relay::RelayStatus> all = call->services.accounts.relays(id);
    if (!all.isEmpty())
        return all;
    for (const nostr::Relay& relay : lists.relays) {
        const bool isBlocked = lists.blockedRelays.contains(relay.url);
        all += relay::RelayStatus{.url = relay.url,
            .state = isBlocked ? relay::RelayState::Blocked : relay::RelayState::Idle,
            .read = relay.read,
            .write = relay.write};
    }
    return all;
}

/// What others wrote, on one line of a terminal.
QString onOneLine(const QString& text)
{
    return Terminal::escaped(text.simplified());
}

void addRow(QList<QStringList>& rows, const QString& key, const QVariant& value)
{
    if (value.typeId() == QMetaType::QVariantMap) {
        const QVariantMap map = value.toMap();
        for (auto it = map.cbegin(); it != map.cend(); ++it)
            addRow(rows, key + u'.' + it.key(), *it);
    } else if (!value.isNull() && value.typeId() != QMetaType::Nullptr && !value.toString().isEmpty()) {
        rows += {key, onOneLine(QJsonValue::fromVariant(value).toVariant().toString())};
    }
}

void printText(const CallPtr& call, const QVariantMap& fields, const QList<relay::RelayStatus>& relays)
{
    QList<QStringList> rows;
    for (auto it = fields.cbegin(); it != fields.cend(); ++it)
        addRow(rows, it.key(), *it);
    call->out(table(rows));
    rows.clear();
    for (const relay::RelayStatus& relay : relays) {
        rows += {u"relay"_s, onOneLine(relay.url), QString(name(relay.state)), Text::use(relay),
            Text::refused(relay.refused()), onOneLine(relay.text)};
    }
    call->out(table(rows));
}

void print(const CallPtr& call, const Session& session, const AccountLists& lists)
{
    const auto relays = relaysOf(call, session.id, lists);
    QVariantMap fields = describeSession(call->services, session);
    fields.insert(u"signerDetail"_s, ui::signerSentence(session.signer));
    const bool isOnChain = session.id.family() == "antelope"_L1;
    if (call->request.json() && isOnChain) {
        QJsonObject object = QJsonObject::fromVariantMap(fields);
        object.insert("permissions"_L1, permissionsJson(call->services.chainAccounts.summary(session.id)));
        for (const QLatin1StringView nostrs : {"followList"_L1, "muteList"_L1, "relays"_L1})
            object.insert(nostrs, QJsonValue::Null);
        call->console->out(jsonLines(object));
    } else if (call->request.json()) {
        QJsonObject object = QJsonObject::fromVariantMap(fields);
        object.insert("followList"_L1, followListJson(lists));
        // Whoever runs as one account did not thereby get to read what it encrypts to itself.
        object.insert("muteList"_L1, muteListJson(lists, call->request.scope.isEmpty()));
        object.insert("relays"_L1, relaysJson(relays));
        object.insert("blockedRelays"_L1, QJsonArray::fromStringList(lists.blockedRelays));
        object.insert("messageRelays"_L1, QJsonArray::fromStringList(lists.messageRelays));
        call->console->out(jsonLines(object));
    } else {
        printText(call, fields, relays);
    }
    call->finish({});
}

} // namespace

void show(const CallPtr& call)
{
    const QString name = call->request.argument(0);
    const auto id = session::findSession(call->services.sessions, name);
    if (!id)
        return call->finish(fail(id.error()));
    const auto give = [call, id = *id](const AccountLists& lists) {
        if (const Session* session = call->services.sessions.find(id))
            print(call, *session, lists);
        else // logged out in the meantime
            call->finish(fail(ErrorCode::NotFound, id.text()));
    };
    if (id->family() != "nostr"_L1)
        return give({});
    call->services.accounts.lists(*id, &call->services.accounts, onward<AccountLists>(call, give));
}

} // namespace hatstand::app::commands
