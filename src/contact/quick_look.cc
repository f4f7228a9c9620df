// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>

#include "contact/ascii.h"
#include "contact/contact.h"
#include "contact/prefixes.h"
#include "contact/scene.h"
#include "diag/lanes.h"

namespace simwarden {
namespace {

// A quick look for links and mail addresses: these are not without a hook, or a
// dot that is spelled out (respell.cc). Ideographs for one are among the
// foreign bytes, brackets stand round another; before all others is a space.
Sixteen are_hooks(Sixteen c, Sixteen next) {
  const auto is = [&c](char one) { return Sixteen(c == uint8_t(one)); };
  const Sixteen before_text = is('.') | is(':') | is('<');
  return Sixteen(c >= 0x80) | is('@') | is('/') | is('[') | is('(') | is('{') |
         (before_text & Sixteen(next > ' '));
}

const Prefixes& dot_beginnings() {
  static const Prefixes kWords = [] {
    Prefixes words;
    add_dot_beginnings(words);
    return words;
  }();
  return kWords;
}

// From `at` on, in as many places as a vector has. REQUIRES: `bytes` are those
// of the text there, one more than that, 0 behind its end.
bool may_hold_links_at(std::string_view t, size_t at, const char* bytes,
                       const Prefixes& dots) {
  const auto c = load<Sixteen>(bytes);
  if (any(are_hooks(c, load<Sixteen>(bytes + 1)))) return true;
  for (uint32_t left = bits_of(Sixteen(c == ' ')); left != 0;
       left &= left - 1) {
    const size_t next = at + size_t(std::countr_zero(left)) + 1;
    if (next >= t.size()) return false;
    if (t[next] == '.' || dots.has_at(t, next)) return true;
  }
  return false;
}

}  // namespace

// Other spellings make no sign of a link that was none: only numbers.
bool may_hold_links(std::string_view plain) {
  constexpr size_t kPlaces = sizeof(Sixteen);
  const Prefixes& dots = dot_beginnings();
  size_t at = 0;
  for (; at + kPlaces < plain.size(); at += kPlaces) {
    if (may_hold_links_at(plain, at, plain.data() + at, dots)) return true;
  }
  std::array<char, kPlaces + 1> rest{};
  plain.copy(rest.data(), kPlaces, at);
  return may_hold_links_at(plain, at, rest.data(), dots);
}

}  // namespace simwarden
