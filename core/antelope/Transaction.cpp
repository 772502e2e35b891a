// SPDX-License-Identifier: MIT
#include "core/antelope/Transaction.h"

#include "core/antelope/Times.h"
#include "core/codec/Hex.h"
#include "core/crypto/Hash.h"

#include <QJsonArray>
#include <algorithm>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kWhat = u"transaction"_s;
constexpr std::size_t kLeastAction = 18; ///< bytes: two names and two empty lists
constexpr std::size_t kLevel = 16; ///< bytes

QJsonArray toJson(const QList<Action>& actions)
{
    QJsonArray all;
    for (const Action& action : actions)
        all += toJson(action);
    return all;
}

} // namespace

Action unpackAction(codec::Unpacker& in)
{
    Action action;
    action.account = Name::fromValue(in.u64());
    action.name = Name::fromValue(in.u64());
    const quint32 levels = in.count(kLevel);
    if (levels > kMostAuthorizations)
        in.fail();
    for (quint32 i = 0; i < levels && !in.failed(); ++i) {
        const Name actor = Name::fromValue(in.u64());
        action.authorization += PermissionLevel{actor, Name::fromValue(in.u64())};
    }
    action.data = toQByteArray(in.sized());
    return action;
}

QList<Action> unpackActions(codec::Unpacker& in)
{
    QList<Action> actions;
    const quint32 count = in.count(kLeastAction);
    if (count > kMostActions)
        in.fail();
    for (quint32 i = 0; i < count && !in.failed(); ++i)
        actions += unpackAction(in);
    return actions;
}

Transaction unpackTransaction(codec::Unpacker& in)
{
    Transaction made;
    made.header.expiration = in.u32();
    made.header.refBlockNum = in.u16();
    made.header.refBlockPrefix = in.u32();
    made.header.maxNetUsageWords = in.varuint32();
    made.header.maxCpuUsageMs = in.u8();
    made.header.delaySec = in.varuint32();
    made.contextFreeActions = unpackActions(in);
    made.actions = unpackActions(in);
    for (quint32 left = in.count(3); left > 0 && !in.failed(); --left) {
        const quint16 type = in.u16();
        made.extensions += TransactionExtension{type, toQByteArray(in.sized())};
    }
    return made;
}

void packAction(codec::Packer& out, const Action& action)
{
    out.u64(action.account.value()).u64(action.name.value());
    out.varuint32(static_cast<quint32>(action.authorization.size()));
    for (const PermissionLevel& level : action.authorization)
        out.u64(level.actor.value()).u64(level.permission.value());
    out.sized(bytesOf(action.data));
}

void packActions(codec::Packer& out, const QList<Action>& actions)
{
    out.varuint32(static_cast<quint32>(actions.size()));
    for (const Action& action : actions)
        packAction(out, action);
}

void packTransaction(codec::Packer& out, const Transaction& transaction)
{
    const TransactionHeader& header = transaction.header;
    out.u32(header.expiration).u16(header.refBlockNum).u32(header.refBlockPrefix);
    out.varuint32(header.maxNetUsageWords).u8(header.maxCpuUsageMs).varuint32(header.delaySec);
    packActions(out, transaction.contextFreeActions);
    packActions(out, transaction.actions);
    out.varuint32(static_cast<quint32>(transaction.extensions.size()));
    for (const TransactionExtension& extension : transaction.extensions)
        out.u16(extension.type).sized(bytesOf(extension.data));
}

Result<Transaction> Transaction::unpack(Bytes packed)
{
    if (qsizetype(packed.size()) > kLargestTransaction)
        return refuse(Why::TooLarge, kWhat, qint64(packed.size()), kLargestTransaction);
    codec::Unpacker in(packed);
    Transaction made = unpackTransaction(in);
    if (const auto whole = in.finished(kWhat); !whole)
        return fail(whole.error());
    return made;
}

QByteArray Transaction::pack() const
{
    codec::Packer out;
    packTransaction(out, *this);
    return out.take();
}

QString Transaction::id() const
{
    const QByteArray packed = pack();
    return codec::toHex(crypto::sha256(bytesOf(packed)));
}

Result<ByteArray<32>> Transaction::digest(const QString& chainId) const
{
    const QByteArray hex = chainId.toLatin1();
    const auto chain = codec::fromHex(std::string_view(hex.constData(), std::size_t(hex.size())));
    if (!chain || chain->size() != 32)
        return fail(ErrorCode::UnknownChain, chainId.left(64));
    const QByteArray packed = pack();
    const ByteArray<32> noContextFreeData{};
    return crypto::sha256({bytesOf(*chain), bytesOf(packed), noContextFreeData});
}

bool Transaction::isAuthorisedBy(const PermissionLevel& level) const
{
    return std::any_of(actions.cbegin(), actions.cend(),
        [&](const Action& action) { return action.authorization.contains(level); });
}

Result<void> setReference(TransactionHeader& header, const QString& blockId)
{
    const QByteArray hex = blockId.toLatin1();
    const auto id = codec::fromHex(std::string_view(hex.constData(), std::size_t(hex.size())));
    if (!id || id->size() != 32)
        return refuse(Why::NotThisForm);
    codec::Unpacker in(bytesOf(*id));
    const Bytes number = in.bytes(4); // big-endian
    header.refBlockNum = static_cast<quint16>(number[2] << 8 | number[3]);
    (void)in.u32();
    header.refBlockPrefix = in.u32();
    return {};
}

QJsonObject toJson(const Action& action)
{
    QJsonArray levels;
    for (const PermissionLevel& level : action.authorization) {
        levels += QJsonObject{{u"actor"_s, level.actor.text()}, {u"permission"_s, level.permission.text()}};
    }
    return {{u"account"_s, action.account.text()}, {u"name"_s, action.name.text()},
        {u"authorization"_s, levels}, {u"data"_s, codec::toHex(bytesOf(action.data))}};
}

QJsonObject toJson(const Transaction& transaction)
{
    const TransactionHeader& header = transaction.header;
    QJsonArray extensions;
    for (const TransactionExtension& each : transaction.extensions)
        extensions += QJsonArray{each.type, codec::toHex(bytesOf(each.data))};
    return {{u"expiration"_s, secondsText(header.expiration)}, {u"ref_block_num"_s, header.refBlockNum},
        {u"ref_block_prefix"_s, qint64{header.refBlockPrefix}},
        {u"max_net_usage_words"_s, qint64{header.maxNetUsageWords}},
        {u"max_cpu_usage_ms"_s, header.maxCpuUsageMs}, {u"delay_sec"_s, qint64{header.delaySec}},
        {u"context_free_actions"_s, toJson(transaction.contextFreeActions)},
        {u"actions"_s, toJson(transaction.actions)}, {u"transaction_extensions"_s, extensions}};
}

} // namespace hatstand::antelope
