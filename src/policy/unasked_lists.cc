// SPDX-License-Identifier: Apache-2.0
#include "policy/unasked_lists.h"

#include <algorithm>

namespace simwarden {

const UnaskedListRow* unasked_list(std::string_view name) {
  const auto* found =
      std::find_if(kUnaskedLists.begin(), kUnaskedLists.end(),
                   [&](const UnaskedListRow& row) { return row.name == name; });
  return found == kUnaskedLists.end() ? nullptr : found;
}

}  // namespace simwarden
