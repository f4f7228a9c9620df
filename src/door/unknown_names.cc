// SPDX-License-Identifier: Apache-2.0
#include "door/unknown_names.h"

#include <utility>

#include "diag/characters.h"
#include "diag/printable.h"
#include "privacy/masks.h"

namespace simwarden {

std::string told_unknown(std::string_view name) {
  constexpr size_t kNameBytesMax = 64;
  const std::string masked = mask_text(name);
  std::string told = escaped_text(cut(masked, kNameBytesMax));
  if (masked.size() > kNameBytesMax) told += "...";
  return told;
}

void UnknownNames::add(const std::vector<std::string>& of_a_record) {
  if (of_a_record.empty()) return;
  if (records_++ == 0) first_ = of_a_record.front();
}

void UnknownNames::note(Service& service, const ListenerSettings& settings,
                        std::string_view correlator) {
  if (records_ == 0) return;
  const std::string first = told_unknown(first_);
  service.note(settings, DoorEvent::unknown_names,
               {.what = first,
                .correlator = correlator,
                .times = std::exchange(records_, 0)});
}

}  // namespace simwarden
