// SPDX-License-Identifier: MIT
// seed STORE CACHE N FOLLOWS MUTES: a store with N sessions, watch-only so that no keychain has to know them,
// and a cache of what each of them has published.
#include "core/accounts/AccountStore.h"
#include "core/session/SessionManager.h"
#include "core/session/SessionStore.h"
#include "core/signing/NetworkFamilies.h"
#include "tests/bench/BenchAccounts.h"
#include "tests/support/FakeVault.h"

#include <QCoreApplication>
#include <cstdio>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 6)
        return 2;

    std::vector<std::unique_ptr<session::Network>> families;
    families.push_back(signing::makeNostrNetwork());
    const session::Networks networks(std::move(families));
    const SystemClock clock;
    test::FakeVault vault;
    session::SessionStore store;
    session::SessionManager sessions(store, vault, networks, clock);
    cache::AccountCache cache;
    if (!store.open(arguments.at(1)) || !sessions.load() || !cache.open(arguments.at(2)))
        return 1;
    accounts::AccountStore known(cache);

    const int count = arguments.at(3).toInt();
    int added = 0;
    for (int i = 0; i < count; ++i) {
        session::NewSession fresh;
        fresh.id = session::SessionId("nostr:"_L1 + bench::pubkeyOf(i));
        fresh.wallet = u"hatstand"_s;
        fresh.label = u"Account %1"_s.arg(i + 1);
        sessions.add(
            fresh, [&added](const Result<session::Added>& done) { added += done.has_value() ? 1 : 0; });
        QCoreApplication::processEvents();
        for (const QByteArray& event : bench::publishedBy(
                 i, arguments.at(4).toInt(), arguments.at(5).toInt(), u"wss://relay.example"_s)) {
            if (!known.take(nostr::readEvent(event).value()))
                return 1;
        }
    }
    if (sessions.count() != count || added != count) {
        std::fprintf(stderr, "seed: %d of %d sessions added\n", added, count);
        return 1;
    }
    return 0;
}
