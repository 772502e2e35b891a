// SPDX-License-Identifier: MIT
#include "core/cache/AccountCache.h"
