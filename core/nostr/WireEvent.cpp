// SPDX-License-Identifier: MIT
#include "core/nostr/WireEvent.h"
