// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "spelling/respelling.h"

namespace simwarden {

// The parts of the plain view of `raw` that programs show from their end
// (text/views.h), each written as it is shown: "em.t/..." is read as a link.
std::vector<Respelling> respelled_overridden(const View& plain,
                                             std::string_view raw);

}  // namespace simwarden
