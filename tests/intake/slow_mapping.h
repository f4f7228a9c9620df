// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>

#include "diag/check.h"
#include "intake/mapping.h"

namespace simwarden {

// Names a key that no row has inside every object that a row may have: none of
// them is read the fast way then, and what is read is the same.
inline std::shared_ptr<const Mapping> mapping_with_a_say_everywhere() {
  std::set<std::string> names = {"zz"};
  for (const Field& row : fields()) {
    for (size_t dot = row.name.find('.'); dot != row.name.npos;
         dot = row.name.find('.', dot + 1)) {
      names.insert(std::string(row.name.substr(0, dot)) + ".zz");
    }
  }
  std::string yaml = "columns:\n";
  for (const std::string& name : names) yaml += "  '" + name + "': ~\n";
  Issues issues;
  auto mapping = Mapping::read(SourceText("map.yaml", yaml), issues);
  CHECK(mapping != nullptr, "nothing of it is wrong");
  return mapping;
}

}  // namespace simwarden
