// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// Regular expressions that need no machine: a row of ASCII characters and
// classes from the first to the last byte of the text, each so many times.
//
//   ^\+[1-9][0-9]{7,14}$
//
// Most patterns of identifiers are of this kind.
namespace cel {

class PlainPattern {
 public:
  // Nothing for any other pattern, and where taking as many bytes as fit could
  // take one from what comes next. REQUIRES: RE2 has accepted `pattern`.
  static std::optional<PlainPattern> of(std::string_view pattern);

  // As RE2::PartialMatch of the pattern.
  bool matches(std::string_view text) const;

 private:
  using Class = std::bitset<256>;
  struct Run {
    Class bytes;
    uint32_t least = 1;
    uint32_t most = 1;
  };
  class Reader;

  bool is_without_choice() const;

  std::vector<Run> runs_;
};

}  // namespace cel
