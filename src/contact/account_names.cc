// SPDX-License-Identifier: Apache-2.0
#include "contact/account_names.h"

#include "contact/link_slips.h"
#include "text/look_around.h"

namespace simwarden {

Range account_name_at(const Scene& scene, const AccountRule& rule,
                      size_t begin) {
  const std::string_view t = scene.text();
  size_t end = begin;
  for (size_t i = begin; end - begin <= rule.name_max; ++i) {
    if (!is_alnum(at(t, i)) && !is_one_of(at(t, i), rule.signs)) break;
    if (!is_one_of(t[i], ".-:#")) end = i + 1;
  }
  return {begin, end};
}

namespace {

// "تيليجرام demo_x@": where lines run from the right, the sign in front is
// typed behind.
bool is_turned_sign(std::string_view t, Range name) {
  constexpr size_t kSignsMax = 3;
  size_t i = name.begin;
  for (size_t n = 0; n < kSignsMax && is_one_of(before(t, i), " :"); ++n) --i;
  const char32_t left = code_point_before(t, i).c;
  return left >= 0x590 && left < 0x900 &&
         !is_word(code_point_at(t, name.end + 1).c);
}

}  // namespace

bool is_account_name(const Scene& scene, const AccountRule& rule, Range name,
                     size_t shortest) {
  const std::string_view t = scene.text();
  const size_t size = name.end - name.begin;
  if (size < shortest || size > rule.name_max) return false;
  if (rule.letter_first && !is_letter(at(t, name.begin))) return false;
  const char next = at(t, name.end);
  if (next == '=' || (next == '@' && !is_turned_sign(t, name))) return false;
  return !(at(t, name.end) == '.' && is_alnum(at(t, name.end + 1))) ||
         begins_sentence(scene, name.end + 1);
}

}  // namespace simwarden
