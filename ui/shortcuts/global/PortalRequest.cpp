// SPDX-License-Identifier: MIT
#include "ui/shortcuts/global/PortalRequest.h"

#include "core/base/Log.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QTimer>
#include <QUuid>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;

const QString kPortal = u"org.freedesktop.portal.Desktop"_s;
const QString kRequest = u"org.freedesktop.portal.Request"_s;

} // namespace

QString portalToken()
{
    return "hatstand_"_L1 + QUuid::createUuid().toString(QUuid::Id128);
}

PortalRequest::PortalRequest(const QDBusConnection& bus, std::chrono::milliseconds limit, Then then)
    : m_bus(bus)
    , m_token(portalToken())
    , m_limit(limit)
    , m_then(std::move(then))
{
    // Known beforehand, so that an answer that comes at once is not missed.
    const QString sender = m_bus.baseService().mid(1).replace(u'.', u'_');
    m_path = "/org/freedesktop/portal/desktop/request/"_L1 + sender + u'/' + m_token;
    m_bus.connect(kPortal, m_path, kRequest, u"Response"_s, this, SLOT(onResponse(uint, QVariantMap)));
}

PortalRequest::~PortalRequest()
{
    abandon();
}

void PortalRequest::Release::operator()(PortalRequest* request) const
{
    request->abandon();
    request->deleteLater();
}

void PortalRequest::abandon()
{
    if (std::exchange(m_then, {}))
        m_bus.send(QDBusMessage::createMethodCall(kPortal, m_path, kRequest, u"Close"_s));
}

QVariantMap PortalRequest::options() const
{
    return {{u"handle_token"_s, m_token}};
}

void PortalRequest::send(const QDBusMessage& call)
{
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        if (!done->isError())
            return;
        qCInfo(lcDesktop) << "the desktop's portal refuses:" << done->error().name();
        finish(Answer::Failed, {});
    });
    if (m_limit.count() > 0)
        QTimer::singleShot(m_limit, this, [this] { finish(Answer::Failed, {}); });
}

void PortalRequest::onResponse(uint response, const QVariantMap& results)
{
    finish(response == 0 ? Answer::Done : response == 1 ? Answer::Cancelled : Answer::Failed, results);
}

void PortalRequest::finish(Answer answer, const QVariantMap& results)
{
    if (const Then then = std::exchange(m_then, {}))
        then(answer, results);
}

} // namespace hatstand::ui
