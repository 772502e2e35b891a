// SPDX-License-Identifier: MIT
#include "core/antelope/Chains.h"
#include "core/session/Labels.h"
#include "core/session/Network.h"
#include "core/session/Session.h"
#include "core/signing/NetworkFamilies.h"
#include "tests/fuzz/Fuzz.h"

using namespace hatstand;
using hatstand::fuzz::must;

namespace {

const session::Networks& networks()
{
    static const session::Networks all([] {
        std::vector<std::unique_ptr<session::Network>> families;
        families.push_back(signing::makeNostrNetwork());
        families.push_back(signing::makeAntelopeNetwork(antelope::Chains::bundled()));
        return families;
    }());
    return all;
}

} // namespace

/// The strings that Sessions1 takes from the bus (and the command line from whoever types): names of
/// sessions, and labels.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QString text = QString::fromUtf8(toQByteArray({data, size}));
    if (const auto id = networks().parseId(text)) {
        must(networks().parseId(id->text()) == *id && networks().of(*id) != nullptr);
        (void)networks().shortId(*id);
        (void)networks().actor(*id);
        (void)networks().networkName(*id);
        session::Session session;
        session.id = *id;
        (void)networks().fields(session);
    }
    const session::SessionId raw(text); // as it stands in a list, whatever it is
    (void)networks().shortId(raw);
    if (const auto matches = networks().matcherFor(text))
        (void)(*matches)(raw);
    if (const auto label = session::normaliseLabel(text)) {
        must(session::normaliseLabel(*label) == *label);
        must(!session::holdsPrivateKey(*label) && label->size() <= 2 * session::kLabelLimit);
        for (const QChar c : *label)
            must(c.category() != QChar::Other_Control && c != QChar(0x202e) && c != QChar(0x2028));
    }
    return 0;
}
