// SPDX-License-Identifier: MIT
// What a node says no with, and what it says to a transaction and of a contract.
#include "core/chain/ChainAnswers.h"
#include "core/chain/Reading_p.h"

namespace hatstand::chain {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace reading;

constexpr qsizetype kLongestText = 400;

/// A stranger's text for one line: nothing that moves the cursor, hides, or turns the writing around.
QString plainLine(const QString& text)
{
    QString plain;
    for (const char32_t c : text.first(std::min(text.size(), qsizetype{4} * kLongestText)).toUcs4()) {
        switch (QChar::category(c)) {
        case QChar::Other_Format:
        case QChar::Other_Surrogate:
        case QChar::Other_PrivateUse:
        case QChar::Other_NotAssigned:
            continue;
        case QChar::Other_Control:
            plain += u' ';
            continue;
        default:
            plain += QStringView(QChar::fromUcs4(c));
        }
    }
    plain = plain.simplified();
    if (plain.size() <= kLongestText)
        return plain;
    plain.truncate(kLongestText - 1);
    if (plain.back().isHighSurrogate())
        plain.chop(1);
    return plain + u'…';
}

/// "assertion failure with message: ${s}" with what data says of s.
QString filledIn(QString format, const QJsonObject& data)
{
    for (auto it = data.constBegin(); it != data.constEnd() && format.size() <= 4 * kLongestText; ++it) {
        const QString value = it->isString() ? it->toString() : it->toVariant().toString();
        format.replace("${"_L1 + it.key() + u'}', value.left(kLongestText));
    }
    return format;
}

QString messageOf(const QJsonObject& error)
{
    const QJsonArray details = error["details"_L1].toArray();
    for (const auto& each : details) {
        if (QString said = plainLine(each.toObject()["message"_L1].toString()); !said.isEmpty())
            return said;
    }
    const QJsonArray stack = error["stack"_L1].toArray(); // of an exception that is in a trace
    for (const auto& each : stack) {
        const QJsonObject frame = each.toObject();
        const QString format = frame["format"_L1].toString().left(4 * kLongestText);
        if (QString said = plainLine(filledIn(format, frame["data"_L1].toObject())); !said.isEmpty())
            return said;
    }
    for (const QLatin1StringView field : {"what"_L1, "message"_L1, "name"_L1}) {
        if (QString said = plainLine(error[field].toString()); !said.isEmpty())
            return said;
    }
    return {};
}

std::optional<NodeError> errorFrom(const QJsonObject& error, const QString& otherwise)
{
    NodeError told{.code = number(error["code"_L1], 0, std::numeric_limits<qint64>::max()).value_or(0),
        .text = messageOf(error)};
    if (told.text.isEmpty())
        told.text = plainLine(otherwise);
    if (told.text.isEmpty())
        return std::nullopt;
    return told;
}

/// The other alphabet's ending varies: some nodes leave the padding out, some write one sign too many.
std::optional<QByteArray> base64(const QString& text)
{
    QByteArray plain = text.toLatin1();
    while (plain.endsWith('='))
        plain.chop(1);
    const auto decoded = QByteArray::fromBase64Encoding(
        plain, QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional<QByteArray>(*decoded) : std::nullopt;
}

} // namespace

std::optional<NodeError> parseNodeError(const QByteArray& json)
{
    const QJsonObject told = object(json);
    if (!told["error"_L1].isObject())
        return std::nullopt;
    return errorFrom(told["error"_L1].toObject(), told["message"_L1].toString());
}

bool isNoSuchAccount(const NodeError& error)
{
    return error.code == kAccountQuery || error.text.contains("unknown key"_L1);
}

Result<PushAnswer> parsePushed(const QByteArray& json)
{
    const QJsonObject told = object(json);
    const QString id = told["transaction_id"_L1].toString().toLower();
    if (!isHex64(id))
        return malformed("send_transaction"_L1);
    const QJsonObject trace = told["processed"_L1].toObject();
    PushAnswer answer{.pushed = {.transactionId = id}};
    if (trace["except"_L1].isObject())
        answer.refusal = errorFrom(trace["except"_L1].toObject(), u"exception"_s);
    constexpr auto most = qint64{std::numeric_limits<quint32>::max()};
    if (const auto block = number(trace["block_num"_L1], 1, most))
        answer.pushed.blockNumber = static_cast<quint32>(*block);
    return answer;
}

Result<RawAbi> parseRawAbi(const QByteArray& json, const QString& contract, const QString& knownHash)
{
    const QJsonObject told = object(json);
    if (told["account_name"_L1].toString() != contract)
        return malformed("get_raw_abi"_L1);
    const QJsonValue abi = told["abi"_L1];
    if (abi.isUndefined() || abi.isNull()) {
        if (knownHash.isEmpty() || told["abi_hash"_L1].toString().toLower() != knownHash)
            return malformed("get_raw_abi"_L1);
        return RawAbi{.packed = {}, .isLeftOut = true};
    }
    const auto packed = abi.isString() ? base64(abi.toString()) : std::nullopt;
    if (!packed)
        return malformed("get_raw_abi"_L1);
    return RawAbi{.packed = *packed};
}

Result<QByteArray> parseJsonAbi(const QByteArray& json, const QString& contract)
{
    const QJsonObject told = object(json);
    const QJsonValue abi = told["abi"_L1];
    if (told["account_name"_L1].toString() != contract || !(abi.isObject() || abi.isUndefined()))
        return malformed("get_abi"_L1);
    if (abi.isUndefined() || abi.toObject().isEmpty())
        return QByteArray();
    return QJsonDocument(abi.toObject()).toJson(QJsonDocument::Compact);
}

} // namespace hatstand::chain
