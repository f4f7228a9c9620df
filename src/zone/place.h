// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace simwarden {

// How many seconds the clocks of a place are ahead of UTC at a time:
//
//   place_offset("Europe/Berlin", 1785567900)        // 7200
//   place_offset("America/Mexico_City", 1785567900)  // -21600
//
// "UTC" or a name of the tz database with its area; nullopt for all else, also
// for short names (CST), which several places have. The rules of places are
// those of the machine (Debian's tzdata, where countries change theirs within
// weeks; or the folder that TZDIR names), read when a place is first asked
// for. Thread-safe.
std::optional<int64_t> place_offset(std::string_view place,
                                    int64_t utc_seconds);

}  // namespace simwarden
