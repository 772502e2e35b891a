// SPDX-License-Identifier: MIT
#include "ui/pictures/PictureStore.h"

#include "core/accounts/NetSetup.h"
#include "core/base/Clock.h"
#include "core/base/Settings.h"
#include "core/cache/PictureFiles.h"
#include "core/net/Fetcher.h"
#include "core/session/SessionManager.h"
#include "core/signing/OffLoop.h"
#include "ui/pictures/DecodedPicture.h"

#include <QBuffer>
#include <QCache>
#include <QHash>
#include <QImageReader>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <QUuid>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using session::SessionId;

constexpr qsizetype kMostAtOnce = 4;
constexpr int kDecoders = 2;
constexpr qsizetype kMostWaiting = 64; ///< a list that was scrolled through does not fetch what went by
constexpr qsizetype kMemory = qsizetype{4} * 1024; ///< KiB, of each of the two caches
constexpr int kMegabytesToDecode = 128;
constexpr int kMinutesUntilAnotherTry = 30;

/// Encoded again: what lies on disk was made here.
QByteArray pngOf(const QImage& image)
{
    QBuffer png;
    png.open(QIODevice::WriteOnly);
    return image.save(&png, "png") ? png.data() : QByteArray();
}

qsizetype kibOf(const QImage& image)
{
    return qMax(image.sizeInBytes() / 1024, qsizetype(1));
}

/// What one account's picture is asked for with. Gone once it is no longer wanted, and its answer with it.
struct Job : QObject
{
    using QObject::QObject;
    QString address;
};

/// Why there is none; a network that was away is no reason for good.
struct Failure
{
    QString address;
    bool isForGood = false;
    QDateTime at;
};

} // namespace

class PictureStore::Private
{
public:
    Private(PictureStore& owner, Context given)
        : q(owner)
        , context(std::move(given))
        , files(context.folder)
        , images(kMemory)
        , pixmaps(kMemory)
    {
        disk.setMaxThreadCount(1);
        decoders.setMaxThreadCount(kDecoders);
        pump.setSingleShot(true);
        pump.setInterval(0);
        QObject::connect(&pump, &QTimer::timeout, &q, [this] { startWaiting(); });
    }

    [[nodiscard]] bool isOn() const { return context.settings.value(u"pictures.remote"_s) == "true"_L1; }
    [[nodiscard]] QString addressOf(const SessionId& id) const
    {
        return id.family() == "nostr"_L1 && context.address ? context.address(id) : QString();
    }
    void usePolicy() { fetcher.setPolicy(accounts::netPolicy(context.settings)); }

    /// False: it was about that one already.
    bool turnTo(const SessionId& id, const QString& address)
    {
        if (addresses.value(id) == address)
            return false;
        forget(id);
        if (!address.isEmpty())
            addresses.insert(id, address);
        return true;
    }

    void want(const SessionId& id, const QString& address)
    {
        if (jobs.contains(id) || waiting.contains(id))
            return;
        if (const auto failed = failures.constFind(id); failed != failures.cend()) {
            const bool isOver
                = failed->at.secsTo(context.clock.now()) >= qint64{60} * kMinutesUntilAnotherTry;
            if (failed->address == address && (failed->isForGood || !isOver))
                return;
            failures.erase(failed);
        }
        waiting += id;
        if (waiting.size() > kMostWaiting)
            waiting.removeFirst();
        pump.start();
    }

    void startWaiting()
    {
        while (jobs.size() < kMostAtOnce && !waiting.isEmpty()) {
            const SessionId id = waiting.takeLast(); // what was asked for last is what is looked at
            const QString address = addressOf(id);
            if (!address.isEmpty() && isOn())
                start(id, address);
        }
    }

    void start(const SessionId& id, const QString& address)
    {
        auto* job = new Job(&q);
        job->address = address;
        jobs.insert(id, job);
        signing::offLoop<Result<QImage>>(
            context.pool, job,
            [files = files, pubkey = id.identity(), address]() -> Result<QImage> {
                const QByteArray png = files.get(pubkey, address);
                return png.isEmpty() ? fail(ErrorCode::NotFound) : decodedPicture(png);
            },
            [this, id, job](const Result<QImage>& image) { image ? end(id, image) : fetch(id, job); });
    }

    /// Its own, so that a proxy learns neither whose picture it is nor which belong to one person.
    QString circuitOf(const SessionId& id)
    {
        QString& circuit = circuits[id];
        if (circuit.isEmpty())
            circuit = QUuid::createUuid().toString(QUuid::Id128);
        return circuit;
    }

    /// Of a private account nothing is asked by itself unless it is active.
    [[nodiscard]] bool mayFetch(const SessionId& id) const
    {
        const session::Session* session = context.sessions.find(id);
        return session && (!session->isPrivate || context.sessions.active() == id);
    }

    void fetch(const SessionId& id, Job* job)
    {
        if (!mayFetch(id))
            return end(id, fail(ErrorCode::Network));
        net::FetchLimits limits;
        limits.types = {"image/png", "image/jpeg", "image/webp", "image/gif"};
        fetcher.get(
            QUrl(job->address), circuitOf(id), limits, job, [this, id, job](const Result<QByteArray>& bytes) {
                bytes ? decode(id, job, *bytes) : end(id, fail(bytes.error()));
            });
    }

    void decode(const SessionId& id, Job* job, const QByteArray& bytes)
    {
        using Made = std::pair<Result<QImage>, QByteArray>;
        signing::offLoop<Made>(
            decoders, job,
            [bytes] {
                auto image = decodedPicture(bytes);
                const QByteArray png = image ? pngOf(*image) : QByteArray();
                return Made(std::move(image), png);
            },
            [this, id, address = job->address](const Made& made) {
                if (!made.second.isEmpty()) // without a disk it is fetched again in the next run
                    disk.start([files = files, pubkey = id.identity(), address, png = made.second] {
                        static_cast<void>(files.put(pubkey, address, png));
                    });
                end(id, made.first);
            });
    }

    void end(const SessionId& id, const Result<QImage>& image)
    {
        Job* job = jobs.take(id);
        job->deleteLater();
        pump.start();
        if (!image) {
            const ErrorCode code = image.error().code;
            const bool isAway = code == ErrorCode::Expired
                || (code == ErrorCode::Network && image.error().why == Why::Unsaid);
            failures.insert(id, {job->address, !isAway, context.clock.now()});
            return;
        }
        images.insert(id, new QImage(*image), kibOf(*image));
        Q_EMIT q.arrived(id);
    }

    /// What could not be asked for may be asked for now.
    void tryAgain(const SessionId& id)
    {
        const auto failed = failures.constFind(id);
        if (failed == failures.cend() || failed->isForGood || !mayFetch(id))
            return;
        failures.erase(failed);
        Q_EMIT q.arrived(id);
    }

    /// Of one account, in memory alone.
    void forget(const SessionId& id)
    {
        if (jobs.contains(id)) {
            delete jobs.take(id);
            pump.start();
        }
        waiting.removeAll(id);
        failures.remove(id);
        images.remove(id);
        const QList<std::pair<SessionId, int>> sizes = pixmaps.keys();
        for (const auto& size : sizes) {
            if (size.first == id)
                pixmaps.remove(size);
        }
        addresses.remove(id);
    }

    void changeSetting(const QString& key)
    {
        const bool isNet = accounts::isNetSetting(key);
        if (isNet) {
            usePolicy();
            failures.clear();
        }
        if (key != "pictures.remote"_L1 && !isNet)
            return;
        const bool isHidden = !isOn();
        if (isHidden)
            removeFilesBut({});
        const auto sessions = context.sessions.sessions();
        for (const session::Session& session : sessions) {
            if (isHidden)
                forget(session.id);
            if (!addressOf(session.id).isEmpty())
                Q_EMIT q.arrived(session.id); // to be asked for again
        }
    }

    void removeFilesBut(const QStringList& pubkeys)
    {
        disk.start([files = files, pubkeys] { files.keepOnly(pubkeys); });
    }

    PictureStore& q;
    Context context;
    cache::PictureFiles files;
    net::Fetcher fetcher;
    QTimer pump;
    QList<SessionId> waiting;
    QHash<SessionId, Job*> jobs;
    QHash<SessionId, Failure> failures;
    QHash<SessionId, QString> circuits;
    QHash<SessionId, QString> addresses; ///< that all of the above and below are about
    QCache<SessionId, QImage> images;
    QCache<std::pair<SessionId, int>, QPixmap> pixmaps;
    /// For what strangers made, which takes as long as they like: the shared pool opens keys.
    QThreadPool decoders;
    QThreadPool disk; ///< of one thread: what is put and what is removed happens in this order
};

PictureStore::PictureStore(Context context, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(context)))
{
    QImageReader::setAllocationLimit(kMegabytesToDecode);
    d->usePolicy();
    connect(&d->context.settings, &Settings::changed, this,
        [this](const QString& key) { d->changeSetting(key); });
    using session::SessionManager;
    connect(&d->context.sessions, &SessionManager::activeChanged, this,
        [this](const SessionId& id) { d->tryAgain(id); });
    connect(&d->context.sessions, &SessionManager::sessionChanged, this,
        [this](const SessionId& id) { d->tryAgain(id); });
    connect(&d->context.sessions, &SessionManager::sessionRemoved, this, [this](const SessionId& id) {
        d->forget(id);
        d->circuits.remove(id);
        if (id.family() == "nostr"_L1)
            d->disk.start([files = d->files, pubkey = id.identity()] { files.remove(pubkey); });
    });
    QStringList kept; // others were logged out while this did not run
    const auto& all = d->context.sessions.sessions();
    for (const session::Session& session : all) {
        if (d->isOn())
            kept += session.id.identity();
    }
    d->removeFilesBut(kept);
}

PictureStore::~PictureStore()
{
    d->decoders.clear(); // waits for what runs, not for what has not begun
}

QPixmap PictureStore::picture(const SessionId& id, int devicePixels)
{
    const QString address = d->addressOf(id);
    if (!d->isOn())
        return {};
    d->turnTo(id, address);
    if (address.isEmpty())
        return {};
    const std::pair size(id, qBound(1, devicePixels, kPictureSide));
    if (const QPixmap* made = d->pixmaps.object(size))
        return *made;
    const QImage* image = d->images.object(id);
    if (!image) {
        d->want(id, address);
        return {};
    }
    QPixmap made = QPixmap::fromImage(
        image->scaled(size.second, size.second, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    d->pixmaps.insert(
        size, new QPixmap(made), qMax(qsizetype{4} * size.second * size.second / 1024, qsizetype(1)));
    return made;
}

PictureAt PictureStore::of(const SessionId& id)
{
    return [this, id](int devicePixels) { return picture(id, devicePixels); };
}

void PictureStore::lookAgain(const SessionId& id)
{
    if (d->turnTo(id, d->addressOf(id)))
        Q_EMIT arrived(id);
}

bool PictureStore::isIdle() const
{
    return d->jobs.isEmpty() && d->waiting.isEmpty();
}

} // namespace hatstand::ui
