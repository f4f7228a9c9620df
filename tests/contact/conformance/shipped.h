// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact/contact.h"
#include "facts/loaded.h"
#include "judge/plan.h"

namespace simwarden::conformance {

// The lists in policies/, as the program reads them.
inline Registry shipped_registry() {
  const FactSchema schema;
  return make_registry(
      *load_packs(*disk_files(), SIMWARDEN_SOURCE_DIR "/policies", schema));
}

}  // namespace simwarden::conformance
