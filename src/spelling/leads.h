// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

// One pass over a folded text finds the few places where a contact, a code or
// another spelling of one may begin. The finders go from lead to lead and
// never read the rest of an ordinary text.
namespace simwarden {

enum class LeadKind : uint8_t {
  digits,  // a run of ASCII digits begins
  open,    // "(" or "+": a telephone number may begin
  star,    // "*": a forwarding code may
  at,      // "@"
  label,   // a messenger's name may begin (labels.h)
  spell,   // a dot that is spelled or apart, or "/" behind a spaced host
  number,  // a word for a number begins
  name,    // "_" between two characters of a name
};

struct Lead {
  uint32_t at = 0;
  LeadKind kind = LeadKind::digits;
};

// In order; at most three at one place (label, spell, number; spell, name).
// REQUIRES: text.size() < 2^32.
std::vector<Lead> find_leads(std::string_view text);

}  // namespace simwarden
