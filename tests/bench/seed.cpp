// SPDX-License-Identifier: MIT
// seed FILE N: a store with N sessions, watch-only so that no keychain has to know them.
#include "core/session/SessionManager.h"
#include "core/session/SessionStore.h"
#include "core/signing/NetworkFamilies.h"
#include "tests/support/FakeVault.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <cstdio>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3)
        return 2;

    std::vector<std::unique_ptr<session::Network>> families;
    families.push_back(signing::makeNostrNetwork());
    const session::Networks networks(std::move(families));
    const SystemClock clock;
    test::FakeVault vault;
    session::SessionStore store;
    session::SessionManager sessions(store, vault, networks, clock);
    if (!store.open(arguments.at(1)) || !sessions.load())
        return 1;

    const int count = arguments.at(2).toInt();
    int added = 0;
    for (int i = 0; i < count; ++i) {
        const QByteArray hash = QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha256);
        session::NewSession fresh;
        fresh.id = session::SessionId(u"nostr:"_s + QString::fromLatin1(hash.toHex()));
        fresh.wallet = u"hatstand"_s;
        fresh.label = u"Account %1"_s.arg(i + 1);
        sessions.add(
            fresh, [&added](const Result<session::Added>& done) { added += done.has_value() ? 1 : 0; });
        QCoreApplication::processEvents();
    }
    if (sessions.count() != count || added != count) {
        std::fprintf(stderr, "seed: %d of %d sessions added\n", added, count);
        return 1;
    }
    return 0;
}
