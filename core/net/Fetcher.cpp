// SPDX-License-Identifier: MIT
#include "core/net/Fetcher.h"
