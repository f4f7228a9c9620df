// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

// Where the members of a JSON array stand, whatever is wrong inside of one: a
// member that nobody can read is no reason to refuse the others.
namespace simwarden {

struct JsonMembers {
  std::vector<std::string_view> texts;  // into the text, without blanks around
  bool too_many = false;
  // Why it cannot be told where they stand, and at which byte; "": it can.
  std::string_view wrong;
  size_t wrong_at = 0;
};

// Looks at quotes, brackets and commas alone. Linear; no recursion.
JsonMembers split_json_array(std::string_view text, size_t members_max);

}  // namespace simwarden
