// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "contact/scene.h"
#include "spelling/labels.h"

namespace simwarden {

// Accounts without an "@": names with an underscore, such as no word of prose
// has, that are asked for ("search demo_x", je suis demo_x) or whose
// characters stand apart or are spelled. `labels` are the readable ones, in
// order; the nearest names the service.
void find_bare_names(Scene& scene, const std::vector<LabelHit>& labels,
                     Followable& found);

}  // namespace simwarden
