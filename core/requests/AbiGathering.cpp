// SPDX-License-Identifier: MIT
#include "core/requests/AbiGathering.h"

#include <QTimer>

namespace hatstand::requests {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 20s;

struct Gathering
{
    bool needsInfo = false;
    Callback<Gathered> done;
    Gathered gathered = {};
    qsizetype left = 0;
    Error failure = {.code = ErrorCode::Network};

    void one()
    {
        if (--left == 0)
            end();
    }
    void end()
    {
        const auto answer = std::exchange(done, {});
        if (!answer)
            return;
        if (needsInfo && !gathered.info)
            answer(fail(failure));
        else
            answer(std::move(gathered));
    }
};

} // namespace

void gather(chain::ChainClient& client, const Wishes& wishes, QObject* context, Callback<Gathered> done)
{
    if (wishes.contracts.size() > kMostContracts)
        return done(refuse(Why::TooLarge, {}, wishes.contracts.size(), kMostContracts));
    const auto all = std::make_shared<Gathering>(Gathering{wishes.wantsInfo, std::move(done)});
    all->left = wishes.contracts.size() + 3; // info, balance, and one that keeps this function's own hold
    QTimer::singleShot(kPatience, context, [all] { all->end(); });
    if (wishes.wantsInfo) {
        client.info(wishes.chainId, wishes.circuit, context, [all](const Result<chain::ChainInfo>& info) {
            if (info)
                all->gathered.info = *info;
            else
                all->failure = info.error();
            all->one();
        });
    } else {
        all->one();
    }
    for (const antelope::Name contract : wishes.contracts) {
        client.abi(wishes.chainId, contract, wishes.circuit, context,
            [all, contract](const Result<antelope::Abi>& abi) {
                if (abi)
                    all->gathered.abis.insert(contract.value(), *abi);
                all->one();
            });
    }
    if (!wishes.actor.isEmpty()) {
        client.account(wishes.chainId, wishes.actor, wishes.circuit, context,
            [all](const Result<chain::ChainAccount>& account) {
                if (account)
                    all->gathered.balance = account->balance;
                all->one();
            });
    } else {
        all->one();
    }
    all->one();
}

} // namespace hatstand::requests
