// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/secrets/VaultFile.h"

class QThreadPool;

namespace hatstand::secrets {

/// deriveMasterKey() on the pool; the answer comes on the event loop, unless context has gone by then.
/// WrongPassphrase for none or an empty one, which no vault has; Failed where memory is out.
void derive(QThreadPool& pool, QObject* context, const KeyParameters& parameters,
    const SharedSecret& passphrase, Callback<SharedSecret> done);

} // namespace hatstand::secrets
