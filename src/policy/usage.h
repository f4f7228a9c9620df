// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "policy/pack_reader.h"

namespace simwarden {

// Slots that some rule of the pack can read.
std::set<uint32_t> slots_in_use(const Pack& pack);

// Warnings (P144, P152, P204) for what the pack declares and nobody reads.
// `first_…` is the slot of the first of them; parameters are numbered by
// `names`.
struct DeclaredSlots {
  const std::vector<std::string>* parameter_names;
  uint32_t first_parameter;
  uint32_t first_pattern;
  uint32_t first_window;
};
void warn_of_unused(const PackDraft& draft, const std::set<uint32_t>& in_use,
                    const DeclaredSlots& slots, Issues& issues);

}  // namespace simwarden
