// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/NetPolicy.h"

#include <QObject>

namespace hatstand::net {

/// Checks url by the policy, before and after the look-up of its host. What follows within Qt's cache of
/// look-ups (60 s) connects to the addresses that were checked; whoever holds a socket compares its peer too.
/// With a proxy, for a named host and for an address nothing is looked up. Network where the host is not
/// found. Dropped with context.
void checkReachable(const NetPolicy& policy, const QUrl& url, const QStringList& schemes, QObject* context,
    Callback<void> done);

} // namespace hatstand::net
