// SPDX-License-Identifier: Apache-2.0
#include "facts/named_slot.h"

#include "diag/check.h"

namespace simwarden {

uint32_t named_slot(const FactSchema& schema, std::string_view name) {
  for (uint32_t slot = 0; slot < schema.slots(); ++slot) {
    if (schema.name(slot) == name) return slot;
  }
  CHECK(false, "the facts that are named in the code are in the table");
  return 0;
}

}  // namespace simwarden
