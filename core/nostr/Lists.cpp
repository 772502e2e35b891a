// SPDX-License-Identifier: MIT
#include "core/nostr/Lists.h"
