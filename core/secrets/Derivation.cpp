// SPDX-License-Identifier: MIT
#include "core/secrets/Derivation.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

namespace hatstand::secrets {

void derive(QThreadPool& pool, QObject* context, const KeyParameters& parameters,
    const SharedSecret& passphrase, Callback<SharedSecret> done)
{
    if (!passphrase || passphrase->isEmpty())
        return done(fail(ErrorCode::WrongPassphrase));
    const auto promise = std::make_shared<QPromise<SharedSecret>>();
    promise->start();
    auto* watcher = new QFutureWatcher<SharedSecret>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        const SharedSecret key = watcher->result();
        if (!key)
            return done(fail(ErrorCode::Failed, QStringLiteral("memory is out")));
        done(key);
    });
    watcher->setFuture(promise->future());
    pool.start([parameters, passphrase, promise] {
        SecretBuffer key = deriveMasterKey(parameters, *passphrase);
        promise->addResult(key.isEmpty() ? nullptr : std::make_shared<const SecretBuffer>(std::move(key)));
        promise->finish();
    });
}

} // namespace hatstand::secrets
