// SPDX-License-Identifier: MIT
#include "app/control/RemoteConsole.h"

#include "app/control/Protocol.h"

namespace hatstand::app {
namespace {

using namespace Qt::Literals::StringLiterals;

/// A long answer takes many frames; the text is cut between characters.
constexpr qsizetype kPiece = qsizetype{128} * 1024;

Callback<SharedSecret> plain(Callback<void> done)
{
    return [done = std::move(done)](
               const Result<SharedSecret>& answer) { answer ? done({}) : done(fail(answer.error())); };
}

/// A secret was asked for, so a plain yes is no answer.
Callback<SharedSecret> demanding(Callback<SharedSecret> done)
{
    return [done = std::move(done)](Result<SharedSecret> answer) {
        if (answer && !*answer)
            answer = fail(ErrorCode::Cancelled);
        done(std::move(answer));
    };
}

QJsonObject toJson(const Console::Destination& destination)
{
    return {{u"file"_s, destination.file}, {u"secret"_s, destination.secret}};
}

} // namespace

RemoteConsole::RemoteConsole(Channel* channel, std::chrono::milliseconds limit)
    : m_channel(channel)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(limit);
    connect(&m_limit, &QTimer::timeout, this, [this] { answer(fail(ErrorCode::Expired)); });
    connect(channel, &Channel::received, this, &RemoteConsole::onFrame);
    connect(channel, &Channel::closed, this, [this] { answer(fail(ErrorCode::Cancelled)); });
}

void RemoteConsole::out(const QByteArray& text)
{
    const QString whole = QString::fromUtf8(text);
    for (qsizetype at = 0; at < whole.size() && m_channel;) {
        qsizetype size = qMin(kPiece, whole.size() - at);
        if (at + size < whole.size() && whole.at(at + size).isLowSurrogate())
            --size;
        m_channel->send(Frame::json({{u"more"_s, true}, {u"out"_s, whole.mid(at, size)}}));
        at += size;
    }
}

void RemoteConsole::err(const QByteArray& text)
{
    if (m_channel)
        m_channel->send(Frame::json({{u"more"_s, true}, {u"err"_s, QString::fromUtf8(text)}}));
}

void RemoteConsole::readInput(Callback<SharedSecret> done)
{
    ask({{u"ask"_s, u"input"_s}}, nullptr, demanding(std::move(done)));
}

void RemoteConsole::passphrase(Passphrase which, const QString& sessionName, Callback<SharedSecret> done)
{
    ask({{u"ask"_s, u"passphrase"_s}, {u"which"_s, protocol::name(which)}, {u"session"_s, sessionName}},
        nullptr, demanding(std::move(done)));
}

void RemoteConsole::confirm(const QString& text, Callback<void> done)
{
    ask({{u"ask"_s, u"confirm"_s}, {u"text"_s, text}}, nullptr, plain(std::move(done)));
}

void RemoteConsole::checkDestination(const Destination& destination, Callback<void> done)
{
    ask({{u"ask"_s, u"destination"_s}, {u"to"_s, toJson(destination)}}, nullptr, plain(std::move(done)));
}

void RemoteConsole::deliver(const Destination& destination, SharedSecret content, Callback<void> done)
{
    ask({{u"ask"_s, u"deliver"_s}, {u"to"_s, toJson(destination)}}, content.get(), plain(std::move(done)));
}

void RemoteConsole::finish(int exitCode)
{
    if (!m_channel)
        return;
    m_channel->send(Frame::json({{u"more"_s, false}, {u"exit"_s, exitCode}}));
    m_channel->close();
}

void RemoteConsole::ask(QJsonObject question, const SecretBuffer* secret, Answer done)
{
    if (!m_channel || !m_channel->isOpen())
        return done(fail(ErrorCode::Cancelled));
    m_waiting = std::move(done);
    m_limit.start();
    question.insert(u"more"_s, true);
    m_channel->send(Frame::json(question));
    if (secret)
        m_channel->send(Frame::secret(*secret));
}

void RemoteConsole::onFrame(const std::shared_ptr<Frame>& frame)
{
    if (!m_waiting) // nothing was asked
        return m_channel->abort();
    if (frame->type == Frame::Type::Secret)
        return answer(std::make_shared<const SecretBuffer>(std::move(frame->payload)));
    const auto object = frame->object();
    if (!object)
        return m_channel->abort();
    if (object->contains("error"_L1))
        answer(fail(protocol::errorFromJson(object->value("error"_L1).toObject())));
    else if (object->value("ok"_L1).toBool())
        answer(SharedSecret());
    else
        m_channel->abort();
}

void RemoteConsole::answer(Result<SharedSecret> result)
{
    m_limit.stop();
    if (auto done = std::exchange(m_waiting, {}))
        done(std::move(result));
}

} // namespace hatstand::app
