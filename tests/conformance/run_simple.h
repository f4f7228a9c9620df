// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "conformance/case.h"

namespace conformance {

struct Answer {
  bool passed = false;
  // The case wants an error; to fail on what we do not have is no merit.
  bool error_wanted = false;
  std::string expected;
  std::string got;
};

// The lines of the skip list that are no skips: skips.h.
struct Leniency {
  bool places = false;
  bool errors = false;
  bool early = false;
};

// Compiles and evaluates, both with constants folded and without.
Answer run_simple(const Case& test, const Leniency& lenient);

}  // namespace conformance
