// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/EsrResolve.h"

#include <QJsonArray>

namespace hatstand::requests {

/// A transaction as people and tools write it, before the ABIs that its data needs are there.
class TransactionJson
{
public:
    /// One action, a list of actions, or an object with "actions" and what a header may have. An action
    /// without authorization is authorised by whoever signs. Malformed with the field; TooLarge.
    [[nodiscard]] static Result<TransactionJson> parse(const QByteArray& json);

    [[nodiscard]] QList<antelope::Name> contracts() const; ///< each once
    [[nodiscard]] QList<antelope::PermissionLevel> levels() const; ///< those that are named
    /// Data that is hex stays as it is. NoAbi (code Network); errors of Abi.
    [[nodiscard]] Result<antelope::EsrRequest> build(const antelope::Abis& abis) const;

private:
    struct Draft
    {
        antelope::Action action;
        QJsonValue data;
    };
    [[nodiscard]] static Result<Draft> parseAction(const QJsonValue& json);
    [[nodiscard]] Result<void> parseHeader(const QJsonObject& object);

    QList<Draft> m_actions;
    antelope::TransactionHeader m_header;
};

/// Puts what the chain says where header has nothing.
void fillIn(antelope::TransactionHeader& header, const antelope::TransactionHeader& from);

} // namespace hatstand::requests
