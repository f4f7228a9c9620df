// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "diag/result.h"

namespace simwarden {

// Whether there is such a user, who may be empty: nobody.
Status is_known(const std::string& user);

// Makes Unix sockets that we have made those of `user` and its group, so that
// their mode says something about that group, and that they can be taken away
// at the end. Nothing for the empty name.
Status give_sockets(const std::vector<std::string>& paths,
                    const std::string& user);

// Becomes `user` with its groups, for good; nothing for the empty name. For a
// daemon that root started to open a door below 1024. Files that were opened
// before stay open: the store has to belong to `user`.
Status become(const std::string& user);

}  // namespace simwarden
