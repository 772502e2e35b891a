// SPDX-License-Identifier: MIT
#include "app/control/ControlClient.h"

#include "app/cli/Report.h"
#include "app/control/Protocol.h"

#include <QCoreApplication>

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

Console::Destination destinationOf(const QJsonObject& question)
{
    const QJsonObject to = question.value("to"_L1).toObject();
    return {to.value("file"_L1).toString(), to.value("secret"_L1).toBool()};
}

} // namespace

ControlClient::ControlClient(
    std::unique_ptr<Channel> channel, Console& console, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_channel(std::move(channel))
    , m_console(console)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &ControlClient::giveUp);
    connect(m_channel.get(), &Channel::received, this, &ControlClient::onFrame);
    connect(m_channel.get(), &Channel::closed, this, [this] {
        if (m_done)
            finish(
                report(fail(ErrorCode::Failed,
                           QCoreApplication::translate("ControlClient", "the running Hatstand went away.")),
                    m_json, m_console));
    });
}

void ControlClient::run(const Request& request, std::function<void(int)> done)
{
    m_done = std::move(done);
    m_json = request.json();
    m_channel->send(Frame::json(request.toJson()));
    m_patience.start();
}

/// It is stopped, or stuck. It may still find the request later, but also that nobody waits for it any more.
void ControlClient::giveUp()
{
    const auto pid = m_channel->peerProcess();
    finish(report(fail(ErrorCode::Busy,
                      pid ? QCoreApplication::translate("InstanceLock", "process %1").arg(*pid) : QString()),
        m_json, m_console));
    m_channel->abort();
}

void ControlClient::onFrame(const std::shared_ptr<Frame>& frame)
{
    m_patience.stop();
    if (m_deliverTo) {
        const auto destination = *std::exchange(m_deliverTo, std::nullopt);
        if (frame->type != Frame::Type::Secret)
            return m_channel->abort();
        return m_console.deliver(destination, std::make_shared<const SecretBuffer>(std::move(frame->payload)),
            [this](const Result<void>& done) { sendPlain(done); });
    }
    const auto object = frame->object();
    if (!object)
        return m_channel->abort();
    if (object->contains("error"_L1))
        return finish(
            report(fail(protocol::errorFromJson(object->value("error"_L1).toObject())), m_json, m_console));
    if (!object->value("more"_L1).toBool())
        return finish(object->value("exit"_L1).toInt(1));
    if (object->contains("out"_L1))
        m_console.out(object->value("out"_L1).toString().toUtf8());
    else if (object->contains("err"_L1))
        m_console.err(object->value("err"_L1).toString().toUtf8());
    else
        serve(*object);
}

void ControlClient::serve(const QJsonObject& question)
{
    const QString what = question.value("ask"_L1).toString();
    const auto secret = [this](const Result<SharedSecret>& answer) { sendSecret(answer); };
    const auto plain = [this](const Result<void>& answer) { sendPlain(answer); };
    if (what == "input"_L1)
        return m_console.readInput(secret);
    if (what == "confirm"_L1)
        return m_console.confirm(question.value("text"_L1).toString(), plain);
    if (what == "destination"_L1)
        return m_console.checkDestination(destinationOf(question), plain);
    if (what == "deliver"_L1) {
        m_deliverTo = destinationOf(question);
        return;
    }
    const auto which = protocol::passphraseFromName(question.value("which"_L1).toString());
    if (what == "passphrase"_L1 && which)
        return m_console.passphrase(*which, question.value("session"_L1).toString(), secret);
    m_channel->abort();
}

void ControlClient::sendSecret(const Result<SharedSecret>& answer)
{
    if (answer)
        m_channel->send(Frame::secret(**answer));
    else
        m_channel->send(Frame::json({{u"error"_s, protocol::toJson(answer.error())}}));
}

void ControlClient::sendPlain(const Result<void>& answer)
{
    m_channel->send(Frame::json(
        answer ? QJsonObject{{u"ok"_s, true}} : QJsonObject{{u"error"_s, protocol::toJson(answer.error())}}));
}

void ControlClient::finish(int exitCode)
{
    if (auto done = std::exchange(m_done, {}))
        done(exitCode);
}

} // namespace hatstand::app
