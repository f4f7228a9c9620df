// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace simwarden {

// What stands between a label and the account.
struct Gap {
  size_t end = 0;      // where the account may begin
  bool colon = false;  // ":" or "="
  bool plus = false;
  bool bracket = false;
  bool at_sign = false;  // "@" was the last character
  bool id_word = false;  // "id", "号"
  bool same = false;     // "同号": as the number before
  bool group = false;    // "群"
  size_t words = 0;
  size_t words_end = 0;  // behind the last filler word
  bool marked() const { return colon || plus || bracket || id_word; }
};
Gap gap_after(std::string_view text, size_t begin);

// " or ", "/", 、: what stands between the names of two services of which one
// account is told.
bool joins_services(std::string_view between);

}  // namespace simwarden
