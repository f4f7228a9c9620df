// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "diag/result.h"

namespace simwarden {

// Becomes `user` with its groups, for good; nothing for the empty name. For a
// daemon that root started to open a door below 1024. Files that were opened
// before stay open: the store has to belong to `user`.
Status become(const std::string& user);

}  // namespace simwarden
