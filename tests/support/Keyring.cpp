// SPDX-License-Identifier: MIT
#include "tests/support/Keyring.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace hatstand::test {
namespace {

const QString kService = u"org.freedesktop.secrets"_s;
const QString kPath = u"/org/freedesktop/secrets"_s;
const QDBusObjectPath kLogin(u"/org/freedesktop/secrets/collection/login"_s);

/// The Secret Service's struct (oayays).
struct Secret
{
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};

QDBusArgument& operator<<(QDBusArgument& out, const Secret& secret)
{
    out.beginStructure();
    out << secret.session << secret.parameters << secret.value << secret.contentType;
    out.endStructure();
    return out;
}

const QDBusArgument& operator>>(const QDBusArgument& in, Secret& secret)
{
    in.beginStructure();
    in >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    in.endStructure();
    return in;
}

QDBusMessage call(const QString& interface, const QString& method, const QVariantList& arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(kService, kPath, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

} // namespace

Result<SharedSecret> read(secrets::SecretVault& vault, const QString& key)
{
    return answerOf<SharedSecret>([&](auto done) { vault.read(key, done); });
}

Result<void> write(secrets::Vault& vault, const QString& key, std::string_view value)
{
    const auto secret = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(value));
    return answerOf<void>([&](auto done) { vault.write(key, secret, done); });
}

Result<void> remove(secrets::Vault& vault, const QString& key)
{
    return answerOf<void>([&](auto done) { vault.remove(key, done); });
}

Result<std::optional<secrets::SecretType>> look(secrets::Vault& vault, const QString& key)
{
    return answerOf<std::optional<secrets::SecretType>>([&](auto done) { vault.look(key, done); });
}

Result<secrets::VaultState> refresh(secrets::Vault& vault)
{
    return answerOf<secrets::VaultState>([&](auto done) { vault.refresh(done); });
}

Result<QSet<QString>> keys(secrets::Vault& vault)
{
    return answerOf<QSet<QString>>([&](auto done) { vault.keys(done); });
}

Result<void> unlock(secrets::Vault& vault, std::string_view passphrase)
{
    const auto secret = std::make_shared<const SecretBuffer>(SecretBuffer::copyOf(passphrase));
    return answerOf<void>([&](auto done) { vault.unlock(secret, done); });
}

Result<void> lock(secrets::Vault& vault)
{
    return answerOf<void>([&](auto done) { vault.lock(done); });
}

namespace keyring {

bool lock()
{
    const auto paths = QVariant::fromValue(QList<QDBusObjectPath>{kLogin});
    return call(u"org.freedesktop.Secret.Service"_s, u"Lock"_s, {paths}).type() == QDBusMessage::ReplyMessage;
}

bool unlock()
{
    qDBusRegisterMetaType<Secret>();
    const auto session = call(u"org.freedesktop.Secret.Service"_s, u"OpenSession"_s,
        {u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))});
    const Secret password{session.arguments().value(1).value<QDBusObjectPath>(), {},
        qgetenv("HATSTAND_TEST_KEYRING_PASSWORD"), u"text/plain"_s};
    return call(u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s, u"UnlockWithMasterPassword"_s,
               {QVariant::fromValue(kLogin), QVariant::fromValue(password)})
               .type()
        == QDBusMessage::ReplyMessage;
}

qint64 pid()
{
    const QDBusReply<uint> reply = QDBusConnection::sessionBus().interface()->servicePid(kService);
    return reply.isValid() ? reply.value() : 0;
}

bool kill()
{
    const qint64 process = pid();
    return process > 0 && ::kill(static_cast<pid_t>(process), SIGKILL) == 0 && QTest::qWaitFor([] {
        return !QDBusConnection::sessionBus().interface()->isServiceRegistered(kService);
    });
}

namespace {
qint64 stopped = 0;
}

bool stop()
{
    stopped = pid();
    return stopped > 0 && ::kill(static_cast<pid_t>(stopped), SIGSTOP) == 0;
}

void resume()
{
    ::kill(static_cast<pid_t>(stopped), SIGCONT);
}

} // namespace keyring

namespace {
const QString kMark = u"org.hatstand.TestMark"_s;
}

PromptWatch::PromptWatch()
{
    m_monitor.start(u"dbus-monitor"_s,
        {u"--session"_s, u"interface='org.gnome.keyring.internal.Prompter'"_s,
            u"interface='%1'"_s.arg(kMark)});
    // It listens once it has seen something.
    const bool listens = QTest::qWaitFor([this] {
        QDBusConnection::sessionBus().send(QDBusMessage::createSignal(u"/"_s, kMark, u"Mark0"_s));
        return (m_seen += m_monitor.readAll()).contains("member=Mark0");
    });
    if (!listens)
        qFatal("dbus-monitor hears nothing");
}

PromptWatch::~PromptWatch()
{
    m_monitor.terminate();
    m_monitor.waitForFinished();
}

bool PromptWatch::sawPrompt()
{
    const QString mark = u"Mark%1"_s.arg(++m_marks);
    QDBusConnection::sessionBus().send(QDBusMessage::createSignal(u"/"_s, kMark, mark));
    const bool isThere = QTest::qWaitFor(
        [&] { return (m_seen += m_monitor.readAll()).contains("member=" + mark.toLatin1() + '\n'); });
    if (!isThere)
        qFatal("dbus-monitor hears nothing more");
    return m_seen.contains("member=BeginPrompting");
}

} // namespace hatstand::test

Q_DECLARE_METATYPE(hatstand::test::Secret)
