// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact/scene.h"
#include "spelling/numbers.h"

namespace simwarden {

// Nobody writes ordinary figures so: emoji or brackets between them, key caps
// round them, styled letters, or digits of two scripts.
bool is_dressed(const Scene& scene, const NumberRun& run);

}  // namespace simwarden
