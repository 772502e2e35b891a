// SPDX-License-Identifier: MIT
#include "core/relay/RelayConnection.h"
