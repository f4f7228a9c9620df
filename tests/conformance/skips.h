// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "conformance/case.h"

// The one list of what is not run and why. A line is
//
//   FILE | PART | PATTERN | REASON
//
// FILE is a file of cases, with * for any text. PART says where the pattern
// (RE2, found anywhere) is looked for: `expr`, `name`, `scope` or `data`
// (values, types, bindings: everything else, in one line).
//
// Three PARTs are no skips, their pattern is looked for in the expression:
//   early   the error of evaluation is found when compiling
//   places  there must be an error, but it is found at another place
//   errors  the parsed tree is compared and nothing else
namespace conformance {

struct Skip {
  std::string file;
  std::string part;
  std::string pattern;
  std::string reason;
  size_t line = 0;
  size_t matched = 0;
};

class Skips {
 public:
  static simwarden::Result<Skips> read(const std::filesystem::path& path);
  // The first skip that this case falls under; null when it is to be run.
  const Skip* find(const Case& test);
  // Likewise of the lines with that PART.
  bool lenient(const Case& test, std::string_view part);
  // Lines about files that were read, which no case fell under.
  std::vector<const Skip*> unused(const std::vector<Case>& cases) const;

 private:
  bool matches(Skip& skip, const Case& test) const;
  std::vector<Skip> skips_;
};

}  // namespace conformance
