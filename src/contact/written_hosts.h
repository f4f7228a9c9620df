// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "contact/scene.h"
#include "link/hosts.h"

// What a reader would type of what stands in a text.
namespace simwarden {

// The host as a resolver gets it: from the original, since the plain view has
// Latin letters for their doubles; but "t.mе" with a Cyrillic letter ends like
// no host, and a reader types the Latin one.
std::string resolvable_host(const Scene& scene, Range host);

// Paths mind case: the original letter where it is only a capital.
std::string with_case(const Scene& scene, Range range);

}  // namespace simwarden
