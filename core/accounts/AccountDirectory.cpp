// SPDX-License-Identifier: MIT
#include "core/accounts/AccountDirectory.h"

namespace hatstand::accounts {

class AccountDirectory::Private
{
public:
    AccountSummary nothing;
};

AccountDirectory::AccountDirectory(const Context&, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
}

AccountDirectory::~AccountDirectory() = default;

void AccountDirectory::load() { }

void AccountDirectory::start() { }

const AccountSummary& AccountDirectory::summary(const session::SessionId&) const
{
    return d->nothing;
}

QList<relay::RelayStatus> AccountDirectory::relays(const session::SessionId&) const
{
    return {};
}

void AccountDirectory::lists(const session::SessionId&, QObject*, Callback<AccountLists> done)
{
    done(AccountLists{});
}

void AccountDirectory::refresh(const session::SessionId&, Callback<void> done)
{
    done(fail(ErrorCode::Network));
}

void AccountDirectory::refreshAll(Callback<void> done)
{
    done(fail(ErrorCode::Network));
}

void AccountDirectory::edit(const session::SessionId&, const Edit&, signing::Approver&,
    signing::PassphraseSource&, Callback<Published> done)
{
    done(fail(Error{ErrorCode::Network, Why::NotLoadedYet}));
}

void AccountDirectory::publishNew(const session::SessionId&, const QMap<QString, QString>&,
    const QList<nostr::Relay>&, signing::Approver&, signing::PassphraseSource&, Callback<Published> done)
{
    done(fail(ErrorCode::Network));
}

} // namespace hatstand::accounts
