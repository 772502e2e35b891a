// SPDX-License-Identifier: MIT
#include "core/net/NetPolicy.h"
