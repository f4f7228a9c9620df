// SPDX-License-Identifier: Apache-2.0
#include "contact/found_accounts.h"

#include <utility>

#include "spelling/numbers.h"
#include "text/look_around.h"

namespace simwarden {

Contact account_at(const Scene& scene, Range whole, std::string kind,
                   std::string value) {
  Contact contact;
  contact.span = scene.original(whole);
  contact.kind = std::move(kind);
  contact.value = std::move(value);
  contact.wrapped = scene.is_wrapped(whole);
  contact.block = scene.block_of(contact.span);
  contact.official =
      is_official_account(scene.registry(), contact.kind, contact.value);
  return contact;
}

void FoundAccounts::add(const LabelHit& hit, Range whole, Range value,
                        std::string canonical) {
  if (scene_.is_claimed(value)) return;
  Contact contact = account_at(scene_, whole, std::string(hit.label->kind),
                               std::move(canonical));
  contact.disguise = disguise(hit, whole, value);
  scene_.claim(whole);
  add_contact(found_, std::move(contact));
}

std::string FoundAccounts::disguise(const LabelHit& hit, Range whole,
                                    Range value) const {
  const std::string_view t = scene_.text();
  const bool number = is_digit(at(t, value.begin)) || at(t, value.begin) == '+';
  if (number) {
    if (is_spaced(read_number(t, value.begin))) return "digit_words";
    std::string digits = scene_.disguise(value, true);
    if (digits == "digit_words") return digits;
  }
  std::string seen = scene_.disguise(whole, false);
  // 薇♥信 hides by 薇 for 微; the heart is only dress.
  const bool variant = (hit.label->flags & kVariant) != 0;
  if (variant && seen == "emoji") return "variant";
  if (!seen.empty()) return seen;
  if (hit.spaced) return "spaced";
  return variant || hit.likely ? "variant" : "";
}

}  // namespace simwarden
