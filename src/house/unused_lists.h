// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "diag/issue.h"

namespace simwarden {

// Of what was found in policies the lists in `folders` (PolicyOptions::lists)
// that nothing reads, and their entries that match nothing: they were named
// for this run, and what they were to change stays as it was.
Issues unused_lists(const Issues& issues,
                    const std::vector<std::string>& folders);

}  // namespace simwarden
