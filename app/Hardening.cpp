// SPDX-License-Identifier: MIT
#include "app/Hardening.h"

#include <csignal>
#include <cstring>
#include <sys/resource.h>
#include <sys/stat.h>

namespace hatstand::app {

void harden()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    umask(077);
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes away is an error to report, not an end
}

void eraseArguments(int argc, char** argv)
{
    for (int i = 1; i < argc; ++i)
        std::memset(argv[i], 0, std::strlen(argv[i]));
}

} // namespace hatstand::app
