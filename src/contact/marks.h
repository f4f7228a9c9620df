// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

// One pass over a folded text that marks the few places where a contact, a
// code or another spelling of one may begin. The finders go from mark to mark
// and read the rest of an ordinary text never.
namespace simwarden {

enum class MarkKind : uint8_t {
  digits,  // a run of ASCII digits begins
  open,    // "(" or "+": a telephone number may begin
  star,    // "*": a forwarding code may
  at,      // "@"
  label,   // a messenger's name may begin (labels.h)
  spell,   // a number word, a spelled dot, or "/" behind a spaced host
};

struct Mark {
  uint32_t at = 0;
  MarkKind kind = MarkKind::digits;
};

// In order; at most two at one place (label before spell).
// REQUIRES: text.size() < 2^32.
std::vector<Mark> find_marks(std::string_view text);

}  // namespace simwarden
