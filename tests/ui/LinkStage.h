// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Keys.h"
#include "core/links/LinkStore.h"
#include "tests/ui/DialogStage.h"

#include <QUuid>

namespace hatstand::test {

/// With apps that keep channels, over a file of its own. Nothing listens to them.
class LinkStage : public DialogStage
{
public:
    LinkStage()
        : links(file(), *stand.sessions)
    {
        if (!links.load())
            qFatal("no links");
        context.links = &links;
    }
    [[nodiscard]] QString file() const { return stand.dir.filePath(QStringLiteral("links.json")); }

    static QString someKey(std::uint8_t number)
    {
        SecretBuffer secret(32);
        secret.edit()[31] = number;
        return antelope::PrivateKey::fromBytes(antelope::Curve::K1, std::move(secret))
            .value()
            .publicKey()
            .text();
    }
    /// Its channel.
    QString connectApp(const session::SessionId& account, const QString& name, const QString& host = {},
        const QString& agent = {})
    {
        const links::AppLink app{.channel = QUuid::createUuid().toString(QUuid::WithoutBraces),
            .service = QStringLiteral("https://cb.anchor.link"),
            .requestKey = someKey(7),
            .app = name,
            .agent = agent,
            .host = host,
            .session = account,
            .createdAt = stand.clock.now().addDays(-40)};
        if (!links.add(app))
            qFatal("no app");
        return app.channel;
    }

    links::LinkStore links;
};

} // namespace hatstand::test
