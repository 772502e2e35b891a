// SPDX-License-Identifier: MIT
#include "core/net/Reachability.h"

#include <QNetworkInformation>

namespace hatstand::net {
namespace {

using namespace Qt::Literals::StringLiterals;

class AlwaysOnline final : public Reachability
{
public:
    [[nodiscard]] bool isOnline() const override { return true; }
};

/// Only a network that is surely away counts: behind a portal or a local name server things may still work.
class ByNetworkInformation final : public Reachability
{
public:
    explicit ByNetworkInformation(QNetworkInformation& information)
        : m_information(information)
    {
        connect(&information, &QNetworkInformation::reachabilityChanged, this,
            [this] { Q_EMIT changed(isOnline()); });
    }
    [[nodiscard]] bool isOnline() const override
    {
        return m_information.reachability() != QNetworkInformation::Reachability::Disconnected;
    }

private:
    QNetworkInformation& m_information;
};

} // namespace

std::unique_ptr<Reachability> systemReachability()
{
    for (const QString& backend : {u"networkmanager"_s, u"glib"_s}) {
        if (QNetworkInformation::loadBackendByName(backend))
            return std::make_unique<ByNetworkInformation>(*QNetworkInformation::instance());
    }
    return std::make_unique<AlwaysOnline>();
}

} // namespace hatstand::net
