// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <QVariantMap>
#include <functional>

class QDBusMessage;

namespace hatstand::presence {

/// This login session as systemd-logind sees it (org.freedesktop.login1(5), on the system bus), and the
/// computer's going to sleep.
class LogindSession final : public QObject
{
    Q_OBJECT
public:
    explicit LogindSession(QObject* parent = nullptr);
    void start();
    /// Whether sleep is to wait for us: holds an inhibitor of the kind "delay".
    void setDelaying(bool delaying);

Q_SIGNALS:
    void sleepChanged(bool sleeping); ///< true: about to sleep, and waiting while delayed
    void lockedChanged(bool locked);
    void inFrontChanged(bool inFront); ///< false: another session has the screen
    /// Whether the desktop calls the session idle, and since when (UTC).
    void idleHintChanged(bool idle, const QDateTime& since);

private:
    Q_SLOT void onPrepareForSleep(bool start);
    Q_SLOT void onLock();
    Q_SLOT void onUnlock();
    Q_SLOT void onProperties(
        const QString& interface, const QVariantMap& changed, const QStringList& invalidated);

    using Answer = std::function<void(const QDBusMessage&)>;
    void call(const QString& path, const QString& interface, const QString& method,
        const QVariantList& arguments, Answer answered);
    void find();
    void findByProcess();
    void findByUser();
    void follow(const QDBusObjectPath& path);
    void read();
    void take(const QVariantMap& properties, bool first);
    void inhibit();
    void release();

    QString m_path; ///< of the session; empty until found
    QVariantMap m_known; ///< what its properties were last
    bool m_started = false;
    bool m_delaying = false;
    bool m_asking = false; ///< for the inhibitor
    QDBusUnixFileDescriptor m_inhibitor;
    QTimer m_mostDelay;
};

} // namespace hatstand::presence
