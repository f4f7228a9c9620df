// SPDX-License-Identifier: Apache-2.0
#include "lint/implications.h"

#include <fmt/format.h>

namespace simwarden {

bool never_meet(const Reading& reading, size_t pack, std::string_view a,
                std::string_view b, const Pair& pair) {
  Issues unheard;
  const auto both = cel::compile(fmt::format("({}\n) && ({}\n)", a, b),
                                 *reading.ruleset.packs[pack].environment, {},
                                 unheard, {.keeps_choices = true});
  // Both compile; together they can be too long, which proves nothing.
  if (both == nullptr) return false;
  return !cel::compiled_of(*both).can_answer(
      [&](std::span<const cel::Value> of) { return pair(of[0], of[1]); });
}

}  // namespace simwarden
