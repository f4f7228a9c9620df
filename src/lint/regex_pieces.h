// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// A regular expression as its reader sees it: which bytes are text, which are
// signs. RE2 has accepted it before; here nothing is checked, only cut.
//
//   pieces_of("ot?p\\b")   o  t  ?  p  \b
namespace simwarden {

struct RegexPiece {
  enum class Is : uint8_t {
    text,     // a character that stands for itself
    escape,   // \b \d \. \x{41}
    any,      // .
    set,      // [a-z]
    edge,     // ^ $
    flags,    // (?i)
    open,     // ( (?: (?P<name>
    close,    // )
    bar,      // |
    repeats,  // * + ? {2,4}, of what stands before
  };
  Is is = Is::text;
  size_t begin = 0;
  size_t end = 0;
  // Of a repeat.
  uint32_t least = 0;
  uint32_t most = 0;
};

inline constexpr uint32_t kWithoutEnd = UINT32_MAX;

std::vector<RegexPiece> pieces_of(std::string_view pattern);

// One of the alternatives of a group, or of the whole: pieces [first, last).
struct Alternative {
  size_t first;
  size_t last;
};
using Alternatives = std::vector<Alternative>;
// Those of every group and of the whole; a group without a bar has one.
std::vector<Alternatives> alternatives_of(
    const std::vector<RegexPiece>& pieces);

}  // namespace simwarden
