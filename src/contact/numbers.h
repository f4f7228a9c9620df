// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contact/scene.h"

// Digits as people group them: "+1 (555) 010-0199", "138-0013-8000",
// "1 3 8 0 0 …".
namespace simwarden {

struct NumberRun {
  Range range;
  std::string digits;
  bool plus = false;
  std::vector<Range> groups;  // of digits without a separator inside
};

// An EID has 32 digits; more than this in one run is no number of ours.
inline constexpr size_t kRunDigitsMax = 48;

// The run that begins at `i`, a digit, "+" or "("; no digits when none does.
NumberRun read_number(std::string_view text, size_t i);

// "2024-11-05", "05.11.2024"; `run` is of `text`.
bool is_date(const NumberRun& run, std::string_view text);

// Each digit stands alone.
bool is_spaced(const NumberRun& run);

// A number as libphonenumber understands it.
struct Phone {
  std::string e164;    // "" when it cannot be a number
  bool valid = false;  // in a range that the plan has given out
};

// `digits` with or without a leading "+"; `region` may be empty.
Phone read_phone(std::string_view digits, std::string_view region);

}  // namespace simwarden
