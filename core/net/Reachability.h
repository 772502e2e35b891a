// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <memory>

namespace hatstand::net {

/// The port to whoever knows whether there is a network. Lives on the thread that uses it.
class Reachability : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual bool isOnline() const = 0; ///< true where nobody knows

Q_SIGNALS:
    void changed(bool online);
};

/// By QNetworkInformation's backend of one of the names, the first that is there; otherwise always online.
[[nodiscard]] std::unique_ptr<Reachability> systemReachability();

} // namespace hatstand::net
