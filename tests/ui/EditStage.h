// SPDX-License-Identifier: MIT
#pragma once

#include "tests/ui/AccountSeed.h"
#include "tests/ui/DialogStage.h"
#include "tests/ui/LocalRelay.h"

#include <QListView>
#include <QTest>

namespace hatstand::test {

/// An account that follows three people and writes to two relays.
struct EditStage : DialogStage
{
    EditStage()
    {
        // None but these two are ever asked.
        if (!settings.set(QStringLiteral("network.hosts"), QStringLiteral("127.0.0.1"))
            || !settings.set(QStringLiteral("nostr.indexers"), relay.url()))
            qFatal("no settings");
        const QByteArray relays
            = "[[\"r\",\"" + relay.url().toLatin1() + "\"],[\"r\",\"" + other.url().toLatin1() + "\"]]";
        keep(nostr::kRelaysKind, relays);
        keep(nostr::kFollowsKind, AccountSeed::people(3));
        keep(nostr::kProfileKind, "[]",
            nostr::test::quoted(
                QStringLiteral("{\"name\":\"mira\",\"about\":\"Hello\",\"website\":\"kept\"}")));
        id = addNostrKey(1, QStringLiteral("Mira Okafor"));
        accounts.load();
        refresh();
        if (!QTest::qWaitFor([this] { return accounts.summary(id).follows == 3; }))
            qFatal("the relays do not answer");
    }

    /// Until both relays have been asked once more.
    void refresh()
    {
        bool isRefreshed = false;
        accounts.refresh(id, [&isRefreshed](const Result<void>& done) { isRefreshed = done.has_value(); });
        if (!QTest::qWaitFor([&isRefreshed] { return isRefreshed; }))
            qFatal("the relays do not answer");
    }

    void keep(int kind, const QByteArray& tags, const QByteArray& content = "\"\"", qint64 at = 1700000000)
    {
        const QByteArray event = nostr::test::wire(kind, tags, content, at).json;
        relay.keep(event);
        other.keep(event);
    }

    LocalRelay relay;
    LocalRelay other;
    session::SessionId id;
};

/// A dialog that a test keeps, whatever it does.
template <class Kind>
struct Kept
{
    template <class... Arguments>
    explicit Kept(Arguments&&... arguments)
        : dialog(new Kind(std::forward<Arguments>(arguments)...))
    {
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->open();
    }
    Kind* operator->() const { return dialog.get(); }
    [[nodiscard]] QListView* list() const { return dialog->template findChild<QListView*>(); }
    std::unique_ptr<Kind> dialog;
};

} // namespace hatstand::test
