// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace simwarden {

// Whether a name is one of a few.
template <size_t size>
bool is_one_of(const std::string_view (&names)[size], std::string_view name) {
  return std::find(names, names + size, name) != names + size;
}

}  // namespace simwarden
