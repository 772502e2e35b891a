// SPDX-License-Identifier: MIT
#pragma once

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace hatstand::signing {

/// Runs work on the pool and gives what it made to done on context's event loop; done is dropped once context
/// is gone. The result travels in a shared_ptr: on Qt 6.4 a move-only one does not survive a continuation.
template <class T>
void offLoop(QThreadPool& pool, QObject* context, std::function<T()> work, std::function<void(T)> done)
{
    using Shared = std::shared_ptr<T>;
    const auto promise = std::make_shared<QPromise<Shared>>();
    auto* watcher = new QFutureWatcher<Shared>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        const Shared made = watcher->future().takeResult();
        done(std::move(*made));
    });
    watcher->setFuture(promise->future());
    promise->start();
    pool.start([promise, work = std::move(work)] {
        promise->addResult(std::make_shared<T>(work()));
        promise->finish();
    });
}

} // namespace hatstand::signing
