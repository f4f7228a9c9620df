// SPDX-License-Identifier: Apache-2.0
#include "contact/account_names.h"

#include "contact/ascii.h"
#include "contact/link_slips.h"

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

bool is_account_name(const Scene& scene, const AccountRule& rule, Range name,
                     size_t shortest) {
  const std::string_view t = scene.text();
  const size_t size = name.end - name.begin;
  if (size < shortest || size > rule.name_max) return false;
  if (rule.letter_first && !is_letter(at(t, name.begin))) return false;
  if (is_one_of(at(t, name.end), "@=")) return false;
  return !(at(t, name.end) == '.' && is_alnum(at(t, name.end + 1))) ||
         begins_sentence(scene, name.end + 1);
}

}  // namespace simwarden
