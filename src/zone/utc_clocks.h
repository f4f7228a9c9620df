// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace simwarden {

// Whether the clocks of a country (ISO 3166-1 alpha-2) show UTC at a time, so
// that a time in UTC is what they showed:
//
//   shows_utc("GH", 1785567900)  // true
//   shows_utc("GB", 1785567900)  // false: it is summer
//
// False for a country that is not known. Thread-safe.
bool shows_utc(std::string_view country, int64_t utc_seconds);

}  // namespace simwarden
