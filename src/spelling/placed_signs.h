// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace simwarden {

// A sign of addresses and names where it stands: its word ("dot", 点), what is
// drawn for it ("•") or itself.
//
//   sign_at("demo (dot) com", 6)  // '.', from " (" to ") "
struct Sign {
  size_t at = 0;
  size_t size = 0;  // 0: no sign stands there
  char sign = '\0';
  bool bracketed = false;
  size_t begin = 0;  // with what stands around it
  size_t end = 0;

  // A sign of the text that stands by itself says nothing.
  bool is_word() const { return bracketed || size > 1; }
};

Sign sign_at(std::string_view text, size_t i);
// "[at]", "(a)": too common a word to be asked for elsewhere.
Sign bracketed_at(std::string_view text, size_t i);
// The bracketed one, or any.
Sign sign_or_at(std::string_view text, size_t i);

// Spaces, brackets, quotes and commas on one side of a sign, at most.
inline constexpr size_t kSideMax = 3;
// A bracket that may stand in front of a sign.
bool is_opening(char32_t c);
// Over what may stand in front of a sign.
size_t skip_opening(std::string_view text, size_t i);

}  // namespace simwarden
