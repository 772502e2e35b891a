// SPDX-License-Identifier: MIT
#include "app/Hardening.h"

#include <csignal>
#include <cstring>
#include <openssl/crypto.h>
#include <sys/stat.h>

namespace hatstand::app {

Before harden()
{
    Before before;
    getrlimit(RLIMIT_CORE, &before.core);
    const rlimit none{
        0, before.core.rlim_max}; // the hard limit can't be taken back for a program of the person's
    setrlimit(RLIMIT_CORE, &none);
    before.mask = umask(077);
    // A reader that goes away is an error to report, not an end.
    before.pipeIgnored = std::signal(SIGPIPE, SIG_IGN) == SIG_IGN;
    // Before its first use. At exit OpenSSL would free what belongs to threads; a thread that was waited for
    // may still be at its very end, where it frees the same once more.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    return before;
}

void unharden(const Before& before)
{
    setrlimit(RLIMIT_CORE, &before.core);
    umask(before.mask);
    std::signal(SIGPIPE, before.pipeIgnored ? SIG_IGN : SIG_DFL);
}

void eraseArguments(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i)
        std::memset(argv[i], 0, std::strlen(argv[i]));
}

} // namespace hatstand::app
