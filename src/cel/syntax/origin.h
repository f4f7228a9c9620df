// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "diag/issue.h"

namespace cel {

// Where an expression stands inside a bigger text, so that issues point into
// the YAML file: position i of the expression is position offsets[i] of the
// file. `file` REQUIRES to outlive the call only.
struct Origin {
  const simwarden::SourceText* file = nullptr;  // null: the expression itself
  // Byte offset in `file` of each byte of the expression, one more for its
  // end. Empty: the expression is the whole file.
  std::vector<size_t> offsets;
};

}  // namespace cel
