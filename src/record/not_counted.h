// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace simwarden {

// The error (FailedRule) of what reads figures over records where a record is
// judged by itself: whoever draws the verdict says what is not in it.
inline constexpr std::string_view kNobodyCounted =
    "nobody has counted over records";

}  // namespace simwarden
