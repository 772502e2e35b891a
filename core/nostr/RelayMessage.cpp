// SPDX-License-Identifier: MIT
#include "core/nostr/RelayMessage.h"
