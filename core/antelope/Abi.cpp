// SPDX-License-Identifier: MIT
#include "core/antelope/AbiTypes_p.h"

namespace hatstand::antelope {

int Abi::Types::plain(int type) const
{
    for (int steps = 0; type >= 0 && steps < kDeepest; ++steps) {
        if (all[type].kind != AbiType::Kind::Alias)
            return type;
        type = all[type].inner;
    }
    return -1;
}

std::optional<QList<AbiType::Part>> Abi::Types::fields(int type) const
{
    QList<AbiType::Part> fields;
    for (int steps = 0; steps < kDeepest; ++steps) {
        type = plain(type);
        if (type < 0 || all[type].kind != AbiType::Kind::Struct)
            return std::nullopt;
        fields = all[type].parts + fields;
        type = all[type].inner;
        if (type < 0)
            return fields;
    }
    return std::nullopt;
}

Result<QString> Abi::actionType(Name action) const
{
    const auto found = m_types->actions.constFind(action.value());
    if (found == m_types->actions.cend())
        return refuse(Why::UnknownType, action.text());
    return *found;
}

bool Abi::hasType(const QString& type) const
{
    const int found = m_types->find(type);
    return found >= 0 && m_types->all[found].kind != AbiType::Kind::Unknown;
}

QStringList Abi::fieldsOf(const QString& type) const
{
    QStringList names;
    const auto fields = m_types->fields(m_types->find(type));
    for (const AbiType::Part& field : fields.value_or(QList<AbiType::Part>()))
        names += field.name;
    return names;
}

QString Abi::typeOfField(const QString& type, const QString& name) const
{
    const auto fields = m_types->fields(m_types->find(type));
    for (const AbiType::Part& field : fields.value_or(QList<AbiType::Part>())) {
        if (field.name == name)
            return m_types->all[field.type].name;
    }
    return {};
}

QString Abi::plainType(const QString& type) const
{
    const int found = m_types->plain(m_types->find(type));
    return found < 0 ? QString() : m_types->all[found].name;
}

} // namespace hatstand::antelope
