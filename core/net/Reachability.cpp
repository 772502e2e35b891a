// SPDX-License-Identifier: MIT
#include "core/net/Reachability.h"
