// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "contact/scene.h"

// Telephone numbers whose groups look like one-time codes: of "07700 900123"
// the second has six digits, and a warning about codes may stand behind it.
namespace simwarden {

// Where the telephone number ends whose first digits stand at `i`: in groups,
// or behind a word that asks for a call. `i` where it is none, or may be a
// code: "123 456", "1234 5678", "482913 05.11.2024".
size_t called_number_end(const Scene& scene, size_t i);

}  // namespace simwarden
