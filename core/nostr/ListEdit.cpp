// SPDX-License-Identifier: MIT
#include "core/nostr/ListEdit.h"
