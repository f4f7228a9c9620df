// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "terminal/terminal.h"

namespace simwarden {

// The first lines in which two texts differ, as a unified diff shows them:
//
//   @@ -12,3 +12,4 @@
//      title: SIM
//   -   score : 40
//   +   score: 40
//
// At most a screenful; what follows is said, not shown. "" when they agree.
std::string first_differences(std::string_view before, std::string_view after,
                              const Paint& paint);

}  // namespace simwarden
