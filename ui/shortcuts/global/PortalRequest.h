// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QVariantMap>
#include <chrono>
#include <functional>
#include <memory>

namespace hatstand::ui {

/// One call to xdg-desktop-portal and its answer, which comes as a signal of an object made for it
/// (org.freedesktop.portal.Request). Given up, and closed at the other end, when it is destroyed before.
class PortalRequest final : public QObject
{
    Q_OBJECT
public:
    enum class Answer {
        Done,
        Cancelled, ///< by the person
        Failed ///< or there is no such portal, or it said nothing in time
    };
    using Then = std::function<void(Answer answer, const QVariantMap& results)>;
    /// limit: zero where a person is asked, who has all the time there is. then is called once, and may
    /// release this.
    PortalRequest(const QDBusConnection& bus, std::chrono::milliseconds limit, Then then);
    ~PortalRequest() override;

    /// The option that every such call has last: {"handle_token": …}.
    [[nodiscard]] QVariantMap options() const;
    void send(const QDBusMessage& call);

    /// May be released from within its own answer.
    struct Release
    {
        void operator()(PortalRequest* request) const;
    };
    using Pointer = std::unique_ptr<PortalRequest, Release>;

private Q_SLOTS:
    void onResponse(uint response, const QVariantMap& results);

private:
    void finish(Answer answer, const QVariantMap& results);
    void abandon();

    QDBusConnection m_bus;
    QString m_token;
    QString m_path;
    std::chrono::milliseconds m_limit;
    Then m_then; ///< empty once it was called
};

/// Nobody else's token, as the portal wants it: letters, digits and underscores.
[[nodiscard]] QString portalToken();

} // namespace hatstand::ui
