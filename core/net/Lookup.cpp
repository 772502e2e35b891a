// SPDX-License-Identifier: MIT
#include "core/net/Lookup.h"
