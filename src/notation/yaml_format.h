// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/issue.h"

// YAML in one style, with every comment where it was.
//
//   Issues issues;
//   const FormattedYaml made = format_yaml(file, kOrders, issues);
//   if (made.text) write(*made.text);
//
// Two spaces a level, list items below their key; one space around what is on
// a line; at most one blank line, and only where there was one; lists in
// brackets on one line of 120 columns or filled over several. Quotes stay
// quotes, single ones unless the text has an apostrophe or escapes. Block
// scalars and texts of several lines are moved as a whole, never reflowed.
namespace simwarden {

// The order of the keys of some mappings. `path` names them: the keys from
// the root on, with [] for the items of a list: "rules[]". A key that is not
// among `keys` stays behind the one that it followed.
struct YamlKeyOrder {
  std::string path;
  std::vector<std::string> keys;
};

struct FormattedYaml {
  // The formatted text: read strictly it is the same tree, but for the order
  // of keys, and has the same comments at the same places; formatted again it
  // is the same text. Null when the file has mistakes (in `issues`), or when
  // we cannot keep that promise: `failed` then says what would be lost.
  std::optional<std::string> text;
  std::string failed;
};

FormattedYaml format_yaml(const SourceText& file,
                          const std::vector<YamlKeyOrder>& orders,
                          Issues& issues);

}  // namespace simwarden
