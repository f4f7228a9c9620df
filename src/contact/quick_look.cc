// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>

#include "contact/contact.h"
#include "contact/scene.h"
#include "diag/lanes.h"
#include "spelling/prefixes.h"
#include "spelling/spelled_signs.h"
#include "spelling/typed_hosts.h"
#include "text/look_around.h"

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

struct Hooks {
  Prefixes dots;
  Prefixes all;  // and words for an at-sign, which stand before known hosts
  Hooks() {
    add_dot_beginnings(dots);
    add_at_beginnings(all);
    all.add(dots);
  }
};

const Hooks& hooks() {
  static const Hooks kHooks;
  return kHooks;
}

bool is_hook(std::string_view t, size_t i, const Hooks& known) {
  if (t[i] == '.') return true;
  return known.all.has_at(t, i) &&
         (known.dots.has_at(t, i) || sign_told_at(t, i) == '@');
}

// From `at` on, in as many places as a vector has. REQUIRES: `bytes` are those
// of the text there, one more than that, 0 behind its end.
bool may_hold_links_at(std::string_view t, size_t at, const char* bytes,
                       const Hooks& known) {
  const auto c = load<Sixteen>(bytes);
  if (any(are_hooks(c, load<Sixteen>(bytes + 1)))) return true;
  for (uint32_t left = bits_of(Sixteen(c == ' ')); left != 0;
       left &= left - 1) {
    const size_t next = at + size_t(std::countr_zero(left)) + 1;
    if (next >= t.size()) return false;
    if (is_hook(t, next, known)) return true;
  }
  return false;
}

}  // namespace

// Other spellings make no sign of a link that was none: only numbers.
bool may_hold_links(std::string_view plain) {
  constexpr size_t kPlaces = sizeof(Sixteen);
  const Hooks& known = hooks();
  if (may_be_typed_www(plain, 0)) return true;
  size_t at = 0;
  for (; at + kPlaces < plain.size(); at += kPlaces) {
    if (may_hold_links_at(plain, at, plain.data() + at, known)) return true;
  }
  std::array<char, kPlaces + 1> rest{};
  plain.copy(rest.data(), kPlaces, at);
  return may_hold_links_at(plain, at, rest.data(), known);
}

}  // namespace simwarden
