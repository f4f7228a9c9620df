// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "contact/scene.h"

// Text behind U+202E (right-to-left override), which programs show from its
// end: what is written "em.t/..." there is read as a link.
namespace simwarden {

// Those parts of the plain view of `raw`, each written as it is shown. In
// order, apart. None of them has letters that run from right to left anyway.
std::vector<Respelling> overridden_parts(const View& plain,
                                         std::string_view raw);

}  // namespace simwarden
