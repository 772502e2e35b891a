// SPDX-License-Identifier: MIT
#include "core/antelope/AnchorLink.h"
#include "core/antelope/Transaction.h"
#include "tests/fuzz/Fuzz.h"

using namespace hatstand;
using namespace hatstand::antelope;
using hatstand::fuzz::must;

namespace {

void asTransaction(Bytes input)
{
    const auto made = Transaction::unpack(input);
    if (!made)
        return;
    const QByteArray packed = made->pack(); // shorter where numbers were longer than they need to be
    must(std::size_t(packed.size()) <= input.size());
    const auto again = Transaction::unpack(bytesOf(packed));
    must(again && *again == *made && again->pack() == packed);
    must(made->id().size() == 64);
    must(toJson(*made) == toJson(*again));
    for (const Action& action : made->actions) {
        for (const PermissionLevel& level : action.authorization)
            must(made->isAuthorisedBy(level));
    }
}

void asLink(Bytes input)
{
    if (const auto link = LinkCreate::unpack(input)) {
        const auto again = LinkCreate::unpack(bytesOf(link->pack()));
        must(again && again->sessionName == link->sessionName && again->requestKey == link->requestKey
            && again->userAgent == link->userAgent);
    }
    if (const auto message = SealedMessage::unpack(input)) {
        static const QByteArray secret(32, '\x07');
        (void)openMessage(bytesOf(secret), *message);
        const auto again = SealedMessage::unpack(bytesOf(message->pack()));
        must(again && again->ciphertext == message->ciphertext && again->from == message->from);
    }
    (void)unpackLinkExpiration(input);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes input(data, size);
    asTransaction(input);
    asLink(input);
    return 0;
}
