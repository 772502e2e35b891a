// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/NetPolicy.h"

#include <QJsonObject>
#include <optional>

namespace hatstand::antelope {
struct EsrRequest;
}
namespace hatstand {
class Random;
class Settings;
namespace net {
class Reachability;
}
} // namespace hatstand

namespace hatstand::links {

/// Channels of a forwarder ("buoy"): what is posted to SERVICE/CHANNEL comes out of the websocket that is
/// open there, and waits for one for a while. Who knows a channel's name may write to it, so names are drawn.

/// What every channel is made with; all of it outlives them.
struct LinkNet
{
    const Settings& settings;
    net::Reachability& reachability;
    Random& random;
};

[[nodiscard]] QString newChannel(Random& random); ///< a UUID, version 4
[[nodiscard]] QString newChannelUrl(const LinkNet& net); ///< of a new channel at the service of the settings
[[nodiscard]] QString serviceUrl(const Settings& settings); ///< without a slash at its end
/// What a proxy may know of a channel, to keep it apart from others: not its name.
[[nodiscard]] QString circuitOf(const QString& channel);
/// https, or http where the person named its host; a host, a path, and no user.
[[nodiscard]] bool isChannelUrl(const QString& url, const net::NetPolicy& policy);

/// "esr:" without slashes, as WharfKit's plugins write it.
[[nodiscard]] QString toUri(const antelope::EsrRequest& request);

/// What is posted to the callback of a request whose answer is no.
[[nodiscard]] QByteArray rejection(const QString& reason);
/// An answer that came over a channel: an object of text, as EEP-7 has it; a number becomes its digits.
/// nullopt: it is none.
[[nodiscard]] std::optional<QJsonObject> parseAnswer(const QByteArray& message);
[[nodiscard]] bool isRejection(const QJsonObject& answer);

} // namespace hatstand::links
